/**
 * What an update means for clients that have the file system mounted, as data: one row for each kind of change, by the step
 * that makes it. AWS's guide does not distinguish increases from decreases, so a property that can be changed both ways
 * (PerUnitStorageThroughput) has one row. Where two pages of the guide differ, the row has the worse: for metadata and
 * throughput, one page also says that there is no impact on clients, or only a very brief interruption.
 */
import type { Step } from './changes';
import type { LustreProperties } from '../properties';

/** In ascending order. */
export const IMPACTS = ['none', 'cold cache', 'minutes', 'hour', 'unmounted'] as const;

/**
 * What clients notice. `none`: nothing. `cold cache`: slower reads for a while. `minutes`, `hour`: the file system is
 * unavailable for a few minutes, or for up to an hour; clients wait and retry by themselves. `unmounted`: no client may have
 * the file system mounted during the change.
 */
export type Impact = (typeof IMPACTS)[number];

/** What one kind of change means for clients. */
export interface Interruption {
  readonly step: Step['name'];
  /** The members of the step that the row describes. */
  readonly properties: readonly (keyof LustreProperties)[];
  readonly clients: Impact;
  /** Minutes that the change takes at most, or usually at most, according to AWS; undefined if AWS gives no number. */
  readonly minutes?: number;
  /** How long the change takes, and which background work follows. */
  readonly duration: string;
  /** What FSx refuses for six hours afterward (the cooldown); undefined if AWS documents none. */
  readonly rest?: string;
  /** What the change deletes; undefined if nothing. */
  readonly erases?: string;
  /** Whether FSx first takes a backup if automatic backups are on. */
  readonly backup?: true;
  /** Pages of the FSx for Lustre User Guide, such as https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html */
  readonly pages: readonly string[];
}

/** The rows, in the order of the steps. */
export const INTERRUPTIONS: readonly Interruption[] = [
  {
    step: 'settings',
    properties: [
      'AutoImportPolicy',
      'AutomaticBackupRetentionDays',
      'DailyAutomaticBackupStartTime',
      'WeeklyMaintenanceStartTime',
      'DataCompressionType',
      'LogConfiguration',
      'RootSquashConfiguration',
    ],
    clients: 'none',
    duration: 'AWS documents no duration and no interruption',
    pages: ['using-backups-fsx', 'data-compression', 'cw-event-logging', 'root-squash'],
  },
  {
    step: 'throughput',
    properties: ['PerUnitStorageThroughput'],
    clients: 'hour',
    minutes: 60,
    duration: 'up to an hour; recorded: each storage target was unavailable for 55 to 120 seconds',
    rest: 'another change; longer if the optimization takes longer',
    pages: ['managing-throughput-capacity'],
  },
  {
    step: 'metadata',
    properties: ['MetadataConfiguration'],
    clients: 'minutes',
    duration: 'minutes',
    rest: 'another increase of the IOPS',
    pages: ['managing-metadata-performance'],
  },
  {
    step: 'storage',
    properties: ['StorageCapacity'],
    clients: 'minutes',
    duration:
      'AWS documents no duration; recorded: more than 30 minutes from 1200 to 2400 GiB. Then FSx rebalances the data in the background for hours to days, which may slow down the file system',
    rest: 'another increase',
    pages: ['managing-storage-capacity'],
  },
  {
    step: 'throughput-capacity',
    properties: ['ThroughputCapacity'],
    clients: 'hour',
    minutes: 60,
    duration: 'up to an hour',
    rest: 'another change; longer if the optimization takes longer',
    pages: ['managing-throughput-capacity'],
  },
  {
    step: 'throughput-capacity',
    properties: ['DataReadCacheConfiguration'],
    clients: 'cold cache',
    duration: 'AWS documents no duration',
    rest: 'another change of its size; a cache can be added or removed at any time',
    erases: 'the contents of the read cache; the data is kept',
    pages: ['managing-ssd-read-cache'],
  },
  {
    step: 'version',
    properties: ['FileSystemTypeVersion'],
    clients: 'unmounted',
    minutes: 30,
    duration:
      'usually under 30 minutes, plus unmounting and remounting; it fails and is rolled back if a client is connected',
    backup: true,
    pages: ['managing-lustre-version'],
  },
];

/**
 * Whether a step starts a cooldown: FSx requires six hours between two such steps, or the end of the optimization after one.
 */
export function startsCooldown(step: Step['name']): boolean {
  return INTERRUPTIONS.some(({ step: name, rest }) => name === step && rest !== undefined);
}

/**
 * The rows of a step, worst first. A read cache that only grows with its servers is not erased.
 *
 * @param current What FSx describes.
 */
export function interruptionsOf(step: Step, current: LustreProperties = {}): Interruption[] {
  const { ThroughputCapacity, DataReadCacheConfiguration: cache } = step.properties;
  const { SizingMode } = current.DataReadCacheConfiguration ?? {};
  const keepsCache = ThroughputCapacity !== undefined && cache?.SizingMode === SizingMode;
  return INTERRUPTIONS.filter(
    ({ step: name, properties, erases }) =>
      name === step.name &&
      properties.some((property) => step.properties[property] !== undefined) &&
      !(erases !== undefined && keepsCache),
  ).toSorted((a, b) => IMPACTS.indexOf(b.clients) - IMPACTS.indexOf(a.clients));
}

const PHRASES: Readonly<Record<Impact, string>> = {
  none: 'no impact on clients',
  'cold cache': 'reads are slower until the read cache is refilled',
  minutes: 'clients may wait for a few minutes',
  hour: 'clients may wait for up to an hour',
  unmounted: 'clients must keep the file system unmounted until the update is complete',
};

/** What a step means for clients, as the end of a sentence: `clients may wait for up to an hour`. */
export function interruptionPhrase(step: Step, current?: LustreProperties): string {
  return interruptionsOf(step, current)
    .map(({ clients }) => PHRASES[clients])
    .join(', and ');
}

/** What clients notice, in words. */
export const impactWords = (impact: Impact): string => PHRASES[impact];
