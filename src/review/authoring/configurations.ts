/** What is known about a file system while its template is being written, in each deployment. */
import { defined, isObject, without } from '../../lustre/json';
import { checkPartial } from '../../lustre/unresolved/check';
import { readPartial, type Model } from '../../lustre/unresolved/model';
import { offeringsFor } from '../../lustre/catalog/offerings';
import type { Offering } from '../../lustre/catalog/catalog';
import type { Step } from '../../lustre/paths';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { head } from '../../lustre/properties/parse';
import { errorsOf, type Violation } from '../../lustre/violations';
import type { Template } from '../../template/template';
import { outcomesOf, type FileSystem } from '../file-systems';
import { modelOf } from '../resource-model';
import type { ResourceType } from '../resource-types';
import type { AuthoringOptions } from './template-draft';

/** A file system in one deployment, as far as its template determines it. */
export class Configuration {
  /** The known properties, with the defaults of the type. Properties with unknown values are absent. */
  readonly known: LustreProperties;

  constructor(
    readonly model: Model,
    readonly type: ResourceType,
    readonly options: AuthoringOptions,
  ) {
    const { known, open } = readPartial(model, type.defaults);
    this.known = without(withDefaults(known, type.defaults), [...open.keys()].map(head));
  }

  /** The offerings that it may be. */
  get offerings(): readonly Offering[] {
    return offeringsFor(this.known);
  }

  /** What FSx would refuse. */
  get violations(): Violation[] {
    const { region, date } = this.options.review;
    return errorsOf(
      checkPartial(this.model, {
        ...defined({ region, date }),
        defaults: this.type.defaults,
      }),
    );
  }

  /** The same configuration with another value of one property or member. */
  with(steps: readonly Step[], value: unknown): Configuration {
    return new Configuration(put(this.model, steps, value) as Model, this.type, this.options);
  }
}

function put(holder: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items: unknown[] = Array.isArray(holder) ? [...(holder as unknown[])] : [];
    items[step] = put(items[step], rest, value);
    return items;
  }
  const members = isObject(holder) ? holder : {};
  return { ...members, [step]: put(members[step], rest, value) };
}

/** The most deployments that are examined. More would tell the author nothing new. */
const MOST = 8;

/**
 * The configurations of a file system when parameters have their defaults. One empty configuration if no deployment creates
 * it.
 */
export function configurationsOf(
  template: Template,
  fileSystem: FileSystem,
  options: AuthoringOptions,
): Configuration[] {
  const { created } = outcomesOf(template, fileSystem, { ...options.review, nonDefault: 'none' });
  const { type } = fileSystem;
  const models = created.flatMap(({ properties }) =>
    properties.kind === 'object' ? [modelOf(properties, type)] : [],
  );
  return (models.length > 0 ? models : [{}])
    .slice(0, MOST)
    .map((model) => new Configuration(model, type, options));
}
