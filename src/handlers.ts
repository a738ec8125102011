import { answer } from './resource';
import { lambda } from './runtime/lambda';
import { registryEvent } from './runtime/test-event';

/** What CloudFormation invokes. */
export const entrypoint = lambda(answer);

/** What `sam local invoke TestEntrypoint` invokes; CloudFormation never does. */
export const testEntrypoint: typeof entrypoint = lambda(answer, registryEvent);
