/** Findings that a template silences, by a comment or by Metadata. */
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { RULE_NAMES } from '../../src/review/rule-names';
import { check } from '../../src/review/check';
import { commentsOf } from '../../src/template/comments';
import { describeRules } from '../../src/review/rule-table';
import { withProperties, SUBNET } from './findings';
import { anyHand, handwritten, type Json } from '../template/handwriting';

const TWO = 'SubnetIds: [subnet-0a1b2c3d4e5f60718, subnet-1a1b2c3d4e5f60718]';

const rulesIn = (text: string) => check(text).findings.map(({ rule }) => rule);
const notesIn = (text: string) =>
  check(text)
    .notes.filter(({ always }) => always)
    .map(({ line, logicalId, message }) => `${line} ${logicalId}: ${message}`);

test('the names of the rules are those that the manual lists', () => {
  expect(RULE_NAMES.toSorted()).toEqual(
    describeRules()
      .map(({ rule }) => rule)
      .toSorted(),
  );
});

const IGNORE = '# pangea-lustre: ignore storage-capacity';

describe('a comment silences a rule', () => {
  test.each([
    ['on the line', `StorageCapacity: 5000 ${IGNORE}`],
    ['on the line above', `${IGNORE}\nStorageCapacity: 5000`],
    ['above other comments', `${IGNORE}\n# five thousand\nStorageCapacity: 5000`],
    ['among others', `StorageCapacity: 5000 # pangea-lustre: ignore storage-capacity -- as before`],
    ['behind words', `StorageCapacity: 5000 # as before # pangea-lustre: ignore storage-capacity`],
    ['on a line in braces', `StorageCapacity: 5000 ${IGNORE}\nTags: []`],
  ])('%s', (_, properties) => {
    const text = withProperties(`${properties}\n${SUBNET}`);
    expect(rulesIn(text)).toEqual([]);
    expect(notesIn(text)).toEqual([]);
  });

  test('several rules, and no others', () => {
    const text = withProperties(
      `# pangea-lustre: ignore storage-capacity, throughput-tier\nStorageCapacity: 5000\n${TWO}`,
    );
    expect(rulesIn(text)).toEqual(['one-subnet']);
    expect(notesIn(text)).toEqual([
      '5 Fs: # pangea-lustre: ignore throughput-tier has no effect: remove it.',
    ]);
  });

  test.each([
    ['the logical id', (text: string) => text.replace('  Fs:', `  Fs: ${IGNORE}`)],
    [
      'the line above the logical id',
      (text: string) => text.replace('  Fs:', `  ${IGNORE}\n  Fs:`),
    ],
    ['Properties', (text: string) => text.replace('Properties:', `Properties: ${IGNORE}`)],
  ])('of a whole resource, on %s', (_, put) => {
    expect(rulesIn(put(withProperties(`StorageCapacity: 5000\n${TWO}`)))).toEqual(['one-subnet']);
  });

  test('of a member, on the property that holds it', () => {
    const text = [
      'Resources:',
      '  Fs:',
      '    Type: AWS::FSx::FileSystem',
      '    Properties:',
      '      FileSystemType: LUSTRE',
      '      StorageCapacity: 1200',
      `      ${SUBNET}`,
      '      # pangea-lustre: ignore throughput-tier',
      '      LustreConfiguration:',
      '        DeploymentType: PERSISTENT_1',
      '        PerUnitStorageThroughput: 300',
    ].join('\n');
    expect(rulesIn(text)).toEqual([]);
  });

  test('in one branch of an Fn::If', () => {
    const text = withProperties(
      `StorageCapacity:\n  Fn::If:\n    - A\n    - 5000 ${IGNORE}\n    - 6000\n${SUBNET}`,
      'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [!Ref P, a]}',
    );
    expect(check(text).findings.map(({ line }) => line)).toEqual([9]);
  });

  test('of each round of an Fn::ForEach, which is written once', () => {
    const text = [
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      '  Fn::ForEach::Each:',
      '    - Name',
      '    - [A, B]',
      '    - Fs${Name}:',
      '        Type: Pangea::FSx::LustreFileSystem',
      '        Properties:',
      `          StorageCapacity: 5000 ${IGNORE}`,
      `          ${SUBNET}`,
    ].join('\n');
    expect(rulesIn(text)).toEqual([]);
    expect(notesIn(text)).toEqual([]);
  });

  test('of an attribute, where it is referred to', () => {
    const outputs =
      'Outputs:\n  A:\n    # pangea-lustre: ignore unknown-attribute\n    Value: !GetAtt Fs.Nope';
    const text = withProperties(`StorageCapacity: 1200\n${SUBNET}`, outputs);
    expect(rulesIn(text)).toEqual([]);
  });
});

