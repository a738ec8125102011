/** Compares two versions of a template: what happens to each Lustre file system, in each deployment. */
import type { CostOptions } from '../../lustre/estimates/cost';
import { defined } from '../../lustre/json';
import type { Deployment } from '../../template/deployment';
import {
  defaultDeployment,
  forEachUpdate,
  refuseParameters,
  type DeployedTemplate,
} from '../../template/deployments';
import { isCreated, outside } from '../../template/intrinsics';
import { isMacro, member, textOf } from '../../template/node';
import type { Place } from '../../template/source-tree';
import { Template } from '../../template/template';
import { scalarText } from '../../template/values';
import { findFileSystems, variantOf, type FileSystem, type Outcome } from '../file-systems';
import { NATIVE_TYPE } from '../resource-types';
import { whenOf } from '../when';
import { gravity, type Branch, type Change, type Verdict } from './change';
import type { JudgeOptions } from './creation';
import { replacedByAnother } from './deletion';
import { judge, typeChanged } from './judge';
import { References } from './replaced-references';
import { withRenames } from './renames';
import { stateIn, type State } from './state';

/** The options of a diff. */
export interface DiffOptions {
  /** The name of the template in the results. */
  readonly file?: string;
  /** Values of parameters instead of their defaults; undefined if only the stack has the value. */
  readonly parameters?: ReadonlyMap<string, string | undefined>;
  /** The values in the existing deployment. Parameters that it does not name have the values of `parameters`. */
  readonly oldParameters?: ReadonlyMap<string, string | undefined>;
  /** The region of the deployment, such as eu-west-1. */
  readonly region?: string;
  /** Today, YYYY-MM-DD. Errors that are based on a table older than a year are then warnings. */
  readonly date?: string;
  /** The region and the prices for cost estimates. */
  readonly cost: CostOptions;
}

/** The result of a diff. */
export interface Diff {
  readonly changes: readonly Change[];
  /** What a reader must know in addition to the changes. */
  readonly notes: readonly string[];
  /** The parameters that either template declares. */
  readonly parameterNames: readonly string[];
}

const EMPTY = 'Resources: {}';

/**
 * What happens to each Lustre file system between two versions of a template. An undefined version does not exist.
 *
 * @throws Unreadable if a text is not a template, or CloudFormation would refuse the parameters.
 */
export const diff = (
  before: string | undefined,
  after: string | undefined,
  options: DiffOptions,
): Diff => {
  const { file = 'template' } = options;
  const [old, wanted] = [before, after].map((text) =>
    text === undefined ? undefined : Template.read(file, text),
  );
  return diffTemplates(old, wanted, options);
};

/** As `diff`, for templates that have been read. */
export function diffTemplates(
  before: Template | undefined,
  after: Template | undefined,
  options: DiffOptions,
): Diff {
  const { file = 'template' } = options;
  const old = before ?? Template.read(file, EMPTY);
  const wanted = after ?? Template.read(file, EMPTY);
  const parameterNames = [...new Set([...old.parameterNames, ...wanted.parameterNames])];
  const { changes, complete } = new TemplateUpdate(old, wanted, options).changes();
  const notes = [
    ...(after === undefined && changes.length > 0
      ? [`${file} was removed: its stack and resources remain until you delete the stack.`]
      : []),
    ...(complete
      ? []
      : [`${file} has too many combinations of conditions: not all of them were compared.`]),
    ...[...new Set([old, wanted].flatMap(macrosOf))].map(
      (name) =>
        `${file}: what ${name} adds or changes is not known before the deployment, so it was not compared.`,
    ),
    ...refusalNotes(changes),
  ];
  return { changes, notes, parameterNames };
}

/** Macros of AWS that do not change file systems, apart from the functions that they add. */
const HARMLESS: ReadonlySet<string> = new Set([
  'AWS::LanguageExtensions',
  'AWS::Serverless-2016-10-31',
]);

/** The macros of a template. */
function macrosOf(template: Template): readonly string[] {
  const names = template.transforms.map((each) => textOf(member(each, 'Name') ?? each));
  const called = [template.root, template.section('Resources')].flatMap((map) =>
    (map?.entries ?? []).filter(isMacro).map(({ key }) => key),
  );
  return [...names, ...called].flatMap((name) =>
    name === undefined || HARMLESS.has(name) ? [] : name,
  );
}

