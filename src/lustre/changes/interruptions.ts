/**
 * What an update does to running clients, as data: one row for each kind of change, by the step of the plan that it is in.
 * Growing and shrinking are told apart nowhere in AWS's words: what can go both ways (PerUnitStorageThroughput) does the same
 * in both. Where two pages of the guide differ, the worse is taken: of metadata and of throughput one page also says that
 * nobody notices, or only very briefly.
 */
import type { Step } from './changes';
import type { LustreProperties } from '../properties';

/** In rising order. */
export const IMPACTS = ['none', 'cold cache', 'minutes', 'hour', 'unmounted'] as const;

/**
 * What clients notice. `none`: nothing. `cold cache`: reads that are slower for a while. `minutes`, `hour`: the file system is
 * not available for a few minutes, or for up to an hour; clients wait and try again by themselves. `unmounted`: no client may
 * have it mounted until it is over.
 */
export type Impact = (typeof IMPACTS)[number];

export interface Interruption {
  readonly step: Step['name'];
  /** The members of the step that it is about. */
  readonly properties: readonly (keyof LustreProperties)[];
  readonly clients: Impact;
  /** Minutes that it takes at most, or usually at most, as AWS states it; undefined where AWS states no figure. */
  readonly minutes?: number;
  /** How long it takes, and what goes on afterwards. */
  readonly duration: string;
  /** What FSx does not take again for six hours; undefined where AWS names nothing. */
  readonly rest?: string;
  /** What is lost by it; undefined where nothing is. */
  readonly erases?: string;
  /** Whether FSx takes a backup first, where automatic backups are on. */
  readonly backup?: true;
  /** Pages of the FSx for Lustre User Guide, such as https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html */
  readonly pages: readonly string[];
}

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
    duration: 'AWS states no figure, and no interruption',
    pages: ['using-backups-fsx', 'data-compression', 'cw-event-logging', 'root-squash'],
  },
  {
    step: 'throughput',
    properties: ['PerUnitStorageThroughput'],
    clients: 'hour',
    minutes: 60,
    duration: 'up to an hour; recorded: each storage target was unavailable for 55 to 120 seconds',
    rest: 'another change of it; longer where its optimization takes longer',
    pages: ['managing-throughput-capacity'],
  },
  {
    step: 'metadata',
    properties: ['MetadataConfiguration'],
    clients: 'minutes',
    duration: 'minutes',
    rest: 'another increase of its IOPS',
    pages: ['managing-metadata-performance'],
  },
  {
    step: 'storage',
    properties: ['StorageCapacity'],
    clients: 'minutes',
    duration:
      'AWS states no figure; recorded: more than 30 minutes from 1200 to 2400 GiB. Then it is rebalanced in the background for hours to days, which may slow it down',
    rest: 'another growth',
    pages: ['managing-storage-capacity'],
  },
  {
    step: 'throughput-capacity',
    properties: ['ThroughputCapacity'],
    clients: 'hour',
    minutes: 60,
    duration: 'up to an hour',
    rest: 'another change of it; longer where its optimization takes longer',
    pages: ['managing-throughput-capacity'],
  },
  {
    step: 'throughput-capacity',
    properties: ['DataReadCacheConfiguration'],
    clients: 'cold cache',
    duration: 'AWS states no figure',
    rest: 'another change of its size; a cache can be added and removed at any time',
    erases: 'what the read cache holds; the data stays',
    pages: ['managing-ssd-read-cache'],
  },
  {
    step: 'version',
    properties: ['FileSystemTypeVersion'],
    clients: 'unmounted',
    minutes: 30,
    duration:
      'usually under 30 minutes, plus unmounting and remounting; it fails and is rolled back while a client is connected',
    backup: true,
    pages: ['managing-lustre-version'],
  },
];

/** Whether FSx wants six hours between two such steps, or the end of the optimization that follows one. */
export function startsCooldown(step: Step['name']): boolean {
  return INTERRUPTIONS.some(({ step: name, rest }) => name === step && rest !== undefined);
}

/**
 * What a step of an update does to clients: its rows, the worst first. A read cache that only grows with its servers is not
 * erased; `current` is what FSx describes.
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
  none: 'clients notice nothing',
  'cold cache': 'reads are slower until the read cache has filled again',
  minutes: 'clients may wait for a few minutes',
  hour: 'clients may wait for up to an hour',
  unmounted: 'no client may have it mounted until it is done',
};

/** What a step does to clients, to follow what it changes: `clients may wait for up to an hour`. */
export function interruptionPhrase(step: Step, current?: LustreProperties): string {
  return interruptionsOf(step, current)
    .map(({ clients }) => PHRASES[clients])
    .join(', and ');
}

/** What clients notice, in words. */
export const impactWords = (impact: Impact): string => PHRASES[impact];
