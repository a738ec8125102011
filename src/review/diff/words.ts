/** Steps and figures of a verdict, as every reader is told them. */
import { capitalized } from '../../lustre/wording';
import type { ChangeStep, Verdict } from './change';

/** What an update step changes, then in sentences: what clients notice, how long it takes, what does not follow for six hours. */
export function stepWords(step: ChangeStep): {
  readonly subject: string;
  readonly sentences: readonly [effect: string, ...others: string[]];
} {
  const { name, properties, interruption, duration, rest, erases } = step;
  return {
    subject: name === 'tags' ? 'Tags' : Object.keys(properties).join(', '),
    sentences: [
      `${interruption || 'clients notice nothing'}.`,
      ...(duration === '' ? [] : [`${capitalized(duration)}.`]),
      ...(erases === undefined ? [] : [`It erases ${erases}.`]),
      ...(rest === undefined ? [] : [`Not for six hours afterwards: ${rest}.`]),
    ],
  };
}

/** `240 → 960`; one number where both are the same. */
export function arrow(
  { before, after }: Verdict['monthlyCost'],
  write: (value: number) => string,
): string {
  const [from = '', to = ''] = [before, after].map((value) =>
    value === null ? 'unknown' : write(value),
  );
  return from === to ? from : `${from} → ${to}`;
}
