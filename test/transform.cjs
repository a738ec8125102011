const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');
const { compilerOptions } = require('../tsconfig.json');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  // jest's sandbox has no import().
  supported: { 'dynamic-import': false },
  tsconfigRaw: { compilerOptions },
};

/** TypeScript for jest, by the same compiler and settings as the bundle. */
module.exports = {
  process: (source, file) => ({
    code: transformSync(source, { ...options, sourcefile: file }).code,
  }),
  getCacheKey: (source, file, { instrument }) =>
    createHash('sha256')
      .update(version)
      .update(JSON.stringify(options))
      .update(`${file} ${instrument}`)
      .update(source)
      .digest('hex'),
};
