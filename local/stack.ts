import { isObject } from './protocol';
import type { Properties } from './protocol';
import { NO_VALUE, resolve } from './intrinsics';
import type { Scope } from './intrinsics';
import { parameterValues } from './parameters';
import { dependencyOrder, references } from './references';
import { standIn } from './stand-ins';
import type { Physical, Place } from './stand-ins';
import { TemplateError } from './template';
import type { Resource, Template } from './template';
import { lustreFileSystem } from './type';
import type { RegistryType } from './type';

export interface StackOptions {
  parameters?: Record<string, string>;
  region?: string;
  accountId?: string;
  stackName?: string;
  /** The type whose resources are real; the others are stood in for. */
  type?: RegistryType;
}

/** A resource of the template that uses attributes of one of ours. */
export interface Dependent {
  logicalId: string;
  type: string;
  /** Its properties, with the text of Fn::Base64 left readable. */
  properties: Properties;
}

/**
 * A template being deployed: its parameters have values, its conditions are decided, and its functions are carried
 * out with what is known of its resources so far.
 */
export class Stack {
  /** Our resources, each after those that it depends on. */
  readonly logicalIds: string[];
  readonly #template: Template;
  readonly #type: RegistryType;
  readonly #place: Place;
  readonly #parameters: Record<string, unknown>;
  readonly #models = new Map<string, Properties>();
  readonly #deciding = new Set<string>();

  /** @throws TemplateError where the template cannot be deployed, or holds no resource of the type. */
  constructor(template: Template, options: StackOptions = {}) {
    const { region = 'us-east-1', accountId = '123456789012', stackName = 'demo' } = options;
    const partition = /^(cn|us-gov)-/.exec(region)?.[1];
    this.#template = template;
    this.#type = options.type ?? lustreFileSystem;
    this.#place = {
      region,
      accountId,
      stackName,
      partition: partition ? `aws-${partition}` : 'aws',
    };
    this.#parameters = parameterValues(template, options.parameters ?? {});
    this.logicalIds = dependencyOrder(template).filter(
      (id) => this.#resource(id).type === this.#type.typeName && this.#exists(id),
    );
    if (this.logicalIds.length === 0) {
      throw new TemplateError(
        `There is no resource of type ${this.#type.typeName} in ${template.file}.`,
      );
    }
  }

  /** The properties of a resource, resolved. */
  propertiesOf(logicalId: string): Properties {
    const { properties } = this.#resource(logicalId);
    return this.#resolve(properties, `Resources.${logicalId}.Properties`) as Properties;
  }

  /** Tells what the handlers returned for a resource, so that others can refer to it. */
  created(logicalId: string, model: Properties): void {
    this.#models.set(logicalId, model);
  }

  /** The other resources that refer to ours. */
  dependents(): Dependent[] {
    return Object.entries(this.#template.resources)
      .filter(([id, { type }]) => type !== this.#type.typeName && this.#exists(id))
      .filter(([, { properties }]) => this.logicalIds.some((id) => references(properties).has(id)))
      .map(([logicalId, { type, properties }]) => {
        const path = `Resources.${logicalId}.Properties`;
        const readable = this.#resolve(properties, path, true) as Properties;
        return { logicalId, type, properties: readable };
      });
  }

  /** The outputs whose condition holds, resolved. */
  outputs(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#template.outputs)
        .filter(([, output]) => isObject(output) && this.#holds(output.Condition))
        .map(([name, output]) => {
          const { Value: value } = output as Properties;
          return [name, this.#resolve(value, `Outputs.${name}.Value`)];
        }),
    );
  }

  #resolve(value: unknown, path: string, readable = false): unknown {
    const scope: Scope = {
      ref: (name) => this.#ref(name),
      attribute: (id, name) => this.#attribute(id, name),
      condition: (name) => this.#decide(name),
      mapping: (...keys) => this.#mapping(keys),
      zones: (region) => ['a', 'b', 'c'].map((zone) => `${region || this.#place.region}${zone}`),
      readable,
    };
    return resolve(value, scope, `${this.#template.file}: ${path}`);
  }

  #resource(id: string): Resource {
    const { resources } = this.#template;
    const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
    if (!resource) throw new TemplateError(`${id} is not a resource of the template`);
    return resource;
  }

  #exists(id: string): boolean {
    return this.#holds(this.#resource(id).condition);
  }

  #holds(condition: unknown): boolean {
    return typeof condition !== 'string' || this.#decide(condition);
  }

  #decide(name: string): boolean {
    const { conditions } = this.#template;
    if (!Object.hasOwn(conditions, name)) throw new TemplateError(`${name} is not a condition`);
    if (this.#deciding.has(name)) throw new TemplateError(`condition ${name} refers to itself`);
    this.#deciding.add(name);
    try {
      return this.#resolve(conditions[name], `Conditions.${name}`) === true;
    } finally {
      this.#deciding.delete(name);
    }
  }

  #ref(name: string): unknown {
    const pseudo = this.#pseudoParameters();
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(this.#parameters, name)) return this.#parameters[name];
    if (!Object.hasOwn(this.#template.resources, name)) {
      throw new TemplateError(`Ref to ${name}, which is neither a parameter nor a resource`);
    }
    return this.#physical(name).ref;
  }

  #attribute(id: string, name: string): unknown {
    if (!Object.hasOwn(this.#template.resources, id)) {
      throw new TemplateError(`Fn::GetAtt of ${id}, which is not a resource`);
    }
    return this.#physical(id).attribute(name);
  }

  #physical(id: string): Physical {
    const resource = this.#resource(id);
    if (!this.#exists(id)) {
      throw new TemplateError(
        `${id} does not exist: its condition ${String(resource.condition)} is false`,
      );
    }
    if (resource.type !== this.#type.typeName) {
      return standIn(id, resource, this.propertiesOf(id), this.#place);
    }
    const { attributes, identifier } = this.#type;
    const model = this.#models.get(id);
    if (!model) throw new TemplateError(`${id} is not created yet`);
    return {
      ref: model[identifier],
      attribute: (name) => {
        const value = name
          .split('.')
          .reduce<unknown>((member, key) => (isObject(member) ? member[key] : undefined), model);
        if (attributes.includes(name) && value !== undefined) return value;
        throw new TemplateError(`${id} has no attribute ${name}`);
      },
    };
  }

  #mapping([map = '', top = '', second = '']: string[]): unknown {
    const first = this.#template.mappings[map];
    const entry = isObject(first) ? first[top] : undefined;
    const value = isObject(entry) ? entry[second] : undefined;
    if (value === undefined)
      throw new TemplateError(`there is no ${map}.${top}.${second} in Mappings`);
    return value;
  }

  #pseudoParameters(): Record<string, unknown> {
    const { region, accountId, partition, stackName } = this.#place;
    return {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
  }
}
