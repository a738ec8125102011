/** Standard input, output and error. They may be non-blocking pipes, or pipes without a reader. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { styled, visibleLines, type VisibleText } from '../formats/visible-text';

/**
 * The bytes of a file, or of standard input (0). Undefined if there are more than `most`, because a device or a pipe may
 * never end. Unlike readFileSync, it waits for input that is not available yet.
 */
export function readBytes(file: string | 0, most: number): Buffer | undefined {
  const descriptor = file === 0 ? file : openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let total = 0; total <= most;) {
      const chunk = Buffer.allocUnsafe(65536);
      const length = retryOnEagain(() => readChunk(descriptor, chunk));
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      total += length;
    }
    return undefined;
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** On Windows, the end of a pipe is an error. */
function readChunk(descriptor: number, chunk: Buffer): number {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    if (codeOf(error) === 'EOF') return 0;
    throw error;
  }
}

/** Whether the reader of standard output has closed it. */
let isClosed = false;

/** Writes whole lines to standard output. */
export function writeStdout(text: VisibleText): void {
  writeStdoutAsIs(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Writes a user's file to standard output, byte for byte. The reader may close it early, as in `pangea-lustre check ... |
 * head`; the exit code is still that of the command.
 */
export function writeStdoutAsIs(text: string): void {
  if (isClosed) return;
  try {
    write(1, text);
  } catch (error) {
    if (codeOf(error) !== 'EPIPE')
      throw new Error(`Standard output cannot be written: ${(error as Error).message}.`, {
        cause: error,
      });
    isClosed = true;
  }
}

/** Writes one line to standard error. */
export function writeStderr(line: string): void {
  writeStderrText(visibleLines([line]));
}

/** Writes whole lines to standard error. Errors of writing are ignored. */
export function writeStderrText(text: VisibleText): void {
  try {
    write(2, text.endsWith('\n') ? text : `${text}\n`);
  } catch {
    // There is no other place to report it.
  }
}

/** Writes synchronously: loading Node's streams takes longer than checking a template. */
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

/** The escape codes that turn a style on and off. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
} as const;

type Color = keyof typeof CODES;

/** The styles of standard output. Without a terminal, with NO_COLOR, or on a terminal without styles, they do nothing. */
export function styles(): Readonly<Record<Color, Style>> {
  const { FORCE_COLOR = '', NO_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const on = !NO_COLOR && (forced || (TERM !== 'dumb' && isTerminal()));
  const style =
    (color: Color): Style =>
    (text) =>
      on ? styled(text, CODES[color]) : text;
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
