/**
 * Guesses of the valid value that the author of an invalid one meant, for suggestions in messages: a bucket name instead of a
 * path, an alias without its prefix. Undefined without a plausible guess. A guess is not always valid.
 */

/** Words that switch something on or off, or stand for nothing. They are no names of buckets and keys. */
const SWITCHES = /^(true|false|yes|no|on|off|none|null|nil|default|enabled?|disabled?|string)$/i;

/** Words in placeholders, which somebody has yet to replace by a value. */
export const TO_REPLACE = /your|change.?me|replace|placeholder|todo|dummy|x{3,}|[<>]|\.{3}/i;

const isNoName = (value: string): boolean => SWITCHES.test(value) || TO_REPLACE.test(value);

/** `s3://bucket/prefix` from the name, the ARN or the URL of a bucket. */
export function meantPath(value: string): string | undefined {
  for (const form of PATHS) {
    const { bucket, prefix = '' } = form.exec(value)?.groups ?? {};
    if (bucket !== undefined && isNoName(bucket)) return undefined;
    if (bucket !== undefined) return `s3://${bucket}${prefix}`;
  }
  return undefined;
}

const BUCKET = '(?<bucket>[A-Za-z0-9][A-Za-z0-9._-]{2,254})';
const PREFIX = '(?<prefix>/[^?#]*)?$';
const PATHS = [
  `^s3:?//?/?${BUCKET}${PREFIX}`,
  `^arn:aws[a-z-]*:s3:::${BUCKET}${PREFIX}`,
  `^https?://s3[a-z0-9.-]{0,63}\\.amazonaws\\.com[a-z.]{0,9}/${BUCKET}${PREFIX}`,
  `^https?://(?<bucket>[a-z0-9][a-z0-9.-]{2,62})\\.s3[a-z0-9.-]{0,63}\\.amazonaws\\.com[a-z.]{0,9}${PREFIX}`,
  `^${BUCKET}${PREFIX}`,
].map((form) => new RegExp(form, 'i'));

/** `alias/name` from a bare name. A text that looks like the beginning of a key ID is not taken for a name. */
export function meantKey(value: string): string | undefined {
  const isName = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/.test(value) && value.length <= 250;
  if (!isName || isNoName(value) || /^(alias|key|mrk-)|^[0-9a-f-]+$/i.test(value)) return undefined;
  return `alias/${value}`;
}

/** The ARN of a log group from its name, as an expression of a template. */
export const logGroupArn = (value: string): string | undefined =>
  /^\/?aws\/fsx[A-Za-z0-9._/#-]*$/.test(value)
    ? `!Sub arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/${value.replace(/^\//, '')}`
    : undefined;

/** `HH:MM` from a time without its leading zero or its colon, or with seconds. */
export function meantTime(value: string): string | undefined {
  const written = value.replace(/^(\d{1,2})(\d{2})$/, '$1:$2');
  const [, hour, minute] = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(written) ?? [];
  return hour && minute && Number(hour) < 24 && Number(minute) < 60
    ? `${hour.padStart(2, '0')}:${minute}`
    : undefined;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `d:HH:MM` from a day's name, as RDS uses it, from 0 for Sunday, as cron uses it, or from a time without its leading zero. */
export function meantDay(value: string): string | undefined {
  const [, day = '', time = ''] =
    /^([a-z]{3,9}|[0-7])[ :]+(\d{1,2}:\d{2})(?:-.{1,20})?$/i.exec(value) ?? [];
  const number = DAYS.indexOf(day.slice(0, 3).toLowerCase()) + 1 || Number(day === '0' ? 7 : day);
  const meant = meantTime(time);
  return meant !== undefined && number >= 1 ? `${number}:${meant}` : undefined;
}

/** The Lustre network ID of an address or a CIDR block. */
export function meantClient(value: string): string | undefined {
  const [, address = '', bits = '32'] =
    /^([0-9.*]{3,15})(?:\/([0-9]{1,2}))?(?:@tcp0?)?$/.exec(value) ?? [];
  const parts = address.split('.');
  const prefix = Number(bits);
  if (parts.length !== 4 || prefix > 32 || !parts.every((part) => /^(\d{1,3}|\*)$/.test(part)))
    return undefined;
  const ranges = parts.map((part, index) => {
    const free = part === '*' ? 8 : Math.min(8, Math.max(0, 8 * (index + 1) - prefix));
    const size = 2 ** free;
    const first = part === '*' ? 0 : Math.floor(Number(part) / size) * size;
    return size === 1 ? String(first) : `[${first}-${first + size - 1}]`;
  });
  return `${ranges.join('.')}@tcp`;
}
