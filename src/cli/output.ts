import { fstatSync, writeSync } from 'node:fs';
import { codeOf, patiently } from './patience';

/** Nobody reads standard output any more. */
let isClosed = false;

/** Writes to standard output, whole lines. */
export function print(text: string): void {
  printAsItIs(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Writes to standard output. Whoever reads may stop reading, as in `pangea-lustre check ... | head`: what the command found
 * is told by its exit code all the same.
 */
export function printAsItIs(text: string): void {
  if (isClosed) return;
  try {
    write(1, text);
  } catch (error) {
    if (codeOf(error) !== 'EPIPE') throw error;
    isClosed = true;
  }
}

/** Writes to standard error, whole lines. Where nobody listens, nobody is told. */
export function tell(text: string): void {
  try {
    write(2, `${text}\n`);
  } catch {
    // There is no other place to say so.
  }
}

/** Node's own streams take longer to load than a template takes to check. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    const from = at;
    at += patiently(() => writeSync(descriptor, bytes, from));
  }
}

type Colour = (text: string) => string;

export interface Colours {
  readonly bold: Colour;
  readonly dim: Colour;
  readonly red: Colour;
  readonly green: Colour;
}

/** Colours for a terminal; none for a file, with NO_COLOR, or on a terminal that has none. */
export function colours(
  isTerminal: () => boolean = isOnTerminal,
  env: NodeJS.ProcessEnv = process.env,
): Colours {
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const on = !env.NO_COLOR && (forced || (env.TERM !== 'dumb' && isTerminal()));
  const colour =
    (code: number): Colour =>
    (text) =>
      on ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: colour(1), dim: colour(2), red: colour(31), green: colour(32) };
}

/** Asks the file first, because asking the stream loads it. */
function isOnTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice() && process.stdout.isTTY;
  } catch {
    return false;
  }
}
