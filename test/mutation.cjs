const isolated = require('./isolated.cjs');

/** The tests that notice a change of `src/{actions,fsx,lustre,review}` within seconds; they load the sources, or the function. */
const TESTS = [
  'test/actions',
  'test/fsx',
  'test/protocol',
  'test/lustre',
  'test/formats',
  'test/template',
  'test/templates',
  'test/review',
];

/** What plays thousands of histories or deploys random pairs of templates, or runs what another build made. */
const LEFT_OUT = ['crowd', 'diff-deployed', 'histories', 'lives', 'reliability', 'prices-script'];

/** jest in a mutation run. */
module.exports = {
  ...isolated,
  roots: (process.env.TESTS?.split(',') ?? TESTS).map((folder) => `<rootDir>/${folder}`),
  testPathIgnorePatterns: LEFT_OUT.map((name) => `/${name}\\.test\\.ts$`),
  globalSetup: `${__dirname}/mutation-build.cjs`,
};
