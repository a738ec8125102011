/** What an unknown name stands for: a property in another spelling or place, or a name of another tool. */
import { NAMES_ELSEWHERE, type Belonging } from './names-elsewhere';
import { stepsOf, type Step } from '../paths';
import {
  ATTRIBUTE_NAMES,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  propertyNamed,
  type Shape,
} from './shapes';
import { distance, LONGEST_NEAR } from '../wording';

/** The object that has the unknown name, and how its resource type writes names. */
export interface Place {
  /** The names that the object may have. */
  readonly known: readonly string[];
  /** The path of the object, such as `MetadataConfiguration` or `Tags[0]`; empty for the properties themselves. */
  readonly within: string;
  /** Whether the object has the properties themselves, as LustreConfiguration of AWS::FSx::FileSystem does. */
  readonly holdsProperties?: true;
  /** How the type writes a property of this type; undefined if it does not have it. */
  readonly write?: (path: string) => string | undefined;
  /** The type's name for an attribute of this type; undefined if it does not have it. */
  readonly attribute?: (name: string) => string | undefined;
}

/** A known name that an unknown one stands for. */
export interface Meaning {
  /** As it is written in its tool or here. */
  readonly name: string;
  /** What it corresponds to. Absent: it is a name that the object itself may have. */
  readonly belonging?: Belonging;
  /** Whether the given name is only similar to it, and whether it is as similar to other names. */
  readonly isNear?: 'to it' | 'to several';
  /** The list that the given name is an item of, and the rest of that name: `[1]` or `Environment`. */
  readonly item?: { readonly of: ItemList; readonly step: Step };
}

/** A property that is a list. */
export type ItemList = Extract<Shape, { type: 'list' }>;

/** What a name stands for; undefined if it is neither known nor similar to a known one. */
export function meaning(name: string, place: Place): Meaning | undefined {
  const parts = partsOf(name);
  const sought = plain(parts.join(''));
  return (
    itemOf(name, parts, place) ??
    ownName(sought, place) ??
    belongingOf(sought, objectOf(place)) ??
    nearest(sought, place)
  );
}

/**
 * The steps from the object to the place where the value of an unknown name belongs; one step is another name in the same
 * object. Null if omitting it is all that is needed; undefined if a person must decide.
 */
export function destinationOf(name: string, place: Place): readonly Step[] | null | undefined {
  const found = meaning(name, place);
  if (!found || found.isNear === 'to several') return undefined;
  const { belonging, item } = found;
  if (item) {
    const isOfTexts = item.of.items.type === 'text';
    return isOfTexts && typeof item.step === 'number' ? [found.name, item.step] : undefined;
  }
  if (!belonging) return [found.name];
  const to = destinationIn(belonging, place);
  return to === null && found.isNear ? undefined : to;
}

/** The properties, beside an unknown name, that it stands for, even if its value must be written in another way. */
export function namesMeant(name: string, place: Place): readonly string[] {
  const found = meaning(name, place);
  if (!found || found.isNear === 'to several') return [];
  const { belonging } = found;
  const paths = !belonging ? [found.name] : 'properties' in belonging ? belonging.properties : [];
  return paths.filter((path) => place.known.includes(path) && path !== name);
}

function destinationIn(belonging: Belonging, place: Place): readonly Step[] | null | undefined {
  if ('attribute' in belonging || 'drop' in belonging) return null;
  // If the value differs, changing the name does not suffice.
  if (!('properties' in belonging) || belonging.as !== undefined) return undefined;
  const [only = '', ...more] = belonging.properties;
  if (more.length > 0 || !isIn([only], place)) return undefined;
  const steps = stepsOf(written([only], place) ?? '');
  return place.known.includes(String(steps[0])) ? steps : undefined;
}

/** The attribute of this type that another type or tool calls by this name. */
export function attributeMeant(name: string): string | undefined {
  const belonging = ELSEWHERE.get(plain(name))?.belonging;
  return belonging && 'attribute' in belonging ? belonging.attribute : undefined;
}

