// Runs the built `pangea-lustre` again and again in one thread: test/cli/command.ts says why. Node and the files of the command
// are loaded once; each run gets fresh modules, arguments, variables and standard streams.
const { Buffer } = require('node:buffer');
const fs = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { parentPort, workerData } = require('node:worker_threads');

const WRAPPER = ['(function (require, module, exports, process) {', '\n})'];
const { folder } = workerData;

const compiled = new Map();
const compile = (name) => {
  if (!compiled.has(name)) {
    const filename = join(folder, name);
    const code = fs.readFileSync(filename, 'utf8').replace(/^#!.*/, '');
    compiled.set(name, new Script(WRAPPER.join(code), { filename }).runInThisContext());
  }
  return compiled.get(name);
};

/** `node:fs` whose first three files are those of one run. */
const withStreams = (input, written) => ({
  ...fs,
  readSync: (file, ...given) => {
    if (file !== 0) return fs.readSync(file, ...given);
    const length = input.bytes.copy(given[0], 0, input.at);
    input.at += length;
    return length;
  },
  writeSync: (file, ...given) => {
    if (file !== 1 && file !== 2) return fs.writeSync(file, ...given);
    const [bytes, from = 0] = given;
    written[file].push(Buffer.from(bytes.subarray(from)));
    return bytes.length - from;
  },
  fstatSync: (file, ...given) =>
    file === 1 ? { isCharacterDevice: () => false } : fs.fstatSync(file, ...given),
});

parentPort.on('message', ({ words, input, env, cwd, port, ended }) => {
  const written = { 1: [], 2: [] };
  const text = (file) => Buffer.concat(written[file]).toString();
  const end = (code) => {
    port.postMessage({ code, out: text(1), err: text(2) });
    Atomics.store(ended, 0, 1);
    Atomics.notify(ended, 0);
  };
  const crash = (error) => {
    written[2].push(Buffer.from(`${error?.stack ?? error}\n`));
    end(1);
  };
  process.removeAllListeners('uncaughtException').on('uncaughtException', crash);
  // What Node resolves paths against; the directory itself was changed by the thread that waits.
  process.cwd = () => cwd;
  const own = {
    __proto__: process,
    argv: [process.execPath, join(folder, 'pangea-lustre.js'), ...words],
    env,
    stdin: { isTTY: undefined },
    set exitCode(code) {
      end(code);
    },
  };
  const streams = withStreams({ bytes: Buffer.from(input), at: 0 }, written);
  const modules = new Map();
  const load = (name) => {
    if (name === 'fs' || name === 'node:fs') return streams;
    if (!name.startsWith('./')) return require(name);
    if (!modules.has(name)) {
      const loaded = { exports: {} };
      modules.set(name, loaded);
      compile(name)(load, loaded, loaded.exports, own);
    }
    return modules.get(name).exports;
  };
  try {
    load('./pangea-lustre.js');
  } catch (error) {
    crash(error);
  }
});
