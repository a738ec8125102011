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

/** A handler of a resource schema, as far as it is compared. */
interface Handler {
  readonly timeoutInMinutes?: number;
  readonly [member: string]: unknown;
}

/** A resource schema, as far as it is compared. */
export interface ResourceSchema extends PropertySchema {
  readonly definitions?: Readonly<Record<string, PropertySchema>>;
  readonly primaryIdentifier?: readonly string[];
  readonly createOnlyProperties?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
  readonly writeOnlyProperties?: readonly string[];
  readonly conditionalCreateOnlyProperties?: readonly string[];
  readonly propertyTransform?: Readonly<Record<string, string>>;
  readonly handlers?: Readonly<Record<string, Handler>>;
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

/** A breaking change that a version makes on purpose: exactly this one, in no version before or after. */
export interface AcceptedBreak extends BreakingChange {
  version: string;
  reason: string;
  /** It is reported and breaks nothing all the same, so any version may make it, without a word in the changelog. */
  harmless?: true;
}

/**
 * The breaking changes that nobody has accepted, and the acceptances that nothing needs (any more): with the release of
 * their version they must go.
 */
export function weighed(
  changes: readonly BreakingChange[],
  accepted: readonly AcceptedBreak[],
): { unaccepted: BreakingChange[]; unneeded: AcceptedBreak[] } {
  const isSame = (one: BreakingChange) => (other: BreakingChange) =>
    one.check === other.check && one.path === other.path && one.message === other.message;
  return {
    unaccepted: changes.filter((change) => !accepted.some(isSame(change))),
    unneeded: accepted.filter((acceptance) => !changes.some(isSame(acceptance))),
  };
}

/** What the next schema would break for those who use the released one; empty where it is safe. */
export function breakingChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const before = flattened(released, released);
  const after = flattened(next, next);
  return [
    ...propertyChanges(before, after),
    ...listChanges(released, next, before),
    ...transformChanges(released, next),
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

/** What a keyword's change from one value to another breaks; a value is undefined where the keyword is absent. */
type Compare = (keyword: string, from: unknown, to: unknown) => [check: string, what: string][];

type Ids = readonly [removed: string, added: string, changed: string];
const OWN: Ids = ['own', 'own', 'own'];

/** A keyword that limits values by a number: it may be relaxed, but neither tightened, added nor taken away. */
const limit =
  (tighter: 'greater' | 'smaller', [removed, added, tightened]: Ids = OWN): Compare =>
  (keyword, from, to) => {
    if (to === undefined) return [[removed, `${keyword} is removed`]];
    if (from === undefined) return [[added, `${keyword} is added`]];
    const isTighter = tighter === 'greater' ? Number(to) > Number(from) : Number(to) < Number(from);
    return isTighter
      ? [[tightened, `${keyword} is tightened from ${Number(from)} to ${Number(to)}`]]
      : [];
  };

/** A keyword whose value may not change at all. */
const fixed =
  ([removed, added, changed]: Ids = OWN): Compare =>
  (keyword, from, to) => {
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    if (to === undefined) return [[removed, `${keyword} is removed`]];
    if (from === undefined) return [[added, `${keyword} is added`]];
    return [
      [changed, `${keyword} is changed from ${JSON.stringify(from)} to ${JSON.stringify(to)}`],
    ];
  };

const enumeration: Compare = (keyword, from, to) => {
  // AWS's rule counts a list that is given up as all of its values removed.
  if (to === undefined) return [['ENM001', `${keyword} is removed`]];
  if (from === undefined) return [['own', `${keyword} is added`]];
  const removed = missing(from as unknown[], to as unknown[]);
  return removed.length > 0 ? [['ENM001', `${keyword} loses ${removed.join(', ')}`]] : [];
};

/** What it holds is compared where its path is; where there was none, no path tells. */
const nested: Compare = (keyword, from) =>
  from === undefined ? [['own', `${keyword} is added`]] : [];

const requirement: Compare = (_, from, to) =>
  missing(to as string[], from as string[]).map((name) => ['RQ001', `${name} becomes required`]);

const COMPARISONS: Readonly<Partial<Record<string, Compare>>> = {
  type: fixed(['TP002', 'TP001', 'TP003']),
  pattern: fixed(['PAT002', 'PAT001', 'PAT003']),
  // A default that appears changes what existing templates mean as much as one that changes.
  default: fixed(['TFDF001', 'own', 'TFDF002']),
  minLength: limit('greater', ['ML001', 'ML002', 'ML003']),
  maxLength: limit('smaller', ['ML004', 'ML005', 'ML006']),
  minItems: limit('greater', ['MI001', 'MI002', 'MI003']),
  maxItems: limit('smaller', ['MI004', 'MI005', 'MI006']),
  minimum: limit('greater', ['MI007', 'MI008', 'MI009']),
  maximum: limit('smaller', ['MI010', 'MI011', 'MI012']),
  exclusiveMinimum: limit('greater'),
  exclusiveMaximum: limit('smaller'),
  enum: enumeration,
  required: requirement,
  uniqueItems: (keyword, from, to) => (!from && to ? [['own', `${keyword} is added`]] : []),
  items: nested,
  properties: nested,
};

/** Words for people, links, and what other functions here compare; a definition counts where it is referred to. */
const LEFT_ASIDE: ReadonlySet<string> = new Set([
  '$schema',
  '$comment',
  'title',
  'description',
  'examples',
  'sourceUrl',
  'documentationUrl',
  'resourceLink',
  'relationshipRef',
  'deprecatedProperties',
  'definitions',
  'handlers',
  'tagging',
  'typeConfiguration',
  'primaryIdentifier',
  'readOnlyProperties',
  'writeOnlyProperties',
  'createOnlyProperties',
  'conditionalCreateOnlyProperties',
  'propertyTransform',
]);

/** A keyword that nobody has thought of may not change at all: it is reported, never let through. */
function keywordChanges(before: PropertySchema, after: PropertySchema): ReturnType<Compare> {
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords]
    .filter((keyword) => !LEFT_ASIDE.has(keyword))
    .flatMap((keyword) => {
      const compare = COMPARISONS[keyword] ?? fixed();
      return compare(keyword, before[keyword], after[keyword]);
    });
}

function propertyChanges(
  before: ReadonlyMap<string, PropertySchema>,
  after: ReadonlyMap<string, PropertySchema>,
): BreakingChange[] {
  return [...before].flatMap(([path, old]) => {
    const now = after.get(path);
    return now === undefined
      ? [{ check: 'PR001', path, message: 'the property is removed' }]
      : keywordChanges(old, now).map(([check, message]) => ({ check, path, message }));
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
    ...conditionalChanges(released, next, known),
    ...missing(released.readOnlyProperties, next.readOnlyProperties).map((path) => ({
      check: 'PR005',
      path,
      message: 'the property leaves readOnlyProperties',
    })),
  ];
}

/** A property that could be updated may not become create-only now and then; one that never could, may. */
function conditionalChanges(
  released: ResourceSchema,
  next: ResourceSchema,
  known: ReadonlyMap<string, PropertySchema>,
): BreakingChange[] {
  const { conditionalCreateOnlyProperties: conditional = [], createOnlyProperties = [] } = released;
  return missing(next.conditionalCreateOnlyProperties, [...conditional, ...createOnlyProperties])
    .filter((path) => known.has(path))
    .map((path) => ({
      check: 'own',
      path,
      message: 'the property joins conditionalCreateOnlyProperties',
    }));
}

/**
 * Without its transform a value that FSx returns in another form is drift, in every stack that has it. Whether a changed
 * one still accepts all that the old one did is for a person to see.
 */
function transformChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const { propertyTransform: before = {} } = released;
  const { propertyTransform: after = {} } = next;
  return Object.keys(before)
    .filter((path) => before[path] !== after[path])
    .map((path) => ({
      check: 'own',
      path,
      message: `the propertyTransform is ${path in after ? 'changed' : 'removed'}`,
    }));
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

/** What CloudFormation gives a handler that names no timeout. */
const DEFAULT_TIMEOUT_MINUTES = 120;

function handlerChanges(released: ResourceSchema, next: ResourceSchema): BreakingChange[] {
  const { handlers: after = {} } = next;
  return Object.entries(released.handlers ?? {}).flatMap(([name, before]) => {
    const message = handlerChange(before, after[name]);
    return message === undefined ? [] : [{ check: 'own', path: `/handlers/${name}`, message }];
  });
}

function handlerChange(before: Handler, after: Handler | undefined): string | undefined {
  if (!after) return 'the handler is removed';
  const { timeoutInMinutes: from = DEFAULT_TIMEOUT_MINUTES } = before;
  const { timeoutInMinutes: to = DEFAULT_TIMEOUT_MINUTES } = after;
  return to < from ? `timeoutInMinutes is lowered from ${from} to ${to}` : undefined;
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
