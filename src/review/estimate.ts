/** Throughput and cost of the file systems of a template, in all deployments that it may have. */
import { sum, type CostOptions } from '../lustre/estimates/cost';
import { checkPartial } from '../lustre/unresolved/check';
import type { Work } from '../lustre/explore';
import { defined } from '../lustre/json';
import { estimatePartial, type PartialEstimate } from '../lustre/unresolved/estimate';
import { errorsOf } from '../lustre/violations';
import { joinWithAnd } from '../lustre/wording';
import { whenOf } from './when';
import { refusedValues } from './checks/refused-values';
import {
  findFileSystems,
  outcomeIn,
  outcomesOf,
  variantOf,
  type FileSystem,
  type Outcome,
  type ReviewOptions,
} from './file-systems';
import { modelOf } from './resource-model';
import { Template } from '../template/template';
import { forEachDeployment, refuseParameters } from '../template/deployments';

/**
 * The estimate of a file system in the deployments that have the same one. Its properties are those that all these
 * deployments have in common.
 */
export interface Row {
  readonly file: string;
  readonly logicalId: string;
  /** The conditions under which it applies; absent if it always does. */
  readonly when?: string;
  readonly estimate: PartialEstimate;
  readonly violations: readonly string[];
  /** Set if it is not created with the default parameters, so that it is not in the total. */
  readonly notByDefault?: true;
}

/** The cost of the most expensive deployment of a template. */
export interface Total {
  readonly file: string;
  /** USD a month. */
  readonly usd: number;
  /** The conditions of that deployment; empty if all cost the same. */
  readonly when: string;
  /** Whether every deployment was examined. If not, the total is an upper limit. */
  readonly exact: boolean;
}

/** The estimates of a template. */
export interface Estimates {
  readonly rows: readonly Row[];
  /** The file systems that no deployment creates. They have no rows. */
  readonly notCreated: readonly string[];
  readonly total: Total;
  /** The parameters that the template declares. */
  readonly parameterNames: readonly string[];
}

/** `region` is the one whose prices are used. */
export type EstimateOptions = ReviewOptions & CostOptions;

/**
 * Throughput and monthly cost of each file system of a template when parameters have their defaults, and the total.
 *
 * @throws Unreadable if the text is not a template.
 */
export function estimate(
  text: string,
  { file = 'template', ...given }: EstimateOptions,
): Estimates {
  const template = Template.read(file, text);
  const options = withDefaultParameters(given);
  const fileSystems = estimatedIn(template, options);
  const rows = fileSystems.map((each) => rowsOf(template, each, options));
  // The sum of the most expensive rows is an upper limit, because several file systems need not be at their most expensive in
  // the same deployment.
  const total = totalOf(template, fileSystems, options) ?? {
    file,
    usd: sum(
      rows.map((each) => Math.max(0, ...each.filter((row) => !row.notByDefault).map(costOf))),
    ),
    when: '',
    exact: false,
  };
  const notCreated = fileSystems
    .filter((_, index) => rows[index]?.length === 0)
    .map(({ logicalId }) => logicalId);
  return { rows: rows.flat(), notCreated, total, parameterNames: template.parameterNames };
}

/** The rows of `estimate` for a template that has been read. The total would take as long again. */
export function estimateFileSystems(
  template: Template,
  given: Omit<EstimateOptions, 'file'>,
): readonly Row[] {
  const options = withDefaultParameters(given);
  return estimatedIn(template, options).flatMap((each) => rowsOf(template, each, options));
}

const withDefaultParameters = <T>(given: T) => ({ ...given, nonDefault: 'none' as const });

function estimatedIn(template: Template, options: EstimateOptions): readonly FileSystem[] {
  refuseParameters(template, options);
  return findFileSystems(template, options);
}

/** A sentence on the file systems that are not in the total, if there are any; `of` names the template. */
export function leftOut(rows: readonly Row[], of = ''): string[] {
  const names = new Set(rows.filter((row) => row.notByDefault).map(({ logicalId }) => logicalId));
  if (names.size === 0) return [];
  const are = names.size === 1 ? 'is' : 'are';
  return [
    `The total does not include ${joinWithAnd([...names])}${of}, which ${are} not created with the default parameters.`,
  ];
}

