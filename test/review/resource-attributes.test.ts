/** Attributes of a resource beside its Properties: what CloudFormation refuses, or accepts without effect. */
import { ValidationError } from '../../local/stack/refusals';
import { check } from '../../src/review/check';
import { scriptedStack } from '../local/stacks';
import { SUBNET } from './findings';

const OURS = `{Type: Pangea::FSx::LustreFileSystem, ATTRIBUTE, Properties: {StorageCapacity: 1200, ${SUBNET}}}`;
const NATIVE = `{Type: AWS::FSx::FileSystem, ATTRIBUTE, Properties: {FileSystemType: LUSTRE, StorageCapacity: 1200, ${SUBNET}, LustreConfiguration: {DeploymentType: SCRATCH_2}}}`;

const withAttribute = (attribute: string, resource = OURS, sections = ''): string =>
  `Resources:\n  Fs: ${resource.replace('ATTRIBUTE', attribute)}\n${sections}`;

const told = (text: string): string[] =>
  check(text).findings.map(
    ({ severity, property, rule, message }) => `${severity} ${property} ${rule}: ${message}`,
  );

const FUNCTION = 'To use a function here, add Transform: AWS::LanguageExtensions to the template.';
const DELETION = 'The value of DeletionPolicy is Delete, Retain or RetainExceptOnCreate';
const REPLACE = 'The value of UpdateReplacePolicy is Delete or Retain';

/** Each attribute, and what `check` says; what it says as an error, the local CloudFormation refuses. */
const REFUSED: readonly (readonly [attribute: string, message: string])[] = [
  ['DeletionPolicy: Snapshot', `CloudFormation refuses Snapshot for this type, because it makes no snapshots of it. To keep the resource with its data, specify Retain. ${DELETION}.`], // oxfmt-ignore
  [
    'DeletionPolicy: retain',
    `${DELETION}, and CloudFormation refuses retain: did you mean Retain?`,
  ],
  ['DeletionPolicy: Keep', `${DELETION}, and CloudFormation refuses Keep.`],
  ['DeletionPolicy: [Retain]', `${DELETION}, as text.`],
  ['DeletionPolicy: !Ref P', `${DELETION}, as text. ${FUNCTION}`],
  ['DeletionPolicy: !If [C, Retain, Delete]', `${DELETION}, as text. ${FUNCTION}`],
  ['DeletionPolicy: null', 'DeletionPolicy is null, and CloudFormation refuses null: specify a value, or omit it.'], // oxfmt-ignore
  ['UpdateReplacePolicy: RetainExceptOnCreate', `${REPLACE}, and CloudFormation refuses RetainExceptOnCreate.`], // oxfmt-ignore
  ['UpdateReplacePolicy: delete', `${REPLACE}, and CloudFormation refuses delete: did you mean Delete?`], // oxfmt-ignore
  ['UpdateReplacePolicy: !Ref P', `${REPLACE}, as text. ${FUNCTION}`],
  ['Deletionpolicy: Retain', 'A resource has no attribute Deletionpolicy, and CloudFormation refuses it: did you mean DeletionPolicy?'], // oxfmt-ignore
  [
    'RemovalPolicy: Retain',
    'A resource has no attribute RemovalPolicy, and CloudFormation refuses it: omit it.',
  ],
  ['Tags: []', 'A resource has no attribute Tags, and CloudFormation refuses it: it is a property, so move it into Properties.'], // oxfmt-ignore
  ['Version: 1', 'A resource has no attribute Version, and CloudFormation refuses it: omit it.'],
  ['toString: 1', 'A resource has no attribute toString, and CloudFormation refuses it: omit it.'],
  ['Metadata: x', 'Metadata is an object, and CloudFormation refuses anything else.'],
  ['UpdatePolicy: !Ref P', 'UpdatePolicy is an object, and CloudFormation refuses anything else.'],
  ['CreationPolicy: x', 'CreationPolicy is an object, and CloudFormation refuses anything else.'],
  ['Condition: !Ref P', 'Condition is the name of one of the Conditions, as text: CloudFormation refuses a function or a list here.'], // oxfmt-ignore
  ['DependsOn: !Ref P', 'DependsOn is the logical ID of a resource, or a list of them, as text: CloudFormation refuses a function here.'], // oxfmt-ignore
  [
    'DependsOn: [Fs]',
    'Fs depends on itself, and CloudFormation refuses that: omit it from DependsOn.',
  ],
];

const SECTIONS = 'Parameters: {P: {Type: String, Default: Retain}}\nConditions: {C: !Equals [!Ref P, a]}'; // oxfmt-ignore

