/** What the language server offers with one key, applied to the document and checked again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import { commentsOf } from '../../src/template/comments';
import { ROOT, WRONG } from '../cli/command';
import { withProperties } from '../review/findings';
import { applied, Editor, EVERYTHING } from './client';

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start();
});
afterAll(async () => {
  expect(await editor.stop()).toBe(0);
});

const URI = 'file:///template.yaml';
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

const rules = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

async function found(text: string): Promise<Diagnostic[]> {
  await editor.open(URI, text);
  return editor.diagnostics(URI);
}

/** The titles of what is offered at the first finding, and what the text is afterward. */
async function offered(text: string, only?: string[]): Promise<Map<string, string>> {
  const [first] = await found(text);
  const actions = await editor.codeActions(URI, first?.range ?? ALL, only);
  return new Map(actions.map((action) => [action.title, applied(text, action)]));
}

const SUBNET = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';
const GOOD = `StorageCapacity: 1200\n${SUBNET}`;
const P2 = 'DeploymentType: PERSISTENT_2';
const CONDITIONS =
  'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [!Ref P, a], B: !Equals [!Ref P, b]}\n';

test.each([
  ['none that comes back to what there is', `${GOOD}\n${P2}\nPerUnitStorageThroughput: 125\nImportPath: s3://bkt\nFinalBackupTags: [{Key: a, Value: b}]`],
  ['each of those that require the same once', `StorageCapacity: 6000\n${SUBNET}\nDeploymentType: PERSISTENT\nStorageType: HDD`],
  ['each of those that require the same beside a wrong name once', `${GOOD}\nDeploymentType: PERSISTENT\nStorageType: HDD\nSubnetIds.0: 1500`],
])('of the repairs, the editor offers %s', async (_, properties) => {
  const text = withProperties(properties);
  const ranges = (await found(text)).map(({ range }) => range);
  for (const range of ranges) {
    const actions = await editor.codeActions(URI, range, ['quickfix']);
    const titles = actions.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
    const texts = actions.map((action) => applied(text, action));
    expect(texts).toEqual([...new Set(texts)]);
    expect(texts).not.toContain(text);
  }
}); // oxfmt-ignore

test('no repair is offered that leads to others and leaves its finding', async () => {
  const text = withProperties(
    `${GOOD}\nDeploymentType: SCRATCH_1\nImportPath: !Ref P\nDailyAutomaticBackupStartTime: "0500"`,
    'Parameters: {P: {Type: String}}\n',
  );
  const [first] = await found(text);
  const actions = await editor.codeActions(URI, first?.range ?? ALL, ['quickfix']);
  expect(actions.length).toBeGreaterThan(1);
  for (const action of actions) {
    const left = await found(applied(text, action));
    expect(left.map(({ message }) => message)).not.toContain(first?.message);
  }
});

test('no repair is offered that changes the deployment and then removes the property all the same', async () => {
  const text = withProperties(`${GOOD}\n${P2}\nPerUnitStorageThroughput: 250\nMetadataConfiguration: {Mode: AUTOMATIC}\nAutoImportPolicy: NEW`); // oxfmt-ignore
  expect([...(await offered(text, ['quickfix'])).keys()]).toEqual(['Remove AutoImportPolicy', 'Ignore not-applicable here']); // oxfmt-ignore
});

