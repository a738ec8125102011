/** A document while it is typed: broken, huge, binary, and quicker than it can be looked at. */
import type { Diagnostic, Position, Range } from 'vscode-languageserver-protocol';
import { WRONG } from '../cli/command';
import { Editor, QUESTIONS } from './client';

const URI = 'file:///template.yaml';

/** One for all documents, each of which is closed before the next: none of them may stop it. */
let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start({ traces: true });
});
afterEach(async () => {
  expect(editor.messages).toEqual([]);
  await editor.close(URI);
});
afterAll(async () => {
  expect(await editor.stop()).toBe(0);
});

const START: Position = { line: 0, character: 0 };

const rules = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

async function askEverything(position: Position, whole: Range): Promise<void> {
  for (const ask of QUESTIONS) await ask(editor, URI, position, whole);
}

const TWO = `${WRONG}  Other:
    Type: Pangea::FSx::LustreFileSystem
    Properties:
      StorageCapacity: 6000
      SubnetIds: [subnet-0a1b2c3d4e5f60718]
`;

describe('a document that is broken for a moment', () => {
  const at = (line: number, character: number): Range => ({ start: { line, character }, end: { line, character } }); // oxfmt-ignore

  test('keeps what is found elsewhere, where it stands now, and says what is wrong in the file system', async () => {
    await editor.open(URI, TWO);
    expect(rules(await editor.diagnostics(URI))).toEqual(['storage-capacity', 'storage-capacity']);
    await editor.change(URI, '      Tags: [{Key: \n', at(5, 0));
    const [first, second, third, ...others] = await editor.diagnostics(URI);
    expect(others).toEqual([]);
    expect(first?.range.start.line).toBe(4);
    expect(second?.range.start.line).toBe(10);
    expect(third).toMatchObject({ severity: 3, code: 'not-checked', source: 'pangea-lustre' });
    await editor.change(URI, '', {
      start: { line: 5, character: 0 },
      end: { line: 6, character: 0 },
    });
    expect(rules(await editor.diagnostics(URI))).toEqual(['storage-capacity', 'storage-capacity']);
  });

  test('loses what was found in the value that is being typed', async () => {
    await editor.open(URI, TWO);
    await editor.diagnostics(URI);
    await editor.change(URI, 'x: [', { start: { line: 4, character: 8 }, end: { line: 4, character: 20 } }); // oxfmt-ignore
    const left = (await editor.diagnostics(URI)).filter(({ severity }) => severity === 1);
    expect(left.map(({ range }) => range.start.line)).toEqual([9]);
  });

  test('is found again where it moved to when all of the text is sent', async () => {
    await editor.open(URI, TWO);
    await editor.diagnostics(URI);
    await editor.change(URI, `# one\nBroken: [\n${TWO}`);
    const found = await editor.diagnostics(URI);
    expect(found.filter(({ severity }) => severity === 1).map(({ range }) => range.start.line)).toEqual([6, 11]); // oxfmt-ignore
  });

  test('says nothing of syntax that is not in a file system: other language servers do', async () => {
    await editor.open(URI, `${WRONG}Outputs: {A: [\n`);
    expect(rules(await editor.diagnostics(URI))).toEqual([]);
  });
});

const NUL = String.fromCharCode(0);

test.each<[what: string, text: string]>([
  ['nothing', ''],
  ['binary', `${NUL}\u0001FSx\uFFFD${NUL}\uD800`.repeat(999)],
  ['nested too deeply', `FSx: ${'['.repeat(20_000)}`],
  ['too many aliases', `FSx: &a [1]\nb: [${'*a,'.repeat(3000)}]\nResources: {}\n`],
  [
    'a bomb of aliases',
    `FSx: &a [x,x]\n${Array.from('bcdefghijklmnop')
      .map(
        (name, index) =>
          `${name}: &${name} [*${'abcdefghijklmno'[index] ?? 'a'},*${'abcdefghijklmno'[index] ?? 'a'}]\n`,
      )
      .join('')}`,
  ],
  ['several documents', `${WRONG}---\n${WRONG}`],
  ['no template', 'FSx: 1\n'],
  ['tabs', WRONG.replaceAll('      ', '\t')],
  ['one quote', `${WRONG}"`],
])('%s stops nothing', async (_, text) => {
  await editor.open(URI, text);
  const found = await editor.diagnostics(URI);
  expect(found.filter(({ severity }) => severity === 1)).toEqual([]);
  await askEverything({ line: 0, character: 1 }, { start: START, end: { line: 9, character: 0 } });
  await editor.open('file:///next.yaml', WRONG);
  expect(rules(await editor.diagnostics('file:///next.yaml'))).toEqual(['storage-capacity']);
});

test('a template that is larger than CloudFormation takes is said to be so', async () => {
  await editor.open(URI, `${WRONG}${'# '.padEnd(100, 'x')}\n`.repeat(1) + '#\n'.repeat(1_100_000));
  expect(await editor.diagnostics(URI)).toMatchObject([
    {
      severity: 2,
      code: 'not-checked',
      message: expect.stringContaining('larger than 2 MB') as string,
    },
  ]);
});

