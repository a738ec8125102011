/** What happens to one stack with one file system, as data: what its owner asks for, and what goes wrong meanwhile. */
import fc from 'fast-check';
import type { Properties } from '../../local/registry/protocol';

export interface History {
  template: TemplateName;
  /** Seconds after which another resource of the stack fails, so that the creation is followed by its rollback at once. */
  creationGivenUpAfter?: number | undefined;
  updates: Update[];
  /** Whether a final backup is asked for. */
  finalBackup: boolean;
  /** Seconds by which descriptions may lag. */
  lag: number;
  /** Seconds between two operations. */
  gap: number;
  disturbances: Disturbance[];
}

export interface Update {
  change: ChangeName;
  /** Whether another resource of the stack fails afterward, so that the update is taken back. */
  isTakenBack: boolean;
}

/**
 * What goes wrong, and when: in which operation of the stack (0 is the creation, then updates, rollbacks and deletions as
 * they come), and at which request to FSx (`call`) or which event of it, both from 0.
 */
export type Disturbance = { operation: number } & (
  | {
      kind: 'kill';
      call: number;
      when: 'killed before' | 'killed after';
      /** Seconds until CloudFormation sends the event again; undefined: it gives the operation up. */
      again: number | undefined;
    }
  | {
      kind: 'fault';
      call: number;
      fault: 'cutBefore' | 'cutAfter' | 'internalError' | 'throttling' | 'repeated';
      times: number;
    }
  /** Descriptions do not have the file system for so many seconds. */
  | { kind: 'absent'; call: number; as: 'FileSystemNotFound' | 'emptyList'; seconds: number }
  /** FSx refuses a request that changes something. */
  | { kind: 'refusal'; call: number; code: RefusalCode }
  | { kind: 'delivery'; event: number; how: 'answer lost' | 'twice' | 'late'; seconds: number }
  /** An event is sent a second time while the invocation makes a request; one of the answers counts. */
  | { kind: 'twoAtOnce'; event: number; call: number; counts: 'first' | 'second' }
  | { kind: 'outsider'; event: number; change: OutsiderChange }
  /** The type configuration is invalid from here on. */
  | { kind: 'configuration'; event: number }
  /** The creation or update is accepted and ends FAILED. */
  | { kind: 'endsFailed' }
);

export type RefusalCode = 'BadRequest' | 'ServiceLimitExceeded' | 'AccessDeniedException';
export type OutsiderChange = 'tag' | 'retention' | 'compression';

const SUBNET = { SubnetIds: ['subnet-0123456789abcdef0'] };
const LOG = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/events';

export const TEMPLATES = {
  scratch: {
    ...SUBNET,
    StorageCapacity: 1200,
    DeploymentType: 'SCRATCH_2',
    Tags: [
      { Key: 'Team', Value: 'cfd' },
      { Key: 'Stage', Value: 'test' },
    ],
  },
  backups: {
    ...SUBNET,
    StorageCapacity: 1200,
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 50,
    AutomaticBackupRetentionDays: 2,
    DailyAutomaticBackupStartTime: '03:00',
    WeeklyMaintenanceStartTime: '1:01:00',
    Tags: [{ Key: 'Team', Value: 'cfd' }],
  },
  logs: {
    ...SUBNET,
    StorageCapacity: 1200,
    DeploymentType: 'PERSISTENT_2',
    PerUnitStorageThroughput: 125,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 },
    LogConfiguration: { Level: 'WARN_ERROR', Destination: LOG },
    RootSquashConfiguration: { RootSquash: '65534:65534', NoSquashNids: ['10.0.1.6@tcp'] },
    DataCompressionType: 'LZ4',
  },
  linked: {
    ...SUBNET,
    StorageCapacity: 1200,
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 50,
    ImportPath: 's3://data',
    AutoImportPolicy: 'NEW',
  },
} as const satisfies Record<string, Properties>;
export type TemplateName = keyof typeof TEMPLATES;

/** Whether FSx makes a final backup of it. */
export const canBeBackedUp = (name: TemplateName): boolean => name === 'backups' || name === 'logs';

type Change = (template: Properties) => Properties;

const isPersistent = (template: Properties): boolean =>
  template.PerUnitStorageThroughput !== undefined;
const without = (template: Properties, name: string): Properties =>
  Object.fromEntries(Object.entries(template).filter(([other]) => other !== name));

