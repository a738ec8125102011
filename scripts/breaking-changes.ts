/**
 * What may not change from one released schema of a resource type to the next: stacks, templates and other people's
 * tools rely on it. The check ids are those of AWS's rules for breaking changes; a rule without one is our own.
 * https://github.com/aws-cloudformation/resource-schema-guard-rail/blob/main/docs/BREAKING_CHANGE.md
 */

/** A property of a resource schema, as far as it is compared. */
export interface PropertySchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly items?: PropertySchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** A resource schema, as far as it is compared. */
export interface ResourceSchema extends PropertySchema {
  readonly definitions?: Readonly<Record<string, PropertySchema>>;
  readonly primaryIdentifier?: readonly string[];
  readonly createOnlyProperties?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
  readonly writeOnlyProperties?: readonly string[];
  readonly handlers?: Readonly<Record<string, unknown>>;
  readonly tagging?: Readonly<Record<string, unknown>>;
  readonly typeConfiguration?: PropertySchema;
}

export interface BreakingChange {
  /** AWS's id of the rule, or `own`. */
  check: string;
  /** Where in the schema. */
  path: string;
  message: string;
}

/** What the next schema would break for those who use the released one; empty where it is safe. */
export function breakingChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const before = flattened(released, released);
  const after = flattened(next, next);
  return [
    ...propertyChanges(before, after),
    ...listChanges(released, next, before),
    ...identifierChanges(released, next),
    ...handlerChanges(released, next),
    ...taggingChanges(released, next),
    ...propertyChanges(configuration(released), configuration(next)),
  ];
}

/**
 * Every property by its path, references followed: `/properties/Tags` and, inside lists and objects,
 * `/properties/Tags/*` and `/properties/Tags/*\/Key`. The schema itself stands under the empty path.
 */
export function flattened(
  schema: PropertySchema,
  root: ResourceSchema,
  path = '',
): Map<string, PropertySchema> {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const resolved = name === undefined ? schema : (root.definitions?.[name] ?? schema);
  const members = Object.entries(resolved.properties ?? {}).map(
    ([member, value]) => [`${path || '/properties'}/${member}`, value] as const,
  );
  const items = resolved.items ? [[`${path}/*`, resolved.items] as const] : [];
  return new Map([
    [path, resolved],
    ...[...members, ...items].flatMap(([at, value]) => [...flattened(value, root, at)]),
  ]);
}

/** The properties of the type configuration, each under a path that says so. */
function configuration(schema: ResourceSchema): Map<string, PropertySchema> {
  const { typeConfiguration } = schema;
  if (!typeConfiguration) return new Map();
  const entries = [...flattened(typeConfiguration, schema)];
  return new Map(entries.map(([path, value]) => [`/typeConfiguration${path}`, value]));
}

type Compare = (before: PropertySchema, after: PropertySchema) => [check: string, what: string][];

/** A keyword that limits values by a number: it may be relaxed, but neither tightened, added nor taken away. */
const limit =
  (keyword: string, tighter: 'greater' | 'smaller', ids: readonly [string, string, string]) =>
  (before: PropertySchema, after: PropertySchema): [string, string][] => {
    const [removed, added, tightened] = ids;
    const from = before[keyword] as number | undefined;
    const to = after[keyword] as number | undefined;
    if (from === to) return [];
    if (to === undefined) return [[removed, `${keyword} is removed`]];
    if (from === undefined) return [[added, `${keyword} is added`]];
    return to > from === (tighter === 'greater')
      ? [[tightened, `${keyword} is tightened from ${from} to ${to}`]]
      : [];
  };

/** A keyword whose value may not change at all. */
const fixed =
  (keyword: string, ids: readonly [string, string, string]) =>
  (before: PropertySchema, after: PropertySchema): [string, string][] => {
    const [removed, added, changed] = ids;
    const [from, to] = [before[keyword], after[keyword]];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    if (to === undefined) return [[removed, `${keyword} is removed`]];
    if (from === undefined) return [[added, `${keyword} is added`]];
    return [[changed, `${keyword} is changed`]];
  };

