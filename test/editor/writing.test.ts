/** What the language server shows beside a template, and offers to write. */
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  Hover,
  InlayHint,
  MarkupContent,
  Position,
  Range,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { withProperties } from '../review/findings';
import { Editor, EVERYTHING } from './client';

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start();
});
afterAll(async () => {
  expect(editor.messages).toEqual([]);
  expect(await editor.stop()).toBe(0);
});

const URI = 'file:///template.yaml';
const SUBNET = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

/** A text whose cursor is where `|` stands. */
function cursorIn(marked: string): { text: string; position: Position } {
  const at = marked.indexOf('|');
  const text = marked.slice(0, at) + marked.slice(at + 1);
  return { text, position: TextDocument.create('', '', 0, text).positionAt(at) };
}

async function at<T>(method: string, marked: string): Promise<T> {
  const { text, position } = cursorIn(marked);
  await editor.open(URI, text);
  return editor.request<T>(method, { textDocument: { uri: URI }, position });
}

const hover = async (marked: string): Promise<string> =>
  ((await at<Hover | null>('textDocument/hover', marked))?.contents as MarkupContent | undefined)
    ?.value ?? '';

const items = async (marked: string): Promise<CompletionItem[]> =>
  (await at<CompletionList | null>('textDocument/completion', marked))?.items ?? [];

const labels = async (marked: string): Promise<string[]> =>
  (await items(marked)).map(({ label }) => label);

/** The text after an item is chosen. */
async function chosen(marked: string, label: string): Promise<string> {
  const { text } = cursorIn(marked);
  const item = (await items(marked)).find((each) => each.label === label);
  const edit = item?.textEdit;
  if (!edit || !('range' in edit)) throw new Error(`${label} is not offered`);
  const edits = [edit, ...(item.additionalTextEdits ?? [])];
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits);
}

describe('hover', () => {
  test('tells what a property is, what is valid here, and what a change does', async () => {
    const told = await hover(withProperties(`Storage|Capacity: 1200\n${SUBNET}`));
    expect(told).toContain('Storage in GiB.');
    expect(told).toContain('Valid with SCRATCH\\_2: 1200 or a multiple of 2400.');
    expect(told).toContain('Can be changed: clients may wait for a few minutes.');
    expect(told).toContain('managing-storage-capacity.html');
  });

  test.each([
    [
      'of the deployment',
      'DeploymentType: PERSISTENT_1\nStorageType: HDD\nPerUnitStorageThroughput: 12\nStorage|Capacity: 6000',
      'Valid with PERSISTENT\\_1 HDD: a multiple of 6000.',
    ],
    [
      'of a value, on the value',
      'DeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 2|50',
      'Valid with PERSISTENT\\_2 SSD: 125, 250, 500 or 1000.',
    ],
    ['of the type', 'DeploymentType: SCR|ATCH_2', 'A change replaces the file system'],
    [
      'inside an object',
      'DeploymentType: PERSISTENT_2\nMetadataConfiguration: {Mode: USER_PROVISIONED, Io|ps: 1500}',
      'Valid with PERSISTENT\\_2 SSD: 1500, 3000, 6000 or a multiple of 12000 up to 192000.',
    ],
    [
      'of a member that cannot be used with another',
      'DeploymentType: PERSISTENT_2\nMetadataConfiguration: {Mode: AUTOMATIC, Io|ps: 1500}',
      'MetadataConfiguration.Iops 1500 cannot be used with Mode AUTOMATIC',
    ],
    [
      'of the size of a read cache',
      'DeploymentType: PERSISTENT_2\nStorageType: INTELLIGENT_TIERING\nThroughputCapacity: 8000\nDataReadCacheConfiguration: {SizingMode: USER_PROVISIONED, Size|GiB: 64}',
      'Valid with PERSISTENT\\_2 INTELLIGENT\\_TIERING: 64 to 262144 GiB.',
    ],
    [
      'in a branch',
      'StorageCapacity: !If [A, 12|00, 2400]',
      'Valid with SCRATCH\\_2: 1200 or a multiple of 2400.',
    ],
    [
      'where it is refused',
      'Efa|Enabled: true',
      'Not valid with SCRATCH\\_2: its servers do not support EFA.',
    ],
    [
      'of text',
      'WeeklyMaint|enanceStartTime: x',
      'Valid with SCRATCH\\_2: d:HH:MM in UTC, where 1 is Monday and 7 is Sunday, such as 6:00:00.',
    ],
  ])('%s', async (_, properties, told) => {
    expect(await hover(withProperties(properties, 'Conditions: {A: !Equals [a, b]}'))).toContain(told); // oxfmt-ignore
  });

  test('is plain text for an editor without Markdown', async () => {
    const textDocument = { hover: { contentFormat: ['plaintext' as const] } };
    const plain = await Editor.start({ capabilities: { textDocument } });
    const { text, position } = cursorIn(withProperties(`StorageCap|acity: 1200\n${SUBNET}`));
    await plain.open(URI, text);
    const told = await plain.request<Hover>('textDocument/hover', { textDocument: { uri: URI }, position }); // oxfmt-ignore
    const { kind, value } = told.contents as MarkupContent;
    expect(kind).toBe('plaintext');
    expect(value).toContain('Valid with SCRATCH_2: 1200 or a multiple of 2400.');
    expect(value).toContain('\nhttps://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-storage-capacity.html'); // oxfmt-ignore
    expect(value).not.toMatch(/[\\*[\]]/);
    await plain.stop();
  });

  test('of a native file system is about that', async () => {
    const native = (properties: string): string =>
      `Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n${properties}`;
    expect(await hover(native('      StorageCapacity: 1|200\n'))).toContain('Valid with SCRATCH\\_1: 1200, 2400 or a multiple of 3600.'); // oxfmt-ignore
    expect(await hover(native('      LustreConfiguration:\n        EfaEn|abled: true\n'))).toContain('Cannot be changed'); // oxfmt-ignore
  });

  test('tells throughput, burst, cost and where prices come from, on the resource', async () => {
    const told = await hover(withProperties(`StorageCapacity: 4800\n${SUBNET}`).replace('Fs:', 'F|s:')); // oxfmt-ignore
    expect(told).toContain('960 MB/s, bursts of 6,240 MB/s');
    expect(told).toContain('672.00 USD a month');
    expect(told).toContain('us-east-1');
  });

  test.each([
    [
      'another resource',
      'Resources:\n  Fs:\n    Type: AWS::S3::Bucket\n    Properties:\n      Storage|Capacity: 1\n',
    ],
    [
      'another section',
      `Outputs: {A: {Value: Sto|rageCapacity}}\n${withProperties('StorageCapacity: 1200')}`,
    ],
    ['a comment', withProperties('StorageCapacity: 1200 # Storage|Capacity')],
    ['another document', 'StorageCa|pacity: 1200\n'],
  ])('is silent on %s', async (_, text) => {
    expect(await hover(text)).toBe('');
  });
});