type Figures = Pick<Row, 'estimate' | 'violations'>;

/** The cost. File systems that are invalid, or whose cost is not known, count as 0. */
const costOf = ({ estimate, violations }: Figures): number =>
  violations.length > 0 ? 0 : (estimate.cost?.monthly ?? 0);

function rowsOf(template: Template, fileSystem: FileSystem, options: EstimateOptions): Row[] {
  const usual = outcomesOf(template, fileSystem, options);
  // A file system that is not created by default is estimated in the deployments that create it, and the row names their
  // conditions.
  const byDefault = usual.created.length > 0;
  const { outcomes } = byDefault
    ? usual
    : outcomesOf(template, fileSystem, { ...options, nonDefault: 'deciding' });
  const alike = new Map<string, { figures: Figures; in: Set<Outcome> }>();
  for (const outcome of outcomes) {
    const figures = figuresOf(outcome, fileSystem, options, template.work);
    if (figures === undefined) continue;
    const key = keyOf(figures);
    const known = alike.get(key);
    alike.set(key, {
      figures: known ? inCommon(known.figures, figures) : figures,
      in: (known?.in ?? new Set()).add(outcome),
    });
  }
  return [...alike.values()].map(({ figures, in: affected }) => {
    const when = whenOf(affected, outcomes, template.work);
    return {
      file: template.file,
      logicalId: fileSystem.logicalId,
      ...(when !== '' && { when }),
      ...figures,
      ...(!byDefault && { notByDefault: true as const }),
    };
  });
}

/** The key by which rows are merged: throughput and cost; without either, the reason. */
const keyOf = ({ violations, estimate: { waiting, throughput, cost } }: Figures): string =>
  JSON.stringify(
    violations.length > 0
      ? { violations }
      : waiting.length > 0
        ? { waiting }
        : { throughput, cost },
  );

/** The figures of the first of two equal estimates, with the properties that both have. */
const inCommon = (one: Figures, { estimate: { properties } }: Figures): Figures => ({
  ...one,
  estimate: {
    ...one.estimate,
    properties: Object.fromEntries(
      Object.entries(one.estimate.properties).filter(
        ([name, value]) =>
          JSON.stringify(value) === JSON.stringify(properties[name as keyof typeof properties]),
      ),
    ),
  },
});

/** Undefined if the file system is not created. */
function figuresOf(
  { properties }: Outcome,
  { type }: FileSystem,
  { region, book, discountPercent }: EstimateOptions,
  work: Work,
): Figures | undefined {
  if (properties === undefined) return undefined;
  const refused = refusedValues(properties);
  if (properties.kind !== 'object')
    return {
      estimate: { properties: {}, waiting: ['Properties'] },
      violations: refused.map(({ message }) => message),
    };
  const checkOptions = { region, defaults: type.defaults, work };
  const model = modelOf(properties, type);
  const errors = errorsOf(checkPartial(model, checkOptions)).filter(
    // What is empty is not also missing.
    ({ property }) => !refused.some((each) => each.property === type.path(property)),
  );
  return {
    estimate: estimatePartial(model, { ...checkOptions, ...defined({ book, discountPercent }) }),
    violations: [...refused, ...errors].map(({ message }) => message),
  };
}

/** The most expensive deployment of all file systems together; undefined if there are too many deployments to examine. */
function totalOf(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: EstimateOptions,
): Total | undefined {
  const { results, complete } = forEachDeployment(template, options, (deployment) => {
    const figures = fileSystems.map((each) =>
      figuresOf(outcomeIn(deployment, each), each, options, template.work),
    );
    const usd = sum(figures.map((each) => (each ? costOf(each) : 0)));
    return { usd, variant: variantOf(deployment) };
  });
  if (!complete) return undefined;
  const usd = Math.max(0, ...results.map((each) => each.usd));
  const dearest = results.filter((each) => each.usd === usd).map(({ variant }) => variant);
  const when = whenOf(
    new Set(dearest),
    results.map(({ variant }) => variant),
    template.work,
  );
  return { file: template.file, usd, when, exact: true };
}
