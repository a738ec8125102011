/** The settings of the language server: values, and one file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { folder, ROOT, WRONG } from '../cli/command';
import { withProperties } from '../review/findings';
import { applied, Editor, EVERYTHING } from './client';

const URI = 'file:///template.yaml';
const SUBNET = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';
const SCRATCH = withProperties(`StorageCapacity: 4800\n${SUBNET}`);
const CHOSEN = `Parameters: {Size: {Type: Number, Default: 1200}}\n${withProperties(`StorageCapacity: !Ref Size\n${SUBNET}`)}`;
const NATIVE =
  'Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      StorageCapacity: 5000\n      SubnetIds: [!Ref S]\nParameters: {S: {Type: String}}\n';
const START = { line: 0, character: 0 };

/** An editor that is open while its settings change, from test to test. */
let open: Editor;
beforeAll(async () => {
  open = await Editor.start();
});
afterAll(async () => {
  expect(await open.stop()).toBe(0);
});

/** What is found in a text with settings, and what the user is told of them. */
async function withSettings(settings: object, text: string, editor = open) {
  await editor.set(settings);
  await editor.open(URI, text);
  await editor.diagnostics(URI);
  // The answer to this comes behind those settings.
  await editor.request('textDocument/hover', { textDocument: { uri: URI }, position: START });
  await editor.open(URI, text);
  const found = await editor.diagnostics(URI);
  const hints = await editor.request<{ label: string }[] | null>('textDocument/inlayHint', { textDocument: { uri: URI }, range: { start: START, end: { line: 99, character: 0 } } }); // oxfmt-ignore
  return { rules: found.map(({ code }: Diagnostic) => code), hints: hints?.map(({ label }) => label), messages: editor.messages.splice(0) }; // oxfmt-ignore
}

test.each<[what: string, settings: object, text: string, rules: string[]]>([
  ['a region', { region: 'ap-southeast-7' }, SCRATCH, ['region']],
  ['parameters', { parameters: { Size: 5000 } }, CHOSEN, ['storage-capacity']],
  [
    'a configuration',
    { configuration: { Guardrails: { MaxStorageCapacity: 1200 } } },
    SCRATCH,
    ['guardrail-max-storage-capacity'],
  ],
  ['native', { native: true }, NATIVE, ['storage-capacity']],
  ['no native', { native: false }, NATIVE, []],
])('%s is used', async (_, settings, text, rules) => {
  expect(await withSettings(settings, text)).toMatchObject({ rules, messages: [] });
});

test('a native file system that is to be left alone is changed by no action', async () => {
  const editor = await Editor.start({ settings: { native: false } });
  const left = NATIVE.replace('Resources:\n  Fs:', '  Left:');
  const text = withProperties(`StorageCapacity: 5000\n${SUBNET}`) + left;
  await editor.open(URI, text);
  const [first] = await editor.diagnostics(URI);
  const actions = first ? await editor.codeActions(URI, first.range, ['quickfix']) : [];
  expect(actions.map(({ title }) => title)).toEqual(['Change to 4800', 'Change to 7200', 'Ignore storage-capacity here']); // oxfmt-ignore
  for (const action of actions) expect(applied(text, action)).toContain(left);
  await editor.stop();
});

test('an editor may answer with all of its settings, and with what its client logs', async () => {
  expect((await withSettings({ trace: { server: 'verbose' } }, SCRATCH)).messages).toEqual([]);
  expect(await withSettings({ pangeaLustre: { native: false } }, NATIVE)).toMatchObject({ rules: [], messages: [] }); // oxfmt-ignore
});

test('settings come at the beginning too, for editors that are not asked', async () => {
  const capabilities = { textDocument: EVERYTHING.textDocument ?? {} };
  const editor = await Editor.start({ capabilities, initial: { pangeaLustre: { native: false } } });
  await editor.open(URI, NATIVE);
  expect(await editor.diagnostics(URI)).toEqual([]);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: { pangeaLustre: { native: true } } }); // oxfmt-ignore
  await editor.published();
  expect(await editor.diagnostics(URI)).toHaveLength(1);
  await editor.stop();
});

