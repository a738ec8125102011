/** Something that may be left, the command that removes it, and why nobody knows whether it is there. */
export interface Leftover {
  what: string;
  command: string;
  unknown?: string;
}

/** What may be left, and how to find out: what a look finds is left. */
export type LeftoverCheck = readonly [Leftover, () => Promise<Leftover[]>];

/** An AWS command as a person types it. */
export const awsCommand = (region: string, words: string): string =>
  `aws ${words} --region ${region}`;

/** The only answer of a look that asks whether it is there. */
export const leftoverIf = async (left: Leftover, isThere: Promise<unknown>): Promise<Leftover[]> =>
  (await isThere) ? [left] : [];

/** What is left, in words, with the commands that look and remove. */
export function describeLeftovers(left: readonly Leftover[]): string {
  const known = left.filter(({ unknown }) => unknown === undefined).map(({ what }) => what);
  const unknown = left.flatMap(({ unknown: why, what }) => (why ? [`${what} (${why})`] : []));
  return [
    ...(known.length > 0 ? [`Left in the account, and billed: ${known.join(', ')}`] : []),
    ...(unknown.length > 0
      ? [`Possibly left, because the check failed: ${unknown.join(', ')}`]
      : []),
    'To look for them and remove them manually:',
    ...left.map(({ command }) => `  ${command}`),
  ].join('\n');
}

/** What a look finds; where it fails, what it was for, because that may be there. */
export async function findLeftovers([lookedFor, look]: LeftoverCheck): Promise<Leftover[]> {
  try {
    return await look();
  } catch (error) {
    return [{ ...lookedFor, unknown: reason(error) }];
  }
}

export const reason = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
