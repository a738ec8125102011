import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { call, PERSISTENT_2, top, type Answer } from './support';

/**
 * Many file systems with associations under many clients, while the server is killed and started again: nothing that was
 * answered is lost, and nothing is made twice. `LOCAL_FSX_CROWD=1000,200,10` for 1,000 file systems, 200 clients and 10 kills.
 */
const [COUNT = 30, CLIENTS = 10, KILLS = 3] = (process.env.LOCAL_FSX_CROWD ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number);

let folder: string;
const servers: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
  buildSync({
    stdin: {
      contents: `import { startLocalFsx } from './server';
        const [stateFile, port] = process.argv.slice(2);
        startLocalFsx({ stateFile, port: Number(port), timeScale: 20000, otherFileSystems: false }).then((fsx) => {
          process.on('SIGTERM', () => void fsx.close().then(() => process.exit(0)));
          process.stdout.write(fsx.port + '\\n');
        });`,
      resolveDir: join(__dirname, '../../local/fsx'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: join(folder, 'server.js'),
  });
});
afterAll(() => {
  for (const server of servers) server.kill('SIGKILL');
});

/** One server after another on the same file and port. */
class Server {
  private process: ChildProcess | undefined;
  port = 0;

  async start(): Promise<void> {
    const file = join(folder, 'state.json');
    const started = spawn(process.execPath, [join(folder, 'server.js'), file, String(this.port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    servers.push(started);
    this.process = started;
    const [data] = (await once(started.stdout, 'data')) as [Buffer];
    this.port = Number(data.toString());
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.process;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }
}

const server = new Server();
let answered = 0;
/** Connections that broke: the request may have had its effect, or not. */
let cut = 0;

/** Asks until there is an answer, with the same token each time. */
async function ask(operation: string, input: object): Promise<Answer & { again: boolean }> {
  for (let again = false; ; again = true) {
    try {
      const answer = await call(server, operation, input);
      answered += 1;
      return { ...answer, again };
    } catch {
      cut += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function done(operation: string, input: object): Promise<Record<string, unknown>> {
  const { status, body } = await ask(operation, input);
  if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}

const idIn = (body: Record<string, unknown>, member: string, id: string): string =>
  (body[member] as Record<string, string>)[id] ?? '';

/** What a client wants to be there in the end. */
interface Wanted {
  index: number;
  fileSystem: string;
  association?: string;
}

async function untilAvailable(association: string): Promise<void> {
  for (;;) {
    const { Associations: found } = await done('DescribeDataRepositoryAssociations', {
      AssociationIds: [association],
    });
    const [first] = found as { Lifecycle: string }[];
    if (first?.Lifecycle === 'AVAILABLE') return;
    if (!['CREATING', 'UPDATING'].includes(first?.Lifecycle ?? ''))
      throw new Error(first?.Lifecycle);
  }
}

/** Gone, also where the answer to an earlier attempt was lost. */
async function removed(operation: string, input: object, notFound: string): Promise<void> {
  const { status, body, again } = await ask(operation, input);
  if (status !== 200 && !(again && body.__type === notFound))
    throw new Error(`${operation}: ${JSON.stringify(body)}`);
}

/** One file system's life; every third loses its association again, and every fifth ends. */
async function life(index: number): Promise<Wanted | undefined> {
  const made = await done('CreateFileSystem', {
    ...top(PERSISTENT_2, { Tags: [{ Key: 'index', Value: String(index) }] }),
    ClientRequestToken: `fs-${index}`,
  });
  const fileSystem = idIn(made, 'FileSystem', 'FileSystemId');
  const linked = await done('CreateDataRepositoryAssociation', {
    FileSystemId: fileSystem,
    FileSystemPath: `/data${index}`,
    DataRepositoryPath: `s3://bucket/${index}`,
    ClientRequestToken: `dra-${index}`,
  });
  const association = idIn(linked, 'Association', 'AssociationId');
  await untilAvailable(association);
  await done('UpdateDataRepositoryAssociation', {
    AssociationId: association,
    ImportedFileChunkSize: index + 1,
    ClientRequestToken: `update-${index}`,
  });
  await untilAvailable(association);
  if (index % 5 === 0) {
    await removed('DeleteFileSystem', { FileSystemId: fileSystem }, 'FileSystemNotFound');
    return undefined;
  }
  if (index % 3 !== 0) return { index, fileSystem, association };
  await removed(
    'DeleteDataRepositoryAssociation',
    { AssociationId: association },
    'DataRepositoryAssociationNotFound',
  );
  return { index, fileSystem };
}

async function listed<T>(operation: string, member: string): Promise<T[]> {
  const all: T[] = [];
  for (let NextToken: unknown, first = true; first || NextToken !== undefined; first = false) {
    const body = await done(operation, NextToken === undefined ? {} : { NextToken });
    all.push(...(body[member] as T[]));
    ({ NextToken } = body);
  }
  return all;
}

interface Seen {
  FileSystemId: string;
  Lifecycle: string;
  Tags: { Value: string }[];
}
interface SeenLink extends Seen {
  AssociationId: string;
  ImportedFileChunkSize: number;
}

/** What is there, but for what is on its way out. */
async function everything() {
  const fileSystems = await listed<Seen>('DescribeFileSystems', 'FileSystems');
  const links = await listed<SeenLink>('DescribeDataRepositoryAssociations', 'Associations');
  const staying = <T extends Seen>(all: T[]) =>
    all.filter(({ Lifecycle: state }) => state !== 'DELETING');
  return {
    fileSystems: staying(fileSystems)
      .map(({ FileSystemId: id, Tags: [tag] }) => `${tag?.Value ?? ''} ${id}`)
      .sort(),
    associations: staying(links)
      .map((link) => `${link.ImportedFileChunkSize - 1} ${link.FileSystemId} ${link.AssociationId}`)
      .sort(),
  };
}

test(`${COUNT} file systems with associations, ${CLIENTS} clients, ${KILLS} kills: nothing is lost or made twice`, async () => {
  await server.start();
  const wanted: Wanted[] = [];
  let next = 0;
  let busy = CLIENTS;
  const client = async () => {
    for (let index = next; index < COUNT; index = next) {
      next += 1;
      const left = await life(index);
      if (left) wanted.push(left);
    }
    busy -= 1;
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  // Each file system takes five requests and more; the kills are spread over the first four of each.
  const killer = (async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      while (busy > 0 && answered < (kill * COUNT * 4) / KILLS) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await server.end('SIGKILL');
      await server.start();
    }
  })();
  await Promise.all([clients, killer]);
  const expected = {
    fileSystems: wanted.map(({ index, fileSystem }) => `${index} ${fileSystem}`).sort(),
    associations: wanted
      .flatMap(({ index, fileSystem, association }) =>
        association === undefined ? [] : [`${index} ${fileSystem} ${association}`],
      )
      .sort(),
  };
  expect(expected.fileSystems).toHaveLength(COUNT - Math.ceil(COUNT / 5));
  expect(await everything()).toEqual(expected);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await server.end(signal);
    await server.start();
    expect(await everything()).toEqual(expected);
  }
  expect(cut).toBeGreaterThan(0);
  await server.end('SIGTERM');
}, 600_000);
