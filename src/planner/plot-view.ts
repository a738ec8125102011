/** Shows the plot of a plan. Points can be inspected and chosen with the mouse, by touch and with the keyboard. */
import { amount, money } from '../lustre/wording';
import type { Advice } from '../lustre/estimates/advice';
import { choiceOf, drawCostPlot, rate } from '../plot/cost-plot';
import { shape } from '../plot/shape';
import { sizeWords } from './answer';
import { drawing, element, fill } from './elements';
import type { Change, Plan } from './plan';

/** The limits of the plot's height, px. */
const LOWEST = 240;
const HIGHEST = 380;
/** The size on an A4 page, px. */
export const PAPER = { width: 690, height: 165 };

/** Draws the plot in the size of its parent, or in `size`. */
export function showPlot(
  parent: HTMLElement,
  tip: HTMLElement,
  plan: Plan,
  change: Change,
  { width, height } = sizeFor(parent),
): void {
  const best = new Set(plan.best);
  const { need, pricing, advice } = plan;
  const picture = drawing(
    drawCostPlot(
      { need, pricing, advice, isUnbeaten: best.has.bind(best) },
      { width, height, hasTitle: false },
    ),
  );
  picture.setAttribute('role', 'radiogroup');
  picture.setAttribute('aria-label', 'Choices by throughput and cost');
  const byCost = new Map(advice.map(({ properties }, index) => [choiceOf(properties), index]));
  const placeOf = ({ dataset: { choice = '' } }: SVGElement): number => byCost.get(choice) ?? 0;
  const points = [...picture.querySelectorAll<SVGElement>('.point')].sort(
    (a, b) => placeOf(a) - placeOf(b),
  );
  for (const point of points) prepare(point, points, parent, tip, plan, change);
  // The chosen point is drawn on top and is the only tab stop; the arrow keys move to the others.
  const chosen = points.find(isChecked) ?? points.at(-1);
  chosen?.setAttribute('tabindex', '0');
  chosen?.parentNode?.append(chosen);
  tip.hidden = true;
  fill(parent, picture, tip);
}

function sizeFor(parent: HTMLElement): typeof PAPER {
  const width = Math.max(280, Math.floor(parent.clientWidth));
  return { width, height: Math.min(HIGHEST, Math.max(LOWEST, Math.round(width * 0.48))) };
}

const isChecked = (point: SVGElement): boolean => point.getAttribute('aria-checked') === 'true';

function prepare(
  point: SVGElement,
  all: readonly SVGElement[],
  parent: HTMLElement,
  tip: HTMLElement,
  plan: Plan,
  change: Change,
): void {
  const choice = point.dataset.choice ?? '';
  const advice = plan.advice.find(({ properties }) => choiceOf(properties) === choice);
  if (advice === undefined) return;
  point.setAttribute('role', 'radio');
  point.setAttribute('tabindex', '-1');
  point.setAttribute('data-key', `point ${choice}`);
  point.setAttribute('aria-checked', String(advice === plan.chosen));
  point.setAttribute('aria-label', wordsOf(advice, plan));
  const transform = point.querySelector('.mark')?.getAttribute('transform') ?? '';
  point.prepend(drawing(shape('circle', { class: 'ring', r: 9.5, fill: 'none', transform })));
  const show = (): void => {
    showTip(tip, advice, plan, point, parent);
  };
  const hide = (): void => {
    tip.hidden = true;
  };
  point.addEventListener('mouseenter', show);
  point.addEventListener('mouseleave', hide);
  point.addEventListener('focus', show);
  point.addEventListener('blur', hide);
  point.addEventListener('click', () => {
    change({ choice });
  });
  point.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const isPick = event.key === ' ' || event.key === 'Enter';
    if (step === undefined && !isPick) return;
    event.preventDefault();
    const next = step === undefined ? point : neighbor(point, all, step);
    next?.focus();
    const to = next?.dataset.choice;
    if (to !== undefined) change({ choice: to });
  });
}

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
};

/** The next point by cost. */
function neighbor(
  point: SVGElement,
  all: readonly SVGElement[],
  step: 1 | -1,
): SVGElement | undefined {
  const at = all.indexOf(point);
  return all[(at + step + all.length) % all.length];
}

function wordsOf(advice: Advice, { best }: Plan): string {
  const { baseline, burst } = advice.throughput;
  const bursts = burst > baseline ? `, bursts to ${rate(burst)}` : '';
  const cost = advice.cost ? `, ${amount(Math.round(advice.cost.monthly))} USD a month` : '';
  const beaten = best.includes(advice) ? '' : ', beaten';
  return `${advice.offering.name}, ${sizeWords(advice)}: ${rate(baseline)}${bursts}${cost}${beaten}`;
}

function showTip(
  tip: HTMLElement,
  advice: Advice,
  plan: Plan,
  point: SVGElement,
  parent: HTMLElement,
): void {
  const { baseline, burst } = advice.throughput;
  tip.replaceChildren(
    element('b', {}, advice.offering.name),
    element('span', {}, sizeWords(advice)),
    element('span', {}, `${rate(baseline)}${burst > baseline ? `, bursts to ${rate(burst)}` : ''}`),
    element('span', {}, advice.cost ? `${money(advice.cost.monthly)} USD a month` : ''),
    ...(plan.best.includes(advice) ? [] : [element('span', { class: 'faint' }, 'beaten')]),
  );
  tip.hidden = false;
  const frame = parent.getBoundingClientRect();
  const mark = (point.querySelector('.mark') ?? point).getBoundingClientRect();
  const left = mark.left - frame.left + mark.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(left, frame.width - tip.offsetWidth))}px`;
  const above = mark.top - frame.top - tip.offsetHeight - 8;
  tip.style.top = `${above < 0 ? mark.bottom - frame.top + 8 : above}px`;
}
