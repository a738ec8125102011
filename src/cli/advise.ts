import { writeFileSync } from 'node:fs';
import { advise, whyNoAdvice, type Advice, type Need } from '../lustre/estimates/advice';
import { whyNoCost } from '../lustre/estimates/cost';
import {
  amount,
  describeConfiguration,
  money,
  pricesOf,
  pricesSentence,
} from '../lustre/estimates/wording';
import { yamlLines } from '../review/snippets';
import { UsageError, type Arguments, type Run } from './arguments';
import { capacityOf, isJson, pricingOf, rateOf, unknownRegion } from './option-values';
import { styles, writeStderr, writeStdout } from './streams';
import { table, wrapped } from './table';
import { visibleJson, visibleLines } from './visible-text';

/** The configurations that satisfy a need, cheapest first. */
export const run: Run = async (given) => {
  const need = needOf(given);
  const pricing = await pricingOf(given.options);
  const { region } = pricing;
  const advice = advise(need, pricing);
  if (advice.length === 0) {
    writeStderr(`pangea-lustre: ${whyNoAdvice(need, pricing)}`);
    return 1;
  }
  const file = given.options.get('plot')?.[0];
  if (file !== undefined) {
    const { plotFile } = await import('../plot/plot-file');
    writePlot(file, plotFile(need, pricing));
  }
  writeStdout(
    isJson(given.options)
      ? visibleJson(asJson(advice, need, region))
      : visibleLines(asText(advice, need, region)),
  );
  for (const sentence of unknownRegion(region)) writeStderr(`note: ${sentence}`);
  return 0;
};

function needOf({ positional, options }: Arguments): Need {
  const [word] = positional;
  if (word !== undefined) throw new UsageError(`advise takes no file: ${word} is not used.`);
  const capacity = options.get('capacity')?.[0];
  const throughput = options.get('throughput')?.[0];
  if (capacity === undefined || throughput === undefined) {
    throw new UsageError(
      'Give --capacity and --throughput, for example --capacity 20TiB --throughput 4GB/s.',
    );
  }
  return {
    capacity: capacityOf(capacity),
    throughput: rateOf(throughput),
    persistent: options.has('persistent'),
  };
}

function writePlot(file: string, svg: string): void {
  try {
    writeFileSync(file, svg);
  } catch (error) {
    throw new UsageError(`--plot ${file} cannot be written: ${(error as Error).message}`);
  }
}

function asText(advice: readonly Advice[], need: Need, region: string): string[] {
  const { bold, dim } = styles();
  const [best] = advice;
  const marks = advice.map(({ cost }) => (cost ? pricesOf([cost.priceBasis]) : ''));
  const isMarked = marks.some(Boolean);
  const rows = advice.map(({ properties, throughput, cost }, index) => [
    cost ? money(cost.monthly) : '-',
    ...(isMarked ? [marks[index] ?? ''] : []),
    amount(throughput.baseline),
    amount(throughput.burst),
    describeConfiguration(properties),
  ]);
  const [head = '', ...lines] = table(
    ['USD a month', ...(isMarked ? ['Prices of'] : []), 'MB/s', 'Burst', 'Configuration'],
    rows,
  );
  const column = head.indexOf('Configuration');
  const whose = pricesSentence(
    advice.flatMap(({ cost }) => cost ?? []),
    region,
  );
  return [
    ...wrapped(
      `At least ${amount(need.capacity)} GiB and ${amount(need.throughput)} MB/s${need.persistent ? ', persistent' : ''}, in ${region}:`,
    ),
    '',
    bold(head),
    ...lines.flatMap((line, index) => [
      // What does not fit goes on below the configuration.
      ...wrapped(line.slice(column), line.slice(0, column)),
      ...wrapped(advice[index]?.why ?? '', ' '.repeat(13)).map(dim),
    ]),
    '',
    ...(whose === '' ? [] : [...wrapped(whose).map(dim), '']),
    bold('The first one, to paste under Resources:'),
    '',
    ...(best ? yamlLines(best.properties) : []),
  ];
}

function asJson(advice: readonly Advice[], need: Need, region: string): string {
  const noCost = whyNoCost(region);
  return JSON.stringify(
    {
      region,
      need: { capacity: need.capacity, throughput: need.throughput, persistent: need.persistent },
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
    },
    undefined,
    2,
  );
}
