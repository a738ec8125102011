// Writes what the commands run: `build.mjs` everything, `build.mjs TypeFunction` (as `cfn submit` calls it) the function,
// `build.mjs local` the local FSx with the function it runs, `build.mjs cli` the command line, `build.mjs planner` the page
// to plan with, `build.mjs package` the typed resource with its types.
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildWithChunks } from './chunks.mjs';
import { oneFile } from './one-file.mjs';
import { onePage } from './one-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
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
  { module: /^node:fs\/promises$/, standIn: 'lazy-file-promises.ts' },
];
/** What the command line does not need of the package that reads YAML. */
const CLI_STAND_INS = [
  { module: /\/stringify\/stringify[A-Za-z]*\.js$/, of: /yaml/, standIn: 'no-yaml-writer.ts' },
];
const leaveOut = (standIns) => ({
  name: 'leave-out',
  setup({ onResolve }) {
    for (const { module, of = /./, standIn } of standIns)
      onResolve({ filter: module }, ({ importer }) =>
        of.test(importer) ? { path: `${root}src/sdk/stand-ins/${standIn}` } : undefined,
      );
  },
});

const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

const TARGETS = {
  TypeFunction: {
    entryPoints: { handlers: 'src/handlers.ts' },
    outdir: 'build/TypeFunction/dist',
    target: 'node20',
    format: 'esm',
    splitting: true,
    minify: true,
    // The packages' ES modules, of which unused parts can be left out.
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    plugins: [leaveOut(STAND_INS), oneFile],
  },
  local: {
    entryPoints: { main: 'local/main.ts', demo: 'local/demo/demo.ts' },
    outdir: 'build/local',
    target: 'node20',
  },
  cli: {
    // The commands follow from what this imports on demand.
    entryPoints: { 'pangea-lustre': 'src/cli/pangea-lustre.ts' },
    outdir: 'build/cli',
    target: 'node20',
    minify: true,
    banner: { js: '#!/usr/bin/env node' },
    define: { 'process.env.PANGEA_LUSTRE_VERSION': JSON.stringify(version) },
    // The ES module of the package, of which unused parts can be left out.
    alias: { yaml: `${root}node_modules/yaml/browser/dist/index.js` },
    // What is loaded on demand is required, which is quicker than to import.
    supported: { 'dynamic-import': false },
    plugins: [leaveOut(CLI_STAND_INS)],
  },
  planner: {
    entryPoints: { planner: 'src/planner/planner.ts' },
    outdir: 'build/planner',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    format: 'iife',
    minify: true,
    alias: { yaml: `${root}node_modules/yaml/browser/dist/index.js` },
    plugins: [leaveOut(CLI_STAND_INS), onePage('src/planner')],
  },
  package: {
    entryPoints: { index: 'src/index.ts' },
    outdir: 'build/package',
    target: 'node20',
  },
};

const wanted =
  {
    TypeFunction: ['TypeFunction'],
    local: ['TypeFunction', 'local'],
    cli: ['cli'],
    planner: ['planner'],
    package: ['package'],
  }[process.argv[2]] ?? Object.keys(TARGETS);

await Promise.all(
  wanted.map(async (name) => {
    await rm(`${root}${TARGETS[name].outdir}`, { recursive: true, force: true });
    await mkdir(`${root}${TARGETS[name].outdir}`, { recursive: true });
    const run = name === 'cli' ? buildWithChunks : build;
    await run({ ...common, ...TARGETS[name] });
  }),
);
if (wanted.includes('package')) {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  await promisify(execFile)(process.execPath, [compiler, '-p', `${root}tsconfig.package.json`]);
}
if (wanted.includes('cli')) await chmod(`${root}build/cli/pangea-lustre.js`, 0o755);