async function isRefusedLocally(text: string): Promise<boolean> {
  try {
    await scriptedStack().create(text);
    return false;
  } catch (thrown) {
    if (thrown instanceof ValidationError) return true;
    throw thrown;
  }
}

test.each(REFUSED)('%s is refused', async (attribute, message) => {
  const property = attribute.split(':')[0] ?? '';
  for (const resource of [OURS, NATIVE]) {
    const text = withAttribute(attribute, resource, SECTIONS);
    expect(told(text)).toEqual([`error ${property} resource-attribute: ${message}`]);
  }
  expect(await isRefusedLocally(withAttribute(attribute, OURS, SECTIONS))).toBe(true);
});

test.each([
  'DeletionPolicy: Delete',
  'DeletionPolicy: Retain',
  'DeletionPolicy: RetainExceptOnCreate',
  'UpdateReplacePolicy: Delete',
  'UpdateReplacePolicy: Retain',
  'Condition: C',
  'DependsOn: []',
  'Metadata: {a: 1}',
])('%s is accepted', async (attribute) => {
  expect(told(withAttribute(attribute, NATIVE, SECTIONS))).toEqual([]);
  expect(told(withAttribute(attribute, OURS, SECTIONS))).toEqual([]);
  expect(await isRefusedLocally(withAttribute(attribute, OURS, SECTIONS))).toBe(false);
});

test('UpdateReplacePolicy Snapshot is accepted by CloudFormation and loses the data', async () => {
  const text = withAttribute('UpdateReplacePolicy: Snapshot');
  expect(told(text)).toEqual([
    `error UpdateReplacePolicy resource-attribute: CloudFormation makes no snapshots of this type: instead of Snapshot it uses Delete, and the data of the old resource is lost. To keep it, specify Retain. ${REPLACE}.`,
  ]);
  expect(await isRefusedLocally(text)).toBe(false);
});

test.each([
  'UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}',
  'CreationPolicy: {ResourceSignal: {Count: 1}}',
])(
  // oxfmt-ignore
  '%s has no effect',
  (attribute) => {
    const name = attribute.split(':')[0];
    expect(told(withAttribute(attribute))).toEqual([
      `warning ${name} resource-attribute: ${name} has no effect: CloudFormation supports it for other types only. Omit it.`,
    ]);
  },
);

describe('with AWS::LanguageExtensions, functions are evaluated', () => {
  const policies = (allowed: string, transform = 'AWS::LanguageExtensions'): string[] =>
    told(
      withAttribute(
        'DeletionPolicy: !Ref Policy',
        OURS,
        `Transform: ${transform}\nParameters: {Policy: {Type: String, Default: Retain, AllowedValues: [${allowed}]}}`,
      ),
    );

  test('each allowed value that CloudFormation accepts', () => {
    expect(policies('Retain, Delete')).toEqual([]);
  });

  test('a default that CloudFormation refuses', () => {
    const text = `Transform: AWS::LanguageExtensions\nParameters: {Policy: {Type: String, Default: Snapshot}}`;
    expect(told(withAttribute('DeletionPolicy: !Ref Policy', OURS, text))).toHaveLength(1);
  });

  test('a function is left to another macro', () => {
    expect(policies('Retain', 'Mine')).toEqual([]);
  });

  test('an attribute that CloudFormation does not know is left to another macro', () => {
    const text = withAttribute(
      'Connectors: {A: {}}',
      OURS,
      'Transform: AWS::Serverless-2016-10-31',
    );
    expect(told(text)).toEqual([]);
    expect(told(withAttribute('Connectors: {A: {}}'))).toHaveLength(1);
  });

  test('the attributes of an Fn::ForEach are reported once', () => {
    const text = `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::All:\n    - Name\n    - [A, B]\n    - 'Fs\${Name}': ${OURS.replace('ATTRIBUTE', 'DeletionPolicy: Snapshot')}\n`;
    expect(told(text)).toHaveLength(1);
  });
});

test('an association is as its file system', () => {
  const text = `Resources:
  Fs: ${OURS.replace('ATTRIBUTE, ', '')}
  Link:
    Type: AWS::FSx::DataRepositoryAssociation
    DeletionPolicy: Snapshot
    Properties: {FileSystemId: !Ref Fs, FileSystemPath: /a, DataRepositoryPath: 's3://b-u-c/'}
`;
  expect(told(text)).toEqual([expect.stringMatching(/^error DeletionPolicy resource-attribute/)]);
});
