const { availableParallelism } = require('node:os');

/** Tests run on the sources, compiled by the compiler that makes the bundle; the protocol tests load the bundle itself. */
module.exports = {
  // Many tests wait for a server or the SDK's own retries: one more than there are cores keeps them busy.
  maxWorkers: availableParallelism() + 1,
  testEnvironment: '<rootDir>/test/shared-environment.cjs',
  runtime: '<rootDir>/test/shared-runtime.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/test/transform.cjs' },
  // As in the bundle: the runtime library requires SDK v2, which is not installed.
  moduleNameMapper: {
    '^aws-sdk/': '<rootDir>/src/sdk/stand-ins/no-aws-sdk-v2.ts',
    '^fast-check$': '<rootDir>/test/fast-check.cjs',
  },
  globalSetup: '<rootDir>/test/build.cjs',
  globalTeardown: '<rootDir>/test/teardown.cjs',
  testSequencer: '<rootDir>/test/sequencer.cjs',
  // Some tests wait out the SDK's own retries; none depends on how long they take.
  testTimeout: 60_000,
};
