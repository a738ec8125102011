/**
 * The rules, estimates and catalog of FSx for Lustre, for programs. These are pure functions, which run in Node and in
 * browsers and send nothing anywhere.
 */
import type { TypeConfiguration } from './lustre/account/type-configuration';
import { defined, isObject, type Json } from './lustre/json';
import type { LustreProperties, MonthlyCostBreakdown } from './lustre/properties';
import { regionProblem } from './lustre/catalog/regions';
import { advise as adviseFor, whyNoAdvice, type Need } from './lustre/estimates/advice';
import type { CostEstimate as PricedEstimate, CostOptions } from './lustre/estimates/cost';
import { FALLBACK_REGION } from './lustre/estimates/prices';
import type { Throughput } from './lustre/estimates/throughput';
import { checkAccountLimits } from './lustre/unresolved/account-limits';
import { checkPartial } from './lustre/unresolved/check';
import { estimatePartial, type PartialEstimate } from './lustre/unresolved/estimate';
import type { Violation } from './lustre/violations';
import { configurationGiven, forAccount } from './review/account';
import { check } from './review/check';
import type { Change } from './review/diff/change';
import { diff } from './review/diff/diff';
import { estimate } from './review/estimate';
import type { ReviewOptions } from './review/file-systems';
import type { Finding, Note } from './review/finding';
import { withUnknowns } from './typed/tokens';

export { OFFERINGS, LUSTRE_VERSIONS } from './lustre/catalog/catalog';
export type {
  DiskThroughput,
  Durability,
  MetadataChoice,
  Offering,
  OfferingName,
  Tier,
} from './lustre/catalog/catalog';
export type { AllowedNumbers } from './lustre/catalog/allowed-numbers';
export { LOCAL_ZONES, REGIONS } from './lustre/catalog/regions';
export type {
  Availability,
  Offered,
  Persistent2,
  LocalZone,
  Region,
} from './lustre/catalog/regions';
export type { Guardrails } from './lustre/account/guardrails';
export type { Need } from './lustre/estimates/advice';
export type { Throughput } from './lustre/estimates/throughput';
export type { Repair, Severity, Violation } from './lustre/violations';
export type {
  Amounts,
  Branch,
  Change,
  ChangeKind,
  ChangeStep,
  PropertyChange,
  Reason,
  Verdict,
} from './review/diff/change';
export type { Finding, Note } from './review/finding';
export { addressOf, RULE_NAMES } from './review/rule-names';
export { Unreadable } from './template/source-tree';
export type { LustreProperties, MonthlyCostBreakdown, TypeConfiguration };

/** The region of a file system, and the settings of its account. */
export interface AccountOptions {
  /** The region of the deployment, such as eu-west-1. Without it, prices are those of us-east-1. */
  readonly region?: string | undefined;
  /** The type configuration of the account: its guardrails are checked, and its discount is applied. */
  readonly configuration?: TypeConfiguration | undefined;
  /**
   * Today, YYYY-MM-DD. Errors that are based on a table older than a year are then warnings. Without it, no table counts as
   * out of date.
   */
  readonly date?: string | undefined;
}

/** What is known about the deployment of a template. */
export interface TemplateOptions extends AccountOptions {
  /** The name of the template in findings. Default: `template`. */
  readonly file?: string | undefined;
  /** Values of parameters instead of their defaults. */
  readonly parameters?: ParameterValues;
  /** Whether `AWS::FSx::FileSystem` of type LUSTRE is also reviewed. Default: true. */
  readonly native?: boolean | undefined;
}

/** Values of parameters, by name. */
type ParameterValues = Readonly<Record<string, string | number | boolean>> | undefined;

/** The result of checking a template. */
export interface TemplateReport {
  /** In the order of their positions in the text. */
  readonly findings: readonly Finding[];
  /** What could not be checked, and why. */
  readonly notes: readonly Note[];
  /** The number of file systems that were checked. */
  readonly fileSystems: number;
}

/**
 * Checks a template: everything that FSx would refuse of its Lustre file systems, and errors in resources that belong to
 * them, in all deployments that the template may have.
 *
 * @param text The template, YAML or JSON.
 * @throws Unreadable if it is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError if it is not text, or an option is not valid.
 */
export function checkTemplate(text: string, options: TemplateOptions = {}): TemplateReport {
  const { findings, notes, fileSystems, parameterNames } = check(
    textOf(text),
    reviewOptions(options),
  );
  refuseUndeclared(options.parameters, parameterNames);
  return { findings, notes, fileSystems };
}

