import type { Deployment } from '../../src/template/deployment';
import { stackDeployment } from '../../src/template/deployments';
import { evaluate, outside } from '../../src/template/intrinsics';
import type { Node } from '../../src/template/node';
import type { Stack } from '../../src/template/stack';
import type { Template as SourceTemplate } from '../../src/template/template';
import { isUnknown as isOpen, scalar, scalarText } from '../../src/template/values';
import type { Value } from '../../src/template/values';
import { cidrBlocks } from './cidr';
import { placeIn, wordsFor } from './functions';
import { ValidationError } from './refusals';

/** The values that functions of a template refer to. A value that is not known yet is undefined. */
export interface Scope {
  /** The value of a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  /** An attribute as its type returns it: it may be a number, a list or an object. */
  attribute(logicalId: string, name: string): unknown;
  zones(region: string): string[];
  /** The value that another stack exports. */
  imported(name: string): unknown;
  /** Leaves the text of Fn::Base64 readable. */
  readable?: boolean;
}

/** A value that is known only after a resource has been created, and every value that depends on it. */
export const UNKNOWN = Symbol('known after deployment');

/** Whether a resolved value, or a part of it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === UNKNOWN;
  return Object.values(value).some(isUnknown);
}

/**
 * A value of a template with its functions evaluated. Literal numbers and booleans become strings, as CloudFormation converts
 * every scalar; values that a resource returned keep their types.
 *
 * @param place The path of the value, for messages.
 * @throws ValidationError if a function has an invalid argument.
 */
export function resolve(node: Node, place: string, source: SourceTemplate, scope: Scope): unknown {
  return resolved(evaluate(node, outside(deploymentOf(source, scope, node, place))));
}

/**
 * The deployment in which a node is evaluated.
 *
 * @param place The path of the node.
 */
export function deploymentOf(
  source: SourceTemplate,
  scope: Scope,
  node: Node,
  place: string,
): Deployment {
  const located = <T>(at: number, look: () => T): T => {
    try {
      return look();
    } catch (error) {
      throw error instanceof ValidationError ? error.at(placeIn(node, at, place)) : error;
    }
  };
  const stack: Stack = {
    ref: (name, at) => located(at, () => known(scope.ref(name), at)),
    call: (name, argument, at) =>
      located(at, () => {
        if (argument.some(isOpen)) return undefined;
        const texts = argument.map(scalarText);
        if (!texts.every((text) => text !== undefined)) return stack.refuse({ name }, at);
        const value = known(CALLS[name]?.(texts, scope), at);
        return name === 'Fn::Cidr' && !value ? stack.refuse({ name }, at) : value;
      }),
    refuse: (refused, at) => {
      throw new ValidationError(wordsFor(refused), placeIn(node, at, place));
    },
  };
  return stackDeployment(source, stack);
}

/** Functions that need a stack, an account or Node. */
const CALLS: Readonly<Record<string, (argument: readonly string[], scope: Scope) => unknown>> = {
  'Fn::Base64': ([text = ''], scope) =>
    scope.readable ? text : Buffer.from(text).toString('base64'),
  'Fn::Cidr': ([block = '', count = '', bits = '']) => cidrBlocks(block, count, bits),
  'Fn::GetAtt': (names, scope) => {
    const [, id = '', rest = ''] = /^([^.]*)\.(.*)$/s.exec(names.join('.')) ?? [];
    return scope.attribute(id, rest);
  },
  'Fn::GetAZs': ([region = ''], scope) => scope.zones(region),
  'Fn::ImportValue': ([name = ''], scope) => scope.imported(name),
};

function resolved(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.returned ? value.value : String(value.value);
    case 'list':
      return value.items.map(resolved);
    case 'object':
      return Object.fromEntries(
        [...value.members].map(([name, member]) => [name, resolved(member.value)]),
      );
    case 'unknown':
      return UNKNOWN;
    case 'no value':
      return undefined;
  }
}

const known = (value: unknown, at: number): Value | undefined =>
  value === undefined ? undefined : returned(value, at);

/** The value of a parameter, or one that a resource returned, as a value of a template. */
function returned(value: unknown, at: number): Value {
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => returned(item, at)), at };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => [name, { at, value: returned(member, at) }] as const,
    );
    return { kind: 'object', members: new Map(members), at };
  }
  const written = scalar(value as string | number | boolean | null, at);
  return typeof value === 'string' ? written : { ...written, returned: true };
}