describe('what is no such comment silences nothing', () => {
  test.each([
    ['in quotes', `KmsKeyId: "alias/x ${IGNORE}"`],
    ['in a block of text', `KmsKeyId: |\n  ${IGNORE}\n  x`],
    ['on the line below', `${SUBNET}\n${IGNORE}`],
    ['behind another property above', `DataCompressionType: LZ4 ${IGNORE}`],
  ])('%s', (_, before) => {
    const text = withProperties(
      before.startsWith(SUBNET)
        ? `StorageCapacity: 5000\n${before}`
        : `${before}\nStorageCapacity: 5000\n${SUBNET}`,
    );
    expect(rulesIn(text)).toContain('storage-capacity');
  });
});

test.each([
  [
    'a name that no rule has',
    '# pangea-lustre: ignore storage-capacty',
    '5 Fs: # pangea-lustre: ignore storage-capacty: there is no such rule; did you mean storage-capacity?',
  ],
  [
    'a name that is near to none',
    '# pangea-lustre: ignore xyzzy',
    '5 Fs: # pangea-lustre: ignore xyzzy: there is no such rule; https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem/blob/main/manual/rules.md lists the rules.',
  ],
  [
    'other words',
    '# pangea-lustre: disable storage-capacity',
    '5 Fs: # pangea-lustre: disable storage-capacity is not recognized: write ignore and the names of rules.',
  ],
  [
    'rules without commas',
    '# pangea-lustre: ignore storage-capacity one-subnet',
    '5 Fs: # pangea-lustre: ignore storage-capacity one-subnet is not recognized: write ignore and the names of rules.',
  ],
  [
    'no rule',
    '# pangea-lustre:',
    '5 Fs: # pangea-lustre: is empty: write ignore and the names of rules.',
  ],
])('%s is told', (_, comment, note) => {
  const text = withProperties(`StorageCapacity: 5000 ${comment}\n${SUBNET}`);
  expect(rulesIn(text)).toEqual(['storage-capacity']);
  expect(notesIn(text)).toEqual([note]);
});

describe('Metadata of a resource', () => {
  const resource = (ignored: Json): Json => ({
    Type: 'Pangea::FSx::LustreFileSystem',
    Metadata: { PangeaLustre: { Ignore: ignored } },
    Properties: { StorageCapacity: 5000, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] },
  });

  test('silences rules in JSON too, and one that is not needed is told', () => {
    const ignored = ['storage-capacity', 'one-subnet'];
    const text = JSON.stringify({ Resources: { Fs: resource(ignored) } }, undefined, 2);
    expect(rulesIn(text)).toEqual([]);
    expect(notesIn(text)).toEqual([
      '7 Fs: Metadata.PangeaLustre.Ignore one-subnet has no effect: remove it.',
    ]);
  });

  test('silences nothing in another resource', () => {
    const Resources = { A: resource('storage-capacity'), B: resource([]) };
    const { findings } = check(stringify({ Resources }));
    expect(findings.map(({ logicalId }) => logicalId)).toEqual(['B']);
  });
});

const SCALAR = fc.oneof(
  fc.constantFrom('# pangea-lustre: ignore storage-capacity', 'a # b', "it's #1", '#', '1'),
  // The hand writes a colon at the end without quotes, which is a key.
  fc.string({ maxLength: 8 }).map((text) => text.replace(/[^ -~]/g, '').replace(/[: ]+$/, '')),
);

test('however a template is written, its comments are told from what is in quotes', () => {
  const hand = anyHand.map((each) => ({ ...each, comments: true }));
  const value = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.oneof(SCALAR, fc.array(SCALAR)));
  fc.assert(
    fc.property(value, hand, (template, by) => {
      const text = handwritten({ Resources: template }, by);
      const written = [...text.matchAll(/# c\d+\./g)].map(([comment]) => comment);
      expect(commentsOf(text).map((each) => each.text)).toEqual(written);
      for (const { at, end, text: comment } of commentsOf(text))
        expect(text.slice(at, end)).toBe(comment);
      // Without its comments it says the same.
      const bare = commentsOf(text).reduceRight(
        (all, { at, end }) => all.slice(0, at) + all.slice(end),
        text,
      );
      expect(parse(bare, { merge: true })).toEqual(parse(text, { merge: true }));
    }),
  );
});
