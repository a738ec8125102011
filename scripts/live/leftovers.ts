/** Something that may be left, the command that removes it, and why nobody knows whether it is there. */
export interface Left {
  what: string;
  command: string;
  unknown?: string;
}

/** What may be left, and how to find out: what a look finds is left. */
export type Look = readonly [Left, () => Promise<Left[]>];

/** An AWS command as a person types it. */
export const byHand = (region: string, words: string): string => `aws ${words} --region ${region}`;

/** The only answer of a look that asks whether it is there. */
export const whereThere = async (left: Left, isThere: Promise<unknown>): Promise<Left[]> =>
  (await isThere) ? [left] : [];

/** What is left, in words, with the commands that look and remove. */
export function told(left: readonly Left[]): string {
  const known = left.filter(({ unknown }) => unknown === undefined).map(({ what }) => what);
  const unknown = left.flatMap(({ unknown: why, what }) => (why ? [`${what} (${why})`] : []));
  return [
    ...(known.length > 0 ? [`Left in the account, and billed: ${known.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`Perhaps left, nobody could look: ${unknown.join(', ')}`] : []),
    'To look and remove by hand:',
    ...left.map(({ command }) => `  ${command}`),
  ].join('\n');
}

/** What a look finds; where it fails, what it was for, because that may be there. */
export async function found([lookedFor, look]: Look): Promise<Left[]> {
  try {
    return await look();
  } catch (error) {
    return [{ ...lookedFor, unknown: reason(error) }];
  }
}

export const reason = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
