import { badRequest } from '../errors';
import type { Tag } from '../types';

const MOST_TAGS = 50;

/** Reserved keys, which only AWS sets and which do not count towards the limit. */
const isReserved = (key: string): boolean => key.toLowerCase().startsWith('aws:');

/**
 * Keys that a request sets or removes: "If a tag has a tag key with this prefix, then you can't edit or delete the tag's key
 * or value." https://docs.aws.amazon.com/fsx/latest/LustreGuide/tag-resources.html
 */
export function checkKeys(keys: readonly string[]): void {
  const reserved = keys.find(isReserved);
  if (reserved !== undefined)
    throw badRequest(`Tag keys beginning with aws: are reserved: ${reserved}`);
}

/** The tags of a request. */
export function checkTags(tags: readonly Tag[]): void {
  checkKeys(tags.map(({ Key: key }) => key));
  const keys = new Set<string>();
  for (const { Key: key } of tags) {
    if (keys.has(key)) throw badRequest(`Duplicate tag keys found: ${key}`);
    keys.add(key);
  }
  checkTagCount(tags);
}

/** The tags that a resource would have, including reserved ones. */
export function checkTagCount(tags: readonly Tag[]): void {
  const own = tags.filter(({ Key: key }) => !isReserved(key));
  if (own.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags.`);
}
