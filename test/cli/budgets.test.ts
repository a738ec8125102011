/** What a run of `pangea-lustre` loads, as numbers that depend on no machine. `npm run bench` measures the time. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { COMMAND, ROOT } from './command';

/** The files of ours, and the modules of Node, that a command loads in a process of its own. */
function loaded(words: readonly string[]): { files: string[]; bytes: number; builtin: string[] } {
  const script = `
    const { basename } = require('node:path');
    const before = new Set(process.moduleLoadList);
    const { prototype } = require('node:module');
    const compile = prototype._compile;
    const files = [];
    let bytes = 0;
    prototype._compile = function (code, file, ...rest) {
      files.push(basename(file));
      bytes += code.length;
      return compile.call(this, code, file, ...rest);
    };
    process.argv = ['node', ...${JSON.stringify([COMMAND, ...words])}];
    process.on('exit', () => {
      const builtin = process.moduleLoadList.filter((name) => !before.has(name));
      require('node:fs').writeSync(2, JSON.stringify({ files, bytes, builtin }));
    });
    require(${JSON.stringify(COMMAND)});`;
  const { stderr } = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(stderr) as ReturnType<typeof loaded>;
}

test('each command is a file of its own, and so is what few runs need', () => {
  const files = Object.keys(COMMANDS).map((name) => `${name}.js`);
  const others = ['estimate-formats.js', 'full-check.js', 'github.js', 'help.js', 'pangea-lustre.js', 'plot-file.js', 'price-file.js']; // oxfmt-ignore
  expect(readdirSync(dirname(COMMAND)).sort()).toEqual([...files, ...others].sort());
});

test('help loads no command', () => {
  const { files, bytes } = loaded(['check', '--help']);
  expect(files).toEqual(['pangea-lustre.js', 'help.js']);
  expect(bytes).toBeLessThan(15_000);
});

test('check loads itself, which holds the reader of YAML, and none of the streams of Node', () => {
  const { files, bytes, builtin } = loaded(['check', 'examples/hpc-scratch.yaml']);
  expect(files).toEqual(['pangea-lustre.js', 'check.js']);
  expect(bytes).toBeLessThan(288_000);
  for (const slow of ['stream', 'tty', 'net', 'fs/promises'])
    expect(builtin).not.toContain(`NativeModule ${slow}`);
});

test('diff loads itself: the reader of YAML, the rules and the plans of updates, and none of the SDK', () => {
  const { files, bytes } = loaded([
    'diff',
    'examples/hpc-scratch.yaml',
    'examples/hpc-scratch.yaml',
  ]);
  expect(files).toEqual(['pangea-lustre.js', 'diff.js']);
  expect(bytes).toBeLessThan(327_000);
});

test.each([
  ['--format', 'sarif'],
  ['--fix', '--format=json'],
])('check %s loads what it needs and no plain check beside', (...words) => {
  const { files } = loaded(['check', ...words, 'examples/hpc-scratch.yaml']);
  expect(files).toEqual(['pangea-lustre.js', 'full-check.js']);
});

test('advise reads no template, so it loads no reader', () => {
  const { files, bytes } = loaded(['advise', '--capacity', '1', '--throughput', '1']);
  expect(files).toEqual(['pangea-lustre.js', 'advise.js']);
  expect(bytes).toBeLessThan(51_500);
});
