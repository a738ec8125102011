/** The command in a process of its own does what it does in the thread that the other tests share. */
import { folder, ownProcess, pangea, WRONG, type Surroundings } from './command';

const FILES = { 'good.yaml': WRONG.replace('5000', '4800'), 'wrong.yaml': WRONG };

test.each<[name: string, words: string[], surroundings: Surroundings]>([
  ['findings in colors', ['check', 'wrong.yaml'], { env: { FORCE_COLOR: '1' } }],
  ['standard input', ['check', '-', '--format', 'json'], { input: WRONG }],
  ['empty input', ['check'], {}],
  ['a pattern, and a file that is not there', ['check', '*.yaml', 'none.yaml'], {}],
  ['variables', ['estimate', 'good.yaml'], { env: { AWS_REGION: 'eu-west-1', COLUMNS: '40' } }],
  ['git', ['diff', '--base', 'HEAD', 'good.yaml'], { env: { GIT_CEILING_DIRECTORIES: '/' } }],
  ['two templates', ['diff', 'good.yaml', 'wrong.yaml', '--fail-on', 'refusal'], {}],
  ['rewritten input', ['check', '--fix', '-'], { input: WRONG.replace('5000', "'4800'") }],
  ['nesting without end', ['check'], { input: WRONG.replace('5000', '['.repeat(20_000)) }],
  ['what is not known', ['chek'], {}],
  ['much output', ['rules', '--format', 'rego'], {}],
])('%s', (_, words, surroundings) => {
  const given = { cwd: folder(FILES), ...surroundings };
  expect(pangea(words, given)).toEqual(ownProcess(words, given));
});
