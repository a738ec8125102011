/**
 * The content of an estimate in every format: its rows, the rows without figures, the total, and what the prices are based
 * on.
 */
import { describeConfiguration, pricesOf } from '../../lustre/estimates/wording';
import { amount, money } from '../../lustre/wording';
import { sum, whyNoCost } from '../../lustre/estimates/cost';
import { leftOut, type Estimates, type Row } from '../../review/estimate';
import type { VisibleText } from './visible-text';

/**
 * Formats the estimates of several templates.
 *
 * @param region The region whose prices are used.
 */
export type EstimateFormat = (estimates: readonly Estimates[], region: string) => VisibleText;

/** A row of a table, as text. */
export interface Cells {
  readonly name: string;
  readonly file: string;
  /** The configuration, or why there are no figures. */
  readonly configuration: string;
  /** The conditions under which it applies; empty if it always does. */
  readonly when: string;
  /** Baseline throughput, MB/s. */
  readonly baseline: string;
  readonly burst: string;
  /** USD a month. */
  readonly cost: string;
  /** The regions whose prices are used instead of those of the region; empty if there are none. */
  readonly prices: string;
}

/** A value that is not known. */
const NONE = '-';

/** The cells of a row, as text. */
export function cellsOf(row: Row): Cells {
  const { file, logicalId, when = '', estimate, violations } = row;
  const { throughput, cost, waiting, properties } = estimate;
  const isValid = violations.length === 0;
  return {
    name: logicalId,
    file,
    configuration: !isValid
      ? 'invalid'
      : waiting.length > 0
        ? `depends on ${waiting.join(', ')}`
        : describeConfiguration(properties),
    when,
    baseline: isValid && throughput ? amount(throughput.baseline) : NONE,
    burst: isValid && throughput ? amount(throughput.burst) : NONE,
    cost: isValid && cost ? money(cost.monthly) : NONE,
    prices: isValid && cost ? pricesOf([cost.priceBasis]) : '',
  };
}

/** The estimates of several templates, for readers. */
export interface EstimateText {
  readonly rows: readonly Cells[];
  readonly total: Cells;
  readonly severalFiles: boolean;
  /** The sentences below the table. */
  readonly sentences: readonly string[];
}

/** Undefined if there is no file system. */
export function textOf(estimates: readonly Estimates[], region: string): EstimateText | undefined {
  const rows = estimates.flatMap((each): readonly Row[] => each.rows);
  if (rows.length === 0) return undefined;
  const severalFiles = new Set(rows.map(({ file }) => file)).size > 1;
  const { shown, left } = shownRows(rows, severalFiles);
  const valid = rows.filter(({ violations }) => violations.length === 0);
  const costs = valid.flatMap(({ estimate }) => estimate.cost ?? []);
  const bases = new Set(costs.map(({ basis }) => basis));
  const noCost = whyNoCost(region);
  return {
    rows: shown.map(cellsOf),
    total: {
      name: 'Total',
      file: '',
      configuration: '',
      when: '',
      baseline: '',
      burst: '',
      cost: costs.length === 0 ? NONE : money(sumOf(estimates)),
      prices: pricesOf(costs.map(({ priceBasis }) => priceBasis)),
    },
    severalFiles,
    sentences: [
      ...left,
      ...(costs.length > 0 && rows.length > costs.length
        ? ['The total does not include file systems without an estimate.']
        : []),
      ...(noCost === undefined ? [] : [noCost]),
      ...describeTotal(estimates),
      ...bases,
    ],
  };
}

/** The total, USD a month. */
export const sumOf = (estimates: readonly Estimates[]): number =>
  sum(estimates.map(({ total }) => total.usd));

/** The deployment of each total, if there are several. */
export function describeTotal(estimates: readonly Estimates[]): string[] {
  const several = estimates.filter(({ rows }) => rows.length > 0).length > 1;
  return estimates.flatMap(({ rows, total: { file, when, exact } }) => {
    const of = several ? ` of ${file}` : '';
    const left = leftOut(rows, of);
    if (!exact)
      return [
        `No deployment${of} costs more than the total: there are too many combinations of conditions to estimate each.`,
        ...left,
      ];
    if (when !== '')
      return [`The total is for the most expensive deployment${of}: where ${when}.`, ...left];
    const decided = rows.some((row) => row.when !== undefined && !row.notByDefault && hasCost(row));
    return [
      ...(decided ? [`The total is the same for all combinations of conditions${of}.`] : []),
      ...left,
    ];
  });
}

const hasCost = ({ violations, estimate }: Row): boolean =>
  violations.length === 0 && estimate.cost !== undefined;

/** What is said if there are no rows. */
export function nothingOf(estimates: readonly Estimates[]): string[] {
  const sentences = estimates.flatMap(({ notCreated, total: { file } }) =>
    notCreated.map((name) => `${name} in ${file} is not created, so it has no estimate.`),
  );
  return sentences.length > 0 ? sentences : ['There is no Lustre file system.'];
}

/** The rows with figures. If a file system has several without, a sentence replaces them. */
function shownRows(
  rows: readonly Row[],
  severalFiles: boolean,
): { shown: readonly Row[]; left: readonly string[] } {
  const fileSystems = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.file, row.logicalId]);
    fileSystems.set(key, [...(fileSystems.get(key) ?? []), row]);
  }
  const several = [...fileSystems.values()].flatMap((all) => {
    const without = all.filter((row) => !hasFigures(row));
    const [of] = without;
    return of && without.length > 1 ? [{ of, without, others: without.length < all.length }] : [];
  });
  const dropped = new Set(several.flatMap(({ without }) => without));
  return {
    shown: rows.filter((row) => !dropped.has(row)),
    left: several.map(({ of: { logicalId, file }, without, others }) => {
      const name = severalFiles ? `${logicalId} in ${file}` : logicalId;
      return `Of ${name}, ${describeRest(without, others)}`;
    }),
  };
}

function describeRest(rows: readonly Row[], others: boolean): string {
  const invalid = rows.filter(({ violations }) => violations.length > 0);
  const open = rows.filter(({ violations }) => violations.length === 0);
  const waiting = [...new Set(open.flatMap(({ estimate }) => estimate.waiting))];
  const parts = [
    ...(invalid.length > 0
      ? [`${invalid.length} ${invalid.length === 1 ? 'is' : 'are'} invalid, as check reports`]
      : []),
    ...(open.length > 0
      ? [`${open.length} ${open.length === 1 ? 'depends' : 'depend'} on ${waiting.join(', ')}`]
      : []),
  ];
  return `${rows.length} ${others ? 'other ' : ''}combinations of conditions have no estimate: ${parts.join('; ')}.`;
}

const hasFigures = ({ estimate, violations }: Row): boolean =>
  violations.length === 0 && estimate.waiting.length === 0;
