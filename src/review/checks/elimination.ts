/** Values that are only known to be none of those that the template mentions. */
import { Unknown } from '../../lustre/unknown';
import type { ObjectValue, UnknownValue, Value } from '../../template/values';

/**
 * The properties, in which a value that is none of those that the template compares it with may be any value; undefined if
 * there is no such value.
 */
export function withoutElimination(properties: Value): ObjectValue | undefined {
  if (properties.kind !== 'object') return undefined;
  const opened = [...properties.members].flatMap(([name, { at, value }]) => {
    const to = value.kind === 'unknown' ? openedValue(value) : withoutElimination(value);
    return to ? [[name, { at, value: to }] as const] : [];
  });
  if (opened.length === 0) return undefined;
  return { ...properties, members: new Map([...properties.members, ...opened]) };
}

function openedValue(value: UnknownValue): UnknownValue | undefined {
  const { not, ...known } = value.unknown.known;
  return not && !known.among
    ? { ...value, unknown: new Unknown(value.unknown.text, known) }
    : undefined;
}
