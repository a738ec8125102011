import {
  describeConfiguration,
  pricesOf,
  describeNeed,
  pricesSentence,
} from '../lustre/estimates/wording';
import { amount, money } from '../lustre/wording';
import { writeFileSync } from 'node:fs';
import { advise, unbeaten, whyNoAdvice, type Advice, type Need } from '../lustre/estimates/advice';
import { whyNoCost } from '../lustre/estimates/cost';
import { yamlLines } from '../review/snippets';
import { UsageError, type Run } from './options/arguments';
import { meaningOfWriting } from './files/file-errors';
import { needOf } from './options/need';
import { pricingOf, unknownRegion } from './options/option-values';
import { styles, writeStderr, writeStdout } from './files/streams';
import { table } from './formats/table';
import { visibleJson, visibleLines } from './formats/visible-text';
import { lineWidth, wrapped } from './formats/wrapping';

/** Prints the configurations that meet a need, cheapest first. */
export const run: Run = async (given) => {
  const need = needOf(given);
  const pricing = await pricingOf(given.options);
  const { region } = pricing;
  const all = advise(need, pricing);
  if (all.length === 0) {
    writeStderr(`pangea-lustre: ${whyNoAdvice(need, pricing)}`);
    return 1;
  }
  const file = given.options.one('plot');
  if (file !== undefined) {
    refuseOtherImages(file);
    const { plotFile } = await import('../plot/plot-file');
    writePlot(file, plotFile(need, pricing));
  }
  const advice = given.options.has('all') ? all : unbeaten(all);
  const listed: Listed = { advice, left: all.length - advice.length };
  writeStdout(
    given.options.one('format') === 'json'
      ? visibleJson(asJson(listed, need, region))
      : visibleLines(asText(listed, need, region)),
  );
  for (const sentence of unknownRegion(region)) writeStderr(`note: ${sentence}`);
  return 0;
};

interface Listed {
  readonly advice: readonly Advice[];
  /** The number of configurations that meet the need and are not listed. */
  readonly left: number;
}

/** @throws UsageError for the name of a file that programs would open as another kind of image. */
function refuseOtherImages(file: string): void {
  if (/\.(gif|jpe?g|pdf|png|webp)$/i.test(file))
    throw new UsageError(
      `--plot ${file} is not the name of an SVG file: use one such as cost.svg.`,
    );
}

function writePlot(file: string, svg: string): void {
  try {
    writeFileSync(file, svg);
  } catch (error) {
    throw new UsageError(`--plot ${file} cannot be written: ${meaningOfWriting(error)}.`);
  }
}

function asText({ advice, left }: Listed, need: Need, region: string): string[] {
  const { bold, dim } = styles();
  const [best] = advice;
  const prices = pricesSentence(
    advice.flatMap(({ cost }) => cost ?? []),
    region,
  );
  return [
    ...wrapped(`${describeNeed(need)}, in ${region}:`),
    '',
    ...tableOf(advice),
    '',
    ...(left > 0 ? [...wrapped(describeLeft(left)), ''] : []),
    ...(prices === '' ? [] : [...wrapped(prices).map(dim), '']),
    bold('The first one, to paste under Resources:'),
    '',
    ...(best ? yamlLines(best, need) : []),
  ];
}

const describeLeft = (left: number): string =>
  left === 1
    ? '1 more meets the need, but costs no less than one of these and has no more throughput or durability: --all lists it.'
    : `${left} more meet the need, but each costs no less than one of these and has no more throughput or durability: --all lists them.`;

/** The fewest columns for the configuration beside the figures. With fewer, it is printed below them. */
const LEAST_FOR_CONFIGURATION = 24;

/** The table. The reason for each configuration is below it. */
function tableOf(advice: readonly Advice[]): string[] {
  const { bold, dim } = styles();
  const marks = advice.map(({ cost }) => (cost ? pricesOf([cost.priceBasis]) : ''));
  const isMarked = marks.some(Boolean);
  const rows = advice.map(({ throughput, cost }, index) => [
    cost ? money(cost.monthly) : '-',
    ...(isMarked ? [marks[index] ?? ''] : []),
    amount(throughput.baseline),
    amount(throughput.burst),
  ]);
  const figures = table(['USD a month', ...(isMarked ? ['Prices of'] : []), 'MB/s', 'Burst'], rows);
  const [head = '', ...lines] = figures;
  const isBeside = head.length + LEAST_FOR_CONFIGURATION <= lineWidth();
  const lead = isBeside ? ' '.repeat(13) : '  ';
  return [
    bold(isBeside ? `${head}  Configuration` : head),
    ...advice.flatMap(({ properties, why }, index) => {
      const line = lines[index] ?? '';
      const configuration = describeConfiguration(properties);
      return [
        // Continues a long configuration on the next lines.
        ...(isBeside
          ? wrapped(configuration, `${line}  `)
          : [line, ...wrapped(configuration, lead)]),
        ...wrapped(why, lead).map(dim),
      ];
    }),
  ];
}

function asJson({ advice, left }: Listed, need: Need, region: string): string {
  const noCost = whyNoCost(region);
  return JSON.stringify(
    {
      region,
      need,
      ...(noCost !== undefined && { noCost }),
      configurations: advice.map(({ properties, throughput, cost, billedByUse, why }) => ({
        properties,
        baselineThroughput: throughput.baseline,
        burstThroughput: throughput.burst,
        monthlyCost: cost?.monthly,
        basis: cost?.priceBasis,
        billedByUse,
        why,
      })),
      notListed: left,
    },
    undefined,
    2,
  );
}
