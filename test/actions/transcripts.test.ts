/** Whole operations: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import type { Action, CallbackContext, HandlerRequest } from '../../src/actions/action';
import { create } from '../../src/actions/create';
import { remove } from '../../src/actions/delete';
import { list } from '../../src/actions/list';
import { read } from '../../src/actions/read';
import { update } from '../../src/actions/update';
import { HandlerError } from '../../src/handler-error';
import { described, fakeFsx, ID, PROPERTIES, refusal, requestTo } from './fake-fsx';

const NOW = Date.UTC(2026, 10, 26);
beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => {
  jest.useRealTimers();
});

type Answer = Partial<FileSystem> | undefined | Error;

/** What FSx answers to each operation, in order; the last answer stays. */
interface Scene {
  action: Action;
  describe?: readonly Answer[];
  create?: readonly Answer[];
  update?: readonly Answer[];
  delete?: readonly (string | undefined | Error)[];
  tag?: readonly (Error | undefined)[];
  page?: readonly (readonly Partial<FileSystem>[] | Error)[];
  request?: Partial<HandlerRequest>;
}

/** Plays a scene, and writes down what happens, each thing that is said again and again once. */
async function transcript({ action, request = {}, ...answers }: Scene): Promise<string[]> {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  const answerOf = (operation: keyof typeof answers): unknown => {
    const all = answers[operation] ?? [new Error(`${operation} has no answer.`)];
    const count = counts.get(operation) ?? 0;
    counts.set(operation, count + 1);
    const answer: unknown = all[Math.min(count, all.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const answered = (operation: keyof typeof answers): FileSystem | undefined => {
    const answer = answerOf(operation) as Partial<FileSystem> | undefined;
    return answer && described(answer);
  };
  const present = (operation: keyof typeof answers): FileSystem => {
    const fileSystem = answered(operation);
    if (!fileSystem) throw new Error(`${operation} is answered with nothing.`);
    return fileSystem;
  };
  // FSx does a call with one token once.
  const tokens: string[] = [];
  const called = (name: string, input: object) => {
    const text = JSON.stringify(input).replace(/[0-9a-f]{63}/, (token) => {
      if (!tokens.includes(token)) tokens.push(token);
      return `TOKEN ${tokens.indexOf(token) + 1}`;
    });
    lines.push(`${name} ${text}`);
  };
  // oxlint-disable-next-line typescript/require-await -- FSx answers later, failures included.
  const later = async <T>(answer: () => T): Promise<T> => answer();
  const fsx = fakeFsx({
    describe: () => later(() => answered('describe')),
    create: (input) => (called('create', input), later(() => present('create'))),
    createFromBackup: (input) => (called('createFromBackup', input), later(() => present('create'))), // oxfmt-ignore
    update: (input) => (called('update', input), later(() => present('update'))),
    delete: (input) => (called('delete', input), later(() => answerOf('delete') as string)),
    tag: (_, tags) => (called('tag', tags), later(() => answerOf('tag') as undefined)),
    untag: (_, keys) => (called('untag', keys), later(() => answerOf('tag') as undefined)),
    page: () => later(() => ({ fileSystems: (answerOf('page') as FileSystem[]).map(described) })),
  });
  let callback: CallbackContext = request.callback ?? {};
  let { desired = PROPERTIES } = request;
  for (let invocation = 0; invocation < 600; invocation += 1) {
    const pending = action(requestTo(fsx, { ...request, desired, callback })).catch(
      (error: unknown) => error as Error,
    );
    // Only a deletion without an id pauses.
    if (!desired.FileSystemId) await jest.advanceTimersByTimeAsync(40_000);
    const end = await pending;
    if (end instanceof HandlerError) lines.push(`${end.code}: ${end.message}`);
    else if (end instanceof TypeError) lines.push(`thrown: ${end.message}`);
    else if (end instanceof Error) throw end;
    else if (end.status === 'SUCCESS') {
      const { model, models, message } = end;
      const ids = (models ?? [model]).map((one) => one?.FileSystemId ?? 'none').join(', ');
      lines.push(`SUCCESS ${ids}${message === undefined ? '' : `: ${message}`}`);
    } else {
      lines.push(`${String(end.delaySeconds)} s: ${end.message}`);
      // The model comes back as it was handed over; what it does not hold stays.
      desired = { ...desired, FileSystemId: end.model.FileSystemId };
      callback = JSON.parse(JSON.stringify(end.callback)) as CallbackContext;
      continue;
    }
    return shortened(lines);
  }
  throw new Error('The operation has no end.');
}

/** Rounds of one line or two that repeat, once with their number. */
function shortened(lines: readonly string[]): string[] {
  const shown: string[] = [];
  for (let i = 0; i < lines.length;) {
    const size = lines[i] === lines[i + 1] || lines[i] !== lines[i + 2] ? 1 : 2;
    const round = lines.slice(i, i + size);
    let times = 1;
    while (round.every((line, k) => line === lines[i + times * size + k])) times += 1;
    shown.push(...round.map((line) => (times > 1 ? `${times} x ${line}` : line)));
    i += times * size;
  }
  return shown;
}

const NEW = { ...PROPERTIES, FileSystemId: undefined };
const without = { desired: NEW };
const to = (desired: object, rest: Partial<HandlerRequest> = {}) => ({ request: { desired: { ...PROPERTIES, ...desired }, ...rest } }); // oxfmt-ignore
/** A creation that FSx carries out at once. */
const created = (desired: HandlerRequest['desired']): Scene => ({
  action: create,
  create: [{}],
  describe: [{}],
  request: { desired: { SubnetIds: NEW.SubnetIds, ...desired } },
});
const begun = { desired: PROPERTIES, callback: { started: true, waited: 10 } };
const no = refusal('InvalidRequest', 'FSx: No.');
const lost = new HandlerError('NetworkFailure', 'FSx: Lost.', { cause: new Error('lost'), mayHaveActed: true }); // oxfmt-ignore
const task = refusal('InvalidRequest', 'FSx: A data repository task is EXECUTING.');
const denied = refusal('AccessDenied', 'FSx: Denied.');
const throttled = refusal('Throttling', 'FSx: Slower.');
const broken = new HandlerError('InternalFailure', 'Ours.');
/** What nobody has thought of: it is thrown on, and becomes InternalFailure outside. */
const bug = new TypeError('A bug.');
const busy = { Lifecycle: 'UPDATING' as const };
const LZ4 = { DataCompressionType: 'LZ4' };
const WITH_LZ4 = { LustreConfiguration: { ...described().LustreConfiguration, DataCompressionType: 'LZ4' as const } }; // oxfmt-ignore
const young = { CreationTime: new Date(NOW) };
const tags = (...all: string[]) => ({ Tags: all.map((Key) => ({ Key, Value: 'b' })) });
const shows = (...actions: AdministrativeAction[]) => ({
  AdministrativeActions: actions.map((action) => ({ AdministrativeActionType: 'FILE_SYSTEM_UPDATE' as const, ...action })), // oxfmt-ignore
});
const at = (seconds: number) => ({ RequestTime: new Date(NOW + seconds * 1000) });
/** An update of the compression that has failed. */
const failedTo = (DataCompressionType: 'LZ4' | 'NONE') => ({
  Status: 'FAILED' as const,
  FailureDetails: { Message: 'No room' },
  TargetFileSystemValues: { LustreConfiguration: { DataCompressionType } },
});
const [FAILED_LZ4, FAILED_NONE] = [failedTo('LZ4'), failedTo('NONE')];
const OTHER: AdministrativeAction = { Status: 'COMPLETED', TargetFileSystemValues: { StorageCapacity: 2400 }, ...at(2) }; // oxfmt-ignore
const LINKED_PROPERTIES = { ...PROPERTIES, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: '50', ImportPath: 's3://bucket' } as const; // oxfmt-ignore
const LINKED = { LustreConfiguration: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50, DataRepositoryConfiguration: { ImportPath: 's3://bucket' } } } as const; // oxfmt-ignore
const LIMITS = { Guardrails: { MaxStorageCapacity: 1200 } };

const SCENES: Readonly<Record<string, Scene>> = {
  'create: soon available': {
    action: create,
    create: [{ Lifecycle: 'CREATING' }],
    describe: [undefined, { Lifecycle: 'CREATING' }, {}],
    request: without,
  },
  'create: updating already': { action: create, describe: [busy], request: begun },
  'create: for a while': {
    action: create,
    create: [{ Lifecycle: 'CREATING' }],
    describe: [...Array<Partial<FileSystem>>(100).fill({ Lifecycle: 'CREATING' }), {}],
    request: without,
  },
  'create: from a backup': {
    action: create,
    create: [{}],
    describe: [{}],
    request: {
      desired: {
        SubnetIds: PROPERTIES.SubnetIds,
        BackupId: 'backup-01234567',
        Tags: [{ Key: 'a', Value: 'b' }],
      },
      stackTags: { c: 'd' },
    },
  },
  'create: without an id': { action: create, request: { ...begun, ...without } },
  'create: misconfigured': {
    action: create,
    describe: [{ Lifecycle: 'MISCONFIGURED', FailureDetails: { Message: 'No bucket' } }],
    delete: [undefined],
    request: begun,
  },
  'create: misconfigured by its link': {
    action: create,
    describe: [
      {
        Lifecycle: 'MISCONFIGURED',
        LustreConfiguration: {
          DataRepositoryConfiguration: { FailureDetails: { Message: 'No bucket' } },
        },
      },
    ],
    delete: [undefined],
    request: begun,
  },
  'create: misconfigured and unavailable': {
    action: create,
    describe: [{ Lifecycle: 'MISCONFIGURED_UNAVAILABLE' }],
    delete: [refusal('NotFound')],
    request: begun,
  },
  'create: failed, and not to be deleted': {
    action: create,
    describe: [{ Lifecycle: 'FAILED' }],
    delete: [denied],
    request: begun,
  },
  'create: failed, and deleted after a lost answer': {
    action: create,
    describe: [{ Lifecycle: 'FAILED' }, { Lifecycle: 'DELETING' }],
    delete: [lost],
    request: begun,
  },
  'create: failed, and gone after a lost answer': {
    action: create,
    describe: [{ Lifecycle: 'FAILED' }, undefined],
    delete: [lost],
    request: begun,
  },
  'create: failed with a long reason': {
    action: create,
    describe: [{ Lifecycle: 'FAILED', FailureDetails: { Message: 'x'.repeat(1200) } }],
    delete: [refusal('InvalidRequest', 'y'.repeat(1200))],
    request: begun,
  },
  'create: failed, of scratch': {
    action: create,
    describe: [{ Lifecycle: 'FAILED', LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }],
    delete: [undefined],
    request: begun,
  },
  'create: in a state that nobody knows': {
    action: create,
    describe: [{ Lifecycle: 'HIBERNATING' as 'CREATING' }],
    request: begun,
  },
  'create: with everything': {
    action: create,
    create: [{}],
    describe: [{}],
    request: {
      desired: {
        ...NEW,
        SecurityGroupIds: ['sg-01234567'],
        KmsKeyId: 'alias/mine',
        AutomaticBackupRetentionDays: '7',
        DailyAutomaticBackupStartTime: '05:00',
        CopyTagsToBackups: 'true',
        WeeklyMaintenanceStartTime: '1:05:00',
        FileSystemTypeVersion: '2.15',
        EfaEnabled: 'false',
        MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: '1500' },
        LogConfiguration: { Level: 'WARN_ONLY' },
        RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: ['10.0.0.1@tcp'] },
        SkipFinalBackup: 'false',
        FinalBackupTags: [{ Key: 'f', Value: 'g' }],
        Tags: [{ Key: 'a', Value: 'b' }],
      },
      stackTags: { a: 'c', d: 'e' },
    },
  },
  'create: linked to S3': created({
    DeploymentType: 'SCRATCH_2',
    StorageCapacity: 1200,
    ImportPath: 's3://bucket/a',
    ExportPath: 's3://bucket/b',
    AutoImportPolicy: 'NEW',
    ImportedFileChunkSize: 1024,
  }),
  'create: of HDD': created({
    DeploymentType: 'PERSISTENT_1',
    StorageType: 'HDD',
    StorageCapacity: 6000,
    PerUnitStorageThroughput: 12,
    DriveCacheType: 'NONE',
    Tags: [{ Key: 'a', Value: 'b' }],
  }),
  'create: elastic': created({
    DeploymentType: 'PERSISTENT_2',
    StorageType: 'INTELLIGENT_TIERING',
    ThroughputCapacity: 4000,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 100 },
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
  }),
  'create: refused': { action: create, create: [no], page: [[young]], request: without },
  'create: refused, with none that it may be': {
    action: create,
    create: [no],
    page: [[]],
    request: without,
  },
  'create: throttled': { action: create, create: [throttled], page: [[young]], request: without },
  'create: lost, with one that it may be': {
    action: create,
    create: [lost],
    page: [[young]],
    request: without,
  },
  'create: lost, with none that it may be': {
    action: create,
    create: [lost],
    page: [[]],
    request: without,
  },
  'create: answered without a file system, with one that it may be': {
    action: create,
    create: [new HandlerError('ServiceInternalError', 'FSx: Nothing.', { mayHaveActed: true })],
    page: [[young]],
    request: without,
  },
  'create: lost, and not to be looked for': {
    action: create,
    create: [lost],
    page: [denied],
    request: without,
  },
  'create: lost, with a long message': {
    action: create,
    create: [
      new HandlerError('NetworkFailure', 'x'.repeat(1000), { cause: 1, mayHaveActed: true }),
    ],
    page: [[]],
    request: without,
  },
  'create: with a mistake of ours': {
    action: create,
    create: [broken],
    page: [[young]],
    request: without,
  },
  'create: refused by the rules': {
    action: create,
    request: { desired: { ...NEW, StorageCapacity: '1300' } },
  },
  'create: with what cannot be parsed': {
    action: create,
    request: { desired: { ...NEW, StorageCapacity: 'much' } },
  },
  'create: with a wrong configuration': {
    action: create,
    page: [[]],
    request: { ...without, configurationProblems: ['One.', 'Two.'] },
  },
  'create: with a wrong configuration, after an earlier delivery': {
    action: create,
    page: [[young]],
    request: { ...without, configurationProblems: ['One.'] },
  },
  'create: above the limit of the account': {
    action: create,
    request: { desired: { ...NEW, StorageCapacity: '2400' }, configuration: LIMITS },
  },
  'create: above the limit, and wrong': {
    action: create,
    request: { desired: { ...NEW, StorageCapacity: '2500' }, configuration: LIMITS },
  },
  'create: left to FSx': {
    action: create,
    create: [{}],
    describe: [{}],
    request: {
      desired: { ...NEW, StorageCapacity: '1300' },
      configuration: { Validation: 'DEFER_TO_FSX' },
    },
  },
  'create: in a region without the type': {
    action: create,
    create: [{}],
    describe: [{}],
    request: { ...without, pricing: { region: 'eu-north-2' } },
  },
  'create: with a tag twice': {
    action: create,
    request: {
      desired: {
        ...NEW,
        Tags: [
          { Key: 'a', Value: 'b' },
          { Key: 'a', Value: 'c' },
        ],
      },
    },
  },
  'create: with too many tags, with those of the stack': {
    action: create,
    request: {
      desired: {
        ...NEW,
        Tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' })),
      },
      stackTags: { s: 't' },
    },
  },
  'create: with too many tags, with those of the stack, and a wrong capacity': {
    action: create,
    request: {
      desired: { ...NEW, StorageCapacity: '1300' },
      stackTags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])),
    },
  },
  'create: with an attribute': {
    action: create,
    request: { desired: { ...NEW, DNSName: 'a' } },
  },
  'create: with a wrong stack tag': {
    action: create,
    request: { ...without, stackTags: { 's#': 't' } },
  },

  'a bug: at a creation': { action: create, create: [bug], page: [[young]], request: without },
  'a bug: while file systems are looked for': {
    action: create,
    create: [lost],
    page: [bug],
    request: without,
  },
  'a bug: at the deletion of one that has failed': {
    action: create,
    describe: [{ Lifecycle: 'FAILED' }],
    delete: [bug],
    request: begun,
  },
  'a bug: at a description': { action: update, describe: [bug] },
  'a bug: at an update': { action: update, describe: [{}], update: [bug], ...to(LZ4) },
  'a bug: at tags': { action: update, describe: [{}], tag: [bug], ...to(tags('d')) },
  'a bug: at a deletion': { action: remove, describe: [{}], delete: [bug] },
  'read: one': { action: read, describe: [{}] },
  'read: one that is being deleted': { action: read, describe: [{ Lifecycle: 'DELETING' }] },
  'read: none': { action: read, describe: [undefined] },
  'read: without an id': { action: read, request: without },
  'read: with an empty id': { action: read, request: { desired: { FileSystemId: '' } } },
  'read: with an id that is none': {
    action: read,
    request: { desired: { FileSystemId: 'fs-x'.padEnd(100, 'y') } },
  },
  'read: with a number for an id': { action: read, request: { desired: { FileSystemId: 7 } } },
  'list: some': {
    action: list,
    page: [
      [{}, { Lifecycle: 'DELETING', FileSystemId: 'fs-00000001' }, { FileSystemId: 'fs-00000002' }],
    ],
  },

  'update: nothing': { action: update, describe: [{}] },
  'update: nothing, of one that is broken': { action: update, describe: [{ Lifecycle: 'FAILED' }] },
  'update: without an id': { action: update, ...to({ FileSystemId: undefined }) },
  'update: of one that is being deleted': { action: update, describe: [{ Lifecycle: 'DELETING' }] },
  'update: of one that FSx stops describing': {
    action: update,
    describe: [undefined],
    request: { callback: { waited: 10, seen: true } },
  },
  'update: what cannot be changed': {
    action: update,
    describe: [{}],
    ...to({ StorageType: 'HDD', StorageCapacity: '600' }),
  },
  'update: what FSx does not do': {
    action: update,
    describe: [{}],
    ...to({ StorageCapacity: '600' }),
  },
  'update: what cannot be parsed': {
    action: update,
    describe: [{}],
    ...to({ StorageCapacity: 'much' }),
  },
  'update: what cannot be parsed, taken back': {
    action: update,
    describe: [{}],
    ...to({ StorageCapacity: 'much' }, { rollback: true }),
  },
  'update: with a wrong configuration': {
    action: update,
    describe: [{}],
    request: { configurationProblems: ['One.', 'Two.'] },
  },
  'update: with one wrong setting of the configuration': {
    action: update,
    describe: [{}],
    request: { configurationProblems: ['One.'] },
  },
  'update: with a wrong configuration, taken back': {
    action: update,
    describe: [{}],
    request: { configurationProblems: ['One.'], rollback: true },
  },
  'update: with a configuration that became wrong': {
    action: update,
    describe: [{}],
    request: { configurationProblems: ['One.'], callback: { waited: 10 } },
  },
  'update: above the limit of the account': {
    action: update,
    describe: [{}],
    ...to({ StorageCapacity: '2400' }, { configuration: LIMITS }),
  },
  'update: above a limit that was lowered after it had begun': {
    action: update,
    describe: [{}, { StorageCapacity: 2400 }],
    update: [{}],
    ...to(
      { StorageCapacity: '2400' },
      {
        configuration: LIMITS,
        callback: { waited: 10, step: { name: 'settings', unseen: 0 }, taken: ['settings'] },
      },
    ),
  },
  'update: something else, above the limit already': {
    action: update,
    describe: [{ StorageCapacity: 2400 }, { StorageCapacity: 2400, ...WITH_LZ4 }],
    update: [{}],
    request: {
      desired: { ...PROPERTIES, ...LZ4, StorageCapacity: '2400' },
      previous: { ...PROPERTIES, StorageCapacity: '2400' },
      configuration: LIMITS,
    },
  },
  'update: a setting': { action: update, describe: [{}, busy, WITH_LZ4], update: [{}], ...to(LZ4) },
  'update: a setting that FSx shows as its update': {
    action: update,
    describe: [{}, { ...WITH_LZ4, ...shows({ ...at(1), Status: 'COMPLETED' }) }],
    update: [
      shows({
        ...at(1),
        Status: 'PENDING',
        TargetFileSystemValues: { LustreConfiguration: LZ4 as object },
      }),
    ],
    ...to(LZ4),
  },
  'update: while another update is pending': {
    action: update,
    describe: [
      shows({ ...at(-5), Status: 'PENDING' }),
      shows({ ...at(-5), Status: 'IN_PROGRESS' }),
      shows({ ...at(-5), Status: 'COMPLETED' }),
      WITH_LZ4,
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: while an optimization runs': {
    action: update,
    describe: [
      {
        AdministrativeActions: [
          { AdministrativeActionType: 'STORAGE_OPTIMIZATION', Status: 'IN_PROGRESS', ...at(-5) },
        ],
      },
      WITH_LZ4,
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: one of others has failed before': {
    action: update,
    describe: [
      shows({ ...at(-5), Status: 'FAILED' }),
      { ...WITH_LZ4, ...shows({ ...at(-5), Status: 'FAILED' }) },
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: it has failed': {
    action: update,
    describe: [{}, shows({ ...at(1), Status: 'FAILED', FailureDetails: { Message: 'No room' } })],
    update: [{}],
    ...to(LZ4),
  },
  'update: it has failed, by the values that it was to set': {
    action: update,
    describe: [{}, shows({ ...FAILED_LZ4, ...at(1) })],
    update: [{}],
    ...to(LZ4),
  },
  'update: it has failed twice': {
    action: update,
    describe: [
      {},
      shows(
        { ...FAILED_LZ4, ...at(2), FailureDetails: { Message: 'Newer' } },
        { ...FAILED_LZ4, ...at(1), FailureDetails: { Message: 'Older' } },
      ),
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: a policy of import has failed': {
    action: update,
    describe: [
      LINKED,
      {
        ...LINKED,
        ...shows({
          ...at(1),
          Status: 'FAILED',
          TargetFileSystemValues: {
            LustreConfiguration: { DataRepositoryConfiguration: { AutoImportPolicy: 'NEW' } },
          },
        }),
      },
    ],
    update: [{}],
    request: {
      desired: { ...LINKED_PROPERTIES, AutoImportPolicy: 'NEW' },
      previous: LINKED_PROPERTIES,
    },
  },
  'update: to what FSx leaves out, while one of another property fails': {
    action: update,
    describe: [
      WITH_LZ4,
      {
        ...WITH_LZ4,
        ...shows({ ...at(1), Status: 'FAILED', TargetFileSystemValues: { StorageCapacity: 2400 } }),
      },
      {},
    ],
    update: [{}],
    request: { previous: { ...PROPERTIES, ...LZ4 } },
  },
  'update: one of another property has failed meanwhile': {
    action: update,
    describe: [
      {},
      shows({ ...at(1), Status: 'FAILED', TargetFileSystemValues: { StorageCapacity: 2400 } }),
      WITH_LZ4,
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: one of the same property to another value has failed meanwhile': {
    action: update,
    describe: [
      {},
      shows({
        ...at(1),
        Status: 'FAILED',
        TargetFileSystemValues: { LustreConfiguration: { DataCompressionType: 'NONE' } },
      }),
      WITH_LZ4,
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: shows no sign, but a failure': {
    action: update,
    describe: [
      shows({
        ...at(-5),
        Status: 'FAILED',
        FailureDetails: { Message: 'Old' },
        TargetFileSystemValues: { StorageCapacity: 2400 },
      }),
    ],
    update: [{}],
    ...to(LZ4),
  },
  'update: refused': { action: update, describe: [{}], update: [no], ...to(LZ4) },
  'update: denied': { action: update, describe: [{}], update: [denied], ...to(LZ4) },
  'update: refused, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'MISCONFIGURED' }],
    update: [no],
    ...to(LZ4),
  },
  'update: refused while busy, then done': {
    action: update,
    describe: [{}, busy, {}, WITH_LZ4],
    update: [no, {}],
    ...to(LZ4),
  },
  'update: refused, of one that is gone': {
    action: update,
    describe: [{}, undefined, {}],
    update: [no],
    ...to(LZ4),
  },
  'update: lost, and done all the same': {
    action: update,
    describe: [{}, WITH_LZ4],
    update: [lost],
    ...to(LZ4),
  },
  'update: of one that breaks': {
    action: update,
    describe: [{}, { Lifecycle: 'FAILED', FailureDetails: { Message: 'Gone' } }],
    update: [{}],
    ...to(LZ4),
  },
  'update: done, of one that breaks by it': {
    action: update,
    describe: [{}, { Lifecycle: 'FAILED', ...WITH_LZ4 }],
    update: [{}],
    ...to(LZ4),
  },
  'update: a fourth step that is lost once': {
    action: update,
    describe: [{}, WITH_LZ4],
    update: [{}],
    ...to(LZ4, {
      callback: {
        waited: 1000,
        since: 0,
        step: { name: 'settings', unseen: 0, askedAt: 0 },
        taken: ['throughput', 'metadata', 'storage', 'settings'],
      },
    }),
  },
  'update: refused after a step that starts a cooldown': {
    action: update,
    describe: [{}, {}, {}, { StorageCapacity: 2400 }],
    update: [no, {}],
    ...to(
      { StorageCapacity: '2400' },
      { callback: { waited: 100, since: 0, taken: ['settings', 'metadata'] } },
    ),
  },
  'update: refused after a step that starts no cooldown': {
    action: update,
    describe: [{}],
    update: [no],
    ...to(
      { StorageCapacity: '2400' },
      { callback: { waited: 100, since: 0, taken: ['settings'] } },
    ),
  },
  'update: refused after the same step': {
    action: update,
    describe: [{}],
    update: [no],
    ...to({ StorageCapacity: '2400' }, { callback: { waited: 100, since: 0, taken: ['storage'] } }),
  },
  'rollback: a setting, refused': {
    action: update,
    describe: [WITH_LZ4],
    update: [no],
    request: { rollback: true },
  },
  'update: of one in a state that nobody knows': {
    action: update,
    describe: [{ Lifecycle: 'HIBERNATING' as 'CREATING' }],
    update: [no],
    ...to(LZ4),
  },
  'update: of one in a state that nobody knows, and again': {
    action: update,
    describe: [
      ...Array<Partial<FileSystem>>(100).fill({ Lifecycle: 'HIBERNATING' as 'CREATING' }),
      busy,
      { Lifecycle: 'HIBERNATING' as 'CREATING' },
    ],
    update: [no],
    ...to(LZ4),
  },
  'update: of one without a state': {
    action: update,
    describe: [{ Lifecycle: undefined }],
    update: [no],
    ...to(LZ4),
  },
  'update: two steps': {
    action: update,
    describe: [{}, WITH_LZ4, { ...WITH_LZ4, StorageCapacity: 2400 }],
    update: [{}],
    ...to({ ...LZ4, StorageCapacity: '2400' }),
  },
  'update: capacity and version': {
    action: update,
    describe: [
      {},
      { StorageCapacity: 2400 },
      { StorageCapacity: 2400, FileSystemTypeVersion: '2.15' },
    ],
    update: [{}],
    ...to({ StorageCapacity: '2400', FileSystemTypeVersion: '2.15', KmsKeyId: undefined }),
  },
  'update: a capacity that is left to FSx': {
    action: update,
    describe: [{}, { StorageCapacity: 1300 }],
    update: [{}],
    ...to({ StorageCapacity: '1300' }, { configuration: { Validation: 'DEFER_TO_FSX' } }),
  },
  'rollback: a capacity that has grown stays': {
    action: update,
    describe: [{ StorageCapacity: 2400 }],
    ...to({}, { rollback: true, previous: { ...PROPERTIES, StorageCapacity: '2400' } }),
  },
  'update: tags': {
    action: update,
    describe: [tags('a', 'c', 'x'), tags('d', 'x')],
    tag: [undefined],
    request: {
      desired: { ...PROPERTIES, ...tags('d') },
      previous: { ...PROPERTIES, ...tags('a') },
      previousStackTags: { c: 'b' },
    },
  },
  'update: only takes tags away': {
    action: update,
    describe: [tags('a'), {}],
    tag: [undefined],
    request: { previous: { ...PROPERTIES, ...tags('a') } },
  },
  'update: tags that FSx shows late': {
    action: update,
    describe: [{}, {}, {}, tags('d')],
    tag: [undefined],
    ...to(tags('d')),
  },
  'update: tags, of one without an ARN': {
    action: update,
    describe: [{ ResourceARN: undefined }],
    ...to(tags('d')),
  },
  'update: tags, of one that is gone afterwards': {
    action: update,
    describe: [{}, undefined],
    tag: [undefined],
    ...to(tags('d')),
  },
  'update: tags that are there already': {
    action: update,
    describe: [tags('d')],
    ...to(tags('d'), { previous: { ...PROPERTIES, ...tags('a') } }),
  },
  'update: tags, refused': { action: update, describe: [{}], tag: [no], ...to(tags('d')) },
  'update: tags, refused of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'MISCONFIGURED' }],
    tag: [no],
    ...to(tags('d')),
  },
  'update: tags, denied': { action: update, describe: [{}], tag: [denied], ...to(tags('d')) },
  'update: tags that repeat': { action: update, describe: [{}], ...to(tags('d', 'd')) },
  'update: tags that are reserved': { action: update, describe: [{}], ...to(tags('aws:d')) },
  'update: tags that repeat as before': {
    action: update,
    describe: [tags('d')],
    request: {
      desired: { ...PROPERTIES, ...tags('d', 'd') },
      previous: { ...PROPERTIES, ...tags('d', 'd') },
    },
  },
  'update: tags and a setting': {
    action: update,
    describe: [{}, tags('d'), { ...WITH_LZ4, ...tags('d') }],
    tag: [undefined],
    update: [{}],
    ...to({ ...LZ4, ...tags('d') }),
  },
  'rollback: nothing': { action: update, describe: [{}], request: { rollback: true } },
  'rollback: a setting': {
    action: update,
    describe: [WITH_LZ4, {}],
    update: [{}],
    request: { rollback: true },
  },
  'rollback: it has failed, while another update was requested': {
    action: update,
    describe: [WITH_LZ4, { ...WITH_LZ4, ...shows(OTHER, { ...FAILED_NONE, ...at(1) }) }],
    update: [{ ...WITH_LZ4, ...shows(OTHER, { ...FAILED_NONE, ...at(1), Status: 'PENDING' }) }],
    request: { rollback: true },
  },
  'rollback: a setting that FSx shows as its update': {
    action: update,
    describe: [WITH_LZ4, shows({ ...FAILED_NONE, ...at(1), Status: 'COMPLETED' })],
    update: [{ ...WITH_LZ4, ...shows({ ...FAILED_NONE, ...at(1), Status: 'PENDING' }) }],
    request: { rollback: true },
  },
  'rollback: a setting whose update FSx does not show yet': {
    action: update,
    describe: [WITH_LZ4, {}],
    update: [{ ...WITH_LZ4, ...shows({ ...FAILED_NONE, ...at(1), Status: 'PENDING' }) }],
    request: { rollback: true },
  },
  'rollback: to a capacity that the table does not have': {
    action: update,
    describe: [{}, { StorageCapacity: 1300 }],
    update: [{}],
    ...to({ StorageCapacity: '1300' }, { rollback: true }),
  },
  'rollback: of one that breaks by it': {
    action: update,
    describe: [WITH_LZ4, { Lifecycle: 'FAILED', ...WITH_LZ4 }],
    update: [{}],
    request: { rollback: true },
  },
  'rollback: tags, denied, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED' }],
    tag: [denied],
    ...to(tags('d'), { rollback: true }),
  },
  'rollback: a capacity, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED' }],
    update: [no],
    ...to({ StorageCapacity: '2400' }, { rollback: true }),
  },
  'rollback: a setting, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED', ...WITH_LZ4 }],
    update: [no],
    request: { rollback: true },
  },
  'rollback: a setting without a sign, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED', ...WITH_LZ4 }],
    update: [{}],
    request: { rollback: true },
  },
  'rollback: tags, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED' }],
    tag: [no],
    ...to(tags('d'), { rollback: true }),
  },
  'rollback: tags and a setting, of one that is broken': {
    action: update,
    describe: [{ Lifecycle: 'FAILED', ...WITH_LZ4 }],
    tag: [no],
    update: [no],
    ...to(tags('d'), { rollback: true }),
  },
  'rollback: tags, refused': {
    action: update,
    describe: [{}],
    tag: [no],
    ...to(tags('d'), { rollback: true }),
  },
  'rollback: a change that starts a cooldown': {
    action: update,
    describe: [
      {
        LustreConfiguration: { ...described().LustreConfiguration, PerUnitStorageThroughput: 500 },
      },
    ],
    update: [no],
    request: { rollback: true },
  },
  'rollback: one of others has failed': {
    action: update,
    describe: [WITH_LZ4, { ...WITH_LZ4, ...shows({ ...at(1), Status: 'FAILED' }) }, {}],
    update: [{}],
    request: { rollback: true },
  },
  'rollback: taken back, then broken': {
    action: update,
    describe: [WITH_LZ4, { Lifecycle: 'FAILED' }],
    update: [{}],
    request: { rollback: true },
  },

  'delete: one': {
    action: remove,
    describe: [{}, { Lifecycle: 'DELETING' }, undefined],
    delete: [undefined],
  },
  'delete: one of scratch': {
    action: remove,
    describe: [{ LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }, undefined],
    delete: [undefined],
  },
  'delete: one that somebody deletes': {
    action: remove,
    describe: [{ Lifecycle: 'DELETING' }, undefined],
  },
  'delete: one that is gone at the call': {
    action: remove,
    describe: [{}, undefined],
    delete: [refusal('NotFound')],
  },
  'delete: denied': { action: remove, describe: [{}], delete: [denied] },
  'delete: denied, of one that is broken': {
    action: remove,
    describe: [{ Lifecycle: 'FAILED' }],
    delete: [denied],
  },
  'delete: refused while it is being deleted': {
    action: remove,
    describe: [{}, { Lifecycle: 'DELETING' }, undefined],
    delete: [no],
  },
  'delete: refused in words of a deletion': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [refusal('InvalidRequest', 'It is being deleted.')],
  },
  'delete: accepted, then refused': {
    action: remove,
    describe: [{}, {}, {}, undefined],
    delete: [undefined, no],
  },
  'delete: while busy': {
    action: remove,
    describe: [busy, {}, undefined],
    delete: [no, undefined],
  },
  'delete: lost': { action: remove, describe: [{}, undefined], delete: [lost] },
  'delete: with a mistake of ours': { action: remove, describe: [{}], delete: [broken] },
  'delete: one that is never deleted': { action: remove, describe: [{}], delete: [undefined] },
  'delete: one that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }, { Lifecycle: 'CREATING' }, {}, undefined],
    delete: [no, 'backup-1'],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: one that is created, with a backup, after it was busy': {
    action: remove,
    describe: [busy, ...Array<Partial<FileSystem>>(5).fill({ Lifecycle: 'CREATING' }), undefined],
    delete: [no, no, no, undefined],
    request: {
      desired: { ...PROPERTIES, SkipFinalBackup: 'false' },
      callback: { begun: NOW, waited: 300, finalBackup: {} },
    },
  },
  'delete: refused, of one that is gone': {
    action: remove,
    describe: [{}, undefined],
    delete: [no],
  },
  'delete: refused, while an update is pending': {
    action: remove,
    describe: [
      shows({ ...at(-5), Status: 'PENDING' }),
      shows({ ...at(-5), Status: 'COMPLETED' }),
      undefined,
    ],
    delete: [no, undefined],
  },
  'delete: while a task runs': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [task, undefined],
    request: { callback: { begun: NOW - 60_000 } },
  },
  'delete: while a task runs on and on': { action: remove, describe: [{}], delete: [task] },
  'delete: while a backup is made': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [refusal('InvalidRequest', 'FSx: Backup under way.'), undefined],
  },
  'delete: a tag whose key is that of a task': {
    action: remove,
    describe: [{}, undefined],
    delete: [refusal('InvalidRequest', 'FSx: Tag key task is reserved.'), 'backup-1'],
    ...to({ SkipFinalBackup: 'false', FinalBackupTags: [{ Key: 'task', Value: 'b' }] }),
  },
  'delete: with a backup, and credentials that have expired': {
    action: remove,
    describe: [{}],
    delete: [refusal('InvalidCredentials', 'FSx: Expired.')],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: refused, of one that is created, without a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }, { Lifecycle: 'CREATING' }, undefined],
    delete: [no],
  },
  'delete: a quota, of one that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }],
    delete: [refusal('ServiceLimitExceeded', 'FSx: Too many.')],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: of scratch that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING', LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }],
    delete: [undefined],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: without an id': { action: remove, page: [[]], request: without },
  'delete: without an id, with one that it may be': {
    action: remove,
    page: [[young], []],
    request: without,
  },
  'delete: without an id, with one that is listed late': {
    action: remove,
    page: [[], [young]],
    request: without,
  },
  'delete: without an id, and FSx cannot be asked': {
    action: remove,
    page: [denied],
    request: without,
  },
  'delete: without an id, and FSx can be asked late': {
    action: remove,
    page: [denied, [young]],
    request: without,
  },
  'delete: without an id or subnet': { action: remove, request: { desired: {} } },
  'delete: with an id that is none': {
    action: remove,
    request: { desired: { ...PROPERTIES, FileSystemId: 'fs-x' } },
  },
};

