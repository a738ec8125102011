/**
 * The rules, estimates and catalog of FSx for Lustre, for programs: pure functions of texts and values, which run in Node and
 * in a browser and send nothing anywhere.
 */
import type { TypeConfiguration } from './lustre/account/type-configuration';
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

/** Where a file system is to be, and what the account sets for it. */
export interface AccountOptions {
  /** The region of the deployment, such as eu-west-1. Prices are those of us-east-1 where it is left out. */
  readonly region?: string | undefined;
  /** The type configuration of the account: its limits are held, and its discount counts. */
  readonly configuration?: TypeConfiguration | undefined;
  /** Today, YYYY-MM-DD: what a table says that has grown old by then is a warning. Nothing grows old where it is left out. */
  readonly date?: string | undefined;
}

/** What is known about the deployment of a template. */
export interface TemplateOptions extends AccountOptions {
  /** What the template is called in findings; `template` where it is left out. */
  readonly file?: string | undefined;
  /** Values of parameters instead of their defaults. */
  readonly parameters?: ParameterValues;
  /** Whether `AWS::FSx::FileSystem` of type LUSTRE is looked at, as it is where this is left out. */
  readonly native?: boolean | undefined;
}

/** Values of parameters by their names. */
type ParameterValues = Readonly<Record<string, string | number | boolean>> | undefined;

/** What is wrong with the file systems of a template. */
export interface TemplateReport {
  /** In the order of their places in the text. */
  readonly findings: readonly Finding[];
  /** What could not be checked, and why. */
  readonly notes: readonly Note[];
  /** How many file systems were checked. */
  readonly fileSystems: number;
}

/**
 * All that FSx would refuse of the Lustre file systems of a template, and what is wrong around them, in any deployment that the
 * template may have.
 * @param text The template, YAML or JSON.
 * @throws Unreadable where it is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError where an option is not valid.
 */
export function checkTemplate(text: string, options: TemplateOptions = {}): TemplateReport {
  const { findings, notes, fileSystems, parameterNames } = check(text, reviewOptions(options));
  refuseStrange(options.parameters, parameterNames);
  return { findings, notes, fileSystems };
}

/**
 * All that FSx would refuse of a file system.
 * @param properties Those of `Pangea::FSx::LustreFileSystem`, as a template has them: every scalar may be text, and what only
 * the deployment knows, such as `{ Ref: ... }`, is passed over.
 * @throws TypeError where an option is not valid.
 */
export function checkProperties(
  properties: Readonly<Record<string, unknown>>,
  options: AccountOptions = {},
): readonly Violation[] {
  const { configuration, region, date } = accountOf(options);
  const model = modelOf(properties);
  return [
    ...checkPartial(model, {
      ...given({ region, date }),
      deferToFsx: configuration?.Validation === 'DEFER_TO_FSX',
    }),
    ...(configuration
      ? checkAccountLimits(model, configuration, { region: region ?? FALLBACK_REGION })
      : []),
  ];
}

/** What a file system costs. */
export interface CostEstimate {
  /** USD a month. */
  readonly monthly: number;
  /** USD a month by component; the lines add up to `monthly`. */
  readonly breakdown: MonthlyCostBreakdown;
  /** Whose prices, of when, how sure, and what is not counted. */
  readonly basis: string;
}

/** What a file system gives and costs. */
export interface Estimate {
  /** MB/s; absent where it is not known. */
  readonly throughput?: Throughput;
  /** Absent where it is not known, and where AWS bills in another currency than USD. */
  readonly cost?: CostEstimate;
  /** The properties that only the deployment knows and the estimate waits for. */
  readonly waiting: readonly string[];
}

/**
 * Throughput and monthly cost of a file system.
 * @param properties As `checkProperties` takes them. What FSx would refuse has no meaningful estimate: check first.
 * @throws TypeError where an option is not valid.
 */
export function estimateProperties(
  properties: Readonly<Record<string, unknown>>,
  options: AccountOptions = {},
): Estimate {
  return estimateOf(estimatePartial(modelOf(properties), costOptions(options)));
}

/** A file system of a template, where the estimate is the same. */
export interface TemplateEstimate extends Estimate {
  readonly logicalId: string;
  /** The conditions under which it is so; absent where always. */
  readonly when?: string;
  /** What FSx would refuse; then the estimate means nothing, and is not part of the total. */
  readonly violations: readonly string[];
}

