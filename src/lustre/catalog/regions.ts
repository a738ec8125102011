/**
 * The regions that offer FSx for Lustre, as data. A region that is not in the table is unknown, and no rule refuses anything
 * there: AWS opens regions faster than this table grows.
 *
 * Sources: `guide` is the table "Deployment type availability" of
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#persistent-deployment-regions
 * `china` is https://docs.amazonaws.cn/en_us/aws/latest/userguide/fsx.html, which does not list scratch. The FSx API
 * reference for China adds PERSISTENT_1 alone.
 */
import type { Offering } from './catalog';
import { closest, joinWithOr, joinWithAnd } from '../wording';
import { isRegion } from './partitions';

/**
 * `no`: a source says so. `unlikely`: no source says so outright, but the evidence suggests it. `unknown`: no source mentions
 * it, or the region is not in the table.
 */
export type Availability = 'yes' | 'no' | 'unlikely' | 'unknown';

/** PERSISTENT_2 SSD: every tier and EFA, or only the tiers of `LOW_TIERS` without EFA. */
export type Persistent2 = 'all' | 'low' | 'none';

/** What a region or a Local Zone offers. */
export interface Offered {
  readonly persistent2: Persistent2;
  readonly intelligentTiering: boolean;
  /** SSD and HDD. */
  readonly persistent1: boolean;
  readonly scratch2: boolean;
}

/** A Local Zone. It has no region code of its own. */
export interface LocalZone extends Offered {
  /** The name in AWS's table. */
  readonly name: string;
}

/** A row of the table of regions. */
export interface Region extends Offered {
  readonly region: string;
  /** The guide's table does not list SCRATCH_1. */
  readonly scratch1: Availability;
  readonly source: keyof typeof REGION_SOURCES;
}

/**
 * The date that a source describes: for the guide, the last entry of its document history; for the other, the day it was
 * read.
 */
export const REGION_SOURCES = { guide: '2026-06-18', china: '2026-11-25' } as const;

/** PerUnitStorageThroughput where AWS marks a region with "Persistent-125 and Persistent-250 [...] without EFA". */
export const LOW_TIERS: readonly number[] = [125, 250];

type Columns = readonly [Persistent2, ...intelligentTiering1Scratch2: [boolean, boolean, boolean]];

const having = ([persistent2, intelligentTiering, persistent1, scratch2]: Columns): Offered => ({
  persistent2,
  intelligentTiering,
  persistent1,
  scratch2,
});

const place = (name: string, columns: Columns): LocalZone => ({ name, ...having(columns) });

function region(
  code: string,
  columns: Columns,
  scratch1: Availability = 'unknown',
  source: Region['source'] = 'guide',
): Region {
  return { region: code, ...having(columns), scratch1, source };
}

const [yes, not] = [true, false] as const;

// oxfmt-ignore
/** The rows of the table of regions, in the guide's order. */
export const REGIONS: readonly Region[] = [
  // Columns of the guide: P2 IT P1 S2
  region('us-east-2',      ['all',  yes, yes, yes]), // US East (Ohio)
  region('us-east-1',      ['all',  yes, yes, yes]), // US East (N. Virginia)
  region('us-west-1',      ['all',  yes, yes, yes]), // US West (N. California)
  region('us-west-2',      ['all',  yes, yes, yes]), // US West (Oregon)
  region('af-south-1',     ['all',  yes, yes, yes]), // Africa (Cape Town)
  // SCRATCH_1 without SCRATCH_2 is unlikely: no region is known to have the older generation alone.
  region('ap-southeast-6', ['all',  yes, not, not], 'unlikely'), // Asia Pacific (New Zealand)
  region('ap-east-1',      ['all',  yes, yes, yes]), // Asia Pacific (Hong Kong)
  region('ap-south-2',     ['all',  yes, yes, yes]), // Asia Pacific (Hyderabad)
  region('ap-southeast-3', ['all',  yes, yes, yes]), // Asia Pacific (Jakarta)
  region('ap-southeast-5', ['all',  yes, not, not], 'unlikely'), // Asia Pacific (Malaysia)
  region('ap-southeast-4', ['all',  yes, yes, yes]), // Asia Pacific (Melbourne)
  region('ap-south-1',     ['all',  yes, yes, yes]), // Asia Pacific (Mumbai)
  region('ap-northeast-3', ['all',  yes, yes, yes]), // Asia Pacific (Osaka)
  region('ap-northeast-2', ['all',  yes, yes, yes]), // Asia Pacific (Seoul)
  region('ap-southeast-1', ['all',  yes, yes, yes]), // Asia Pacific (Singapore)
  region('ap-southeast-2', ['all',  yes, yes, yes]), // Asia Pacific (Sydney)
  region('ap-east-2',      ['all',  yes, not, not], 'unlikely'), // Asia Pacific (Taipei)
  region('ap-southeast-7', ['all',  yes, not, not], 'unlikely'), // Asia Pacific (Thailand)
  region('ap-northeast-1', ['all',  yes, yes, yes]), // Asia Pacific (Tokyo)
  region('ca-central-1',   ['all',  yes, yes, yes]), // Canada (Central)
  region('ca-west-1',      ['all',  yes, not, not], 'unlikely'), // Canada West (Calgary)
  region('eu-central-1',   ['all',  yes, yes, yes]), // Europe (Frankfurt)
  region('eu-west-1',      ['all',  yes, yes, yes]), // Europe (Ireland)
  region('eu-west-2',      ['all',  yes, yes, yes]), // Europe (London)
  region('eu-south-1',     ['all',  yes, yes, yes]), // Europe (Milan)
  region('eu-west-3',      ['all',  yes, yes, yes]), // Europe (Paris)
  region('eu-south-2',     ['all',  yes, yes, yes]), // Europe (Spain)
  region('eu-north-1',     ['all',  yes, yes, yes]), // Europe (Stockholm)
  region('eu-central-2',   ['all',  yes, yes, yes]), // Europe (Zurich)
  region('il-central-1',   ['low',  not, not, yes]), // Israel (Tel Aviv)
  region('mx-central-1',   ['low',  not, not, not], 'unlikely'), // Mexico (Central)
  region('me-south-1',     ['none', not, yes, yes]), // Middle East (Bahrain)
  region('me-central-1',   ['none', not, yes, yes]), // Middle East (UAE)
  region('sa-east-1',      ['all',  yes, yes, yes]), // South America (São Paulo)
  // The tests of the Terraform provider use SCRATCH_2 there, and SCRATCH_1 in other regions.
  region('us-gov-east-1',  ['all',  not, yes, yes], 'unlikely'), // AWS GovCloud (US-East)
  region('us-gov-west-1',  ['all',  not, yes, yes], 'unlikely'), // AWS GovCloud (US-West)
  region('cn-north-1',     ['none', not, yes, not], 'no', 'china'), // China (Beijing)
  region('cn-northwest-1', ['none', not, yes, not], 'no', 'china'), // China (Ningxia)
];