test.each(Object.entries(SCENES))('%s', async (_, scene) => {
  expect(await transcript(scene)).toMatchSnapshot();
});

test('an update that waits returns nothing that FSx never returns', async () => {
  const fsx = fakeFsx({ describe: () => Promise.resolve(described(busy)) });
  const desired = {
    ...PROPERTIES,
    SecurityGroupIds: ['sg-01234567'],
    SkipFinalBackup: 'false',
    FinalBackupTags: [{ Key: 'a', Value: 'b' }],
  };
  const result = await update(requestTo(fsx, { desired, previous: desired }));
  const { StorageCapacity, PerUnitStorageThroughput, ...texts } = PROPERTIES;
  expect(result).toMatchObject({ status: 'IN_PROGRESS' });
  expect('model' in result && result.model).toEqual({
    ...texts,
    StorageCapacity: Number(StorageCapacity),
    PerUnitStorageThroughput: Number(PerUnitStorageThroughput),
  });
});

test('a list says where it goes on, if it does', async () => {
  const fsx = fakeFsx({
    page: (token) => Promise.resolve({ fileSystems: [], ...(token === 'a' && { nextToken: 'b' }) }),
  });
  const nothing = { status: 'SUCCESS', models: [] };
  expect(await list(requestTo(fsx, { nextToken: 'a' }))).toEqual({ ...nothing, nextToken: 'b' });
  expect(Object.keys(await list(requestTo(fsx)))).toEqual(['status', 'models']);
});

test('an id is that of a file system', async () => {
  for (const id of [ID, 'fs-01234567'])
    expect(await transcript({ action: read, describe: [{ FileSystemId: id }], request: { desired: { FileSystemId: id } } })).toEqual([`SUCCESS ${id}`]); // oxfmt-ignore
  for (const id of ['fs-0123456', `x${ID}`, `${ID}x`, `${ID}0`.padEnd(22, '0'), 'FS-01234567'])
    expect(await transcript({ action: read, request: { desired: { FileSystemId: id } } })).toEqual([
      `NotFound: There is no Lustre file system ${id} in this account and region.`,
    ]);
});
