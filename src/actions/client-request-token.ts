import { createHash } from 'node:crypto';

/** FSx accepts 1 to 63 characters of [A-Za-z0-9_.-]. A hash of the operation's token always has this form. */
export function clientRequestToken(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 63);
}
