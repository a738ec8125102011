import { partitionOf } from '../../src/lustre/catalog/partitions';
import { isUnknown, NO_VALUE, resolve, UNKNOWN } from './intrinsics';
import type { Scope } from './intrinsics';
import { parameterValues } from './parameters';
import type { Properties } from '../registry/protocol';
import { NotModelled, SAYS, ValidationError } from './refusals';
import type { Resource, Template } from './template';
import type { Exports } from './exports';
import type { ResourceTypes } from './resource-type';
import type { Place } from './stand-in-resources';
import {
  checkTemplate,
  dependenciesOf,
  dependencyOrder,
  unsupportedAttribute,
} from './template-validation';

/** What a template sees of a resource that exists. */
export interface Visible {
  ref: string;
  /** Undefined where the resource has no value for it. */
  attribute(name: string): unknown;
}

/** The resources that exist so far, by logical id. */
export type Lookup = (logicalId: string) => Visible | undefined;

/** Where a template is deployed, and with what around it. */
export interface Surroundings {
  stackId: string;
  place: Place;
  types: ResourceTypes;
  exports: Exports;
}

export interface OutputValue {
  name: string;
  value: string;
  exportName?: string;
}

/** In which block of the template a value stands, which some refusals name. */
type Block = 'Resources' | 'Outputs';

/**
 * A template with the values of its parameters: what a stack is to be. Its conditions are decided, and its functions
 * are carried out with what is known of the resources so far.
 */
export class StackTemplate {
  readonly template: Template;
  /** The resources whose condition holds, each after those that it depends on. */
  readonly logicalIds: string[];
  readonly #surroundings: Surroundings;
  readonly #parameters: Record<string, string | string[]>;
  readonly #decided = new Map<string, boolean | 'deciding'>();
  readonly #imported = new Set<string>();

  /** @throws ValidationError where CloudFormation refuses the template or the parameters. */
  constructor(template: Template, given: Record<string, string>, surroundings: Surroundings) {
    this.template = template;
    this.#surroundings = surroundings;
    checkTemplate(template, surroundings.types);
    this.#parameters = parameterValues(template, given);
    for (const name of Object.keys(template.conditions)) this.#decide(name);
    this.logicalIds = dependencyOrder(template.resources).filter((id) => this.#exists(id));
    this.#tryOut();
  }

  resource(logicalId: string): Resource {
    const { resources } = this.template;
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!resource) throw new Error(`${logicalId} is no resource of ${this.template.file}`);
    return resource;
  }

