import { PLACEHOLDER } from '../../src/template/intrinsics';
import { call, children, member, textOf } from '../../src/template/node';
import type { Entry, Node } from '../../src/template/node';
import type { Refused } from '../../src/template/stack';
import { NotModeled, SAYS, ValidationError } from './refusals';

/** Whether an argument has the right form, whatever the values of the functions in it. */
type Form = (argument: Node) => boolean;

interface Intrinsic {
  accepts: Form;
  /** CloudFormation's message if the form is wrong, or the value has a type that the function does not accept. */
  says: string;
}

/** The function that a node calls. Outside of conditions, a member named Condition is an ordinary one, as in a policy. */
export function callIn(node: Node, inConditions = false): Entry | undefined {
  const called = call(node);
  return called?.key === 'Condition' && !inConditions ? undefined : called;
}

const BOOLEAN = ['Condition', 'Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'];

/** Whether a node is a boolean operation, as a condition must be. */
export const isBoolean: Form = (node) => BOOLEAN.includes(callIn(node, true)?.key ?? '');

const anything: Form = () => true;
/** Literal numbers and booleans count as text. */
const isText: Form = ({ kind }) => kind === 'scalar';
const isString: Form = (node) => node.kind === 'scalar' && typeof node.value === 'string';
const isIndex: Form = (node) => node.kind === 'scalar' && /^\d+$/.test(String(node.value));
/** A function that may return text. */
const isCall: Form = (node) => callIn(node) !== undefined && !isBoolean(node);
/** It may be empty: https://github.com/aws-cloudformation/aws-cloudformation-templates/blob/main/CloudWatch/CloudWatch_Dashboard_ClientVPN.yml */
const isMap: Form = (node) => node.kind === 'map';
const either =
  (...forms: Form[]): Form =>
  (node) =>
    forms.some((form) => form(node));
const mayBeText = either(isText, isCall);
const list =
  (form: Form, least = 0, most = Infinity): Form =>
  (node) =>
    node.kind === 'list' &&
    node.items.length >= least &&
    node.items.length <= most &&
    node.items.every(form);
const mayBeList = (form: Form): Form => either(list(form), isCall);
/** A call of one of these functions. */
const calls =
  (...names: string[]): Form =>
  (node) =>
    names.includes(callIn(node)?.key ?? '');
const tuple =
  (...forms: Form[]): Form =>
  (node) =>
    node.kind === 'list' &&
    node.items.length === forms.length &&
    forms.every((form, index) => node.items[index] && form(node.items[index]));

/** What may be an item of a list that Fn::Select chooses from. */
const isItem = either(
  ({ kind }) => kind !== 'map',
  (node) => node.kind === 'map' && callIn(node) === undefined,
  calls('Fn::FindInMap', 'Fn::GetAtt', 'Fn::GetAZs', 'Fn::If', 'Fn::Split', 'Ref'),
);
const isMapKey = either(isText, calls('Fn::FindInMap', 'Ref'));
const isCompared = either(
  isText,
  calls('Fn::FindInMap', 'Fn::Join', 'Fn::Select', 'Fn::Sub', 'Ref'),
  // Refused later, with messages of their own.
  calls('Fn::GetAtt', 'Fn::ImportValue'),
);
const isCidrPart = either(
  isText,
  calls('Fn::FindInMap', 'Fn::GetAtt', 'Fn::If', 'Fn::ImportValue', 'Fn::Select', 'Fn::Sub', 'Ref'),
);

/**
 * The functions, with the form of their arguments. A function that may stand in an argument is one that the function's own
 * page lists under "Supported functions", or that AWS's linter knows there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * https://github.com/aws-cloudformation/cfn-lint/tree/main/src/cfnlint/data/schemas/other/functions
 */
const FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  'Fn::Base64': { accepts: mayBeText, says: SAYS.textOnly('Fn::Base64') },
  'Fn::GetAtt': { accepts: (argument) => attributeOf(argument) !== undefined, says: SAYS.getAtt },
  'Fn::GetAZs': { accepts: either(isText, calls('Ref')), says: SAYS.textOnly('Fn::GetAZs') },
  'Fn::ImportValue': { accepts: mayBeText, says: SAYS.textOnly('Fn::ImportValue') },
  'Fn::Join': { accepts: tuple(isText, mayBeList(mayBeText)), says: SAYS.join },
  'Fn::Split': { accepts: tuple(isText, mayBeText), says: SAYS.split },
  'Fn::FindInMap': { accepts: list(isMapKey, 3, 3), says: SAYS.findInMap },
  'Fn::Select': {
    accepts: tuple(
      either(isIndex, calls('Fn::FindInMap', 'Ref')),
      either(
        list(isItem),
        calls(
          'Fn::Cidr',
          'Fn::FindInMap',
          'Fn::GetAtt',
          'Fn::GetAZs',
          'Fn::If',
          'Fn::Split',
          'Ref',
        ),
      ),
    ),
    says: SAYS.select,
  },
  Ref: { accepts: isString, says: SAYS.ref },
  'Fn::Equals': { accepts: list(isCompared, 2, 2), says: SAYS.equals },
  'Fn::If': { accepts: tuple(isString, anything, anything), says: SAYS.if },
  'Fn::Not': { accepts: list(isBoolean, 1, 1), says: SAYS.not },
  Condition: { accepts: isString, says: SAYS.everyMemberText('Condition') },
  'Fn::And': { accepts: list(isBoolean, 2, 10), says: SAYS.andOr('Fn::And') },
  'Fn::Or': { accepts: list(isBoolean, 2, 10), says: SAYS.andOr('Fn::Or') },
  'Fn::Sub': { accepts: either(isString, tuple(isString, isMap)), says: SAYS.sub },
  'Fn::Cidr': {
    // AWS's linter knows a form without the bits; no page says what it gives.
    accepts: tuple(isCidrPart, isCidrPart, isCidrPart),
    says: SAYS.cidr,
  },
};

