/**
 * Where FSx for Lustre can be had, as data. A region that the table does not have is unknown, and nothing is held against
 * it: AWS opens regions faster than this table grows.
 *
 * Sources: `guide` is the table "Deployment type availability" of
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#persistent-deployment-regions
 * `china` is https://docs.amazonaws.cn/en_us/aws/latest/userguide/fsx.html, which has no scratch; the FSx API reference for
 * China has PERSISTENT_1 alone beside it.
 */
import type { Offering } from './catalog';
import { joinWithOr, joinWithAnd } from '../wording';

/**
 * `no`: a source says so. `unlikely`: none says so outright, and what is on record speaks against it. `unknown`: no source
 * says anything, or the region is not in the table.
 */
export type Availability = 'yes' | 'no' | 'unlikely' | 'unknown';

/** PERSISTENT_2 SSD: every tier and EFA, or the tiers of `LOW_TIERS` without EFA. */
export type Persistent2 = 'all' | 'low' | 'none';

/** A region or a Local Zone, and what it has. */
export interface Place {
  /** As AWS's table calls it. */
  readonly name: string;
  readonly persistent2: Persistent2;
  readonly intelligentTiering: boolean;
  /** SSD and HDD. */
  readonly persistent1: boolean;
  readonly scratch2: boolean;
}

export interface Region extends Place {
  readonly region: string;
  /** In no row of the guide's table. */
  readonly scratch1: Availability;
  readonly source: keyof typeof REGION_SOURCES;
}

/** The day that a source describes: of the guide its last entry in the document history, of the other the day it was read. */
export const REGION_SOURCES = { guide: '2026-06-18', china: '2026-11-25' } as const;

/** PerUnitStorageThroughput where AWS marks a region with "Persistent-125 and Persistent-250 [...] without EFA". */
export const LOW_TIERS: readonly number[] = [125, 250];

type Columns = readonly [Persistent2, ...intelligentTiering1Scratch2: [boolean, boolean, boolean]];

const place = (
  name: string,
  [persistent2, intelligentTiering, persistent1, scratch2]: Columns,
): Place => ({ name, persistent2, intelligentTiering, persistent1, scratch2 });

function region(
  code: string,
  name: string,
  columns: Columns,
  scratch1: Availability = 'unknown',
  source: Region['source'] = 'guide',
): Region {
  return { region: code, ...place(name, columns), scratch1, source };
}

const [yes, not] = [true, false] as const;