  /** The resources that one depends on, of those whose condition holds. */
  dependencies(logicalId: string): string[] {
    return dependenciesOf(logicalId, this.template.resources).filter((id) => this.#exists(id));
  }

  /**
   * The properties of a resource.
   * @throws ValidationError where a function does not take what the other resources have returned.
   */
  properties(logicalId: string, deployed: Lookup, readable = false): Properties {
    const { properties } = this.resource(logicalId);
    const place = `Resources.${logicalId}.Properties`;
    return this.#resolve(properties, place, 'Resources', deployed, readable) as Properties;
  }

  /** The properties of a resource where they need nothing of another one. */
  knownProperties(logicalId: string): Properties | undefined {
    const properties = this.properties(logicalId, NOT_YET);
    return isUnknown(properties) ? undefined : properties;
  }

  /**
   * The outputs whose condition holds.
   * @throws ValidationError where one does not come to text.
   */
  outputs(deployed: Lookup): OutputValue[] {
    return this.#outputs(deployed).map(({ name, value, exportName }) => {
      if (typeof value !== 'string') throw new ValidationError(SAYS.outputText);
      return { name, value, ...(exportName !== undefined && { exportName }) };
    });
  }

  /** Why the stack fails before its first resource, in CloudFormation's words. */
  failsAtStart(): string | undefined {
    const { types, exports } = this.#surroundings;
    const missing = [...this.#imported].find((name) => exports.value(name) === undefined);
    return missing === undefined
      ? unsupportedAttribute(this.template, types)
      : SAYS.noExport(missing);
  }

  /** The names of the exports of other stacks that are imported. */
  get imported(): ReadonlySet<string> {
    return this.#imported;
  }

  /** Carries out all that needs no resource, so that what is wrong is refused before anything begins. */
  #tryOut(): void {
    for (const id of this.logicalIds) this.properties(id, NOT_YET);
    const exported = new Map<string, string>();
    for (const { name, value, exportName } of this.#outputs(NOT_YET)) {
      if (Array.isArray(value)) throw new ValidationError(SAYS.outputList, `Outputs.${name}`);
      if (value !== UNKNOWN && typeof value !== 'string') {
        throw new ValidationError(SAYS.outputText, `Outputs.${name}`);
      }
      if (exportName === undefined) continue;
      const other = exported.get(exportName);
      if (other !== undefined) {
        throw new ValidationError(SAYS.exportTwice(exportName, [other, name]));
      }
      exported.set(exportName, name);
    }
  }

  #outputs(deployed: Lookup): { name: string; value: unknown; exportName?: string }[] {
    return Object.entries(this.template.outputs)
      .filter(([, { condition }]) => condition === undefined || this.#decide(condition))
      .map(([name, output]) => {
        const value = this.#resolve(output.value, `Outputs.${name}.Value`, 'Outputs', deployed);
        const exportName = this.#exportName(name, output.exportName);
        return { name, value, ...(exportName !== undefined && { exportName }) };
      });
  }

  /** Needs no resource: a name that depends on one is refused. */
  #exportName(output: string, given: unknown): string | undefined {
    if (given === undefined) return undefined;
    const name = this.#resolve(given, `Outputs.${output}.Export.Name`, 'Outputs', NOT_YET);
    if (typeof name === 'string' && /^[A-Za-z0-9:-]+$/.test(name)) return name;
    throw new ValidationError(SAYS.exportName(output));
  }

  #resolve(
    value: unknown,
    place: string,
    block: Block,
    deployed: Lookup,
    readable = false,
  ): unknown {
    const scope: Scope = {
      ref: (name) => this.#ref(name, block, deployed),
      attribute: (id, name) => this.#attribute(id, name, block, deployed),
      condition: (name, where) => this.#decide(name, where),
      mapping: (map, top, second) => this.#mapping(map, top, second),
      zones: (region) => this.#zones(region),
      imported: (name) => this.#import(name),
      readable,
    };
    return resolve(value, scope, place);
  }

  #exists(logicalId: string): boolean {
    const { condition } = this.resource(logicalId);
    return condition === undefined || this.#decide(condition);
  }

  #decide(name: string, where = 'Condition'): boolean {
    const { conditions } = this.template;
    if (!Object.hasOwn(conditions, name)) {
      throw new ValidationError(SAYS.unresolvedCondition(name, where));
    }
    const known = this.#decided.get(name);
    if (known === 'deciding') throw new ValidationError(SAYS.circularCondition(name));
    if (known !== undefined) return known;
    this.#decided.set(name, 'deciding');
    const scope: Scope = {
      ref: (parameter) => this.#value(parameter),
      attribute: (id) => {
        throw new ValidationError(SAYS.resourceInConditions([id]));
      },
      condition: (other, place) => this.#decide(other, place),
      mapping: (map, top, second) => this.#mapping(map, top, second),
      zones: (region) => this.#zones(region),
      imported: () => {
        throw new ValidationError(SAYS.conditionsOnly);
      },
      inConditions: true,
    };
    const decided = resolve(conditions[name], scope, `Conditions.${name}`) === true;
    this.#decided.set(name, decided);
    return decided;
  }

  /** A parameter or pseudo parameter; undefined where there is none of the name. */
  #value(name: string): unknown {
    if (Object.hasOwn(this.#parameters, name)) return this.#parameters[name];
    const { stackId, place } = this.#surroundings;
    const { region, accountId, partition, stackName } = place;
    const pseudo: Record<string, unknown> = {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::StackName': stackName,
      'AWS::StackId': stackId,
      'AWS::URLSuffix': partitionOf(region).urlSuffix,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
    return Object.hasOwn(pseudo, name) ? pseudo[name] : undefined;
  }

  #ref(name: string, block: Block, deployed: Lookup): unknown {
    return this.#value(name) ?? this.#visible(name, block, deployed)?.ref ?? UNKNOWN;
  }

  #attribute(id: string, name: string, block: Block, deployed: Lookup): unknown {
    const visible = this.#visible(id, block, deployed);
    if (!visible) return UNKNOWN;
    const value = visible.attribute(name);
    if (value !== undefined) return value;
    throw new ValidationError(SAYS.attributeIsAbsent(id, name));
  }

  #visible(id: string, block: Block, deployed: Lookup): Visible | undefined {
    if (!this.#exists(id)) throw new ValidationError(SAYS.unresolvedByCondition(id, block));
    return deployed(id);
  }

  #mapping(map: string, top: string, second: string): unknown {
    const { mappings } = this.template;
    const entries = Object.hasOwn(mappings, map) ? mappings[map] : undefined;
    const entry = entries && Object.hasOwn(entries, top) ? entries[top] : undefined;
    const value = entry && Object.hasOwn(entry, second) ? entry[second] : undefined;
    if (value === undefined) throw new ValidationError(SAYS.noMapping(map, top, second));
    return resolve(value, NOTHING);
  }

  #zones(region: string): string[] {
    return ['a', 'b', 'c'].map((zone) => `${region || this.#surroundings.place.region}${zone}`);
  }

  #import(name: string): unknown {
    this.#imported.add(name);
    return this.#surroundings.exports.value(name) ?? UNKNOWN;
  }
}

/** Before the first resource exists. */
const NOT_YET: Lookup = () => undefined;

/** Values of a mapping are literals. */
const never = (): never => {
  throw new NotModelled('functions in Mappings');
};
const NOTHING: Scope = {
  ref: never,
  attribute: never,
  condition: never,
  mapping: never,
  zones: never,
  imported: never,
};
