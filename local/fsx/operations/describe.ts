import {
  arn,
  partition,
  type Account,
  type FileSystemRecord,
  type UpdateRecord,
} from '../state/account';
import { automaticIops, findOption, servers } from '../rules/catalog';
import { resourceId } from '../state/ids';
import type {
  ActionStatus,
  AdministrativeAction,
  FileSystem,
  FileSystemValues,
  LustreConfiguration,
} from '../types';

/** The description of a file system, as a pure function of its record and the time. */
export const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;

/** A file system exists until its deletion has ended. One with a forced state stays. */
export const exists = (record: FileSystemRecord, now: number): boolean =>
  record.deletion === undefined || record.forced !== undefined || now < record.deletion.goneAt;

export function lifecycle(record: FileSystemRecord, now: number): string {
  if (record.forced) return record.forced.lifecycle;
  if (record.deletion) return 'DELETING';
  if (now < record.readyAt) return 'CREATING';
  if (record.creationFailure !== undefined) return 'FAILED';
  return record.updates.some((update) => updating(update, now)) ? 'UPDATING' : 'AVAILABLE';
}

/**
 * While an increase waits for a backup, the file system is AVAILABLE and the action PENDING.
 *
 * Changes of the configuration run as actions while the file system stays AVAILABLE. It still shows the old value, so
 * AVAILABLE does not mean that the change is complete.
 */
const updating = (update: UpdateRecord, now: number): boolean =>
  update.visibleAt <= now &&
  (update.waitsUntil ?? 0) <= now &&
  now < update.appliedAt &&
  update.kinds.some((kind) => kind !== 'configuration');

/** The current values: those of the record, with every applied update. */
export const currentValues = (record: FileSystemRecord, now: number): FileSystemValues =>
  record.updates
    .filter((update) => pendingTarget(update) && update.appliedAt <= now)
    .reduce((values, update) => merge(values, update.target), record.values);

const pendingTarget = (update: UpdateRecord): boolean =>
  update.failure === undefined && !update.folded;

export function merge(values: FileSystemValues, target: FileSystemValues): FileSystemValues {
  const before = values.LustreConfiguration ?? {};
  const change = target.LustreConfiguration ?? {};
  const after: LustreConfiguration = { ...before, ...change };
  if (change.DataRepositoryConfiguration) {
    after.DataRepositoryConfiguration = {
      ...before.DataRepositoryConfiguration,
      ...change.DataRepositoryConfiguration,
    };
  }
  const merged = { ...values, ...target, LustreConfiguration: after };
  if (after.MetadataConfiguration?.Mode === 'AUTOMATIC') {
    const iops = Math.max(
      automaticIops(merged.StorageCapacity ?? 0),
      after.MetadataConfiguration.Iops ?? 0,
    );
    after.MetadataConfiguration = { Mode: 'AUTOMATIC', Iops: iops };
  }
  return merged;
}

export interface View {
  now: number;
  /** An update whose action is shown: that of the response, even if a description does not show it yet. */
  showing?: UpdateRecord;
}

export function describe(account: Account, record: FileSystemRecord, view: View): FileSystem {
  const { now } = view;
  const { region, accountId } = account;
  const state = lifecycle(record, now);
  const values = currentValues(record, now);
  const failure = failureDetails(record, state);
  const actions = administrativeActions(record, view);
  const { showing } = view;
  const shown = showing && updating({ ...showing, visibleAt: now }, now) ? 'UPDATING' : state;
  return {
    OwnerId: accountId,
    CreationTime: seconds(record.createdAt),
    FileSystemId: record.id,
    FileSystemType: 'LUSTRE',
    ...(shown === '' ? {} : { Lifecycle: shown }),
    ...(failure === undefined ? {} : { FailureDetails: { Message: failure } }),
    ...values,
    VpcId: resourceId('vpc', region, accountId),
    SubnetIds: record.input.SubnetIds,
    ...(['CREATING', 'FAILED'].includes(state)
      ? {}
      : { NetworkInterfaceIds: networkInterfaces(record.id, values) }),
    DNSName: dnsName(region, record.id),
    ...(record.kmsKeyId === undefined ? {} : { KmsKeyId: record.kmsKeyId }),
    ResourceARN: fileSystemArn(account, record.id),
    Tags: record.tags,
    LustreConfiguration: lustreConfiguration(values, state),
    ...(actions.length === 0 ? {} : { AdministrativeActions: actions }),
    NetworkType: 'IPV4',
  };
}

