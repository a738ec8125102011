import type { Offering } from './catalog';
import { offeringsFor } from './offerings';
import type { LustreProperties } from './properties';
import type { Violation } from './violations';

/** What the rules look at. */
export interface Situation {
  readonly properties: LustreProperties;
  /** What the properties may mean: more than one where a backup decides, or where the pair chosen is not offered. */
  readonly offerings: readonly Offering[];
  /** The choice as messages call it. */
  readonly name: string;
}

export type Refuse = (violation: Violation) => void;

/** Reports what FSx would refuse. */
export type Rule = (situation: Situation, refuse: Refuse) => void;

/** Tables grow upwards: a number that is not positive can never be right. */
export const kindOf = (value: number): Violation['kind'] => (value > 0 ? 'table' : 'contradiction');

export function situationOf(properties: LustreProperties): Situation {
  const offerings = offeringsFor(properties);
  const [only, ...others] = offerings;
  const given = [properties.DeploymentType, properties.StorageType].filter(Boolean).join(' ');
  const name = only && others.length === 0 ? only.name : given || 'a restored file system';
  return { properties, offerings, name };
}
