/** Cost against throughput, as SVG: the cheapest file system of each kind that holds a capacity. */
import { advise, type Advice, type Need } from '../lustre/estimates/advice';
import { OFFERINGS, type OfferingName } from '../lustre/catalog/catalog';
import { whyNoCost, type CostOptions } from '../lustre/estimates/cost';
import { amount, pricesOf } from './table';

const HEIGHT = 460;
const LEFT = 80;
/** Between the axes. */
const BREADTH = 490;
/** Of a letter of a label, at most. */
const LETTER = 6.8;
const TOP = 56;
const BOTTOM = 60;

/**
 * Colors that color-blind readers can tell apart (Okabe and Ito), and dashes, which help in print: every color comes with each
 * of them before a pair comes again.
 */
const COLORS = ['#56b4e9', '#0072b2', '#009e73', '#cc79a7', '#d55e00', '#e69f00', '#000000'];
const DASHES = ['2 2', '', '4 3', '10 3 3 3', '10 3'];

/** By the place in the catalog, so that a kind of storage looks the same in every plot. */
function styleOf(name: OfferingName): { color: string; dash: string } {
  const at = OFFERINGS.findIndex((offering) => offering.name === name);
  return { color: COLORS[at % COLORS.length] ?? '', dash: DASHES[at % DASHES.length] ?? '' };
}

/** How many throughputs a line is computed for. Costs rise in steps, so more of them make sharper corners. */
const SAMPLES = 240;

interface Point {
  /** MB/s. */
  readonly x: number;
  /** USD a month. */
  readonly y: number;
}

interface Line {
  readonly name: OfferingName;
  /** Whose prices stand in for those of the region; empty where none do. */
  readonly prices: string;
  readonly points: readonly Point[];
}

export function drawPlot(need: Need, pricing: CostOptions): string {
  const widest = niceMaximum(need.throughput * 2);
  const lines = linesOf(need, pricing, widest);
  const labels = lines.map(labelOf);
  const right = LEFT + BREADTH;
  const width = Math.round(
    right + 16 + LETTER * Math.max(12, ...labels.map(({ length }) => length)),
  );
  const tallest = niceMaximum(
    Math.max(1, ...lines.flatMap(({ points }) => points.map(({ y }) => y))),
  );
  const x = (value: number) => round(LEFT + (BREADTH * value) / widest);
  const y = (value: number) => round(HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / tallest);
  const heights = spread(lines.map(({ points }) => y(points.at(-1)?.y ?? 0)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>Monthly cost of at least ${amount(need.capacity)} GiB by throughput</title>`,
    `<rect width="${width}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="24" font-size="15" fill="#222">At least ${amount(need.capacity)} GiB: cheapest of each kind, USD a month</text>`,
    `<text x="${LEFT}" y="42" fill="#666">${captionOf(lines, pricing)}</text>`,
    ...ticks(tallest).map(
      (value) =>
        `<path d="M${LEFT} ${y(value)}H${right}" stroke="#e4e4e4"/><text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end" fill="#444">${amount(value)}</text>`,
    ),
    ...ticks(widest).map(
      (value) =>
        `<path d="M${x(value)} ${HEIGHT - BOTTOM}v5" stroke="#888"/><text x="${x(value)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#444">${amount(value)}</text>`,
    ),
    `<text x="${x(widest / 2)}" y="${HEIGHT - 16}" text-anchor="middle" fill="#222">MB/s</text>`,
    `<path d="M${x(need.throughput)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#888" stroke-dasharray="2 4"/>`,
    `<text x="${x(need.throughput) + 4}" y="${TOP + 10}" fill="#666">${amount(need.throughput)} MB/s</text>`,
    ...lines.flatMap(({ name, points }, index) => {
      const { color, dash } = styleOf(name);
      const path = points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`);
      const chosen = points.findLast((point) => point.x <= need.throughput);
      const stroke = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
      return [
        `<path d="${path.join('')}" fill="none" stroke="${color}" stroke-width="2"${stroke}/>`,
        ...(chosen
          ? [`<circle cx="${x(need.throughput)}" cy="${y(chosen.y)}" r="4" fill="${color}"/>`]
          : []),
        `<text x="${right + 8}" y="${(heights[index] ?? 0) + 4}" fill="${color}">${labels[index] ?? name}</text>`,
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** Whose prices they are; where there are none, why. */
function captionOf(lines: readonly Line[], { region, discountPercent = 0 }: CostOptions): string {
  const instead = lines.some(({ prices }) => prices !== '')
    ? ', or of the regions in brackets'
    : '';
  const discount = discountPercent > 0 ? `, less ${discountPercent} %` : '';
  return whyNoCost(region) ?? `Prices of ${region}${instead}${discount}; baseline throughput`;
}

const labelOf = ({ name, prices }: Line): string => (prices === '' ? name : `${name} (${prices})`);

/**
 * For each kind of storage, the cost of its cheapest file system at each throughput; but for SCRATCH_1, which costs what
 * SCRATCH_2 does.
 */
function linesOf(need: Need, pricing: CostOptions, widest: number): Line[] {
  const samples = Array.from({ length: SAMPLES }, (_, index) => (widest * (index + 1)) / SAMPLES);
  const steps = samples.map((throughput) => ({
    throughput,
    advice: advise({ ...need, throughput }, pricing).filter(({ billedByUse }) => !billedByUse),
  }));
  return OFFERINGS.filter(({ deployment }) => deployment !== 'SCRATCH_1').flatMap(
    ({ deployment, storage, name }) => {
      const isOf = ({ properties }: Advice) =>
        properties.DeploymentType === deployment && properties.StorageType === storage;
      const costs = steps.flatMap(({ throughput, advice }) => {
        const cost = advice.find(isOf)?.cost;
        return cost ? [{ throughput, cost }] : [];
      });
      const points = costs.map(({ throughput, cost }) => ({ x: throughput, y: cost.monthly }));
      const prices = pricesOf(costs.map(({ cost }) => cost.priceBasis));
      return points.length > 0 ? [{ name, prices, points: corners(points) }] : [];
    },
  );
}

/** Only where the line turns. */
function corners(points: readonly Point[]): Point[] {
  return points.filter(
    ({ y }, index) => index === 0 || points[index - 1]?.y !== y || points[index + 1]?.y !== y,
  );
}

/** Labels at least a line of text apart, near where their lines end. */
function spread(places: readonly number[]): number[] {
  const result = [...places];
  const order = places.map((_, index) => index).sort((a, b) => (places[b] ?? 0) - (places[a] ?? 0));
  let lowest = Infinity;
  for (const index of order) {
    lowest = Math.min(places[index] ?? 0, lowest - 16);
    result[index] = lowest;
  }
  return result;
}

/** 1, 2 or 5 times a power of ten, five or so of them up to the end. */
function stepOf(maximum: number): number {
  const power = 10 ** Math.floor(Math.log10(maximum / 4));
  return power * ([1, 2, 5, 10].find((times) => times * power >= maximum / 6) ?? 10);
}

const niceMaximum = (value: number): number => Math.ceil(value / stepOf(value)) * stepOf(value);

const ticks = (maximum: number): number[] =>
  Array.from(
    { length: Math.round(maximum / stepOf(maximum)) + 1 },
    (_, index) => index * stepOf(maximum),
  );

const round = (value: number): number => Math.round(value * 10) / 10;