/** Functions that CloudFormation has and the local one does not. */
const NOT_MODELED: readonly string[] = ['Fn::GetStackOutput', 'Fn::Transform'];

/**
 * Refuses unknown functions, and arguments that are invalid in every deployment, also in branches that are not taken.
 *
 * @throws ValidationError with the position of the first one.
 */
export function checkFunctions(node: Node, place: string, inConditions = false): void {
  const called = callIn(node, inConditions);
  if (called) {
    const { accepts, says } = intrinsic(called.key, place);
    if (!inConditions && isBoolean(node)) {
      throw new ValidationError(SAYS.onlyInConditions(called.key), place);
    }
    if (!accepts(called.value)) throw new ValidationError(says, place);
    if (called.key === 'Fn::Sub') checkVariables(called.value, place);
  }
  for (const [name, child] of children(node)) {
    if (!called && name.startsWith('Fn::')) {
      intrinsic(name, place);
      throw new ValidationError(SAYS.notAlone(name), place);
    }
    checkFunctions(child, called ? place : placeBelow(node, name, place), inConditions);
  }
}

function intrinsic(name: string, place: string): Intrinsic {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found) return found;
  if (NOT_MODELED.includes(name)) throw new NotModeled(name);
  throw new ValidationError(SAYS.unknownFunction(name, Object.keys(FUNCTIONS)), place);
}

function checkVariables(argument: Node, place: string): void {
  for (const { name } of placeholdersIn(argument)) {
    if (!/^[\w.:]+$/.test(name)) throw new ValidationError(SAYS.subName, place);
  }
}

/** CloudFormation's message for a function call that it refuses. */
export function wordsFor({ name, variable, index = '', keys }: Refused): string {
  if (variable) return variable.isOwn ? SAYS.subContext : SAYS.subVariable(variable.name);
  if (/^\d+$/.test(index)) return SAYS.selectIndex(Number(index));
  const [map = '', top = '', second = ''] = keys ?? [];
  return keys ? SAYS.noMapping(map, top, second) : (FUNCTIONS[name]?.says ?? '');
}

/** The path of what is at an offset inside a node, given the path of the node. */
export function placeIn(node: Node, at: number, place: string): string {
  if (callIn(node)) return place;
  const starts = node.kind === 'map' ? node.entries.map((entry) => entry.at) : [];
  for (const [index, [name, child]] of children(node).entries()) {
    if ((starts[index] ?? child.at) <= at && at < child.end) {
      return placeIn(child, at, placeBelow(node, name, place));
    }
  }
  return place;
}

const placeBelow = ({ kind }: Node, name: string, place: string): string =>
  kind === 'list' ? `${place}[${name}]` : `${place}.${name}`;

/** The resource that Fn::GetAtt names, in either form, and the attribute unless a function returns it. */
export function attributeOf(argument: Node): { id: string; attribute?: string } | undefined {
  if (argument.kind === 'scalar') {
    const [, id, attribute = ''] = /^([^.]+)\.(.+)$/s.exec(textOf(argument) ?? '') ?? [];
    return id === undefined ? undefined : { id, attribute };
  }
  const isPair = tuple(isString, either(isText, calls('Ref')));
  if (argument.kind === 'map' || !isPair(argument)) return undefined;
  const [id = '', attribute] = argument.items.map(textOf);
  if (id === '' || attribute === '') return undefined;
  return { id, ...(attribute !== undefined && { attribute }) };
}

/** The variables in the text of Fn::Sub that are not in its map. */
export function variablesOf(argument: Node): string[] {
  const [, own] = argument.kind === 'list' ? argument.items : [];
  return placeholdersIn(argument).flatMap(({ name, isLiteral }) =>
    isLiteral || member(own, name) ? [] : [name],
  );
}

function placeholdersIn(argument: Node): { name: string; isLiteral: boolean }[] {
  const text = textOf(argument.kind === 'list' ? argument.items[0] : argument) ?? '';
  return [...text.matchAll(PLACEHOLDER)].map(([, literal, name = '']) => ({
    name,
    isLiteral: literal === '!',
  }));
}
