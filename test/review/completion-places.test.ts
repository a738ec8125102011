/** Completions at every place of a template: whatever is chosen, the template can still be read. */
import { completionsAt, withoutPlaces } from '../../src/review/authoring/completion';
import type { AuthoringOptions } from '../../src/review/authoring/template-draft';
import { readTree, Unreadable } from '../../src/template/source-tree';

const OPTIONS: AuthoringOptions = { review: { date: '2026-11-26' }, costs: { region: 'us-east-1' } }; // oxfmt-ignore

const BLOCK = `Description: "a 😀"
Resources:
  FileSystem:
    # A comment.
    Type: Pangea::FSx::LustreFileSystem # another
    Properties:
      # StorageCapacity: 5
      "StorageCapacity":
        1200
      DeploymentType: 'SCRATCH_2'
      Tags:
      - {Key: "a", Value: 'b'}
      -
        Key: c
        Value: >-
          text
          more
      LogConfiguration:

        Level: WARN_ONLY

  Topic: {Type: AWS::SNS::Topic}
`;
const FLOW = `Conditions: {A: !Equals [a, b]}
Resources: {Fs: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE, StorageCapacity: !If [A, 1200, 2400], LustreConfiguration: {DeploymentType: SCRATCH_2, LogConfiguration: {}}, Tags: []}}}
`;
const JSON_TEXT = JSON.stringify(
  {
    Resources: {
      Fs: {
        Type: 'Pangea::FSx::LustreFileSystem',
        Properties: {
          StorageCapacity: '1200',
          SubnetIds: ['subnet-01234567'],
          Tags: [{ Key: 'a', Value: 'b' }],
          LogConfiguration: { Level: 'WARN_ONLY' },
          EfaEnabled: false,
        },
      },
    },
  },
  undefined,
  '\t',
);

/** A text, and a text with an empty line before each of its lines, with the cursor in it where its line begins. */
function* placesOf(text: string): Generator<[text: string, offset: number]> {
  for (let offset = 0; offset <= text.length; offset++) yield [text, offset];
  const lines = text.split('\n');
  for (let index = 1; index < lines.length; index++) {
    const [indent = ''] = /^[ \t]*/.exec(lines[index] ?? '') ?? [];
    const before = `${lines.slice(0, index).join('\n')}\n${indent}`;
    const after = `\n${lines.slice(index).join('\n')}`;
    yield [before + after, before.length];
    yield [`${before}"${after}`, before.length + 1];
  }
}

function isRead(text: string): boolean {
  try {
    readTree(text);
    return true;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

/** The line of an offset, up to it. */
const lineBefore = (text: string, offset: number): string =>
  /[^\r\n]*$/.exec(text.slice(0, offset))?.[0] ?? '';

test.each([
  ['block style', BLOCK],
  ['block style with CRLF', BLOCK.replaceAll('\n', '\r\n')],
  ['flow style', FLOW],
  ['JSON', JSON_TEXT],
])('in %s', (_, whole) => {
  let chosen = 0;
  for (const [text, offset] of placesOf(whole)) {
    const found = completionsAt(text, offset, OPTIONS);
    if (!found) continue;
    const { at, end, commaAt = at } = found;
    const [indent = ''] = /^[ \t]*/.exec(lineBefore(text, at)) ?? [];
    const comma = found.commaAt === undefined ? '' : ',';
    for (const { label, snippet } of found.items) {
      const value = /\n *\$1|\{ ?\$1/.test(snippet) ? '"a": 1' : '"a"';
      const written = withoutPlaces(snippet.replace('$1', value)).replaceAll('\n', `\n${indent}`);
      const after = text.slice(0, commaAt) + comma + text.slice(commaAt, at) + written + text.slice(end); // oxfmt-ignore
      chosen++;
      if (!isRead(after)) throw new Error(`${label} at ${offset} of\n${text}\nis\n${after}`);
    }
  }
  expect(chosen).toBeGreaterThan(100);
});
