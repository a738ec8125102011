/** The explorer refuses what the one before it refused. */
import fc from 'fast-check';
import { checkPartial } from '../../src/lustre/partial';
import { PROPERTY_NAMES } from '../../src/lustre/shapes';
import { Unknown } from '../../src/lustre/unknown';
import type { Violation } from '../../src/lustre/violations';
import { accepted, mixed } from './arbitraries';
import { checkPartial as checkBefore } from './before/partial';
import { Unknown as UnknownBefore } from './before/unknown';

interface Known {
  mayBeAbsent?: true;
  among?: readonly string[];
}

/** What makes an unknown of a property, of which there are two classes. */
type Hide = (text: string, known: Known) => unknown;

const kinds = fc.constantFrom('unknown', 'absent', 'among', 'part');
const hidden = fc.uniqueArray(fc.tuple(fc.constantFrom(...PROPERTY_NAMES), kinds), {
  maxLength: 6,
  selector: ([name]) => name,
});

function model(properties: object, names: readonly (readonly [string, string])[], hide: Hide) {
  const whole: Record<string, unknown> = { ...properties };
  for (const [name, kind] of names) {
    const value = whole[name];
    if (kind === 'part' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const [first, ...members] = Object.entries(value);
      if (first) whole[name] = { ...Object.fromEntries(members), [first[0]]: hide(first[0], {}) };
    } else if (kind === 'among' && ['string', 'number'].includes(typeof value)) {
      whole[name] = hide(name, { among: [String(value), '1'] });
    } else whole[name] = hide(name, kind === 'absent' ? { mayBeAbsent: true } : {});
  }
  return whole;
}

/** What it does not depend on, the one before told more of than rules looked at. */
const told = (violations: readonly Violation[]) =>
  violations.map(({ message, severity = 'error', ...rest }) => ({
    ...rest,
    value: undefined,
    severity,
    message: message.replace(/ This does not depend on .*/, ' Whatever.'),
  }));

test.each([true, false])('deferToFsx %s', (deferToFsx) => {
  fc.assert(
    fc.property(fc.oneof(mixed, accepted), hidden, (properties, names) => {
      const now = model(properties, names, (text, known) => new Unknown(text, known));
      const before = model(properties, names, (text, known) => new UnknownBefore(text, known));
      expect(told(checkPartial(now, { deferToFsx }))).toEqual(
        told(checkBefore(before, { deferToFsx })),
      );
    }),
    { numRuns: 500 },
  );
});
