import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { transform } from 'esbuild';

/**
 * Writes one web page that needs nothing else: `index.html` of a folder, with its `*.css` and the bundled script in the places
 * of `<style>` and `<script>`, and a Content-Security-Policy that allows these two by their hashes and nothing else.
 *
 * The build must have one entry point of the same name as the style sheet.
 */
export const onePage = (folder) => ({
  name: 'one-page',
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(async ({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      const { absWorkingDir, entryPoints, outdir, target } = initialOptions;
      const source = (name) => readFile(resolve(absWorkingDir, folder, name), 'utf8');
      const [entry] = Object.keys(entryPoints);
      const { code } = await transform(await source(`${entry}.css`), { loader: 'css', minify: true, target }); // oxfmt-ignore
      const style = code.trim();
      // Nothing in the script may end it.
      const script = outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
      const policy = [
        "default-src 'none'",
        `script-src '${hashOf(script)}'`,
        `style-src '${hashOf(style)}'`,
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      const page = (await source('index.html'))
        .replace('{{policy}}', () => policy)
        .replace('<style></style>', () => `<style>${style}</style>`)
        .replace('<script></script>', () => `<script>${script}</script>`);
      const out = resolve(absWorkingDir, outdir);
      await mkdir(out, { recursive: true });
      await writeFile(`${out}/index.html`, page);
    });
  },
});

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
