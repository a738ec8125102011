/** What is known of a file system whose template is being written, in each of its deployments. */
import { isObject } from '../../lustre/json';
import { checkPartial } from '../../lustre/unresolved/check';
import { readPartial, type Model } from '../../lustre/unresolved/model';
import { offeringsFor } from '../../lustre/catalog/offerings';
import type { Offering } from '../../lustre/catalog/catalog';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { head } from '../../lustre/properties/parse';
import { errorsOf, type Violation } from '../../lustre/violations';
import type { Template } from '../../template/template';
import { outcomesOf, type FileSystem } from '../file-systems';
import { modelOf } from '../resource-model';
import type { ResourceType } from '../resource-types';
import type { Step } from './property-at';
import type { AuthoringOptions } from './template-draft';

export class Configuration {
  /** What is known, with the defaults of the type; what is open is absent. */
  readonly known: LustreProperties;

  constructor(
    readonly model: Model,
    readonly type: ResourceType,
    readonly options: AuthoringOptions,
  ) {
    const { known, open } = readPartial(model, type.defaults);
    const opened = new Set([...open.keys()].map(head));
    this.known = Object.fromEntries(
      Object.entries(withDefaults(known, type.defaults)).filter(([name]) => !opened.has(name)),
    );
  }

  /** What it may be. */
  get offerings(): readonly Offering[] {
    return offeringsFor(this.known);
  }

  /** What FSx refuses. */
  get violations(): Violation[] {
    const { region, date } = this.options.review;
    return errorsOf(
      checkPartial(this.model, {
        ...(region !== undefined && { region }),
        ...(date !== undefined && { date }),
        defaults: this.type.defaults,
      }),
    );
  }

  /** The same with another value. */
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

/** More deployments tell nothing new to who writes one. */
const MOST = 8;

/** The configurations of a file system, where parameters have their defaults; an empty one where none is created. */
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
