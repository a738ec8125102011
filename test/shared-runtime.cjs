const { dirname, isAbsolute, resolve, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const OF_THE_TESTS = __dirname + sep;

/** What has loaded the modules that stay when a test file ends. */
let shared;

/**
 * jest's runtime, which loads what is tested and the packages once for all test files of a worker: to load and warm them up
 * again for each took half of the time of a run. Modules in `test` are loaded for each file, and everything where coverage
 * is counted.
 */
module.exports = class SharedRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    const [, , , , , { collectCoverage }] = given;
    if (!collectCoverage) shared ??= new Runtime(...given);
  }

  requireModuleOrMock(from, name) {
    return shared && !isOfTheTests(from, name)
      ? shared.requireModuleOrMock(from, name)
      : super.requireModuleOrMock(from, name);
  }

  /** Of both, for the traces of failures. */
  getSourceMaps() {
    const both = [super.getSourceMaps(), ...(shared ? [shared.getSourceMaps()] : [])];
    return {
      get: (file) => both.find((maps) => maps.has(file))?.get(file),
      [Symbol.iterator]: () => both.flatMap((maps) => [...maps]).values(),
    };
  }
};

function isOfTheTests(from, name) {
  const isFile = name.startsWith('.') || isAbsolute(name);
  return isFile && resolve(dirname(from), name).startsWith(OF_THE_TESTS);
}
