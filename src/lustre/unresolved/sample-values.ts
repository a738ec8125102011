/**
 * Sample values for unknown properties. If the rules accept any possible value of a property, they accept at least one of its
 * samples. So if all samples are refused for a reason, all values are.
 */
import { OFFERINGS, LUSTRE_VERSIONS, METADATA_IOPS, THROUGHPUT_CAPACITY } from '../catalog/catalog';
import { parseAs } from '../properties/parse';
import { textPattern } from '../properties/reading';
import { CREATION_DEFAULTS } from '../properties';
import type { Shape, TextShape } from '../properties/shapes';
import { matches } from '../rules/formats';
import { isComposable } from './composable';
import { withinLimits } from './sample-limits';
import { samplePaths } from './sample-paths';
import type { Unknown } from '../unknown';
import type { Violation } from '../violations';
import { lengthOf } from '../wording';

/** A multiple of the capacity increments of all tiers, with and without EFA, so it is valid for every deployment. */
const ANY_CAPACITY = OFFERINGS.flatMap(({ tiers }) =>
  tiers.flatMap(({ capacity, efaCapacity }) => [capacity, ...(efaCapacity ? [efaCapacity] : [])]),
).reduce((multiple, { multipleOf }) => leastCommonMultiple(multiple, multipleOf), 1);

const ALL_TIERS = [
  ...new Set(OFFERINGS.flatMap(({ tiers }) => tiers.flatMap(({ throughput }) => throughput ?? []))),
];

/** Each is twice the one before, so that the allowed sizes of their read caches overlap. */
const THROUGHPUTS: readonly number[] = Array.from(
  {
    length:
      Math.floor(Math.log2((THROUGHPUT_CAPACITY.maximum ?? 0) / THROUGHPUT_CAPACITY.multipleOf)) +
      1,
  },
  (_, power) => THROUGHPUT_CAPACITY.multipleOf * 2 ** power,
);

const IOPS = METADATA_IOPS.INTELLIGENT_TIERING.multipleOf;

/**
 * Samples for properties whose rules check more than the form. A message that quotes a sample is recognized, because it
 * differs between two samples.
 */
const SAMPLES: Readonly<Partial<Record<string, readonly unknown[]>>> = {
  StorageCapacity: [ANY_CAPACITY, 2 * ANY_CAPACITY],
  PerUnitStorageThroughput: ALL_TIERS,
  ThroughputCapacity: THROUGHPUTS,
  AutomaticBackupRetentionDays: [7, 0],
  FileSystemTypeVersion: LUSTRE_VERSIONS.toReversed(),
  MetadataConfiguration: [{ Mode: 'AUTOMATIC' }, { Mode: 'USER_PROVISIONED', Iops: IOPS }],
  'MetadataConfiguration.Iops': [IOPS, 2 * IOPS],
  DataReadCacheConfiguration: [{ SizingMode: 'NO_CACHE' }],
  'DataReadCacheConfiguration.SizeGiB': THROUGHPUTS,
  'RootSquashConfiguration.RootSquash': ['65534:65534'],
};

/** Texts for a number that no text with the form of its property can be. */
const OTHERS: readonly string[] = ['1e1', '2e1'];

/** Texts for the unknown parts of a text: beginnings, middles and ends of IDs, ARNs, paths, times and versions. */
const FILLERS: readonly string[] = [
  ...['', 'a', '0', '15', '05', '6', '05:00', '123456789012', '0123456789abcdef0', '01234567'],
  ...['aws', 'us-east-1', 'alias/a', 'key/', '01234567-0123-0123-0123-0123456789ab'],
  ...['/aws/fsx/a', '10', '@tcp', '.', ':', '/'],
  ...[':0', ':15', '0:0', '15:15'],
];

/**
 * The samples for an unknown property or member, in the form of its shape. An undefined sample means that the property may be
 * absent. If no sample has the form, that is a violation.
 *
 * @param others The properties that it is given with.
 */
export function sampleValuesOf(
  unknown: Unknown,
  shape: Shape,
  path: string,
  others: Readonly<Record<string, unknown>>,
  violations: Violation[],
): readonly unknown[] {
  const malformed: Violation[] = [];
  const values = candidatesOnce(unknown, shape, path, others).flatMap((sample) => {
    const before = malformed.length;
    const value = parseAs(shape, sample, path, malformed);
    return malformed.length > before ? [] : [value];
  });
  if (unknown.known.mayBeAbsent) return [...values, undefined];
  if (values.length > 0) return values;
  violations.push(...malformed.slice(0, 1));
  return [undefined];
}

/** The candidates by value and path. An update and its estimates read the same model several times. */
const CANDIDATES = new WeakMap<Unknown, Map<string, readonly unknown[]>>();

function candidatesOnce(...asked: Parameters<typeof candidates>): readonly unknown[] {
  const [unknown, , path] = asked;
  // These two depend on each other.
  if (path === 'ImportPath' || path === 'ExportPath') return candidates(...asked);
  const known = CANDIDATES.get(unknown) ?? new Map<string, readonly unknown[]>();
  const found = known.get(path) ?? candidates(...asked);
  CANDIDATES.set(unknown, known.set(path, found));
  return found;
}