interface Listed extends Meaning {
  readonly belonging: Belonging;
}

/** Shorter names of the table are similar to anything and have many meanings. */
const SHORTEST_NEAR = 6;

/** A name without what differs between tools: letter case, underscores, hyphens, spaces. */
const plain = (name: string): string =>
  name.length > LONGEST_NAME ? name : name.toLowerCase().replace(/[^a-z0-9.[\]]/g, '');

/** The longest name that is taken apart: the longest path of this type, as Terraform writes it. */
const LONGEST_NAME = 96;

/**
 * The names in a path such as `MetadataConfiguration.Iops` or `lustre_configuration/0/deployment_type`, without indexes and
 * without objects whose members are properties. A name that is no path is its only part.
 */
function partsOf(name: string): string[] {
  if (name.length > LONGEST_NAME || !SEPARATORS.test(name)) return [name];
  const parts = name.split(SEPARATORS).filter((part) => part !== '' && !isIndex(part));
  const first = parts.findIndex((part) => !holdsProperties(part));
  return parts.length === 0 ? [name] : parts.slice(first < 0 ? -1 : first);
}

/** What separates the names of a path. */
const SEPARATORS = /[.:/\\[\]]+/;

/** Whether a part of a path is the index of an item; the Query API of AWS writes `member.1`. */
const isIndex = (part: string): boolean => /^(\d+|member)$/.test(part);

function holdsProperties(part: string): boolean {
  const belonging = ELSEWHERE.get(plain(part))?.belonging;
  return belonging !== undefined && 'holdsProperties' in belonging;
}

/** The members of the properties that are objects. */
const MEMBERS = PROPERTY_NAMES.flatMap((property) => {
  const shape: Shape = PROPERTY_SHAPES[property];
  const names = shape.type === 'object' ? Object.keys(shape.members) : [];
  return names.map((name) => ({ name, path: `${property}.${name}` }));
});

/**
 * Every name with a meaning elsewhere, by its plain form: those of the table, and those of this type, which may be in the
 * wrong object.
 */
const ELSEWHERE: ReadonlyMap<string, Listed> = new Map(
  [
    ...MEMBERS.map(({ name, path }): Listed => ({ name, belonging: { properties: [path] } })),
    ...ATTRIBUTE_NAMES.map((name): Listed => ({ name, belonging: { attribute: name } })),
    ...NAMES_ELSEWHERE.flatMap(({ names }) =>
      Object.entries(names).map(([name, belonging]): Listed => ({ name, belonging })),
    ),
    ...PROPERTY_NAMES.map((name): Listed => ({ name, belonging: { properties: [name] } })),
  ].map((listed) => [plain(listed.name), listed]),
);

/**
 * The names to look for among the properties themselves. Those of members have the name of the object before them: a path
 * without its separators.
 */
const BESIDE_PROPERTIES: ReadonlyMap<string, Listed> = new Map([
  ...MEMBERS.map(({ path }): [string, Listed] => [
    plain(path).replace('.', ''),
    { name: path, belonging: { properties: [path] } },
  ]),
  ...[...ELSEWHERE]
    .filter(([key]) => !key.includes('['))
    .map(([key, listed]): [string, Listed] => [key.replace('.', ''), listed]),
]);

/** The object of a path such as `FinalBackupTags[0]`, as the table names it; empty for the properties themselves. */
const objectOf = ({ within, holdsProperties: isRoot }: Place): string =>
  isRoot ? '' : within.replace(/\[\d+\]/g, '[]').replace(/^FinalBackupTags/, 'Tags');

function ownName(sought: string, { known }: Place): Meaning | undefined {
  const name = known.find((each) => plain(each) === sought);
  return name === undefined ? undefined : { name };
}

