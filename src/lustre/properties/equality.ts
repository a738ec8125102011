import { LEFT_OUT, leftOut } from './left-out';
import type { LogConfiguration, LustreProperties, RootSquashConfiguration } from '../properties';
import { rowOf } from './property-table';

/**
 * Whether two values of a property mean the same to FSx. Only the members of the wanted value are compared, because FSx fills
 * in the others (the log group, the IOPS of a mode).
 */
export function isEquivalentProperty(
  name: keyof LustreProperties,
  wanted: unknown,
  actual: unknown,
): boolean {
  if (wanted === undefined) return true;
  const found = actual ?? leftOut(name);
  if (found === undefined) return false;
  switch (rowOf(name).compared) {
    case 'key':
      return sameKey(wanted as string, found as string);
    case 'root squash':
      return sameSquash(wanted as RootSquashConfiguration, found as RootSquashConfiguration);
    case 'log group':
      return sameLog(wanted as LogConfiguration, found as LogConfiguration);
    default:
      return isEquivalent(wanted, found);
  }
}

/** Without root squash, NoSquashNids have no effect. With it, omitting them exempts no client. */
function sameSquash(wanted: RootSquashConfiguration, actual: RootSquashConfiguration): boolean {
  return (
    (squashesNobody(wanted) && squashesNobody(actual)) ||
    isEquivalent({ ...wanted, NoSquashNids: wanted.NoSquashNids ?? [] }, actual)
  );
}

function squashesNobody({ RootSquash }: RootSquashConfiguration): boolean {
  const off = LEFT_OUT.RootSquashConfiguration.RootSquash;
  return (RootSquash ?? off) === off;
}

/** Fn::GetAtt returns the ARN of a log group with the suffix :*. */
function sameLog({ Destination, ...wanted }: LogConfiguration, actual: LogConfiguration): boolean {
  const group = Destination?.replace(/:\*$/, '');
  return isEquivalent({ ...wanted, Destination: group }, actual);
}

/**
 * FSx returns the ARN of the key in all cases. An alias cannot be resolved here, so it counts as equal to the file system's
 * key; CloudFormation itself compares the templates.
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

function isEquivalent(wanted: unknown, actual: unknown): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) return Array.isArray(actual) && sameSet(wanted, actual);
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    const theirs = actual as Record<string, unknown>;
    return Object.entries(wanted).every(([member, value]) =>
      isEquivalent(value, theirs[member] ?? emptyLike(value)),
    );
  }
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