describe('figures', () => {
  const text = withProperties(`StorageCapacity: 4800\n${SUBNET}`);

  test('stand beside the resource', async () => {
    await editor.open(URI, text);
    const hints = await editor.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: URI }, range: ALL }); // oxfmt-ignore
    expect(hints).toEqual([
      {
        position: { line: 1, character: 5 },
        label: '960 MB/s · 672 USD a month',
        paddingLeft: true,
      },
    ]);
    expect(editor.initialized.capabilities.codeLensProvider).toBeUndefined();
  });

  test('stand above it, in an editor that has no inlay hints', async () => {
    const textDocument = { codeLens: {} };
    const old = await Editor.start({ capabilities: { textDocument } });
    await old.open(URI, text);
    const lenses = await old.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } }); // oxfmt-ignore
    expect(lenses.map(({ command }) => command)).toEqual([
      { title: '960 MB/s · 672 USD a month', command: '' },
    ]);
    expect(old.initialized.capabilities.inlayHintProvider).toBeUndefined();
    await old.stop();
  });

  test('are from the least to the most where conditions decide, and none where the configuration is invalid', async () => {
    const capacity = (value: string): string =>
      withProperties(`StorageCapacity: ${value}\n${SUBNET}`, 'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [!Ref P, a]}'); // oxfmt-ignore
    await editor.open(URI, capacity('!If [A, 1200, 2400]'));
    const range = { textDocument: { uri: URI }, range: ALL };
    const [hint] = await editor.request<InlayHint[]>('textDocument/inlayHint', range);
    expect(hint?.label).toBe('240 to 480 MB/s · 168 to 336 USD a month');
    await editor.open(URI, capacity('5000'));
    expect(await editor.request<InlayHint[]>('textDocument/inlayHint', range)).toEqual([]);
  });
});

const P2 = 'DeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 125\n';
const TIERING =
  'DeploymentType: PERSISTENT_2\nStorageType: INTELLIGENT_TIERING\nThroughputCapacity: 4000\n';