/** A template of 2,000 lines: ours, and what stands beside it in a stack. */
const LONG = [
  TWO,
  ...Array.from({ length: 330 }, (_, index) =>
    [
      `  Queue${index}: # one of many`,
      '    Type: AWS::SQS::Queue',
      '    Properties:',
      `      QueueName: !Sub '\${AWS::StackName}-${index}'`,
      '      VisibilityTimeout: 60',
      '      Tags: [{ Key: a, Value: b }]',
      '',
    ].join('\n'),
  ),
].join('');

test('a change whose range is null is the whole text', async () => {
  await editor.open(URI, WRONG.replace('5000', '1200'));
  expect(await editor.diagnostics(URI)).toEqual([]);
  await editor.changeBy(URI, { range: null, text: WRONG });
  expect(await editor.diagnostics(URI)).toHaveLength(1);
});

test.each([
  ['from the last to the first', (changes: object[]) => changes],
  ['from the first to the last', (changes: object[]) => changes.toReversed()],
])('many changes in one message: %s', async (_, order) => {
  const lines = TWO.split('\n');
  // Each line gets a comment with a character outside the basic plane, and the capacities other digits.
  const changes = lines.flatMap((line, number) => {
    const end = { line: number, character: line.length };
    const digits = line.indexOf('00');
    const comment = { range: { start: end, end }, text: ' # 😀' };
    if (line === '') return [];
    if (digits < 0) return [comment];
    const start = { line: number, character: digits };
    return [{ range: { start, end: { line: number, character: digits + 1 } }, text: '😀' }, comment];
  }); // oxfmt-ignore
  // A change of the same line moves what is behind it, so on the way down the comment comes first.
  const sent = order(changes.toReversed()).toSorted((a, b) => {
    const [one, other] = [a, b].map((each) => (each as { range: Range }).range.start);
    return one && other && one.line === other.line ? other.character - one.character : 0;
  });
  await editor.open(URI, TWO);
  await editor.changeBy(URI, ...sent);
  const found = await editor.diagnostics(URI);
  expect(found.length).toBeGreaterThan(0);
  const after = lines.map((line) => (line === '' ? '' : `${line.replace('00', '😀0')} # 😀`)).join('\n'); // oxfmt-ignore
  await editor.open(URI, after);
  expect(await editor.diagnostics(URI)).toEqual(found);
});

test.each([
  ['is opened again', () => editor.open(URI, WRONG)],
  ['is sent as a whole', () => editor.changeBy(URI, { text: WRONG })],
])('nothing is said of a document whose change is not valid, until it %s', async (_, mend) => {
  await editor.open(URI, WRONG);
  const [first] = await editor.diagnostics(URI);
  await editor.changeBy(URI, { range: { start: null, end: null }, text: '' });
  await editor.change(URI, '# ', { start: START, end: START });
  expect(first && (await editor.codeActions(URI, first.range))).toEqual([]);
  expect(editor.messages.splice(0)).toEqual([expect.stringContaining('didChange')]);
  await mend();
  expect(await editor.diagnostics(URI)).toEqual([first]);
});

test.each([
  ['null', null],
  ['an empty object', {}],
])('%s for no changes changes nothing', async (_, contentChanges) => {
  await editor.open(URI, WRONG);
  const found = await editor.diagnostics(URI);
  await editor.connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version: 9 }, contentChanges }); // oxfmt-ignore
  expect(found[0] && (await editor.codeActions(URI, found[0].range))).not.toEqual([]);
});

describe('100 keystrokes in a template of 2,000 lines', () => {
  const keystroke = (index: number): Range => ({
    start: { line: 4, character: 21 + index },
    end: { line: 4, character: 21 + index },
  });

  test('that come quickly are read together', async () => {
    expect(LONG.split('\n').length).toBeGreaterThan(1980);
    await editor.open(URI, LONG);
    await editor.diagnostics(URI);
    const before = editor.reads;
    for (let index = 0; index < 100; index++) void editor.change(URI, ' ', keystroke(index));
    expect(rules(await editor.diagnostics(URI))).toEqual(['storage-capacity', 'storage-capacity']);
    expect(editor.reads - before).toBeGreaterThan(0);
    expect(editor.reads - before).toBeLessThanOrEqual(10);
  });

  test('that are each waited for are each read once, whatever the editor asks', async () => {
    await editor.open(URI, LONG);
    await editor.diagnostics(URI);
    const before = editor.reads;
    for (let index = 0; index < 100; index++) {
      await editor.change(URI, ' ', keystroke(index));
      const textDocument = { uri: URI };
      const { start } = keystroke(0);
      const range = { start: START, end: start };
      await editor.request('textDocument/hover', { textDocument, position: start });
      await editor.request('textDocument/inlayHint', { textDocument, range });
    }
    await editor.diagnostics(URI);
    expect(editor.reads - before).toBeLessThanOrEqual(100);
  });

  test('in a document that has no file system read nothing', async () => {
    const text = LONG.slice(TWO.length).replace(/^/, 'Resources:\n');
    await editor.open(URI, text);
    const before = editor.reads;
    for (let index = 0; index < 100; index++) await editor.change(URI, ' ', { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }); // oxfmt-ignore
    expect(await editor.diagnostics(URI)).toEqual([]);
    const all = { start: START, end: { line: 9, character: 0 } };
    expect(await editor.codeActions(URI, all)).toEqual([]);
    await editor.request('textDocument/hover', { textDocument: { uri: URI }, position: all.end });
    await editor.request('textDocument/inlayHint', { textDocument: { uri: URI }, range: all });
    expect(editor.reads).toBe(before);
  });
});
