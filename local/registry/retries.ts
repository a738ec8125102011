import type { ProgressEvent } from './protocol';

/**
 * The handler error codes of type "Retriable"; all others are "Terminal".
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 */
const RETRIABLE: ReadonlySet<string> = new Set([
  'NetworkFailure',
  'ResourceConflict',
  'ServiceInternalError',
  'Throttling',
]);

/**
 * How often a stack sends one event before it takes a retriable error for the answer. CloudFormation's own number is not
 * on record; it is the one that it names for deletions in the cleanup phase.
 */
export const ATTEMPTS = 3;

const FIRST_DELAY_SECONDS = 5;

/** Whether the same event may be answered otherwise a moment later. */
export function isRetriable({ status, errorCode = '' }: ProgressEvent): boolean {
  return status === 'FAILED' && RETRIABLE.has(errorCode);
}

/** Seconds to wait after so many attempts, which double each time. */
export function retryDelay(attempt: number): number {
  return FIRST_DELAY_SECONDS * 2 ** (attempt - 1);
}
