/** The summary of the chosen configuration: size, throughput, cost, and what the prices are based on. */
import { whyNoAdvice, type Advice } from '../lustre/estimates/advice';
import { whyNoCost } from '../lustre/estimates/cost';
import { amount, joinWithAnd, money } from '../lustre/wording';
import { markShape, rate } from '../plot/cost-plot';
import { shape } from '../plot/shape';
import { drawing, element, fill } from './elements';
import type { Plan } from './plan';
import { priceNotice } from './price-notice';

/** The mark of a kind of storage, as in the plot. */
export const markOf = (advice: Advice, isFilled = true): SVGElement =>
  drawing(
    shape(
      'svg',
      { viewBox: '-8 -8 16 16', width: 16, height: 16, class: 'mark-icon', 'aria-hidden': 'true' },
      markShape(advice.offering.name, isFilled),
    ),
  );

/** The size in a few words: `21,600 GiB at 250 MB/s per TiB`. */
export function sizeWords({ properties }: Advice): string {
  const { StorageCapacity, PerUnitStorageThroughput: tier, DriveCacheType } = properties;
  const { ThroughputCapacity, MetadataConfiguration: metadata, EfaEnabled } = properties;
  return [
    StorageCapacity === undefined ? 'elastic' : `${amount(StorageCapacity)} GiB`,
    tier === undefined ? '' : `${tier} MB/s per TiB`,
    ThroughputCapacity === undefined ? '' : `${amount(ThroughputCapacity)} MB/s`,
    DriveCacheType === 'READ' ? 'read cache' : '',
    metadata?.Iops === undefined ? '' : `${amount(metadata.Iops)} IOPS`,
    EfaEnabled ? 'EFA' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

export function showAnswer(parent: Element, plan: Plan): void {
  const { chosen, advice, need, pricing } = plan;
  if (chosen === undefined) {
    fill(
      parent,
      element('h2', { class: 'eyebrow' }, 'Nothing meets this'),
      element('p', { class: 'none' }, whyNoAdvice(need, pricing)),
    );
    return;
  }
  const { baseline, burst } = chosen.throughput;
  fill(
    parent,
    priceNotice(
      advice.flatMap(({ cost }) => (cost ? [cost.priceBasis] : [])),
      pricing.region,
    ),
    element(
      'h2',
      { class: 'eyebrow' },
      chosen === advice[0] ? firstWords(plan) : chosenWords(plan),
    ),
    element(
      'div',
      { class: 'headline' },
      element(
        'div',
        { class: 'what' },
        element('p', { class: 'big' }, markOf(chosen), chosen.offering.name),
        element('p', { class: 'size' }, sizeWords(chosen)),
        element(
          'p',
          { class: 'facts' },
          element('span', {}, element('b', {}, rate(baseline)), ' baseline'),
          burst > baseline
            ? element('span', {}, element('b', {}, rate(burst)), ' burst')
            : element('span', {}, 'no burst'),
        ),
      ),
      costPart(chosen, pricing.region),
    ),
    element('p', { class: 'why' }, chosen.why),
  );
}

const firstWords = ({ advice: [first] }: Plan): string =>
  first?.cost === undefined ? 'Smallest that meets this' : 'Cheapest that meets this';

function chosenWords({ chosen, advice: [first] }: Plan): string {
  const more = (chosen?.cost?.monthly ?? NaN) - (first?.cost?.monthly ?? NaN);
  if (chosen?.billedByUse || Number.isNaN(more)) return 'Your choice';
  return `Your choice: ${money(more)} USD a month more than the cheapest`;
}

function costPart({ cost, billedByUse }: Advice, region: string): HTMLElement {
  if (cost === undefined)
    return element(
      'div',
      { class: 'cost' },
      element('p', { class: 'big' }, 'No cost'),
      element('p', { class: 'basis' }, whyNoCost(region) ?? 'No price is known.'),
    );
  const lines = Object.entries(cost.breakdown) as [string, number][];
  return element(
    'div',
    { class: 'cost' },
    element(
      'p',
      { class: 'big' },
      money(cost.monthly),
      element('span', { class: 'unit' }, ` USD a month${billedByUse ? ', and use' : ''}`),
    ),
    lines.length > 1
      ? element(
          'p',
          { class: 'breakdown' },
          joinWithAnd(lines.map(([component, usd]) => `${COMPONENTS[component] ?? component} ${money(usd)}`)), // oxfmt-ignore
        )
      : undefined,
    element('p', { class: 'basis' }, cost.basis),
  );
}

const COMPONENTS: Readonly<Record<string, string>> = {
  Storage: 'storage',
  ThroughputTier: 'throughput tier',
  ReadCache: 'read cache',
  MetadataIops: 'metadata IOPS',
  ThroughputCapacity: 'throughput',
};
