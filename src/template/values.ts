/** What is known of a value before the deployment, and which place in the template it came from. */
import { Unknown, type Knowledge } from '../lustre/unknown';
import type { Scalar } from './node';

interface Placed {
  /** Offset of the key, the item or the branch of an Fn::If that gave the value. */
  readonly at: number;
}

/** Where a value is written that a function brings to another place. */
export interface Origin {
  /** Offset of what is written. */
  readonly at: number;
  /** As in "the default of the parameter Tier". */
  readonly text: string;
  /** The parameter whose default it is; absent for other origins. */
  readonly parameter?: string;
}

export interface ScalarValue extends Placed {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The key of the expression that a deployment takes this value for, where it could have another. */
  readonly of?: string;
  /** A number or boolean that a resource has returned: it is no text to CloudFormation, as a written one is. */
  readonly returned?: true;
  readonly origin?: Origin;
}

interface ListValue extends Placed {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly origin?: Origin;
}

export interface ObjectValue extends Placed {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  /** Offset of the key. */
  readonly at: number;
  readonly value: Value;
}

/** A value that only the deployment decides. */
export interface UnknownValue extends Placed {
  readonly kind: 'unknown';
  readonly unknown: Unknown;
}

/** `AWS::NoValue`: the property or item is left out. */
export interface NoValue extends Placed {
  readonly kind: 'no value';
}

export type Value = ScalarValue | ListValue | ObjectValue | UnknownValue | NoValue;

export const scalar = (value: Scalar, at: number): ScalarValue => ({ kind: 'scalar', value, at });

/** `why` as in "depends on the parameter Tier, which has no default". */
export const unknown = (
  text: string,
  why: string,
  at: number,
  known: Knowledge = {},
): UnknownValue => placed(new Unknown(text, { why, ...known }), at);

export const placed = (unknown: Unknown, at: number): UnknownValue => ({
  kind: 'unknown',
  unknown,
  at,
});

export const isUnknown = (value: Value): value is UnknownValue => value.kind === 'unknown';

/** A scalar as text, as CloudFormation joins and compares it. */
export function scalarText(value: Value): string | undefined {
  const isText = value.kind === 'scalar' && value.value !== null && !value.returned;
  return isText ? String(value.value) : undefined;
}

/** Whether a value is text, or may turn out to be. */
export const mayBeText = (value: Value | undefined): boolean =>
  value !== undefined && (isUnknown(value) || scalarText(value) !== undefined);

/** A value as messages and keys show it. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return String(value.value);
    case 'list':
      return `[${value.items.map(valueText).join(',')}]`;
    case 'object':
      return `{${[...value.members].map(([name, each]) => `${name}:${valueText(each.value)}`).join(',')}}`;
    case 'unknown':
      return value.unknown.text;
    case 'no value':
      return '';
  }
}

/** The key of a function's value that is not known: the same for the same arguments. */
export const callKey = (name: string, parts: readonly (Value | undefined)[]): string =>
  `${name}(${parts.map(keyed).join(',')})`;

/** A value as the key of what depends on it has it: of one that is not known, its own key. */
export function keyed(value: Value | undefined): string {
  if (value?.kind === 'unknown') return value.unknown.key;
  if (value?.kind === 'list') return `[${value.items.map(keyed).join(',')}]`;
  return value ? JSON.stringify(valueText(value)) : '';
}

/** The first unknown inside a value. */
export function unknownIn(value: Value): Unknown | undefined {
  const below =
    value.kind === 'list'
      ? value.items
      : value.kind === 'object'
        ? [...value.members.values()].map((each) => each.value)
        : [];
  if (value.kind === 'unknown') return value.unknown;
  for (const each of below) {
    const found = unknownIn(each);
    if (found) return found;
  }
  return undefined;
}