/** If one resource fails, CloudFormation rolls back the whole stack update. */
function refusalNotes(changes: readonly Change[]): string[] {
  const refused = changes.filter(({ change }) => change === 'refused');
  const others = changes.filter(({ change }) => change !== 'refused' && change !== 'none');
  const [first] = refused;
  return first && others.length > 0
    ? [
        `${first.file}: a refused change rolls back the whole stack update. While ${refused.map(({ logicalId }) => logicalId).join(', ')} is refused, the others do not change either.`,
      ]
    : [];
}

interface Pair {
  readonly logicalId: string;
  readonly before: FileSystem | undefined;
  readonly after: FileSystem | undefined;
}

/** A verdict in one of the deployments. */
interface Seen {
  readonly outcome: Outcome;
  readonly verdict: Verdict | undefined;
}

class TemplateUpdate {
  readonly #before: DeployedTemplate;
  readonly #after: DeployedTemplate;
  readonly #options: JudgeOptions;
  readonly #file: string;
  readonly #changedSecrets: ReadonlySet<string>;

  constructor(before: Template, after: Template, options: DiffOptions) {
    const { parameters = new Map<string, string | undefined>(), region, date, cost } = options;
    this.#file = options.file ?? 'template';
    const old = new Map([...parameters, ...(options.oldParameters ?? [])]);
    const shared = {
      ...(region !== undefined && { region }),
      nonDefault: 'deciding' as const,
      hidesNoEcho: true,
    };
    // A parameter that keeps its value has that of the existing deployment.
    const kept = [...parameters].map(
      ([name, value]) => [name, value ?? old.get(name) ?? defaultOf(before, name)] as const,
    );
    this.#before = { template: before, options: { ...shared, parameters: old } };
    this.#after = { template: after, options: { ...shared, parameters: new Map(kept) } };
    refuseParameters(after, this.#after.options);
    refuseParameters(before, {
      ...shared,
      parameters: options.oldParameters ?? new Map<string, string>(),
    });
    this.#changedSecrets = changedSecrets(this.#before, this.#after);
    this.#options = {
      cost,
      ...defined({ region, date }),
    };
  }

