import type { Credentials } from '../../sdk/client-settings';
import { withoutSecrets } from './secrets';
import { cutInTheMiddle } from '../../lustre/wording';

/** A failed call to FSx, read: whoever failed it, and what it says. */
export interface Failure {
  /**
   * Who answered. `aws`: FSx, or AWS before it. `other`: something that is not AWS. `cut`: FSx, with an answer that broke
   * off. `nobody`: there was no answer.
   */
  answeredBy: 'aws' | 'other' | 'cut' | 'nobody';
  /** The error's names: FSx's, the SDK's or Node's. */
  names: readonly string[];
  /** Its words, in one line and without secrets. */
  said: string;
  /** HTTP status, where there was an answer. */
  status: number | undefined;
  /** FSx's own number of the request, which AWS Support asks for. */
  requestId: string | undefined;
  members: ErrorMembers;
  /** Where FSx was asked, such as eu-west-1; undefined where it is not told. */
  region: string | undefined;
}

/**
 * What FSx sends beside the message of an error, as far as its operations on Lustre file systems use it.
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html#API_CreateFileSystem_Errors
 */
export interface ErrorMembers {
  /** ServiceLimitExceeded: the limit, by its name in the API. */
  Limit?: string;
  /** IncompatibleParameterError: the parameter that does not fit. */
  Parameter?: string;
  /** InvalidNetworkSettings: what does not exist, or is not in the VPC. */
  InvalidSubnetId?: string;
  InvalidSecurityGroupId?: string;
  InvalidRouteTableId?: string;
}

/** What the SDK throws: FSx's own errors, AWS's general ones, and what happens on the way. */
interface Thrown extends ErrorMembers {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  Message?: unknown;
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $response?: { headers?: Readonly<Record<string, string>> };
}

/** UTF-16 code units of a message that are looked at. FSx's own are 256 characters at most, IAM's three times as long. */
const LONGEST = 2048;

/**
 * Reads anything that a call threw.
 *
 * @param credentials what the call was signed with, which must not show up in its words
 * @param region where FSx was asked
 */
export function readFailure(thrown: unknown, credentials?: Credentials, region?: string): Failure {
  const error = unwrapped(typeof thrown === 'object' && thrown !== null ? thrown : {});
  const names = [error.name, error.code].filter((name): name is string => typeof name === 'string');
  const { httpStatusCode: status, requestId } = error.$metadata ?? {};
  const answeredBy = answerer(error, names, status);
  const [said = ''] = wordsOf(error, thrown).trim().split('\n');
  const words = answeredBy === 'aws' ? said : aboutAnswer(answeredBy, said, error);
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

/** FSx names each of its errors; the SDK calls one without a name Unknown, and fails to parse what is not JSON. */
function answerer(
  error: Thrown,
  names: readonly string[],
  status: number | undefined,
): Failure['answeredBy'] {
  if (status === undefined) return 'nobody';
  if (names.includes('SyntaxError')) return contentType(error).includes('json') ? 'cut' : 'other';
  return names.includes('Unknown') ? 'other' : 'aws';
}

function aboutAnswer(answeredBy: Failure['answeredBy'], said: string, error: Thrown): string {
  const status = error.$metadata?.httpStatusCode ?? 0;
  switch (answeredBy) {
    case 'nobody':
      return said;
    case 'cut':
      return `the response with HTTP status ${status} was cut off`;
    default: {
      // The parser's complaint about HTML is nobody's answer.
      const words = /JSON|UnknownError/.test(said) ? contentType(error) : said;
      return `HTTP status ${status} with a response that is not from FSx${words && ` (${words})`}`;
    }
  }
}

function contentType({ $response }: Thrown): string {
  return /^[\w.+-]+\/[\w.+-]+/.exec($response?.headers?.['content-type'] ?? '')?.[0] ?? '';
}

function wordsOf({ message, Message }: Thrown, thrown: unknown): string {
  const words = typeof thrown === 'string' ? thrown : (message ?? Message);
  return typeof words === 'string' && words !== '' ? words : 'no message';
}

/**
 * The SDK wraps an error of another realm (Node's own, inside a test runner's sandbox) in text. Node repeats the code of a
 * system error in its message.
 */
function unwrapped(error: Thrown): Thrown {
  const [, name, message] =
    /^AWS SDK error wrapper for (\w+): (.*)$/s.exec(String(error.message)) ?? [];
  if (name === undefined || message === undefined) return error;
  const [code] = /\bE[A-Z]{3,}(?:_[A-Z]+)*\b/.exec(message) ?? [];
  return { ...error, name, message, code };
}
