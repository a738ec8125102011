import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { startLocalFsx, type LocalFsx, type LocalFsxOptions } from '../../local/fsx/server';
import { call, MINUTE, PERSISTENT_1, SCRATCH_2, START } from './support';

/** The state file: what it keeps, and that no moment of a kill breaks it. */
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-fsx-'));
  file = join(folder, 'state.json');
});

/** Starts one on the file, uses it and stops it. */
async function once<T>(use: (fsx: LocalFsx) => Promise<T>, options: LocalFsxOptions = {}) {
  const fsx = await startLocalFsx({
    manualClock: true,
    startTime: START,
    stateFile: file,
    ...options,
  });
  try {
    return await use(fsx);
  } finally {
    await fsx.close();
  }
}

const create = async (fsx: { port: number }, input: object) => {
  const { body } = await call(fsx, 'CreateFileSystem', input);
  return (body.FileSystem as { FileSystemId: string }).FileSystemId;
};

test('everything goes on where it stopped', async () => {
  const input = { ...PERSISTENT_1, ClientRequestToken: 'once' };
  const id = await once(async (fsx) => {
    const made = await create(fsx, input);
    fsx.clock.advance(7 * MINUTE);
    await call(fsx, 'UpdateFileSystem', { FileSystemId: made, StorageCapacity: 2400 });
    fsx.setWorld({ missingBuckets: ['gone'] });
    fsx.clock.advance(MINUTE);
    return made;
  });
  await once(async (fsx) => {
    expect(fsx.clock.now()).toBe(START + 8 * MINUTE);
    expect(fsx.fileSystems.get(id)).toMatchObject({
      Lifecycle: 'UPDATING',
      StorageCapacity: 1200,
      AdministrativeActions: [{ Status: 'IN_PROGRESS' }, { Status: 'PENDING' }],
    });
    fsx.clock.advance(31 * MINUTE);
    expect(fsx.fileSystems.get(id)).toMatchObject({ StorageCapacity: 2400 });
    expect(await create(fsx, input)).toBe(id);
    expect(await create(fsx, SCRATCH_2)).not.toBe(id);
    const { body } = await call(fsx, 'DescribeFileSystems', {});
    expect(body.FileSystems).toHaveLength(5);
    expect(fsx.setWorld({}).missingBuckets).toEqual(['gone']);
  });
});

test('a file of an earlier version gets what has come to the world since', async () => {
  await once(() => Promise.resolve());
  const state = JSON.parse(readFileSync(file, 'utf8')) as { world: Record<string, unknown> };
  delete state.world.securityGroupsClosedToEfa;
  state.world.missingBuckets = ['gone'];
  writeFileSync(file, JSON.stringify(state));
  await once((fsx) => {
    expect(fsx.setWorld({})).toMatchObject({
      missingBuckets: ['gone'],
      securityGroupsClosedToEfa: ['sg-00000000000000efa'],
    });
    return Promise.resolve();
  });
});

test('a clock that runs never goes back behind what the file has seen', async () => {
  await once((fsx) => {
    fsx.clock.advance(10 * 365 * 24 * 60 * MINUTE);
    return Promise.resolve();
  });
  const running = await startLocalFsx({ stateFile: file });
  expect(running.clock.now()).toBeGreaterThan(START + 365 * 24 * 60 * MINUTE);
  await running.close();
});

test.each([
  ['no JSON', 'half of {'],
  ['something else', '{"version":1}'],
  ['nothing', ''],
])('a file that holds %s is refused and left alone', async (_, content) => {
  writeFileSync(file, content);
  await expect(startLocalFsx({ stateFile: file })).rejects.toThrow(
    `The file ${file} does not contain the state of a local FSx; specify another file`,
  );
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('a file that cannot be read or written is told', async () => {
  await expect(startLocalFsx({ stateFile: folder })).rejects.toThrow(/cannot be read/);
  const stateFile = join(folder, 'no', 'file');
  await expect(startLocalFsx({ stateFile })).rejects.toThrow(
    `The state file ${stateFile} cannot be written: there is no folder ${join(folder, 'no')}.`,
  );
});

describe('a kill', () => {
  const script = () => {
    const outfile = join(folder, 'server.cjs');
    buildSync({
      stdin: {
        contents: `import { startLocalFsx } from './server';
          void startLocalFsx({ stateFile: process.argv[2] })
            .then((fsx) => process.stdout.write(String(fsx.port) + '\\n'));`,
        resolveDir: join(__dirname, '../../local/fsx'),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      target: 'node20',
      outfile,
    });
    return outfile;
  };
  const started = (server: ChildProcess) =>
    new Promise<number>((resolve, reject) => {
      server.stdout?.once('data', (line: Buffer) => {
        resolve(Number(line.toString()));
      });
      server.once('exit', () => {
        reject(new Error('The server ended.'));
      });
    });

  test('at any moment loses nothing that was answered', async () => {
    const path = script();
    const answered: string[] = [];
    for (const kills of [1, 4, 9]) {
      const server = spawn(process.execPath, [path, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise((resolve) => server.once('exit', resolve));
      const port = await started(server);
      // Four at a time without end, until the kill in the middle of them.
      let count = 0;
      const worker = async () => {
        for (;;) {
          answered.push(await create({ port }, SCRATCH_2));
          count += 1;
          if (count === kills) server.kill('SIGKILL');
        }
      };
      await Promise.allSettled([worker(), worker(), worker(), worker()]);
      await ended;
      await once((fsx) => {
        const kept = new Set(fsx.fileSystems.all().map((made) => made.FileSystemId));
        expect(answered.filter((id) => !kept.has(id))).toEqual([]);
        return Promise.resolve();
      });
    }
    expect(answered.length).toBeGreaterThanOrEqual(14);
  });
});
