/** One of the deployments that a template may have. */
import type { Choose } from '../lustre/explore';
import { partitionOf } from '../lustre/catalog/partitions';
import type { Unknown } from '../lustre/unknown';
import type { ComparedValues } from './compared-values';
import { pseudoExamples } from './resource-values';
import type { Refused } from './stack';
import type { DeploymentOptions, Template } from './template';
import {
  isUnknown,
  placed,
  scalar,
  scalarText,
  unknown,
  valueText,
  type Origin,
  type UnknownValue,
  type Value,
} from './values';

/**
 * The pseudo parameters. Only the deployment has their values, except those that follow from a given region. `AWS::NoValue`
 * is not one of them.
 */
export const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** Thrown for a deployment that CloudFormation would refuse. */
export class ImpossibleDeployment extends Error {
  override readonly name = 'ImpossibleDeployment';
}

/** The value of an expression that has none of the values that the template compares it with. */
export const ANOTHER_VALUE = 'another value';

/** The kind of a deployment. */
export interface DeploymentKind {
  /** Whether every parameter with a default has its default. If not, the default is only one of the possible values. */
  readonly byDefault: boolean;
  /** Whether what CloudFormation could not evaluate is ignored, instead of making the deployment impossible. */
  readonly lenient: boolean;
}

/**
 * One of the deployments that a template may have. Every value that a condition depends on is one of the values that the
 * template compares it with, or another value, and is the same throughout the deployment.
 */
export class Deployment {
  /** The conditions that resources and properties read, by name. */
  readonly conditions = new Map<string, boolean>();
  /** The values that resources and properties read and that differ between deployments. */
  readonly values = new Map<string, string>();
  /** The names of everything that differs between deployments. */
  readonly varied = new Set<string>();
  /** Whether there are other deployments, in which parameters do not have their defaults. */
  hasNonDefaultOnes = false;
  /** The parameters that do not have their defaults in this deployment. */
  readonly nonDefaultParameters = new Set<string>();
  /** The resources whose names are being evaluated, to detect cycles. */
  readonly isNaming = new Set<string>();
  readonly #variables = new Map<string, Value>();
  readonly #decided = new Map<string, boolean>();
  readonly #deciding = new Set<string>();
  #isInKey = false;

  constructor(
    readonly template: Template,
    readonly options: DeploymentOptions,
    readonly choose: Choose,
    readonly compared: ComparedValues,
    readonly kind: DeploymentKind,
  ) {}

  /** The value of a parameter or pseudo parameter; undefined if there is none of this name. */
  variable(name: string, at: number): Value | undefined {
    const { stack } = this.options;
    if (stack) return stack.ref(name, at);
    const value = this.template.parameter(name)
      ? this.#parameter(name, at)
      : PSEUDO_PARAMETERS.has(name)
        ? this.#pseudo(name, at)
        : undefined;
    if (value) this.#variables.set(name, value);
    return value;
  }

  /** The value of a parameter in this deployment, if it was read before, is given, or the stack has it. */
  knownValue(name: string): Value | undefined {
    const { stack } = this.options;
    if (stack) return stack.ref(name, 0);
    const value = this.#variables.get(name);
    if (value || !this.template.parameter(name)) return value;
    const isGiven = this.#isGiven(name) || this.kind.byDefault;
    return isGiven ? this.template.parameterValue(name, this.options, 0) : undefined;
  }

