/**
 * Stands for fast-check in the tests: they try the same cases each time, so that a change fails for what it changes.
 * FAST_CHECK_SEED=random tries others, as the workflow `explore` does; a failure prints its seed.
 */
const fastCheck = require('../node_modules/fast-check/lib/cjs/fast-check.js');

const { FAST_CHECK_SEED = '1' } = process.env;
if (FAST_CHECK_SEED !== 'random') fastCheck.configureGlobal({ seed: Number(FAST_CHECK_SEED) });

module.exports = fastCheck;
