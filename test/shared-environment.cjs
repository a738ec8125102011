const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/** What some libraries extend for the whole process. */
const PROTOTYPES = ['Array', 'BigInt', 'Date', 'Error', 'Function', 'Map', 'Number', 'Object', 'Promise', 'RegExp', 'Set', 'String']; // oxfmt-ignore

let shared;

/** The storages that jest makes for each file. Every promise of later files would be told to all of them. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
  storages.add(this);
  return run.apply(this, given);
};

/**
 * jest's environment for Node, one for all test files of a worker, because modules that they share need the same globals.
 * What a file has changed in `process.env`, and added to what the language has, is undone.
 */
module.exports = class SharedEnvironment extends TestEnvironment {
  constructor(...given) {
    if (shared) return shared;
    // In a context with interceptors, which is what jest asks for, each use of a global such as Object takes 40 times as long.
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
    shared = this;
  }

  async setup() {
    await super.setup();
    this.variables = { ...this.global.process.env };
    this.members = PROTOTYPES.map((name) => {
      const { prototype } = this.global[name];
      return { prototype, names: new Set(Reflect.ownKeys(prototype)) };
    });
  }

  async teardown() {
    this.fakeTimersModern.useRealTimers();
    for (const storage of storages) storage.disable();
    storages.clear();
    // Its tests, and its reporters, which jest would go on telling about the tests of the next file.
    for (const symbol of Object.getOwnPropertySymbols(this.global))
      if (['EVENT_HANDLERS', 'JEST_STATE_SYMBOL'].includes(symbol.description))
        delete this.global[symbol];
    for (const { prototype, names } of this.members)
      for (const name of Reflect.ownKeys(prototype)) if (!names.has(name)) delete prototype[name];
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.variables)) delete env[name];
    Object.assign(env, this.variables);
  }
};
