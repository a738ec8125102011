import { isObject } from './protocol';
import { PLACEHOLDER } from './references';
import { TemplateError } from './template';

/** What the functions of a template look up. */
export interface Scope {
  /** The value of a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, top: string, second: string): unknown;
  zones(region: string): string[];
  /** Leaves text that Fn::Base64 would encode readable. */
  readable?: boolean;
}

/** What `!Ref AWS::NoValue` stands for: the property, or the list item, is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, scope: Scope) => unknown;

const FUNCTIONS: Record<string, Evaluate> = {
  Ref: (name, scope) => scope.ref(text(name)),
  Condition: (name, scope) => scope.condition(text(name)),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument, 3);
    return resolve(scope.condition(text(name)) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = list(argument, 2).map((value) => text(resolve(value, scope)));
    return one === other;
  },
  'Fn::Not': (argument, scope) => !truth(list(argument, 1)[0], scope),
  'Fn::And': (argument, scope) => list(argument).every((value) => truth(value, scope)),
  'Fn::Or': (argument, scope) => list(argument).some((value) => truth(value, scope)),
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list(argument, 2);
    return list(resolve(values, scope)).map(text).join(text(delimiter));
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list(argument, 2);
    return text(resolve(source, scope)).split(text(delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [position, source] = list(argument, 2);
    const values = list(resolve(source, scope));
    const index = Number(resolve(position, scope));
    if (values[index] === undefined) {
      throw new TemplateError(`index ${index} is not in a list of ${values.length}`);
    }
    return values[index];
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, top, second] = list(argument, 3).map((key) => text(resolve(key, scope)));
    return scope.mapping(map ?? '', top ?? '', second ?? '');
  },
  'Fn::Base64': (argument, scope) => {
    const plain = text(resolve(argument, scope));
    return scope.readable ? plain : Buffer.from(plain, 'utf8').toString('base64');
  },
  'Fn::GetAZs': (argument, scope) => scope.zones(text(resolve(argument, scope))),
  'Fn::ImportValue': (argument, scope) => {
    const name = text(resolve(argument, scope));
    throw new TemplateError(
      `the export ${name} of another stack is not known here; use a parameter`,
    );
  },
};

/**
 * A value of a template with its functions carried out.
 * @param path where the value stands, for messages; within the argument of a function there is none
 * @throws TemplateError naming the place.
 */
export function resolve(value: unknown, scope: Scope, path?: string): unknown {
  const below = (suffix: string): string | undefined => path && `${path}${suffix}`;
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolve(item, scope, below(`[${index}]`)))
      .filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return value;
  const called = call(value);
  if (called) return carryOut(...called, scope, path);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, resolve(member, scope, below(`.${name}`))] as const)
      .filter(([, member]) => member !== NO_VALUE),
  );
}

/** The function that an object calls, and its argument. */
function call(value: Record<string, unknown>): [string, unknown] | undefined {
  const [member, ...more] = Object.entries(value);
  if (!member || more.length > 0) return undefined;
  const [name, argument] = member;
  // A member named Condition may also be an ordinary one, as in a policy.
  const called = name.startsWith('Fn::') || name === 'Ref' || name === 'Condition';
  return called && (name !== 'Condition' || typeof argument === 'string') ? member : undefined;
}

function carryOut(name: string, argument: unknown, scope: Scope, path?: string): unknown {
  try {
    const evaluate = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!evaluate) throw new TemplateError(`${name} is not supported here`);
    return evaluate(argument, scope);
  } catch (error) {
    if (error instanceof BadArgument) throw new TemplateError(at(path, `${name} ${error.message}`));
    if (error instanceof TemplateError) throw new TemplateError(at(path, error.message));
    throw error;
  }
}

/** Only the outermost function knows its place, so a message is given one place and one full stop. */
const at = (path: string | undefined, message: string): string =>
  path ? `${path}: ${message}.` : message;

/** A function was given something that it does not take. */
class BadArgument extends Error {
  override readonly name = 'BadArgument';
}

function getAtt(argument: unknown, scope: Scope): unknown {
  const dotted = typeof argument === 'string' ? argument.split('.') : list(argument).map(String);
  const [logicalId = '', ...attribute] = dotted;
  if (attribute.length === 0) throw new BadArgument('needs a resource and an attribute');
  return scope.attribute(logicalId, attribute.join('.'));
}

function sub(argument: unknown, scope: Scope): string {
  const [source, given = {}] = typeof argument === 'string' ? [argument] : list(argument, 2);
  const variables = isObject(given) ? given : {};
  return text(source).replace(PLACEHOLDER, (whole, literal: string, padded: string) => {
    const name = padded.trim();
    if (literal) return `\${${padded}}`;
    if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope));
    const value = name.includes('.') ? getAtt(name, scope) : scope.ref(name);
    if (Array.isArray(value)) throw new BadArgument(`${whole} is a list; join it first`);
    return text(value);
  });
}

const truth = (value: unknown, scope: Scope): boolean => String(resolve(value, scope)) === 'true';

function list(value: unknown, length?: number): unknown[] {
  if (!Array.isArray(value)) throw new BadArgument('needs a list');
  if (length !== undefined && value.length !== length) {
    throw new BadArgument(`needs ${length} values, not ${value.length}`);
  }
  return value;
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new BadArgument('needs text');
}
