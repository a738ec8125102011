import { fileSystemId, notFound } from './file-system-id';
import type { HandlerRequest, ActionResult } from './action';
import { toModel } from './model';

/** Describes the file system. */
export async function read(invocation: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(invocation);
  const fileSystem = id === undefined ? undefined : await invocation.fsx.describe(id);
  // A file system that is being deleted counts as deleted, because nothing can keep it.
  if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw notFound(invocation);
  return { status: 'SUCCESS', model: toModel(fileSystem, invocation) };
}
