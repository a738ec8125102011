/** What the file systems of a template give and cost, in the deployments that the template may have. */
import { sum, type CostOptions } from '../lustre/estimates/cost';
import { checkPartial } from '../lustre/unresolved/check';
import type { Work } from '../lustre/explore';
import { estimatePartial, type PartialEstimate } from '../lustre/unresolved/estimate';
import { errorsOf } from '../lustre/violations';
import { whenOf } from './when';
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
 * What a file system gives and costs, in those of its deployments where that is the same. The properties of the estimate are
 * those that all of them have.
 */
export interface Row {
  readonly file: string;
  readonly logicalId: string;
  /** Where it is so; absent where always. */
  readonly when?: string;
  readonly estimate: PartialEstimate;
  readonly violations: readonly string[];
}

/** What the dearest deployment of a template costs. */
export interface Total {
  readonly file: string;
  /** USD a month. */
  readonly usd: number;
  /** Which deployment that is; empty where all cost the same. */
  readonly when: string;
  /** Whether every deployment was looked at; otherwise none costs more. */
  readonly exact: boolean;
}

export interface Estimates {
  readonly rows: readonly Row[];
  readonly total: Total;
  /** The parameters that the template declares. */
  readonly parameterNames: readonly string[];
}

/** `region` is that whose prices count. */
export type EstimateOptions = ReviewOptions & CostOptions;

/**
 * Throughput and monthly cost of each file system of a template where parameters have their defaults, and the total.
 * @throws Unreadable where the text is not a template.
 */
export function estimate(
  text: string,
  { file = 'template', ...given }: EstimateOptions,
): Estimates {
  const template = Template.read(file, text);
  const options = { ...given, nonDefault: 'none' as const };
  refuseParameters(template, options);
  const fileSystems = findFileSystems(template, options);
  const rows = fileSystems.map((each) => rowsOf(template, each, options));
  // One file system is as dear as the dearest of its rows; several need not be that together.
  const total = totalOf(template, fileSystems, options) ?? {
    file,
    usd: sum(rows.map((each) => Math.max(0, ...each.map(costOf)))),
    when: '',
    exact: false,
  };
  return { rows: rows.flat(), total, parameterNames: template.parameterNames };
}

type Figures = Pick<Row, 'estimate' | 'violations'>;

/** What it costs; what is invalid, or not known, is not counted. */
const costOf = ({ estimate, violations }: Figures): number =>
  violations.length > 0 ? 0 : (estimate.cost?.monthly ?? 0);

function rowsOf(template: Template, fileSystem: FileSystem, options: EstimateOptions): Row[] {
  const usual = outcomesOf(template, fileSystem, options);
  // One that is not made by default is estimated where it is made, and the row says where.
  const { outcomes } =
    usual.created.length > 0
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
    };
  });
}

/** What tells rows apart: throughput and cost; where there is neither, why. */
const keyOf = ({ violations, estimate: { waiting, throughput, cost } }: Figures): string =>
  JSON.stringify(
    violations.length > 0
      ? { violations }
      : waiting.length > 0
        ? { waiting }
        : { throughput, cost },
  );

/** The figures of one of two that are alike, with the properties that are the same in both. */
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

/** Undefined where the file system is not created. */
function figuresOf(
  { properties }: Outcome,
  { type }: FileSystem,
  { region, book, discountPercent }: EstimateOptions,
  work: Work,
): Figures | undefined {
  if (properties === undefined) return undefined;
  if (properties.kind !== 'object')
    return { estimate: { properties: {}, waiting: ['Properties'] }, violations: [] };
  const checkOptions = { region, defaults: type.defaults, work };
  const model = modelOf(properties, type);
  const costs = {
    ...(book && { book }),
    ...(discountPercent !== undefined && { discountPercent }),
  };
  return {
    estimate: estimatePartial(model, { ...checkOptions, ...costs }),
    violations: errorsOf(checkPartial(model, checkOptions)).map(({ message }) => message),
  };
}

/** The dearest deployment of all file systems together; undefined where there are too many to look at. */
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
