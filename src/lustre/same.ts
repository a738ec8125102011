import { LEFT_OUT, leftOut } from './left-out';
import type { LustreProperties, RootSquashConfiguration } from './properties';

/**
 * Whether two values of a property mean the same to FSx. Only what the wanted value names is compared, because FSx fills
 * in the rest (the log group, the IOPS of a mode).
 */
export function sameProperty(
  name: keyof LustreProperties,
  wanted: unknown,
  actual: unknown,
): boolean {
  if (wanted === undefined) return true;
  const found = actual ?? leftOut(name);
  if (found === undefined) return false;
  if (name === 'KmsKeyId') return sameKey(wanted as string, found as string);
  if (name === 'RootSquashConfiguration' && [wanted, found].every(squashesNobody)) return true;
  return same(wanted, found, name);
}

/** Then nobody needs to be spared, so NoSquashNids mean nothing. */
function squashesNobody(squash: unknown): boolean {
  const off = LEFT_OUT.RootSquashConfiguration.RootSquash;
  return ((squash as RootSquashConfiguration).RootSquash ?? off) === off;
}

/**
 * FSx answers with the ARN of the key whatever was given. An alias cannot be resolved from here, so it is taken to be
 * the key that the file system has: CloudFormation itself compares the templates.
 */
function sameKey(wanted: string, actual: string): boolean {
  if (wanted === actual || isAlias(wanted) || isAlias(actual)) return true;
  return keyId(wanted) === keyId(actual);
}

function isAlias(key: string): boolean {
  return /^(arn:.*:)?alias\//.test(key);
}

function keyId(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).toLowerCase();
}

function same(wanted: unknown, actual: unknown, name: string): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) return Array.isArray(actual) && sameSet(wanted, actual);
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    const theirs = actual as Record<string, unknown>;
    const members = Object.entries(wanted);
    if (name === 'RootSquashConfiguration' && !('NoSquashNids' in wanted))
      members.push(['NoSquashNids', []]);
    return members.every(([member, value]) =>
      same(value, theirs[member] ?? emptyLike(value), member),
    );
  }
  if (name === 'Destination' && typeof wanted === 'string')
    return wanted.replace(/:\*$/, '') === actual;
  return wanted === actual;
}

function emptyLike(value: unknown): unknown {
  return Array.isArray(value) ? [] : undefined;
}

function sameSet(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  const [left, right] = [wanted, actual].map((items) =>
    [...new Set(items.map((item) => JSON.stringify(item)))].sort(),
  );
  return JSON.stringify(left) === JSON.stringify(right);
}
