/** Draws cost against throughput: the advice for a need, and the cost of more throughput. */
import { scaleLinear } from 'd3-scale';
import type { Advice, Need } from '../lustre/estimates/advice';
import { whyNoCost, type CostOptions } from '../lustre/estimates/cost';
import { storageItem } from '../lustre/estimates/prices';
import { describeConfiguration, pricesSentence } from '../lustre/estimates/wording';
import { amount, money } from '../lustre/wording';
import { OFFERINGS, type OfferingName } from '../lustre/catalog/catalog';
import type { LustreProperties } from '../lustre/properties';
import { lookOf } from './kinds';
import { linesOf, placeFor, widthOf, type Box } from './labels';
import { pointsOf, seriesOf, type Point, type Series } from './series';
import { shape, type Shape } from './shape';

/** The content of a plot. */
export interface CostPlot {
  readonly need: Need;
  readonly pricing: CostOptions;
  /** All advice that meets the need. */
  readonly advice: readonly Advice[];
  readonly isUnbeaten: (advice: Advice) => boolean;
}

/** The size of a plot, in px. */
export interface PlotSize {
  readonly width: number;
  /** The height of the plot between its title and its notes. */
  readonly height: number;
  /** Whether the plot has a title. A page has one above it instead. */
  readonly hasTitle: boolean;
}

/** Font sizes, px. */
const TITLE = 15;
const TEXT = 12;
const NOTE = 11;
const LINE = 16;
/** Between text and the edges of the drawing, px. */
const EDGE = 12;

const AXIS = 'USD a month';

/** The space between the outermost point and the frame, as a factor of the axis. */
const MARGIN = 1.08;
/** The axis extends to at least this multiple of the needed throughput, to show the cost of a larger need. */
const DOUBLED = 2;

/** The key of an advice: deployment type, storage type, tier and drive cache. */
export const choiceOf = ({
  DeploymentType = 'SCRATCH_2',
  StorageType = 'SSD',
  PerUnitStorageThroughput,
  DriveCacheType,
}: LustreProperties): string =>
  storageItem(DeploymentType, StorageType, PerUnitStorageThroughput, DriveCacheType).replaceAll(' ', '-'); // oxfmt-ignore

/** A rate as text: `4.32 GB/s`, `500 MB/s`. */
export const rate = (throughput: number): string =>
  throughput >= 1000 ? `${rounded(throughput / 1000)} GB/s` : `${rounded(throughput)} MB/s`;

/** Rounds to at most two decimals. */
const rounded = (value: number): string => {
  const [whole = '', fraction] = String(Math.round(value * 100) / 100).split('.');
  return fraction === undefined ? amount(Number(whole)) : `${amount(Number(whole))}.${fraction}`;
};

