import { checkPartial } from '../lustre/partial';
import { estimatePartial, type PartialEstimate } from '../lustre/partial-estimate';
import type { Run } from './command';
import { describeConfiguration } from './configuration';
import { deploymentsOf, findFileSystems, type FileSystem } from './file-systems';
import { tellFailures, visitTemplates } from './files';
import { modelOf } from './model';
import { print, tell } from './output';
import { isJson, regionOf, settingsOf } from './settings';
import { amount, money, table } from './table';
import type { Settings, Template } from './template/template';

/** What a file system gives and costs, in one of the deployments that its template may have. */
interface Row {
  readonly file: string;
  readonly logicalId: string;
  /** The conditions that the template alone does not decide. */
  readonly when?: string;
  readonly estimate: PartialEstimate;
  readonly violations: readonly string[];
}

/** Throughput and monthly cost of each file system, and the total. */
export const run: Run = async (given) => {
  const region = regionOf(given);
  const settings = { ...settingsOf(given), region, defaultsOnly: true };
  const native = given.options.has('native');
  const { results, failures } = await visitTemplates(given.positional, settings, (template) => {
    const found = findFileSystems(template, settings);
    const all = [...found.fileSystems, ...(native ? found.native : [])];
    return all.flatMap((each) => rowsOf(template, each, settings));
  });
  const rows = results.flat();
  print(isJson(given) ? asJson(rows, region) : asTable(rows, region).join('\n'));
  for (const { file, logicalId, violations } of rows) {
    for (const message of violations) tell(`pangea-lustre: ${file}: ${logicalId}: ${message}`);
  }
  tellFailures(failures);
  if (failures.length > 0) return 2;
  return rows.some(({ violations }) => violations.length > 0) ? 1 : 0;
};

function rowsOf(
  template: Template,
  fileSystem: FileSystem,
  settings: Settings & { region: string },
): Row[] {
  const { logicalId, dialect } = fileSystem;
  const { deployments } = deploymentsOf(template, fileSystem, settings);
  return deployments.map(({ properties, conditions }) => {
    const options = { region: settings.region, defaults: dialect.defaults };
    const model = properties.kind !== 'object' ? {} : modelOf(properties, dialect);
    const when = [...conditions].map(([name, holds]) => `${name} is ${holds}`).join(' and ');
    return {
      file: template.file,
      logicalId,
      ...(deployments.length > 1 && { when }),
      estimate:
        properties.kind !== 'object'
          ? { properties: {}, waiting: ['Properties'] }
          : estimatePartial(model, options),
      violations:
        properties.kind !== 'object'
          ? []
          : checkPartial(model, options).map(({ message }) => message),
    };
  });
}

/** The dearest deployment of each file system, together. */
function totalOf(rows: readonly Row[]): number {
  const dearest = new Map<string, number>();
  for (const { file, logicalId, estimate } of rows) {
    const key = `${file} ${logicalId}`;
    dearest.set(key, Math.max(dearest.get(key) ?? 0, estimate.cost?.monthly ?? 0));
  }
  // In cents, so that the sum is exact.
  return [...dearest.values()].reduce((sum, usd) => sum + Math.round(usd * 100), 0) / 100;
}

function asTable(rows: readonly Row[], region: string): string[] {
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
  const total = money(totalOf(valid));
  const open = rows.length > valid.filter(({ estimate }) => estimate.cost).length;
  const head = [...(files.size > 1 ? ['File'] : []), 'File system', 'Configuration'];
  const blank = head.map((_, index) => (index === 0 ? 'Total' : ''));
  const bases = new Set(valid.flatMap(({ estimate }) => estimate.cost?.basis ?? []));
  return [
    ...table([...head, 'MB/s', 'Burst MB/s', 'USD a month'], [...lines, [...blank, '', '', total]]),
    '',
    ...(open ? ['The total is without what has no estimate.'] : []),
    ...(rows.some(({ when }) => when !== undefined)
      ? ['The total takes the dearest of the ways that conditions may turn out.']
      : []),
    ...[...bases].map((basis) => `Prices in ${region}: ${basis}`),
  ];
}

function asJson(rows: readonly Row[], region: string): string {
  const valid = rows.filter(({ violations }) => violations.length === 0);
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
      monthlyCost: totalOf(valid),
    },
    undefined,
    2,
  );
}
