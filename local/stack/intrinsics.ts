import { isObject } from '../registry/protocol';
import { attributeOf, callIn, isCall, isText, mayBeText, PLACEHOLDER } from './calls';
import { SAYS, ValidationError } from './refusals';

/** What the functions of a template look up. */
export interface Scope {
  /** The value of a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  /** An attribute as its type has it: it may be a number, a list or an object. */
  attribute(logicalId: string, name: string): unknown;
  condition(name: string, where: string): boolean;
  mapping(map: string, top: string, second: string): unknown;
  zones(region: string): string[];
  /** The value that another stack exports. */
  imported(name: string): unknown;
  /** Whether `Condition: Name` calls a condition, as it does in the Conditions section only. */
  inConditions?: boolean;
  /** Leaves text that Fn::Base64 would encode readable. */
  readable?: boolean;
}

/** What `!Ref AWS::NoValue` stands for: the property, or the list item, is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What a lookup may return for a value that there is only once a resource exists; so is then all that is made of it. */
export const UNKNOWN = Symbol('known after deployment');

interface Intrinsic {
  /** Whether the argument has the right form, whatever the functions in it come to. */
  accepts: (argument: unknown) => boolean;
  /** What CloudFormation says where it has not, or comes to something else than the function takes. */
  says: string;
  carryOut: (argument: unknown, scope: Scope) => unknown;
}

const FUNCTIONS: Record<string, Intrinsic> = {
  'Fn::Base64': {
    accepts: mayBeText,
    says: SAYS.textOnly('Fn::Base64'),
    carryOut: (argument, scope) => {
      const plain = text(resolve(argument, scope));
      return scope.readable ? plain : Buffer.from(plain, 'utf8').toString('base64');
    },
  },
  'Fn::GetAtt': {
    accepts: (argument) => attributeOf(argument) !== undefined,
    says: SAYS.getAtt,
    carryOut: (argument, scope) => {
      const [id, attribute] = attributeOf(argument) ?? [];
      return scope.attribute(text(id), text(resolve(attribute, scope)));
    },
  },
  'Fn::GetAZs': {
    accepts: mayBeText,
    says: SAYS.textOnly('Fn::GetAZs'),
    carryOut: (argument, scope) => scope.zones(text(resolve(argument, scope))),
  },
  'Fn::ImportValue': {
    accepts: mayBeText,
    says: SAYS.textOnly('Fn::ImportValue'),
    carryOut: (argument, scope) => scope.imported(text(resolve(argument, scope))),
  },
  'Fn::Join': {
    accepts: (argument) =>
      isPair(argument) && isText(argument[0]) && mayBeList(argument[1], mayBeText),
    says: SAYS.join,
    carryOut: (argument, scope) => {
      const [delimiter, values] = list(argument);
      return list(resolve(values, scope))
        .map(text)
        .join(text(resolve(delimiter, scope)));
    },
  },
  'Fn::Split': {
    accepts: (argument) => isPair(argument) && isText(argument[0]) && mayBeText(argument[1]),
    says: SAYS.split,
    carryOut: (argument, scope) => {
      const [delimiter, source] = list(argument);
      return text(resolve(source, scope)).split(text(resolve(delimiter, scope)));
    },
  },
  'Fn::FindInMap': {
    accepts: (argument) =>
      Array.isArray(argument) && argument.length === 3 && argument.every(mayBeText),
    says: SAYS.findInMap,
    carryOut: (argument, scope) => {
      const [map, top, second] = list(argument).map((key) => text(resolve(key, scope)));
      return scope.mapping(map ?? '', top ?? '', second ?? '');
    },
  },
  'Fn::Select': {
    accepts: (argument) =>
      isPair(argument) && (isIndex(argument[0]) || isCall(argument[0])) && mayBeList(argument[1]),
    says: SAYS.select,
    carryOut: (argument, scope) => {
      const [position, source] = list(argument).map((part) => resolve(part, scope));
      const values = list(source);
      const written = text(position);
      if (!isIndex(written)) throw new BadArgument();
      const selected = values[Number(written)];
      if (selected === undefined) throw new ValidationError(SAYS.selectIndex(Number(written)));
      return selected;
    },
  },
  Ref: {
    accepts: (argument) => typeof argument === 'string',
    says: SAYS.ref,
    carryOut: (name, scope) => scope.ref(text(name)),
  },
  'Fn::Equals': {
    accepts: (argument) => isPair(argument) && argument.every(mayBeText),
    says: SAYS.equals,
    carryOut: (argument, scope) => {
      const [one, other] = list(argument).map((value) => text(resolve(value, scope)));
      return one === other;
    },
  },
  'Fn::If': {
    accepts: (argument) =>
      Array.isArray(argument) && argument.length === 3 && typeof argument[0] === 'string',
    says: SAYS.if,
    carryOut: (argument, scope) => {
      const [name, yes, no] = list(argument);
      return resolve(scope.condition(text(name), 'Fn::If') ? yes : no, scope);
    },
  },
  'Fn::Not': {
    accepts: (argument) => areConditions(argument, 1, 1),
    says: SAYS.not,
    carryOut: (argument, scope) => !truth(list(argument)[0], scope),
  },
  Condition: {
    accepts: (argument) => typeof argument === 'string',
    says: SAYS.everyMemberText('Condition'),
    carryOut: (name, scope) => scope.condition(text(name), 'Condition'),
  },
  'Fn::And': {
    accepts: (argument) => areConditions(argument, 2, 10),
    says: SAYS.andOr('Fn::And'),
    carryOut: (argument, scope) => list(argument).every((value) => truth(value, scope)),
  },
  'Fn::Or': {
    accepts: (argument) => areConditions(argument, 2, 10),
    says: SAYS.andOr('Fn::Or'),
    carryOut: (argument, scope) => list(argument).some((value) => truth(value, scope)),
  },
  'Fn::Sub': {
    accepts: (argument) =>
      typeof argument === 'string' ||
      (isPair(argument) &&
        typeof argument[0] === 'string' &&
        isObject(argument[1]) &&
        Object.keys(argument[1]).length > 0),
    says: SAYS.sub,
    carryOut: sub,
  },
};

