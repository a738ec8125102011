import { isObject } from '../registry/protocol';
import type { ResourceEvent } from './resources';
import { MASK } from './stack-template';

/** An event of a resource, with asterisks for secret values. */
export function maskedEvent(event: ResourceEvent, secrets: readonly string[]): ResourceEvent {
  if (secrets.length === 0) return event;
  const { properties, previous, reason } = event;
  // A secret may be a part of another one.
  const longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  return {
    ...event,
    ...(masked({ properties, previous, reason }, longestFirst) as Partial<ResourceEvent>),
  };
}

function masked(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => (secret ? text.replaceAll(secret, MASK) : text), value);
  }
  if (Array.isArray(value)) return value.map((item) => masked(item, secrets));
  if (!isObject(value)) return value;
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(given.map(([name, member]) => [name, masked(member, secrets)]));
}
