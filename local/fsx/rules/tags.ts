import { badRequest } from '../errors';
import type { Tag } from '../types';

const MOST_TAGS = 50;

/** The tags that a resource would have. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = new Set<string>();
  for (const { Key: key } of tags) {
    if (key.toLowerCase().startsWith('aws:')) {
      throw badRequest(`Tag keys beginning with aws: are reserved: ${key}`);
    }
    if (keys.has(key)) throw badRequest(`Duplicate tag keys found: ${key}`);
    keys.add(key);
  }
  if (tags.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags.`);
}
