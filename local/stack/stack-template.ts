import { partitionOf } from '../../src/lustre/catalog/partitions';
import type { Deployment } from '../../src/template/deployment';
import { conditionHolds } from '../../src/template/intrinsics';
import type { Node } from '../../src/template/node';
import { givenOrDefault, parameterValues } from './parameters';
import type { ParameterStore } from './parameters';
import { isRegion } from '../flags';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { withReferencesResolved } from './dynamic-references';
import { deploymentOf, isUnknown, resolve, UNKNOWN } from './resolution';
import type { Scope } from './resolution';
import { SAYS, ValidationError } from './refusals';
import { checkByRules } from './rules';
import type { Resource, Scalar, Template } from './template';
import type { Exports } from './exports';
import type { ResourceTypes } from './resource-type';
import type { Place } from './stand-in-resources';
import {
  checkTemplate,
  dependenciesOf,
  dependencyOrder,
  unsupportedAttribute,
} from './template-validation';

/** The values of an existing resource that a template can use. */
export interface Visible {
  ref: string;
  /** Undefined if the resource has no value for it. */
  attribute(name: string): unknown;
}

/** The resources that exist so far, by logical ID. */
export type Lookup = (logicalId: string) => Visible | undefined;

/** Where a template is deployed, and what exists there. */
export interface Surroundings {
  stackId: string;
  place: Place;
  types: ResourceTypes;
  exports: Exports;
  parameterStore?: ParameterStore;
}

export interface OutputValue {
  name: string;
  value: string;
  exportName?: string;
}

/** The block of the template that contains a value; some messages name it. */
type Block = 'Resources' | 'Outputs';

/**
 * A template with the values of its parameters: the desired state of a stack. Its conditions are evaluated, and its functions
 * use what is known of the resources so far.
 */
export class StackTemplate {
  readonly template: Template;
  /** The resources whose condition holds, each after those that it depends on. */
  readonly logicalIds: string[];
  readonly #surroundings: Surroundings;
  readonly #given: Readonly<Record<string, string>>;
  readonly #parameters: Record<string, string | string[]>;
  readonly #conditions: Deployment;
  readonly #imported = new Set<string>();

  /** @throws ValidationError if CloudFormation refuses the template or the parameters. */
  constructor(template: Template, given: Record<string, string>, surroundings: Surroundings) {
    this.template = template;
    this.#given = given;
    this.#surroundings = surroundings;
    checkTemplate(template, surroundings.types);
    this.#parameters = parameterValues(template, given, surroundings.parameterStore);
    const { source, conditions } = template;
    const inConditions = { ...this.#scope('Resources', NOT_YET), imported: notInConditions };
    const evaluated = (section: string): Deployment =>
      deploymentOf(source, inConditions, source.section(section) ?? source.root, section);
    checkByRules(evaluated('Rules'));
    this.#conditions = evaluated('Conditions');
    for (const name of Object.keys(conditions)) conditionHolds(name, this.#conditions);
    this.logicalIds = dependencyOrder(template.resources).filter((id) => this.#exists(id));
    this.#tryOut();
  }

  /** The value that a parameter was given, or its default; for a parameter of Systems Manager, the name there. */
  givenValue(parameter: string): string | undefined {
    const { parameters } = this.template;
    const declared = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
    return declared && givenOrDefault(parameter, declared, this.#given);
  }

  /** The values of the parameters with NoEcho. */
  get secrets(): string[] {
    return Object.entries(this.template.parameters).flatMap(([name, { NoEcho: hidden }]) =>
      isHidden(hidden) ? [this.#parameters[name] ?? []].flat() : [],
    );
  }

  /** The parameters as CloudFormation shows them, with asterisks for those with NoEcho. */
  get shownParameters(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.template.parameters).map(([name, { NoEcho: hidden }]) => [
        name,
        isHidden(hidden) ? MASK : [this.#parameters[name] ?? ''].flat().join(','),
      ]),
    );
  }

  resource(logicalId: string): Resource {
    const { resources } = this.template;
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!resource) throw new Error(`${logicalId} is not a resource of ${this.template.file}`);
    return resource;
  }

  /** The dependencies of a resource whose condition holds. */
  dependencies(logicalId: string): string[] {
    return dependenciesOf(logicalId, this.template.resources).filter((id) => this.#exists(id));
  }

  /**
   * The properties of a resource.
   *
   * @throws ValidationError if a value that another resource returned is an invalid argument of a function.
   */
  properties(logicalId: string, deployed: Lookup, readable = false): Properties {
    const { properties } = this.resource(logicalId);
    const place = `Resources.${logicalId}.Properties`;
    // Without a value, as for AWS::NoValue, there are no properties.
    const evaluated = this.#resolve(properties, place, 'Resources', deployed, readable) ?? {};
    if (!isObject(evaluated) && evaluated !== UNKNOWN) {
      throw new ValidationError(SAYS.everyMemberObject('Properties'), place);
    }
    return (readable ? evaluated : this.#withReferences(evaluated)) as Properties;
  }

  /** An attribute of a resource other than Properties, such as Metadata. */
  attribute(logicalId: string, name: string, deployed: Lookup): unknown {
    const { [name]: node } = this.resource(logicalId).attributes;
    const place = `Resources.${logicalId}.${name}`;
    return node && this.#resolve(node, place, 'Resources', deployed);
  }

  /** The properties of a resource, if they do not depend on other resources. */
  knownProperties(logicalId: string): Properties | undefined {
    const properties = this.properties(logicalId, NOT_YET);
    return isUnknown(properties) ? undefined : properties;
  }

  /**
   * The outputs whose condition holds.
   *
   * @throws ValidationError if the value of one is not a string.
   */
  outputs(deployed: Lookup): OutputValue[] {
    return this.#outputs(deployed).map(({ name, value, exportName }) => {
      if (typeof value !== 'string') throw new ValidationError(SAYS.outputText);
      const bytes = Buffer.byteLength(value);
      if (exportName !== undefined && bytes > MOST_EXPORTED_BYTES) {
        throw new ValidationError(SAYS.exportTooLong(name, bytes));
      }
      return { name, value, ...(exportName !== undefined && { exportName }) };
    });
  }

  /** The outputs as they would be shown, with the resources that exist; values that are not text are no error here. */
  shownOutputs(deployed: Lookup): unknown[] {
    return this.#outputs(deployed).map((output) => ({
      ...output,
      description: this.template.outputs[output.name]?.description,
    }));
  }