describe('completion of names', () => {
  test('has what goes with the deployment, what is required first', async () => {
    const offered = await labels(
      withProperties('DeploymentType: PERSISTENT_1\nStorageType: HDD\n|'),
    );
    expect(offered.slice(0, 4).sort()).toEqual(['DriveCacheType', 'PerUnitStorageThroughput', 'StorageCapacity', 'SubnetIds']); // oxfmt-ignore
    expect(offered).not.toContain('ThroughputCapacity');
    expect(offered).not.toContain('EfaEnabled');
    expect(offered).not.toContain('StorageType');
  });

  test.each([
    [
      'begun',
      withProperties(`StorageCapacity: 1200\nDep|\n${SUBNET}`),
      'DeploymentType',
      `      DeploymentType: $1\n`,
    ],
    ['a list', withProperties('StorageCapacity: 1200\nSub|'), 'SubnetIds', '      SubnetIds: [$1]'],
    [
      'an object',
      withProperties('DeploymentType: PERSISTENT_2\nMet|'),
      'MetadataConfiguration',
      '      MetadataConfiguration:\n  $1',
    ],
    [
      'before its value',
      withProperties('Stor|: 1200'),
      'StorageCapacity',
      '      StorageCapacity: 1200',
    ],
    [
      'where nothing stands so far',
      'Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties:\n      |\n',
      'StorageCapacity',
      'Properties:\n      StorageCapacity: $1\n',
    ],
    ['in an object', withProperties('LogConfiguration:\n  |'), 'Level', '        Level: $1'],
    [
      'in braces',
      withProperties('LogConfiguration: {Level: WARN_ONLY, D|}'),
      'Destination',
      '{Level: WARN_ONLY, Destination: $1}',
    ],
    [
      'in a list',
      withProperties('Tags:\n  - Key: a\n    |'),
      'Value',
      '- Key: a\n          Value: $1',
    ],
    [
      'in JSON',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"Sto|"}}}}',
      'StorageCapacity',
      '"Properties": {"StorageCapacity": $1}',
    ],
    [
      'in JSON whose quote is open',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem",\n "Properties": {\n "StorageType": "SSD",\n "Dep|\n}}}}',
      'DeploymentType',
      '"DeploymentType": $1',
    ],
    [
      'on the line of the object that it belongs to',
      withProperties(`LogConfiguration: |\n${SUBNET}`),
      'Level',
      '      LogConfiguration: \n  Level: $1\n      SubnetIds',
    ],
    [
      'on the line of the properties',
      'Resources:\n  Fs:\n    Type: Pangea::FSx::LustreFileSystem\n    Properties: |\n',
      'LogConfiguration',
      'Properties: \n  LogConfiguration:\n    $1\n',
    ],
    [
      'behind another in JSON, whose comma is missing',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {\n"StorageType": "SSD"\n"Sto|"\n}}}}',
      'StorageCapacity',
      '{\n"StorageType": "SSD",\n"StorageCapacity": $1\n}',
    ],
    [
      'right behind another in JSON',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"SubnetIds": []|}}}}',
      'StorageCapacity',
      '{"SubnetIds": [],"StorageCapacity": $1}',
    ],
    [
      'above what it holds',
      withProperties('Log|\n  Level: DISABLED'),
      'LogConfiguration',
      '      LogConfiguration:\n        Level: DISABLED',
    ],
    [
      'in braces that are missing',
      withProperties('').replace('Properties:', 'Properties: {LogConfiguration: |}'),
      'Level',
      '{LogConfiguration: { Level: $1 }}',
    ],
    ['as an item in brackets', withProperties('Tags: [|]'), 'Key', 'Tags: [{ Key: $1 }]'],
    [
      'in braces that are missing in JSON',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"LogConfiguration": |}}}}',
      'Level',
      '"LogConfiguration": {"Level": $1}}',
    ],
    [
      'before another in JSON, whose comma is missing',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {\n"Sto|"\n"StorageType": "SSD"}}}}',
      'StorageCapacity',
      '{\n"StorageCapacity": $1,\n"StorageType": "SSD"}',
    ],
  ])('is made %s', async (_, text, label, after) => {
    expect(await chosen(text, label)).toContain(after);
  });

  test.each([
    ['Iops beside AUTOMATIC', `${P2}MetadataConfiguration: {Mode: AUTOMATIC, |}`],
    ['a value of Iops beside AUTOMATIC', `${P2}MetadataConfiguration: {Mode: AUTOMATIC, Iops: |}`],
    ['a destination beside DISABLED', 'LogConfiguration: {Level: DISABLED, |}'],
    ['a size without a cache', `${TIERING}DataReadCacheConfiguration: {SizingMode: NO_CACHE, |}`],
  ])('has nothing that FSx would refuse: %s', async (_, properties) => {
    expect(await labels(withProperties(properties))).toEqual([]);
  });

  test.each<[string, string]>([
    ['between items, in the column of their dashes', withProperties('Tags:\n  - Key: a\n    Value: b\n  |\n  - Key: c\n    Value: d')],
    ['in the indentation of a comment', withProperties('StorageCapacity: 1200\n| # a comment\n')],
    ['above what belongs to a resource', 'Resources:\n  |\n    Type: AWS::SNS::Topic\n'],
    ...[
      '{"Resources":| {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {}}}}',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": |{"StorageCapacity": 1200}}}}',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"StorageCapacity":| 1200}}}}',
      '{"Resources": {"Fs": {"Type": "Pangea::FSx::LustreFileSystem", "Properties": {"StorageType":| "SSD"}}}}',
    ].map((text): [string, string] => ['before the value that is there, in JSON', text]),
  ])('has nothing where no name can stand: %s', async (_, text) => {
    expect(await labels(text)).toEqual([]);
  }); // oxfmt-ignore

  test('in quotes that are open knows what is written below', async () => {
    const offered = await labels(withProperties("'Sto|\n'DeploymentType': SCRATCH_2"));
    expect(offered).toContain('StorageCapacity');
    expect(offered).not.toContain('DeploymentType');
  });

  test('of the native type has its two places', async () => {
    const native = 'Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n'; // oxfmt-ignore
    const beside = await labels(`${native}      |\n`);
    expect(beside).toEqual(expect.arrayContaining(['StorageCapacity', 'LustreConfiguration']));
    expect(beside).not.toContain('DeploymentType');
    const inside = await labels(`${native}      LustreConfiguration:\n        |\n`);
    expect(inside).toContain('DeploymentType');
    expect(inside).not.toContain('StorageCapacity');
  });

  test('without deployment knows every property somewhere', async () => {
    const text = 'Parameters: {K: {Type: String, AllowedValues: [SCRATCH_2, PERSISTENT_1, PERSISTENT_2]}, S: {Type: String}}\n'; // oxfmt-ignore
    const offered = await labels(
      text + withProperties('DeploymentType: !Ref K\nStorageType: !Ref S\n|'),
    );
    const names = PROPERTY_NAMES.filter((name) => !/^(Deployment|Storage)Type$/.test(name));
    expect(offered.toSorted()).toEqual(names.toSorted());
  });
});

