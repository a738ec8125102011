const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

/** The tests run what is shipped: the bundles, made anew before each run. */
module.exports = () => {
  execFileSync(process.execPath, [join(__dirname, '..', 'scripts', 'build.mjs')], {
    stdio: 'inherit',
  });
};
