/** A log record, flat so that it can be searched. It never contains a property of the resource or a credential. */
export type LogRecord = Readonly<Record<string, string | number | undefined>>;

/** A line of the log. */
export interface Line {
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
}

/** The levels (AWS_LAMBDA_LOG_LEVEL) at which Lambda shows lines of the level INFO. */
const LEVELS: readonly unknown[] = [undefined, 'TRACE', 'DEBUG', 'INFO'];

/**
 * The log of one invocation: JSON lines, which are written to the console and kept for the log of the type's owner. Records
 * have known members only, so nothing must be redacted.
 */
export class InvocationLog {
  readonly lines: Line[] = [];

  /** @param about Added to every line. */
  constructor(private readonly about: LogRecord) {}

  write(note: LogRecord): void {
    const message = JSON.stringify({ ...this.about, ...note });
    this.lines.push({ timestamp: Date.now(), message });
    if (LEVELS.includes(process.env.AWS_LAMBDA_LOG_LEVEL)) console.log(message);
  }
}
