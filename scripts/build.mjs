// Writes what the commands run: `build.mjs` everything, `build.mjs TypeFunction` (as `cfn submit` calls it) the function,
// `build.mjs local` the local FSx with the function it runs, `build.mjs cli` the command line, `build.mjs planner` the page to
// plan with, `build.mjs vscode` the command line and the extension for VS Code, `build.mjs package` what programs import from
// the package for npm, `build.mjs hook` the function of the Lambda Hook. The packages that each holds parts of are listed in
// build/bundled.
import { statSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildWithChunks } from './chunks.mjs';
import { compressed } from './hook-code.mjs';
import { oneFile } from './one-file.mjs';
import { onePage } from './one-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
  metafile: true,
};

/** What dependencies require at load and this type does not need then, by what stands in for it; each file says why. */
const STAND_INS = [
  { module: /^aws-sdk(\/|$)/, standIn: 'no-aws-sdk-v2.ts' },
  { module: /^reflect-metadata$/, standIn: 'no-metadata.ts' },
  { module: /^bowser$/, standIn: 'no-bowser.ts' },
  { module: /^string\.prototype\.replaceall$/, standIn: 'replace-all.ts' },
  {
    module: /^\.\/(log-delivery|metrics)$/,
    of: /cloudformation-cli-typescript-lib/,
    standIn: 'no-log-delivery.ts',
  },
  { module: /^node:zlib$/, of: /\/crc32\//, standIn: 'no-crc32.ts' },
  { module: /^\.\/meant-form$/, of: /\/src\/lustre\//, standIn: 'no-meant-form.ts' },
  { module: /^node:fs\/promises$/, standIn: 'lazy-file-promises.ts' },
];
/** What the command line and the planner do not need of the packages that read YAML and scale plots. */
const CLI_STAND_INS = [
  { module: /^d3-interpolate$/, standIn: 'only-numbers.ts' },
  { module: /\/stringify\/stringify[A-Za-z]*\.js$/, of: /yaml/, standIn: 'no-yaml-writer.ts' },
];
const leaveOut = (standIns, folder = 'src/sdk/stand-ins') => ({
  name: 'leave-out',
  setup({ onResolve }) {
    for (const { module, of = /./, standIn } of standIns)
      onResolve({ filter: module }, ({ importer }) =>
        of.test(importer) ? { path: `${root}${folder}/${standIn}` } : undefined,
      );
  },
});

/** Entries of the package that another one loads instead of holding them a second time. */
const besideIt = (names) => ({
  name: 'beside-it',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^\\.\\./(${names.join('|')})$`) }, ({ path, importer }) =>
      importer.startsWith(`${root}src/cdk/`)
        ? { path: path.replace('../', './') + '.js', external: true }
        : undefined,
    );
  },
});
/** What the hook does not need of the rules. */
const HOOK_STAND_INS = [
  { module: /^\.\/names-elsewhere$/, of: /\/src\/lustre\//, standIn: 'no-names-elsewhere.ts' },
  { module: /\/name-advice$/, of: /\/src\//, standIn: 'short-name-advice.ts' },
  { module: /\/name-repair$/, of: /\/src\//, standIn: 'no-name-repair.ts' },
  { module: /^\.\/composable$/, of: /\/src\/lustre\//, standIn: 'no-composable.ts' },
  { module: /^\.\/sample-limits$/, of: /\/src\/lustre\//, standIn: 'no-sample-limits.ts' },
  { module: /^\.\/reference-advice$/, of: /\/src\/review\//, standIn: 'no-reference-advice.ts' },
  { module: /^\.\/as-written$/, of: /\/src\/review\//, standIn: 'no-as-written.ts' },
  { module: /^\.\/text-values$/, of: /\/src\/review\//, standIn: 'no-text-values.ts' },
  {
    module: /^\.\/unknown-difference$/,
    of: /\/src\/review\//,
    standIn: 'no-unknown-difference.ts',
  },
];
const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Modules do nothing by being loaded, so that the bundle goes without what nothing in it calls, such as the reader of YAML. */
const withoutSideEffects = {
  name: 'without-side-effects',
  setup({ onResolve, resolve }) {
    // Looked up here: to ask esbuild, and to be asked by it again, takes longer than all the rest of a build.
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path);
      const found = [`${file}.ts`, file].find(isFile);
      return found && { path: found, sideEffects: false };
    });
    onResolve({ filter: /^yaml$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await resolve(path, { ...from, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};

const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

/** Names stay, for whoever reads a stack trace. */
const READABLE = { minifySyntax: true, minifyWhitespace: true };

/** The ES module of the package, of which unused parts can be omitted. */
const YAML = { yaml: `${root}node_modules/yaml/browser/dist/index.js` };

const TARGETS = {
  TypeFunction: {
    entryPoints: { handlers: 'src/handlers.ts' },
    outdir: 'build/TypeFunction/dist',
    target: 'node20',
    format: 'esm',
    splitting: true,
    minify: true,
    // The packages' ES modules, of which unused parts can be omitted.
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    plugins: [leaveOut(STAND_INS), oneFile],
  },
  local: {
    entryPoints: { main: 'local/main.ts', demo: 'local/demo/demo.ts' },
    outdir: 'build/local',
    target: 'node20',
    ...READABLE,
  },
  cli: {
    // The commands follow from what this imports on demand.
    entryPoints: { 'pangea-lustre': 'src/cli/pangea-lustre.ts' },
    outdir: 'build/cli',
    target: 'node20',
    minify: true,
    banner: { js: '#!/usr/bin/env node' },
    define: { 'process.env.PANGEA_LUSTRE_VERSION': JSON.stringify(version) },
    alias: YAML,
    // What is loaded on demand is required, which is quicker than to import.
    supported: { 'dynamic-import': false },
    plugins: [leaveOut(CLI_STAND_INS)],
  },
  hook: {
    entryPoints: { index: 'src/hook/hook.ts' },
    outdir: 'build/hook',
    target: 'node22',
    minify: true,
    plugins: [
      leaveOut(HOOK_STAND_INS, 'src/hook/stand-ins'),
      leaveOut(STAND_INS),
      withoutSideEffects,
      compressed,
    ],
  },
  vscode: {
    entryPoints: { extension: 'editors/vscode/src/extension.ts' },
    outdir: 'build/vscode',
    target: 'node20',
    minify: true,
    external: ['vscode'],
  },
  planner: {
    entryPoints: { planner: 'src/planner/planner.ts' },
    outdir: 'build/planner',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    format: 'iife',
    minify: true,
    alias: YAML,
    plugins: [leaveOut(CLI_STAND_INS), withoutSideEffects, onePage('src/planner')],
  },
  package: {
    entryPoints: { index: 'src/index.ts', rules: 'src/rules.ts' },
    outdir: 'build/package',
    target: 'node20',
    ...READABLE,
    alias: YAML,
  },
  cdk: {
    entryPoints: { cdk: 'src/cdk/index.ts' },
    outdir: 'build/cdk',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
    define: { 'process.env.PANGEA_LUSTRE_VERSION': JSON.stringify(version) },
    plugins: [besideIt(['index', 'rules'])],
  },
  // The rules for web pages and their bundlers, which omit what is not used.
  modules: {
    entryPoints: { rules: 'src/rules.ts' },
    outdir: 'build/modules',
    outExtension: { '.js': '.mjs' },
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    alias: YAML,
  },
};

const wanted =
  {
    TypeFunction: ['TypeFunction'],
    local: ['TypeFunction', 'hook', 'local'],
    hook: ['hook'],
    cli: ['cli'],
    planner: ['planner'],
    vscode: ['cli', 'vscode'],
    package: ['package', 'modules', 'cdk'],
  }[process.argv[2]] ?? Object.keys(TARGETS);

/** The folders of the packages that a bundle holds parts of. */
const packagesIn = ({ inputs }) => [
  ...new Set(
    Object.keys(inputs).flatMap(
      (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
    ),
  ),
];

await mkdir(`${root}build/bundled`, { recursive: true });
await Promise.all(
  wanted.map(async (name) => {
    await rm(`${root}${TARGETS[name].outdir}`, { recursive: true, force: true });
    await mkdir(`${root}${TARGETS[name].outdir}`, { recursive: true });
    const run = name === 'cli' ? buildWithChunks : build;
    const { metafile } = await run({ ...common, ...TARGETS[name] });
    await writeFile(`${root}build/bundled/${name}.json`, JSON.stringify(packagesIn(metafile)));
  }),
);
if (wanted.includes('cli')) await chmod(`${root}build/cli/pangea-lustre.js`, 0o755);
