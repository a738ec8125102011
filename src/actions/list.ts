import type { HandlerRequest, ActionResult } from './action';
import { toModel } from './model';

/** One page of the account's Lustre file systems. FSx mixes all its types in a listing, so a page may come out empty. */
export async function list(invocation: HandlerRequest): Promise<ActionResult> {
  const { fileSystems, nextToken } = await invocation.fsx.page(invocation.nextToken);
  const models = fileSystems
    .filter(({ Lifecycle }) => Lifecycle !== 'DELETING')
    .map((fileSystem) => toModel(fileSystem, invocation));
  return { status: 'SUCCESS', models, ...(nextToken !== undefined && { nextToken }) };
}
