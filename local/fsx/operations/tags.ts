import type { Account } from '../state/account';
import { backupArn } from './backups';
import { associationArn, associationExists } from './describe-association';
import { taskArn, taskExists } from './describe-task';
import { fileSystemArn } from './describe';
import { FsxError, resourceNotFound } from '../errors';
import { findFileSystem } from './lookup';
import { byPlace, page } from './paging';
import { checkKeys, checkTagCount, checkTags } from '../rules/tags';
import { placeOf, type Records } from '../state/records';
import type { ListTagsInput, Tag, TagResourceInput, UntagResourceInput } from '../types';

/** TagResource, UntagResource and ListTagsForResource, for every resource with an ARN. */
export function tagResource(account: Account, input: TagResourceInput): object {
  const holder = taggable(account, input.ResourceARN);
  checkTags(input.Tags);
  const given = new Map(input.Tags.map((tag) => [tag.Key, tag]));
  const kept = holder.tags().filter((tag) => !given.has(tag.Key));
  const tags = [...kept, ...given.values()];
  checkTagCount(tags);
  holder.set(tags);
  return {};
}

/** A key that the resource does not have is not an error. */
export function untagResource(account: Account, input: UntagResourceInput): object {
  const holder = taggable(account, input.ResourceARN);
  checkKeys(input.TagKeys);
  holder.set(holder.tags().filter((tag) => !input.TagKeys.includes(tag.Key)));
  return {};
}

export function listTagsForResource(
  account: Account,
  input: ListTagsInput,
): { Tags: Tag[]; NextToken?: string } {
  const holder = taggable(account, input.ResourceARN);
  const { items, next } = page(account, 'tags', input, (place) => tagsBehind(holder, place));
  return { Tags: items, ...(next === undefined ? {} : { NextToken: next }) };
}

interface Holder {
  tags(): Tag[];
  set(tags: Tag[]): void;
}

const FSX_RESOURCES = [
  'file-system',
  'backup',
  'association',
  'file-cache',
  'snapshot',
  'storage-virtual-machine',
  'task',
  'volume',
];

function taggable(account: Account, arn: string): Holder {
  const { state } = account;
  const kind = /:([^:/]+)\/[^:]+$/.exec(arn)?.[1] ?? '';
  if (!FSX_RESOURCES.includes(kind)) {
    throw new FsxError(
      'NotServiceResourceError',
      `The ARN '${arn}' does not name a resource of Amazon FSx.`,
      { ResourceARN: arn },
    );
  }
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const record = findFileSystem(account, id);
  if (record && fileSystemArn(account, id) === arn) return holderOf(state.fileSystems, record);
  const backup = state.backups.get(id);
  if (backup && backupArn(account, id) === arn) return holderOf(state.backups, backup);
  const association = state.associations.get(id);
  if (
    association &&
    associationExists(account, association) &&
    associationArn(account, association) === arn
  ) {
    return holderOf(state.associations, association);
  }
  const task = state.tasks.get(id);
  if (task && taskExists(account, task) && taskArn(account, id) === arn) {
    return holderOf(state.tasks, task);
  }
  const other = state.others.get(id);
  if (other?.ResourceARN === arn) {
    return {
      tags: () => other.Tags,
      set: (tags) => {
        other.Tags = tags;
        state.others.changed(other);
      },
    };
  }
  throw resourceNotFound(arn);
}

const holderOf = <T extends { tags: Tag[] }>(records: Records<T>, record: T): Holder => ({
  tags: () => record.tags,
  set: (tags) => {
    record.tags = tags;
    records.changed(record);
  },
});

const tagsBehind = (holder: Holder, behind: string) =>
  holder
    .tags()
    .map((tag) => ({ place: placeOf(tag.Key), item: tag }))
    .filter(({ place }) => place > behind)
    .sort(byPlace);
