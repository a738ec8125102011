import type { Choose } from './choices';
import { evaluate, entries, truth, type Context } from './evaluate';
import { member, type Node } from './node';
import type { Settings, Template } from './template';
import { scalar, unknown, type Value } from './values';

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

/**
 * One of the deployments that a template may have: every parameter that decides a condition has one of its values, and
 * every condition is true or false, the same wherever it is asked.
 */
export class World {
  /** The conditions that resources and properties asked, by name. */
  readonly asked = new Map<string, boolean>();
  readonly #decided = new Map<string, boolean>();
  readonly #deciding = new Set<string>();

  constructor(
    readonly template: Template,
    readonly settings: Settings,
    readonly choose: Choose,
    /** The parameters that take each of their alternatives. Conditions add to it: see `worlds`. */
    readonly varying: Set<string>,
  ) {}

  /** The value of a parameter or pseudo parameter; undefined where the name is neither. */
  variable(name: string, at: number): Value | undefined {
    const isParameter = this.template.parameter(name) !== undefined;
    if (!isParameter && !PSEUDO_PARAMETERS.has(name)) return undefined;
    const told = isParameter ? undefined : this.#pseudo(name, at);
    if (told) return told;
    if (this.#deciding.size > 0) this.vary(name);
    if (this.varying.has(name)) {
      const values = this.template.alternatives(name, this.settings, at);
      return values[this.choose(`parameter ${name}`, values.length)];
    }
    return isParameter
      ? this.template.parameterValue(name, this.settings, at)
      : unknown(`\${${name}}`, `${name} is that of the deployment`, at);
  }

  #pseudo(name: string, at: number): Value | undefined {
    const { region } = this.settings;
    if (region === undefined) return undefined;
    const partition = /^(cn|us-gov)-/.exec(region)?.[1];
    switch (name) {
      case 'AWS::Region':
        return scalar(region, at);
      case 'AWS::Partition':
        return scalar(partition ? `aws-${partition}` : 'aws', at);
      case 'AWS::URLSuffix':
        return scalar(partition === 'cn' ? 'amazonaws.com.cn' : 'amazonaws.com', at);
      default:
        return undefined;
    }
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

  /** A row of a mapping. */
  mapping(map: string, top: string, second: string, at: number): Value | undefined {
    const row = member(member(member(this.template.section('Mappings'), map), top), second);
    return row && evaluate(row, { world: this, bindings: new Map() }, at);
  }

  /** A mapping is asked with a parameter that has no value: it takes each of the keys. */
  vary(name: string): void {
    if (!this.settings.defaultsOnly) this.varying.add(name);
  }
}
