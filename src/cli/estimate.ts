import { estimate, sum, type Estimates, type Row } from '../review/estimate';
import type { Run } from './arguments';
import { reportFailures, reviewTemplates } from './files';
import { deploymentOf, isJson, regionOf } from './option-values';
import { writeStderr, writeStdout } from './streams';
import { amount, describeConfiguration, money, table } from './table';

/** Throughput and monthly cost of each file system, and the total. */
export const run: Run = ({ positional, options }) => {
  const region = regionOf(options);
  const given = { ...deploymentOf(options), region };
  const { results, failures } = reviewTemplates(positional, given.parameters, (text, file) =>
    estimate(text, { ...given, file }),
  );
  const rows = results.flatMap((each) => each.rows);
  writeStdout(isJson(options) ? asJson(results, region) : asTable(results, region).join('\n'));
  for (const { file, logicalId, violations } of rows) {
    for (const message of violations)
      writeStderr(`pangea-lustre: ${file}: ${logicalId}: ${message}`);
  }
  reportFailures(failures);
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
  const lines = rows.map(({ file, logicalId, when, estimate, violations }) => {
    const { throughput, cost, properties, waiting } = estimate;
    const configuration =
      violations.length > 0
        ? 'invalid'
        : waiting.length > 0
          ? `depends on ${waiting.join(', ')}`
          : describeConfiguration(properties);
    const valid = violations.length === 0;
    return [
      ...(files.size > 1 ? [file] : []),
      logicalId,
      `${configuration}${when === undefined ? '' : ` (where ${when})`}`,
      valid && throughput ? amount(throughput.baseline) : '-',
      valid && throughput ? amount(throughput.burst) : '-',
      valid && cost ? money(cost.monthly) : '-',
    ];
  });
  const valid = rows.filter(({ violations }) => violations.length === 0);
  const total = money(sumOf(estimates));
  const open = rows.length > valid.filter(({ estimate }) => estimate.cost).length;
  const head = [...(files.size > 1 ? ['File'] : []), 'File system', 'Configuration'];
  const blank = head.map((_, index) => (index === 0 ? 'Total' : ''));
  const bases = new Set(valid.flatMap(({ estimate }) => estimate.cost?.basis ?? []));
  return [
    ...table([...head, 'MB/s', 'Burst MB/s', 'USD a month'], [...lines, [...blank, '', '', total]]),
    '',
    ...(open ? ['The total is without what has no estimate.'] : []),
    ...describeTotal(estimates),
    ...[...bases].map((basis) => `Prices in ${region}: ${basis}`),
  ];
}

function asJson(estimates: readonly Estimates[], region: string): string {
  const rows = estimates.flatMap((each): readonly Row[] => each.rows);
  const about = describeTotal(estimates);
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
              basis: estimate.cost?.basis,
              ...(estimate.waiting.length > 0 && { dependsOn: estimate.waiting }),
            }),
      })),
      monthlyCost: sumOf(estimates),
      ...(about.length > 0 && { monthlyCostIs: about.join(' ') }),
    },
    undefined,
    2,
  );
}
