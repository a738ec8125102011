import { basename, relative, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Builds a file, and each file that it imports on demand (`await import('./x')`) as one of its own beside it, so that a
 * command loads only what it needs: reading a file takes Node longer than running it.
 * @returns the inputs of all of them, as esbuild's metafile has them.
 */
export async function buildWithChunks({ entryPoints, plugins = [], ...options }) {
  const files = new Map(Object.entries(entryPoints));
  const chunks = {
    name: 'chunks',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = relative(options.absWorkingDir, resolve(resolveDir, `${path}.ts`));
        const name = basename(path);
        if ((files.get(name) ?? file) !== file)
          return { errors: [{ text: `${file} and ${files.get(name)} would both be ${name}.js` }] };
        files.set(name, file);
        return { path: `./${name}.js`, external: true };
      });
    },
  };
  // The files that are found while others are built come next. Files that are built at once are read once.
  const inputs = {};
  const built = new Set();
  for (;;) {
    const found = [...files].filter(([name]) => !built.has(name));
    if (found.length === 0) return { metafile: { inputs } };
    for (const [name] of found) built.add(name);
    const entries = { ...options, entryPoints: Object.fromEntries(found) };
    const { metafile } = await build({ ...entries, plugins: [chunks, ...plugins] });
    Object.assign(inputs, metafile.inputs);
  }
}
