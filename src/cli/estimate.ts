import { whyNoCost } from '../lustre/estimates/cost';
import { estimate, type Row } from '../review/estimate';
import type { Run } from './options/arguments';
import {
  describeTotal,
  nothingOf,
  sumOf,
  textOf,
  type Cells,
  type EstimateFormat,
  type EstimateText,
} from './formats/estimate-rows';
import { reportFailures, reviewTemplates } from './files/files';
import { deploymentOf, formatOf, pricingOf, unknownRegion } from './options/option-values';
import { writeStderr, writeStdout } from './files/streams';
import { table } from './formats/table';
import { visibleJson, visibleLines } from './formats/visible-text';
import { displayWidth, lineWidth, wrapped } from './formats/wrapping';

/** Formats for other tools are loaded on request. */
const FORMATS = {
  human: () => human,
  json: () => json,
  markdown: async () => (await import('./formats/estimate-formats')).markdown,
  csv: async () => (await import('./formats/estimate-formats')).csv,
};

/** Prints the throughput and the monthly cost of each file system, and the total. */
export const run: Run = async ({ positional, options }) => {
  const pricing = await pricingOf(options);
  const { region } = pricing;
  const given = { ...deploymentOf(options), ...pricing };
  const format = await formatOf<() => EstimateFormat | Promise<EstimateFormat>>(options, FORMATS)();
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file) =>
    estimate(text, { ...given, file }),
  );
  const rows = results.flatMap((each) => each.rows);
  const isForPrograms = format === json || options.one('format') === 'csv';
  // Whether a template has a file system is not known of one that cannot be read.
  if (results.length > 0 || failures.length === 0 || isForPrograms)
    writeStdout(format(results, region));
  const told = new Set(
    rows.flatMap(({ file, logicalId, violations }) =>
      violations.map((message) => `pangea-lustre: ${file}: ${logicalId}: ${message}`),
    ),
  );
  for (const line of told) writeStderr(line);
  reportFailures(failures);
  for (const sentence of unknownRegion(region)) writeStderr(`note: ${sentence}`);
  if (failures.length > 0) return 2;
  return rows.some(({ violations }) => violations.length > 0) ? 1 : 0;
};

const human: EstimateFormat = (estimates, region) => {
  const text = textOf(estimates, region);
  return visibleLines(
    text
      ? [...tableOf(text), '', ...text.sentences.flatMap((sentence) => wrapped(sentence))]
      : nothingOf(estimates).flatMap((each) => wrapped(each)),
  );
};

/** The first layout that fits the terminal. */
function tableOf(text: EstimateText): readonly string[] {
  const width = lineWidth();
  const layouts = [oneLineEach, configurationsBelow].map((layout) => layout(text));
  return (
    layouts.find((lines) => lines.every((line) => displayWidth(line) <= width)) ??
    figuresBelow(text)
  );
}

const oneLineEach = ({ rows, total, severalFiles }: EstimateText): readonly string[] =>
  table(headOf(rows, total, ...(severalFiles ? ['File'] : []), 'File system', 'Configuration'), [
    ...rows.map((each) => [
      ...(severalFiles ? [each.file] : []),
      each.name,
      describe(each),
      ...figuresOf(each, rows, total),
    ]),
    ['Total', ...(severalFiles ? [''] : []), '', ...figuresOf(total, rows, total)],
  ]);

/** The configuration is below the figures. */
function configurationsBelow({ rows, total, severalFiles }: EstimateText): readonly string[] {
  const [head = '', ...lines] = table(
    headOf(rows, total, 'File system'),
    [...rows, total].map((each) => [each.name, ...figuresOf(each, rows, total)]),
  );
  return [
    head,
    ...lines.flatMap((line, index) => {
      const row = rows[index];
      return row ? [line, ...wrapped(below(row, severalFiles), '  ')] : [line];
    }),
  ];
}

/** Used if names are so long that the figures do not fit beside them. */
const figuresBelow = ({ rows, total, severalFiles }: EstimateText): readonly string[] => [
  ...rows.flatMap((row) => [
    ...wrapped(row.name),
    ...wrapped(below(row, severalFiles), '  '),
    ...wrapped(
      `${row.baseline} MB/s, burst ${row.burst} MB/s, ${row.cost} USD a month${pricesIn(row)}`,
      '  ',
    ),
  ]),
  ...wrapped(`Total: ${total.cost} USD a month${pricesIn(total)}`),
];

const pricesIn = ({ prices }: Cells): string => (prices === '' ? '' : ` (prices: ${prices})`);

const below = (row: Cells, severalFiles: boolean): string =>
  [severalFiles ? row.file : '', describe(row)].filter(Boolean).join(': ');

const describe = ({ configuration, when }: Cells): string =>
  `${configuration}${when === '' ? '' : ` (where ${when})`}`;

const headOf = (rows: readonly Cells[], total: Cells, ...before: readonly string[]): string[] => [
  ...before,
  'MB/s',
  'Burst MB/s',
  'USD a month',
  ...(hasPrices(rows, total) ? ['Prices of'] : []),
];

const figuresOf = (
  { baseline, burst, cost, prices }: Cells,
  rows: readonly Cells[],
  total: Cells,
): string[] => [baseline, burst, cost, ...(hasPrices(rows, total) ? [prices] : [])];

const hasPrices = (rows: readonly Cells[], total: Cells): boolean =>
  [...rows, total].some(({ prices }) => prices !== '');

const json: EstimateFormat = (estimates, region) => {
  const rows = estimates.flatMap((each): readonly Row[] => each.rows);
  const about = describeTotal(estimates);
  const noCost = whyNoCost(region);
  return visibleJson(
    JSON.stringify(
      {
        region,
        fileSystems: rows.map(inJson),
        monthlyCost: sumOf(estimates),
        ...(noCost !== undefined && { noCost }),
        ...(about.length > 0 && { monthlyCostIs: about.join(' ') }),
      },
      undefined,
      2,
    ),
  );
};

const inJson = ({ file, logicalId, when, estimate: figures, violations }: Row): object => ({
  file,
  logicalId,
  ...(when !== undefined && { when }),
  ...(violations.length > 0
    ? { violations }
    : {
        baselineThroughput: figures.throughput?.baseline,
        burstThroughput: figures.throughput?.burst,
        monthlyCost: figures.cost?.monthly,
        breakdown: figures.cost?.breakdown,
        basis: figures.cost?.priceBasis,
        ...(figures.waiting.length > 0 && { dependsOn: figures.waiting }),
      }),
});
