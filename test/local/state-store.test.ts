import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { startLocalFsx, type LocalFsx, type LocalFsxOptions } from '../../local/fsx/server';
import {
  call,
  control,
  HOUR,
  MINUTE,
  PERSISTENT_1,
  PERSISTENT_2,
  SCRATCH_2,
  START,
} from './support';

/** The state file as other programs, other servers and other versions meet it, and what it costs. */
let folder: string;
let file: string;
const open: LocalFsx[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  file = join(folder, 'state.json');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((fsx) => fsx.close()));
});

async function started(options: LocalFsxOptions = {}): Promise<LocalFsx> {
  const fsx = await startLocalFsx({
    manualClock: true,
    startTime: START,
    stateFile: file,
    ...options,
  });
  open.push(fsx);
  return fsx;
}

async function stopped(fsx: LocalFsx): Promise<void> {
  open.splice(open.indexOf(fsx), 1);
  await fsx.close();
}

async function created(fsx: { port: number }, input: object = SCRATCH_2): Promise<string> {
  const { body } = await call(fsx, 'CreateFileSystem', input);
  return (body.FileSystem as { FileSystemId: string }).FileSystemId;
}

const idsOf = (fsx: LocalFsx) => fsx.fileSystems.all().map(({ FileSystemId: id }) => id);

