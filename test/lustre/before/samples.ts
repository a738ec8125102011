/**
 * Values that a property may turn out to have, so chosen that whatever the rules would accept of any value, they accept
 * of one of these.
 */
import {
  OFFERINGS,
  LUSTRE_VERSIONS,
  METADATA_IOPS,
  THROUGHPUT_CAPACITY,
} from '../../../src/lustre/catalog';
import { CREATION_DEFAULTS, type LustreProperties } from '../../../src/lustre/properties';
import { PROPERTY_SHAPES, type Shape } from '../../../src/lustre/shapes';

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
 * The values to try for a property or member that is not known; `text` is how the template writes it, which takes the
 * place of text that no rule looks into.
 */
export function samplesOf(path: string, shape: Shape, text: string, others: LustreProperties) {
  const listed = SAMPLES[path];
  if (listed) return listed;
  if (path === 'ImportPath' || path === 'ExportPath') {
    // FSx exports to the bucket it imports from.
    const other = path === 'ImportPath' ? others.ExportPath : others.ImportPath;
    return [typeof other === 'string' && other.startsWith('s3://') ? other : 's3://bucket'];
  }
  return generic(shape, text);
}

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

/** The shape at a path such as `Tags[0].Key`; undefined where the type has none. */
export function shapeAt(path: readonly (string | number)[]): Shape | undefined {
  let shape: Shape | undefined = {
    type: 'object',
    members: PROPERTY_SHAPES,
    expected: 'an object',
  };
  for (const step of path) {
    if (shape === undefined) return undefined;
    if (typeof step === 'number') shape = shape.type === 'list' ? shape.items : undefined;
    else
      shape =
        shape.type === 'object' && Object.hasOwn(shape.members, step)
          ? shape.members[step]
          : undefined;
  }
  return shape;
}
