import { isObject } from '../registry/protocol';

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}`, which stands for itself. */
export const PLACEHOLDER = /\$\{(!?)([^{}]+)\}/g;

/** The function that an object calls, and its argument. */
export function callIn(
  value: Record<string, unknown>,
  inConditions = false,
): [name: string, argument: unknown] | undefined {
  const [member, ...more] = Object.entries(value);
  if (!member || more.length > 0) return undefined;
  const [name] = member;
  // Elsewhere a member named Condition is an ordinary one, as in a policy.
  const called =
    name.startsWith('Fn::') || name === 'Ref' || (inConditions && name === 'Condition');
  return called ? member : undefined;
}

/** What Fn::GetAtt names, in either form: the resource, and the attribute, which may be a Ref. */
export function attributeOf(argument: unknown): [id: string, attribute: unknown] | undefined {
  const dot = typeof argument === 'string' ? argument.indexOf('.') : -1;
  const [id, attribute, ...more] =
    typeof argument === 'string'
      ? dot < 0
        ? [argument]
        : [argument.slice(0, dot), argument.slice(dot + 1)]
      : ((Array.isArray(argument) ? argument : []) as unknown[]);
  const isRight =
    typeof id === 'string' && id !== '' && attribute !== '' && mayBeText(attribute) && !more.length;
  return isRight ? [id, attribute] : undefined;
}

/** What a template writes where text belongs; a number or a boolean that is written down is text. */
export function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a value is the call of a function. */
export function isCall(value: unknown): boolean {
  return isObject(value) && callIn(value) !== undefined;
}

/** Whether a value is text, or a function that may come to it. */
export function mayBeText(value: unknown): boolean {
  return isText(value) || isCall(value);
}
