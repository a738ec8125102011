import { amount, describeConfiguration, money, pricesOf } from '../lustre/estimates/wording';
import { whyNoCost } from '../lustre/estimates/cost';
import { estimate, sum, type Estimates, type Row } from '../review/estimate';
import type { Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { deploymentOf, isJson, pricingOf, unknownRegion } from './option-values';
import { writeStderr, writeStdout } from './streams';
import { lineWidth, table, wrapped } from './table';
import { visibleJson, visibleLines } from './visible-text';

/** Throughput and monthly cost of each file system, and the total. */
export const run: Run = async ({ positional, options }) => {
  const pricing = await pricingOf(options);
  const { region } = pricing;
  const given = { ...deploymentOf(options), ...pricing };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file) =>
    estimate(text, { ...given, file }),
  );
  const rows = results.flatMap((each) => each.rows);
  writeStdout(
    isJson(options) ? visibleJson(asJson(results, region)) : visibleLines(asTable(results, region)),
  );
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

const sumOf = (estimates: readonly Estimates[]): number =>
  sum(estimates.map(({ total }) => total.usd));

/** Which deployment the total is of, where there are several. */
function describeTotal(estimates: readonly Estimates[]): string[] {
  const several = estimates.filter(({ rows }) => rows.length > 0).length > 1;
  return estimates.flatMap(({ rows, total: { file, when, exact } }) => {
    const of = several ? ` of ${file}` : '';
    if (!exact)
      return `No deployment${of} costs more than the total: there are too many combinations of conditions to estimate each.`;
    if (when !== '') return `The total is that of the dearest deployment${of}: where ${when}.`;
    const decided = rows.some((row) => row.when !== undefined);
    return decided ? `The total is the same however conditions${of} turn out.` : [];
  });
}

function asTable(estimates: readonly Estimates[], region: string): string[] {
  const rows = estimates.flatMap((each): readonly Row[] => each.rows);
  if (rows.length === 0) return ['There is no Lustre file system.'];
  const files = new Set(rows.map(({ file }) => file));
  const { shown, left } = shownRows(rows);
  const cells = shown.map((row): Cells => ({
    name: row.logicalId,
    file: files.size > 1 ? row.file : '',
    configuration: configurationOf(row),
    ...figuresOf(row),
  }));
  const valid = rows.filter(({ violations }) => violations.length === 0);
  const costs = valid.flatMap(({ estimate }) => estimate.cost ?? []);
  const total: Cells = {
    name: 'Total',
    file: '',
    configuration: '',
    baseline: '',
    burst: '',
    cost: money(sumOf(estimates)),
    prices: pricesOf(costs.map(({ priceBasis }) => priceBasis)),
  };
  const isOpen = rows.length > costs.length;
  const bases = new Set(costs.map(({ basis }) => basis));
  const noCost = whyNoCost(region);
  return [
    ...columns(cells, total),
    '',
    ...left.flatMap((sentence) => wrapped(sentence)),
    ...(isOpen ? ['The total is without what has no estimate.'] : []),
    ...(noCost === undefined ? [] : wrapped(noCost)),
    ...describeTotal(estimates).flatMap((sentence) => wrapped(sentence)),
    ...[...bases].flatMap((basis) => wrapped(`Prices in ${region}: ${basis}`)),
  ];
}

/** Rows without figures that are shown one by one: of more, a sentence tells. */
const MOST_WITHOUT_FIGURES = 3;

/** The rows with figures, and those without where they are few; for each file system, a sentence on the others. */
function shownRows(rows: readonly Row[]): { shown: readonly Row[]; left: readonly string[] } {
  const without = new Map<string, Row[]>();
  for (const row of rows.filter((each) => !hasFigures(each))) {
    const key = JSON.stringify([row.file, row.logicalId]);
    without.set(key, [...(without.get(key) ?? []), row]);
  }
  const many = [...without.values()].filter((each) => each.length > MOST_WITHOUT_FIGURES);
  const left = many.map((each) => {
    const [{ logicalId }] = each as [Row];
    const invalid = each.filter(({ violations }) => violations.length > 0).length;
    const open = [
      ...new Set(each.flatMap((row) => (row.violations.length > 0 ? [] : row.estimate.waiting))),
    ];
    const parts = [
      ...(invalid > 0 ? [`${invalid} are invalid, as check tells`] : []),
      ...(open.length > 0 ? [`${each.length - invalid} depend on ${open.join(', ')}`] : []),
    ];
    return `Of ${logicalId}, ${each.length} other combinations of conditions have no estimate: ${parts.join('; ')}.`;
  });
  const dropped = new Set(many.flat());
  return { shown: rows.filter((row) => !dropped.has(row)), left };
}

