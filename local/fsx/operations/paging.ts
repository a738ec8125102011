import type { Account } from '../state/account';
import { badRequest } from '../errors';
import { digest, pick } from '../state/ids';
import type { Records } from '../state/records';
import type { Filter, PageInput } from '../types';

/** An item and its position in the order of a listing. */
export interface Placed<Item> {
  place: string;
  item: Item;
}

/** Sorts by the position in a listing. */
export const byPlace = (one: { place: string }, other: { place: string }): number =>
  one.place < other.place ? -1 : 1;

/** The filters that can match a record, by name. Filters with other names match none. */
export type Filters<T> = Readonly<Record<string, (record: T, value: string) => boolean>>;

/** As `page`, of the records that exist and match each filter of a request. */
export const filteredPage = <T extends object>(
  account: Account,
  listing: string,
  input: PageInput & { Filters?: Filter[] },
  records: Records<T>,
  known: Filters<T>,
  exists: (record: T) => boolean = () => true,
): { items: T[]; next?: string } =>
  page(account, listing, input, function* (behind): Generator<Placed<T>> {
    for (const { place, record } of records.behind(behind)) {
      const matches = (input.Filters ?? []).every(({ Name: name = '', Values: values = [] }) =>
        values.some((value) => known[name]?.(record, value) ?? false),
      );
      if (matches && exists(record)) yield { place, item: record };
    }
  });

/**
 * One page of a listing. It visits at most one item more than it returns.
 *
 * "The implementation might return fewer than MaxResults descriptions while still including a NextToken" (AWS FSx API
 * reference, DescribeFileSystems): about every second page is one item short. A token contains the position in the order, so
 * that no item is skipped after deletions. It is valid only for the same listing with the same filters: it is not documented
 * whether FSx accepts it for another one.
 *
 * @param listing The name of the listing.
 * @param listings Each returns the items after a position, in order.
 */
export function page<Item>(
  account: Account,
  listing: string,
  input: PageInput,
  ...listings: ((place: string) => Iterable<Placed<Item>>)[]
): { items: Item[]; next?: string } {
  const scope = scopeOf(listing, input);
  const after = input.NextToken === undefined ? '' : placeOf(input.NextToken, scope);
  let size = Math.min(input.MaxResults ?? account.pageSize, account.pageSize);
  const places = listings
    .flatMap((itemsBehind) => first(itemsBehind(after), size + 1))
    .sort(byPlace);
  if (places.length > size && size > 1 && pick(2, 'short', after) === 0) size -= 1;
  const shown = places.slice(0, size);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    ...(last && places.length > size
      ? { next: Buffer.from(`${scope}:${last.place}`).toString('base64') }
      : {}),
  };
}

function first<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

/** What a listing lists: its name, and its request without the members that choose a page. */
function scopeOf(listing: string, input: PageInput): string {
  const filters: PageInput = { ...input };
  delete filters.MaxResults;
  delete filters.NextToken;
  return digest(listing, JSON.stringify(filters)).slice(0, 16);
}

function placeOf(token: string, scope: string): string {
  const [, of, place] =
    /^([0-9a-f]{16}):([0-9a-f]{24})$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (place === undefined || of !== scope) throw invalidToken(token);
  return place;
}

/** The refusal of a token that does not come from a previous page. */
export const invalidToken = (token: string) => badRequest(`Invalid NextToken: ${token}`);
