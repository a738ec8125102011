import type { Account } from '../state/account';
import { badRequest } from '../errors';
import { pick } from '../state/ids';
import type { PageInput } from '../types';

/** An item and its position in the order of a listing. */
export interface Placed<Item> {
  place: string;
  item: Item;
}

/**
 * One page of a listing. It visits at most one item more than it returns.
 *
 * "The implementation might return fewer than MaxResults descriptions while still including a NextToken" (AWS FSx API
 * reference, DescribeFileSystems): about every second page is one item short. A token contains the position in the order, so
 * that no item is skipped after deletions.
 *
 * @param listings Each returns the items after a position, in order.
 */
export function page<Item>(
  account: Account,
  input: PageInput,
  ...listings: ((place: string) => Iterable<Placed<Item>>)[]
): { items: Item[]; next?: string } {
  const after = input.NextToken === undefined ? '' : placeOf(input.NextToken);
  let size = Math.min(input.MaxResults ?? account.pageSize, account.pageSize);
  const places = listings
    .flatMap((listing) => first(listing(after), size + 1))
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  if (places.length > size && size > 1 && pick(2, 'short', after) === 0) size -= 1;
  const shown = places.slice(0, size);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    ...(last && places.length > size
      ? { next: Buffer.from(`after:${last.place}`).toString('base64') }
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

function placeOf(token: string): string {
  const place = /^after:([0-9a-f]{24})$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (place === undefined) throw badRequest(`Invalid NextToken: ${token}`);
  return place;
}
