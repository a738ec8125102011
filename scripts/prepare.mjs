// What npm runs at the end of `npm ci`, and wherever it installs the project from git, as pre-commit does: builds the command,
// with what its `local` and `planner` start.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { npm_execpath: npm, npm_config_global: isGlobal, ...environment } = process.env;
const root = fileURLToPath(new URL('..', import.meta.url));
const isInstalled = existsSync(`${root}node_modules/esbuild`);

const run = (...words) => {
  // What the installation was told, such as to be global, is not for the one inside it.
  const env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^npm_config_(location|prefix)$/i.test(name)),
  );
  const { status } = spawnSync(process.execPath, words, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

// `npm install --global` from git skips the packages that the command is built with.
if (!isInstalled && isGlobal === 'true')
  run(npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
// Without them, as after `npm ci --omit=dev`, there is nothing to build with.
if (isInstalled || isGlobal === 'true')
  for (const target of ['cli', 'local', 'planner']) run('scripts/build.mjs', target);
