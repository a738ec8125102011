/** Paths of properties and their parts, as violations and repairs write them: `Tags[0].Key`, `["a name.with dots"]`. */

/** A name of a member, or an index of an item. */
export type Step = string | number;

/** The path of a member or an item: `Tags[0].Key`. A name that would read as several steps is quoted. */
export function pathOf(within: string, step: Step): string {
  if (typeof step === 'number') return `${within}[${step}]`;
  if (/[.[\]]/.test(step)) return `${within}[${JSON.stringify(step)}]`;
  return within === '' ? step : `${within}.${step}`;
}

/** The steps of a path. */
export const stepsOf = (path: string): Step[] =>
  Array.from(
    path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g),
    ([, index, quoted, name = '']) =>
      index !== undefined
        ? Number(index)
        : quoted !== undefined
          ? (JSON.parse(quoted) as string)
          : name,
  );

/** Whether the path of a violation is a given path or inside it. */
export const isWithin = (property: string, path: string): boolean =>
  property === path || property.startsWith(`${path}.`) || property.startsWith(`${path}[`);
