import type { Choose } from './explore';
import { mayBe, type Questions } from './compared-values';
import { entries, truth, type Context } from './evaluate';
import { member, type Node } from './node';
import type { Settings, Template } from './template';
import { keyOf, scalar, scalarText, unknown, type UnknownValue, type Value } from './values';
import { partitionOf } from '../lustre/partitions';

/** What is not told by --region is known only in the deployment. */
const PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** There is no such deployment: CloudFormation would refuse it. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** Of which kind the deployments are that a world is one of. */
export interface Kind {
  /** Every parameter that has a default has only that. Elsewhere the default of a parameter is only one of its values. */
  readonly byDefault: boolean;
  /** What CloudFormation could not carry out is passed over, instead of ending the world. */
  readonly lenient: boolean;
}

/**
 * One of the deployments that a template may have: whatever decides a condition has one of the values that the template
 * compares it with, or another, the same wherever it is asked for.
 */
export class World {
  /** The conditions that resources and properties asked, by name. */
  readonly asked = new Map<string, boolean>();
  /** What resources and properties asked for that has another value in another world, and what it is here. */
  readonly taken = new Map<string, string>();
  /** Whether there are other worlds, in which parameters do not have their defaults. */
  leavesDefaults = false;
  /** The parameters that do not have their defaults here. */
  readonly left = new Set<string>();
  readonly #variables = new Map<string, Value>();
  readonly #decided = new Map<string, boolean>();
  readonly #deciding = new Set<string>();
  #isKey = false;

  constructor(
    readonly template: Template,
    readonly settings: Settings,
    readonly choose: Choose,
    readonly questions: Questions,
    readonly kind: Kind,
  ) {}

  /** The value of a parameter or pseudo parameter; undefined where the name is neither. */
  variable(name: string, at: number): Value | undefined {
    const value = this.template.parameter(name)
      ? this.#parameter(name, at)
      : PSEUDO_PARAMETERS.has(name)
        ? this.#pseudo(name, at)
        : undefined;
    if (value) this.#variables.set(name, value);
    return value;
  }

  /** The value of a parameter in this world, if it has been asked for or is known anyway. */
  known(name: string): Value | undefined {
    const value = this.#variables.get(name);
    if (value || !this.template.parameter(name)) return value;
    const isGiven = this.settings.parameters.has(name) || this.kind.byDefault;
    return isGiven ? this.template.parameterValue(name, this.settings, 0) : undefined;
  }

  #parameter(name: string, at: number): Value {
    const value = this.template.parameterValue(name, this.settings, at);
    const key = `\${${name}}`;
    const allowed = this.template.allowedValues(name);
    const among = allowed && { among: allowed };
    if (value.kind === 'unknown') return this.settle({ ...value, ...among }, name);
    if (this.settings.parameters.has(name) || this.settings.defaultsOnly) return value;
    if (this.#deciding.size > 0 || (this.#isKey && allowed)) this.questions.ask(key);
    const varies = this.questions.about(key) !== undefined;
    if (this.kind.byDefault) {
      this.leavesDefaults ||= varies;
      return varies ? this.#take(name, key, value, true) : value;
    }
    if (!varies && this.settings.keepsDefaults) return value;
    const why = `the parameter ${name} need not have its default where others have not`;
    return this.settle({ ...unknown(key, why, at), ...among }, name, value);
  }