const COMPARISONS: readonly Compare[] = [
  fixed('type', ['TP002', 'TP001', 'TP003']),
  fixed('pattern', ['PAT002', 'PAT001', 'PAT003']),
  // A default that appears changes what existing templates mean as much as one that changes.
  fixed('default', ['TFDF001', 'own', 'TFDF002']),
  limit('minLength', 'greater', ['ML001', 'ML002', 'ML003']),
  limit('maxLength', 'smaller', ['ML004', 'ML005', 'ML006']),
  limit('minItems', 'greater', ['MI001', 'MI002', 'MI003']),
  limit('maxItems', 'smaller', ['MI004', 'MI005', 'MI006']),
  limit('minimum', 'greater', ['MI007', 'MI008', 'MI009']),
  limit('maximum', 'smaller', ['MI010', 'MI011', 'MI012']),
  ({ enum: before }, { enum: after }) => {
    if (!after) return [];
    if (!before) return [['own', 'enum is added']];
    const removed = missing(before, after);
    return removed.length > 0 ? [['ENM001', `enum loses ${removed.join(', ')}`]] : [];
  },
  ({ required: before = [] }, { required: after = [] }) =>
    missing(after, before).map((name) => ['RQ001', `${name} becomes required`]),
  // Drift detection and templates see another order, or another list.
  ({ insertionOrder: before }, { insertionOrder: after }) =>
    before === after ? [] : [['own', 'insertionOrder is changed']],
  ({ uniqueItems: before }, { uniqueItems: after }) =>
    !before && after ? [['own', 'uniqueItems is added']] : [],
];

function propertyChanges(
  before: ReadonlyMap<string, PropertySchema>,
  after: ReadonlyMap<string, PropertySchema>,
): BreakingChange[] {
  return [...before].flatMap(([path, old]) => {
    const now = after.get(path);
    return now === undefined
      ? [{ check: 'PR001', path, message: 'the property is removed' }]
      : COMPARISONS.flatMap((compare) => compare(old, now)).map(([check, message]) => ({
          check,
          path,
          message,
        }));
  });
}

/** Properties that were there already may not become create-only, write-only or read-only. */
function listChanges(
  released: ResourceSchema,
  next: ResourceSchema,
  known: ReadonlyMap<string, PropertySchema>,
): BreakingChange[] {
  const lists = [
    ['createOnlyProperties', 'PR002'],
    ['writeOnlyProperties', 'PR003'],
    ['readOnlyProperties', 'PR004'],
  ] as const;
  return [
    ...lists.flatMap(([list, check]) =>
      missing(next[list], released[list])
        .filter((path) => known.has(path))
        .map((path) => ({ check, path, message: `the property joins ${list}` })),
    ),
    ...missing(released.readOnlyProperties, next.readOnlyProperties).map((path) => ({
      check: 'PR005',
      path,
      message: 'the property leaves readOnlyProperties',
    })),
  ];
}

function identifierChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const { primaryIdentifier: before } = released;
  const { primaryIdentifier: after, writeOnlyProperties } = next;
  return [
    ...missing(after, before).map((path) => ({
      check: 'PID001',
      path,
      message: 'the property joins primaryIdentifier',
    })),
    ...missing(before, after).map((path) => ({
      check: 'PID002',
      path,
      message: 'the property leaves primaryIdentifier',
    })),
    ...(after ?? [])
      .filter((path) => writeOnlyProperties?.includes(path))
      .map((path) => ({ check: 'PID004', path, message: 'the identifier is write-only' })),
  ];
}

function handlerChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const names = missing(Object.keys(released.handlers ?? {}), Object.keys(next.handlers ?? {}));
  return names.map((name) => ({
    check: 'own',
    path: `/handlers/${name}`,
    message: 'the handler is removed',
  }));
}

const TAGGING_CHECKS: Readonly<Record<string, string>> = {
  taggable: 'TAG101',
  tagOnCreate: 'TAG102',
  cloudFormationSystemTags: 'TAG103',
  tagUpdatable: 'own',
};

function taggingChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const { tagging: before = {} } = released;
  const { tagging: after = {} } = next;
  return [
    ...missing(Object.keys(before), Object.keys(after)).map((name) => ({
      check: 'TAG100',
      path: `/tagging/${name}`,
      message: 'the member of tagging is removed',
    })),
    ...Object.entries(TAGGING_CHECKS)
      .filter(([name]) => before[name] === true && after[name] === false)
      .map(([name, check]) => ({
        check,
        path: `/tagging/${name}`,
        message: 'turns from true to false',
      })),
    ...(before.tagProperty !== after.tagProperty && after.tagProperty !== undefined
      ? [{ check: 'TAG104', path: '/tagging/tagProperty', message: 'is changed' }]
      : []),
  ];
}

/** What the first list has and the second has not. */
function missing<T>(from: readonly T[] = [], list: readonly T[] = []): T[] {
  return from.filter((item) => !list.includes(item));
}
