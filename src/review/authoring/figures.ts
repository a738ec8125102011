/** Throughput and cost in short form: `960 MB/s · 672 USD a month`. */
import type { PartialEstimate } from '../../lustre/unresolved/estimate';
import { estimatePartial } from '../../lustre/unresolved/estimate';
import { amount, money } from '../../lustre/wording';
import type { Row } from '../estimate';
import type { Configuration } from './configurations';

/** The figures of one resource, as ranges from the lowest to the highest; undefined if there are none. */
export function figuresOf(
  rows: readonly Pick<Row, 'estimate' | 'violations'>[],
): string | undefined {
  const valid = rows.filter(({ violations }) => violations.length === 0);
  const rates = valid.flatMap(({ estimate }) => estimate.throughput?.baseline ?? []);
  const costs = valid.flatMap(({ estimate }) => estimate.cost?.monthly ?? []);
  const parts = [
    ...(rates.length > 0 ? [`${span(rates, amount)} MB/s`] : []),
    ...(costs.length > 0 ? [`${span(costs, dollars)} USD a month`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function span(values: readonly number[], words: (value: number) => string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? words(least) : `${words(least)} to ${words(most)}`;
}

/** USD, with cents only if there are any. */
const dollars = (usd: number): string => money(usd).replace(/\.00$/, '');

/** The figures of one configuration. */
export function figuresOfConfiguration({
  model,
  type,
  options,
}: Configuration): string | undefined {
  const estimate = estimatePartial(model, { ...options.costs, defaults: type.defaults });
  return figuresOf([{ estimate, violations: [] }]);
}

/** An estimate in sentences: throughput, burst, cost by component and what the prices are based on. */
export function describeEstimate({ throughput, cost, waiting }: PartialEstimate): string[] {
  const open =
    waiting.length === 0 ? [] : [`Not known before the deployment: ${waiting.join(', ')}.`];
  const rates =
    throughput && `${amount(throughput.baseline)} MB/s, bursts of ${amount(throughput.burst)} MB/s`;
  const costs = cost && `${money(cost.monthly)} USD a month`;
  const parts = Object.entries(cost?.breakdown ?? {}).map(
    ([name, usd]: [string, number]) => `${name} ${money(usd)}`,
  );
  return [
    ...(rates !== undefined ? [rates] : []),
    ...(costs !== undefined ? [parts.length > 1 ? `${costs}: ${parts.join(', ')}` : costs] : []),
    ...(cost ? [cost.basis] : []),
    ...open,
  ];
}
