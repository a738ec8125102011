/** Creations, whole: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import type { FileSystem } from '@aws-sdk/client-fsx';
import type { HandlerRequest } from '../../src/actions/action';
import { create } from '../../src/actions/create';
import { HandlerError } from '../../src/handler-error';
import { PROPERTIES, refusal } from './fake-fsx';
import {
  begun,
  broken,
  bug,
  busy,
  denied,
  LIMITS,
  lost,
  NEW,
  no,
  playEach,
  type Scene,
  without,
  young,
} from './scene';

/** A creation that FSx carries out at once. */
const created = (desired: HandlerRequest['desired']): Scene => ({
  action: create,
  create: [{}],
  describe: [{}],
  request: { desired: { SubnetIds: NEW.SubnetIds, ...desired } },
});
const throttled = refusal('Throttling', 'FSx: Slower.');

playEach({
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
});
