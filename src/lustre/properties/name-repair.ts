/** Puts the value of an unknown name where it belongs. */
import { meantForm } from './meant-form';
import { destinationOf, meaning, shapeOf, type Place } from './name-meaning';
import type { TextShape } from './shapes';
import { isObject, type Json } from '../json';
import type { Step } from '../paths';
import { isKnownObject, Unknown } from '../unknown';
import { flowText, lengthOf } from '../wording';

/**
 * The changes of members that put the value of an unknown name where it belongs, or remove the name if that is all that is
 * needed; undefined removes a member. Other unknown names that belong in the same member move with it. Undefined if a person
 * has to decide: the place may be taken, or what should contain it unknown.
 *
 * @param members What the object with the unknown name has.
 */
export function nameRepair(name: string, place: Place, members: Json): Json | undefined {
  const to = destinationOf(name, place);
  if (to === null) return { [name]: undefined };
  const tag = tagOfMember(name, place, members);
  // Several tags in one item become several items.
  if (tag) return givenIn(members).length === 1 ? { [name]: undefined, ...tag } : undefined;
  if (!isSuitable(name, place, members[name])) return undefined;
  const [head, ...inner] = to ?? [];
  if (head === undefined) return undefined;
  if (inner.length === 0)
    return isAbsent(members[head]) ? { [name]: undefined, [head]: members[name] } : undefined;
  const moved: [string, unknown][] = [];
  let value = members[head];
  const together = movedTogether(name, head, place, members);
  if (!together) return undefined;
  for (const [each, steps] of together) {
    const next = placed(value, steps, members[each]);
    if (next === undefined && each === name) return undefined;
    if (next === undefined) continue;
    moved.push([each, undefined]);
    value = next;
  }
  return Object.fromEntries([...moved, [head, value]]);
}

/**
 * Whether a value under an unknown name can be that of the property that was meant. `EncryptionKey: true` cannot: elsewhere it
 * turns encryption on, and KmsKeyId expects a text.
 */
function isSuitable(name: string, place: Place, value: unknown): boolean {
  const { belonging } = meaning(name, place) ?? {};
  const [path = ''] = belonging && 'properties' in belonging ? belonging.properties : [];
  const [first = '', second] = path.split('.');
  const shape = second === undefined ? shapeOf('', first) : shapeOf(first, second);
  if (shape === undefined || value instanceof Unknown) return true;
  switch (shape.type) {
    case 'object':
      return isObject(value);
    case 'list':
      return typeof value === 'object' || meantForm(shape, value) !== undefined;
    case 'text':
      if (typeof value === 'object') return false;
      return typeof value === 'number' || takes(shape, value) || !isSwitch(value);
    default:
      if (typeof value === 'number' || typeof value === shape.type) return true;
      return meantForm(shape, value) !== undefined;
  }
}

const isSwitch = (value: unknown): boolean =>
  meantForm({ type: 'boolean', expected: '' }, value) !== undefined;

const takes = ({ values }: TextShape, value: unknown): boolean =>
  values?.includes(String(value).toUpperCase()) ?? false;

/** What is the key in some tags may be the name of a tag. */
const NAME_OF_TAG = 'Tags[].Name';

/** The tag that a member of an item is if the names of its members are keys, as in `{Environment: prod, Team: hpc}`. */
export function tagOfMember(name: string, place: Place, members: Json): Json | undefined {
  if (!/Tags\[\d+\]$/.test(place.within)) return undefined;
  if (hasTooMany(place, members)) return undefined;
  const given = givenIn(members);
  const areKeys = given.every((each) => {
    const { name: meant = NAME_OF_TAG } = meaning(each, place) ?? {};
    // `k` and `v` are no keys, but another way to write Key and Value.
    return meant === NAME_OF_TAG && (given.length === 1 || each.length > 1);
  });
  return areKeys ? { Key: name, Value: members[name] } : undefined;
}

const givenIn = (members: Json): string[] =>
  Object.keys(members).filter((each) => !isAbsent(members[each]));

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** Unknown names of one object that are moved together: more than anybody brings from another tool. */
const MOST_TOGETHER = 100;

/** Whether an object has too many unknown names to look at all of them for each. */
function hasTooMany(place: Place, members: Json): boolean {
  const count = COUNTS.get(members) ?? Object.keys(members).length;
  COUNTS.set(members, count);
  return count > MOST_TOGETHER + place.known.length;
}

/** The numbers of members, which are asked for again for each of them. */
const COUNTS = new WeakMap<Json, number>();

