import type { Account, BackupRecord, FileSystemRecord } from '../state/account';
import { addBackup } from './backups';
import { currentValues, exists, lifecycle } from './describe';
import { associationExists } from './describe-association';
import { forgottenAt } from './describe-task';
import { isLinked } from './links';
import { DAY } from '../state/durations';
import { forgetToken } from '../state/client-tokens';

/**
 * Applies the passage of time to the stored data. No description depends on it; it only removes what would accumulate, and
 * adds what must exist by itself: deleted file systems are removed with their automatic backups, applied updates become
 * history, and due daily backups are made. Only file systems for which something is due are visited.
 *
 * @param id A file system that is about to be changed. What was due before the change is done first.
 */
export function catchUp(account: Account, id?: string): void {
  const { state, clock } = account;
  const now = clock.now();
  const due = state.agenda.take(now);
  for (const each of new Set(id === undefined ? due : [...due, id])) {
    const record = state.fileSystems.get(each);
    if (record) lookAt(account, record, now);
  }
}

function lookAt(account: Account, record: FileSystemRecord, now: number): void {
  // A lagging description still shows file systems that have since been deleted, and values before an update.
  const described = now - lagOf(account);
  if (!exists(record, described)) {
    removeFileSystem(account, record);
    return;
  }
  if (!exists(record, now)) {
    forgetToken(account, record.id);
    account.state.agenda.at(nextLook(account, record, now), record.id);
    return;
  }
  fold(record, described);
  removeAssociations(account, record, now);
  removeTasks(account, record, now);
  takeAutomaticBackups(account, record, now);
  expireAutomaticBackups(account, record, now);
  account.state.agenda.at(nextLook(account, record, now), record.id);
}

/** Milliseconds by which a description may lag. */
const lagOf = ({ state }: Account): number => state.world.descriptionLagSeconds * 1000;

/** The time at which something will be due again. */
function nextLook(account: Account, record: FileSystemRecord, now: number): number {
  const { deletion, forced, updates } = record;
  const lag = lagOf(account);
  const gone = deletion && !forced ? deletion.goneAt : Infinity;
  if (gone <= now) return gone + lag;
  return Math.min(
    gone,
    ...updates.map(({ appliedAt }) => appliedAt + lag).filter((moment) => moment > now),
    nextAutomaticBackup(account, record, now),
    ...automaticBackups(account, record).map((backup) => expiry(account, record, backup)),
    ...account.state.associations
      .inGroup(record.id)
      .map(({ deletion: removal }) => removal?.goneAt ?? Infinity),
    ...account.state.tasks.inGroup(record.id).map((task) => forgottenAt(account, task)),
  );
}

/** Removes a file system immediately, as its deletion does in the end. */
export function removeFileSystem(account: Account, record: FileSystemRecord): void {
  const { state } = account;
  state.fileSystems.remove(record.id);
  for (const { id } of automaticBackups(account, record)) state.backups.remove(id);
  for (const { id } of state.associations.inGroup(record.id)) {
    state.associations.remove(id);
    forgetToken(account, id);
  }
  for (const { id } of state.tasks.inGroup(record.id)) {
    state.tasks.remove(id);
    forgetToken(account, id);
  }
  forgetToken(account, record.id);
}

/** Removes associations whose deletion has ended. */
function removeAssociations(account: Account, { id }: FileSystemRecord, now: number): void {
  const { associations } = account.state;
  for (const association of associations.inGroup(id)) {
    if (associationExists(account, association, now)) continue;
    associations.remove(association.id);
    forgetToken(account, association.id);
  }
}

/** Removes tasks that ended so long ago that FSx no longer describes them. */
function removeTasks(account: Account, { id }: FileSystemRecord, now: number): void {
  const { tasks } = account.state;
  for (const task of tasks.inGroup(id)) {
    if (now < forgottenAt(account, task)) continue;
    tasks.remove(task.id);
    forgetToken(account, task.id);
  }
}

const automaticBackups = ({ state }: Account, { id }: FileSystemRecord): BackupRecord[] =>
  state.backups.inGroup(id).filter(({ type }) => type === 'AUTOMATIC');

const KEPT_UPDATES = 30;

export function fold(record: FileSystemRecord, now: number): void {
  const values = currentValues(record, now);
  for (const update of record.updates) {
    if (update.appliedAt <= now && update.failure === undefined) update.folded = true;
  }
  record.values = values;
  const old = record.updates.length - KEPT_UPDATES;
  if (old > 0) record.updates = record.updates.slice(old);
}

/**
 * One backup a day from the start of the daily window, kept for the retention period. On a scaled clock, the time until the
 * first window and the length of a day are divided by the scale.
 */
function takeAutomaticBackups(account: Account, record: FileSystemRecord, now: number): void {
  if (record.backedUpAt === undefined) return;
  const retention = retentionOf(record);
  const running = ['AVAILABLE', 'UPDATING'].includes(lifecycle(record, now));
  const { first, day } = windows(account, record);
  const done = Math.floor((record.backedUpAt - first) / day);
  const due = Math.floor((now - first) / day);
  record.backedUpAt = now;
  if (retention === 0 || !running || isLinked(account, record, now)) return;
  for (let index = Math.max(done + 1, due - retention + 1, 0); index <= due; index += 1) {
    addBackup(account, record, 'AUTOMATIC', undefined, first + index * day);
    account.state.fileSystems.changed(record);
  }
}

function nextAutomaticBackup(account: Account, record: FileSystemRecord, now: number): number {
  if (record.backedUpAt === undefined || retentionOf(record) === 0) return Infinity;
  const { first, day } = windows(account, record);
  return first + Math.max(0, Math.floor((now - first) / day) + 1) * day;
}

/** The start of the first daily window, and the time between windows. */
function windows({ clock }: Account, record: FileSystemRecord): { first: number; day: number } {
  const start = record.values.LustreConfiguration?.DailyAutomaticBackupStartTime ?? '00:00';
  return {
    first: record.readyAt + clock.scaled(untilTimeOfDay(record.readyAt, start)),
    day: clock.scaled(DAY),
  };
}

const retentionOf = ({ values }: FileSystemRecord): number =>
  values.LustreConfiguration?.AutomaticBackupRetentionDays ?? 0;

const expiry = ({ clock }: Account, record: FileSystemRecord, backup: BackupRecord): number =>
  backup.requestedAt + clock.scaled(DAY) * retentionOf(record);

function expireAutomaticBackups(account: Account, record: FileSystemRecord, now: number): void {
  for (const backup of automaticBackups(account, record)) {
    if (now >= expiry(account, record, backup)) account.state.backups.remove(backup.id);
  }
}

/** Milliseconds from a moment until the next `HH:MM` (UTC). */
function untilTimeOfDay(moment: number, time: string): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(-2));
  const wanted = minutes * 60_000;
  return (((wanted - (moment % DAY)) % DAY) + DAY) % DAY;
}
