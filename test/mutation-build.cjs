const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

/**
 * Bundles the function and the command line from the sources of a mutation run, which hold all changes and switch to one of
 * them in memory.
 */
module.exports = () => {
  process.env.AWS_LAMBDA_LOG_LEVEL ??= 'WARN';
  for (const bundle of ['TypeFunction', 'cli'])
    execFileSync(process.execPath, [join(__dirname, '..', 'scripts', 'build.mjs'), bundle], {
      stdio: 'inherit',
    });
};
