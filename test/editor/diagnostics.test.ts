/** `pangea-lustre lsp`: what is found while a template is typed is what `check` finds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { pangea, ROOT, WRONG } from '../cli/command';
import type { Finding } from '../../src/review/finding';
import { Editor } from './client';

const EXAMPLES = ['examples', 'inputs', 'test/cli']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => /\.(ya?ml|json)$/.test(file) && !file.includes('node_modules'));

/** What `check` finds in files. One run for all: it reviews one file after the other. */
const checked = (files: readonly string[]): Finding[] =>
  JSON.parse(pangea(['check', '--format', 'json', ...files]).out) as Finding[];

/** A finding in the words of the protocol. */
const inProtocol = (each: Finding): unknown => ({
  from: [each.line - 1, each.column - 1],
  to: [each.endLine - 1, each.endColumn - 1],
  severity: each.severity === 'error' ? 1 : 2,
  rule: each.rule,
  message: each.when === undefined ? each.message : `${each.message} (where ${each.when})`,
});

const shown = ({ range: { start, end }, severity, code, message }: Diagnostic): unknown => ({
  from: [start.line, start.character],
  to: [end.line, end.character],
  severity,
  rule: code,
  message,
});

const uriOf = (file: string): string => pathToFileURL(join(ROOT, file)).href;

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start();
});
afterAll(async () => {
  expect(await editor.stop()).toBe(0);
});

test('there is no command and no formatting beside other language servers', () => {
  const { capabilities } = editor.initialized;
  expect(capabilities.executeCommandProvider).toBeUndefined();
  expect(capabilities.documentFormattingProvider).toBeUndefined();
  expect(capabilities.documentRangeFormattingProvider).toBeUndefined();
});

test('every example has the findings of check', async () => {
  expect(EXAMPLES.length).toBeGreaterThan(30);
  const expected = checked(EXAMPLES);
  let findings = 0;
  for (const file of EXAMPLES) {
    await editor.open(uriOf(file), readFileSync(join(ROOT, file), 'utf8'));
    const found = await editor.diagnostics(uriOf(file));
    expect({ file, found: found.map(shown) }).toEqual({
      file,
      found: expected.filter((each) => each.file === file).map(inProtocol),
    });
    findings += found.length;
    await editor.close(uriOf(file));
  }
  expect(findings).toBeGreaterThan(8);
  expect(expected).toHaveLength(findings);
  expect(editor.messages).toEqual([]);
});

test('a finding has the range of its value, the rule and its address', async () => {
  await editor.open('file:///wrong.yaml', WRONG);
  const [found, ...others] = await editor.diagnostics('file:///wrong.yaml');
  expect(others).toEqual([]);
  expect(found).toEqual({
    range: { start: { line: 4, character: 6 }, end: { line: 4, character: 21 } },
    severity: 1,
    code: 'storage-capacity',
    codeDescription: {
      href: 'https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem/blob/main/manual/rules.md#storage-capacity',
    },
    source: 'pangea-lustre',
    message:
      'StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
  });
});
