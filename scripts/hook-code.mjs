// The code of the hook's function, as it stands in deploy/hook.yaml.
import { Buffer } from 'node:buffer';
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

/** Each four bytes as five of 85 characters: those from ( on, without the backslash. */
function inAscii(bytes) {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let text = '';
  for (let at = 0; at < padded.length; at += 4) {
    let word = padded.readUInt32BE(at);
    let five = '';
    for (let digit = 0; digit < 5; digit++) {
      const code = 40 + (word % 85);
      five = (code === 92 ? '}' : String.fromCharCode(code)) + five;
      word = Math.floor(word / 85);
    }
    text += five;
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