describe('the file itself', () => {
  test('keeps its mode, also where it is written anew', async () => {
    await stopped(await started());
    chmodSync(file, 0o640);
    const fsx = await started();
    await created(fsx);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('is written through a symbolic link, which stays one', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'real.json');
    symlinkSync(target, file);
    const fsx = await started();
    const id = await created(fsx);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain(id);
    await stopped(fsx);
    expect(idsOf(await started({ stateFile: target }))).toEqual([id]);
  });

  test('leaves nothing else behind', async () => {
    const fsx = await started();
    await created(fsx);
    await stopped(fsx);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('is written anew where somebody has removed or changed it', async () => {
    const fsx = await started();
    const ids = [await created(fsx)];
    rmSync(file);
    ids.push(await created(fsx));
    appendFileSync(file, 'something else\n');
    ids.push(await created(fsx));
    await stopped(fsx);
    expect(idsOf(await started())).toEqual(ids);
  });

  test('a draft that somebody has put there as a link is not written through', async () => {
    const precious = join(folder, 'precious');
    writeFileSync(precious, 'precious');
    symlinkSync(precious, `${file}.${process.pid}.writing`);
    symlinkSync(precious, `${file}.writing`);
    await created(await started());
    expect(readFileSync(precious, 'utf8')).toBe('precious');
  });

  test('a disk that takes nothing is told, and what could not be kept is kept with the next', async () => {
    const fsx = await started();
    mkdirSync(`${file}.${process.pid}.writing`);
    rmSync(file);
    const failed = await call(fsx, 'CreateFileSystem', SCRATCH_2);
    expect(failed).toMatchObject({ status: 500, body: { __type: 'InternalServerError' } });
    rmSync(`${file}.${process.pid}.writing`, { recursive: true });
    await created(fsx);
    expect(idsOf(fsx)).toHaveLength(2);
    const ids = idsOf(fsx);
    await stopped(fsx);
    expect(idsOf(await started())).toEqual(ids);
  });
});

describe('a line that was being written when the server was killed', () => {
  test('is passed over at every length', async () => {
    const fsx = await started();
    const first = await created(fsx);
    const { size: whole } = statSync(file);
    await created(fsx);
    const text = readFileSync(file);
    await stopped(fsx);
    for (let size = whole; size < text.length; size += 97) {
      writeFileSync(file, text);
      truncateSync(file, size);
      const next = await started();
      expect(idsOf(next)).toEqual([first]);
      await stopped(next);
    }
  });

  test('anything else that is broken is refused and left alone', async () => {
    const fsx = await started();
    await created(fsx);
    await created(fsx);
    const lines = readFileSync(file, 'utf8').split('\n');
    await stopped(fsx);
    const broken = [lines[0], '{"half":', ...lines.slice(2)].join('\n');
    writeFileSync(file, broken);
    await expect(started()).rejects.toThrow(/state\.json is damaged \(line 2: /);
    expect(readFileSync(file, 'utf8')).toBe(broken);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });
});

describe('a second server on the same file', () => {
  test('is refused in words, and the first one loses nothing', async () => {
    const first = await started();
    const id = await created(first);
    await expect(started()).rejects.toThrow(
      `The state file ${realpathSync(file)} is in use by another local FSx; stop that one, or specify another file. It is process ${process.pid}, on port ${first.port}.`,
    );
    const ids = [id, await created(first)];
    await stopped(first);
    expect(idsOf(await started())).toEqual(ids);
  });

  test('is refused through a link too', async () => {
    await started();
    const link = join(folder, 'link.json');
    symlinkSync(file, link);
    await expect(started({ stateFile: link })).rejects.toThrow(/in use/);
  });

  test('that starts at the same moment: one of them gets the file', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => started()));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(String(reason)).toMatch(/in use/);
  });

  const dead = { id: 'x', host: '', pid: 0, port: 1 };

  test.each([
    ['a process that is no more', { pid: 2 ** 22 + 1 }],
    ['a process that is something else today, and listens nowhere', { pid: process.ppid }],
  ])('takes over the lock of %s', async (_, owner) => {
    await stopped(await started());
    const { hostname } = await import('node:os');
    writeFileSync(`${file}.lock`, JSON.stringify({ ...dead, host: hostname(), ...owner }));
    const fsx = await started();
    await created(fsx);
    await stopped(fsx);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test.each([
    ['of another computer', JSON.stringify({ ...dead, host: 'elsewhere', pid: 1 }), /"elsewhere"/],
    ['that cannot be read', '', /lock file cannot be read/],
    ['that is something else', '[]', /lock file cannot be read/],
  ])('does not take over a lock %s, and says what to do', async (_, content, words) => {
    writeFileSync(`${file}.lock`, content);
    await expect(started()).rejects.toThrow(words);
    await expect(started()).rejects.toThrow(/remove the file of the same name that ends in \.lock/);
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(content);
  });

  test('that has the lock by force gets no answer from the first that is not kept', async () => {
    const fsx = await started();
    writeFileSync(`${file}.lock`, JSON.stringify({ ...dead, host: 'elsewhere', pid: 1 }));
    expect((await call(fsx, 'CreateFileSystem', SCRATCH_2)).status).toBe(500);
    rmSync(`${file}.lock`);
    expect((await call(fsx, 'CreateFileSystem', SCRATCH_2)).status).toBe(200);
  });

  describe('in processes of their own', () => {
    const servers: ChildProcess[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) server.kill('SIGKILL');
    });
    const script = () => {
      const outfile = join(folder, 'server.cjs');
      buildSync({
        stdin: {
          contents: `import { startLocalFsx } from './server';
            startLocalFsx({ stateFile: process.argv[2] }).then(
              (fsx) => process.stdout.write(fsx.port + '\\n'),
              (error) => process.stdout.write(error.message + '\\n'),
            );`,
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
    const said = (path: string) => {
      const server = spawn(process.execPath, [path, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      servers.push(server);
      const line = new Promise<string>((resolve) => {
        server.stdout.once('data', (data: Buffer) => {
          resolve(data.toString().trim());
        });
      });
      return { server, line };
    };

    test('two of them: one is refused, nothing is lost, and a killed one leaves no lock', async () => {
      const path = script();
      const both = [said(path), said(path)];
      const lines = await Promise.all(both.map(({ line }) => line));
      expect(lines.filter((line) => line.includes('in use by another local FSx'))).toHaveLength(1);
      const winner = lines.findIndex((line) => /^\d+$/.test(line));
      const port = Number(lines[winner]);
      const ids = await Promise.all(Array.from({ length: 73 }, () => created({ port })));
      const ended = new Promise((resolve) => both[winner]?.server.once('exit', resolve));
      both[winner]?.server.kill('SIGKILL');
      await ended;
      expect(idsOf(await started()).sort()).toEqual(ids.sort());
    });
  });
});

describe('versions', () => {
  /** As a server of version 0.1.0 wrote it, with one of everything. */
  const FORMAT_1 = JSON.stringify({
    format: 1,
    seed: 'local',
    sequence: 3,
    fileSystems: [
      {
        id: 'fs-0aaaaaaaaaaaaaaa1',
        input: { FileSystemType: 'LUSTRE', StorageCapacity: 1200, SubnetIds: ['subnet-01234567'] },
        createdAt: START,
        readyAt: START + 300_000,
        values: {
          StorageCapacity: 1200,
          StorageType: 'SSD',
          FileSystemTypeVersion: '2.10',
          LustreConfiguration: { DeploymentType: 'SCRATCH_1', MountName: 'fsx' },
        },
        tags: [{ Key: 'a', Value: 'b' }],
        updates: [],
        tasks: 0,
      },
    ],
    backups: [
      {
        id: 'backup-0bbbbbbbbbbbbbbb2',
        type: 'USER_INITIATED',
        requestedAt: START,
        creatingAt: START,
        transferringAt: START,
        availableAt: START,
        fileSystemId: 'fs-0cccccccccccccccc',
        fileSystem: { StorageCapacity: 1200, OwnerId: '123456789012', Lifecycle: 'AVAILABLE' },
        tags: [],
      },
    ],
    others: [],
    tokens: {
      'file-system once': {
        input: { FileSystemType: 'LUSTRE', StorageCapacity: 1200, SubnetIds: ['subnet-01234567'] },
        resourceId: 'fs-0aaaaaaaaaaaaaaa1',
      },
    },
    world: { missingBuckets: ['gone'], quotas: {} },
    clock: START + 60_000,
  });

  test('a file of version 0.1.0 is taken as it is, and written in the format of today', async () => {
    writeFileSync(file, FORMAT_1);
    const fsx = await started();
    expect(fsx.clock.now()).toBe(START + 60_000);
    expect(fsx.setWorld({})).toMatchObject({
      missingBuckets: ['gone'],
      missingSubnets: ['subnet-00000000000000404'],
    });
    const again = await created(fsx, {
      FileSystemType: 'LUSTRE',
      StorageCapacity: 1200,
      SubnetIds: ['subnet-01234567'],
      ClientRequestToken: 'once',
    });
    expect(again).toBe('fs-0aaaaaaaaaaaaaaa1');
    const { body } = await call(fsx, 'DescribeBackups', {});
    expect(body.Backups).toMatchObject([{ BackupId: 'backup-0bbbbbbbbbbbbbbb2' }]);
    await stopped(fsx);
    const { format } = JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '') as { format: 3 };
    expect(format).toBe(3);
    expect(idsOf(await started())).toEqual(['fs-0aaaaaaaaaaaaaaa1']);
  });

  test('the numbers of tasks and associations of format 2 become records, as they were last', async () => {
    const fsx = await started();
    const [one, other, gone] = [
      await created(fsx, PERSISTENT_2),
      await created(fsx),
      await created(fsx),
    ];
    fsx.clock.advance(HOUR);
    await call(fsx, 'DescribeFileSystems', {});
    await stopped(fsx);
    await stopped(await started());
    const state = JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '') as {
      fileSystems: { id: string }[];
      sequence: number;
      clock: number;
    };
    const earlier = { ...state, format: 2, associations: undefined, tasks: undefined };
    const of = (id: string, counts: object) => ({
      ...state.fileSystems.find((record) => record.id === id),
      ...counts,
    });
    const lines = [
      {
        ...earlier,
        fileSystems: [
          of(one, { tasks: 0 }),
          of(other, { tasks: 2 }),
          of(gone, { tasks: 7, associations: 7 }),
        ],
      },
      {
        sequence: state.sequence,
        clock: state.clock,
        put: { fileSystems: [of(one, { tasks: 1, associations: 3 })] },
        removed: { fileSystems: [gone] },
      },
    ];
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const next = await started();
    expect(next.fileSystems.get(one)).toMatchObject({ Tasks: 1, Associations: 3 });
    expect(next.fileSystems.get(other)).toMatchObject({ Tasks: 2, Associations: 0 });
    const tasks = await call(next, 'DescribeDataRepositoryTasks', {});
    expect(tasks.body.DataRepositoryTasks).toHaveLength(3);
    const associations = await call(next, 'DescribeDataRepositoryAssociations', {});
    expect(associations.body.Associations).toHaveLength(3);
  });

  test('a reader of format 1 refuses the file of today', async () => {
    await stopped(await started());
    const state = JSON.parse(readFileSync(file, 'utf8')) as { format: number };
    // The whole of its check.
    expect(state.format === 1).toBe(false);
  });

  test('a file that was laid out by an editor is taken', async () => {
    writeFileSync(file, JSON.stringify(JSON.parse(FORMAT_1), null, 2));
    expect(idsOf(await started())).toEqual(['fs-0aaaaaaaaaaaaaaa1']);
  });

  test.each([4, 99])('format %d is of a newer version', async (format) => {
    const content = JSON.stringify({ format, fileSystems: [], later: true });
    writeFileSync(file, content);
    await expect(started()).rejects.toThrow(
      `The state file ${file} has format ${format}, of a newer version; this version reads formats up to 3. Use the newer version, or specify another file`,
    );
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  type State = Record<string, unknown>;
  const change = (edit: (state: State) => void): string => {
    const state = JSON.parse(FORMAT_1) as State;
    edit(state);
    return JSON.stringify(state);
  };
  const record = (members: object): string =>
    change((state) => Object.assign((state.fileSystems as [object])[0], members));

  test.each([
    [
      'a moment that is text',
      record({ readyAt: 'soon' }),
      /fileSystems\/0\/readyAt must be number/,
    ],
    ['a moment that is none', record({ readyAt: null }), /readyAt must be number/],
    [
      'a clock beyond all dates',
      FORMAT_1.replace(/"clock":\d+/, '"clock":1e30'),
      /clock must be <=/,
    ],
    ['an infinite clock', FORMAT_1.replace(/"clock":\d+/, '"clock":1e999'), /clock must be/],
    ['a capacity that is text', record({ values: { StorageCapacity: 'x' } }), /StorageCapacity/],
    ['an unknown member', record({ surprise: 1 }), /must NOT have additional properties/],
    ['no updates', record({ updates: undefined }), /must have required property 'updates'/],
    ['an update of an unknown kind', record({ updates: [{ kinds: ['magic'] }] }), /updates\/0/],
    ['tags that are none', record({ tags: ['a'] }), /tags\/0 must be object/],
    [
      'a quota that is text',
      change((s) => (s.world = { quotas: { fileSystems: 'x' } })),
      /world\/quotas/,
    ],
    ['tokens of another form', change((s) => (s.tokens = { a: 1 })), /tokens\/0/],
    ['no backups', change((s) => delete s.backups), /must have required property 'backups'/],
    ['a prototype', FORMAT_1.replace('"tasks":0', '"tasks":0,"__proto__":{"a":1}'), /damaged/],
    [
      'lists in lists',
      record({ input: JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown }),
      /too deeply/,
    ],
  ])('%s is told with its place, and the file left alone', async (_, content, words) => {
    writeFileSync(file, content);
    const refused = started();
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toThrow(`The state file ${file} is damaged (line 1: `);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

describe('what it costs, in bytes and records', () => {
  /** A state file with so many file systems: those that were created, again and again under other ids. */
  async function populate(count: number): Promise<string[]> {
    const fsx = await started({ otherFileSystems: false });
    await created(fsx, SCRATCH_2);
    await created(fsx, PERSISTENT_1);
    await stopped(fsx);
    await stopped(await started());
    const state = JSON.parse(readFileSync(file, 'utf8')) as { fileSystems: { id: string }[] };
    const { fileSystems } = state;
    const ids = Array.from({ length: count }, (_, at) => `fs-0${String(at).padStart(16, '0')}`);
    state.fileSystems = ids.flatMap((id, at) => {
      const record = fileSystems[at % fileSystems.length];
      return record ? [{ ...record, id }] : [];
    });
    writeFileSync(file, `${JSON.stringify(state)}\n`);
    return ids;
  }

  test('a creation writes the same with 5,000 file systems as with two', async () => {
    const bytesOf = async () => {
      const fsx = await started();
      await created(fsx);
      const before = fsx.work().bytesWritten;
      for (let index = 0; index < 10; index += 1) await created(fsx);
      await stopped(fsx);
      return (fsx.work().bytesWritten - before) / 10;
    };
    await populate(2);
    const few = await bytesOf();
    await populate(5000);
    expect(await bytesOf()).toBeLessThan(few * 1.1);
  });

  test('being written anew is shared by all that have been created since', async () => {
    const fsx = await started({ otherFileSystems: false });
    await Promise.all(Array.from({ length: 800 }, () => created(fsx)));
    expect(fsx.work().bytesWritten).toBeLessThan(4 * statSync(file).size);
    expect(idsOf(fsx)).toHaveLength(800);
  });

  test('the file does not grow with what is no more', async () => {
    const fsx = await started({ otherFileSystems: false });
    const id = await created(fsx, PERSISTENT_1);
    for (let count = 0; count < 400; count += 1) fsx.fileSystems.startTask(id);
    expect(statSync(file).size).toBeLessThan(350_000);
    expect(fsx.work().bytesWritten).toBeLessThan(2_000_000);
  });

  test('10,000 file systems: a description by id looks at one, and a page at its own', async () => {
    const ids = await populate(10_000);
    const fsx = await started();
    fsx.clock.advance(HOUR);
    await call(fsx, 'DescribeFileSystems', {});
    const visitedBy = async (operation: string, input: object) => {
      const before = fsx.work().recordsVisited;
      const answer = await call(fsx, operation, input);
      expect(answer.status).toBe(200);
      return fsx.work().recordsVisited - before;
    };
    const [one = '', two = ''] = [ids[17], ids[9001]];
    expect(await visitedBy('DescribeFileSystems', { FileSystemIds: [one] })).toBeLessThan(10);
    expect(await visitedBy('DescribeFileSystems', { FileSystemIds: [one, two] })).toBeLessThan(10);
    expect(await visitedBy('DescribeFileSystems', {})).toBeLessThan(60);
    expect(await visitedBy('DescribeFileSystems', { MaxResults: 5 })).toBeLessThan(15);
    expect(await visitedBy('CreateFileSystem', SCRATCH_2)).toBeLessThan(10);
    const grown = { FileSystemId: one, StorageCapacity: 2400 };
    expect(await visitedBy('UpdateFileSystem', grown)).toBeLessThan(20);
    expect(await visitedBy('DeleteFileSystem', { FileSystemId: two })).toBeLessThan(20);
    const arn = `arn:aws:fsx:us-east-1:123456789012:file-system/${one}`;
    expect(await visitedBy('ListTagsForResource', { ResourceARN: arn })).toBeLessThan(10);
    fsx.clock.advance(5 * MINUTE);
    // The one that is gone, and the one that was created, are looked at; nothing else has become due.
    expect(await visitedBy('DescribeFileSystems', { FileSystemIds: [one] })).toBeLessThan(20);
  });
});

/** Something that is done to an account. */
type Step = (fsx: LocalFsx) => Promise<unknown>;

const pickId = (fsx: LocalFsx, at: number) => {
  const ids = idsOf(fsx);
  return ids[at % Math.max(1, ids.length)] ?? 'fs-01234567';
};
const pickAssociation = async (fsx: LocalFsx, at: number): Promise<string> => {
  const { body } = await call(fsx, 'DescribeDataRepositoryAssociations', {});
  const found = body.Associations as { AssociationId: string }[];
  return found[at % Math.max(1, found.length)]?.AssociationId ?? 'dra-01234567';
};
const arnOf = (id: string) => `arn:aws:fsx:us-east-1:123456789012:file-system/${id}`;

const STEPS: Record<string, fc.Arbitrary<Step>> = {
  create: fc
    .record({
      input: fc.constantFrom(
        SCRATCH_2,
        PERSISTENT_1,
        PERSISTENT_2,
        { ...PERSISTENT_1, LustreConfiguration: { ...PERSISTENT_1.LustreConfiguration, AutomaticBackupRetentionDays: 3 } }, // oxfmt-ignore
      ),
      token: fc.option(fc.constantFrom('a', 'b', '__proto__', 'constructor')),
    })
    .map(
      ({ input, token }) =>
        (fsx) =>
          call(fsx, 'CreateFileSystem', { ...input, ...(token && { ClientRequestToken: token }) }),
    ),
  update: fc
    .record({
      at: fc.nat(9),
      change: fc.constantFrom(
        { StorageCapacity: 4800 },
        { LustreConfiguration: { AutomaticBackupRetentionDays: 2 } },
        { LustreConfiguration: { DataCompressionType: 'LZ4' } },
      ),
    }) // oxfmt-ignore
    .map(
      ({ at, change }) =>
        (fsx) =>
          call(fsx, 'UpdateFileSystem', { FileSystemId: pickId(fsx, at), ...change }),
    ),
  tag: fc.record({ at: fc.nat(9), value: fc.constantFrom('1', '2') }).map(
    ({ at, value }) => (fsx) =>
      call(fsx, 'TagResource', { ResourceARN: arnOf(pickId(fsx, at)), Tags: [{ Key: 'k', Value: value }] }), // oxfmt-ignore
  ),
  untag: fc
    .nat(9)
    .map(
      (at) => (fsx) =>
        call(fsx, 'UntagResource', { ResourceARN: arnOf(pickId(fsx, at)), TagKeys: ['k'] }),
    ),
  backup: fc
    .nat(9)
    .map((at) => (fsx) => call(fsx, 'CreateBackup', { FileSystemId: pickId(fsx, at) })),
  remove: fc.record({ at: fc.nat(9), backup: fc.boolean() }).map(
    ({ at, backup }) =>
      (fsx) =>
        call(fsx, 'DeleteFileSystem', {
          FileSystemId: pickId(fsx, at),
          ...(backup && { LustreConfiguration: { SkipFinalBackup: false } }),
        }),
  ),
  change: fc
    .record({ at: fc.nat(9), lifecycle: fc.constantFrom('MISCONFIGURED', 'REBALANCING', '', null) })
    .map(
      ({ at, lifecycle }) =>
        (fsx) =>
          control(fsx, 'POST', `file-systems/${pickId(fsx, at)}`, { lifecycle }),
    ),
  link: fc.record({ at: fc.nat(9), path: fc.constantFrom('a', 'b'), imports: fc.boolean() }).map(
    ({ at, path, imports }) =>
      (fsx) =>
        call(fsx, 'CreateDataRepositoryAssociation', {
          FileSystemId: pickId(fsx, at),
          FileSystemPath: `/${path}`,
          DataRepositoryPath: `s3://bucket/${path}`,
          BatchImportMetaDataOnCreate: imports,
          ClientRequestToken: path,
        }),
  ),
  relink: fc.record({ at: fc.nat(3), size: fc.integer({ min: 1, max: 9 }) }).map(
    ({ at, size }) =>
      async (fsx) =>
        call(fsx, 'UpdateDataRepositoryAssociation', {
          AssociationId: await pickAssociation(fsx, at),
          ImportedFileChunkSize: size,
          S3: { AutoImportPolicy: { Events: ['NEW'] } },
        }),
  ),
  unlink: fc.nat(3).map(
    (at) => async (fsx) =>
      call(fsx, 'DeleteDataRepositoryAssociation', {
        AssociationId: await pickAssociation(fsx, at),
      }),
  ),
  move: fc.nat(9).map(
    (at) => (fsx) =>
      call(fsx, 'CreateDataRepositoryTask', {
        FileSystemId: pickId(fsx, at),
        Type: 'RELEASE_DATA_FROM_FILESYSTEM',
        ReleaseConfiguration: { DurationSinceLastAccess: { Unit: 'DAYS', Value: 3 } },
        Report: { Enabled: false },
      }),
  ),
  cancel: fc.constant(async (fsx: LocalFsx) => {
    const { body } = await call(fsx, 'DescribeDataRepositoryTasks', {});
    const [task] = body.DataRepositoryTasks as { TaskId: string }[];
    return call(fsx, 'CancelDataRepositoryTask', { TaskId: task?.TaskId ?? 'task-0000' });
  }),
  task: fc
    .nat(9)
    .map((at) => (fsx) => control(fsx, 'POST', `file-systems/${pickId(fsx, at)}/tasks`)),
  vanish: fc.nat(9).map((at) => (fsx) => control(fsx, 'DELETE', `file-systems/${pickId(fsx, at)}`)),
  world: fc
    .constantFrom('one', 'two')
    .map((name) => (fsx) => control(fsx, 'POST', 'world', { missingBuckets: [name] })),
  wait: fc
    .constantFrom(MINUTE, HOUR, 30 * HOUR, 100 * HOUR)
    .map((advance) => (fsx) => control(fsx, 'POST', 'clock', { advance })),
};

test('whatever is done, the next server has the account as it was, also from a copy taken at a kill', async () => {
  const steps = fc.array(fc.oneof(...Object.values(STEPS)), { minLength: 1, maxLength: 25 });
  const everything = async (fsx: LocalFsx) => ({
    fileSystems: fsx.fileSystems.all(),
    backups: (await call(fsx, 'DescribeBackups', {})).body,
    listed: (await call(fsx, 'DescribeFileSystems', {})).body,
    associations: (await call(fsx, 'DescribeDataRepositoryAssociations', {})).body,
    tasks: (await call(fsx, 'DescribeDataRepositoryTasks', {})).body,
    world: fsx.setWorld({}),
    now: fsx.clock.now(),
  });
  await fc.assert(
    fc.asyncProperty(steps, async (todo) => {
      // Left open where the run before has failed.
      await Promise.all([...open].map(stopped));
      rmSync(file, { force: true });
      const fsx = await started();
      // One that can be changed from the start.
      await created(fsx, PERSISTENT_1);
      fsx.clock.advance(HOUR);
      for (const step of todo) await step(fsx);
      const copy = join(folder, 'copy.json');
      const before = await everything(fsx);
      writeFileSync(copy, readFileSync(file));
      await stopped(fsx);
      for (const stateFile of [file, copy]) {
        const next = await started({ stateFile });
        expect(await everything(next)).toEqual(before);
        await stopped(next);
      }
    }),
    { numRuns: 60, seed: 20261126 },
  );
});
