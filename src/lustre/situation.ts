import type { Offering } from './catalog';
import { offeringsFor } from './offerings';
import type { LustreProperties } from './properties';
import { regionNamed, type Region } from './regions';
import type { Violation } from './violations';

/** What the rules look at. */
export interface Situation {
  readonly properties: LustreProperties;
  /** What the properties may mean: more than one where a backup decides, or where the pair chosen is not offered. */
  readonly offerings: readonly Offering[];
  /** The choice as messages call it. */
  readonly name: string;
  /** Where it is to be; undefined where nobody says, or the table of regions does not have it. */
  readonly region?: Region | undefined;
  /** YYYY-MM-DD, where the caller says which day it is. */
  readonly date?: string | undefined;
}

/** What a situation has beside the properties. */
export interface Surroundings {
  /** Such as eu-west-1: what the table of regions says that it lacks is a violation. */
  region?: string;
  /** Today, YYYY-MM-DD: what rests on a table of regions older than a year is then a warning. */
  date?: string;
}

export type Refuse = (violation: Violation) => void;

/** Reports what FSx would refuse. */
export type Rule = (situation: Situation, refuse: Refuse) => void;

/** Tables grow upwards: a number that is not positive can never be right. */
export const kindOf = (value: number): Violation['kind'] => (value > 0 ? 'table' : 'contradiction');

/** Only what a rule asks for is looked up, so that nothing else need be known for it. */
export function situationOf(
  properties: LustreProperties,
  { region, date }: Surroundings = {},
): Situation {
  let offerings: readonly Offering[] | undefined;
  return {
    properties,
    get offerings() {
      return (offerings ??= offeringsFor(properties));
    },
    get name() {
      const [only, ...others] = this.offerings;
      const given = [properties.DeploymentType, properties.StorageType].filter(Boolean).join(' ');
      return only && others.length === 0 ? only.name : given || 'a restored file system';
    },
    region: region === undefined ? undefined : regionNamed(region),
    date,
  };
}
