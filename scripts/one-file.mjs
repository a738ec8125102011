import { mkdir, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { transform } from 'esbuild';

/**
 * Writes one self-contained CommonJS file in which every `import()` stays lazy.
 *
 * esbuild splits only ES modules, into many files. Here the entry stands in the file as code and the other chunks as text:
 * V8 parses all the code of a file before it runs the first line, and that takes longer than to run it. A chunk that an
 * invocation never imports (the default credential chain, provider logs) then costs next to nothing.
 *
 * The build must have `splitting: true`, `format: 'esm'` and one entry point.
 */
export const oneFile = {
  name: 'one-file',
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(async ({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      const [entry] = Object.keys(initialOptions.entryPoints);
      const chunks = new Map();
      for (const { path, text } of outputFiles)
        chunks.set(`./${basename(path)}`, await asCommonJs(text, initialOptions));
      const main = `./${entry}.js`;
      const rest = [...chunks].filter(([name]) => name !== main);
      const folder = resolve(initialOptions.absWorkingDir, initialOptions.outdir);
      await mkdir(folder, { recursive: true });
      await writeFile(
        `${folder}/${entry}.js`,
        [loader(Object.fromEntries(rest)), chunks.get(main), ''].join('\n'),
      );
    });
  },
};

/** The same chunk for `require`; its own `import()` becomes a require behind a promise. */
async function asCommonJs(code, { minify, target }) {
  const { code: text } = await transform(code, {
    format: 'cjs',
    platform: 'node',
    minify,
    target,
    supported: { 'dynamic-import': false },
  });
  return text.trim();
}

/**
 * `require` that knows the chunks. Each is compiled at its first use, in the realm that runs the file (a test runner has
 * several); the parentheses tell V8 to compile the whole function at once instead of parsing it twice. One that failed is
 * tried again when it is asked for again, as Node's own require does.
 */
const loader = (chunks) => `"use strict";
{
  const chunks = ${JSON.stringify(chunks, undefined, 1)};
  const native = require, modules = {};
  require = (name) => {
    if (!(name in chunks)) return native(name);
    if (!(name in modules)) {
      const module = (modules[name] = { exports: {} });
      const code = "(function(exports,require,module){" + chunks[name] + "\\n})\\n//# sourceURL=" + __filename + "/" + name;
      try {
        (0, eval)(code)(module.exports, require, module);
      } catch (error) {
        delete modules[name];
        throw error;
      }
    }
    return modules[name].exports;
  };
}`;
