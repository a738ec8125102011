import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { isUnknown, UNKNOWN } from '../../local/stack/resolution';
import { NotModeled, ValidationError } from '../../local/stack/refusals';
import { Stack } from '../../local/stack/stack';
import { loadTemplate, parseTemplate, TemplateError } from '../../local/stack/template';
import { plainOf } from '../../src/template/node';
import { FILE_SYSTEM, scriptedStack, SUBNET } from './stacks';
import type { Options } from './stacks';

/** What CloudFormation says to a template that it refuses before anything begins. */
async function refusal(text: string, options: Options = {}): Promise<string> {
  const { create, story, events } = scriptedStack();
  const error = await create(text, options).then(
    (status) => {
      throw new Error(`It is accepted: ${status}`);
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ValidationError);
  expect([...story, ...events]).toEqual([]);
  return (error as ValidationError).message;
}

const LUSTRE = `{ Type: ${FILE_SYSTEM}, Properties: { SubnetIds: [${SUBNET}] } }`;

/** A property of a resource of which nothing is known, resolved before anything is deployed. */
function value(expression: string, rest = ''): unknown {
  const text = `Resources:
  Other: { Type: Custom::Thing, Properties: { Value: ${expression} } }
  Lustre: ${LUSTRE}
  Never: { Type: Custom::Thing, Condition: Neither }
${rest}
${rest.includes('Neither:') ? '' : 'Conditions: { Neither: !Equals [a, b] }'}`;
  const { stack } = scriptedStack();
  const accepted = stack.accept({ template: parseTemplate(text) });
  return accepted.properties('Other', () => undefined).Value;
}

const SECTIONS = `
Parameters:
  Size: { Type: Number, Default: 4800 }
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-0123456a, subnet-0123456b' }
  Name: { Type: String, Default: hpc }
Mappings:
  Tiers: { us-east-1: { fast: 1000, slow: [125, 250], tags: [{ Key: a, Value: 1 }] } }
Conditions:
  Big: !Equals [!Ref Size, '4800']
  Named: !Not [!Equals [!Ref Name, '']]
  Both: !And [{ Condition: Big }, !Condition Named]
  Neither: !Not [!Or [!Condition Big, !Condition Named]]
`;

describe('the values of functions', () => {
  test.each([
    ['text', "'6:00:00'", '6:00:00'],
    ['a number is text', '4800', '4800'],
    ['a boolean is text', 'true', 'true'],
    ['YAML 1.1: yes is true', 'yes', 'true'],
    ['YAML 1.1: a time is a number', '6:00:00', '21600'],
    ['YAML 1.1: a leading zero is octal', '0777', '511'],
    ['a date stays text', '2010-09-09', '2010-09-09'],
    ['Ref to a number', '!Ref Size', '4800'],
    ['Ref to a list', '!Ref Subnets', ['subnet-0123456a', 'subnet-0123456b']],
    ['Ref to the region', '!Ref AWS::Region', 'us-east-1'],
    ['Ref to the partition', '!Ref AWS::Partition', 'aws'],
    ['the long form', '{ Ref: Name }', 'hpc'],
    ['Sub', "!Sub '${Name}-${AWS::Region}'", 'hpc-us-east-1'],
    ['Sub of a number', "!Sub '${Size} GiB'", '4800 GiB'],
    ['Sub with variables', "!Sub ['${A}-${Name}', { A: !Ref Size }]", '4800-hpc'],
    ['Sub with a number that is written down', "!Sub ['${A}', { A: 1 }]", '1'],
    ['Sub with a literal', "!Sub '${!Name} ${Name}'", '${Name} hpc'],
    ['Sub leaves $ alone', "!Sub 'a $HOME $1 $& ${Name}'", 'a $HOME $1 $& hpc'],
    ['Join', "!Join ['-', [a, !Ref Name, 1]]", 'a-hpc-1'],
    ['Join of what has no value', "!Join ['-', [a, !Ref AWS::NoValue]]", 'a'],
    ['Split', "!Split [',', 'a,b']", ['a', 'b']],
    ['Select', "!Select ['1', !Split [',', 'a,b']]", 'b'],
    ['FindInMap', '!FindInMap [Tiers, !Ref AWS::Region, fast]', '1000'],
    ['FindInMap of a list', '!FindInMap [Tiers, us-east-1, slow]', ['125', '250']],
    [
      'FindInMap of a list of maps',
      '!FindInMap [Tiers, us-east-1, tags]',
      [{ Key: 'a', Value: '1' }],
    ],
    ['Base64', '!Base64 hello', 'aGVsbG8='],
    ['GetAZs', '!Select [0, !GetAZs ""]', 'us-east-1a'],
    ['GetAZs of a region', '!Select [2, !GetAZs eu-west-1]', 'eu-west-1c'],
    ['If, true', "!If [Both, 'yes', 'no']", 'yes'],
    ['If, false', "!If [Neither, 'yes', 'no']", 'no'],
    ['If without a value', "!If [Neither, 'yes', !Ref AWS::NoValue]", undefined],
    ['no value in a list', "[a, !If [Neither, 'yes', !Ref AWS::NoValue]]", ['a']],
    ['a policy condition', '{ Effect: Allow, Condition: { Bool: x } }', expect.anything()],
    ['Condition outside Conditions', '{ Condition: Text }', { Condition: 'Text' }],
    ['a branch that is not taken', '!If [Neither, !Ref Never, b]', 'b'],
  ])('%s', (_, expression, expected) => {
    expect(value(expression, SECTIONS)).toEqual(expected);
  });

  test.each([
    '!Ref Lustre',
    '!GetAtt Lustre.DNSName',
    "!Sub 'x ${Lustre}'",
    "!Sub ['${A}', { A: !GetAtt Lustre.DNSName }]",
    "!Join ['', [a, !Ref Lustre]]",
    "!Select [0, !Split [',', !GetAtt Lustre.MountName]]",
    '!Base64 { Ref: Lustre }',
    '!FindInMap [Tiers, us-east-1, !Ref Lustre]',
    "!If [Both, !Ref Lustre, 'no']",
  ])('%s is not known before the resource exists', (expression) => {
    expect(value(expression, SECTIONS)).toBe(UNKNOWN);
    expect(isUnknown(value(`[{ a: ${expression} }]`, SECTIONS))).toBe(true);
  });

  test('text without placeholders goes through Sub and Base64 unchanged', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('${'));
        const expression = JSON.stringify({ 'Fn::Base64': { 'Fn::Sub': text } });
        const encoded = value(expression) as string;
        expect(Buffer.from(encoded, 'base64').toString()).toBe(Buffer.from(text).toString());
      }),
    );
  });

  test('Split and Join undo each other', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]*$/), { minLength: 1 }), (parts) => {
        const split = { 'Fn::Split': [',', parts.join(',')] };
        expect(value(JSON.stringify(split))).toEqual(parts);
        expect(value(JSON.stringify({ 'Fn::Join': [',', split] }))).toBe(parts.join(','));
      }),
    );
  });
});

