import type { Credentials } from '../../sdk/client-settings';
import { cutInTheMiddle } from '../../lustre/wording';

/** Shorter than this, a credential is a stand-in, as in tests and with a local FSx: it may be part of any word. */
const SHORTEST = 8;

/**
 * What AWS signs requests with, as it appears in error texts and addresses: AWS repeats the canonical request of a
 * signature that does not match, and a proxy its own address.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const PATTERNS: readonly [RegExp, string][] = [
  // Name and password in an address, and everything after its question mark.
  [/(\/\/)[^\s/@]+@/g, '$1***@'],
  [/(https?:\/\/[^\s?]+)\?[^\s)'"]*/g, '$1'],
  // A parameter, header or member by its name.
  [
    /((?:x-amz-(?:security-token|signature|credential)|authorization|signature|credential|session_?token|secret_?access_?key|password)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|(?:AWS4-HMAC-SHA256\s+)?[^\s,;&]+)/gi,
    '$1***',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g, '***'],
  // What sts:DecodeAuthorizationMessage is needed for, with all of the request in it.
  [/(encoded authorization failure message:?\s*)\S+/gi, '$1***'],
  // A session token: base64, longer than any name or id.
  [/[A-Za-z0-9+/_-]{200,}={0,2}/g, '***'],
];

/** A text that is longer is cut, after the known credentials are out: the patterns take longer the longer it is. */
const LONGEST = 8192;

/** A text without the credentials that are known, and without what looks like one. */
export function withoutSecrets(text: string, credentials?: Credentials): string {
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = credentials ?? {};
  const clear = [accessKeyId, secretAccessKey, sessionToken]
    .filter(({ length }) => length >= SHORTEST)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return PATTERNS.reduce(
    (rest, [pattern, stars]) => rest.replace(pattern, stars),
    cutInTheMiddle(clear, LONGEST),
  );
}
