/** What to do about an unknown name: what the property is called here, or where it belongs. */
import type { Belonging } from './names-elsewhere';
import { isIn, meaning, written, type Place } from './name-meaning';
import { shownInPlace, tagOfMember } from './name-repair';
import type { Json } from '../json';
import { stepsOf } from '../paths';
import { TYPE_NAME } from '../properties';
import { capitalized, flowText, joinWithOr } from '../wording';

/**
 * One or two sentences that begin with a small letter, such as "use StorageCapacity."
 *
 * @param members The members of the object with the name. With them, the advice shows how to write what belongs elsewhere.
 */
export function nameAdvice(name: string, place: Place, members?: Json): string {
  const tag = members && tagOfMember(name, place, members);
  if (tag !== undefined) return `write the tag as ${flowText(tag)}.`;
  const meant = adviceIfKnown(name, place);
  const shown = members && shownInPlace(name, place, members);
  return `${meant ?? adviceOfPart(name, place) ?? 'omit it.'}${shown === undefined ? '' : ` ${shown}`}`;
}

/** The most names that are suggested for a part of them. */
const MOST_SUGGESTED = 3;

/**
 * Suggests the names that an unknown name is a part of, such as `Efa`, or whose words it has in any order, such as
 * `EnableEfa` or `throughput_per_unit`; undefined if there are none, or too many.
 */
function adviceOfPart(name: string, { known }: Place): string | undefined {
  if (name.length > LONGEST_PART) return undefined;
  const part = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const words = wordsOf(name);
  const hasAll = (each: string): boolean => {
    const own = wordsOfKnown(each);
    return words.every((word) => own.some((other) => isWord(word, other)));
  };
  const whole = known.filter(
    (each) =>
      (part.length >= 3 && each.toLowerCase().includes(part)) || (words.length > 1 && hasAll(each)),
  );
  return whole.length === 0 || whole.length > MOST_SUGGESTED
    ? undefined
    : `did you mean ${joinWithOr(whole)}?`;
}

/** Longer names are no part of another. */
const LONGEST_PART = 64;

/** The words of a name, in small letters: `enable`, `efa` of EnableEfa, ENABLE_EFA or enable-efa. */
const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []).map((word) => word.toLowerCase());

/** Those of the names that an object may have, which each unknown name is compared with. */
function wordsOfKnown(name: string): readonly string[] {
  const words = KNOWN_WORDS.get(name) ?? wordsOf(name);
  KNOWN_WORDS.set(name, words);
  return words;
}

const KNOWN_WORDS = new Map<string, readonly string[]>();

/** Whether two words are the same, or forms of one: `enable` and `enabled`. */
const isWord = (word: string, own: string): boolean =>
  word === own || (Math.min(word.length, own.length) > 3 && (own.startsWith(word) || word.startsWith(own))); // oxfmt-ignore

/** As `nameAdvice`, but undefined for a name that is neither known anywhere nor similar to a known one. */
export function adviceIfKnown(name: string, place: Place): string | undefined {
  const found = meaning(name, place);
  if (found === undefined) return undefined;
  const { name: known, belonging, isNear, item } = found;
  if (item) return `${known} is ${item.of.expected}.`;
  if (!belonging) return isNear ? `did you mean ${known}?` : `use ${known}.`;
  if (!isNear) return `${adviceFor(belonging, name, place)}.`;
  const path = 'properties' in belonging && written(belonging.properties, place);
  if (path) return `did you mean ${inWords(path, ' in ')}?`;
  return `did you mean ${known}? ${capitalized(adviceFor(belonging, known, place))}.`;
}

function adviceFor(belonging: Belonging, name: string, place: Place): string {
  if ('advice' in belonging) return belonging.advice;
  if ('resource' in belonging) return `it belongs to ${belonging.resource}, ${belonging.which}`;
  if ('beside' in belonging) return besideProperties(belonging.beside, name);
  if ('attribute' in belonging) {
    const called = place.attribute ? place.attribute(belonging.attribute) : belonging.attribute;
    return called === undefined
      ? 'FSx returns it. Omit it'
      : `the type returns it as ${called}. Omit it, and read it with Fn::GetAtt`;
  }
  const { properties, as } = belonging;
  const paths = written(properties, place);
  if (paths === undefined) return `only ${TYPE_NAME} has it. Omit it`;
  if (isIn(properties, place)) {
    const sign = lastOf(paths) === paths ? ', ' : ': ';
    return `${hereCalled(paths, name)}${as === undefined ? '' : sign + as}`;
  }
  const form = as === undefined ? '' : `, ${as}`;
  return paths === name
    ? `it belongs beside ${place.within}, not in it`
    : `use ${paths}${form}, beside ${place.within} and not in it`;
}

/** How a path of the object is written. */
function hereCalled(path: string, name: string): string {
  const last = lastOf(path);
  if (last === path) return `use ${path}`;
  const object = inWords(path.slice(0, -last.length - 1), ' in ');
  if (name === last) return `it belongs in ${object}`;
  return name.endsWith(last) && /\W/.test(name)
    ? `${last} is a member of ${object}`
    : `use ${last} in ${object}`;
}

/** `Iops in MetadataConfiguration` for a path; a member alone as it is. */
const inWords = (path: string, separator: string): string =>
  path.includes(' ') ? path : stepsOf(path).toReversed().join(separator);

const lastOf = (path: string): string =>
  path.includes(' ') ? path : String(stepsOf(path).at(-1) ?? path);

const besideProperties = (attributes: readonly string[], name: string): string =>
  attributes.length === 1 && attributes[0] === name
    ? 'it is an attribute of the resource. Write it beside Properties, not in it'
    : `use ${attributes.join(' and ')}, beside Properties and not in it`;
