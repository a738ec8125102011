import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerJson, bodyOf } from '../../http';
import { errorBody, FsxError } from '../errors';
import { isOperation, OPERATIONS, UNMODELED, type Operation } from './shapes';

/** AWS JSON 1.1 over HTTP: parses requests and writes responses. */
const TARGET_PREFIX = 'AWSSimbaAPIService_v20180301';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** Larger than any request that the shapes allow. */
const LARGEST_BODY = 1024 * 1024;

/** The body as text. @throws FsxError if it is too large. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const body = await bodyOf(request, LARGEST_BODY);
  if (body !== undefined) return body;
  throw new FsxError(
    'RequestEntityTooLargeException',
    `The request body is larger than ${LARGEST_BODY} bytes`,
    {},
    413,
  );
}

/** The operation in the target header. */
export function operationOf(request: IncomingMessage): Operation {
  const target = String(request.headers['x-amz-target'] ?? '');
  const [prefix, name = ''] = target.split('.');
  if (request.method !== 'POST' || prefix !== TARGET_PREFIX || !isOperation(name)) {
    throw new FsxError('UnknownOperationException', notDone(target, name));
  }
  return name;
}

/** The message for an operation of FSx that the local one does not have, and for one that does not exist. */
function notDone(target: string, name: string): string {
  if (target === '') return 'The request has no X-Amz-Target header';
  if (!UNMODELED.includes(name)) return `Unknown: ${target}`;
  return `The local FSx does not model ${name}. It models ${OPERATIONS.join(', ')}.`;
}

export function parseBody(text: string): unknown {
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new FsxError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new FsxError('SerializationException', 'The request body is not a JSON object');
  }
  return body;
}

export function answer(response: ServerResponse, requestId: string, output: object): void {
  const headers = { 'content-type': CONTENT_TYPE, 'x-amzn-RequestId': requestId };
  answerJson(response, { status: 200, headers, body: output });
}

export function answerError(response: ServerResponse, requestId: string, error: FsxError): void {
  const headers = {
    'content-type': CONTENT_TYPE,
    'x-amzn-RequestId': requestId,
    'x-amzn-ErrorType': error.code,
  };
  answerJson(response, { status: error.status, headers, body: errorBody(error) });
}

/** A proxy between client and service responds with HTML. */
export function answerUnavailable(response: ServerResponse, status = 503): void {
  response.writeHead(status, { 'Content-Type': 'text/html' });
  response.end(`<html><body><b>Http/1.1 ${status} ${STATUS_CODES[status] ?? ''}</b></body></html>`);
}
