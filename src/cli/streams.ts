/** Standard input, output and error, which may be pipes that do not block, or that nobody reads. */
import { fstatSync, readSync, writeSync } from 'node:fs';
import { styleText } from 'node:util';

/** All bytes of standard input. Unlike readFileSync it waits where nothing is there yet. */
export function readStdin(): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(65536);
    const length = retryOnEagain(() => readChunk(chunk));
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
  }
}

/** Windows has an error for the end of a pipe. */
function readChunk(chunk: Buffer): number {
  try {
    return readSync(0, chunk);
  } catch (error) {
    if (codeOf(error) === 'EOF') return 0;
    throw error;
  }
}

/** Whether the reader of standard output has closed it. */
let isClosed = false;

/** Writes whole lines to standard output. */
export function writeStdout(text: string): void {
  writeStdoutAsIs(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Writes to standard output. Its reader may close it early, as in `pangea-lustre check ... | head`; the exit code still
 * tells what the command found.
 */
export function writeStdoutAsIs(text: string): void {
  if (isClosed) return;
  try {
    write(1, text);
  } catch (error) {
    if (codeOf(error) !== 'EPIPE') throw error;
    isClosed = true;
  }
}

/** Writes whole lines to standard error. Errors of writing there are ignored. */
export function writeStderr(text: string): void {
  try {
    write(2, `${text}\n`);
  } catch {
    // There is no other place to report it.
  }
}

/** Writes synchronously: Node's streams take longer to load than a template takes to check. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    const from = at;
    at += retryOnEagain(() => writeSync(descriptor, bytes, from));
  }
}

/** Retries a read or write on a non-blocking pipe until it stops failing with EAGAIN. */
function retryOnEagain<T>(act: () => T): T {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

type Style = (text: string) => string;

/** Styles for standard output: those of a terminal; none for a file, with NO_COLOR, or on a terminal that has none. */
type Color = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

export function styles(): Readonly<Record<Color, Style>> {
  const { FORCE_COLOR = '', NO_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const on = !NO_COLOR && (forced || (TERM !== 'dumb' && isTerminal()));
  const style =
    (format: Color): Style =>
    (text) =>
      // Versions of Node differ in whether styleText checks the stream itself.
      on ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    yellow: style('yellow'),
    green: style('green'),
  };
}

/** Checks the file descriptor first, because process.stdout is slow to load. */
function isTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice() && process.stdout.isTTY;
  } catch {
    return false;
  }
}
