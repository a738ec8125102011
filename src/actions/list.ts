import type { HandlerRequest, ActionResult } from './action';
import { toModel } from './model';

/** One page of the account's Lustre file systems. FSx lists file systems of all types together, so a page may be empty. */
export async function list(invocation: HandlerRequest): Promise<ActionResult> {
  const { fileSystems, nextToken } = await invocation.fsx.page(invocation.nextToken);
  const models = fileSystems
    .filter(({ Lifecycle }) => Lifecycle !== 'DELETING')
    .map((fileSystem) => toModel(fileSystem, invocation));
  return { status: 'SUCCESS', models, ...(nextToken !== undefined && { nextToken }) };
}
