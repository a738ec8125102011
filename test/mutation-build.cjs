const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const temporaryFolder = require('./temporary-folder.cjs');

const ROOT = join(__dirname, '..');

/**
 * Bundles the function and the command line from the sources of a mutation run, which hold all changes and switch to one of
 * them in memory: once, before the first change is tried.
 */
module.exports = () => {
  temporaryFolder.make();
  process.env.AWS_LAMBDA_LOG_LEVEL ??= 'WARN';
  if (existsSync(join(ROOT, 'build', 'cli'))) return;
  for (const bundle of ['TypeFunction', 'cli'])
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), bundle], {
      stdio: 'inherit',
    });
};