export const fileSystemArn = (account: Account, id: string): string =>
  arn(account, 'fsx', `file-system/${id}`);

export const dnsName = (region: string, id: string): string =>
  `${id}.fsx.${region}.${partition(region).dnsSuffix}`;

function failureDetails(record: FileSystemRecord, state: string): string | undefined {
  if (record.forced?.lifecycle === state) return record.forced.message;
  return state === 'FAILED' ? record.creationFailure : undefined;
}

/** NetworkInterfaceIds of the API has at most 50 members. */
const MOST_INTERFACES = 50;

/** One interface for each object server and metadata server. */
function networkInterfaces(id: string, values: FileSystemValues): string[] {
  const lustre = values.LustreConfiguration ?? {};
  const option = findOption({
    deployment: lustre.DeploymentType ?? 'SCRATCH_1',
    storage: values.StorageType ?? 'SSD',
    tier: lustre.PerUnitStorageThroughput,
    efa: lustre.EfaEnabled,
  });
  const size = values.StorageCapacity ?? lustre.ThroughputCapacity ?? 0;
  const count = servers(option?.perServer ?? 2400, size, lustre.MetadataConfiguration?.Iops);
  return Array.from({ length: Math.min(count, MOST_INTERFACES) }, (_, index) =>
    resourceId('eni', id, index),
  );
}

/** States of the file system that its S3 link has too. */
const SHARED_STATES: readonly string[] = ['CREATING', 'DELETING', 'FAILED', 'MISCONFIGURED'];

function lustreConfiguration(values: FileSystemValues, state: string): LustreConfiguration {
  const lustre = values.LustreConfiguration ?? {};
  const repository = lustre.DataRepositoryConfiguration;
  if (!repository) return lustre;
  const shown = SHARED_STATES.includes(state) ? state : 'AVAILABLE';
  return {
    ...lustre,
    DataRepositoryConfiguration: { Lifecycle: repository.Lifecycle ?? shown, ...repository },
  };
}

function actionStatus(update: UpdateRecord, now: number): ActionStatus {
  if (now < update.startedAt) return 'PENDING';
  if (now < update.appliedAt) return 'IN_PROGRESS';
  if (update.failure !== undefined) return 'FAILED';
  return now < update.completedAt ? 'UPDATED_OPTIMIZING' : 'COMPLETED';
}

/** "The 10 most recent administrative actions" are described, of each type, newest first. */
const ACTIONS_PER_TYPE = 10;

function administrativeActions(record: FileSystemRecord, view: View): AdministrativeAction[] {
  const seen = record.updates
    .filter((update) => update === view.showing || update.visibleAt <= view.now)
    .toSorted((one, other) => other.requestedAt - one.requestedAt);
  const updates = seen.slice(0, ACTIONS_PER_TYPE).map((update) => fileSystemUpdate(update, view));
  const optimizations = seen
    .filter((update) => update.optimizes && view.now < update.completedAt)
    .slice(0, ACTIONS_PER_TYPE)
    .map((update) => storageOptimization(update, view.now));
  // For an increase, both actions appear together, and the optimization disappears when it is complete.
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/monitoring-storage-capacity-increase.html
  return [...updates, ...optimizations];
}

function fileSystemUpdate(update: UpdateRecord, { now }: View): AdministrativeAction {
  const status = actionStatus(update, now);
  return {
    AdministrativeActionType: 'FILE_SYSTEM_UPDATE',
    RequestTime: seconds(update.requestedAt),
    Status: status,
    TargetFileSystemValues: update.target,
    ...(status === 'FAILED' && update.failure !== undefined
      ? { FailureDetails: { Message: update.failure } }
      : {}),
  };
}

function storageOptimization(update: UpdateRecord, now: number): AdministrativeAction {
  const common = {
    AdministrativeActionType: 'STORAGE_OPTIMIZATION',
    RequestTime: seconds(update.requestedAt),
  } as const;
  if (now < update.appliedAt) return { ...common, Status: 'PENDING' };
  const done = (now - update.appliedAt) / (update.completedAt - update.appliedAt);
  return { ...common, Status: 'IN_PROGRESS', ProgressPercent: Math.floor(done * 100) };
}
