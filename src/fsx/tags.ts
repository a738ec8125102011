import type { Tag } from '../lustre/properties';

/** Tags of the resource over those of the stack. System tags (aws:) are CloudFormation's own and FSx refuses them. */
export function mergeTags(
  stackTags: Readonly<Record<string, string>>,
  tags: readonly Tag[] = [],
): Tag[] {
  const merged = new Map(Object.entries(stackTags));
  for (const { Key, Value } of tags) merged.set(Key, Value);
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}

export interface TagChange {
  /** Tags to set, new or with another value. */
  set: Tag[];
  /** Keys to take away. */
  remove: string[];
}

/**
 * What turns the file system's tags into those wanted. Only a tag that the previous template had is ever taken away:
 * what somebody else attached stays.
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