/**
 * Checks the properties of one file system: everything that FSx would refuse.
 *
 * @param properties Those of `Pangea::FSx::LustreFileSystem`, as in a template: every scalar may be a string. Values that
 * only the deployment knows, such as `{ Ref: ... }`, are not checked.
 * @throws TypeError if an option is not valid.
 */
export function checkProperties(
  properties: Readonly<Record<string, unknown>>,
  options: AccountOptions = {},
): readonly Violation[] {
  const { configuration, region, date } = accountOf(options);
  const model = modelOf(properties);
  // A macro, such as AWS::Include, adds properties or changes them.
  if ('Fn::Transform' in properties) return [];
  return [
    ...checkPartial(model, {
      ...defined({ region, date }),
      deferToFsx: configuration?.Validation === 'DEFER_TO_FSX',
    }),
    ...(configuration
      ? checkAccountLimits(model, configuration, { region: region ?? FALLBACK_REGION })
      : []),
  ];
}

/** The monthly cost of a file system. */
export interface CostEstimate {
  /** USD a month. */
  readonly monthly: number;
  /** USD a month by component; the lines add up to `monthly`. */
  readonly breakdown: MonthlyCostBreakdown;
  /** What the prices are based on, in sentences: the region, the date, how reliable they are, and what is not counted. */
  readonly basis: string;
}

/** The throughput and the cost of a file system. */
export interface Estimate {
  /** MB/s; absent if it is not known. */
  readonly throughput?: Throughput;
  /** Absent if it is not known, and where AWS bills in another currency than USD. */
  readonly cost?: CostEstimate;
  /** The properties that the estimate depends on and that only the deployment knows. */
  readonly waiting: readonly string[];
}

/**
 * The throughput and the monthly cost of a file system.
 *
 * @param properties As in `checkProperties`. The estimate of invalid properties means nothing, so check them first.
 * @throws TypeError if an option is not valid.
 */
export function estimateProperties(
  properties: Readonly<Record<string, unknown>>,
  options: AccountOptions = {},
): Estimate {
  return estimateOf(estimatePartial(modelOf(properties), costOptions(options)));
}

/** The estimate of a file system of a template, for all deployments with the same estimate. */
export interface TemplateEstimate extends Estimate {
  readonly logicalId: string;
  /** The conditions under which it applies; absent if it always does. */
  readonly when?: string;
  /** What FSx would refuse. If there are violations, the estimate means nothing and is not part of the total. */
  readonly violations: readonly string[];
}

/** The throughput and the cost of the file systems of a template. */
export interface TemplateEstimates {
  readonly fileSystems: readonly TemplateEstimate[];
  /** USD a month of the most expensive deployment in which parameters have their defaults. */
  readonly monthlyCost: number;
  /** The conditions of that deployment; absent if all cost the same. */
  readonly when?: string;
}

/**
 * The throughput and the monthly cost of the file systems of a template.
 *
 * @throws Unreadable if it is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError if it is not text, or an option is not valid.
 */
export function estimateTemplate(text: string, options: TemplateOptions = {}): TemplateEstimates {
  const { rows, total, parameterNames } = estimate(textOf(text), {
    ...reviewOptions(options),
    ...costOptions(options),
  });
  refuseUndeclared(options.parameters, parameterNames);
  return {
    fileSystems: rows.map(({ logicalId, when, violations, estimate: partial }) => ({
      logicalId,
      ...defined({ when }),
      violations,
      ...estimateOf(partial),
    })),
    monthlyCost: total.usd,
    ...(total.when !== '' && { when: total.when }),
  };
}

/** What is known about an update. */
export interface DiffOptions extends TemplateOptions {
  /** Values of parameters in the existing deployment. Default: those of `parameters`. */
  readonly oldParameters?: ParameterValues;
}

/** The effects of an update. */
export interface TemplateDiff {
  /** One for each Lustre file system of either template. */
  readonly changes: readonly Change[];
  /** What a reader must know in addition to the changes. */
  readonly notes: readonly string[];
}

/**
 * The effects of an update on each Lustre file system: on its data and clients, the steps, and throughput and cost before and
 * after.
 *
 * @param before The deployed template; undefined if there is none.
 * @param after The new template; undefined if the stack is deleted.
 * @throws Unreadable if a text is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError if one is given that is not text, or an option is not valid.
 */
