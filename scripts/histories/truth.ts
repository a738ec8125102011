/** What FSx has, read from its state and not from what it describes, against what was asked for. */
import type { InspectedFileSystem } from '../../local/fsx/admin/inspection';
import type { OpenedFsx } from '../../local/fsx/server';
import { scalarsAsText, type Properties } from '../../local/registry/protocol';

/** What an update or rollback should have left. */
export interface Wish {
  desired: Properties;
  previous: Properties;
  isRollback: boolean;
  /** Properties that somebody else has changed. */
  touched: ReadonlySet<string>;
}

/** What FSx cannot take back. */
const IRREVERSIBLE: ReadonlySet<string> = new Set([
  'StorageCapacity',
  'MetadataConfiguration',
  'FileSystemTypeVersion',
]);

/** What a property is when a template that had it leaves it out. */
const LEFT_OUT: Properties = {
  DataCompressionType: 'NONE',
  AutoImportPolicy: 'NONE',
  LogConfiguration: { Level: 'DISABLED' },
  RootSquashConfiguration: { RootSquash: '0:0' },
  Tags: [],
};

/** Milliseconds after which a description shows every update that was requested. */
const VISIBLE_AFTER = 4000;

/** What is not as it should be, once what FSx is doing is done: one line for each property. */
export function differences(fsx: OpenedFsx, id: string, wish: Wish): string[] {
  fsx.clock.advance(VISIBLE_AFTER + 1);
  const fileSystem = fsx.fileSystems.get(id);
  if (!fileSystem) return ['the file system is gone'];
  const values = settled(fileSystem);
  const { desired, previous, isRollback, touched } = wish;
  const left = Object.keys(previous).filter((name) => !(name in desired) && name in LEFT_OUT);
  const names = [...Object.keys(desired), ...left].filter((name) => name in values);
  return names
    .filter((name) => !touched.has(name))
    .filter((name) => {
      const isUnchanged = isSame(desired[name], previous[name]);
      return !IRREVERSIBLE.has(name) || !(isRollback || isUnchanged);
    })
    .filter((name) => !fits(name, values[name], desired[name] ?? LEFT_OUT[name], previous[name]))
    .map((name) => `${name} is ${JSON.stringify(values[name])}`);
}

/** The properties as they are when all updates under way have ended. */
function settled(fileSystem: InspectedFileSystem): Properties {
  const running = (fileSystem.AdministrativeActions ?? [])
    .filter(({ Status }) => Status === 'PENDING' || Status === 'IN_PROGRESS')
    .toReversed();
  const targets = running.map(({ TargetFileSystemValues = {} }) => TargetFileSystemValues);
  const lustre = Object.assign(
    {},
    ...[fileSystem, ...targets].map(({ LustreConfiguration }) => LustreConfiguration),
  ) as NonNullable<InspectedFileSystem['LustreConfiguration']>;
  const { StorageCapacity } = Object.assign({}, fileSystem, ...targets) as InspectedFileSystem;
  return {
    StorageCapacity,
    Tags: fileSystem.Tags,
    PerUnitStorageThroughput: lustre.PerUnitStorageThroughput,
    AutomaticBackupRetentionDays: lustre.AutomaticBackupRetentionDays,
    DailyAutomaticBackupStartTime: lustre.DailyAutomaticBackupStartTime,
    WeeklyMaintenanceStartTime: lustre.WeeklyMaintenanceStartTime,
    DataCompressionType: lustre.DataCompressionType ?? 'NONE',
    AutoImportPolicy: lustre.DataRepositoryConfiguration?.AutoImportPolicy,
    MetadataConfiguration: lustre.MetadataConfiguration,
    LogConfiguration: lustre.LogConfiguration ?? LEFT_OUT.LogConfiguration,
    RootSquashConfiguration: lustre.RootSquashConfiguration ?? LEFT_OUT.RootSquashConfiguration,
  };
}

function fits(name: string, held: unknown, wanted: unknown, previous: unknown): boolean {
  if (name === 'Tags') return tagsFit(held as Tag[], wanted as Tag[], (previous ?? []) as Tag[]);
  if (name === 'LogConfiguration') return logFits(held as Log, wanted as Log);
  if (name === 'RootSquashConfiguration') return squashFits(held as Squash, wanted as Squash);
  return isSame(held, wanted);
}

interface Tag {
  Key: string;
  Value: string;
}

/** What others attached stays; what the template had and has no longer is gone. */
function tagsFit(held: Tag[], wanted: Tag[], previous: Tag[]): boolean {
  const has = ({ Key, Value }: Tag) => held.some((tag) => tag.Key === Key && tag.Value === Value);
  const isGone = ({ Key }: Tag) =>
    wanted.some((tag) => tag.Key === Key) || !held.some((tag) => tag.Key === Key);
  return wanted.every(has) && previous.every(isGone);
}

interface Log {
  Level?: string;
  Destination?: string;
}

function logFits(held: Log, wanted: Log): boolean {
  return (
    held.Level === wanted.Level &&
    (held.Destination ?? '').startsWith(wanted.Destination ?? '') &&
    (wanted.Level !== 'DISABLED' || held.Level === 'DISABLED')
  );
}

interface Squash {
  RootSquash?: string;
  NoSquashNids?: string[];
}

function squashFits(held: Squash, wanted: Squash): boolean {
  const off = wanted.RootSquash ?? '0:0';
  return (
    (held.RootSquash ?? '0:0') === off &&
    (off === '0:0' || isSame(held.NoSquashNids ?? [], wanted.NoSquashNids ?? []))
  );
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(scalarsAsText({ value: one })) === JSON.stringify(scalarsAsText({ value: other }));
