/** Where text goes: a terminal, or a file or pipe that only ever grows. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

const CLEAR_LINE = '\r\u001B[2K';
/** Text is easier to read in lines that are not as long as a wide window. */
const WIDEST = 100;

/** Writes lines, and on a terminal one line at the bottom that changes in place. */
export class Terminal {
  /** Whether something can change in place. */
  readonly isLive: boolean;
  readonly #output: Output;
  readonly #colors: boolean;

  /** Colors need a terminal, and nobody who objects: https://no-color.org */
  constructor(output: Output, environment: NodeJS.ProcessEnv = process.env) {
    this.#output = output;
    this.isLive = output.isTTY === true && environment.TERM !== 'dumb';
    this.#colors = this.isLive && !environment.NO_COLOR;
  }

  get width(): number {
    return Math.min(this.#output.columns ?? WIDEST, WIDEST);
  }

  line(text = ''): void {
    this.#output.write(`${this.isLive ? CLEAR_LINE : ''}${text}\n`);
  }

  /** Shows a line that the next one replaces; elsewhere than on a terminal it is not shown at all. */
  passing(text: string): void {
    if (this.isLive) this.#output.write(`${CLEAR_LINE}${text}`);
  }

  style(style: Style, text: string): string {
    return this.#colors ? `\u001B[${STYLES[style]}m${text}\u001B[0m` : text;
  }

  /** Text in lines that fit, each after an indent. */
  wrapped(text: string, indent: number): void {
    for (const line of wrap(text, this.width - indent)) this.line(' '.repeat(indent) + line);
  }
}

/** Text in lines of at most a width, broken between words where that is possible. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const last = lines.length - 1;
      const longer = lines[last] ? `${lines[last]} ${word}` : word;
      if (longer.length <= width || !lines[last]) lines[last] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

/** A bar that is full at 1. */
export function bar(share: number, length = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * length);
  return '█'.repeat(full) + '░'.repeat(length - full);
}

/** Seconds as 7:05 or 1:02:03. */
export function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const pad = (part: number): string => String(part).padStart(2, '0');
  const rest = pad(Math.floor(seconds) % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}
