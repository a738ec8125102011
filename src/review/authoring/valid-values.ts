/** The valid values of a property in a configuration. */
import {
  describeAllowed,
  nearest,
  smallest,
  type AllowedNumbers,
} from '../../lustre/catalog/allowed-numbers';
import { applicabilityOf, capacityRule, tiersOf } from '../../lustre/catalog/offerings';
import { compareVersions, LUSTRE_VERSIONS } from '../../lustre/catalog/catalog';
import {
  expectation,
  PROPERTY_SHAPES,
  propertyNamed,
  type Shape,
} from '../../lustre/properties/shapes';
import type { LustreProperties } from '../../lustre/properties';
import { describeReadCacheSizes } from '../../lustre/rules/intelligent-tiering';
import { isWithin, pathOf, type Step } from '../../lustre/paths';
import { Unknown } from '../../lustre/unknown';
import type { Violation } from '../../lustre/violations';
import { joinWithOr } from '../../lustre/wording';
import type { Configuration } from './configurations';

/** The path in the notation of violations. */
const pathTo = (steps: readonly Step[]): string => steps.reduce<string>(pathOf, '');

/** The shape of a property or of a part of it; undefined if there is none. */
export function shapeAt([first, ...rest]: readonly Step[]): Shape | undefined {
  const name = propertyNamed(first);
  return rest.reduce<Shape | undefined>((shape, step) => {
    if (typeof step === 'number') return shape?.type === 'list' ? shape.items : undefined;
    if (shape?.type !== 'object' || !Object.hasOwn(shape.members, step)) return undefined;
    return shape.members[step];
  }, name && PROPERTY_SHAPES[name]);
}

/** The allowed numbers of a property according to the catalog. */
function numbersOf(path: string, { known, offerings }: Configuration): AllowedNumbers | undefined {
  const [offering, ...others] = offerings;
  if (path === 'StorageCapacity') return capacityRule(known);
  if (others.length > 0) return undefined;
  if (path === 'ThroughputCapacity') return offering?.throughputCapacity;
  return path === 'MetadataConfiguration.Iops' ? offering?.metadata?.iops : undefined;
}

/** The allowed values that are listed: in the shape, or in the catalog. */
function listed(path: string, shape: Shape, { offerings }: Configuration): (string | number)[] {
  if (path === 'PerUnitStorageThroughput')
    return [...new Set(offerings.flatMap(tiersOf))].sort((a, b) => a - b);
  if (path === 'FileSystemTypeVersion')
    return LUSTRE_VERSIONS.filter((version) =>
      offerings.some(({ oldestVersion }) => compareVersions(version, oldestVersion) >= 0),
    ).toReversed();
  if (shape.type === 'boolean') return ['true', 'false'];
  return shape.type === 'text' ? [...(shape.values ?? [])] : [];
}

/** The valid values as text, such as `1200 or a multiple of 2400`. */
export function describeValid(
  steps: readonly Step[],
  configuration: Configuration,
): string | undefined {
  const shape = shapeAt(steps);
  if (!shape) return undefined;
  const path = pathTo(steps);
  const numbers = numbersOf(path, configuration);
  if (numbers) return describeAllowed(numbers);
  if (path === 'DataReadCacheConfiguration.SizeGiB')
    return describeReadCacheSizes(configuration.known.ThroughputCapacity);
  const values = allowed(steps, listed(path, shape, configuration), configuration);
  if (values.length > 0) return joinWithOr(values);
  if (shape.type === 'integer' && !shape.tabled)
    return `${shape.expected}, ${shape.minimum} to ${shape.maximum}`;
  return shape.type === 'list' || shape.type === 'object' ? undefined : expectation(shape);
}

/** The number of values that are offered on each side of a typed number. */
const BESIDE = 3;
/** The number of values that are offered if no number has been typed. */
const FEW = 6;

/** The values to offer, nearest to the typed one first. */
export function choicesAt(
  steps: readonly Step[],
  configuration: Configuration,
  typed: string,
): (string | number)[] {
  const shape = shapeAt(steps);
  if (!shape || memberRefusal(steps, configuration)) return [];
  const path = pathTo(steps);
  const numbers = numbersOf(path, configuration);
  const choices = numbers ? numbersNear(numbers, typed) : listed(path, shape, configuration);
  return allowed(steps, choices, configuration);
}

/** The values that cause no violation of the property itself; all values if each of them does. */
function allowed<T>(
  steps: readonly Step[],
  values: readonly T[],
  configuration: Configuration,
): T[] {
  const path = pathTo(steps);
  const fit = values.filter(
    (value) =>
      !configuration
        .with(steps, value)
        .violations.some(({ property, value: at }) => at !== undefined && isWithin(property, path)),
  );
  return fit.length > 0 ? fit : [...values];
}

function numbersNear(numbers: AllowedNumbers, typed: string): number[] {
  const sought = Number(typed);
  if (!(sought > 0)) return upwards(numbers, 1, FEW);
  const [first = 0] = nearest(numbers, sought);
  const below = downwards(numbers, first, BESIDE);
  return [...below, ...upwards(numbers, (below.at(-1) ?? 0) + 1, BESIDE)].toSorted(
    (a, b) => Math.abs(a - sought) - Math.abs(b - sought),
  );
}

function upwards(numbers: AllowedNumbers, least: number, count: number): number[] {
  const found: number[] = [];
  for (let next = smallest(numbers, least); next !== undefined && found.length < count;) {
    found.push(next);
    next = smallest(numbers, next + 1);
  }
  return found;
}

function downwards(numbers: AllowedNumbers, most: number, count: number): number[] {
  const found: number[] = [];
  for (
    let next: number | undefined = most;
    next !== undefined && next > 0 && found.length < count;
  ) {
    found.unshift(next);
    const [below] = nearest(numbers, next - 1);
    next = below !== undefined && below < next ? below : undefined;
  }
  return found;
}

/**
 * Why a member cannot be given whatever its value is, such as Iops beside Mode AUTOMATIC; undefined if it can.
 */
export function memberRefusal(
  steps: readonly Step[],
  configuration: Configuration,
): Violation | undefined {
  if (steps.length < 2) return undefined;
  const path = pathTo(steps);
  return configuration
    .with(steps, ANY)
    .violations.find(({ property, kind }) => property === path && kind === 'contradiction');
}

const ANY = new Unknown('any value');

/** Whether a configuration can have a property. It cannot if every offering that it may be refuses the property. */
export function fitOf(
  name: keyof LustreProperties,
  { offerings }: Configuration,
): 'required' | 'optional' | 'refused' {
  const fits = offerings.map((offering) => applicabilityOf(name, offering));
  if (fits.every((fit) => fit === 'refused')) return 'refused';
  return fits.every((fit) => fit === 'required') ? 'required' : 'optional';
}
