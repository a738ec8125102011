/**
 * Leaves what is imported on demand (`await import('./x')`) in a file of its own, beside the one that asks for it, so that
 * a command loads only what it needs: reading a file takes Node longer than running it. Each is an entry point by its name.
 */
export const chunks = (entryPoints) => ({
  name: 'chunks',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) => {
      const name = path.split('/').at(-1);
      return kind === 'dynamic-import' && name in entryPoints
        ? { path: `./${name}.js`, external: true }
        : undefined;
    });
  },
});