export const CHANGES = {
  nothing: (template) => template,
  retention: (template) =>
    isPersistent(template) && template.ImportPath === undefined
      ? { ...template, AutomaticBackupRetentionDays: 5 }
      : template,
  'backup window': (template) =>
    template.AutomaticBackupRetentionDays === undefined
      ? template
      : { ...template, DailyAutomaticBackupStartTime: '05:00' },
  'maintenance window': (template) => ({ ...template, WeeklyMaintenanceStartTime: '3:03:00' }),
  compression: (template) => ({
    ...template,
    DataCompressionType: template.DataCompressionType === 'LZ4' ? 'NONE' : 'LZ4',
  }),
  'no compression': (template) => without(template, 'DataCompressionType'),
  log: (template) =>
    isPersistent(template)
      ? { ...template, LogConfiguration: { Level: 'ERROR_ONLY', Destination: LOG } }
      : template,
  'no log': (template) => without(template, 'LogConfiguration'),
  'root squash': (template) => ({
    ...template,
    RootSquashConfiguration: { RootSquash: '1000:1000' },
  }),
  'no root squash': (template) => without(template, 'RootSquashConfiguration'),
  'import policy': (template) =>
    template.ImportPath === undefined
      ? template
      : { ...template, AutoImportPolicy: 'NEW_CHANGED_DELETED' },
  tags: (template) => ({ ...template, Tags: [{ Key: 'Stage', Value: 'production' }] }),
  'no tags': (template) => without(template, 'Tags'),
  tier: (template) =>
    isPersistent(template)
      ? {
          ...template,
          PerUnitStorageThroughput: template.DeploymentType === 'PERSISTENT_1' ? 100 : 250,
        }
      : template,
  capacity: (template) => ({ ...template, StorageCapacity: 2400, ...enoughIops(template) }),
  'several settings': (template) => ({
    ...template,
    WeeklyMaintenanceStartTime: '5:05:00',
    DataCompressionType: 'LZ4',
    Tags: [{ Key: 'All', Value: 'at once' }],
    ...(template.AutomaticBackupRetentionDays !== undefined && {
      AutomaticBackupRetentionDays: 7,
    }),
  }),
} as const satisfies Record<string, Change>;
export type ChangeName = keyof typeof CHANGES;

const enoughIops = ({ MetadataConfiguration }: Properties): Properties =>
  MetadataConfiguration === undefined
    ? {}
    : { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } };

/** Requests and events at which something goes wrong: the first ones are those that act. */
const early = fc.oneof({ weight: 3, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(15) });
const operation = fc.nat(4);
const again = fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined, freq: 2 });

const disturbances: Readonly<Record<Disturbance['kind'], fc.Arbitrary<Disturbance>>> = {
  kill: fc.record({
    kind: fc.constant('kill' as const),
    operation,
    call: early,
    when: fc.constantFrom('killed before' as const, 'killed after' as const),
    again,
  }),
  fault: fc.record({
    kind: fc.constant('fault' as const),
    operation,
    call: early,
    fault: fc.constantFrom(
      'cutBefore' as const,
      'cutAfter' as const,
      'internalError' as const,
      'throttling' as const,
      'repeated' as const,
    ),
    times: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 30 })),
  }),
  absent: fc.record({
    kind: fc.constant('absent' as const),
    operation,
    call: early,
    as: fc.constantFrom('FileSystemNotFound' as const, 'emptyList' as const),
    seconds: fc.integer({ min: 1, max: 30 }),
  }),
  refusal: fc.record({
    kind: fc.constant('refusal' as const),
    operation,
    call: early,
    code: fc.constantFrom<RefusalCode>(
      'BadRequest',
      'ServiceLimitExceeded',
      'AccessDeniedException',
    ),
  }),
  delivery: fc.record({
    kind: fc.constant('delivery' as const),
    operation,
    event: early,
    how: fc.constantFrom('answer lost' as const, 'twice' as const, 'late' as const),
    seconds: fc.integer({ min: 0, max: 60 }),
  }),
  outsider: fc.record({
    kind: fc.constant('outsider' as const),
    operation,
    event: early,
    change: fc.constantFrom<OutsiderChange>('tag', 'retention', 'compression'),
  }),
  configuration: fc.record({
    kind: fc.constant('configuration' as const),
    operation,
    event: early,
  }),
  endsFailed: fc.record({ kind: fc.constant('endsFailed' as const), operation }),
  twoAtOnce: fc.record({
    kind: fc.constant('twoAtOnce' as const),
    operation,
    event: early,
    call: fc.nat(5),
    counts: fc.constantFrom('first' as const, 'second' as const),
  }),
};
export type DisturbanceKind = Disturbance['kind'];
export const DISTURBANCE_KINDS = Object.keys(disturbances) as DisturbanceKind[];

/** Histories with disturbances of these kinds. */
export function histories(
  kinds: readonly DisturbanceKind[] = DISTURBANCE_KINDS,
): fc.Arbitrary<History> {
  const names = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
  return fc.record({
    template: fc.constantFrom(...names(TEMPLATES)),
    creationGivenUpAfter: fc.option(fc.nat(480), { nil: undefined, freq: 6 }),
    updates: fc.array(
      fc.record({ change: fc.constantFrom(...names(CHANGES)), isTakenBack: fc.boolean() }),
      { maxLength: 2 },
    ),
    finalBackup: fc.boolean(),
    lag: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })),
    gap: fc.integer({ min: 1, max: 60 }),
    disturbances: fc.array(fc.oneof(...kinds.map((kind) => disturbances[kind])), { maxLength: 4 }),
  });
}
