/** Writes to standard output, whole lines. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes to standard error, whole lines. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
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
  stream: { isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Colours {
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const wanted = forced || (stream.isTTY === true && env.TERM !== 'dumb');
  const on = wanted && !env.NO_COLOR;
  const colour =
    (code: number): Colour =>
    (text) =>
      on ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: colour(1), dim: colour(2), red: colour(31), green: colour(32) };
}
