/** The constraints in the declaration of a parameter, with CloudFormation's messages. */
import { member, textOf, type Node } from './node';
import { readPattern, type Pattern } from './pattern';
import { isList, isStored } from './template';

/** A constraint that a value violates. */
export interface BrokenConstraint {
  /** CloudFormation's message. */
  readonly says: string;
  /** The allowed values, which CloudFormation's message does not list. */
  readonly allowed?: readonly string[];
}

/** Why CloudFormation would refuse a value of a parameter, with what is allowed, as a clause; undefined if it would not. */
export function constraintProblem(name: string, declared: Node, value: string): string | undefined {
  // For a parameter of Systems Manager, the value is only a name.
  if (isStored(text(declared, 'Type') ?? '')) return undefined;
  const { says, allowed } = brokenConstraint(name, declared, value) ?? {};
  return allowed === undefined ? says?.replace(/\.$/, '') : `${says ?? ''}: ${allowed.join(', ')}`;
}

/**
 * The first constraint that a value violates.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function brokenConstraint(
  name: string,
  declared: Node,
  value: string,
): BrokenConstraint | undefined {
  const type = text(declared, 'Type') ?? 'String';
  const isNumber = type === 'Number' || type === 'List<Number>';
  for (const item of itemsOf(type, value)) {
    if (isNumber && !NUMBER_FORM.test(item.trim()))
      return { says: `Parameter '${name}' must be a number.` };
    const limits = isNumber ? outOfRange(item, declared) : wrongLength(item, declared);
    const broken = limits ?? notAllowed(item, declared) ?? noMatch(item, declared);
    if (broken === undefined) continue;
    const description = text(declared, 'ConstraintDescription');
    return description === undefined
      ? { ...broken, says: `Parameter '${name}' ${broken.says}` }
      : { says: `Parameter ${name} failed to satisfy constraint: ${description}` };
  }
  return undefined;
}

/** A number in a text, without the notations that only programming languages have, such as 0x10. */
export const NUMBER_FORM = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** The values in the text of a parameter. The items of a list are trimmed. */
export const itemsOf = (type: string, value: string): string[] =>
  isList(type) ? value.split(',').map((item) => item.trim()) : [value];

const text = (declared: Node, key: string): string | undefined => textOf(member(declared, key));

function outOfRange(item: string, declared: Node): BrokenConstraint | undefined {
  const [least, most] = [text(declared, 'MinValue'), text(declared, 'MaxValue')];
  if (least !== undefined && Number(item) < Number(least))
    return { says: `must be a number not less than ${least}` };
  if (most !== undefined && Number(item) > Number(most))
    return { says: `must be a number not greater than ${most}` };
  return undefined;
}

function wrongLength(item: string, declared: Node): BrokenConstraint | undefined {
  const [least, most] = [text(declared, 'MinLength'), text(declared, 'MaxLength')];
  if (least !== undefined && item.length < Number(least))
    return { says: `must contain at least ${least} characters` };
  if (most !== undefined && item.length > Number(most))
    return { says: `must contain at most ${most} characters` };
  return undefined;
}

function notAllowed(item: string, declared: Node): BrokenConstraint | undefined {
  const listed = member(declared, 'AllowedValues');
  if (listed?.kind !== 'list') return undefined;
  const allowed = listed.items.flatMap((each) => textOf(each) ?? []);
  return allowed.includes(item) ? undefined : { says: 'must be one of AllowedValues', allowed };
}

function noMatch(item: string, declared: Node): BrokenConstraint | undefined {
  const pattern = text(declared, 'AllowedPattern');
  if (pattern === undefined) return undefined;
  return javaPattern(pattern)?.matches(item) === false
    ? { says: `must match pattern ${pattern}` }
    : undefined;
}

/**
 * An AllowedPattern, which must match the whole value; undefined if only Java supports its syntax, or `readPattern` does not
 * read it.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
 */
export function javaPattern(pattern: string): Pattern | undefined {
  if (!isReadAlike(pattern)) return undefined;
  try {
    const ofJava = withAsciiClasses(pattern);
    // Without the flag, JavaScript reads \p as the letter p.
    const { flags } = new RegExp(ofJava, /\\[pP]\{/.test(ofJava) ? 'u' : '');
    return readPattern(ofJava, flags);
  } catch {
    return undefined;
  }
}

/** Whether Java and JavaScript read a pattern alike, after `withAsciiClasses`. */
function isReadAlike(pattern: string): boolean {
  const escapes = pattern.match(/\\(?:[pP]\{\w+\}|[\s\S])/g) ?? [];
  const excluded = escapes.some(
    (escape) => Object.hasOwn(ASCII_CLASSES, escape.slice(3, -1)) && escape.startsWith('\\P'),
  );
  return !excluded && !ONLY_IN_ONE.test(pattern.replace(SHARED_ESCAPE, '_'));
}

/** Escapes of characters that mean the same in both. Java refuses other letters, or reads them as something else. */
const SHARED_ESCAPE =
  /\\(?:[dDwWsStnrf]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[A-Z]|[pP]\{\w+\}|[^A-Za-z0-9])/g;

/**
 * What one of them refuses, or reads otherwise, in a pattern without the shared escapes: other escapes, an edge of a word in a
 * class, intersections, classes in classes (which Java unites), a bracket as the first character of a class, and a brace that
 * repeats nothing.
 */
const ONLY_IN_ONE = /\\(?![bB])|\[[^\]]*\\|&&|\[[^\][]*\[|\[\^?\]|\{(?!\d+(?:,\d*)?\})/;

/** Java's `\s`, as the content of a class. That of JavaScript has the spaces of Unicode too. */
const SPACE = ' \\t-\\r';
const OTHER_SPACES = '\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF';

/**
 * Java's names of classes of ASCII characters, as the content of a class of JavaScript. Each ends with a range, because a
 * hyphen may follow.
 */
const ASCII_CLASSES: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: '\\t -\\x20',
  Cntrl: '\\x7F\\x00-\\x1F',
  XDigit: '0-9a-fA-F',
  Space: SPACE,
};

function withAsciiClasses(pattern: string): string {
  let isInClass = false;
  return pattern.replace(/\\p\{(\w+)\}|\\[\s\S]|[[\]]/g, (part, name?: string) => {
    if (part === '[' || part === ']') isInClass = part === '[';
    if (part === '\\S') return isInClass ? part + OTHER_SPACES : `[^${SPACE}]`;
    const content = part === '\\s' ? SPACE : asciiClass(name);
    if (content === undefined) return part;
    return isInClass ? content : `[${content}]`;
  });
}

const asciiClass = (name = ''): string | undefined =>
  Object.hasOwn(ASCII_CLASSES, name) ? ASCII_CLASSES[name] : undefined;
