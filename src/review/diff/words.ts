/** The steps and figures of a verdict as text, for every output. */
import { capitalized } from '../../lustre/wording';
import type { ChangeStep, Verdict } from './change';

/**
 * A step as text: the changed properties, then sentences on what clients notice, the duration, and what FSx refuses for six
 * hours afterward.
 */
export function stepWords(step: ChangeStep): {
  readonly subject: string;
  readonly sentences: readonly [effect: string, ...others: string[]];
} {
  const { properties, interruption, duration, rest, erases } = step;
  return {
    subject: Object.keys(properties).join(', '),
    sentences: [
      `${interruption}.`,
      `${capitalized(duration)}.`,
      ...(erases === undefined ? [] : [`It erases ${erases}.`]),
      ...(rest === undefined ? [] : [`For six hours afterward, FSx refuses ${rest}.`]),
    ],
  };
}

/** `240 → 960`, or one number if both are equal. */
export function arrow(
  { before, after }: Verdict['monthlyCost'],
  write: (value: number) => string,
): string {
  const [from = '', to = ''] = [before, after].map((value) =>
    value === null ? 'unknown' : write(value),
  );
  return from === to ? from : `${from} → ${to}`;
}
