import type { Account, FileSystemRecord, UpdateRecord } from '../state/account';
import { addBackup, untilTransferring } from './backups';
import { checkUnlinked, isLinked } from './links';
import type { Outcome } from './outcome';
import { currentValues, describe, lifecycle, merge } from './describe';
import { badRequest, fileSystemNotFound } from '../errors';
import { findFileSystem } from './lookup';
import { checkQuotas } from './quotas';
import {
  APPLIED_AFTER,
  COOLDOWN,
  optimizationOf,
  PENDING_FOR,
  THROUGHPUT_OPTIMIZATION,
  type UpdateKind,
} from '../state/durations';
import { findByToken, recordToken } from '../state/client-tokens';
import type { FileSystem, FileSystemValues, UpdateFileSystemInput } from '../types';
import { checkUpdate, KIND_NAMES, refused, resizesReadCache, type Changes } from '../rules/update';

const SCOPE = 'update';

/**
 * UpdateFileSystem responds immediately with the action that it started. A description shows the action some seconds later,
 * and the new values when the action is complete.
 */
export function updateFileSystem(
  account: Account,
  input: UpdateFileSystemInput,
  outcome: Outcome,
): { FileSystem: FileSystem } {
  const now = account.clock.now();
  const record = findFileSystem(account, input.FileSystemId);
  if (!record) throw otherFileSystem(account, input);
  if (findByToken(account, SCOPE, input) === undefined) {
    const state = lifecycle(record, now);
    if (state !== 'AVAILABLE' && state !== 'UPDATING' && !record.forced?.updatable) {
      throw badRequest(`Unable to update file system '${record.id}' in the ${state} state.`);
    }
    const current = currentValues(record, now);
    const changes = checkUpdate(account, input, current);
    checkBackupSettings(account, record, input, now);
    checkRunning(record, changes, now);
    const resizes = resizesReadCache(current, changes);
    if (resizes) checkResized(record, now);
    checkGrowth(account, current, changes);
    const { settings, ...actions } = changes;
    if (settings) record.values = merge(record.values, settings);
    if (Object.keys(actions).length > 0)
      record.updates.push({
        ...plan(account, record, actions, outcome),
        ...(resizes ? { resizesReadCache: true } : {}),
      });
    account.state.fileSystems.changed(record);
    recordToken(account, SCOPE, input, record.id);
  }
  const latest = record.updates.at(-1);
  const showing = latest && now < latest.visibleAt ? { showing: latest } : {};
  return { FileSystem: describe(account, record, { now, ...showing }) };
}

/** On an S3-linked file system, every backup setting is refused, including one that turns backups off. */
function checkBackupSettings(
  account: Account,
  record: FileSystemRecord,
  { LustreConfiguration: lustre = {} }: UpdateFileSystemInput,
  now: number,
): void {
  const settings = [lustre.AutomaticBackupRetentionDays, lustre.DailyAutomaticBackupStartTime];
  if (settings.some((setting) => setting !== undefined)) checkUnlinked(account, record, now);
}

function otherFileSystem(account: Account, input: UpdateFileSystemInput) {
  const other = account.state.others.get(input.FileSystemId);
  if (!other) return fileSystemNotFound(input.FileSystemId);
  return badRequest(
    `LustreConfiguration cannot be applied to update a ${other.FileSystemType} file system.`,
  );
}

/** The kinds of updates that share a cooldown of six hours. */
const GROUPS: Readonly<Record<UpdateKind, string | undefined>> = {
  storage: 'capacity',
  throughput: 'capacity',
  metadata: 'metadata',
  version: undefined,
  configuration: undefined,
  settings: undefined,
};

/**
 * One update at a time. Changes of capacity and throughput wait until six hours after the last such request or until the
 * optimization ends, whichever is later. Changes of metadata wait until six hours after the last such change.
 */
function checkRunning(record: FileSystemRecord, changes: Changes, now: number): void {
  for (const kind of Object.keys(changes) as UpdateKind[]) {
    if (record.updates.some((update) => now < update.appliedAt)) {
      throw refused(kind, 'There is an update already in progress.');
    }
    const group = GROUPS[kind];
    const recent = record.updates.find(
      (update) =>
        group !== undefined &&
        update.failure === undefined &&
        update.kinds.some((other) => GROUPS[other] === group) &&
        now < update.cooldownUntil,
    );
    if (recent) {
      const names = recent.kinds.map((other) => KIND_NAMES[other]).join(' and ');
      throw refused(
        kind,
        `At least 6 hours must pass and storage optimization must be complete after the last ${names} update. Try again later.`,
      );
    }
  }
}

