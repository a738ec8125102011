/** What is worth a line, as flat as it is to be searched for. Never a property of the resource, never a credential. */
export type LogRecord = Readonly<Record<string, string | number | undefined>>;

export interface Line {
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
}

/** The levels at which Lambda shows what a function tells in passing (AWS_LAMBDA_LOG_LEVEL). */
const LEVELS: readonly unknown[] = [undefined, 'TRACE', 'DEBUG', 'INFO'];

/**
 * The log of one invocation: JSON lines, shown at once on the console and kept for the log of the type's owner. Only notes
 * of known members come in, so there is nothing to redact.
 */
export class InvocationLog {
  readonly lines: Line[] = [];

  /** @param about stands in every line. */
  constructor(private readonly about: LogRecord) {}

  write(note: LogRecord): void {
    const message = JSON.stringify({ ...this.about, ...note });
    this.lines.push({ timestamp: Date.now(), message });
    if (LEVELS.includes(process.env.AWS_LAMBDA_LOG_LEVEL)) console.log(message);
  }
}
