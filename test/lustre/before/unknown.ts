/** What is not known in a model: where it stands, and what the model is with something in its place. */

/** Stands in a model for a value that is not known. */
export class Unknown {
  /** Whether there may turn out to be no value at all. */
  readonly mayBeAbsent: boolean;
  /** The only values that it may have. */
  readonly among: readonly string[] | undefined;

  constructor(
    /** How a message shows it, such as `${SubnetId}`. */
    readonly text: string,
    { mayBeAbsent = false, among }: { mayBeAbsent?: boolean; among?: readonly string[] } = {},
  ) {
    this.mayBeAbsent = mayBeAbsent;
    this.among = among;
  }
}

/** The steps to a place in a model: names of members and numbers of items. */
export type Path = readonly (string | number)[];

/** An unknown, and where it stands. */
export interface Open {
  readonly path: Path;
  readonly unknown: Unknown;
}

/** Every unknown in the model, by its path. */
export function unknownsIn(value: unknown, path: Path = []): Open[] {
  if (value instanceof Unknown) return [{ path, unknown: value }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownsIn(item, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unknownsIn(member, [...path, name]));
}

/** Whether a property, as a violation names it, stands at a place or within it. */
export const isWithin = (property: string, path: string): boolean =>
  property === path || property.startsWith(`${path}.`) || property.startsWith(`${path}[`);

/** `Tags[0].Key` of its steps. */
export function pathText(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('');
}

/** The model with values put in the places of unknown ones. */
export function completed(model: unknown, values: readonly (readonly [Path, unknown])[]): unknown {
  return values.reduce((whole, [path, value]) => put(whole, path, value), model);
}

function put(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = whole as unknown[];
    return items.with(step, put(items[step], rest, value));
  }
  const members = whole as Record<string, unknown>;
  return { ...members, [step]: put(members[step], rest, value) };
}