/**
 * The size of a read cache can change once every six hours. A cache can be added or removed at any time.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-ssd-read-cache.html
 */
function checkResized(record: FileSystemRecord, now: number): void {
  const recent = record.updates.some(
    (update) =>
      update.resizesReadCache && update.failure === undefined && now < update.cooldownUntil,
  );
  if (recent) {
    throw refused(
      'configuration',
      'You can increase or decrease the capacity size of an SSD read cache only once every six hours. Try again later.',
    );
  }
}

function checkGrowth(account: Account, current: FileSystemValues, changes: Changes): void {
  const lustre = current.LustreConfiguration ?? {};
  const grown = (wanted: number | undefined, held: number | undefined) =>
    wanted === undefined ? 0 : wanted - (held ?? 0);
  checkQuotas(account, {
    deployment: lustre.DeploymentType ?? 'SCRATCH_1',
    fileSystems: 0,
    storageGiB: grown(changes.storage?.StorageCapacity, current.StorageCapacity),
    throughputMbps: grown(
      changes.throughput?.LustreConfiguration?.ThroughputCapacity,
      lustre.ThroughputCapacity,
    ),
  });
}

/** The times at which the action for these changes enters its states. */
function plan(
  account: Account,
  record: FileSystemRecord,
  changes: Changes,
  outcome: Outcome,
): UpdateRecord {
  const { clock, state } = account;
  const now = clock.now();
  const kinds = Object.keys(changes) as UpdateKind[];
  const waitsUntil = kinds.includes('storage') ? untilTransferring(account, record) : undefined;
  const backedUp = kinds.includes('version') ? untilBackedUp(account, record) : now;
  const begins = Math.max(backedUp, waitsUntil ?? now);
  const target = Object.values(changes).reduce(mergeTargets, {});
  const longest = Math.max(...kinds.map((kind) => APPLIED_AFTER[kind]));
  const appliedAt = begins + clock.scaled(longest);
  const optimizing = outcome.endsFailed === undefined ? optimizationFor(kinds, target) : 0;
  const completedAt = appliedAt + clock.scaled(optimizing);
  return {
    kinds,
    requestedAt: laterThan(record, now),
    visibleAt: now + clock.scaled(state.world.hiddenUpdateSeconds * 1000),
    startedAt: begins + clock.scaled(PENDING_FOR),
    ...(waitsUntil === undefined ? {} : { waitsUntil }),
    appliedAt,
    completedAt,
    cooldownUntil: Math.max(now + clock.scaled(COOLDOWN), completedAt),
    optimizes: kinds.includes('storage'),
    target,
    ...(outcome.endsFailed === undefined ? {} : { failure: outcome.endsFailed }),
  };
}

/**
 * When an upgrade begins: "If automatic daily backups are enabled on your file system, Amazon FSx will automatically create a
 * backup of your file system before upgrading." https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-lustre-version.html
 */
function untilBackedUp(account: Account, record: FileSystemRecord): number {
  const now = account.clock.now();
  const { AutomaticBackupRetentionDays: retention = 0 } =
    currentValues(record, now).LustreConfiguration ?? {};
  if (retention === 0 || isLinked(account, record, now)) return now;
  return addBackup(account, record, 'AUTOMATIC').availableAt;
}

/** How long FSx optimizes after the new values are shown. */
function optimizationFor(kinds: readonly UpdateKind[], target: FileSystemValues): number {
  if (kinds.includes('storage')) return optimizationOf(target.StorageCapacity ?? 0);
  return kinds.includes('throughput') ? THROUGHPUT_OPTIMIZATION : 0;
}

/** Request times identify actions, so they are unique. */
const laterThan = (record: FileSystemRecord, now: number): number =>
  Math.max(now, (record.updates.at(-1)?.requestedAt ?? 0) + 1);

const mergeTargets = (one: FileSystemValues, other: FileSystemValues): FileSystemValues => {
  const lustre = { ...one.LustreConfiguration, ...other.LustreConfiguration };
  return {
    ...one,
    ...other,
    ...(Object.keys(lustre).length > 0 ? { LustreConfiguration: lustre } : {}),
  };
};
