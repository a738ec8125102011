import { hash } from 'node:crypto';

/** IDs that are derived from other IDs. They are reproducible, and have the form of FSx's. */
export const digest = (...parts: (string | number)[]): string => hash('sha256', parts.join('\n'));

/** 17 hexadecimal digits after a prefix, as in ids of FSx and EC2. */
export const resourceId = (prefix: string, ...parts: (string | number)[]): string =>
  `${prefix}-0${digest(prefix, ...parts).slice(0, 16)}`;

/** A number below `limit`. */
export const pick = (limit: number, ...parts: (string | number)[]): number =>
  Number.parseInt(digest(...parts).slice(0, 12), 16) % limit;

export function uuid(...parts: (string | number)[]): string {
  const hex = digest(...parts);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const MOUNT_NAME_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Eight characters, as in the mount names of all deployment types except SCRATCH_1. */
export const mountName = (...parts: (string | number)[]): string =>
  Array.from({ length: 8 }, (_, index) =>
    MOUNT_NAME_LETTERS.charAt(pick(MOUNT_NAME_LETTERS.length, 'mount', index, ...parts)),
  ).join('');