/** Draws a plot. Each point is a group with the class `point` and the attribute `data-choice`. */
export function drawCostPlot(plot: CostPlot, size: PlotSize): Shape {
  const points = pointsOf(plot.advice);
  const frame = frameOf(plot, points, size);
  const below = notesOf(plot, frame.series, size.width);
  const height = frame.bottom + 44 + below.length * (NOTE + 4);
  const noCost = whyNoCost(plot.pricing.region);
  return shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${height}`,
      width: size.width,
      height,
      'font-family': 'system-ui, sans-serif',
      'font-size': TEXT,
    },
    ...(size.hasTitle
      ? [
          shape('title', {}, titleOf(plot)),
          text(titleOf(plot), EDGE, 24, { 'font-size': TITLE, 'font-weight': 600 }),
        ]
      : []),
    ...legend(frame.legend, size),
    ...(noCost === undefined
      ? [...regionOf(plot, frame), ...axes(frame), ...linesShapes(frame), ...pointsShapes(plot, points, frame)] // oxfmt-ignore
      : [text('There is no cost to draw.', size.width / 2, (frame.top + frame.bottom) / 2, { 'text-anchor': 'middle' })]), // oxfmt-ignore
    ...below.map((line, index) =>
      text(line, EDGE, frame.bottom + 54 + index * (NOTE + 4), { 'font-size': NOTE }, FAINT),
    ),
  );
}

/** The title. */
const titleOf = ({ need, pricing: { region } }: CostPlot): string =>
  `At least ${amount(need.capacity)} GiB in ${region}: USD a month by baseline throughput`;

const INK = { class: 'ink', fill: '#1c2126' };
const FAINT = { class: 'faint', fill: '#59636e' };

const text = (
  words: string,
  x: number,
  y: number,
  attributes: Shape['attributes'] = {},
  ink = INK,
): Shape => shape('text', { x: tenth(x), y: tenth(y), ...ink, ...attributes }, words);

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The position of the plot, and the scales of its axes. */
interface Frame extends Box {
  /** Converts MB/s and USD to px. */
  readonly x: (throughput: number) => number;
  readonly y: (cost: number) => number;
  /** The right end of the axis, MB/s. */
  readonly widest: number;
  readonly columns: readonly Tick[];
  readonly rows: readonly Tick[];
  readonly unit: string;
  readonly series: readonly Series[];
  readonly legend: readonly LegendRow[];
}

interface Tick {
  readonly at: number;
  readonly words: string;
}

function frameOf(plot: CostPlot, points: readonly Point[], size: PlotSize): Frame {
  const { need, pricing } = plot;
  const widest = Math.max(
    need.throughput * DOUBLED,
    ...points.map(({ throughput }) => throughput * MARGIN),
  );
  const series = seriesOf(need, pricing, widest);
  const tallest = Math.max(1, ...points.map(({ cost }) => cost * MARGIN));
  const unit = widest >= 2000 ? { words: 'GB/s', of: 1000 } : { words: 'MB/s', of: 1 };
  const rowsOfLegend = legendRows(series, points, size);
  const top = (size.hasTitle ? 36 : 4) + rowsOfLegend.length * LINE + 26;
  const bottom = top + size.height;
  const cost = scaleLinear([0, tallest], [bottom, top]).nice(size.height / 56);
  const rows = cost.ticks(size.height / 56).map((value) => ({
    at: cost(value),
    words: cost.tickFormat(size.height / 56)(value),
  }));
  const left = 16 + Math.max(...rows.map(({ words }) => widthOf(words, TEXT)));
  const right = size.width - 14;
  const throughput = scaleLinear([0, widest / unit.of], [left, right]);
  const count = (right - left) / 80;
  return {
    left,
    top,
    right,
    bottom,
    x: (value) => throughput(value / unit.of),
    y: (value) => cost(value),
    widest,
    columns: throughput.ticks(count).map((value) => ({
      at: throughput(value),
      words: throughput.tickFormat(count)(value),
    })),
    rows,
    unit: unit.words,
    series,
    legend: rowsOfLegend,
  };
}

/** An entry of the legend: a kind of storage with its mark and, if it has one, its line. */
interface Entry {
  readonly kind: OfferingName;
  readonly hasLine: boolean;
  readonly words: string;
  /** Width in px. */
  readonly width: number;
}

type LegendRow = readonly Entry[];

const SAMPLE_LINE = 26;

function legendRows(
  series: readonly Series[],
  points: readonly Point[],
  { width }: PlotSize,
): LegendRow[] {
  const rows: Entry[][] = [];
  let left = 0;
  for (const { name: kind } of OFFERINGS) {
    const line = series.find((each) => each.kind === kind);
    if (line === undefined && !points.some((point) => point.kind === kind)) continue;
    const words = line === undefined || line.prices === '' ? kind : `${kind} (${line.prices})`;
    const entry = {
      kind,
      hasLine: line !== undefined,
      words,
      width: SAMPLE_LINE + 8 + widthOf(words, TEXT) + 14,
    };
    if (rows.length === 0 || left + entry.width > width - 2 * EDGE) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1)?.push(entry);
    left += entry.width;
  }
  return rows;
}

function legend(rows: readonly LegendRow[], size: PlotSize): Shape[] {
  const first = size.hasTitle ? 44 : 12;
  return rows.flatMap((row, index) => {
    const y = first + index * LINE;
    let x = EDGE;
    return row.flatMap(({ kind, hasLine, words, width }) => {
      const left = x;
      x += width;
      return [
        ...(hasLine
          ? [shape('path', { d: `M${tenth(left)} ${y}h${SAMPLE_LINE}`, ...lineLook(kind) })]
          : []),
        shape('path', {
          d: lookOf(kind).mark,
          transform: `translate(${tenth(left + SAMPLE_LINE / 2)} ${y})`,
          ...markLook(kind, true),
        }),
        text(words, left + SAMPLE_LINE + 8, y + 4),
      ];
    });
  });
}

function lineLook(kind: OfferingName): Shape['attributes'] {
  const { color, dash } = lookOf(kind);
  return {
    class: 'line',
    'data-kind': kind,
    fill: 'none',
    stroke: color,
    'stroke-width': 1.6,
    ...(dash !== '' && { 'stroke-dasharray': dash }),
  };
}

function markLook(kind: OfferingName, isFilled: boolean): Shape['attributes'] {
  const { color } = lookOf(kind);
  return {
    class: `mark ${isFilled ? 'filled' : 'hollow'}`,
    'data-kind': kind,
    fill: isFilled ? color : '#ffffff',
    stroke: color,
    'stroke-width': 1.5,
  };
}

/** The region of sufficient throughput. */
function regionOf({ need }: CostPlot, { left, right, top, bottom, x }: Frame): Shape[] {
  const from = x(need.throughput);
  const words = `at least ${rate(need.throughput)}`;
  const fits = from + 6 + widthOf(words, NOTE) < right;
  const start = Math.max(from + 6, EDGE + widthOf(AXIS, NOTE) + 10);
  return [
    shape('rect', {
      class: 'outside',
      x: tenth(left),
      y: tenth(top),
      width: tenth(from - left),
      height: tenth(bottom - top),
      fill: '#eef0f2',
    }),
    shape('path', {
      class: 'edge',
      d: `M${tenth(from)} ${tenth(top - 14)}V${tenth(bottom)}`,
      stroke: '#59636e',
      'stroke-dasharray': '2 3',
    }),
    text(words, fits ? start : from - 6, top - 6, { 'font-size': NOTE, ...(!fits && { 'text-anchor': 'end' }) }), // oxfmt-ignore
  ];
}

/** The mark of a kind of storage, centered on 0,0. */
export const markShape = (kind: OfferingName, isFilled: boolean): Shape =>
  shape('path', { d: lookOf(kind).mark, ...markLook(kind, isFilled) });

function axes({ left, right, top, bottom, columns, rows, unit }: Frame): Shape[] {
  return [
    ...rows.flatMap(({ at, words }) => [
      shape('path', {
        class: 'rule',
        d: `M${tenth(left)} ${tenth(at)}H${tenth(right)}`,
        stroke: '#dfe3e6',
      }),
      text(words, left - 8, at + 4, { 'text-anchor': 'end' }, FAINT),
    ]),
    shape('path', {
      class: 'axis',
      d: `M${tenth(left)} ${tenth(bottom)}H${tenth(right)}${columns.map(({ at }) => `M${tenth(at)} ${tenth(bottom)}v5`).join('')}`,
      fill: 'none',
      stroke: '#8a949e',
    }),
    ...columns.map(({ at, words }) =>
      text(words, at, bottom + 18, { 'text-anchor': 'middle' }, FAINT),
    ),
    text(`${unit}, baseline`, right, bottom + 34, { 'text-anchor': 'end', 'font-size': NOTE }, FAINT), // oxfmt-ignore
    text(AXIS, EDGE, top - 8, { 'font-size': NOTE }, FAINT),
  ];
}

/** Costs rise in steps where a larger file system is needed. */
function linesShapes({ series, left, right, top, x, y }: Frame): Shape[] {
  return series.flatMap(({ kind, steps }) => {
    const path: string[] = [];
    let from = left;
    for (const { upTo, cost } of steps) {
      // A line that leaves the plot at the top does not return, because costs only rise.
      const height = Math.max(top, y(cost));
      path.push(`${path.length === 0 ? `M${tenth(left)} ` : 'V'}${tenth(height)}`);
      if (height === top && y(cost) < top) break;
      from = Math.max(from, Math.min(right, x(upTo)));
      path.push(`H${tenth(from)}`);
      if (from === right) break;
    }
    return path.length === 0 || (steps[0] && y(steps[0].cost) < top)
      ? []
      : [shape('path', { d: path.join(''), ...lineLook(kind) })];
  });
}

function pointsShapes(plot: CostPlot, points: readonly Point[], frame: Frame): Shape[] {
  const { x, y } = frame;
  const placed = points.map((point) => ({
    point,
    at: { x: x(point.throughput), y: y(point.cost) },
    isUnbeaten: plot.isUnbeaten(point.advice),
  }));
  // Advice that no other beats is drawn on top, and gets its label first.
  const ordered = placed.toSorted((a, b) => Number(b.isUnbeaten) - Number(a.isUnbeaten));
  const taken: Box[] = placed.map(({ at }) => around(at, 7));
  const groups = ordered.map(({ point, at, isUnbeaten }, index) => {
    const own = around(at, 7);
    // Points in the same place share a label.
    const isCovered = ordered.slice(0, index).some(({ at: other }) => other.x === at.x && other.y === at.y); // oxfmt-ignore
    const words = amount(Math.round(point.cost));
    const others = taken.filter(({ left, top }) => left !== own.left || top !== own.top);
    const place = isCovered ? undefined : placeFor(words, TEXT, at, frame, others);
    if (place) taken.push(place.box);
    const label = place
      ? [
          text(words, place.label.x, place.label.y, {
            class: isUnbeaten ? 'amount' : 'amount beaten',
            'text-anchor': place.label.anchor,
            'paint-order': 'stroke',
            stroke: '#ffffff',
            'stroke-width': 3,
            'stroke-linejoin': 'round',
            ...(isUnbeaten && { 'font-weight': 600 }),
          }),
        ]
      : [];
    return shape(
      'g',
      { class: 'point', 'data-choice': choiceOf(point.advice.properties) },
      shape('title', {}, wordsOf(point)),
      shape('path', {
        d: lookOf(point.kind).mark,
        transform: `translate(${tenth(at.x)} ${tenth(at.y)})`,
        ...markLook(point.kind, isUnbeaten),
      }),
      ...label,
    );
  });
  return groups.toReversed();
}

const around = ({ x, y }: { x: number; y: number }, by: number): Box => ({
  left: x - by,
  right: x + by,
  top: y - by,
  bottom: y + by,
});

function wordsOf({ advice: { properties, throughput }, cost }: Point): string {
  const burst = throughput.burst > throughput.baseline ? `, bursts to ${rate(throughput.burst)}` : ''; // oxfmt-ignore
  return `${describeConfiguration(properties)}: ${rate(throughput.baseline)}${burst}, ${money(cost)} USD a month`;
}

/** The notes below the plot: the meaning of the marks, what is omitted, and the prices. */
function notesOf(
  { advice, pricing, isUnbeaten }: CostPlot,
  series: readonly Series[],
  width: number,
): string[] {
  const points = pointsOf(advice);
  const hasBeaten = points.some((point) => !isUnbeaten(point.advice));
  const leftOut = [
    ...new Set(
      advice.filter(({ billedByUse }) => billedByUse).map(({ offering }) => offering.name),
    ),
  ];
  return [
    ...(points.length > 0
      ? [
          `Lines: the cheapest that holds the capacity. ${hasBeaten ? 'Filled marks: nothing beats them; hollow: something does' : 'Marks: what meets the need'}.`,
        ]
      : []),
    ...(series.some(({ prices }) => prices !== '')
      ? [`In brackets: the region whose prices are used instead of those of ${pricing.region}.`]
      : []),
    ...leftOut.map((kind) => `${kind} is not shown: its storage is billed by usage.`),
    pricesSentence(
      points.flatMap(({ advice: { cost } }) => cost ?? []),
      pricing.region,
    ),
  ].flatMap((sentence) => linesOf(sentence, NOTE, width - 2 * EDGE));
}
