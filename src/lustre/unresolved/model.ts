/** A model of which some is not known yet, and the properties that it may come to. */
import { first, type Choose, type Work } from '../explore';
import { head, parseAs, parseProperties } from '../properties/parse';
import { readingDefaults, TYPE_DEFAULTS, withDefaults } from '../properties';
import type { Defaults, LustreProperties } from '../properties';
import type { ReadUnknown } from '../properties/reading';
import { sampleValuesOf } from './sample-values';
import { PROPERTY_NAMES, PROPERTY_SHAPES } from '../properties/shapes';
import { unknownsIn, type Unknown } from '../unknown';
import type { Violation } from '../violations';

export type Model = Readonly<Record<string, unknown>>;

export interface PartialModel {
  /** What is not known, by its path. */
  readonly open: ReadonlyMap<string, Unknown>;
  /** What has the wrong form whatever the unknown values turn out to be. */
  readonly violations: readonly Violation[];
  /** What is known, without defaults. */
  readonly known: LustreProperties;
  /**
   * The properties, with their defaults, where these values are chosen for the unknown ones, by their paths. Each is
   * looked up when it is read, as the last call chose: so what is asked for is what a reader, or a default, looks at.
   */
  properties(choose: Choose): LustreProperties;
}

/** Reads a model, once for all that it may come to; `defaults` are those of this type where absent. */
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
  // Formats do not depend on other properties, so one sample value is enough to check them.
  const { properties, violations } = parseProperties(model, chosen);
  const heads = new Set([...open.keys()].map(head));
  const known = Object.fromEntries(Object.entries(properties).filter(([name]) => !heads.has(name)));
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
    violations: [...violations, ...malformed],
    known,
    properties(choice) {
      choose = choice;
      return all;
    },
  };
}

/** Properties that are looked up when they are read. */
const lookedUp = (read: (name: keyof LustreProperties) => unknown): LustreProperties =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      PROPERTY_NAMES.map((name) => [name, { enumerable: true, get: () => read(name) }]),
    ),
  );
