import type { Credentials } from '../../sdk/client-settings';
import { cutInTheMiddle } from '../../lustre/wording';

/** Shorter credentials are placeholders, as in tests and with a local FSx. They may be part of any word. */
const SHORTEST = 8;

/**
 * Parts of signed requests, as they appear in error messages and addresses: AWS repeats the canonical request if a signature
 * does not match, and a proxy repeats its own address.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const PATTERNS: readonly [RegExp, string][] = [
  // The user name and password in an address, and its query string.
  [/(\/\/)[^\s/@]+@/g, '$1***@'],
  [/(https?:\/\/[^\s?]+)\?[^\s)'"]*/g, '$1'],
  // Parameters, headers and members with these names.
  [
    /((?:x-amz-(?:security-token|signature|credential)|authorization|signature|credential|session_?token|secret_?access_?key|password)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|(?:AWS4-HMAC-SHA256\s+)?[^\s,;&]+)/gi,
    '$1***',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g, '***'],
  // The input of sts:DecodeAuthorizationMessage, which contains the whole request.
  [/(encoded authorization failure message:?\s*)\S+/gi, '$1***'],
  // A session token: base64, longer than any name or ID.
  [/[A-Za-z0-9+/_-]{200,}={0,2}/g, '***'],
];

/**
 * Longer texts are cut after the known credentials have been removed, because the time of the patterns depends on the length.
 */
const LONGEST = 8192;

/** Removes the known credentials, and everything that looks like one, from a text. */
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