/** The list of a name such as `SubnetIds[0]`, `SecurityGroupIds.member.1` or `Tags.Environment`. */
function itemOf(name: string, parts: readonly string[], place: Place): Meaning | undefined {
  const [first = '', second] = parts;
  const own = first === name ? undefined : ownName(plain(first), place)?.name;
  const shape = own === undefined ? undefined : shapeOf(objectOf(place), own);
  const index = /(?:[.:/\\]|\[)(\d+)\]?$/.exec(name)?.[1];
  const step = second ?? (index === undefined ? undefined : Number(index));
  if (own === undefined || step === undefined || shape?.type !== 'list') return undefined;
  return { name: own, item: { of: shape, step } };
}

/** The shape of a property, or of a member of one that is an object. The object is empty for the properties themselves. */
export function shapeOf(object: string, name: string): Shape | undefined {
  const shapes: Readonly<Record<string, Shape>> = PROPERTY_SHAPES;
  if (object === '') return shapes[name];
  const outer = shapes[object];
  return outer?.type === 'object' ? outer.members[name] : undefined;
}

function belongingOf(sought: string, object: string): Listed | undefined {
  if (object === '') return BESIDE_PROPERTIES.get(sought);
  const here = ELSEWHERE.get(`${plain(object)}.${sought}`);
  if (here) return here;
  // Attributes of the resource are not sought inside an object, and a short name may mean anything.
  const above = BESIDE_PROPERTIES.get(sought);
  if (above === undefined) return undefined;
  if ('resource' in above.belonging) return above;
  if (!('properties' in above.belonging)) return undefined;
  const isHere = above.belonging.properties.every((path) => path.startsWith(`${object}.`));
  return isHere || sought.length >= SHORTEST_NEAR || propertyNamed(above.name) ? above : undefined;
}

/**
 * The paths as the type writes them; a path in the same object without the path of the object. Undefined if the type lacks
 * one of them.
 */
export function written(paths: readonly string[], place: Place): string | undefined {
  const names = paths.map((path) => inType(path, place));
  if (!names.every((name) => name !== undefined)) return undefined;
  const prefix = prefixOf(place);
  const [first = '', second] = names.map((name) =>
    name.startsWith(prefix) ? name.slice(prefix.length) : name,
  );
  return second === undefined ? first : `${first} and ${second}`;
}

const inType = (path: string, { write }: Place): string | undefined => (write ? write(path) : path);

/** The prefix of paths in an object. */
function prefixOf(place: Place): string {
  const object = place.holdsProperties ? place.within : objectOf(place);
  return object === '' ? '' : `${object}.`;
}

/** Whether the object, as the type writes it, has all of the paths. */
export const isIn = (paths: readonly string[], place: Place): boolean =>
  paths.every((path) => inType(path, place)?.startsWith(prefixOf(place)));

/** The most similar name by edit distance. Of several, one of the table. */
function nearest(sought: string, place: Place): Meaning | undefined {
  if (sought.length > LONGEST_NEAR) return undefined;
  const letters = Math.floor(sought.length / 4);
  let best: Meaning | undefined;
  let key = '';
  let least = Infinity;
  const consider = (near: Meaning, name: string, most: number): void => {
    const limit = Math.min(most, least);
    if (Math.abs(sought.length - name.length) > limit) return;
    const away = distance(sought, name, limit);
    if (away > limit) return;
    if (away < least) [best, key, least] = [{ ...near, isNear: 'to it' }, name, away];
    else if (best && key !== name) best = { ...best, isNear: 'to several' };
  };
  if (objectOf(place) === '') {
    for (const [name, listed] of BESIDE_PROPERTIES)
      if (listed.name.length >= SHORTEST_NEAR && !place.known.includes(listed.name))
        consider(listed, name, letters);
  }
  // In a short name, at most one letter may differ: Logs is not Tags.
  const own = sought.length <= 4 ? 1 : Math.max(2, letters);
  for (const name of place.known) consider({ name }, plain(name), own);
  return best;
}
