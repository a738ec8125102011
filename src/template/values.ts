/** Values before the deployment, as far as they are known, and their offsets in the template. */
import { Unknown, type Knowledge } from '../lustre/unknown';
import type { Scalar } from './node';

interface Placed {
  /** Offset of the key, the item, or the branch of an Fn::If that has the value. */
  readonly at: number;
}

/** Where a value is written, if a function takes it from another place. */
export interface Origin {
  /** Offset of the value there. */
  readonly at: number;
  /** For example, "the default of the parameter Tier". */
  readonly text: string;
  /** The parameter whose default it is; absent for other origins. */
  readonly parameter?: string;
}

/** A scalar with a known value. */
export interface ScalarValue extends Placed {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The key of the expression that has this value in this deployment, and may have another one in others. */
  readonly of?: string;
  /**
   * Whether it is a number or boolean that a resource returned. CloudFormation does not convert it to a string, as it does
   * with a literal.
   */
  readonly returned?: true;
  /** The text in the template, if YAML reads it as another value: 0500 is 320. */
  readonly written?: string;
  readonly origin?: Origin;
  /** The origin of a part of a composed text. */
  readonly partOrigin?: Origin;
  /** The same composed text with an unknown part instead of each default, for where the caller provides it. */
  readonly open?: UnknownValue;
  /** Whether one of these defaults is empty. */
  readonly isIncomplete?: true;
}

interface ListValue extends Placed {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly origin?: Origin;
}

/** An object. Its members may have unknown values. */
export interface ObjectValue extends Placed {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, Member>;
}

/** A member of an object. */
export interface Member {
  /** Offset of the key. */
  readonly at: number;
  readonly value: Value;
}

/** A value that is known only at deployment. */
export interface UnknownValue extends Placed {
  readonly kind: 'unknown';
  readonly unknown: Unknown;
}

/** `AWS::NoValue`: the property or item is removed. */
export interface NoValue extends Placed {
  readonly kind: 'no value';
}

/** A value of a template in one of its deployments. */
export type Value = ScalarValue | ListValue | ObjectValue | UnknownValue | NoValue;

export const scalar = (value: Scalar, at: number, written?: string): ScalarValue => ({
  kind: 'scalar',
  value,
  at,
  ...(written !== undefined && { written }),
});

/** @param why For example, "depends on the parameter Tier, which has no default". */
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

/** A member of an object; undefined for other values. */
export const memberOf = (value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'object' ? value.members.get(name)?.value : undefined;

/** The text of a scalar, as CloudFormation joins and compares it. */
export function scalarText(value: Value): string | undefined {
  const isText = value.kind === 'scalar' && value.value !== null && !value.returned;
  return isText ? String(value.value) : undefined;
}

/** Whether a value is a text, or may turn out to be one. */
export const mayBeText = (value: Value | undefined): boolean =>
  value !== undefined && (isUnknown(value) || scalarText(value) !== undefined);

/** A value as text, for messages and keys. */
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

/** The key of a function call with an unknown value: the same for the same arguments. */
export const callKey = (name: string, parts: readonly (Value | undefined)[]): string =>
  `${name}(${parts.map(keyed).join(',')})`;

/** A value as part of a key. For an unknown value, its own key. */
export function keyed(value: Value | undefined): string {
  if (value?.kind === 'unknown') return value.unknown.key;
  if (value?.kind === 'list') return `[${value.items.map(keyed).join(',')}]`;
  return value ? JSON.stringify(valueText(value)) : '';
}

/** The first unknown value inside a value. */
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