describe('completion of values', () => {
  test.each([
    ['capacities near the one typed', 'StorageCapacity: 50|00', ['4800', '7200', '2400']],
    ['the smallest capacities', 'StorageCapacity: |', ['1200', '2400', '4800']],
    [
      'the tiers of the deployment',
      'DeploymentType: PERSISTENT_1\nPerUnitStorageThroughput: |',
      ['50', '100', '200'],
    ],
    [
      'versions, the newest first',
      'DeploymentType: PERSISTENT_2\nFileSystemTypeVersion: |',
      ['2.15', '2.12'],
    ],
    [
      'modes',
      'DeploymentType: PERSISTENT_2\nMetadataConfiguration: {Mode: |}',
      ['AUTOMATIC', 'USER_PROVISIONED'],
    ],
    ['true and false', 'CopyTagsToBackups: |', ['true', 'false']],
    [
      'storage that goes with the deployment',
      'DeploymentType: PERSISTENT_1\nStorageType: |',
      ['SSD', 'HDD'],
    ],
  ])('has %s', async (_, properties, expected) => {
    const offered = await labels(withProperties(properties));
    expect(offered.slice(0, expected.length)).toEqual(expected);
  });

  test('says what a capacity gives and costs, and is asked again with the next digit', async () => {
    const list = await at<CompletionList>('textDocument/completion', withProperties('StorageCapacity: 50|00')); // oxfmt-ignore
    expect(list.items[0]).toMatchObject({ label: '4800', detail: '960 MB/s · 672 USD a month', filterText: '5000' }); // oxfmt-ignore
    expect(list.isIncomplete).toBe(true);
  });

  test.each([
    [
      'a version, which is no number',
      'FileSystemTypeVersion: 2|',
      '2.15',
      "FileSystemTypeVersion: '2.15'",
    ],
    ['in quotes', 'FileSystemTypeVersion: "|"', '2.12', 'FileSystemTypeVersion: "2.12"'],
    ['a word', 'DataCompressionType: L|', 'LZ4', 'DataCompressionType: LZ4'],
  ])('writes %s', async (_, properties, label, after) => {
    expect(await chosen(withProperties(properties), label)).toContain(after);
  });

  test('is silent where a value belongs to another resource', async () => {
    expect(await labels('Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {StorageCapacity: |}}\n')).toEqual([]); // oxfmt-ignore
  });
});