// oxfmt-ignore
/** Local Zones of the guide's table. A file system is in one if its subnet is, which the properties do not show. */
export const LOCAL_ZONES: readonly LocalZone[] = [
  place('US East (Atlanta) Local Zone',     ['low',  not, not, not]),
  place('US East (Dallas) Local Zone',      ['low',  not, not, not]),
  place('US East (South Bend) Local Zone',  ['low',  not, not, not]),
  place('US West (Los Angeles) Local Zone', ['none', not, yes, yes]),
  place('US West (Phoenix) Local Zone',     ['low',  not, not, not]),
];

/** The row of a region, such as eu-west-1; undefined if the table does not have it. */
export const regionNamed = (name: string): Region | undefined =>
  REGIONS.find((row) => row.region === name);

type Choice = Pick<Offering, 'deployment' | 'storage'>;

/**
 * Whether a region has an offering, and, if given, a tier of it (PerUnitStorageThroughput, MB/s per TiB). `unknown` for a
 * region that is not in the table.
 */
export function availability(name: string, offering: Choice, tier?: number): Availability {
  const row = regionNamed(name);
  if (row === undefined) return 'unknown';
  switch (offering.deployment) {
    case 'SCRATCH_1':
      return row.scratch1;
    case 'SCRATCH_2':
      return row.scratch2 ? 'yes' : 'no';
    case 'PERSISTENT_1':
      return row.persistent1 ? 'yes' : 'no';
    case 'PERSISTENT_2':
      if (offering.storage === 'INTELLIGENT_TIERING') return row.intelligentTiering ? 'yes' : 'no';
      if (row.persistent2 === 'low' && tier !== undefined && !LOW_TIERS.includes(tier)) return 'no';
      return row.persistent2 === 'none' ? 'no' : 'yes';
  }
}

/** Whether a region has EFA; `unknown` for a region that is not in the table. */
export function efaAvailability(name: string): Availability {
  const row = regionNamed(name);
  if (row === undefined) return 'unknown';
  return row.persistent2 === 'all' ? 'yes' : 'no';
}

/**
 * What a region or Local Zone offers, for messages, newest first. SCRATCH_1 is not named, because AWS does not document its
 * regions.
 */
export function offeredIn({
  persistent2,
  intelligentTiering,
  persistent1,
  scratch2,
}: Offered): string[] {
  return [
    ...(persistent2 === 'all' ? ['PERSISTENT_2 SSD'] : []),
    ...(persistent2 === 'low'
      ? [`PERSISTENT_2 SSD (${joinWithOr(LOW_TIERS)} MB/s/TiB, no EFA)`]
      : []),
    ...(intelligentTiering ? ['PERSISTENT_2 INTELLIGENT_TIERING'] : []),
    ...(persistent1 ? ['PERSISTENT_1 SSD', 'PERSISTENT_1 HDD'] : []),
    ...(scratch2 ? ['SCRATCH_2'] : []),
  ];
}

/** Why a text is not the name of a region, and what to use, as a sentence; undefined if it has the form of one. */
export function regionProblem(name: string): string | undefined {
  if (isRegion(name)) return undefined;
  const near = closest(
    name,
    REGIONS.map(({ region: known }) => known),
  );
  const hint = near === undefined ? 'use one such as eu-west-1.' : `did you mean ${near}?`;
  return `${name} is not a region: ${hint}`;
}

/** What a region offers, as a sentence. */
export function describeRegion(name: string): string {
  const row = regionNamed(name);
  return row === undefined
    ? `What ${name} offers is not known: AWS's table of ${REGION_SOURCES.guide} does not list it.`
    : `According to AWS's table of ${REGION_SOURCES[row.source]}, ${name} has ${joinWithAnd(offeredIn(row))}.`;
}

/** Whether the source of a region's row is more than a year old on a day (YYYY-MM-DD). */
export function isOutdated({ source }: Region, day: string): boolean {
  const [year = '', ...monthAndDay] = REGION_SOURCES[source].split('-');
  return day > [Number(year) + 1, ...monthAndDay].join('-');
}