describe('a repair', () => {
  test.each<[title: string, properties: string, after: string]>([
    [
      'Change to 4800',
      `StorageCapacity: 5000 # c\n${SUBNET}`,
      `StorageCapacity: 4800 # c\n${SUBNET}`,
    ],
    ['Change to 7200', `StorageCapacity: "5000"\n${SUBNET}`, `StorageCapacity: "7200"\n${SUBNET}`],
    ['Use LZ4', `${GOOD}\nDataCompressionType: lz4 # c`, `${GOOD}\nDataCompressionType: LZ4 # c`],
    [
      'Remove ImportPath',
      `${GOOD}\n${P2}\nPerUnitStorageThroughput: 250\nImportPath: s3://bkt # c`,
      `${GOOD}\n${P2}\nPerUnitStorageThroughput: 250\n# c`,
    ],
    [
      'Add PerUnitStorageThroughput 250',
      `${GOOD}\n${P2}`,
      `${GOOD}\n${P2}\nPerUnitStorageThroughput: 250`,
    ],
    [
      'Use PERSISTENT_2',
      `${GOOD}\nDeploymentType: persistent_2\nPerUnitStorageThroughput: 250`,
      `${GOOD}\n${P2}\nPerUnitStorageThroughput: 250`,
    ],
    [
      'Rename to DataCompressionType',
      `${GOOD}\ndataCompressionType: !Ref Kind`,
      `${GOOD}\nDataCompressionType: !Ref Kind`,
    ],
  ])('%s', async (title, properties, after) => {
    const sections = 'Parameters: {Kind: {Type: String}}\n';
    const actions = await offered(withProperties(properties, sections));
    expect([...actions.keys()]).toContain(title);
    expect(actions.get(title)).toBe(withProperties(after, sections));
    expect(await found(actions.get(title) ?? '')).toEqual([]);
  });

  test.each([
    [
      'flow YAML',
      "Resources: {Fs: {Type: 'Pangea::FSx::LustreFileSystem', # c\n Properties: {StorageCapacity: 5000, SubnetIds: [subnet-0a1b2c3d4e5f60718]}}}\n",
    ],
    [
      'JSON',
      `${JSON.stringify({ Resources: { Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: { StorageCapacity: 5000, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] } } } }, undefined, 2)}\n`,
    ],
    [
      'the native type',
      'Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      StorageCapacity: 5000\n      SubnetIds: [!Ref S]\nParameters: {S: {Type: String}}\n',
    ],
    [
      'a branch of !If',
      withProperties(
        `StorageCapacity: !If [A, 1200, !If [B, 2400, 5000]] # c\n${SUBNET}`,
        CONDITIONS,
      ),
    ],
    [
      'a branch of Fn::If',
      withProperties(`StorageCapacity: {"Fn::If": [A, 5000, 1200]}\n${SUBNET}`, CONDITIONS),
    ],
  ])('is made in %s', async (_, text) => {
    const actions = await offered(text);
    const after = text.replace('5000', '7200');
    expect(actions.get('Change to 7200')).toBe(after);
    expect(await found(after)).toEqual([]);
  });

  test('is for the version of the document that it is of, where the editor takes that', async () => {
    const [first] = await found(WRONG);
    const [action] = await editor.codeActions(URI, first?.range ?? ALL);
    const [change] = action?.edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { uri: URI, version: expect.any(Number) as number } }); // oxfmt-ignore
  });

  test('stands in `changes` for an editor that takes no versions', async () => {
    const simple = await Editor.start({ capabilities: { textDocument: EVERYTHING.textDocument ?? {} } }); // oxfmt-ignore
    await simple.open(URI, WRONG);
    const [first] = await simple.diagnostics(URI);
    const [action] = await simple.codeActions(URI, first?.range ?? ALL);
    expect(action && applied(WRONG, action)).toBe(WRONG.replace('5000', '4800'));
    expect(action?.edit?.documentChanges).toBeUndefined();
    await simple.stop();
  });

  test('is none where the editor would want a command', async () => {
    const old = await Editor.start({ capabilities: {} });
    await old.open(URI, WRONG);
    expect(await old.codeActions(URI, ALL)).toEqual([]);
    await old.stop();
  });
});

describe('every mistake that the examples hold', () => {
  const folder = join(ROOT, 'examples', 'errors');

  test.each(readdirSync(folder))('is gone with each of its repairs: %s', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const all = await found(text);
    expect(all.length).toBeGreaterThan(0);
    let repairs = 0;
    for (const finding of all) {
      await found(text);
      const actions = (await editor.codeActions(URI, finding.range)).filter(
        ({ title, diagnostics }) =>
          diagnostics?.some(({ code }) => code === finding.code) && !title.startsWith('Ignore'),
      );
      for (const action of actions) {
        const after = applied(text, action);
        expect({ title: action.title, left: rules(await found(after)) }).toEqual({
          title: action.title,
          left: [],
        });
        expect(commentsOf(after).map((each) => each.text)).toEqual(
          commentsOf(text).map((each) => each.text),
        );
        repairs++;
      }
    }
    expect(repairs).toBeGreaterThan(0);
  });
});