const hasFigures = ({ estimate, violations }: Row): boolean =>
  violations.length === 0 && estimate.waiting.length === 0;

/** A row of the table, as text. */
interface Cells {
  readonly name: string;
  /** Empty where all are of one file. */
  readonly file: string;
  readonly configuration: string;
  readonly baseline: string;
  readonly burst: string;
  readonly cost: string;
  /** Whose prices stand in for those of the region; empty where none do. */
  readonly prices: string;
}

function configurationOf({ when, estimate, violations }: Row): string {
  const { properties, waiting } = estimate;
  const configuration =
    violations.length > 0
      ? 'invalid'
      : waiting.length > 0
        ? `depends on ${waiting.join(', ')}`
        : describeConfiguration(properties);
  return `${configuration}${when === undefined ? '' : ` (where ${when})`}`;
}

function figuresOf({
  estimate: { throughput, cost },
  violations,
}: Row): Pick<Cells, 'baseline' | 'burst' | 'cost' | 'prices'> {
  const isValid = violations.length === 0;
  return {
    baseline: isValid && throughput ? amount(throughput.baseline) : '-',
    burst: isValid && throughput ? amount(throughput.burst) : '-',
    cost: isValid && cost ? money(cost.monthly) : '-',
    prices: isValid && cost ? pricesOf([cost.priceBasis]) : '',
  };
}

/** One line for each row, where that fits; else what a file system is stands below its figures. */
function columns(rows: readonly Cells[], total: Cells): string[] {
  const all = [...rows, total];
  const isMarked = all.some(({ prices }) => prices !== '');
  const hasFiles = all.some(({ file }) => file !== '');
  const headOf = (...before: readonly string[]) => [
    ...before,
    'MB/s',
    'Burst MB/s',
    'USD a month',
    ...(isMarked ? ['Prices of'] : []),
  ];
  const figures = ({ baseline, burst, cost, prices }: Cells) => [
    baseline,
    burst,
    cost,
    ...(isMarked ? [prices] : []),
  ];
  const wide = table(
    headOf(...(hasFiles ? ['File'] : []), 'File system', 'Configuration'),
    all.map((each) => [
      ...(hasFiles ? [each === total ? each.name : each.file] : []),
      ...(hasFiles && each === total ? [''] : [each.name]),
      each.configuration,
      ...figures(each),
    ]),
  );
  const width = lineWidth();
  if (wide.every((line) => line.length <= width)) return wide;
  const [head = '', ...lines] = table(
    headOf('File system'),
    all.map((each) => [each.name, ...figures(each)]),
  );
  return [
    head,
    ...lines.flatMap((line, index) => {
      const { file = '', configuration = '' } = rows[index] ?? {};
      const below = [file, configuration].filter(Boolean).join(': ');
      return [line, ...(below === '' ? [] : wrapped(below, '  '))];
    }),
  ];
}

function asJson(estimates: readonly Estimates[], region: string): string {
  const rows = estimates.flatMap((each): readonly Row[] => each.rows);
  const about = describeTotal(estimates);
  const noCost = whyNoCost(region);
  return JSON.stringify(
    {
      region,
      fileSystems: rows.map(({ file, logicalId, when, estimate, violations }) => ({
        file,
        logicalId,
        ...(when !== undefined && { when }),
        ...(violations.length > 0
          ? { violations }
          : {
              baselineThroughput: estimate.throughput?.baseline,
              burstThroughput: estimate.throughput?.burst,
              monthlyCost: estimate.cost?.monthly,
              breakdown: estimate.cost?.breakdown,
              basis: estimate.cost?.priceBasis,
              ...(estimate.waiting.length > 0 && { dependsOn: estimate.waiting }),
            }),
      })),
      monthlyCost: sumOf(estimates),
      ...(noCost !== undefined && { noCost }),
      ...(about.length > 0 && { monthlyCostIs: about.join(' ') }),
    },
    undefined,
    2,
  );
}