  /** Why the stack fails before its first resource, with CloudFormation's message. */
  failsAtStart(): string | undefined {
    const { types, exports } = this.#surroundings;
    const missing = [...this.#imported].find((name) => exports.value(name) === undefined);
    return missing === undefined
      ? unsupportedAttribute(this.template, types)
      : SAYS.noExport(missing);
  }

  /** The names of the imported exports. */
  get imported(): ReadonlySet<string> {
    return this.#imported;
  }

  /** Evaluates everything that does not depend on a resource, so that errors are reported before anything starts. */
  #tryOut(): void {
    for (const id of this.logicalIds) {
      this.properties(id, NOT_YET);
      for (const name of Object.keys(this.resource(id).attributes)) {
        this.attribute(id, name, NOT_YET);
      }
    }
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
      .filter(
        ([, { condition }]) =>
          condition === undefined || conditionHolds(condition, this.#conditions),
      )
      .map(([name, output]) => {
        const place = `Outputs.${name}.Value`;
        const value = this.#withReferences(this.#resolve(output.value, place, 'Outputs', deployed));
        const exportName = this.#exportName(name, output.exportName);
        return { name, value, ...(exportName !== undefined && { exportName }) };
      });
  }

  #exportName(output: string, given: Node | undefined): string | undefined {
    if (given === undefined) return undefined;
    const name = this.#resolve(given, `Outputs.${output}.Export.Name`, 'Outputs', NOT_YET);
    if (typeof name !== 'string' || !/^[A-Za-z0-9:-]+$/.test(name)) {
      throw new ValidationError(SAYS.exportName(output));
    }
    if (name.length <= LONGEST_EXPORT_NAME) return name;
    throw new ValidationError(SAYS.exportNameTooLong(output));
  }

  #resolve(node: Node, place: string, block: Block, deployed: Lookup, readable = false): unknown {
    return resolve(node, place, this.template.source, {
      ...this.#scope(block, deployed),
      readable,
    });
  }

  #withReferences(value: unknown): unknown {
    return withReferencesResolved(value, this.#surroundings.parameterStore ?? {});
  }

  #scope(block: Block, deployed: Lookup): Scope {
    return {
      ref: (name) => this.#value(name) ?? this.#visible(name, block, deployed)?.ref,
      attribute: (id, name) => this.#attribute(id, name, block, deployed),
      zones: (region) => this.#zones(region),
      imported: (name) => this.#import(name),
    };
  }

  #exists(logicalId: string): boolean {
    const { condition } = this.resource(logicalId);
    return condition === undefined || conditionHolds(condition, this.#conditions);
  }

  /** A parameter or pseudo parameter; undefined if there is none of this name. */
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
    };
    return Object.hasOwn(pseudo, name) ? pseudo[name] : undefined;
  }

  #attribute(id: string, name: string, block: Block, deployed: Lookup): unknown {
    const visible = this.#visible(id, block, deployed);
    if (!visible) return undefined;
    const value = visible.attribute(name);
    if (value !== undefined) return value;
    throw new ValidationError(SAYS.attributeIsAbsent(id, name));
  }

  #visible(id: string, block: Block, deployed: Lookup): Visible | undefined {
    if (!this.#exists(id)) throw new ValidationError(SAYS.unresolvedByCondition(id, block));
    return deployed(id);
  }

  #zones(given: string): string[] {
    const region = given || this.#surroundings.place.region;
    if (!isRegion(region)) throw new ValidationError(SAYS.zones(region));
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  }

  #import(name: string): string | undefined {
    this.#imported.add(name);
    return this.#surroundings.exports.value(name);
  }
}

/** Limits of an export, as measured: https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudformation */
const LONGEST_EXPORT_NAME = 256;
const MOST_EXPORTED_BYTES = 1024;

/** Replaces a secret value. */
export const MASK = '****';

const isHidden = (noEcho: Scalar | undefined): boolean => String(noEcho).toLowerCase() === 'true';

/** Before any resource exists. */
const NOT_YET: Lookup = () => undefined;

const notInConditions = (): never => {
  throw new ValidationError(SAYS.conditionsOnly);
};
