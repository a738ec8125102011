/** The table of choices, and why other configurations are not among them. */
import { OFFERINGS } from '../lustre/catalog/catalog';
import { advise, beatenBy, lacksOf, type Advice } from '../lustre/estimates/advice';
import { laterChanges } from '../lustre/changes/later';
import { pricesOf } from '../lustre/estimates/wording';
import { joinWithAnd, money } from '../lustre/wording';
import { choiceOf, rate } from '../plot/cost-plot';
import { markOf, sizeWords } from './answer';
import { element, fill, type Content } from './elements';
import type { Change, Plan } from './plan';

const DURABILITY: Readonly<Record<Advice['offering']['durability'], string>> = {
  none: 'lost if a server fails',
  zone: 'kept in its zone',
  zones: 'kept in several zones',
};

export function showChoices(parent: Element, plan: Plan, change: Change): void {
  const { best, chosen } = plan;
  const shown = chosen && !best.includes(chosen) ? [...best, chosen] : best;
  const marked = shown.some(({ cost }) => cost && pricesOf([cost.priceBasis]) !== '');
  fill(
    parent,
    element('h2', { id: 'choices-title' }, 'Best choices'),
    shown.length === 0
      ? undefined
      : element(
          'table',
          { class: 'choices' },
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              element('th', { scope: 'col' }, 'Choice'),
              element('th', { scope: 'col', class: 'number' }, 'Baseline'),
              element('th', { scope: 'col', class: 'number' }, 'Burst'),
              element('th', { scope: 'col' }, 'Data'),
              element('th', { scope: 'col', class: 'later-words' }, 'Later'),
              element('th', { scope: 'col', class: 'number' }, 'USD a month'),
              marked ? element('th', { scope: 'col' }, 'Prices of') : undefined,
            ),
          ),
          element(
            'tbody',
            {},
            shown.map((each) => row(each, plan, marked, change)),
          ),
        ),
  );
}

function row(
  advice: Advice,
  { chosen, best, pricing: { region } }: Plan,
  marked: boolean,
  change: Change,
): HTMLElement {
  const { properties, throughput, cost, offering, billedByUse } = advice;
  const choice = choiceOf(properties);
  const isChosen = advice === chosen;
  const radio = element('input', {
    type: 'radio',
    name: 'choice',
    value: choice,
    checked: isChosen,
    'data-key': `row ${choice}`,
  });
  radio.addEventListener('change', () => {
    change({ choice });
  });
  const isBeaten = !best.includes(advice);
  return element(
    'tr',
    { class: isChosen ? 'chosen' : undefined },
    element(
      'th',
      { scope: 'row' },
      element(
        'label',
        { class: 'choice' },
        radio,
        markOf(advice, !isBeaten),
        element(
          'span',
          {},
          element('b', {}, offering.name),
          isBeaten ? ' (beaten)' : undefined,
          element('span', { class: 'size' }, sizeWords(advice)),
        ),
      ),
    ),
    element('td', { class: 'number', 'data-label': 'Baseline' }, rate(throughput.baseline)),
    element(
      'td',
      { class: 'number', 'data-label': 'Burst' },
      throughput.burst > throughput.baseline ? rate(throughput.burst) : 'none',
    ),
    element('td', { 'data-label': 'Data' }, DURABILITY[offering.durability]),
    element('td', { class: 'later-words', 'data-label': 'Later' }, laterWords(advice)),
    element(
      'td',
      { class: 'number money', 'data-label': 'USD a month' },
      cost ? money(cost.monthly) : 'unknown',
      billedByUse ? element('span', { class: 'size' }, 'and use') : undefined,
    ),
    marked
      ? element(
          'td',
          { class: 'nowrap', 'data-label': 'Prices of' },
          cost ? pricesOf([cost.priceBasis]) || region : '',
        )
      : undefined,
  );
}

/** What can be changed later, and in which direction: `capacity ↑, throughput ↑↓`. */
function laterWords({ properties }: Advice): string {
  const possible = laterChanges(properties).filter((each) => each.possible);
  const words = ['capacity', 'throughput', 'metadata IOPS'].flatMap((subject) => {
    const ways = possible
      .filter(({ name }) => name.endsWith(subject))
      .map(({ name }) => (name.startsWith('More') ? '↑' : '↓'));
    return ways.length === 0 ? [] : [`${subject} ${ways.join('')}`];
  });
  return words.length === 0 ? 'nothing of its size' : words.join(', ');
}

/** The configurations that are not among the choices, and why: one that beats them, what they lack, or what they cost. */
export function showOthers(parent: Element, plan: Plan, change: Change): void {
  const { advice, best, need, pricing } = plan;
  const beaten = advice.filter((each) => !best.includes(each));
  const anyCost =
    need.maximumCost === undefined ? [] : advise({ ...need, maximumCost: Infinity }, pricing);
  const known = new Set(advice.map(({ properties }) => choiceOf(properties)));
  const dear = anyCost.filter(({ properties }) => !known.has(choiceOf(properties)));
  const lacking = OFFERINGS.flatMap((offering) => {
    const reasons = lacksOf(offering, need, pricing);
    return reasons.length === 0 ? [] : [{ name: offering.name, reasons }];
  });
  const rows: Content[] = [
    ...beaten.map((each) => beatenRow(each, advice, change)),
    ...dear.map((each) =>
      line(
        each.offering.name,
        sizeWords(each),
        each.cost
          ? `It costs ${money(each.cost.monthly)} USD a month, more than the maximum.`
          : 'No price is known.',
      ),
    ),
    ...lacking.map(({ name, reasons }) => line(name, '', reasons.join(' '))),
  ];
  fill(
    parent,
    element('h2', { id: 'others-title' }, 'Why not the others'),
    rows.length === 0
      ? element('p', {}, 'There are no others.')
      : element('ul', { class: 'others' }, rows),
  );
}

const line = (name: string, size: string, why: string): HTMLElement =>
  element(
    'li',
    {},
    element('b', {}, name),
    size === '' ? undefined : element('span', { class: 'size' }, size),
    element('span', { class: 'why' }, why),
  );

function beatenRow(each: Advice, advice: readonly Advice[], change: Change): HTMLElement {
  const made = line(each.offering.name, sizeWords(each), whyBeaten(each, beatenBy(each, advice)));
  const choice = choiceOf(each.properties);
  const button = element(
    'button',
    { type: 'button', class: 'link', 'data-key': `other ${choice}` },
    'show it',
  );
  button.setAttribute('aria-label', `show it: ${each.offering.name}, ${sizeWords(each)}`);
  button.addEventListener('click', () => {
    change({ choice });
  });
  made.lastElementChild?.append(' ', button);
  return made;
}

function whyBeaten(each: Advice, winner: Advice | undefined): string {
  if (winner === undefined) return '';
  const saved = (each.cost?.monthly ?? 0) - (winner.cost?.monthly ?? 0);
  const faster = winner.throughput.baseline - each.throughput.baseline;
  const name = `${winner.offering.name} with ${sizeWords(winner)}`;
  const better = [
    saved > 0 ? `costs ${money(saved)} USD less` : 'costs the same',
    faster > 0 ? `is faster by ${rate(faster)}` : 'is as fast',
    ...(winner.throughput.burst > each.throughput.burst && saved <= 0 && faster <= 0
      ? [`bursts to ${rate(winner.throughput.burst)}`]
      : []),
  ];
  return `${name} ${joinWithAnd(better)}.`;
}
