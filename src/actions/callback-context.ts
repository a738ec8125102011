/**
 * The callback context as CloudFormation sends it back. It comes from outside: each member is read by its shape, and what
 * does not fit is dropped, so that nothing is echoed that this version did not write. The names are those of 0.1.0, whose
 * operations may be under way when a new version becomes the default.
 */
import type { FinalBackup } from '../fsx/requests';
import type { Tag } from '../lustre/properties';
import type { CallbackContext, LeftStep, RequestedStep } from './action';

type Json = Readonly<Record<string, unknown>>;

/** Reads a value, or finds that it is none of this shape. */
type Read<T> = (value: unknown) => T | undefined;

/** UTF-16 code units; the longest text that is written is what FSx says about a failure, with what to do. */
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

/** An object with these members; one without a member that it needs is none. */
const object =
  <T extends object>(shape: Shape<T>, needed: readonly (keyof T)[] = []): Read<T> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const names = Object.keys(shape) as (keyof T & string)[];
    const members = names
      .map((name) => [name, shape[name]((value as Json)[name])] as const)
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

/** What the last invocation of this operation left; empty where there was none. */
export function readCallbackContext(value: unknown): CallbackContext {
  return callbackContext(value) ?? {};
}
