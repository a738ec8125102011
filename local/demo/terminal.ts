/** Receives text: a terminal, or a file or pipe, to which text is only appended. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

const CLEAR_LINE = '\r\u001B[2K';
/** The longest line. Text in longer ones is harder to read. */
const WIDEST = 100;

/** Writes lines and, on a terminal, one line at the bottom that is updated in place. */
export class Terminal {
  /** Whether a line can be updated in place. */
  readonly isLive: boolean;
  readonly #output: Output;
  readonly #colors: boolean;

  /** Colors require a terminal without NO_COLOR: https://no-color.org */
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

  /** Shows a line that the next one replaces. Not shown without a terminal. */
  passing(text: string): void {
    if (this.isLive) this.#output.write(`${CLEAR_LINE}${text}`);
  }

  style(style: Style, text: string): string {
    return this.#colors ? `\u001B[${STYLES[style]}m${text}\u001B[0m` : text;
  }

  /** Wraps text. Each line begins with an indent. */
  wrapped(text: string, indent: number): void {
    for (const line of wrap(text, this.width - indent)) this.line(' '.repeat(indent) + line);
  }
}

/** Splits text into lines of at most a width, between words if possible. */
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

/** A progress bar; 1 is full. */
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