export function diffTemplates(
  before: string | undefined,
  after: string | undefined,
  options: DiffOptions = {},
): TemplateDiff {
  const { file, date } = options;
  const { region } = accountOf(options);
  const { changes, notes, parameterNames } = diff(
    before === undefined ? before : textOf(before),
    after === undefined ? after : textOf(after),
    {
      ...defined({ file, region, date }),
      parameters: parametersOf(options.parameters),
      oldParameters: parametersOf(options.oldParameters),
      cost: costOptions(options),
    },
  );
  refuseUndeclared({ ...options.parameters, ...options.oldParameters }, parameterNames);
  return { changes, notes };
}

/** A configuration that satisfies a need. */
export interface Advice {
  /** Without SubnetIds, and without properties whose default applies. */
  readonly properties: LustreProperties;
  readonly throughput: Throughput;
  /** Absent if no price is known. */
  readonly cost?: CostEstimate;
  /** Whether stored data is billed by usage and not part of the cost, as with INTELLIGENT_TIERING. */
  readonly billedByUse: boolean;
  /** What decided the size, and the characteristics of the storage, in sentences. */
  readonly why: string;
}

/** The configurations that meet a need. */
export interface Advised {
  /** Cheapest first. Those with costs that depend on use, or without a price, are last. */
  readonly advice: readonly Advice[];
  /** Why there is none, as a sentence. */
  readonly whyNone?: string;
}

/**
 * The valid configurations that meet a need, among those that the region offers.
 *
 * @throws TypeError if the need or an option is not valid.
 */
export function advise(need: Need, options: AccountOptions = {}): Advised {
  if (!isObject(need))
    throw new TypeError('The need is not an object: specify capacity and throughput.');
  for (const name of ['capacity', 'throughput'] as const)
    if (!(Number.isFinite(need[name]) && need[name] > 0))
      throw new TypeError(`${name} ${String(need[name])} is not valid: use a number above 0.`);
  const costs = costOptions(options);
  const advice = adviseFor(need, costs);
  return {
    advice: advice.map(({ cost, ...each }) => ({ ...each, ...(cost && { cost: costOf(cost) }) })),
    ...(advice.length === 0 && { whyNone: whyNoAdvice(need, costs) }),
  };
}

/** The options of a review. @throws TypeError */
function reviewOptions(options: TemplateOptions): ReviewOptions {
  const { file, native } = options;
  const { configuration, region, date } = accountOf(options);
  return {
    ...defined({ file, native, region, date }),
    parameters: parametersOf(options.parameters),
    ...(configuration && forAccount(configuration, region ?? FALLBACK_REGION)),
  };
}

/** @throws TypeError */
function accountOf({ region, configuration, date }: AccountOptions): AccountOptions {
  const problem = region === undefined ? undefined : regionProblem(region);
  if (problem !== undefined) throw new TypeError(problem);
  return {
    region,
    date,
    configuration: configuration === undefined ? undefined : configurationGiven(configuration),
  };
}

/** @throws TypeError */
function costOptions(options: AccountOptions): CostOptions {
  const { region = FALLBACK_REGION, configuration } = accountOf(options);
  const discountPercent = configuration?.Pricing?.DiscountPercent;
  return { region, ...defined({ discountPercent }) };
}

const parametersOf = (parameters: ParameterValues): ReadonlyMap<string, string> =>
  new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)]));

/** @throws TypeError for a parameter that no template has. It is misspelled, and would have no effect. */
function refuseUndeclared(parameters: ParameterValues, declared: readonly string[]): void {
  const undeclared = Object.keys(parameters ?? {}).find((name) => !declared.includes(name));
  if (undeclared === undefined) return;
  const names = declared.join(', ') || 'none';
  throw new TypeError(`No template has a parameter ${undeclared}: use ${names}.`);
}

/** The text of a template. Files that are read without an encoding are none. @throws TypeError */
function textOf(template: unknown): string {
  if (typeof template === 'string') return template;
  throw new TypeError('The template is not text: pass its YAML or JSON as a string.');
}

/** @throws TypeError */
function modelOf(properties: unknown): Json {
  if (!isObject(properties))
    throw new TypeError(
      'The properties are not an object: pass one with the property names of the type.',
    );
  return withUnknowns(properties) as Json;
}

const estimateOf = ({ throughput, cost, waiting }: PartialEstimate): Estimate => ({
  ...(throughput && { throughput }),
  ...(cost && { cost: costOf(cost) }),
  waiting,
});

const costOf = ({ monthly, breakdown, basis }: PricedEstimate): CostEstimate => ({
  monthly,
  breakdown,
  basis,
});
