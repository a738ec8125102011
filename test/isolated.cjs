/** jest with everything loaded anew for each test file, which tells whether one leaves something that another needs. */
module.exports = {
  ...require('../jest.config.cjs'),
  rootDir: `${__dirname}/..`,
  testEnvironment: 'node',
  runtime: undefined,
};