// prettier-ignore
export const REGIONS: readonly Region[] = [
  // the columns are those of the guide:                   P2      IT   P1   S2
  region('us-east-2',      'US East (Ohio)',             ['all',  yes, yes, yes]),
  region('us-east-1',      'US East (N. Virginia)',      ['all',  yes, yes, yes]),
  region('us-west-1',      'US West (N. California)',    ['all',  yes, yes, yes]),
  region('us-west-2',      'US West (Oregon)',           ['all',  yes, yes, yes]),
  region('af-south-1',     'Africa (Cape Town)',         ['all',  yes, yes, yes]),
  // SCRATCH_1 where there is no SCRATCH_2: the older generation has not come to a region without the newer one.
  region('ap-southeast-6', 'Asia Pacific (New Zealand)', ['all',  yes, not, not], 'unlikely'),
  region('ap-east-1',      'Asia Pacific (Hong Kong)',   ['all',  yes, yes, yes]),
  region('ap-south-2',     'Asia Pacific (Hyderabad)',   ['all',  yes, yes, yes]),
  region('ap-southeast-3', 'Asia Pacific (Jakarta)',     ['all',  yes, yes, yes]),
  region('ap-southeast-5', 'Asia Pacific (Malaysia)',    ['all',  yes, not, not], 'unlikely'),
  region('ap-southeast-4', 'Asia Pacific (Melbourne)',   ['all',  yes, yes, yes]),
  region('ap-south-1',     'Asia Pacific (Mumbai)',      ['all',  yes, yes, yes]),
  region('ap-northeast-3', 'Asia Pacific (Osaka)',       ['all',  yes, yes, yes]),
  region('ap-northeast-2', 'Asia Pacific (Seoul)',       ['all',  yes, yes, yes]),
  region('ap-southeast-1', 'Asia Pacific (Singapore)',   ['all',  yes, yes, yes]),
  region('ap-southeast-2', 'Asia Pacific (Sydney)',      ['all',  yes, yes, yes]),
  region('ap-east-2',      'Asia Pacific (Taipei)',      ['all',  yes, not, not], 'unlikely'),
  region('ap-southeast-7', 'Asia Pacific (Thailand)',    ['all',  yes, not, not], 'unlikely'),
  region('ap-northeast-1', 'Asia Pacific (Tokyo)',       ['all',  yes, yes, yes]),
  region('ca-central-1',   'Canada (Central)',           ['all',  yes, yes, yes]),
  region('ca-west-1',      'Canada West (Calgary)',      ['all',  yes, not, not], 'unlikely'),
  region('eu-central-1',   'Europe (Frankfurt)',         ['all',  yes, yes, yes]),
  region('eu-west-1',      'Europe (Ireland)',           ['all',  yes, yes, yes]),
  region('eu-west-2',      'Europe (London)',            ['all',  yes, yes, yes]),
  region('eu-south-1',     'Europe (Milan)',             ['all',  yes, yes, yes]),
  region('eu-west-3',      'Europe (Paris)',             ['all',  yes, yes, yes]),
  region('eu-south-2',     'Europe (Spain)',             ['all',  yes, yes, yes]),
  region('eu-north-1',     'Europe (Stockholm)',         ['all',  yes, yes, yes]),
  region('eu-central-2',   'Europe (Zurich)',            ['all',  yes, yes, yes]),
  region('il-central-1',   'Israel (Tel Aviv)',          ['low',  not, not, yes]),
  region('mx-central-1',   'Mexico (Central)',           ['low',  not, not, not], 'unlikely'),
  region('me-south-1',     'Middle East (Bahrain)',      ['none', not, yes, yes]),
  region('me-central-1',   'Middle East (UAE)',          ['none', not, yes, yes]),
  region('sa-east-1',      'South America (São Paulo)',  ['all',  yes, yes, yes]),
  // The tests of the Terraform provider take SCRATCH_2 there, where they take SCRATCH_1 elsewhere.
  region('us-gov-east-1',  'AWS GovCloud (US-East)',     ['all',  not, yes, yes], 'unlikely'),
  region('us-gov-west-1',  'AWS GovCloud (US-West)',     ['all',  not, yes, yes], 'unlikely'),
  region('cn-north-1',     'China (Beijing)',            ['none', not, yes, not], 'no', 'china'),
  region('cn-northwest-1', 'China (Ningxia)',            ['none', not, yes, not], 'no', 'china'),
];

// prettier-ignore
/** Local Zones of the guide's table. A file system is in one when its subnet is, which its properties do not tell. */
export const LOCAL_ZONES: readonly Place[] = [
  place('US East (Atlanta) Local Zone',     ['low',  not, not, not]),
  place('US East (Dallas) Local Zone',      ['low',  not, not, not]),
  place('US East (South Bend) Local Zone',  ['low',  not, not, not]),
  place('US West (Los Angeles) Local Zone', ['none', not, yes, yes]),
  place('US West (Phoenix) Local Zone',     ['low',  not, not, not]),
];

/** The row of a region, such as eu-west-1; undefined where the table does not have it. */
export const regionNamed = (name: string): Region | undefined =>
  REGIONS.find((row) => row.region === name);

type Choice = Pick<Offering, 'deployment' | 'storage'>;

/**
 * Whether a region has an offering, and of it a tier (PerUnitStorageThroughput, MB/s per TiB) where one is given; `unknown`
 * for a region that is not in the table.
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

/** What a place has, as messages call it; the newest first, SCRATCH_1 never, as its places are not documented. */
export function offeredIn({
  persistent2,
  intelligentTiering,
  persistent1,
  scratch2,
}: Place): string[] {
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

/** What a region has, in a sentence. */
export function describeRegion(name: string): string {
  const row = regionNamed(name);
  return row === undefined
    ? `What ${name} offers is not known: AWS's table of ${REGION_SOURCES.guide} does not have it.`
    : `According to AWS's table of ${REGION_SOURCES[row.source]}, ${name} has ${joinWithAnd(offeredIn(row))}.`;
}

/** Whether what the table says of a region is more than a year old on a day, YYYY-MM-DD. */
export function isOutdated({ source }: Region, day: string): boolean {
  const [year = '', ...monthAndDay] = REGION_SOURCES[source].split('-');
  return day > [Number(year) + 1, ...monthAndDay].join('-');
}
