import { answer } from './resource';
import { lambda } from './runtime/lambda';
import { registryEvent } from './runtime/test-event';

/** The handler that CloudFormation invokes. */
export const entrypoint = lambda(answer);

/** The entry point of `sam local invoke TestEntrypoint`. CloudFormation does not invoke it. */
export const testEntrypoint: typeof entrypoint = lambda(answer, registryEvent);
