const { execFileSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { join } = require('node:path');
const temporaryFolder = require('./temporary-folder.cjs');

/** The tests run what is shipped: the bundles, made anew before each run. */
module.exports = () => {
  temporaryFolder.make();
  // The function's own log lines would bury jest's; those of a test's interest are read where they arrive.
  process.env.AWS_LAMBDA_LOG_LEVEL ??= 'WARN';
  // The end of Node 20 is told by the SDK in each worker.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // What test/npm makes of the bundles, once in a run.
  rmSync(join(__dirname, '..', 'build', 'packed'), { recursive: true, force: true });
  execFileSync(process.execPath, [join(__dirname, '..', 'scripts', 'build.mjs')], {
    stdio: 'inherit',
  });
};
