import type { Account } from '../state/account';
import { backupArn } from './backups';
import { exists, fileSystemArn } from './describe';
import { FsxError, resourceNotFound } from '../errors';
import { page } from './paging';
import { checkTags } from '../rules/tags';
import type { ListTagsInput, Tag, TagResourceInput, UntagResourceInput } from '../types';

/** TagResource, UntagResource and ListTagsForResource, on file systems and backups. */
export function tagResource(account: Account, input: TagResourceInput): object {
  const holder = taggable(account, input.ResourceARN);
  checkTags(input.Tags);
  const given = new Map(input.Tags.map((tag) => [tag.Key, tag]));
  const kept = holder.tags().filter((tag) => !given.has(tag.Key));
  const tags = [...kept, ...given.values()];
  checkTags(tags);
  holder.set(tags);
  return {};
}

/** A key that the resource does not have is no error. */
export function untagResource(account: Account, input: UntagResourceInput): object {
  const holder = taggable(account, input.ResourceARN);
  holder.set(holder.tags().filter((tag) => !input.TagKeys.includes(tag.Key)));
  return {};
}

export function listTagsForResource(
  account: Account,
  input: ListTagsInput,
): { Tags: Tag[]; NextToken?: string } {
  const holder = taggable(account, input.ResourceARN);
  const { items, next } = page(account, input, holder.tags(), (tag) => tag.Key);
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
  const { state, clock } = account;
  const now = clock.now();
  const kind = /:([^:/]+)\/[^:]+$/.exec(arn)?.[1] ?? '';
  if (!FSX_RESOURCES.includes(kind)) {
    throw new FsxError(
      'NotServiceResourceError',
      `The ARN '${arn}' does not name a resource of Amazon FSx.`,
      { ResourceARN: arn },
    );
  }
  const record =
    state.fileSystems.find(
      (candidate) => exists(candidate, now) && fileSystemArn(account, candidate.id) === arn,
    ) ?? state.backups.find((candidate) => backupArn(account, candidate.id) === arn);
  if (record) return { tags: () => record.tags, set: (tags) => void (record.tags = tags) };
  const other = state.others.find((candidate) => candidate.ResourceARN === arn);
  if (other) return { tags: () => other.Tags, set: (tags) => void (other.Tags = tags) };
  throw resourceNotFound(arn);
}