  #pseudo(name: string, at: number): Value {
    const open = unknown(`\${${name}}`, `${name} is that of the deployment`, at);
    const told = (region: string): Value => {
      if (name === 'AWS::Region') return scalar(region, at);
      const partition = partitionOf(region);
      if (name === 'AWS::Partition') return scalar(partition.name, at);
      return name === 'AWS::URLSuffix' ? scalar(partition.urlSuffix, at) : this.settle(open, name);
    };
    if (this.settings.region !== undefined) return told(this.settings.region);
    if (name !== 'AWS::Partition' && name !== 'AWS::URLSuffix') return this.settle(open, name);
    // Where the region is one of some, its partition goes with it.
    const region = this.questions.about('${AWS::Region}') && this.variable('AWS::Region', at);
    const text = region && scalarText(region);
    return text === undefined ? this.settle(open, name) : told(text);
  }

  /** Of a value that is not known, one that the template compares it with, or that it is none of those. */
  settle(open: UnknownValue, label = open.text, usual?: Value): Value {
    const key = keyOf(open);
    const compared = this.questions.about(key);
    if (!compared || open.not) return open;
    const usualText = usual && scalarText(usual);
    const texts = [...compared].filter((text) => text !== usualText && mayBe(open, text));
    const rest = open.among?.filter((text) => text !== usualText && !texts.includes(text));
    // One value left is that value; none left is none.
    if (rest?.length === 1) texts.push(...rest);
    const not = new Set([...compared, ...texts, ...(usualText === undefined ? [] : [usualText])]);
    const ways: Value[] = [
      ...(usual ? [usual] : []),
      ...texts.map((text) => scalar(text, open.at)),
      ...(rest === undefined || rest.length > 1
        ? [{ ...open, not, ...(rest && { among: rest }) }]
        : []),
    ];
    const way = ways[this.choose(`value of ${key}`, ways.length)] ?? open;
    if (usual && way !== usual) this.left.add(label);
    return ways.length > 1 ? this.#take(label, key, way, way === usual) : way;
  }

  #take(label: string, key: string, value: Value, isUsual: boolean): Value {
    const text = scalarText(value) ?? (isUsual ? 'its default' : 'another value');
    if (this.#deciding.size === 0) this.taken.set(label, text === '' ? "''" : text);
    return value.kind === 'scalar' ? { ...value, of: key } : value;
  }

  /** What a value is compared with is one of its values in another world; undefined where that is not known either. */
  compare(value: Value, text: string | undefined): void {
    if (value.kind === 'unknown') {
      if (text === undefined) this.enumerate(value);
      else this.questions.askWhether(value, [text]);
    } else if (value.kind === 'scalar' && value.of !== undefined && text !== undefined)
      this.questions.ask(value.of, [text]);
  }

  /** Something is made of a value that decides a condition: each value is a world, where they are listed. */
  enumerate(value: UnknownValue): void {
    if (value.among && this.#deciding.size > 0) this.questions.ask(keyOf(value), value.among);
  }

  /** What is evaluated as the key of a mapping: the parameters it is made of vary where their values are listed. */
  asKey<T>(evaluated: () => T): T {
    const before = this.#isKey;
    this.#isKey = true;
    try {
      return evaluated();
    } finally {
      this.#isKey = before;
    }
  }

  /** The key that is looked up in a mapping, if it is known; otherwise it is each of the names in another world. */
  lookUp(key: Value, names: readonly string[]): string | undefined {
    for (const name of names) this.compare(key, name);
    return scalarText(key);
  }

  /** Something that CloudFormation could not carry out. @throws Ended */
  end(why: string, at: number): UnknownValue {
    if (this.kind.lenient) return unknown('Fn::FindInMap', why, at);
    throw new Ended(why);
  }

  /** Whether a condition of the template holds. */
  condition(name: string): boolean {
    const holds = this.#decide(name);
    if (this.#deciding.size === 0) this.asked.set(name, holds);
    return holds;
  }

  #decide(name: string): boolean {
    const before = this.#decided.get(name);
    if (before !== undefined) return before;
    const found = this.#deciding.has(name) ? undefined : this.#definition(name);
    if (!found) return this.choose(`condition ${name}`, 2) === 0;
    this.#deciding.add(name);
    const holds = truth(found.node, found.context);
    this.#deciding.delete(name);
    this.#decided.set(name, holds);
    return holds;
  }

  #definition(name: string): { node: Node; context: Context } | undefined {
    const section = this.template.section('Conditions');
    const context = { world: this, bindings: new Map<string, Value>() };
    const written = member(section, name);
    if (written) return { node: written, context };
    for (const each of section ? entries(section, context) : []) if (each.key === name) return each;
    return undefined;
  }
}