/**
 * A value of a template with its functions carried out. Numbers and booleans that the template itself holds become
 * text, as CloudFormation takes every scalar; what a resource returns stays what it is.
 * @param place where the value stands, for messages; within the argument of a function there is none
 * @throws ValidationError where a function does not take what it is given.
 */
export function resolve(value: unknown, scope: Scope, place?: string): unknown {
  const below = (suffix: string): string | undefined => place && `${place}${suffix}`;
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolve(item, scope, below(`[${index}]`)))
      .filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return isText(value) ? String(value) : value;
  const called = callIn(value, scope.inConditions);
  if (called) return carryOut(...called, scope, place);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, resolve(member, scope, below(`.${name}`))] as const)
      .filter(([, member]) => member !== NO_VALUE),
  );
}

/** Whether a resolved value, or anything in it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === UNKNOWN;
  return Object.values(value).some(isUnknown);
}

/**
 * Refuses functions that there are not, and arguments that no deployment could make right, in branches that are not
 * taken as well.
 * @throws ValidationError with the place of the first one.
 */
export function checkFunctions(value: unknown, place: string, inConditions = false): void {
  if (typeof value !== 'object' || value === null) return;
  const called = isObject(value) ? callIn(value, inConditions) : undefined;
  if (called) {
    const [name, argument] = called;
    const { accepts, says } = intrinsic(name, place);
    if (!accepts(argument)) throw new ValidationError(says, place);
    if (name === 'Fn::Sub') checkVariables(argument, place);
  }
  for (const [name, member] of Object.entries(value)) {
    const below = Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`;
    checkFunctions(member, called ? place : below, inConditions);
  }
}

function carryOut(name: string, argument: unknown, scope: Scope, place?: string): unknown {
  const { says, carryOut: evaluate } = intrinsic(name, place);
  try {
    return evaluate(argument, scope);
  } catch (error) {
    if (error instanceof NotKnown) return UNKNOWN;
    if (error instanceof BadArgument) throw new ValidationError(says, place);
    if (error instanceof ValidationError) throw error.at(place);
    throw error;
  }
}

function intrinsic(name: string, place?: string): Intrinsic {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found) return found;
  throw new ValidationError(SAYS.unknownFunction(name, Object.keys(FUNCTIONS)), place);
}

/** A function was given something that it does not take. */
class BadArgument extends Error {
  override readonly name = 'BadArgument';
}

/** A function was given something that is not known yet. */
class NotKnown extends Error {
  override readonly name = 'NotKnown';
}

function sub(argument: unknown, scope: Scope): string {
  const [source, given] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  const variables = isObject(given) ? given : {};
  const context = new Map(
    Object.entries(variables).map(([name, value]) => [name, contextText(resolve(value, scope))]),
  );
  return text(source).replace(PLACEHOLDER, (_, literal: string, name: string) =>
    literal ? `\${${name}}` : (context.get(name) ?? variableText(name, scope)),
  );
}

function contextText(value: unknown): string {
  if (value === UNKNOWN) throw new NotKnown();
  if (typeof value === 'string') return value;
  throw new ValidationError(SAYS.subContext);
}

function variableText(name: string, scope: Scope): string {
  const dot = name.indexOf('.');
  const value =
    dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
  if (value === UNKNOWN) throw new NotKnown();
  if (typeof value === 'string') return value;
  throw new ValidationError(SAYS.subVariable(name));
}

function checkVariables(argument: unknown, place: string): void {
  const [source] = [argument].flat();
  for (const [, , name = ''] of String(source).matchAll(PLACEHOLDER)) {
    if (!/^[\w.:]+$/.test(name)) throw new ValidationError(SAYS.subName, place);
  }
}

function truth(value: unknown, scope: Scope): boolean {
  const found = resolve(value, scope);
  if (found === UNKNOWN) throw new NotKnown();
  if (typeof found !== 'boolean') throw new BadArgument();
  return found;
}

function list(value: unknown): unknown[] {
  if (value === UNKNOWN) throw new NotKnown();
  if (!Array.isArray(value)) throw new BadArgument();
  return value;
}

function text(value: unknown): string {
  if (value === UNKNOWN) throw new NotKnown();
  if (typeof value !== 'string') throw new BadArgument();
  return value;
}

function mayBeList(value: unknown, of: (item: unknown) => boolean = () => true): boolean {
  return Array.isArray(value) ? value.every(of) : isCall(value);
}

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

function isIndex(value: unknown): boolean {
  return isText(value) && /^\d+$/.test(String(value));
}

function areConditions(value: unknown, least: number, most: number): boolean {
  return (
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    value.every((item) => isObject(item) && callIn(item, true) !== undefined)
  );
}
