/** What to do about an unknown name: what the property is called here, or where it belongs. */
import { NAMES_ELSEWHERE, type Belonging } from './names-elsewhere';
import { TYPE_NAME } from '../properties';
import { ATTRIBUTE_NAMES, PROPERTY_NAMES, PROPERTY_SHAPES, type Shape } from './shapes';
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

/**
 * One or two sentences that begin with a small letter, such as "it is called StorageCapacity here." Of a name in the table
 * and a name of this type that are equally similar, the table wins.
 */
export const nameAdvice = (name: string, place: Place): string =>
  meaningOf(name, place) ?? 'leave it out.';

/** As `nameAdvice`, but undefined for a name that is neither known anywhere nor similar to a known one. */
export function meaningOf(name: string, place: Place): string | undefined {
  const sought = plain(name);
  const own = place.known.find((known) => plain(known) === sought);
  if (own !== undefined) return `it is called ${own} here.`;
  const listed = belongingOf(sought, objectOf(place));
  if (listed) return `${adviceFor(listed.belonging, name, place)}.`;
  const near = nearest(sought, place);
  if (near === undefined) return undefined;
  if (near.belonging === undefined) return `did you mean ${near.name}?`;
  if ('properties' in near.belonging) {
    const paths = written(near.belonging.properties, place);
    if (paths !== undefined) return `did you mean ${paths}?`;
  }
  const sentence = adviceFor(near.belonging, near.name, place);
  return `did you mean ${near.name}? ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/**
 * The name in the same object that can replace the unknown one with its value. Null if removing it is all that is needed;
 * undefined if a person has to decide.
 */
export function nameRepair(name: string, place: Place): string | null | undefined {
  const sought = plain(name);
  const own = place.known.find((known) => plain(known) === sought);
  if (own !== undefined) return own;
  const listed = belongingOf(sought, objectOf(place));
  if (listed) return repairOf(listed.belonging, place);
  const near = nearest(sought, place);
  if (!near || near.isOneOfSeveral) return undefined;
  return near.belonging ? (repairOf(near.belonging, place) ?? undefined) : near.name;
}

function repairOf(belonging: Belonging, place: Place): string | null | undefined {
  if ('attribute' in belonging || ('advice' in belonging && belonging.drop)) return null;
  // If the value differs, changing the name does not suffice.
  if (!('properties' in belonging) || belonging.as !== undefined) return undefined;
  if (belonging.properties.length !== 1) return undefined;
  const path = written(belonging.properties, place);
  return path !== undefined && place.known.includes(path) ? path : undefined;
}

/** The attribute of this type that another type or tool calls by this name. */
export function attributeMeant(name: string): string | undefined {
  const belonging = ELSEWHERE.get(plain(name))?.belonging;
  return belonging && 'attribute' in belonging ? belonging.attribute : undefined;
}

interface Listed {
  /** As the other tool writes it. */
  readonly name: string;
  readonly belonging: Belonging;
}

/** Shorter names of the table are similar to anything and have many meanings. */
const SHORTEST_NEAR = 6;

const isOurs = (name: string): boolean => (PROPERTY_NAMES as readonly string[]).includes(name);

/** A name without what differs between tools: letter case, underscores, hyphens, spaces. */
const plain = (name: string): string =>
  name.length > LONGEST_NEAR ? name : name.toLowerCase().replace(/[^a-z0-9.[\]]/g, '');

/**
 * Every name with a meaning elsewhere, by its plain form: those of the table, and those of this type, which may be in the
 * wrong object.
 */
const ELSEWHERE: ReadonlyMap<string, Listed> = new Map(
  [
    ...PROPERTY_NAMES.flatMap((property) => membersOf(property, PROPERTY_SHAPES[property])),
    ...ATTRIBUTE_NAMES.map((name): Listed => ({ name, belonging: { attribute: name } })),
    ...NAMES_ELSEWHERE.flatMap(({ names }) =>
      Object.entries(names).map(([name, belonging]): Listed => ({ name, belonging })),
    ),
    ...PROPERTY_NAMES.map((name): Listed => ({ name, belonging: { properties: [name] } })),
  ].map((listed) => [plain(listed.name), listed]),
);

function membersOf(property: string, shape: Shape): Listed[] {
  if (shape.type !== 'object') return [];
  return Object.keys(shape.members).map((name) => ({
    name,
    belonging: { properties: [`${property}.${name}`] },
  }));
}

/** The object of a path such as `FinalBackupTags[0]`, as the table names it; empty for the properties themselves. */
const objectOf = ({ within, holdsProperties }: Place): string =>
  holdsProperties ? '' : within.replace(/\[\d+\]/g, '[]').replace(/^FinalBackupTags/, 'Tags');

function belongingOf(sought: string, object: string): Listed | undefined {
  if (object === '') return ELSEWHERE.get(sought);
  const here = ELSEWHERE.get(`${plain(object)}.${sought}`);
  if (here) return here;
  // Attributes of the resource are not sought inside an object, and a short name may mean anything.
  const above = ELSEWHERE.get(sought);
  if (above === undefined) return undefined;
  if ('resource' in above.belonging) return above;
  if (!('properties' in above.belonging)) return undefined;
  const isHere = above.belonging.properties.every((path) => path.startsWith(`${object}.`));
  return isHere || sought.length >= SHORTEST_NEAR || isOurs(above.name) ? above : undefined;
}

function adviceFor(belonging: Belonging, name: string, place: Place): string {
  if ('advice' in belonging) return belonging.advice;
  if ('resource' in belonging) return `it belongs to ${belonging.resource}, ${belonging.which}`;
  if ('beside' in belonging) return besideProperties(belonging.beside, name);
  if ('attribute' in belonging) {
    const called = place.attribute ? place.attribute(belonging.attribute) : belonging.attribute;
    return called === undefined
      ? 'FSx returns it. Leave it out'
      : `the type returns it as ${called}. Leave it out, and read it with Fn::GetAtt`;
  }
  const { properties, as } = belonging;
  const paths = written(properties, place);
  if (paths === undefined) return `only ${TYPE_NAME} has it. Leave it out`;
  const called = `it is called ${paths}`;
  const form = as === undefined ? '' : `, ${as}`;
  if (isIn(properties, place)) return `${called} here${form}`;
  const beside = `belongs beside ${place.within}, not in it`;
  return paths === name ? `it ${beside}` : `${called}${form}, and ${beside}`;
}

const besideProperties = (attributes: readonly string[], name: string): string =>
  attributes.length === 1 && attributes[0] === name
    ? 'it is an attribute of the resource. Write it beside Properties, not in it'
    : `use ${attributes.join(' and ')}, beside Properties and not in it`;

/**
 * The paths as the type writes them; a path in the same object by its last name only. Undefined if the type lacks one of
 * them.
 */
function written(paths: readonly string[], place: Place): string | undefined {
  const names = paths.map((path) => inType(path, place));
  if (!names.every((name) => name !== undefined)) return undefined;
  const prefix = prefixOf(place);
  return names
    .map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))
    .join(' and ');
}

const inType = (path: string, { write }: Place): string | undefined => (write ? write(path) : path);

/** The prefix of paths in an object. */
function prefixOf(place: Place): string {
  const object = place.holdsProperties ? place.within : objectOf(place);
  return object === '' ? '' : `${object}.`;
}

const isIn = (paths: readonly string[], place: Place): boolean =>
  paths.every((path) => inType(path, place)?.startsWith(prefixOf(place)));

interface Near {
  readonly name: string;
  /** Absent if the object may have the name. */
  readonly belonging?: Belonging;
  readonly isOneOfSeveral?: boolean;
}

/** The most similar name by edit distance. Of several, one of the table. */
function nearest(sought: string, place: Place): Near | undefined {
  if (sought.length > LONGEST_NEAR) return undefined;
  const letters = Math.floor(sought.length / 4);
  let best: Near | undefined;
  let least = Infinity;
  const consider = (near: Near, name: string, most: number): void => {
    const limit = Math.min(most, least);
    if (Math.abs(sought.length - name.length) > limit) return;
    const away = distance(sought, name, limit);
    if (away > limit) return;
    if (away < least) [best, least] = [near, away];
    else if (best && plain(best.name) !== name) best = { ...best, isOneOfSeveral: true };
  };
  if (objectOf(place) === '') {
    for (const [name, listed] of ELSEWHERE)
      if (listed.name.length >= SHORTEST_NEAR && !place.known.includes(listed.name))
        consider(listed, name, letters);
  }
  // In a short name, at most one letter may differ: Logs is not Tags.
  const own = sought.length <= 4 ? 1 : Math.max(2, letters);
  for (const name of place.known) consider({ name }, plain(name), own);
  return best;
}