test('an editor that does not indent what it inserts gets the indentation', async () => {
  const offered = async (completionItem: object): Promise<CompletionItem | undefined> => {
    const textDocument = { completion: { completionItem } };
    const simple = await Editor.start({ capabilities: { textDocument } });
    const { text, position } = cursorIn(withProperties('DeploymentType: PERSISTENT_2\nMet|').replaceAll('\n', '\r\n')); // oxfmt-ignore
    await simple.open(URI, text);
    const { items: all } = await simple.request<CompletionList>('textDocument/completion', { textDocument: { uri: URI }, position }); // oxfmt-ignore
    await simple.stop();
    return all.find(({ label }) => label === 'MetadataConfiguration');
  };
  const plain = await offered({});
  expect(plain?.textEdit?.newText).toBe('MetadataConfiguration:\r\n        ');
  expect(plain?.insertTextMode).toBeUndefined();
  const adjusting = await offered({ insertTextModeSupport: { valueSet: [1, 2] } });
  expect(adjusting?.textEdit?.newText).toBe('MetadataConfiguration:\r\n  ');
  expect(adjusting?.insertTextMode).toBe(2);
});

describe('a new file system', () => {
  test('is not offered before the colon of a resource', async () => {
    expect(await labels('Resources:\n  Fi|leSystem:\n    Type: AWS::SNS::Topic\n')).toEqual([]);
  });

  test.each([
    [
      'YAML beside one of its own',
      'Resources:\n  |\n  FileSystem: {Type: AWS::SNS::Topic}\n',
      'yaml',
    ],
    [
      'JSON beside one of its own',
      '{\n"Resources": {\n"|",\n"FileSystem": {"Type": "AWS::SNS::Topic"}}}',
      'json',
    ],
    ['YAML on the line of Resources', 'Resources: |\n', 'yaml'],
    ['YAML in braces', 'Resources: {|}\n', 'yaml'],
    ['JSON before others', '{\n"Resources": {\n"|"\n"T": {"Type": "AWS::SNS::Topic"}}}', 'json'],
    ['YAML', 'Resources:\n  |\n', 'yaml'],
    [
      'YAML beside another resource',
      'Resources:\n  Lu|\n  Topic:\n    Type: AWS::SNS::Topic\n',
      'yaml',
    ],
    ['JSON', '{\n"Resources": {\n"|"\n}}', 'json'],
  ])('is offered in %s for each kind, and check finds nothing in it', async (_, text) => {
    const simple = await Editor.start({ capabilities: { ...EVERYTHING, textDocument: { ...EVERYTHING.textDocument, completion: {} } } }); // oxfmt-ignore
    const cursor = cursorIn(text);
    await simple.open(URI, cursor.text);
    const list = await simple.request<CompletionList>('textDocument/completion', { textDocument: { uri: URI }, position: cursor.position }); // oxfmt-ignore
    expect(list.items.length).toBeGreaterThan(8);
    expect(list.items[0]?.label).toMatch(/^Lustre: /);
    for (const { textEdit, detail, insertTextFormat } of list.items) {
      expect(insertTextFormat).toBe(1);
      expect(detail).toMatch(/^[\d,.]+ MB\/s · [\d,.]+ USD a month$/);
      if (!textEdit || !('range' in textEdit)) throw new Error('no edit');
      const after = TextDocument.applyEdits(TextDocument.create('', '', 0, cursor.text), [textEdit]); // oxfmt-ignore
      await simple.open(URI, after);
      expect({ after, found: await simple.diagnostics(URI) }).toEqual({ after, found: [] });
      const hints = await simple.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: URI }, range: ALL }); // oxfmt-ignore
      expect(hints.map(({ label }) => label)).toEqual([detail]);
    }
    await simple.stop();
  });
});
