/** A model with unknown values, and the properties that it may have. */
import { first, type Choose, type Work } from '../explore';
import { without } from '../json';
import { head, parseAs, parseProperties } from '../properties/parse';
import { readingDefaults, TYPE_DEFAULTS, withDefaults } from '../properties';
import type { Defaults, LustreProperties } from '../properties';
import type { ReadUnknown } from '../properties/reading';
import { sampleValuesOf } from './sample-values';
import { PROPERTY_NAMES, PROPERTY_SHAPES } from '../properties/shapes';
import { isWithin } from '../paths';
import { Unknown, unknownsIn, valueAt } from '../unknown';
import type { Violation } from '../violations';
import { formatValue } from '../wording';

/** A model as a template has it, possibly with unknown values. */
export type Model = Readonly<Record<string, unknown>>;

/** A parsed model with unknown values. */
export interface PartialModel {
  /** The unknown values, by their paths. */
  readonly open: ReadonlyMap<string, Unknown>;
  /** Violations of form that apply to every value of the unknown properties. */
  readonly violations: readonly Violation[];
  /** The known properties, without defaults. */
  readonly known: LustreProperties;
  /**
   * The properties with their defaults, for one choice of values. Each value is chosen when it is read, so `choose` is called
   * only for properties that the reader, or a default, depends on.
   */
  properties(choose: Choose): LustreProperties;
}

/**
 * Parses a model once for all choices.
 *
 * @param defaults Absent: those of this type.
 */
export function readPartial(
  model: Model,
  defaults: Defaults = TYPE_DEFAULTS,
  work?: Work,
): PartialModel {
  const open = new Map(unknownsIn(model));
  const samples = new Map<string, readonly unknown[]>();
  const malformed: Violation[] = [];
  let choose = first;
  const chosen: ReadUnknown = (unknown, shape, path) => {
    const values = samples.get(path) ?? sampleValuesOf(unknown, shape, path, model, malformed);
    work?.spend(samples.has(path) ? 1 : values.length);
    samples.set(path, values);
    return choose(path, values);
  };
  // The form of a value does not depend on other properties, so one sample value is enough to check it.
  const { properties, violations } = parseProperties(model, chosen);
  const heads = new Set([...open.keys()].map(head));
  const known = without(properties, heads);
  const given = (name: keyof LustreProperties): unknown =>
    heads.has(name)
      ? parseAs(PROPERTY_SHAPES[name], model[name], name, [], chosen)
      : properties[name];
  const all =
    open.size === 0
      ? withDefaults(properties, defaults)
      : lookedUp(readingDefaults(given, defaults));
  return {
    open,
    violations: [...violations, ...malformed].map((each) => inTermsOf(model, { open }, each)),
    known,
    properties(choice) {
      choose = choice;
      return all;
    },
  };
}

/** An object whose properties are computed when they are read. */
const lookedUp = (read: (name: keyof LustreProperties) => unknown): LustreProperties =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      PROPERTY_NAMES.map((name) => [name, { enumerable: true, get: () => read(name) }]),
    ),
  );

/** Rewrites a violation to quote the values of the model instead of samples for unknown values. */
export function inTermsOf(
  model: Model,
  { open }: Pick<PartialModel, 'open'>,
  violation: Violation,
): Violation {
  const { value, message } = violation;
  const [path = violation.property] =
    [...open].find(([each]) => isWithin(violation.property, each)) ?? [];
  const written = valueAt(model, path);
  if (value === undefined || unknownsIn(written).length === 0) return violation;
  const shown = written instanceof Unknown ? written.text : written;
  return {
    ...violation,
    value: shown,
    message: message.replace(formatValue(value), () => formatValue(shown)),
  };
}
