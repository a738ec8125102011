import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Stack } from '../../local/stack';
import type { StackOptions } from '../../local/stack';
import { loadTemplate, parseTemplate, TemplateError } from '../../local/template';

const FILE_SYSTEM = 'Pangea::FSx::LustreFileSystem';

/** A stack with one resource of ours, whose property Value is the expression. */
function stack(expression: string, rest = '', options: StackOptions = {}): Stack {
  const text = `
Resources:
  Lustre:
    Type: ${FILE_SYSTEM}
    Properties:
      Value: ${expression}
${rest}`;
  return new Stack(parseTemplate(text), options);
}

const value = (...given: Parameters<typeof stack>): unknown =>
  stack(...given).propertiesOf('Lustre').Value;

const PARAMETERS = `
Parameters:
  Size: { Type: Number, Default: 4800 }
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1, subnet-2' }
  Name: { Type: String, Default: hpc }
Mappings:
  Tiers: { us-east-1: { fast: 1000, slow: 125 } }
Conditions:
  Big: !Equals [!Ref Size, '4800']
  Named: !Not [!Equals [!Ref Name, '']]
  Both: !And [{ Condition: Big }, !Condition Named]
  Neither: !Not [!Or [!Condition Big, !Condition Named]]
`;

describe('intrinsic functions', () => {
  test.each([
    ['text', '6:00:00', '6:00:00'],
    ['a number', '4800', 4800],
    ['Ref to a parameter', '!Ref Size', '4800'],
    ['Ref to a list parameter', '!Ref Subnets', ['subnet-1', 'subnet-2']],
    ['Ref to the region', '!Ref AWS::Region', 'us-east-1'],
    ['Ref to the partition', '!Ref AWS::Partition', 'aws'],
    ['the long form', '{ Ref: Name }', 'hpc'],
    ['Sub', "!Sub '${Name}-${AWS::Region}'", 'hpc-us-east-1'],
    ['Sub with variables', "!Sub ['${A}-${Name}', { A: !Ref Size }]", '4800-hpc'],
    ['Sub with a literal', "!Sub '${!Name} ${Name}'", '${Name} hpc'],
    ['Sub leaves $ alone', "!Sub 'a $HOME $1 $& ${Name}'", 'a $HOME $1 $& hpc'],
    ['Join', "!Join ['-', [a, !Ref Name]]", 'a-hpc'],
    ['Split', "!Split [',', 'a,b']", ['a', 'b']],
    ['Select', "!Select ['1', !Split [',', 'a,b']]", 'b'],
    ['FindInMap', '!FindInMap [Tiers, !Ref AWS::Region, fast]', 1000],
    ['Base64', '!Base64 hello', 'aGVsbG8='],
    ['GetAZs', '!Select [0, !GetAZs ""]', 'us-east-1a'],
    ['GetAZs of a region', '!Select [2, !GetAZs eu-west-1]', 'eu-west-1c'],
    ['If, true', '!If [Both, yes, no]', 'yes'],
    ['If, false', '!If [Neither, yes, no]', 'no'],
    ['If without a value', '!If [Neither, yes, !Ref AWS::NoValue]', undefined],
    ['no value in a list', '[a, !If [Neither, yes, !Ref AWS::NoValue]]', ['a']],
    ['a policy condition', '{ Effect: Allow, Condition: { Bool: x } }', expect.anything()],
  ])('%s', (_, expression, expected) => {
    expect(value(expression, PARAMETERS)).toEqual(expected);
  });

  test.each([
    ['Ref to nothing', '!Ref Nope', 'Ref to Nope, which is neither a parameter nor a resource.'],
    ['GetAtt of nothing', '!GetAtt Nope.Arn', 'Fn::GetAtt of Nope, which is not a resource.'],
    ['GetAtt without attribute', '!GetAtt Other', 'Fn::GetAtt needs a resource and an attribute'],
    ['an export', '!ImportValue vpc', 'export vpc of another stack is not known here'],
    ['an unknown condition', '!If [Nope, 1, 2]', 'Nope is not a condition.'],
    ['an unknown function', '{ "Fn::Cidr": [a, 1, 2] }', 'Fn::Cidr is not supported here.'],
    ['a wrong argument', '!Join [a]', 'Fn::Join needs 2 values, not 1.'],
    ['an index too large', '!Select [5, [a]]', 'index 5 is not in a list of 1.'],
    ['a missing mapping', '!FindInMap [Tiers, us-east-1, x]', 'no Tiers.us-east-1.x in Mappings.'],
    ['a list inside text', "!Sub '${Subnets}'", '${Subnets} is a list; join it first.'],
    ['an inherited name', '!Ref constructor', 'Ref to constructor, which is neither'],
    ['a missing function', '{ "Fn::toString": a }', 'Fn::toString is not supported here.'],
  ])('%s is refused, with the place', (_, expression, message) => {
    const attempt = (): unknown => value(expression, PARAMETERS);
    expect(attempt).toThrow(TemplateError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow('template: Resources.Lustre.Properties.Value: ');
  });

  test('the place inside a list and a map is named', () => {
    expect(() => value('[{ A: !Ref Nope }]')).toThrow('Properties.Value[0].A: Ref to Nope');
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

describe('parameters', () => {
  const named = (parameter: string, given?: string): unknown =>
    value('!Ref P', `Parameters: { P: ${parameter} }`, {
      parameters: given === undefined ? {} : { P: given },
    });

  test('a given value goes before the default', () => {
    expect(named('{ Type: String, Default: a }', 'b')).toBe('b');
  });

  test.each([
    [
      'without a default',
      '{ Type: String }',
      undefined,
      'no default; give one with --parameter P=VALUE.',
    ],
    ['not allowed', '{ Type: String, AllowedValues: [a, b] }', 'c', '"c" is not one of a, b.'],
    ['not matching', "{ Type: String, AllowedPattern: 'x+' }", 'y', '"y" does not match x+.'],
    ['not a number', '{ Type: Number }', 'many', '"many" is not a number.'],
  ])('%s', (_, parameter, given, message) => {
    expect(() => named(parameter, given)).toThrow(message);
  });

  test('a parameter that is not there is refused', () => {
    expect(() => value('1', '', { parameters: { Size: '1' } })).toThrow('has no parameter Size');
  });
});

describe('resources of other types', () => {
  const others = `
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: vpc-12345678 } }
  Subnet: { Type: 'AWS::EC2::Subnet' }
  Key: { Type: 'AWS::KMS::Key' }
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: data } }
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: /aws/fsx/demo } }
  Role: { Type: 'AWS::IAM::Role' }
`;
  const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

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
  ])('%s is well-formed and always the same', (expression, form) => {
    expect(value(expression, others)).toMatch(form);
    expect(value(expression, others)).toBe(value(expression, others));
  });
});

describe('resources of our type', () => {
  const CHAIN = `
Resources:
  Second:
    Type: ${FILE_SYSTEM}
    Properties: { Tags: [{ Key: after, Value: !Sub '\${Between}' }] }
  Between: { Type: AWS::S3::Bucket, Properties: { BucketName: !GetAtt First.DNSName } }
  First: { Type: ${FILE_SYSTEM} }
  Last: { Type: ${FILE_SYSTEM}, DependsOn: Second }
  Never: { Type: ${FILE_SYSTEM}, Condition: No }
Conditions: { No: !Equals [a, b] }
Outputs:
  Name: { Value: !GetAtt First.DNSName }
  Storage: { Value: !GetAtt First.EstimatedMonthlyCostBreakdown.Storage }
  Hidden: { Condition: No, Value: !Ref Never }
`;
  const MODEL = {
    FileSystemId: 'fs-0123456789abcdef0',
    DNSName: 'fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com',
    EstimatedMonthlyCostBreakdown: { Storage: '672.00' },
  };

  test('come in the order in which they depend on each other, and only where their condition holds', () => {
    expect(new Stack(parseTemplate(CHAIN)).logicalIds).toEqual(['First', 'Second', 'Last']);
  });

  test('are referred to once they are created', () => {
    const chain = new Stack(parseTemplate(CHAIN));
    expect(() => chain.propertiesOf('Second')).toThrow('First is not created yet');
    chain.created('First', MODEL);
    expect(chain.propertiesOf('Second')).toEqual({
      Tags: [{ Key: 'after', Value: MODEL.DNSName }],
    });
    expect(chain.outputs()).toEqual({ Name: MODEL.DNSName, Storage: '672.00' });
    expect(chain.dependents().map(({ logicalId }) => logicalId)).toEqual(['Between']);
  });

  test.each(['StorageCapacity', 'Nope', 'EstimatedMonthlyCostBreakdown.ReadCache'])(
    'have no attribute %s',
    (attribute) => {
      const text = `
Resources: { Lustre: { Type: ${FILE_SYSTEM} } }
Outputs: { Out: { Value: !GetAtt Lustre.${attribute} } }`;
      const one = new Stack(parseTemplate(text));
      one.created('Lustre', { ...MODEL, StorageCapacity: 1200 });
      expect(() => one.outputs()).toThrow(
        `Outputs.Out.Value: Lustre has no attribute ${attribute}.`,
      );
    },
  );
});

describe('what is not a template of ours', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'template-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const load = (text: string): Stack => {
    const file = join(folder, 'stack.yaml');
    writeFileSync(file, text);
    return new Stack(loadTemplate(file));
  };

  test('a missing file', () => {
    expect(() => loadTemplate(join(folder, 'none.yaml'))).toThrow(
      /^There is no file .*none\.yaml\.$/,
    );
  });

  test('a folder', () => {
    expect(() => loadTemplate(folder)).toThrow('cannot be read');
  });

  test.each([
    ['text', 'hello', 'is not a CloudFormation template: it has no Resources.'],
    ['nothing', '', 'is not a CloudFormation template'],
    ['a list', '[1]', 'is not a CloudFormation template'],
    ['broken YAML', 'Resources: {', 'cannot be parsed: '],
    ['an unknown tag', 'Resources: { A: !Nope b }', 'cannot be parsed: Unresolved tag: !Nope'],
    ['a member twice', 'Resources: {}\nResources: {}', 'cannot be parsed: Map keys must be unique'],
    ['a resource without a type', 'Resources: { A: {} }', 'Resources.A has no Type.'],
    ['a list of outputs', 'Resources: {}\nOutputs: []', 'Outputs has to be a mapping.'],
    ['no resource', 'Resources: {}', `There is no resource of type ${FILE_SYSTEM} in `],
    [
      'only other types',
      'Resources: { A: { Type: AWS::S3::Bucket } }',
      `There is no resource of type ${FILE_SYSTEM} in `,
    ],
    [
      'a circle',
      `Resources: { A: { Type: ${FILE_SYSTEM}, Properties: { X: !Ref B } }, B: { Type: T, DependsOn: A } }`,
      'has a circular reference: A -> B -> A.',
    ],
    [
      'a dependency on nothing',
      `Resources: { A: { Type: ${FILE_SYSTEM}, DependsOn: B } }`,
      'A depends on B, which is not a resource.',
    ],
    [
      'a condition on itself',
      `Resources: { A: { Type: ${FILE_SYSTEM}, Condition: C } }\nConditions: { C: !Not [!Condition C] }`,
      'condition C refers to itself',
    ],
  ])('%s', (_, text, message) => {
    expect(() => load(text)).toThrow(TemplateError);
    expect(() => load(text)).toThrow(message);
  });

  test('JSON is read as well', () => {
    const text = JSON.stringify({ Resources: { A: { Type: FILE_SYSTEM, Properties: { N: 1 } } } });
    expect(load(text).propertiesOf('A')).toEqual({ N: 1 });
  });
});
