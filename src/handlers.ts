import { resource } from './resource';
import { testEvent } from './runtime/registry-resource';

/** What CloudFormation invokes. */
export const entrypoint = resource.handle;

/** What `sam local invoke TestEntrypoint` invokes; not part of the deployed function. */
export const testEntrypoint: typeof resource.handle = (event, context) =>
  resource.handle(testEvent(event), context);
