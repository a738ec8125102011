/** What to do about a name that there is not: what it is called here, or where it belongs. */
import { NAMES_ELSEWHERE, type Belonging } from './names-elsewhere';
import { TYPE_NAME } from '../properties';
import { ATTRIBUTE_NAMES, PROPERTY_NAMES, PROPERTY_SHAPES, type Shape } from './shapes';
import { distance, LONGEST_NEAR } from '../wording';

/** A place where a name stands that is not known there, and how its type writes the others. */
export interface Place {
  /** The names that may stand there. */
  readonly known: readonly string[];
  /** The object that it stands in, such as `MetadataConfiguration` or `Tags[0]`; empty beside the properties. */
  readonly within: string;
  /** Whether that object holds the properties themselves, as LustreConfiguration of the native type does. */
  readonly holdsProperties?: true;
  /** How the type writes a property of ours; undefined where it has none. */
  readonly write?: (path: string) => string | undefined;
  /** How the type calls an attribute of ours; undefined where it has none. */
  readonly attribute?: (name: string) => string | undefined;
}

/**
 * A sentence or two in small letters at the beginning, such as "it is called StorageCapacity here." What the table has wins
 * over a name of ours that is no nearer.
 */
export const nameAdvice = (name: string, place: Place): string =>
  meaningOf(name, place) ?? 'leave it out.';

/** The same; undefined for a name that means nothing anywhere, and is near to none that does. */
export function meaningOf(name: string, place: Place): string | undefined {
  const sought = plain(name);
  const own = place.known.find((known) => plain(known) === sought);
  if (own !== undefined) return `it is called ${own} here.`;
  const listed = belongingOf(sought, objectOf(place));
  if (listed) return `${told(listed.belonging, name, place)}.`;
  const near = nearest(sought, place);
  if (near === undefined) return undefined;
  if (near.belonging === undefined) return `did you mean ${near.name}?`;
  if ('properties' in near.belonging) {
    const paths = written(near.belonging.properties, place);
    if (paths !== undefined) return `did you mean ${paths}?`;
  }
  const sentence = told(near.belonging, near.name, place);
  return `did you mean ${near.name}? ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/**
 * The name of the same object that a name stands for, value and all; null where it is to be left out and nothing else;
 * undefined where a person has to decide.
 */
export function nameRepair(name: string, place: Place): string | null | undefined {
  const sought = plain(name);
  const own = place.known.find((known) => plain(known) === sought);
  if (own !== undefined) return own;
  const listed = belongingOf(sought, objectOf(place));
  if (listed) return repairOf(listed.belonging, place);
  const near = nearest(sought, place);
  if (near === undefined || near.isOneOfSeveral) return undefined;
  return near.belonging ? (repairOf(near.belonging, place) ?? undefined) : near.name;
}

function repairOf(belonging: Belonging, place: Place): string | null | undefined {
  if ('attribute' in belonging || ('advice' in belonging && belonging.drop)) return null;
  // Where the value differs, so does more than the name.
  if (!('properties' in belonging) || belonging.as !== undefined) return undefined;
  if (belonging.properties.length !== 1) return undefined;
  const path = written(belonging.properties, place);
  return path !== undefined && place.known.includes(path) ? path : undefined;
}

/** The attribute of ours that a name means, as another type or tool calls it. */
export function attributeMeant(name: string): string | undefined {
  const belonging = ELSEWHERE.get(plain(name))?.belonging;
  return belonging && 'attribute' in belonging ? belonging.attribute : undefined;
}

interface Listed {
  /** As it is written where it comes from. */
  readonly name: string;
  readonly belonging: Belonging;
}

/** Names of the table shorter than this are near to anything, and mean many things. */
const SHORTEST_NEAR = 6;

const isOurs = (name: string): boolean => (PROPERTY_NAMES as readonly string[]).includes(name);

/** A name without what differs from tool to tool: case, underscores, hyphens, spaces. */
const plain = (name: string): string =>
  name.length > LONGEST_NEAR ? name : name.toLowerCase().replace(/[^a-z0-9.[\]]/g, '');

/** Every name that means something elsewhere, by its plain form: the table's, and our own, which may be at a wrong place. */
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

/** The object of a place such as `FinalBackupTags[0]`, as the table names it; empty for the properties themselves. */
const objectOf = ({ within, holdsProperties }: Place): string =>
  holdsProperties ? '' : within.replace(/\[\d+\]/g, '[]').replace(/^FinalBackupTags/, 'Tags');

function belongingOf(sought: string, object: string): Listed | undefined {
  if (object === '') return ELSEWHERE.get(sought);
  const here = ELSEWHERE.get(`${plain(object)}.${sought}`);
  if (here) return here;
  // Inside an object nobody looks for what stands beside Properties, and a short name may mean anything.
  const above = ELSEWHERE.get(sought);
  if (above === undefined) return undefined;
  if ('resource' in above.belonging) return above;
  if (!('properties' in above.belonging)) return undefined;
  const isHere = above.belonging.properties.every((path) => path.startsWith(`${object}.`));
  return isHere || sought.length >= SHORTEST_NEAR || isOurs(above.name) ? above : undefined;
}

function told(belonging: Belonging, name: string, place: Place): string {
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

/** The paths as the type writes them, those in the same object by their last name; undefined where it has one not. */
function written(paths: readonly string[], place: Place): string | undefined {
  const names = paths.map((path) => inType(path, place));
  if (!names.every((name) => name !== undefined)) return undefined;
  const prefix = prefixOf(place);
  return names
    .map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))
    .join(' and ');
}

const inType = (path: string, { write }: Place): string | undefined => (write ? write(path) : path);

/** What paths in the object of a place begin with. */
function prefixOf(place: Place): string {
  const object = place.holdsProperties ? place.within : objectOf(place);
  return object === '' ? '' : `${object}.`;
}

const isIn = (paths: readonly string[], place: Place): boolean =>
  paths.every((path) => inType(path, place)?.startsWith(prefixOf(place)));

interface Near {
  readonly name: string;
  /** Absent where it is a name that may stand there. */
  readonly belonging?: Belonging;
  readonly isOneOfSeveral?: boolean;
}

/** The nearest name by letters; of several, one of the table. */
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
  // Half of a short name may not be other letters: Logs is not Tags.
  const own = sought.length <= 4 ? 1 : Math.max(2, letters);
  for (const name of place.known) consider({ name }, plain(name), own);
  return best;
}
