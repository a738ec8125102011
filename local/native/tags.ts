import type { Properties, Tags } from '../registry/protocol';
import type { HandlerCall } from './handlers';

interface Tag {
  Key: string;
  Value: string;
}

/** The tags that a resource is to have: its own and those of the stack. If both have a key, its own tag wins. */
export function tagsOf({ Tags: own = [] }: Properties, stackTags: Tags): Tags {
  const named = (own as Tag[]).map(({ Key, Value }) => [Key, Value] as const);
  return { ...stackTags, ...Object.fromEntries(named) };
}

/** Tags in the form of the FSx API; nothing if there are none. */
export function requestTags(tags: Tags): { Tags?: Tag[] } {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length > 0 ? { Tags: list } : {};
}

/** Removes tags that neither the template nor the stack has any more, and then sets those that are new or changed. */
export async function updateTags(call: HandlerCall, ResourceARN: string): Promise<void> {
  const before = tagsOf(call.previous, call.previousStackTags);
  const after = tagsOf(call.desired, call.stackTags);
  const TagKeys = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  if (TagKeys.length > 0) await call.fsx('UntagResource', { ResourceARN, TagKeys });
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const { Tags: tags } = requestTags(Object.fromEntries(changed));
  if (tags) await call.fsx('TagResource', { ResourceARN, Tags: tags });
}