test('settings that change are used for what is open', async () => {
  const editor = await Editor.start();
  await editor.open(URI, CHOSEN);
  expect(await editor.diagnostics(URI)).toEqual([]);
  await editor.set({ parameters: { Size: '5000' } });
  for (let left = 5; left > 0 && (await editor.diagnostics(URI)).length === 0; left--)
    await editor.published();
  expect(await editor.diagnostics(URI)).toHaveLength(1);
  await editor.stop();
});

test.each([
  ['workspaceFolders', {}],
  ['rootUri', { sendsFolderAs: 'rootUri' }],
  ['rootPath', { sendsFolderAs: 'rootPath' }],
] as const)('a price list is read, from the folder that is open: %s', async (_, older) => {
  const list = readFileSync(join(ROOT, 'test/lustre/fixtures/AmazonFSx-us-west-2.json'), 'utf8');
  // A price that nobody has, so that it can only be from there.
  const prices = list.replace(/"USD": ?"0\.1[0-9]*"/g, '"USD": "0.5"');
  const editor = await Editor.start({ ...older, folder: folder({ 'prices.json': prices }) });
  const settings = { region: 'us-west-2', prices: 'prices.json' };
  const [plain, listed] = [
    await withSettings({ region: 'us-west-2' }, SCRATCH, editor),
    await withSettings(settings, SCRATCH, editor),
  ];
  await editor.stop();
  expect(listed.messages).toEqual([]);
  expect(listed.hints).not.toEqual(plain.hints);
  expect(listed.hints).toEqual([expect.stringMatching(/^960 MB\/s · .* USD a month$/)]);
});

test.each<[name: string, encoding: BufferEncoding]>([
  ['UTF-8 with a byte order mark', 'utf8'],
  ['UTF-16', 'utf16le'],
])('a price list may be in %s, as PowerShell writes it', async (_, encoding) => {
  const list = readFileSync(join(ROOT, 'test/lustre/fixtures/AmazonFSx-us-west-2.json'), 'utf8');
  const prices = join(folder({}), 'prices.json');
  writeFileSync(prices, Buffer.from(`\uFEFF${list}`, encoding));
  expect((await withSettings({ region: 'us-west-2', prices }, SCRATCH)).messages).toEqual([]);
});

test.each<[settings: object, told: string]>([
  [
    { region: 'Frankfurt' },
    'pangeaLustre.region "Frankfurt" is not a region: use one such as eu-west-1.',
  ],
  [
    { regoin: 'eu-west-1' },
    'pangeaLustre.regoin is not a setting: use region, parameters, configuration, native, prices.',
  ],
  [{ native: 'yes' }, 'pangeaLustre.native "yes" is not valid: use true or false.'],
  [
    { parameters: ['A=1'] },
    'pangeaLustre.parameters is not valid: use an object of names and values.',
  ],
  [{ parameters: { A: {} } }, 'pangeaLustre.parameters has no value for A: use text or a number.'],
  [{ configuration: { Guard: 1 } }, 'pangeaLustre.configuration is not a type configuration: '],
  [
    { prices: '/none/at-all.json' },
    'pangeaLustre.prices "/none/at-all.json" cannot be read: there is no such file.',
  ],
  [{ prices: 5 }, 'pangeaLustre.prices 5 is not valid: use the path of a price list.'],
])('%j is told, and all else is used', async (settings, told) => {
  const { rules, messages } = await withSettings(settings, WRONG);
  expect(rules).toEqual(['storage-capacity']);
  expect(messages).toEqual([expect.stringContaining(`pangea-lustre: ${told}`)]);
});

test('a value that the template does not allow is told where that stands', async () => {
  const text = CHOSEN.replace('Default: 1200', 'Default: 1200, AllowedValues: [1200]');
  const { rules } = await withSettings({ parameters: { Size: 2400 } }, text);
  expect(rules).toEqual(['not-checked']);
});
