/** Tests run on the sources, compiled by the compiler that makes the bundle; the protocol tests load the bundle itself. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/test/transform.cjs' },
  globalSetup: '<rootDir>/test/build.cjs',
  restoreMocks: true,
};
