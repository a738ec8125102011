import type { Offering } from '../catalog/catalog';
import { offeringsFor, tiersOf } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { availability, efaAvailability, regionNamed, type Region } from '../catalog/regions';
import type { Refusal, Violation } from '../violations';

/** What the rules know in addition to the properties. */
export interface Surroundings {
  /** Such as eu-west-1. What the region lacks according to the table of regions is a violation. */
  region?: string;
  /** Today, YYYY-MM-DD. Violations based on a table of regions that is older than a year are then warnings. */
  date?: string;
}

/**
 * The input of the rules. Values are computed when a rule reads them, so that a rule depends only on properties that it uses.
 */
export class RuleContext {
  /** Undefined if no region is given or the table of regions does not have it. */
  readonly region: Region | undefined;
  /** YYYY-MM-DD; undefined if no date is given. */
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

  /**
   * The offerings that the properties may stand for. More than one if a backup decides, or if the given pair is not offered.
   */
  get offerings(): readonly Offering[] {
    return (this.#offerings ??= offeringsFor(this.properties));
  }

  /**
   * Whether the region has an offering and, if given, a tier of it (PerUnitStorageThroughput), as far as is known. Messages
   * recommend only what the region has.
   */
  isInRegion(offering: Offering, tier?: number): boolean {
    const { region } = this;
    return (
      region === undefined ||
      ['yes', 'unknown'].includes(availability(region.region, offering, tier))
    );
  }

  /** Whether the region has EFA, as far as is known. */
  get hasEfa(): boolean {
    return this.region === undefined || efaAvailability(this.region.region) !== 'no';
  }

  /** The values of PerUnitStorageThroughput of an offering that the region has, MB/s per TiB. */
  tiersInRegion(offering: Offering): number[] {
    return tiersOf(offering).filter((tier) => this.isInRegion(offering, tier));
  }

  /** The values of PerUnitStorageThroughput of the possible offerings, and those that the region has, or all if it has none. */
  get tiers(): { readonly all: readonly number[]; readonly inRegion: readonly number[] } {
    const all = this.offerings.flatMap(tiersOf);
    const here = this.offerings.flatMap((offering) => this.tiersInRegion(offering));
    return { all, inRegion: here.length > 0 ? here : all };
  }

  /** The deployment and storage type, as messages name them. */
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

/** Reports a violation. */
export type Refuse = (refusal: Refusal) => void;

/** Reports the violations of one subject. */
export type Rule = (context: RuleContext, refuse: Refuse) => void;

/** The tables of numbers grow upwards only, so a number that is not positive is always invalid. */
export const kindOf = (value: number): Violation['kind'] => (value > 0 ? 'table' : 'contradiction');
