const { default: Runtime } = require('jest-runtime');

/** What has loaded the modules that stay when a test file ends. */
let shared;

/**
 * jest's runtime, which loads what test files import once for all files of a worker: to load and warm it up again for each
 * took half of the time of a run. Where coverage is counted, it is loaded for each.
 */
module.exports = class SharedRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    const [, , , , , { collectCoverage }] = given;
    if (!collectCoverage) shared ??= new Runtime(...given);
  }

  requireModuleOrMock(from, name) {
    return shared ? shared.requireModuleOrMock(from, name) : super.requireModuleOrMock(from, name);
  }

  /** Of jest's own modules, those that hold the tests of a file are required by their path alone, and what they use by name. */
  requireInternalModule(from, name) {
    return shared && name !== undefined
      ? shared.requireInternalModule(from, name)
      : super.requireInternalModule(from, name);
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