  changes(): { changes: readonly Change[]; complete: boolean } {
    const compared = this.#pairs().map((pair) => this.#compare(pair));
    return {
      changes: withRenames(
        compared.flatMap(({ change }) => change ?? []),
        defaultDeployment(this.#before.template, this.#before.options),
        defaultDeployment(this.#after.template, this.#after.options),
      ),
      complete: compared.every(({ complete }) => complete),
    };
  }

  #pairs(): readonly Pair[] {
    const [before, after] = [this.#before, this.#after].map(({ template, options }) =>
      byLogicalId(findFileSystems(template, options)),
    );
    return [...new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])].map((logicalId) => ({
      logicalId,
      before: before?.get(logicalId),
      after: after?.get(logicalId),
    }));
  }

  #compare(pair: Pair): { change: Change | undefined; complete: boolean } {
    const { results, complete } = forEachUpdate(this.#before, this.#after, (before, after) => {
      const verdict = this.#verdict(pair, before, after);
      return { outcome: jointOutcome(variantOf(before), variantOf(after)), verdict };
    });
    const branches = branchesOf(results, this.#after.template.work);
    const [worst] = branches;
    if (!worst) return { change: undefined, complete };
    const { logicalId } = pair;
    const fileSystem = pair.after ?? pair.before;
    const place = pair.after && this.#after.template.placeAt(pair.after.at);
    return {
      change: changeOf(branches, worst, logicalId, fileSystem, this.#file, place),
      complete,
    };
  }

  #verdict(pair: Pair, before: Deployment, after: Deployment): Verdict | undefined {
    const [old, wanted] = [
      pair.before && stateIn(before, pair.before),
      pair.after && stateIn(after, pair.after),
    ];
    const references = new References(before, after, this.#changedSecrets);
    const elsewhere = otherType(pair, old ? after : before, old, wanted);
    const state = old ?? wanted;
    if (elsewhere === undefined || !state) return judge(old, wanted, this.#options, references);
    const own = state.type.name;
    if (old && own === elsewhere) return replacedByAnother(old, this.#options);
    if (own === elsewhere) return judge(undefined, wanted, this.#options, references);
    const types = old ? { from: own, to: elsewhere } : { from: elsewhere, to: own };
    return typeChanged(state, types, this.#options);
  }
}

const byLogicalId = (fileSystems: readonly FileSystem[]): ReadonlyMap<string, FileSystem> =>
  new Map(fileSystems.map((each) => [each.logicalId, each]));

/** The type of the other template's resource with the same logical ID, if it is not a Lustre file system. */
function otherType(
  { logicalId }: Pair,
  deployment: Deployment,
  old: State | undefined,
  wanted: State | undefined,
): string | undefined {
  if ((old === undefined) === (wanted === undefined)) return undefined;
  const resource = deployment.template.resource(logicalId)?.value;
  if (!resource) return undefined;
  const type = textOf(member(resource, 'Type'));
  const { name } = (old ?? wanted)?.type ?? {};
  return isCreated(resource, outside(deployment)) && (type !== name || name === NATIVE_TYPE)
    ? type
    : undefined;
}

/** The parameters with NoEcho whose values are known to differ. */
function changedSecrets(before: DeployedTemplate, after: DeployedTemplate): ReadonlySet<string> {
  const valueIn = ({ template, options }: DeployedTemplate, name: string): string | undefined =>
    scalarText(template.parameterValue(name, { ...options, hidesNoEcho: false }, 0));
  return new Set(
    after.template.parameterNames.filter(
      (name) =>
        [before, after].some(({ template }) => template.isNoEcho(name)) &&
        valueIn(before, name) !== valueIn(after, name),
    ),
  );
}

const defaultOf = (template: Template, name: string): string | undefined =>
  textOf(member(template.parameter(name), 'Default'));

/** What two deployments have in common. Values that differ are given with the old one. */
function jointOutcome(before: Outcome, after: Outcome): Outcome {
  const conditions = new Map([...before.conditions, ...after.conditions]);
  const values = new Map([...before.values, ...after.values]);
  for (const [name, value] of before.conditions)
    if (conditions.get(name) !== value) {
      conditions.delete(name);
      values.set(name, `${String(after.conditions.get(name))} (was ${String(value)})`);
    }
  for (const [name, value] of before.values)
    if (after.values.has(name) && after.values.get(name) !== value)
      values.set(name, `${after.values.get(name) ?? ''} (was ${value})`);
  return {
    conditions,
    values,
    varied: new Set([...before.varied, ...after.varied]),
    // A changed default must be distinguished from the same value in both.
    byDefault: false,
    nonDefaultParameters: new Set([...before.nonDefaultParameters, ...after.nonDefaultParameters]),
  };
}

/** Used when no short condition distinguishes a branch from the others. */
const OTHERWISE = 'something else holds';

/** The distinct verdicts, worst first, each with its conditions. */
export function branchesOf(seen: readonly Seen[], work: Template['work']): readonly Branch[] {
  const outcomes = seen.map(({ outcome }) => outcome);
  const alike = new Map<string, { verdict: Verdict; in: Set<Outcome> }>();
  for (const { outcome, verdict } of seen) {
    if (!verdict) continue;
    const { change, reasons } = verdict;
    // If nothing changes, a different cost does not make a different verdict.
    const key = JSON.stringify(change === 'none' ? { change, reasons } : verdict);
    const known = alike.get(key) ?? { verdict, in: new Set() };
    known.in.add(outcome);
    alike.set(key, known);
  }
  return [...alike.values()]
    .map(({ verdict, in: affected }) => {
      const when = whenOf(affected, outcomes, work);
      return {
        ...verdict,
        when: when === '' && affected.size < outcomes.length ? OTHERWISE : when,
      };
    })
    .toSorted((a, b) => gravity(b) - gravity(a));
}

/** The change of one file system, from its branches. */
export function changeOf(
  branches: readonly Branch[],
  { when, ...worst }: Branch,
  logicalId: string,
  fileSystem: FileSystem | undefined,
  file: string,
  place: Place | undefined,
): Change {
  return {
    logicalId,
    type: fileSystem?.type.name ?? '',
    file,
    ...(place && { place }),
    ...worst,
    ...(when !== '' && { when }),
    ...(branches.length > 1 && { branches }),
  };
}
