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
 * The most attempts with one event before a stack accepts a retriable error. CloudFormation's own number is not recorded;
 * this is the one that it documents for deletions in the cleanup phase.
 */
export const ATTEMPTS = 3;

const FIRST_DELAY_SECONDS = 5;

/** Whether a retry of the same event may succeed. */
export function isRetriable({ status, errorCode = '' }: ProgressEvent): boolean {
  return status === 'FAILED' && RETRIABLE.has(errorCode);
}

/** Seconds to wait after an attempt. They double each time. */
export function retryDelay(attempt: number): number {
  return FIRST_DELAY_SECONDS * 2 ** (attempt - 1);
}
