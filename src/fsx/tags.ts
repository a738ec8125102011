import type { Tag } from '../lustre/properties';

/**
 * The tags of the resource and the stack. If both have a key, the resource's tag wins. Tags of the stack whose keys begin with
 * aws: are omitted, such as those of Service Catalog: only AWS may set them, and FSx refuses them.
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/autotags.html
 */
export function mergeTags(
  stackTags: Readonly<Record<string, string>>,
  tags: readonly Tag[] = [],
): Tag[] {
  const merged = new Map(Object.entries(stackTags).filter(([key]) => !key.startsWith('aws:')));
  for (const { Key, Value } of tags) merged.set(Key, Value);
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}

/** The changes of tags. */
export interface TagChange {
  /** Tags to set: new ones, and those with another value. */
  set: Tag[];
  /** Keys to remove. */
  remove: string[];
}

/**
 * The changes from the tags of the file system to the desired ones. Only tags of the previous template are removed; tags that
 * somebody else attached stay.
 */
export function tagChange(
  current: readonly Tag[],
  previous: readonly Tag[],
  wanted: readonly Tag[],
): TagChange {
  const now = new Map(current.map(({ Key, Value }) => [Key, Value]));
  const keep = new Set(wanted.map(({ Key }) => Key));
  return {
    set: wanted.filter(({ Key, Value }) => now.get(Key) !== Value),
    remove: previous.map(({ Key }) => Key).filter((key) => now.has(key) && !keep.has(key)),
  };
}
