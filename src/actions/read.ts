import { fileSystemId, notFound } from './file-system-id';
import type { HandlerRequest, ActionResult } from './action';
import { toModel } from './model';

/** Describe the one file system. */
export async function read(invocation: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(invocation);
  const fileSystem = id === undefined ? undefined : await invocation.fsx.describe(id);
  // A file system that is being deleted cannot be kept: for a template it is gone.
  if (!fileSystem || fileSystem.Lifecycle === 'DELETING') throw notFound(invocation);
  return { status: 'SUCCESS', model: toModel(fileSystem, invocation) };
}
