import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';

const MOST_SHOWN = 3;

/** The units of attributes that are decimal numbers as text, including those of the members of objects. */
const UNITS: Record<string, string> = {
  EstimatedBaselineThroughput: ' MB/s',
  EstimatedBurstThroughput: ' MB/s',
  EstimatedMonthlyCost: ' USD a month',
  EstimatedMonthlyCostBreakdown: ' USD a month',
};

/** The rows of the attributes' table: the values after the creation, and those after the update. */
export function attributeRows(
  attributes: string[],
  created: Properties,
  updated: Properties,
): [name: string, value: string][] {
  return attributes
    .filter((name) => !name.includes('.') && name in updated)
    .map((name) => [name, readable(name, created[name], updated[name]) + (UNITS[name] ?? '')]);
}

/** A value for readers, as `before → now` if a single value has changed. */
function readable(name: string, before: unknown, now: unknown): string {
  if (Array.isArray(now)) return beginning(now);
  if (isObject(now)) {
    const parts = isObject(before) ? before : {};
    return Object.entries(now)
      .map(([part, value]) => `${part} ${readable(name, parts[part], value)}`)
      .join(', ');
  }
  const [old, current] = [before, now].map((value) => scalar(name, value));
  return before === undefined || before === now ? (current ?? '') : `${old} → ${current}`;
}

/** The first few values: a file system with many servers has many network interfaces. */
function beginning(values: unknown[]): string {
  const shown = values.slice(0, MOST_SHOWN).join(', ');
  const more = values.length - MOST_SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

const scalar = (name: string, value: unknown): string =>
  name in UNITS ? grouped(String(value)) : String(value);

/** A decimal number with thousands separators. */
function grouped(decimal: string): string {
  const [whole, ...fraction] = decimal.split('.');
  return [Number(whole).toLocaleString('en-US'), ...fraction].join('.');
}

/** The changes of an update, such as `StorageCapacity 4800 → 7200`. */
export function changes(previous: Properties, desired: Properties): string {
  const names = Object.keys({ ...previous, ...desired });
  return names
    .filter((name) => JSON.stringify(previous[name]) !== JSON.stringify(desired[name]))
    .map((name) => `${name} ${brief(previous[name])} → ${brief(desired[name])}`)
    .join(', ');
}

/** A property's value, shortened for a heading. */
export function brief(value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value
    .map((item) =>
      isObject(item) && 'Key' in item ? `${String(item.Key)}=${String(item.Value)}` : brief(item),
    )
    .join(', ');
}

/** The lines of another resource's properties that contain a value of a resource of the main type. */
export function linesWith(properties: Properties, models: Properties[]): string[] {
  const values = models.flatMap((model) =>
    ['FileSystemId', 'DNSName', 'MountName', 'ResourceARN'].map((name) => model[name]),
  );
  const given = values.filter((value): value is string => typeof value === 'string');
  return texts(properties)
    .flatMap((text) => text.split('\n'))
    .filter((line) => given.some((value) => line.includes(value)));
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
