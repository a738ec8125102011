// The code of the hook's function, as it stands in deploy/hook.yaml.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const LOADER = fileURLToPath(new URL('hook-loader.cjs', import.meta.url));

/** A build's one file in a program that unpacks it. */
export const compressed = {
  name: 'compressed',
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(async ({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      const [{ path, contents }] = outputFiles;
      const bytes = brotliCompressSync(contents, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: 18,
          [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
        },
      });
      const loader = await readFile(LOADER, 'utf8');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(
        path,
        loader
          .replace('size = 0', `size = ${bytes.length}`)
          .replace("text = ''", () => `text = '${inAscii(bytes)}'`),
      );
    });
  },
};

/**
 * Each 13 bits as two of 91 characters: those from # on, with ! and ~ for the quote and the backslash. Tools that write the
 * template anew, such as `aws cloudformation package`, then have none to escape.
 */
function inAscii(bytes) {
  const character = (digit) =>
    digit === 4 ? '!' : digit === 57 ? '~' : String.fromCharCode(digit + 35);
  let text = '';
  let bits = 0;
  let count = 0;
  // What is left in the end is written with zeros.
  for (const byte of [...bytes, 0, 0]) {
    bits |= byte << count;
    count += 8;
    if (count < 13) continue;
    const pair = bits & 8191;
    text += character(pair % 91) + character(Math.floor(pair / 91));
    bits >>= 13;
    count -= 13;
  }
  return text;
}

const INDENTED = ' '.repeat(10);

/** A template in which this is the code of the function, the last of its properties. */
export function withCode(template, code) {
  const lines = code.trimEnd().split('\n');
  const written = lines.map((line) => (line === '' ? '' : INDENTED + line)).join('\n');
  const block = /( {8}ZipFile: \|\n)(?:(?: {10}.*)?\n)*/;
  return template.replace(block, (_, key) => `${key}${written}\n\n`);
}
