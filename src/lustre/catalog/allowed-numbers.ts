import { joinWithOr } from '../wording';

/** The largest integer of the FSx API, which has 32 bits. */
export const INTEGER_MAXIMUM = 2 ** 31 - 1;

/**
 * The numbers that FSx allows for a property, in the two forms of AWS's documentation: "1200 or a multiple of 2400", "1500,
 * 3000, 6000 or a multiple of 12000 up to 192000".
 */
export interface AllowedNumbers {
  /** Allowed beside the multiples, smallest first. */
  readonly also: readonly number[];
  /** Every positive multiple is allowed, up to `maximum`. */
  readonly multipleOf: number;
  /** The largest allowed number. Absent where only a quota limits it, which AWS raises on request. */
  readonly maximum?: number;
}

/** Whether FSx allows the number. */
export function allows(steps: AllowedNumbers, value: number): boolean {
  return (
    steps.also.includes(value) ||
    (value > 0 && value % steps.multipleOf === 0 && value <= (steps.maximum ?? INTEGER_MAXIMUM))
  );
}

/** The allowed numbers nearest to a number: the next below and above, or the number itself if it is allowed. */
export function nearest(steps: AllowedNumbers, value: number): number[] {
  const { also, multipleOf } = steps;
  const last = Math.floor((steps.maximum ?? INTEGER_MAXIMUM) / multipleOf) * multipleOf;
  const multiple = Math.floor(value / multipleOf) * multipleOf;
  const below = [...also, Math.min(multiple, last)].filter((step) => step > 0 && step <= value);
  const above = [...also, Math.max(multiple, 0) + multipleOf].filter(
    (step) => step > value && step <= last,
  );
  return allows(steps, value)
    ? [value]
    : [
        ...(below.length ? [Math.max(...below)] : []),
        ...(above.length ? [Math.min(...above)] : []),
      ];
}

/** The smallest allowed number that is not less than `least`; undefined if there is none. */
export function smallest(steps: AllowedNumbers, least: number): number | undefined {
  const { also, multipleOf, maximum = INTEGER_MAXIMUM } = steps;
  const multiple = Math.max(1, Math.ceil(least / multipleOf)) * multipleOf;
  return [...also, ...(multiple <= maximum ? [multiple] : [])]
    .filter((step) => step >= least)
    .sort((a, b) => a - b)[0];
}

/** The allowed numbers that `describeAllowed` lists. Empty if it lists one only, because that is not the only one allowed. */
export const choicesOf = ({ also, multipleOf }: AllowedNumbers): number[] =>
  also.length > 0 ? [...also, multipleOf] : [];

/** The rule as text, such as `1200 or a multiple of 2400`. */
export function describeAllowed({ also, multipleOf, maximum }: AllowedNumbers): string {
  if (maximum === multipleOf) return joinWithOr([...also, multipleOf]);
  const limit = maximum === undefined ? '' : ` up to ${maximum}`;
  return joinWithOr([...also, `a multiple of ${multipleOf}${limit}`]);
}
