import { writeFileSync } from 'node:fs';
import { advise, type Advice, type Need } from '../lustre/estimates/advice';
import { lower } from '../lustre/estimates/cost-basis';
import { TYPE_NAME } from '../lustre/properties';
import { UsageError, type Arguments, type Run } from './arguments';
import { capacityOf, isJson, rateOf, regionOf } from './option-values';
import { drawPlot } from './plot';
import { styles, writeStderr, writeStdout } from './streams';
import { amount, describeConfiguration, money, table } from './table';
import { visibleJson, visibleLines } from './visible-text';

/** The configurations that satisfy a need, cheapest first. */
export const run: Run = (given) => {
  const need = needOf(given);
  const region = regionOf(given.options);
  const advice = advise(need, { region });
  if (advice.length === 0) {
    writeStderr(
      'pangea-lustre: No FSx for Lustre configuration meets this capacity and throughput.',
    );
    return 1;
  }
  const file = given.options.get('plot')?.[0];
  if (file !== undefined) writePlot(file, drawPlot(need, region));
  writeStdout(
    isJson(given.options)
      ? visibleJson(asJson(advice, need, region))
      : visibleLines(asText(advice, need, region)),
  );
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
  const costs = advice.flatMap(({ cost }) => cost ?? []);
  const least = costs.map(({ confidence }) => confidence).reduce(lower, 'high');
  const unsure = costs.find(({ confidence }) => confidence === least);
  const rows = advice.map(({ properties, throughput, cost }) => [
    cost ? money(cost.monthly) : '-',
    amount(throughput.baseline),
    amount(throughput.burst),
    describeConfiguration(properties),
  ]);
  const [head = '', ...lines] = table(['USD a month', 'MB/s', 'Burst', 'Configuration'], rows);
  return [
    `At least ${amount(need.capacity)} GiB and ${amount(need.throughput)} MB/s${need.persistent ? ', persistent' : ''}, in ${region}:`,
    '',
    bold(head),
    ...lines.flatMap((line, index) => [line, dim(`${' '.repeat(13)}${advice[index]?.why ?? ''}`)]),
    '',
    ...(unsure ? [dim(`Prices, the least sure of them: ${unsure.basis}`), ''] : []),
    bold('The first one, to paste under Resources:'),
    '',
    ...(best ? yamlOf(best) : []),
  ];
}

/** The resource as YAML; all values are numbers and plain words. */
function yamlOf({ properties }: Advice): string[] {
  const lines = Object.entries(properties).flatMap(([name, value]): string[] =>
    typeof value === 'object'
      ? [
          `${name}:`,
          ...Object.entries(value as object).map(
            ([member, each]) => `  ${member}: ${String(each)}`,
          ),
        ]
      : [`${name}: ${String(value)}`],
  );
  return [
    '  FileSystem:',
    `    Type: ${TYPE_NAME}`,
    '    Properties:',
    ...[...lines, 'SubnetIds: [!Ref SubnetId]', 'SecurityGroupIds: [!Ref LustreSecurityGroup]'].map(
      (line) => `      ${line}`,
    ),
  ];
}

const asJson = (advice: readonly Advice[], need: Need, region: string): string =>
  JSON.stringify(
    {
      region,
      need: { capacity: need.capacity, throughput: need.throughput, persistent: need.persistent },
      configurations: advice.map(({ properties, throughput, cost, billedByUse, why }) => ({
        properties,
        baselineThroughput: throughput.baseline,
        burstThroughput: throughput.burst,
        monthlyCost: cost?.monthly,
        basis: cost?.basis,
        billedByUse,
        why,
      })),
    },
    undefined,
    2,
  );
