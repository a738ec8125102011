import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';

/** An error of FSx, by the name that the service gives it. */
export class FsxFailure extends Error {
  override readonly name = 'FsxFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Asks FSx for one operation. Throws FsxFailure where FSx refuses it or does not answer. */
export type Fsx = (operation: string, input: Properties) => Promise<Properties>;

/** What stands in for the name of an error where there was no answer. */
export const NO_ANSWER = 'NoAnswer';

/**
 * FSx at an endpoint, by its JSON protocol and unsigned, as a local one takes it. Messages of failures are worded as those of
 * the SDK for Java, in which AWS's own handlers are written.
 */
export function fsxAt(url: string): Fsx {
  return async (operation, input) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSSimbaAPIService_v20180301.${operation}`,
      },
      body: JSON.stringify(input),
    }).catch((error: unknown) => {
      throw new FsxFailure(NO_ANSWER, `Unable to execute HTTP request: ${String(error)}`);
    });
    const answer: unknown = await response.json().catch(() => ({}));
    const body = isObject(answer) ? answer : {};
    if (response.ok) return body;
    const { __type: code = 'UnknownError', Message: own, message = own } = body;
    const requestId = response.headers.get('x-amzn-requestid') ?? '';
    throw new FsxFailure(
      String(code),
      `${String(message)} (Service: FSx, Status Code: ${response.status}, Request ID: ${requestId})`,
    );
  };
}
