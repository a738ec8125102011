/** Mutation runs: `npm run mutate -- --mutate 'src/actions/**'`. manual/development/testing.md says how to read one. */
export default {
  testRunner: 'jest',
  jest: { configFile: 'test/mutation.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: ['src/{actions,fsx,lustre,review}/**/*.ts'],
  // Texts that a user reads hold what is wrong and what to do, so they are changed as well.
  thresholds: { high: 90, low: 80, break: 80 },
  concurrency: 2,
  // A sandbox holds links only as files.
  ignorePatterns: ['build', 'docs'],
  tempDirName: 'build/mutation/sandbox',
  cleanTempDir: 'always',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'build/mutation/report.json' },
  timeoutMS: 45_000,
};
