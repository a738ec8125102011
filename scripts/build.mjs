// Writes what the commands run: `build.mjs` everything, `build.mjs TypeFunction` (as `cfn submit` calls it) the function,
// `build.mjs local` the local FSx with the function it runs.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
};

/** The runtime library requires SDK v2 and ninety packages around String.prototype.replaceAll; neither is needed. */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve }) {
    onResolve({ filter: /^aws-sdk(\/|$)/ }, () => ({
      path: `${root}src/runtime/no-aws-sdk-v2.ts`,
    }));
    onResolve({ filter: /^string\.prototype\.replaceall$/ }, () => ({
      path: `${root}src/runtime/replace-all.ts`,
    }));
  },
};

const TARGETS = {
  TypeFunction: {
    entryPoints: { handlers: 'src/handlers.ts' },
    outdir: 'build/TypeFunction/dist',
    target: 'node20',
    minify: true,
    // Error codes of the runtime library are looked up by class name.
    keepNames: true,
    plugins: [leaveOut],
  },
  local: {
    entryPoints: { main: 'local/main.ts', demo: 'local/demo.ts' },
    outdir: 'build/local',
    target: 'node20',
  },
};

const wanted =
  { TypeFunction: ['TypeFunction'], local: ['TypeFunction', 'local'] }[process.argv[2]] ??
  Object.keys(TARGETS);

await Promise.all(
  wanted.map(async (name) => {
    await rm(`${root}${TARGETS[name].outdir}`, { recursive: true, force: true });
    await mkdir(`${root}${TARGETS[name].outdir}`, { recursive: true });
    await build({ ...common, ...TARGETS[name] });
  }),
);
