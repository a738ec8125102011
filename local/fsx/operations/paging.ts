import type { Account } from '../state/account';
import { badRequest } from '../errors';
import { digest, pick } from '../state/ids';
import type { PageInput } from '../types';

/**
 * One page of a listing.
 *
 * "The implementation might return fewer than MaxResults descriptions while still including a
 * NextToken", and "the order is unspecified" (AWS FSx API reference, DescribeFileSystems): the
 * order here is that of a hash of the id, and about every second page is one short. A token
 * names the place in that order, so that deletions in between lose nothing.
 */
export function page<Item>(
  account: Account,
  input: PageInput,
  all: readonly Item[],
  idOf: (item: Item) => string,
): { items: Item[]; next?: string } {
  const after = input.NextToken === undefined ? '' : placeOf(input.NextToken);
  const places = all
    .map((item) => ({ item, place: digest('order', idOf(item)).slice(0, 24) }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .filter(({ place }) => place > after);
  let size = Math.min(input.MaxResults ?? account.pageSize, account.pageSize);
  if (places.length > size && size > 1 && pick(2, 'short', after) === 0) size -= 1;
  const items = places.slice(0, size);
  const last = items.at(-1);
  return {
    items: items.map(({ item }) => item),
    ...(last && places.length > size
      ? { next: Buffer.from(`after:${last.place}`).toString('base64') }
      : {}),
  };
}

function placeOf(token: string): string {
  const place = /^after:([0-9a-f]{24})$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (place === undefined) throw badRequest(`Invalid NextToken: ${token}`);
  return place;
}