test.each([
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('a stack in %s is in the partition %s', async (region, partition, suffix) => {
  const text = `Resources: { Bucket: { Type: AWS::S3::Bucket } }
Outputs: { Out: { Value: !Sub '\${AWS::Partition} \${AWS::URLSuffix} \${Bucket.Arn}' } }`;
  const stack = new Stack({ region });
  await stack.create({ template: parseTemplate(text) });
  expect(stack.id).toMatch(`arn:${partition}:cloudformation:${region}:`);
  expect(stack.outputs.Out).toMatch(`${partition} ${suffix} arn:${partition}:s3:::`);
});

/** The words of CloudFormation where they are on record, by the function that says them. */
const JOIN =
  'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
const SPLIT =
  'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
const SELECT =
  'Template error: Fn::Select requires a list argument with two elements: an integer index and a list';
const GET_ATT =
  'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';
const SUB =
  "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
const CONTEXT =
  'Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string';
const EQUALS = 'Template error: every Fn::Equals object requires a list of 2 string parameters.';
const unresolved = (names: string, block = 'Resources') =>
  `Template format error: Unresolved resource dependencies [${names}] in the ${block} block of the template`;

describe('functions that are refused', () => {
  const FUNCTIONS: [expression: string, words: string][] = [
    ['!Join [a]', JOIN],
    ["!Join ['-', text]", JOIN],
    ['!Join [[a], [b]]', JOIN],
    ["!Join ['-', [[a]]]", JOIN],
    ["!Join ['-', [!Ref Subnets]]", JOIN],
    ["!Join ['-', [{ a: b }]]", JOIN],
    ["!Split [',']", SPLIT],
    ["!Split [',', [a]]", SPLIT],
    ["!Split [',', !Ref Subnets]", SPLIT],
    ['!Select [a, [b]]', SELECT],
    ['!Select [-1, [b]]', SELECT],
    ['!Select [0]', SELECT],
    ['!Select [0, text]', SELECT],
    ['!Select [!Ref Name, [b]]', SELECT],
    ['!Select [5, [a]]', 'Template error: Fn::Select cannot select nonexistent value at index 5'],
    ['!GetAtt Lustre', GET_ATT],
    ["{ 'Fn::GetAtt': [Lustre, ''] }", GET_ATT],
    ["{ 'Fn::GetAtt': [Lustre, a, b] }", GET_ATT],
    ["{ 'Fn::GetAtt': [!Ref Name, a] }", GET_ATT],
    [
      '!GetAtt Nope.Arn',
      'Template error: instance of Fn::GetAtt references undefined resource Nope',
    ],
    ['!Sub [a]', SUB],
    ['!Sub { a: b }', SUB],
    ['!Sub [!Ref Name, { a: b }]', SUB],
    ["!Sub ['${A}', { A: !Ref Subnets }]", CONTEXT],
    ["!Sub ['${A}', { A: { b: c } }]", CONTEXT],
    [
      "!Sub '${Subnets}'",
      'Template error: variable Subnets in Fn::Sub expression does not resolve to a string',
    ],
    [
      "!Sub '${ Name }'",
      'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    ],
    [
      "!Sub '${Nope.Arn}'",
      'Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn',
    ],
    [
      '!FindInMap [Tiers, us-east-1, x]',
      'Template error: Unable to get mapping for Tiers::us-east-1::x',
    ],
    ['!FindInMap [Nope, a, b]', 'Template error: Unable to get mapping for Nope::a::b'],
    [
      '!FindInMap [Tiers, us-east-1]',
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    ],
    ['!Base64 [a]', 'Template error: every Fn::Base64 object must have a String-typed value.'],
    [
      '!Base64 { Ref: Subnets }',
      'Template error: every Fn::Base64 object must have a String-typed value.',
    ],
    ['!If [Nope, 1, 2]', 'Template error: unresolved condition dependency Nope in Fn::If'],
    [
      '!If [Big, 1]',
      'Template error: every Fn::If object requires a list of 3 parameters, the condition name, the value if true and the value if false.',
    ],
    ['!Equals [a, a]', 'Template error: Fn::Equals cannot be partially collapsed'],
    ['{ A: !Not [!Equals [a, b]] }', 'Template error: Fn::Not cannot be partially collapsed'],
    ["{ 'Fn::Sub': a, B: c }", 'Template error: every Fn::Sub object must have no other member.'],
    ['!Sub [a, { B: !Ref Subnets }]', CONTEXT],
    ["!Split ['', a]", SPLIT],
    ['{ Ref: [a] }', 'Template error: every Ref object must have a single String value.'],
    ['!Ref Nope', unresolved('Nope')],
    ["!Sub '${Nope} ${AWS::Nope}'", unresolved('Nope, AWS::Nope')],
    ['!Ref constructor', unresolved('constructor')],
    ['!If [Neither, !Ref Nope, b]', unresolved('Nope')],
    ['!Ref Never', unresolved('Never')],
    ['!GetAtt Never.Arn', unresolved('Never')],
  ];
  test.each(FUNCTIONS)('%s', (expression, words) => {
    expect(() => value(expression, SECTIONS)).toThrow(new ValidationError(words));
  });

  test.each([['Fn::toString'], ['Fn::Contains'], ['Fn::Length'], ['Fn::ForEach::All']])(
    '%s is no function without a transform',
    (name) => {
      const attempt = () => value(JSON.stringify({ [name]: ['a'] }));
      expect(attempt).toThrow(`Encountered unsupported function: ${name} Supported functions are:`);
    },
  );

  test('the place is told beside the words', () => {
    const place = (expression: string): string | undefined => {
      try {
        value(expression, SECTIONS);
      } catch (error) {
        return (error as ValidationError).place;
      }
      return undefined;
    };
    expect(place('[{ A: !Select [5, [a]] }]')).toBe('Resources.Other.Properties.Value[0].A');
    expect(place('[{ A: !Join [a] }]')).toBe('Resources.Other.Properties.Value[0].A');
  });
});

describe('conditions that are refused', () => {
  const CONDITIONS_ONLY =
    'Template format error: Conditions can only be boolean operations on parameters and other conditions';
  const NOT = 'Template error: every Fn::Not object requires one boolean parameter.';
  const and = (name: string) =>
    `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`;
  test.each([
    ['a text', 'true', CONDITIONS_ONLY],
    ['a function that is none', '!Ref AWS::Region', CONDITIONS_ONLY],
    ['Equals of one', '!Equals [a]', EQUALS],
    ['Equals of a list', '!Equals [[a], b]', EQUALS],
    ['Equals of a condition', '!Equals [!Equals [a, b], true]', EQUALS],
    ['Not of two', '!Not [!Equals [a, b], !Equals [a, b]]', NOT],
    ['Not of text', "!Not ['true']", NOT],
    ['Not of a value', '!Not [!Ref AWS::Region]', NOT],
    ['Not of an import', '!Not [!ImportValue a]', NOT],
    ['an import', '!Equals [!ImportValue a, b]', CONDITIONS_ONLY],
    ['And of one', '!And [!Equals [a, b]]', and('Fn::And')],
    ['Or of eleven', `!Or [${'!Equals [a, b], '.repeat(11)}]`, and('Fn::Or')],
    [
      'another that is not there',
      '!Not [!Condition Nope]',
      'Template error: unresolved condition dependency Nope in Condition',
    ],
    [
      'a resource',
      '!Equals [!Ref Lustre, a]',
      'Template format error: Unresolved dependencies [Lustre]. Cannot reference resources in the Conditions block of the template',
    ],
    ['itself', '!Not [!Condition C]', 'Template error: Found circular condition dependency with C'],
  ])('%s', async (_, condition, words) => {
    const text = `Resources: { Lustre: ${LUSTRE} }\nConditions: { C: ${condition} }`;
    expect(await refusal(text)).toBe(words);
  });
});

test('conditions that all ask the one before twice are decided in no time', () => {
  const conditions = Array.from(
    { length: 60 },
    (_, n) => `  C${n + 1}: !And [!Condition C${n}, !Condition C${n}]`,
  );
  const rest = `Conditions:\n  Neither: !Equals [a, b]\n  C0: !Equals [a, a]\n${conditions.join('\n')}`;
  expect(value("!If [C60, 'yes', 'no']", rest)).toBe('yes');
});

describe('documents that are refused', () => {
  const resource = (members: string) => `Resources: { A: { Type: Custom::A, ${members} } }`;
  const parameter = (members: string) =>
    `Resources: { Lustre: ${LUSTRE} }\nParameters: { P: { ${members} } }`;
  const mappings = (text: string) => `Resources: { Lustre: ${LUSTRE} }\nMappings: ${text}`;
  const output = (members: string) =>
    `Resources: { Lustre: ${LUSTRE} }\nOutputs: { Out: { ${members} } }`;
  const DOCUMENTS: [what: string, text: string, words: string][] = [
    ['text', 'hello', 'Template format error: unsupported structure.'],
    ['nothing', '', 'Template format error: unsupported structure.'],
    ['a list', '[1]', 'Template format error: unsupported structure.'],
    [
      'broken YAML',
      'Resources:\n  A: [',
      'Template format error: YAML not well-formed. (line 2, column 7)',
    ],
    [
      'broken JSON',
      '{ "Resources": { }, }',
      'Template format error: JSON not well-formed. (line 1, column 21)',
    ],
    [
      'an unknown tag',
      'Resources: { A: !Nope b }',
      'Template format error: YAML not well-formed. (line 1, column 17)',
    ],
    [
      'a tag of YAML that CloudFormation does not read',
      'Resources: { A: !!binary b }',
      'Template format error: YAML not well-formed. (line 1, column 26)',
    ],
    [
      'a merge',
      'Resources:\n  A:\n    <<: {}',
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    [
      'a circle of conditions',
      `Resources: { Lustre: ${LUSTRE} }
Conditions: { A: !Equals [a, a], B: !Or [!Condition A, !Condition C], C: !Not [!Condition B] }`,
      'Template error: Found circular condition dependency with B',
    ],
    [
      'a member twice',
      'Resources: {}\nResources: {}',
      'Template format error: YAML not well-formed. (line 2, column 1)',
    ],
    [
      'an alias',
      `Resources: { A: &a ${LUSTRE}, B: *a }`,
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    [
      'null',
      output('Value: null'),
      "[/Outputs/Out/Value] 'null' values are not allowed in templates",
    ],
    [
      'unknown sections',
      `Resources: { Lustre: ${LUSTRE} }\nResource: {}\nOther: 1`,
      'Invalid template property or properties [Resource, Other]',
    ],
    [
      'no resources',
      'Description: nothing',
      'Template format error: At least one Resources member must be defined.',
    ],
    [
      'empty resources',
      'Resources: {}',
      'Template format error: At least one Resources member must be defined.',
    ],
    [
      'a resource that is text',
      'Resources: { A: text }',
      'Template format error: Any Resources member must be an object.',
    ],
    [
      'a list of outputs',
      `Resources: { Lustre: ${LUSTRE} }\nOutputs: []`,
      'Template format error: Any Outputs member must be an object.',
    ],
    [
      'a resource without a type',
      'Resources: { A: { Properties: {} } }',
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    ],
    [
      'an unknown member of a resource',
      resource('Invalid: 10'),
      "Invalid template resource property 'Invalid'",
    ],
    [
      'properties that are text',
      resource('Properties: text'),
      'Template format error: Every Properties member must be an object.',
    ],
    [
      'a policy that is a function',
      resource('DeletionPolicy: !Ref AWS::Region'),
      'Template format error: Every DeletionPolicy member must be a string.',
    ],
    [
      'an unknown policy',
      resource('DeletionPolicy: Keep'),
      'Template format error: Unrecognized DeletionPolicy Keep for resource A',
    ],
    [
      'RetainExceptOnCreate at a replacement',
      resource('UpdateReplacePolicy: RetainExceptOnCreate'),
      'Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource A',
    ],
    [
      'a snapshot of a type without',
      `Resources: { A: { Type: ${FILE_SYSTEM}, DeletionPolicy: Snapshot } }`,
      `Template error: resource type ${FILE_SYSTEM} does not support deletion policy Snapshot`,
    ],
    [
      'a condition that is no text',
      resource('Condition: [a]'),
      'Template format error: Every Condition member must be a string.',
    ],
    [
      'an unknown type',
      'Resources: { A: { Type: Pangea::FSx::LustreFilesystem }, B: { Type: Nope } }',
      'Template format error: Unrecognized resource types: [Pangea::FSx::LustreFilesystem, Nope]',
    ],
    [
      'a name with a hyphen',
      'Resources: { a-b: { Type: Custom::A } }',
      'Template format error: Resource name a-b is non alphanumeric.',
    ],
    [
      'a name of 256 characters',
      `Resources: { ${'a'.repeat(256)}: { Type: Custom::A } }`,
      `Template format error: Resource name ${'a'.repeat(256)} is longer than 255 characters.`,
    ],
    ['a dependency on nothing', resource('DependsOn: Nope'), unresolved('Nope')],
    [
      'a dependency on a parameter',
      `${resource('DependsOn: P')}\nParameters: { P: { Type: String, Default: a } }`,
      unresolved('P'),
    ],
    [
      'a circle',
      'Resources: { A: { Type: Custom::A, Properties: { X: !Ref B } }, B: { Type: Custom::A, DependsOn: C }, C: { Type: Custom::A, DependsOn: A } }',
      'Circular dependency between resources: [A, B, C]',
    ],
    [
      'a condition that is not there',
      resource('Condition: Nope'),
      'Template error: unresolved condition dependency Nope in the Resources block of the template',
    ],
    [
      'another format version',
      "AWSTemplateFormatVersion: '2020-01-01'",
      'Template format error: Unrecognized AWSTemplateFormatVersion 2020-01-01. Use 2010-09-09.',
    ],
    [
      'a description that is no text',
      'Description: [a]\nResources: { A: { Type: Custom::A } }',
      'Template format error: Every Description member must be a string.',
    ],
    [
      'a parameter without a type',
      parameter('Default: a'),
      'Template format error: [/Parameters/P] Every Parameters object must contain a Type member.',
    ],
    [
      'a parameter of another type',
      parameter('Type: Integer'),
      'Template format error: Unrecognized parameter type: Integer',
    ],
    [
      'a list parameter of key pairs',
      parameter("Type: 'List<AWS::EC2::KeyPair::KeyName>'"),
      'Template format error: Unrecognized parameter type: List<AWS::EC2::KeyPair::KeyName>',
    ],
    [
      'a default that is a list',
      parameter('Type: CommaDelimitedList, Default: [a, b]'),
      'Template format error: Every Default member must be a string.',
    ],
    [
      'an allowed value that is a map',
      parameter('Type: String, AllowedValues: [{ a: b }]'),
      'Template format error: Every AllowedValues member must be a list.',
    ],
    [
      'an unknown member of a parameter',
      parameter('Type: String, Allowed: [a]'),
      "Invalid template parameter property 'Allowed'",
    ],
    [
      'a mapping of one level',
      mappings('{ Map: { A: text } }'),
      'Template format error: Every Mappings member A must be a map',
    ],
    [
      'a mapping of three levels',
      mappings('{ Map: { A: { b: { c: d } } } }'),
      'Template format error: Every Mappings attribute must be a String or a List.',
    ],
    [
      'a function in a mapping',
      mappings('{ Map: { A: { b: !Ref AWS::Region } } }'),
      'Template format error: Every Mappings attribute must be a String or a List.',
    ],
    [
      'a function in a list of a mapping',
      mappings('{ Map: { A: { b: [!Ref AWS::Region] } } }'),
      'Template format error: Every Mappings attribute must be a String or a List.',
    ],
    [
      'a mapping attribute with a hyphen',
      mappings('{ Map: { us-east-1: { a-b: c } } }'),
      'Template format error: Mappings attribute name a-b is non alphanumeric.',
    ],
    [
      'an output without a value',
      output('Description: nothing'),
      'Template format error: Every Outputs member must contain a Value object',
    ],
    [
      'an output of a list',
      output('Value: [a]'),
      'Template format error: The Value field of every Outputs member must evaluate to a String and not a List.',
    ],
    [
      'an output of a map',
      output('Value: { a: b }'),
      'Template format error: Every Value member must be a string.',
    ],
    ['an output of nothing', output('Value: !Ref Nope'), unresolved('Nope', 'Outputs')],
    [
      'an output of what does not exist',
      `Resources: { Lustre: ${LUSTRE}, Never: { Type: Custom::A, Condition: Off1 } }
Conditions: { Off1: !Equals [a, b] }
Outputs: { Out: { Value: !Ref Never } }`,
      'Unresolved resource dependencies [Never] in the Outputs block of the template',
    ],
    [
      'an export without a name',
      output('Value: a, Export: {}'),
      'Template format error: Output Out is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.',
    ],
    [
      'an export named after a resource',
      output('Value: a, Export: { Name: !Ref Lustre }'),
      'Template format error: Output Out is malformed. The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.',
    ],
    [
      'an export twice',
      `Resources: { Lustre: ${LUSTRE} }
Outputs: { A: { Value: a, Export: { Name: x } }, B: { Value: b, Export: { Name: !Sub x } } }`,
      'Template format error: Export name x is used by more than one output: [A, B]',
    ],
  ];
  test.each(DOCUMENTS)('%s', async (_, text, words) => {
    expect(await refusal(text)).toBe(words);
  });

  test.each(['Transform: AWS::LanguageExtensions', 'Hooks: {}'])(
    '%s is refused openly: it is not carried out here',
    (section) => {
      const attempt = () => parseTemplate(`Resources: { Lustre: ${LUSTRE} }\n${section}`);
      expect(attempt).toThrow(NotModeled);
    },
  );

  test('UpdateReplacePolicy Snapshot means Delete where there are no snapshots', () => {
    const text = `Resources: { A: { Type: ${FILE_SYSTEM}, UpdateReplacePolicy: Snapshot } }`;
    expect(parseTemplate(text).resources.A?.updateReplacePolicy).toBe('Snapshot');
  });

  test('JSON is read as well', () => {
    const text = JSON.stringify({ Resources: { A: { Type: FILE_SYSTEM, Properties: { N: 1 } } } });
    const { properties } = parseTemplate(text).resources.A ?? {};
    expect(properties && plainOf(properties)).toEqual({ N: 1 });
  });
});

describe('quotas', () => {
  const many = (count: number, member: (n: number) => string): string =>
    `{ ${Array.from({ length: count }, (_, n) => member(n)).join(', ')} }`;
  const lustre = `Resources: { Lustre: ${LUSTRE} }`;
  test.each([
    [
      'resources',
      500,
      (count: number) => `Resources: ${many(count, (n) => `A${n}: { Type: Custom::A }`)}`,
    ],
    [
      'parameters',
      200,
      (count: number) =>
        `${lustre}\nParameters: ${many(count, (n) => `P${n}: { Type: String, Default: a }`)}`,
    ],
    [
      'mappings',
      200,
      (count: number) => `${lustre}\nMappings: ${many(count, (n) => `M${n}: { a: { b: c } }`)}`,
    ],
    [
      'attributes',
      200,
      (count: number) => `${lustre}\nMappings: { M: { a: ${many(count, (n) => `b${n}: c`)} } }`,
    ],
    [
      'outputs',
      200,
      (count: number) => `${lustre}\nOutputs: ${many(count, (n) => `O${n}: { Value: a }`)}`,
    ],
  ])('%s', async (what, most, text) => {
    expect(await scriptedStack().create(text(most), { upload: 's3' })).toBe('CREATE_COMPLETE');
    expect(await refusal(text(most + 1), { upload: 's3' })).toBe(
      `Template format error: Number of ${what}, ${most + 1}, is greater than maximum allowed, ${most}`,
    );
  });

  test('the size of a template, by how it is given', async () => {
    const sized = (bytes: number) => `${lustre}\n#`.padEnd(bytes, 'x');
    const create = (bytes: number, upload: 'body' | 's3') =>
      scriptedStack().create(sized(bytes), { upload });
    expect(await create(51_200, 'body')).toBe('CREATE_COMPLETE');
    expect(await refusal(sized(51_201))).toMatch(
      /^1 validation error detected: Value 'Resources.*' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200$/s,
    );
    expect(await create(1_000_000, 's3')).toBe('CREATE_COMPLETE');
    expect(await refusal(sized(1_000_001), { upload: 's3' })).toBe(
      'Template may not exceed 1000000 bytes in size.',
    );
  });

  test('the description of the template and of an output, in bytes', async () => {
    const words = "Template format error: 'Description' length is greater than 1024.";
    const text = (description: string) => `Description: ${description}\n${lustre}`;
    expect(await scriptedStack().create(text('a'.repeat(1024)))).toBe('CREATE_COMPLETE');
    expect(await refusal(text('ä'.repeat(513)))).toBe(words);
    const output = `${lustre}\nOutputs: { A: { Value: a, Description: ${'a'.repeat(1025)} } }`;
    expect(await refusal(output)).toBe(words);
  });
});

describe('parameters', () => {
  const text = (parameter: string) =>
    `Resources: { Lustre: ${LUSTRE} }\nParameters: { P: ${parameter} }\nOutputs: { Out: { Value: !Ref P } }`;

  test.each([
    ['a value goes before the default', '{ Type: String, Default: a }', 'b', 'b'],
    ['a blank value is one', '{ Type: String }', '', ''],
    ['a number is text', '{ Type: Number, Default: 1.5 }', undefined, '1.5'],
    ['a number as it was given', '{ Type: Number }', '1000.0', '1000.0'],
    ['a pattern that matches', "{ Type: String, AllowedPattern: 'a+' }", 'aa', 'aa'],
    ['allowed numbers', '{ Type: Number, AllowedValues: [1200, 2400] }', '2400', '2400'],
    ['a length that fits', "{ Type: String, MinLength: 1, MaxLength: '2' }", 'ab', 'ab'],
  ])('%s', async (_, parameter, given, expected) => {
    const { stack, create } = scriptedStack();
    const parameters: Record<string, string> = given === undefined ? {} : { P: given };
    await create(text(parameter), { parameters });
    expect(stack.outputs).toEqual({ Out: expected });
  });

  test.each([
    ['no value', '{ Type: String }', undefined, 'Parameters: [P] must have values'],
    [
      'not allowed',
      '{ Type: String, AllowedValues: [a, b] }',
      'c',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [
      'a default that is not allowed',
      '{ Type: String, Default: c, AllowedValues: [a] }',
      undefined,
      "Parameter 'P' must be one of AllowedValues",
    ],
    [
      'no match',
      "{ Type: String, AllowedPattern: 'x+' }",
      'y',
      "Parameter 'P' must match pattern x+",
    ],
    [
      'a match of a part',
      "{ Type: String, AllowedPattern: 'x' }",
      'xx',
      "Parameter 'P' must match pattern x",
    ],
    [
      'the own words of a constraint',
      "{ Type: String, AllowedPattern: 'x', ConstraintDescription: only x }",
      'y',
      'Parameter P failed to satisfy constraint: only x',
    ],
    ['no number', '{ Type: Number }', 'many', "Parameter 'P' must be a number."],
    ['a blank number', '{ Type: Number }', '', "Parameter 'P' must be a number."],
    [
      'one of a list no number',
      "{ Type: 'List<Number>' }",
      '1,b',
      "Parameter 'P' must be a number.",
    ],
    [
      'too small',
      '{ Type: Number, MinValue: 5 }',
      '4',
      "Parameter 'P' must be a number not less than 5",
    ],
    [
      'too large',
      "{ Type: Number, MaxValue: '5' }",
      '6',
      "Parameter 'P' must be a number not greater than 5",
    ],
    [
      'too short',
      '{ Type: String, MinLength: 12 }',
      'abc',
      "Parameter 'P' must contain at least 12 characters",
    ],
    [
      'too long',
      '{ Type: String, MaxLength: 2 }',
      'abc',
      "Parameter 'P' must contain at most 2 characters",
    ],
    [
      'one of a list not allowed',
      '{ Type: CommaDelimitedList, AllowedValues: [a, b] }',
      'a, c',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [
      'a subnet that cannot be',
      "{ Type: 'AWS::EC2::Subnet::Id' }",
      'vpc-0123456789abcdef0',
      'Parameter validation failed: parameter value vpc-0123456789abcdef0 for parameter name P does not exist',
    ],
    [
      'over 4,096 bytes',
      '{ Type: String }',
      'a'.repeat(4097),
      "Template format error: Parameter 'P' value is longer than 4096 bytes.",
    ],
  ])('%s', async (_, parameter, given, words) => {
    const parameters: Record<string, string> = given === undefined ? {} : { P: given };
    expect(await refusal(text(parameter), { parameters })).toBe(words);
  });

  test('those that the template has not are named, and so are those without values', async () => {
    const own = text('{ Type: String, Default: a }');
    const given = { parameters: { A: '1', P: 'b', B: '2' } };
    expect(await refusal(own, given)).toBe('Parameters: [A, B] do not exist in the template');
    const two = `Resources: { Lustre: ${LUSTRE} }\nParameters: { A: { Type: String }, B: { Type: String } }`;
    expect(await refusal(two)).toBe('Parameters: [A, B] must have values');
  });
});

describe('resources of other types', () => {
  const OTHERS = `
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: a, VpcId: vpc-12345678 } }
  Subnet: { Type: 'AWS::EC2::Subnet' }
  Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
  Key: { Type: 'AWS::KMS::Key' }
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: data } }
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: /aws/fsx/demo } }
  Role: { Type: 'AWS::IAM::Role' }
  Topic: { Type: 'AWS::SNS::Topic' }
`;
  const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  const outputOf = async (expression: string) => {
    const { stack, create, story } = scriptedStack();
    await create(
      `Resources:\n  Lustre: ${LUSTRE}${OTHERS}\nOutputs: { Out: { Value: ${expression} } }`,
      { capabilities: ['CAPABILITY_IAM'] },
    );
    return stack.outputs.Out ?? story.find((line) => line.startsWith('ROLLBACK_IN_PROGRESS'));
  };

  test.each([
    ['!Ref Group', /^sg-0[0-9a-f]{16}$/],
    ['!GetAtt Group.GroupId', /^sg-0[0-9a-f]{16}$/],
    ['!GetAtt Group.VpcId', /^vpc-12345678$/],
    ['!Ref Subnet', /^subnet-0[0-9a-f]{16}$/],
    ['!Ref Key', new RegExp(`^${UUID}$`)],
    ['!GetAtt Key.Arn', new RegExp(`^arn:aws:kms:us-east-1:123456789012:key/${UUID}$`)],
    ["!Sub 's3://${Bucket}/in'", /^s3:\/\/data\/in$/],
    ['!GetAtt Bucket.Arn', /^arn:aws:s3:::data$/],
    ['!GetAtt Logs.Arn', /^arn:aws:logs:us-east-1:123456789012:log-group:\/aws\/fsx\/demo:\*$/],
    ['!GetAtt Role.Arn', /^arn:aws:iam::123456789012:role\/demo-role-[0-9a-f]{12}$/],
    ['!Ref Topic', /^arn:aws:sns:us-east-1:123456789012:demo-topic-[0-9a-f]{12}$/],
    ['!GetAtt Topic.TopicArn', /^arn:aws:sns:us-east-1:123456789012:demo-topic-[0-9a-f]{12}$/],
  ])('%s is well-formed and always the same', async (expression, form) => {
    const value = await outputOf(expression);
    expect(value).toMatch(form);
    expect(await outputOf(expression)).toBe(value);
  });

  test.each([
    [
      '!GetAtt Bucket.Nope',
      '[Error] /Outputs/Out/Value/Fn::GetAtt: Resource type AWS::S3::Bucket does not support attribute {Nope}.',
    ],
    [
      '!GetAtt Network.EnableDnsHostnames',
      'Template format error: Every Value member must be a string.',
    ],
    [
      '!GetAtt Network.CidrBlockAssociations',
      'Template format error: Every Value member must be a string.',
    ],
  ])('%s is refused as CloudFormation does', async (expression, words) => {
    expect(await outputOf(expression)).toBe(
      `ROLLBACK_IN_PROGRESS: ${words} Rollback requested by user.`,
    );
  });
});

describe('a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'template-'));
  });

  test('that is missing', () => {
    expect(() => loadTemplate(join(folder, 'none.yaml'))).toThrow(
      /^There is no file .*none\.yaml\.$/,
    );
  });

  test('that is a folder', () => {
    expect(() => loadTemplate(folder)).toThrow(TemplateError);
    expect(() => loadTemplate(folder)).toThrow('cannot be read: it is a folder.');
  });

  test('is read', () => {
    const file = join(folder, 'stack.yaml');
    writeFileSync(file, `Resources: { Lustre: ${LUSTRE} }`);
    expect(Object.keys(loadTemplate(file).resources)).toEqual(['Lustre']);
  });
});