function candidates(
  unknown: Unknown,
  shape: Shape,
  path: string,
  others: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  if (unknown.values) return unknown.values;
  const { like, items } = unknown.known;
  if (items) return listsOf(items.like, shape, unknown);
  if (!like && !mayMatch(unknown, shape))
    return [...(unknown.filledWith(FILLERS) ?? OTHERS)].slice(0, 2);
  if (shape.type === 'text')
    return (like ?? textsOf(unknown, shape, path, others)).map((text) => idOf(text, path, unknown));
  if (like) return like;
  return withinLimits(SAMPLES[path] ?? generic(shape, unknown), unknown, path);
}

/** Samples of a list of texts. */
function listsOf(
  items: readonly string[] | undefined,
  shape: Shape,
  unknown: Unknown,
): readonly unknown[] {
  // No list at all has the form of the shape.
  if (shape.type !== 'list') return [[]];
  if (items) return items.map((text) => [text]);
  return shape.items.type === 'text' ? generic(shape, unknown) : [OTHERS];
}

/** Whether an unknown text may have the form of a shape, as far as is known. */
export function mayHaveForm(unknown: Unknown, shape: TextShape): boolean {
  const texts = unknown.values ?? unknown.known.like;
  return texts?.some((text) => matches(shape, text)) ?? mayMatch(unknown, shape);
}

/** A sample of an ID that differs from those of the other items of a list, so that repairs can tell them apart. */
function idOf(text: unknown, path: string, unknown: Unknown): unknown {
  const index = Number(/\[(\d+)\]$/.exec(path)?.[1] ?? 0);
  if (index === 0 || typeof text !== 'string' || !/-[0-9a-f]{8,}$/.test(text)) return text;
  const id = text.slice(0, -2) + index.toString(16).padStart(2, '0');
  return unknown.mayBe(id) ? id : text;
}

/** The texts that it may be. Those with a valid form if there are any, else those that show what is wrong with it. */
function textsOf(
  unknown: Unknown,
  shape: TextShape,
  path: string,
  others: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  if (path === 'ImportPath') return samplePaths(unknown, others.ExportPath);
  if (path === 'ExportPath') return samplePaths(unknown, others.ImportPath);
  const usual = usualTexts(unknown, shape, path);
  const possible = usual.filter((text) => unknown.mayBe(text));
  if (possible.length > 0) return possible;
  // One sample that differs if the expressions do. Several would have to be combined with those of every other tag.
  const own = filledByName(unknown);
  if (own !== undefined && unknown.mayBe(own) && matches(shape, own)) return [own];
  const formed = (unknown.filledWith(FILLERS) ?? []).filter((text) => matches(shape, text));
  return formed.length > 0 ? formed : usual;
}

/** The text with the name of each unknown part in its place; undefined if no part is known. */
const filledByName = ({ known: { parts } }: Unknown): string | undefined =>
  parts?.map((part) => (typeof part === 'string' ? part : nameOf(part))).join('');

/** The letters and digits for the name of an unknown part; digits alone where it is a number. */
const nameOf = ({ key, known }: Unknown): string =>
  known.isNumber ? plainText(key).replace(/[^0-9]/g, (letter) => `${letter.charCodeAt(0)}`) : plainText(key); // oxfmt-ignore

function usualTexts(unknown: Unknown, shape: TextShape, path: string): readonly string[] {
  if (shape.values) return defaultFirst(shape.values);
  // Keys of tags must differ if their expressions do.
  const samples = SAMPLES[path] as readonly string[] | undefined;
  return samples ?? [shape.example ?? plainText(unknown.key)];
}

/** Whether an unknown value may have the form of a shape, as far as is known of its parts. */
function mayMatch(unknown: Unknown, shape: Shape): boolean {
  const { isNumber, parts = isNumber && [unknown] } = unknown.known;
  if (!parts) return true;
  if (shape.type === 'text' && shape.values)
    return shape.values.some((value) => unknown.mayBe(value));
  const known = parts.filter((part) => typeof part === 'string').join('');
  if (shape.type === 'text' && shape.length && lengthOf(known) > shape.length[1]) return false;
  const pattern = textPattern(shape);
  return pattern === undefined || isComposable(parts, pattern);
}

/** Letters and digits that represent an expression, different for each expression. */
const plainText = (key: string): string =>
  key.replace(/[^A-Za-z0-9]/g, (character) => `.${character.codePointAt(0) ?? 0}.`).slice(0, 100);

function generic(shape: Shape, unknown: Unknown): readonly unknown[] {
  switch (shape.type) {
    case 'text':
      return usualTexts(unknown, shape, '');
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'decimal':
      return [Math.max(shape.minimum, 1)];
    case 'list':
      return [generic(shape.items, unknown).slice(0, 1)];
    case 'object': {
      const members = Object.entries(shape.members).filter(([name]) =>
        shape.required?.includes(name),
      );
      return [
        Object.fromEntries(members.map(([name, member]) => [name, generic(member, unknown)[0]])),
      ];
    }
  }
}

/** Moves the default of the type to the front, so that messages are about it. */
function defaultFirst(values: readonly string[]): readonly string[] {
  const defaults: readonly string[] = Object.values(CREATION_DEFAULTS);
  return values.toSorted((a, b) => Number(defaults.includes(b)) - Number(defaults.includes(a)));
}

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}