/**
 * The names that belong in a member, with the steps inside it: in their order, items of a list in that of their indexes.
 * Undefined if there are too many.
 */
function movedTogether(
  name: string,
  head: Step,
  place: Place,
  members: Json,
): (readonly [name: string, steps: readonly Step[]])[] | undefined {
  if (hasTooMany(place, members)) return undefined;
  const unknown = Object.keys(members).filter(
    (each) => each === name || (!place.known.includes(each) && !isAbsent(members[each])),
  );
  return unknown
    .flatMap((each) => {
      const [first, ...inner] = destinationOf(each, place) ?? [];
      if (first !== head || inner.length === 0) return [];
      return isSuitable(each, place, members[each]) ? [[each, inner] as const] : [];
    })
    .sort(([, [a]], [, [b]]) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
}

/** A container with a value in it; undefined if the place is taken, or something else is there. */
function placed(container: unknown, [step, ...inner]: readonly Step[], value: unknown): unknown {
  if (typeof step === 'number') {
    const items = container ?? [];
    const isItem = typeof value !== 'object' || value instanceof Unknown;
    return Array.isArray(items) && step >= items.length && isItem
      ? [...(items as unknown[]), value]
      : undefined;
  }
  const members = container ?? {};
  if (step === undefined || !isKnownObject(members)) return undefined;
  if (inner.length === 0 && !isAbsent(members[step])) return undefined;
  const next = inner.length === 0 ? value : placed(members[step], inner, value);
  return next === undefined ? undefined : { ...members, [step]: next };
}

/** The longest text of a member that is shown with everything that is moved into it. */
const LONGEST_SHOWN = 64;

/** A sentence that shows how to write the value of a name that belongs inside another member; undefined if none is needed. */
export function shownInPlace(name: string, place: Place, members: Json): string | undefined {
  const value = members[name];
  const tag = tagMeant(name, place);
  if (tag !== undefined) return `Write ${flowText({ Key: tag, Value: value })} in it.`;
  const [head, ...inner] = destinationOf(name, place) ?? [];
  if (head === undefined) return undefined;
  const { found, rest } = followed(members[head], inner);
  const isRename = inner.length === 0;
  if (isTaken(found, rest))
    return isRename ? 'Both are set: keep one.' : 'It is also set there: keep one.';
  const isFree = isAbsent(found) || Array.isArray(found);
  if (isRename || !isFree || !isSuitable(name, place, value)) return undefined;
  if (!isAbsent(members[head]))
    return `Write ${memberText(inner.slice(-rest.length - 1), value)} there.`;
  const alone = `Write ${memberText([head, ...inner], value)}.`;
  if (hasTooMany(place, members)) return alone;
  const moved = nameRepair(name, place, members)?.[head];
  if (moved === undefined) return 'Another name also sets it: keep one.';
  const whole = `${head}: ${flowText(moved)}`;
  return lengthOf(whole) > LONGEST_SHOWN ? alone : `Write ${whole}.`;
}

/** The value at the end of some steps or, if it does not exist, the last one before it, with the remaining steps. */
function followed(
  value: unknown,
  steps: readonly Step[],
): { found: unknown; rest: readonly Step[] } {
  const [step, ...rest] = steps;
  return step !== undefined && isKnownObject(value)
    ? followed(value[step], rest)
    : { found: value, rest: steps };
}

/** Whether the place at the end of `followed` has a value. */
const isTaken = (found: unknown, [step]: readonly Step[]): boolean =>
  step === undefined ? !isAbsent(found) : Array.isArray(found) && Number(step) < found.length;

/** The key of a tag that is written as a member of the list, such as `Tags.Environment`. */
function tagMeant(name: string, place: Place): string | undefined {
  const { item } = meaning(name, place) ?? {};
  if (item?.of.items.type !== 'object' || typeof item.step !== 'string') return undefined;
  return /^(key|value)$/i.test(item.step) ? undefined : item.step;
}

/** A value at the end of some steps, as YAML writes it in braces. */
function memberText([step, ...inner]: readonly Step[], value: unknown): string {
  const [next] = inner;
  const text = next === undefined ? flowText(value) : inText(inner, value);
  return typeof step === 'string' ? `${step}: ${text}` : text;
}

const inText = (steps: readonly Step[], value: unknown): string =>
  typeof steps[0] === 'number' ? `[${memberText(steps, value)}]` : `{${memberText(steps, value)}}`;
