import type { Offering } from '../catalog/catalog';
import { offeringsFor, tiersOf } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { availability, efaAvailability, regionNamed, type Region } from '../catalog/regions';
import type { Violation } from '../violations';

/** What the rules know beside the properties. */
export interface Surroundings {
  /** Such as eu-west-1: what the table of regions says that it lacks is a violation. */
  region?: string;
  /** Today, YYYY-MM-DD: what rests on a table of regions older than a year is then a warning. */
  date?: string;
}

/** What the rules look at. Only what a rule asks for is looked up, so that nothing else need be known for it. */
export class RuleContext {
  /** Where it is to be; undefined where nobody says, or the table of regions does not have it. */
  readonly region: Region | undefined;
  /** YYYY-MM-DD, where the caller says which day it is. */
  readonly date: string | undefined;
  #offerings: readonly Offering[] | undefined;
  #name: string | undefined;

  constructor(
    readonly properties: LustreProperties,
    { region, date }: Surroundings = {},
  ) {
    this.region = region === undefined ? undefined : regionNamed(region);
    this.date = date;
  }

  /** What the properties may mean: more than one where a backup decides, or where the pair chosen is not offered. */
  get offerings(): readonly Offering[] {
    return (this.#offerings ??= offeringsFor(this.properties));
  }

  /**
   * Whether the region has an offering, and of it a tier (PerUnitStorageThroughput) where one is given, as far as is known: what
   * a message advises must be there.
   */
  isInRegion(offering: Offering, tier?: number): boolean {
    const { region } = this;
    return (
      region === undefined ||
      ['yes', 'unknown'].includes(availability(region.region, offering, tier))
    );
  }

  /** The same of EFA. */
  get hasEfa(): boolean {
    return this.region === undefined || efaAvailability(this.region.region) !== 'no';
  }

  /** The values of PerUnitStorageThroughput of an offering that the region has. */
  tiersInRegion(offering: Offering): number[] {
    return tiersOf(offering).filter((tier) => this.isInRegion(offering, tier));
  }

  /** The values of PerUnitStorageThroughput that there are, and of those the region's, or all where it has none. */
  get tiers(): { readonly all: readonly number[]; readonly inRegion: readonly number[] } {
    const all = this.offerings.flatMap(tiersOf);
    const here = this.offerings.flatMap((offering) => this.tiersInRegion(offering));
    return { all, inRegion: here.length > 0 ? here : all };
  }

  /** The choice as messages call it. */
  get name(): string {
    return (this.#name ??= nameOf(this.properties, this.offerings));
  }
}

function nameOf(
  { DeploymentType, StorageType }: LustreProperties,
  [only, ...others]: readonly Offering[],
): string {
  const given = [DeploymentType, StorageType].filter(Boolean).join(' ');
  return only && others.length === 0 ? only.name : given || 'a restored file system';
}

export type Refuse = (violation: Violation) => void;

/** Reports what FSx would refuse. */
export type Rule = (context: RuleContext, refuse: Refuse) => void;

/** Tables grow upwards: a number that is not positive can never be right. */
export const kindOf = (value: number): Violation['kind'] => (value > 0 ? 'table' : 'contradiction');
