import type { Credentials } from '../../sdk/client-settings';
import { withoutSecrets } from './secrets';
import { cutInTheMiddle } from '../../lustre/wording';

/** A failed call to FSx: who responded, and with what. */
export interface Failure {
  /**
   * Who responded. `aws`: FSx, or AWS before FSx. `other`: something that is not AWS. `cut`: FSx, with a response that was
   * cut off. `malformed`: anybody, with a success in another form than that of the FSx API. `nobody`: there was no response.
   */
  answeredBy: 'aws' | 'other' | 'cut' | 'malformed' | 'nobody';
  /** The names of the error: those of FSx, the SDK or Node. */
  names: readonly string[];
  /** The message, on one line and without secrets. */
  said: string;
  /** HTTP status; undefined without a response. */
  status: number | undefined;
  /** FSx's request ID, for AWS Support. */
  requestId: string | undefined;
  members: ErrorMembers;
  /** The region of the call, such as eu-west-1; undefined if it is not known. */
  region: string | undefined;
}

/**
 * What FSx's error responses contain in addition to the message, for the operations on Lustre file systems.
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html#API_CreateFileSystem_Errors
 */
export interface ErrorMembers {
  /** ServiceLimitExceeded: the API's name of the limit. */
  Limit?: string;
  /** IncompatibleParameterError: the invalid parameter. */
  Parameter?: string;
  /** InvalidNetworkSettings: the ID that does not exist, or is not in the VPC. */
  InvalidSubnetId?: string;
  InvalidSecurityGroupId?: string;
  InvalidRouteTableId?: string;
}

/** The errors that the SDK throws: those of FSx, AWS's common errors, and those of the connection. */
interface Thrown extends ErrorMembers {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  Message?: unknown;
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $response?: { headers?: Readonly<Record<string, string>> };
}

/**
 * UTF-16 code units of a message that are examined. FSx's own messages have at most 256 characters, IAM's about three times
 * as many.
 */
const LONGEST = 2048;

/**
 * Reads anything that a call threw.
 *
 * @param credentials The credentials of the call, which are removed from the message.
 * @param region The region of the call.
 */
export function readFailure(thrown: unknown, credentials?: Credentials, region?: string): Failure {
  const error = unwrapped(typeof thrown === 'object' && thrown !== null ? thrown : {});
  const names = [error.name, error.code].filter((name): name is string => typeof name === 'string');
  const { httpStatusCode: status, requestId } = error.$metadata ?? {};
  const answeredBy = answerer(error, names, status);
  const [said = ''] = wordsOf(error, thrown).trim().split('\n');
  const words = answeredBy === 'aws' ? fromAws(said) : aboutAnswer(answeredBy, said, error);
  return {
    answeredBy,
    names,
    said: cutInTheMiddle(withoutSecrets(words, credentials), LONGEST),
    status,
    requestId,
    members: error,
    region,
  };
}

/**
 * Who responded. FSx gives each of its errors a name. The SDK calls an error without one Unknown, fails to parse a response
 * that is not JSON, and throws Node's own errors about values that it does not expect.
 */
function answerer(
  error: Thrown,
  names: readonly string[],
  status: number | undefined,
): Failure['answeredBy'] {
  if (status === undefined) return 'nobody';
  if (names.includes('SyntaxError')) return isCut(error) ? 'cut' : 'other';
  if (names.some((name) => UNEXPECTED_VALUE.has(name))) return status < 300 ? 'malformed' : 'other';
  return names.includes('Unknown') ? 'other' : 'aws';
}

/**
 * Whether a response that is not valid JSON is the beginning of one of FSx. The content type alone does not tell: Amazon API
 * Gateway, for example, gives a page of HTML the type application/json unless told otherwise.
 */
function isCut(error: Thrown): boolean {
  return contentType(error).includes('json') && !NEVER_JSON.test(String(error.message));
}

/**
 * How V8 says that a text cannot become JSON, however it goes on. It says it of no beginning of a JSON text. What it says of
 * `{{`, it also says of `{`.
 */
const NEVER_JSON =
  /^(?:Unexpected (?:token|non-whitespace character)|Bad (?:control|escaped) character) | is not valid JSON/;

/** The SDK makes up this text for an error without a message. */
function fromAws(said: string): string {
  return said === 'UnknownError' ? NO_MESSAGE : said;
}

/** Stands for the message of an error that has none. */
export const NO_MESSAGE = 'no message';

const UNEXPECTED_VALUE: ReadonlySet<string> = new Set(['TypeError', 'RangeError']);

function aboutAnswer(answeredBy: Failure['answeredBy'], said: string, error: Thrown): string {
  const status = error.$metadata?.httpStatusCode ?? 0;
  switch (answeredBy) {
    case 'nobody':
      return said;
    case 'cut':
      return `the response with HTTP status ${status} was cut off`;
    case 'malformed':
      return `the response with HTTP status ${status} is not a valid FSx API response`;
    default: {
      // The parser's message about HTML is not part of the response.
      const isParser = /JSON|UnknownError/.test(said) || UNEXPECTED_VALUE.has(String(error.name));
      const words = isParser ? contentType(error) : said;
      return `HTTP status ${status} with a response that is not from FSx${words && ` (${words})`}`;
    }
  }
}

function contentType({ $response }: Thrown): string {
  return /^[\w.+-]+\/[\w.+-]+/.exec($response?.headers?.['content-type'] ?? '')?.[0] ?? '';
}

function wordsOf({ message, Message }: Thrown, thrown: unknown): string {
  const words = typeof thrown === 'string' ? thrown : (message ?? Message);
  return typeof words === 'string' && words !== '' ? words : NO_MESSAGE;
}

/** Inside a test runner, the SDK converts Node's own errors to text. Node repeats the code of a system error in its message. */
function unwrapped(error: Thrown): Thrown {
  const [, name, message] =
    /^AWS SDK error wrapper for (\w+): (.*)$/s.exec(String(error.message)) ?? [];
  if (name === undefined || message === undefined) return error;
  const [code] = /\bE(?:[A-Z]{3,}|[A-Z]+(?:_[A-Z]+)+)\b/.exec(message) ?? [];
  return { ...error, name, message, code };
}