describe('fix all', () => {
  const TWO = withProperties(
    `${GOOD}\nDataCompressionType: lz4 # c\nLogConfiguration: {Level: warn_only}`,
  );
  const FIXED = withProperties(
    `${GOOD}\nDataCompressionType: LZ4 # c\nLogConfiguration: {Level: WARN_ONLY}`,
  );

  test.each([undefined, ['source.fixAll'], ['source'], ['source.fixAll.pangea-lustre']])(
    'makes every change that is the only one, asked for as %s',
    async (only) => {
      const actions = await offered(TWO, only);
      expect(actions.get('Fix all that has one repair')).toBe(FIXED);
      expect(await found(FIXED)).toEqual([]);
    },
  );

  test('is all that a save gets', async () => {
    expect([...(await offered(TWO, ['source.fixAll'])).keys()]).toEqual(['Fix all that has one repair']); // oxfmt-ignore
  });
});

describe('a rule is ignored', () => {
  test('by a comment above the line', async () => {
    const actions = await offered(WRONG);
    const after = WRONG.replace('      StorageCapacity', '      # pangea-lustre: ignore storage-capacity\n      StorageCapacity'); // oxfmt-ignore
    expect(actions.get('Ignore storage-capacity here')).toBe(after);
    expect(await found(after)).toEqual([]);
  });

  test('beside one that is ignored already', async () => {
    const text = withProperties(
      `${GOOD}\n# pangea-lustre: ignore format -- why\nImportPath: s3://a`,
    );
    const [first] = await found(text);
    const title = `Ignore ${String(first?.code)} here`;
    const after = (await offered(text)).get(title) ?? '';
    expect(after).toContain(`# pangea-lustre: ignore format, ${String(first?.code)} -- why\n`);
    expect(await found(after)).toEqual([]);
  });

  test('in JSON with a byte order mark by the metadata too', async () => {
    const text = `\uFEFF${JSON.stringify({ Resources: { Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: { StorageCapacity: 5000, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] } } } })}`;
    const titles = [...(await offered(text)).keys()];
    expect(titles).toContain('Ignore storage-capacity in Fs');
    expect(titles).not.toContain('Ignore storage-capacity here');
  });

  test.each([
    ['without metadata', {}],
    ['beside metadata of others', { Metadata: { Other: 1 } }],
    ['beside another rule', { Metadata: { PangeaLustre: { Ignore: ['format'] } } }],
  ])('in JSON, which has no comments, by the metadata: %s', async (_, metadata) => {
    const resource = { Type: 'Pangea::FSx::LustreFileSystem', ...metadata, Properties: { StorageCapacity: 5000, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] } }; // oxfmt-ignore
    const text = JSON.stringify({ Resources: { Fs: resource } }, undefined, 2);
    const after = (await offered(text)).get('Ignore storage-capacity in Fs') ?? '';
    const { Resources } = JSON.parse(after) as { Resources: { Fs: { Metadata: { PangeaLustre: { Ignore: string[] } } } } }; // oxfmt-ignore
    expect(Resources.Fs.Metadata.PangeaLustre.Ignore).toContain('storage-capacity');
    expect(await found(after)).toEqual([]);
  });
});

describe('a native file system', () => {
  const native = (extra = ''): string =>
    `Parameters: {S: {Type: String}}\nResources:\n  A: # c\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      StorageCapacity: 1200\n      SubnetIds: [!Ref S]\n${extra}  B:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      StorageCapacity: 1200\n      SubnetIds: [!Ref S]\n`;
  const at = (line: number): Range => ({
    start: { line, character: 4 },
    end: { line, character: 4 },
  });
  const TITLE = 'Convert to Pangea::FSx::LustreFileSystem';

  test('is converted where the cursor is, and the other one stays', async () => {
    await found(native());
    const actions = await editor.codeActions(URI, at(6), ['refactor']);
    expect(actions.map(({ title, kind }) => [title, kind])).toEqual([[TITLE, 'refactor.rewrite']]);
    const [action] = actions;
    const after = action ? applied(native(), action) : '';
    expect(after.match(/Type: Pangea::FSx::LustreFileSystem/g)).toHaveLength(1);
    expect(after.slice(after.indexOf('  B:'))).toBe(native().slice(native().indexOf('  B:')));
    expect(await found(after)).toEqual([]);
  });

  test('is not converted where that is to be done by hand, and the editor is told why', async () => {
    await found(native('      Tags: !If [C, [], []]\n      LustreConfiguration: !Ref X\n'));
    const [action] = await editor.codeActions(URI, at(6), ['refactor']);
    expect(action?.edit).toBeUndefined();
    expect(action?.disabled?.reason).toBeTruthy();
  });

  test('is the only thing that is converted', async () => {
    await found(WRONG);
    expect(await editor.codeActions(URI, at(4), ['refactor'])).toEqual([]);
  });
});
