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
  const escapes = [...pattern.matchAll(/\\(?:P\{(\w+)\}|([\s\S]))/g)];
  const isOnlyOfJava = escapes.some(
    ([, excluded = '', letter = '']) =>
      Object.hasOwn(ASCII_CLASSES, excluded) || (letter && ONLY_IN_JAVA.includes(letter)),
  );
  if (isOnlyOfJava || pattern.includes('&&') || CLASS_IN_CLASS.test(withoutEscapes(pattern)))
    return undefined;
  try {
    const ofJava = withAsciiClasses(pattern);
    // Without the flag, JavaScript reads \p as the letter p.
    const { flags } = new RegExp(ofJava, /\\[pP]\{/.test(ofJava) ? 'u' : '');
    return readPattern(ofJava, flags);
  } catch {
    return undefined;
  }
}

/** Java unites such classes, as in `[a-z[0-9]]`. JavaScript reads the inner bracket as a character. */
const CLASS_IN_CLASS = /\[[^\][]*\[/;
const withoutEscapes = (pattern: string): string => pattern.replace(/\\[\s\S]/g, '');

/** Escapes that JavaScript reads as letters. */
const ONLY_IN_JAVA = 'AEGHQRXZaehz';

/** Java's names of classes of ASCII characters, as the content of a class of JavaScript. */
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
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
};

function withAsciiClasses(pattern: string): string {
  let isInClass = false;
  return pattern.replace(/\\p\{(\w+)\}|\\[\s\S]|[[\]]/g, (part, name?: string) => {
    if (part === '[' || part === ']') isInClass = part === '[';
    const content =
      name !== undefined && Object.hasOwn(ASCII_CLASSES, name) ? ASCII_CLASSES[name] : undefined;
    if (content === undefined) return part;
    return isInClass ? content : `[${content}]`;
  });
}
