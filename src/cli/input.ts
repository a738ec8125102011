import { readFileSync, readSync } from 'node:fs';
import { codeOf, patiently } from './patience';

const CHUNK = 65536;

/** All bytes of a file, or of standard input where it is called `-`. */
export const readBytes = (file: string): Buffer =>
  file === '-' ? readStandardInput() : readFileSync(file);

/** Whoever opened the pipe may have opened it not to block; readFileSync would give up where nothing is there yet. */
function readStandardInput(): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = patiently(() => readSome(chunk));
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
  }
}

/** Windows has an error for the end of a pipe. */
function readSome(chunk: Buffer): number {
  try {
    return readSync(0, chunk);
  } catch (error) {
    if (codeOf(error) === 'EOF') return 0;
    throw error;
  }
}
