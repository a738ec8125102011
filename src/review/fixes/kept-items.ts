/** The items of a list that stay when a repair wants a shorter one. */
import type { Node } from '../../template/node';
import { isSame } from './wanted';

/**
 * The indexes of the items to keep, if nothing but removing others is needed; undefined if it is not clear which. Of equal
 * items, the one that the finding is about is removed.
 *
 * @param valueOf The value that an item has with the default parameters.
 * @param isFound Whether the finding is about the item at an index.
 */
export function keptItems(
  items: readonly Node[],
  wanted: readonly unknown[],
  valueOf: (item: Node) => unknown,
  isFound: (index: number) => boolean,
): number[] | undefined {
  const ways = waysToKeep(items, wanted);
  if (ways.length < 2) return ways[0];
  const values = items.map((item) => asText(valueOf(item)));
  const right = ways.filter((kept) =>
    kept.every((index, place) => values[index] === asText(wanted[place])),
  );
  return right.find((kept) => !kept.some(isFound)) ?? right[0];
}

/** The most ways to remove items that are compared. */
const MOST_WAYS = 256;

/** The ways to remove items so that the wanted ones may be left: the indexes of those that are kept. */
function waysToKeep(items: readonly Node[], wanted: readonly unknown[]): number[][] {
  let ways: number[][] = [[]];
  for (const [place, value] of wanted.entries()) {
    const last = items.length - wanted.length + place;
    ways = ways.flatMap((kept) => {
      const next = items.map((_, index) => index).slice((kept.at(-1) ?? -1) + 1, last + 1);
      return next.flatMap((index) => {
        const item = items[index];
        return item && isSame(item, value) ? [[...kept, index]] : [];
      });
    });
    if (ways.length > MOST_WAYS) return [];
  }
  return ways;
}

/** A value as text, the same for a scalar and its text. Unknown values have their texts. */
const asText = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' || typeof each === 'boolean' ? String(each) : each,
  );
