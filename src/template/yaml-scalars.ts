import type { Scalar, ScalarNode } from './node';

/** A plain scalar, with its text if that is another number: 0500 is 320. */
export function plainScalar(text: string): Pick<ScalarNode, 'value' | 'written'> {
  const value = plainValue(text);
  return typeof value === 'number' && String(value) !== text ? { value, written: text } : { value };
}

/** The value of a plain scalar. CloudFormation reads YAML 1.1, in which `yes` is true and 6:00:00 is a number. */
export function plainValue(text: string): Scalar {
  // Fast path: no special value begins with these letters.
  if (/^[A-DG-MP-SU-XZa-dg-mp-su-xz]/.test(text)) return text;
  if (/^(~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  const number = /^[-+.\d]/.test(text) ? numberOf(text) : undefined;
  // Not a number: 12e4567 is more likely the hash of a commit.
  return number !== undefined && Number.isFinite(number) ? number : text;
}

function numberOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  const [sign, size] = digits.startsWith('-')
    ? [-1, digits.slice(1)]
    : [1, digits.replace(/^\+/, '')];
  if (/^(0|[1-9]\d*)(\.\d*)?([eE][-+]?\d+)?$/.test(size) || /^(\d+\.\d*|\.\d+)$/.test(size)) {
    return sign * Number(size);
  }
  if (/^0[0-7]+$/.test(size)) return sign * parseInt(size, 8);
  if (/^0x[\da-fA-F]+$/.test(size) || /^0b[01]+$/.test(size)) return sign * Number(size);
  if (/^[1-9]\d*(:[0-5]?\d)+$/.test(size)) {
    return sign * size.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  }
  return undefined;
}
