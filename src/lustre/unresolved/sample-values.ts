/**
 * Values that a property may turn out to have, so chosen that whatever the rules would accept of any value, they accept
 * of one of these.
 */
import { OFFERINGS, LUSTRE_VERSIONS, METADATA_IOPS, THROUGHPUT_CAPACITY } from '../catalog/catalog';
import { parseAs } from '../properties/parse';
import { CREATION_DEFAULTS } from '../properties';
import type { Shape } from '../properties/shapes';
import type { Unknown } from '../unknown';
import type { Violation } from '../violations';

/** A multiple of every capacity step, with or without EFA: valid whatever the deployment, the tier and the servers. */
const ANY_CAPACITY = OFFERINGS.flatMap(({ tiers }) =>
  tiers.flatMap(({ capacity, efaCapacity }) => [capacity, ...(efaCapacity ? [efaCapacity] : [])]),
).reduce((multiple, { multipleOf }) => leastCommonMultiple(multiple, multipleOf), 1);

const ALL_TIERS = [
  ...new Set(OFFERINGS.flatMap(({ tiers }) => tiers.flatMap(({ throughput }) => throughput ?? []))),
];

/** Doubling, so that the ranges of read caches that go with each of them overlap. */
const THROUGHPUTS: readonly number[] = Array.from(
  {
    length:
      Math.floor(Math.log2((THROUGHPUT_CAPACITY.maximum ?? 0) / THROUGHPUT_CAPACITY.multipleOf)) +
      1,
  },
  (_, power) => THROUGHPUT_CAPACITY.multipleOf * 2 ** power,
);

/** Properties whose rules look at more than the form. */
const SAMPLES: Readonly<Partial<Record<string, readonly unknown[]>>> = {
  StorageCapacity: [ANY_CAPACITY],
  PerUnitStorageThroughput: ALL_TIERS,
  ThroughputCapacity: THROUGHPUTS,
  AutomaticBackupRetentionDays: [7, 0],
  FileSystemTypeVersion: LUSTRE_VERSIONS.toReversed(),
  MetadataConfiguration: [
    { Mode: 'AUTOMATIC' },
    { Mode: 'USER_PROVISIONED', Iops: METADATA_IOPS.INTELLIGENT_TIERING.multipleOf },
  ],
  'MetadataConfiguration.Iops': [METADATA_IOPS.INTELLIGENT_TIERING.multipleOf],
  DataReadCacheConfiguration: [{ SizingMode: 'NO_CACHE' }],
  'DataReadCacheConfiguration.SizeGiB': THROUGHPUTS,
  'RootSquashConfiguration.RootSquash': ['65534:65534'],
};

/**
 * The values to try for an unknown property or member, in the form of its shape; undefined is that there may be none.
 * `others` are those that it stands beside. Where no value has the form, that is a violation.
 */
export function sampleValuesOf(
  unknown: Unknown,
  shape: Shape,
  path: string,
  others: Readonly<Record<string, unknown>>,
  violations: Violation[],
): readonly unknown[] {
  const { values: listed = likely(unknown, shape, path, others) } = unknown;
  const malformed: Violation[] = [];
  const values = listed.flatMap((sample) => {
    const before = malformed.length;
    const value = parseAs(shape, sample, path, malformed);
    return malformed.length > before ? [] : [value];
  });
  if (unknown.known.mayBeAbsent) return [...values, undefined];
  if (values.length > 0) return values;
  violations.push(...malformed.slice(0, 1));
  return [undefined];
}

function likely(
  { text }: Unknown,
  shape: Shape,
  path: string,
  { ImportPath, ExportPath }: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  if (path !== 'ImportPath' && path !== 'ExportPath') return SAMPLES[path] ?? generic(shape, text);
  // FSx exports to the bucket it imports from.
  const other = path === 'ImportPath' ? ExportPath : ImportPath;
  return [typeof other === 'string' && other.startsWith('s3://') ? other : 's3://bucket'];
}

/** Text that no rule looks into is as the template writes it. */
function generic(shape: Shape, text: string): readonly unknown[] {
  switch (shape.type) {
    case 'text':
      return shape.values ? defaultFirst(shape.values) : [text];
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'decimal':
      return [Math.max(shape.minimum, 1)];
    case 'list':
      return [generic(shape.items, text).slice(0, 1)];
    case 'object': {
      const members = Object.entries(shape.members).filter(([name]) =>
        shape.required?.includes(name),
      );
      return [
        Object.fromEntries(members.map(([name, member]) => [name, generic(member, text)[0]])),
      ];
    }
  }
}

/** What the type chooses by itself is tried first, so that messages speak of it. */
function defaultFirst(values: readonly string[]): readonly string[] {
  const defaults: readonly string[] = Object.values(CREATION_DEFAULTS);
  return values.toSorted((a, b) => Number(defaults.includes(b)) - Number(defaults.includes(a)));
}

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}