  #isGiven(name: string): boolean {
    return this.options.parameters?.has(name) ?? false;
  }

  #parameter(name: string, at: number): Value {
    const value = this.template.parameterValue(name, this.options, at);
    if (isUnknown(value)) return this.chooseValue(value, name);
    const { nonDefault = 'all' } = this.options;
    if (this.#isGiven(name) || nonDefault === 'none') return value;
    const why = `the parameter ${name} may differ from its default if other parameters do`;
    const open = this.template.unknownParameter(name, why, at);
    const { key } = open.unknown;
    if (this.isDeciding || this.#isInKey) this.compared.add(key);
    const varies = this.compared.of(key) !== undefined;
    const { byDefault } = this.kind;
    if (!varies && (byDefault || nonDefault === 'deciding')) return value;
    this.hasNonDefaultOnes = true;
    return byDefault ? this.#record(name, key, value, value) : this.chooseValue(open, name, value);
  }

  #pseudo(name: string, at: number): Value {
    const known = { like: pseudoExamples(name) };
    const open = unknown(`\${${name}}`, `${name} is known only at deployment`, at, known);
    const told = (region: string): Value => {
      if (name === 'AWS::Region') return scalar(region, at);
      const partition = partitionOf(region);
      if (name === 'AWS::Partition') return scalar(partition.name, at);
      return name === 'AWS::URLSuffix'
        ? scalar(partition.urlSuffix, at)
        : this.chooseValue(open, name);
    };
    if (this.options.region !== undefined) return told(this.options.region);
    if (name !== 'AWS::Partition' && name !== 'AWS::URLSuffix') return this.chooseValue(open, name);
    // If the region is one of several, the partition depends on it.
    const region = this.compared.of('${AWS::Region}') && this.variable('AWS::Region', at);
    const text = region && scalarText(region);
    return text === undefined ? this.chooseValue(open, name) : told(text);
  }

  /** Chooses for an unknown value one that the template compares it with, or none of them. */
  chooseValue(open: UnknownValue, label = open.unknown.text, usual?: Value): Value {
    const { key, known } = open.unknown;
    if (!this.compared.of(key) || known.not) return open;
    const text = usual && scalarText(usual);
    const other = text === undefined ? open.unknown : open.unknown.with({ not: new Set([text]) });
    const alternatives = this.compared.alternatives(other);
    // The usual value is offered as its text, so that another template can choose the same.
    const choices: readonly (string | Unknown | undefined)[] = usual
      ? [text, ...alternatives]
      : alternatives;
    this.template.work.spend(choices.length / CHOICES_IN_A_STEP);
    const choice = this.choose(`value of ${key}`, choices);
    const isUsual = choice === undefined || choice === text;
    const chosen = isUsual ? (usual ?? open) : placedChoice(choice, open.at);
    return choices.length > 1 ? this.#record(label, key, chosen, usual) : chosen;
  }

  /** Records the value of something that may have other values in other deployments. */
  #record(label: string, key: string, value: Value, usual: Value | undefined): Value {
    this.varied.add(label);
    if (usual && value !== usual) this.nonDefaultParameters.add(label);
    const text = scalarText(value) ?? (value === usual ? 'its default' : ANOTHER_VALUE);
    if (this.#deciding.size === 0) this.values.set(label, text === '' ? "''" : text);
    return value.kind === 'scalar' ? { ...value, of: key } : value;
  }

  /** Records a comparison: in another deployment, the value is that text. Undefined: the text is not known. */
  compare(value: Value, text: string | undefined): void {
    if (isUnknown(value)) {
      if (text === undefined) this.enumerate(value.unknown);
      else this.compared.compare(value.unknown, [text]);
    } else if (value.kind === 'scalar' && value.of !== undefined && text !== undefined)
      this.compared.add(value.of, [text]);
  }

  /** Makes a deployment for each allowed value of an expression that a condition depends on. */
  enumerate({ key, known: { among } }: Unknown): void {
    if (among && this.isDeciding) this.compared.add(key, among);
  }

  /** Evaluates the keys of a mapping. The parameters in them vary, because the mapping lists their values. */
  evaluateKeys<T>(evaluated: () => T): T {
    const before = this.#isInKey;
    this.#isInKey = true;
    const keys = evaluated();
    this.#isInKey = before;
    return keys;
  }

  /** The text of a key that is looked up in a mapping, if it is known. In other deployments, it is each of the names. */
  lookUp(key: Value, names: readonly string[]): string | undefined {
    for (const name of names) this.compare(key, name);
    return scalarText(key);
  }

  /** Whether a condition of the template is being evaluated. */
  get isDeciding(): boolean {
    return this.#deciding.size > 0;
  }

  /** Reports a function with an invalid argument to the stack, if there is one. */
  refuse(refused: Refused, at: number): void {
    this.options.stack?.refuse(refused, at);
  }

  /** Handles keys that Mappings does not have. @throws ImpossibleDeployment */
  impossible(keys: readonly (Value | undefined)[], at: number): UnknownValue {
    const shown = keys.map((each) => (each ? valueText(each) : ''));
    this.refuse({ name: 'Fn::FindInMap', keys: shown }, at);
    const why = `there is no ${shown.join('.')} in Mappings`;
    if (!this.kind.lenient) throw new ImpossibleDeployment(why);
    const empty = keys.flatMap((key) => (key && emptyDefault(key)) ?? []).at(0);
    if (empty) return unknown('Fn::FindInMap', `${empty.text} is empty`, at);
    const refused = this.template.mayGainNames ? undefined : why;
    return unknown('Fn::FindInMap', why, at, { refused });
  }

  /**
   * Whether a condition of the template holds. If there is no such condition, or it refers to itself, it holds in one
   * deployment and does not in another.
   *
   * @param evaluation Returns how to evaluate the condition; undefined if there is none.
   */
  decideCondition(name: string, evaluation: () => (() => boolean) | undefined): boolean {
    const holds = this.#decide(name, evaluation);
    if (this.#deciding.size === 0) this.conditions.set(name, holds);
    return holds;
  }

  #decide(name: string, evaluation: () => (() => boolean) | undefined): boolean {
    const before = this.#decided.get(name);
    if (before !== undefined) return before;
    const evaluate = this.#deciding.has(name) ? undefined : evaluation();
    if (!evaluate) return this.choose(`condition ${name}`, [true, false]) === true;
    this.#deciding.add(name);
    const holds = evaluate();
    this.#deciding.delete(name);
    this.#decided.set(name, holds);
    return holds;
  }
}

/** The origin of a default that is empty, because the caller provides the value; undefined of other values. */
function emptyDefault(value: Value): Origin | undefined {
  const origin = value.kind === 'scalar' ? value.origin : undefined;
  return origin?.parameter !== undefined && scalarText(value)?.trim() === '' ? origin : undefined;
}

/** The number of choices that count as one step of work. */
const CHOICES_IN_A_STEP = 16;

const placedChoice = (choice: string | Unknown, at: number): Value =>
  typeof choice === 'string' ? scalar(choice, at) : placed(choice, at);
