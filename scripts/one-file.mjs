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
      let main = '';
      const chunks = {};
      for (const { path, text } of outputFiles) {
        const name = basename(path);
        if (name === `${entry}.js`) main = await asCommonJs(text, initialOptions);
        else chunks[`./${name}`] = await asCommonJs(withExports(text), initialOptions);
      }
      const folder = resolve(initialOptions.absWorkingDir, initialOptions.outdir);
      await mkdir(folder, { recursive: true });
      await writeFile(`${folder}/${entry}.js`, [loader(chunks), main, ''].join('\n'));
    });
  },
};

/** The same code for `require`, which also stands for its own `import()`. */
async function asCommonJs(code, { minify, target }) {
  const { code: text } = await transform(code.replace(IMPORT_OF_CHUNK, importByRequire), {
    format: 'cjs',
    platform: 'node',
    minify,
    target,
    supported: { 'dynamic-import': false },
  });
  return text.trim();
}

/*
 * By itself, esbuild would not trust the chunks to be ES modules: it would copy all exports of one, behind a getter each, when
 * it is loaded and whenever it is imported on demand.
 */
const IMPORT_OF_CHUNK = /\bimport\(("\.\/[^"]+")\)/g;
const importByRequire = 'Promise.resolve().then(()=>require($1))';

/** The list of exports at the end of a chunk. */
const EXPORTS = /\bexport\s*\{([^}]*)\};\s*$/;

/** A chunk with its list of exports as `chunk.exports`. */
function withExports(code) {
  if (!EXPORTS.test(code)) throw new Error('A chunk does not end in a list of exports.');
  return code.replace(EXPORTS, (_, list) => {
    const getters = list.split(',').map((entry) => {
      const [local, name = local] = entry.trim().split(' as ');
      return `get ${name}(){return ${local}}`;
    });
    return `chunk.exports={${getters.join()}};`;
  });
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
      const chunk = (modules[name] = { exports: {} });
      const code = "(function(require,chunk){" + chunks[name] + "\\n})\\n//# sourceURL=" + __filename + "/" + name;
      try {
        (0, eval)(code)(require, chunk);
      } catch (error) {
        delete modules[name];
        throw error;
      }
    }
    return modules[name].exports;
  };
}`;
