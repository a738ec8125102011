/**
 * Reads the callback context that CloudFormation sends back. It is input from outside: each member is checked against its
 * shape and dropped if it does not match, so that nothing is returned that this version did not write. The names are those of
 * 0.1.0, because its operations may be in progress when a new version becomes the default.
 */
import type { FinalBackup } from '../fsx/requests';
import { isObject } from '../lustre/json';
import type { Tag } from '../lustre/properties';
import type { CallbackContext, LeftStep, RequestedStep } from './action';

/** Reads a value; undefined if it does not have the shape. */
type Read<T> = (value: unknown) => T | undefined;

/** UTF-16 code units. The longest text that handlers write is FSx's message about a failure, with advice. */
const LONGEST_TEXT = 4096;
const MOST_ITEMS = 50;

const flag: Read<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A count, or a time in milliseconds since 1970. */
const number: Read<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const text: Read<string> = (value) =>
  typeof value === 'string' && value.length <= LONGEST_TEXT ? value : undefined;

const list =
  <T>(item: Read<T>): Read<T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > MOST_ITEMS) return undefined;
    const items = value.map(item);
    return items.every((one) => one !== undefined) ? items : undefined;
  };

type Shape<T> = { readonly [Name in keyof T]-?: Read<Exclude<T[Name], undefined>> };

/** An object with these members; undefined without a required one. */
const object =
  <T extends object>(shape: Shape<T>, needed: readonly (keyof T)[] = []): Read<T> =>
  (value) => {
    if (!isObject(value)) return undefined;
    const names = Object.keys(shape) as (keyof T & string)[];
    const members = names
      .map((name) => [name, shape[name](value[name])] as const)
      .filter(([, member]) => member !== undefined);
    const found = Object.fromEntries(members) as T;
    return needed.every((name) => name in found) ? found : undefined;
  };

const tag = object<Tag>({ Key: text, Value: text }, ['Key', 'Value']);
const step = object<RequestedStep>(
  { name: text, unseen: number, state: text, requestedAt: number, askedAt: number },
  ['name', 'unseen'],
);
const left = object<LeftStep>({ name: text, subjects: text }, ['name', 'subjects']);

const callbackContext = object<CallbackContext>({
  pace: number,
  throttledFrom: number,
  started: flag,
  seen: flag,
  unseen: number,
  absentFrom: number,
  failed: text,
  waited: number,
  setbacks: number,
  unknownFrom: number,
  finalBackup: object<FinalBackup>({ tags: list(tag) }),
  note: text,
  begun: number,
  acceptedAt: number,
  creatingFrom: number,
  refusedAt: number,
  since: number,
  step,
  taken: list(text),
  askedAt: number,
  taggedAt: number,
  tagCalls: number,
  left: list(left),
  cooling: number,
});

/** The callback context of the previous invocation; empty if there was none. */
export function readCallbackContext(value: unknown): CallbackContext {
  return callbackContext(value) ?? {};
}
