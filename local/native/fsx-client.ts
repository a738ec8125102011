import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';

/** An error of FSx, by its name in the service. */
export class FsxFailure extends Error {
  override readonly name = 'FsxFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Calls an operation of FSx. @throws FsxFailure if FSx refuses it or does not respond. */
export type Fsx = (operation: string, input: Properties) => Promise<Properties>;

/** The name of the error if there was no response. */
export const NO_ANSWER = 'NoAnswer';

/**
 * An FSx client for an endpoint. It uses the JSON protocol without signatures, which a local FSx accepts. The messages of its
 * errors are those of the SDK for Java, which AWS's own handlers use.
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
