import { badRequest } from '../errors';
import type { Tag } from '../types';

const MOST_TAGS = 50;

/** AWS's own, which nobody else sets, and which do not count. */
const isReserved = ({ Key: key }: Tag): boolean => key.toLowerCase().startsWith('aws:');

/** The tags of a request. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = new Set<string>();
  for (const tag of tags) {
    const { Key: key } = tag;
    if (isReserved(tag)) throw badRequest(`Tag keys beginning with aws: are reserved: ${key}`);
    if (keys.has(key)) throw badRequest(`Duplicate tag keys found: ${key}`);
    keys.add(key);
  }
  checkTagCount(tags);
}

/** The tags that a resource would have, AWS's own among them. */
export function checkTagCount(tags: readonly Tag[]): void {
  const own = tags.filter((tag) => !isReserved(tag));
  if (own.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags.`);
}
