import type { Account, FileSystemRecord } from '../state/account';
import { addBackup, isLinked } from './backups';
import { currentValues, exists, lifecycle } from './describe';
import { DAY } from '../state/durations';
import { forgetToken } from '../state/client-tokens';

/**
 * What time does to the stored data: nothing that a description depends on, only what would pile up
 * or has to exist by itself. File systems that are gone leave with their automatic backups, applied
 * updates become history, and daily backups that were due are there.
 */
export function catchUp(account: Account): void {
  const { state, clock } = account;
  const now = clock.now();
  // A description that lags still shows what was there, and what was not applied, a while ago.
  const described = now - state.world.descriptionLagSeconds * 1000;
  for (const record of state.fileSystems.filter((candidate) => !exists(candidate, described))) {
    removeFileSystem(account, record);
  }
  for (const record of state.fileSystems) {
    if (!exists(record, now)) forgetToken(account, record.id);
    fold(record, described);
    takeAutomaticBackups(account, record, now);
  }
  expireAutomaticBackups(account, now);
}

/** Takes a file system away at once, as its deletion does in the end. */
export function removeFileSystem(account: Account, record: FileSystemRecord): void {
  const { state } = account;
  state.fileSystems = state.fileSystems.filter((candidate) => candidate !== record);
  state.backups = state.backups.filter(
    (backup) => backup.fileSystemId !== record.id || backup.type !== 'AUTOMATIC',
  );
  forgetToken(account, record.id);
}

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
 * One backup a day from the start of the daily window on, kept for as many days as the retention
 * says. On a scaled clock the first window is as far away as it would be, divided; and so is every
 * day.
 */
function takeAutomaticBackups(account: Account, record: FileSystemRecord, now: number): void {
  if (record.backedUpAt === undefined) return;
  const { clock } = account;
  const lustre = record.values.LustreConfiguration ?? {};
  const retention = lustre.AutomaticBackupRetentionDays ?? 0;
  const running = ['AVAILABLE', 'UPDATING'].includes(lifecycle(record, now));
  const day = clock.scaled(DAY);
  if (retention > 0 && running && !isLinked(record, now)) {
    const start = lustre.DailyAutomaticBackupStartTime ?? '00:00';
    const first = record.readyAt + clock.scaled(untilTimeOfDay(record.readyAt, start));
    const done = Math.floor((record.backedUpAt - first) / day);
    const due = Math.floor((now - first) / day);
    for (let index = Math.max(done + 1, due - retention + 1, 0); index <= due; index += 1) {
      addBackup(account, record, 'AUTOMATIC', undefined, first + index * day);
    }
  }
  record.backedUpAt = now;
}

function expireAutomaticBackups({ state, clock }: Account, now: number): void {
  if (state.backups.every((backup) => backup.type !== 'AUTOMATIC')) return;
  const kept = new Map(
    state.fileSystems.map(({ id, values }) => [
      id,
      clock.scaled(DAY) * (values.LustreConfiguration?.AutomaticBackupRetentionDays ?? 0),
    ]),
  );
  state.backups = state.backups.filter(
    (backup) =>
      backup.type !== 'AUTOMATIC' ||
      now - backup.requestedAt < (kept.get(backup.fileSystemId) ?? 0),
  );
}

/** Milliseconds from a moment until the next `HH:MM` (UTC). */
function untilTimeOfDay(moment: number, time: string): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(-2));
  const wanted = minutes * 60_000;
  return (((wanted - (moment % DAY)) % DAY) + DAY) % DAY;
}
