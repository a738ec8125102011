/** Updates, whole: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import type { AdministrativeAction, FileSystem } from '@aws-sdk/client-fsx';
import { update } from '../../src/actions/update';
import { described, fakeFsx, PROPERTIES, requestTo } from './fake-fsx';
import { at, bug, busy, denied, LIMITS, lost, no, playEach, shows, tags, to } from './scene';

const LZ4 = { DataCompressionType: 'LZ4' };
const WITH_LZ4 = { LustreConfiguration: { ...described().LustreConfiguration, DataCompressionType: 'LZ4' as const } }; // oxfmt-ignore
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

playEach({
  'a bug: at a description': { action: update, describe: [bug] },
  'a bug: at an update': { action: update, describe: [{}], update: [bug], ...to(LZ4) },
  'a bug: at tags': { action: update, describe: [{}], tag: [bug], ...to(tags('d')) },
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
  'update: tags, of one that is gone afterward': {
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