/** What the file systems of a template give and cost. */
export interface TemplateEstimates {
  readonly fileSystems: readonly TemplateEstimate[];
  /** USD a month of the dearest deployment that parameters with their defaults allow. */
  readonly monthlyCost: number;
  /** Where it is as dear; absent where always. */
  readonly when?: string;
}

/**
 * Throughput and monthly cost of the file systems of a template.
 * @throws Unreadable where it is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError where an option is not valid.
 */
export function estimateTemplate(text: string, options: TemplateOptions = {}): TemplateEstimates {
  const { rows, total, parameterNames } = estimate(text, {
    ...reviewOptions(options),
    ...costOptions(options),
  });
  refuseStrange(options.parameters, parameterNames);
  return {
    fileSystems: rows.map(({ logicalId, when, violations, estimate: partial }) => ({
      logicalId,
      ...given({ when }),
      violations,
      ...estimateOf(partial),
    })),
    monthlyCost: total.usd,
    ...(total.when !== '' && { when: total.when }),
  };
}

/** What is known about an update. */
export interface DiffOptions extends TemplateOptions {
  /** Values of parameters in the deployment that exists; those of `parameters` where it has none. */
  readonly oldParameters?: ParameterValues;
}

/** What an update does. */
export interface TemplateDiff {
  /** One for each Lustre file system of either template. */
  readonly changes: readonly Change[];
  /** What a reader has to know beside the changes. */
  readonly notes: readonly string[];
}

/**
 * What an update does to each Lustre file system: to its data and clients, in which steps, throughput and cost before and after.
 * @param before The template that is deployed; undefined where there is none.
 * @param after The template that it is updated to; undefined where it is gone.
 * @throws Unreadable where a text is not a template, or CloudFormation would refuse the parameters.
 * @throws TypeError where an option is not valid.
 */
export function diffTemplates(
  before: string | undefined,
  after: string | undefined,
  options: DiffOptions = {},
): TemplateDiff {
  const { file, date } = options;
  const { region } = accountOf(options);
  const { changes, notes, parameterNames } = diff(before, after, {
    ...given({ file, region, date }),
    parameters: parametersOf(options.parameters),
    oldParameters: parametersOf(options.oldParameters),
    cost: costOptions(options),
  });
  refuseStrange({ ...options.parameters, ...options.oldParameters }, parameterNames);
  return { changes, notes };
}

/** A file system that satisfies a need. */
export interface Advice {
  /** Without SubnetIds, and without what has a default. */
  readonly properties: LustreProperties;
  readonly throughput: Throughput;
  /** Absent where no price is known. */
  readonly cost?: CostEstimate;
  /** Whether use adds to the cost: stored data of INTELLIGENT_TIERING. */
  readonly billedByUse: boolean;
  /** What decided its size, and what kind of storage it is. */
  readonly why: string;
}

/** The file systems that satisfy a need. */
export interface Advised {
  /** Cheapest first; those that use adds to, and those without a price, last. */
  readonly advice: readonly Advice[];
  /** Why there is none, in a sentence. */
  readonly whyNone?: string;
}

/**
 * The valid configurations that satisfy a need, of those that the region has.
 * @throws TypeError where the need or an option is not valid.
 */
export function advise(need: Need, options: AccountOptions = {}): Advised {
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

/** Options as the review takes them. @throws TypeError */
function reviewOptions(options: TemplateOptions): ReviewOptions {
  const { file, native } = options;
  const { configuration, region, date } = accountOf(options);
  return {
    ...given({ file, native, region, date }),
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
  return { region, ...given({ discountPercent }) };
}

const parametersOf = (parameters: ParameterValues): ReadonlyMap<string, string> =>
  new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)]));

/** @throws TypeError where a parameter is given that no template has: it is misspelled, and would not be used. */
function refuseStrange(parameters: ParameterValues, declared: readonly string[]): void {
  const strange = Object.keys(parameters ?? {}).find((name) => !declared.includes(name));
  if (strange === undefined) return;
  const names = declared.join(', ') || 'none';
  throw new TypeError(`No template has a parameter ${strange}: use ${names}.`);
}

/** @throws TypeError */
function modelOf(properties: unknown): Readonly<Record<string, unknown>> {
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties))
    throw new TypeError('The properties are not an object: give one by the names of the type.');
  return withUnknowns(properties) as Record<string, unknown>;
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

type Present<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

/** What is not undefined. */
const given = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Present<T>;
