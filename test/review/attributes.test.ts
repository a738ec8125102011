/** References to attributes, in all their forms. */
import schema from '../../schema.json';
import { OURS } from '../../src/review/resource-types';
import { check } from '../../src/review/check';
import { brief, withProperties } from './findings';

const VALID = 'StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]';

const output = (value: string): string =>
  withProperties(VALID, `Outputs:\n  O:\n    Value: ${value}`);

test('the attributes are those of the schema', () => {
  const names = schema.readOnlyProperties.map((path) =>
    path.replace('/properties/', '').replace('/', '.'),
  );
  expect([...OURS.attributes].sort()).toEqual(names.sort());
});

test('the attributes that are no text are those of the schema', () => {
  const properties: Record<string, { type?: string; $ref?: string }> = schema.properties;
  const others = schema.readOnlyProperties
    .map((path) => path.replace('/properties/', ''))
    .filter((name) => !name.includes('/') && properties[name]?.type !== 'string')
    .map((name) => [name, properties[name]?.type === 'array' ? 'list' : 'object']);
  expect(Object.fromEntries(OURS.kinds)).toEqual(Object.fromEntries(others));
});

test.each([
  ['!GetAtt Fs.NetworkInterfaceIds', '9:12 Fs.NetworkInterfaceIds is a list'],
  ['{"Fn::GetAtt": [Fs, NetworkInterfaceIds]}', '9:12 Fs.NetworkInterfaceIds is a list'],
  ["!Sub 'x ${Fs.NetworkInterfaceIds}'", '9:20 Fs.NetworkInterfaceIds is a list'],
  ['!GetAtt Fs.EstimatedMonthlyCostBreakdown', '9:12 Fs.EstimatedMonthlyCostBreakdown is an object'], // oxfmt-ignore
  ["!Join ['', [a, !GetAtt Fs.EstimatedMonthlyCostBreakdown]]", '9:27 Fs.EstimatedMonthlyCostBreakdown is an object'], // oxfmt-ignore
  ["!Join [',', [!GetAtt Fs.NetworkInterfaceIds]]", '9:25 Fs.NetworkInterfaceIds is a list'],
])('%s is no text', (value, expected) => {
  const found = check(output(value)).findings;
  expect(found.map(({ line, column, rule, message }) => `${rule} ${line}:${column} ${message}`)).toEqual([
    expect.stringContaining(`attribute-not-text ${expected}, but CloudFormation accepts only text here`),
  ]); // oxfmt-ignore
});

test.each([
  "!Join [',', !GetAtt Fs.NetworkInterfaceIds]",
  '!Select [0, !GetAtt Fs.NetworkInterfaceIds]',
  '!GetAtt Fs.EstimatedMonthlyCost',
])('%s is text', (value) => {
  expect(check(output(value)).findings).toEqual([]);
});

test('a list is right where a property takes one', () => {
  const other =
    '  Other: {Type: Custom::Other, Properties: {Value: !GetAtt Fs.NetworkInterfaceIds}}';
  expect(check(withProperties(VALID, other)).findings).toEqual([]);
});

test.each([
  '!GetAtt Fs.DNSName',
  '!GetAtt [Fs, EstimatedMonthlyCostBreakdown.Storage]',
  "{'Fn::GetAtt': [Fs, MountName]}",
  "!Sub '${Fs.MountCommand} ${Fs} ${!Fs.Nothing} ${Other.Nothing}'",
  "!Sub ['${Fs.Own}', {Fs.Own: 1}]",
  '!GetAtt [Fs, !Ref AWS::Region]',
  '!GetAtt Other.Nothing',
  '!Ref Fs',
])('%s is right', (value) => {
  const other = output(value).replace('Resources:', 'Resources:\n  Other: {Type: Custom::Other}');
  expect(check(other).findings).toEqual([]);
});

test.each([
  ['!GetAtt Fs.DnsName', '9:12', 'DnsName', 'did you mean DNSName?'],
  ['!GetAtt [Fs, Id]', '9:12', 'Id', 'did you mean FileSystemId?'],
  ["{'Fn::GetAtt': 'Fs.LustreMountName'}", '9:12', 'LustreMountName', 'did you mean MountName?'],
  ["!Sub 'x ${Fs.MountNam}'", '9:20', 'MountNam', 'did you mean MountName?'],
  ["!Sub ['${Fs.Foo}', {}]", '9:19', 'Foo', 'use FileSystemId, ResourceARN,'],
  ['!GetAtt Fs.toString', '9:12', 'toString', 'use FileSystemId, ResourceARN,'],
  ["!Join ['', [a, !GetAtt Fs.Foo]]", '9:27', 'Foo', 'Fs has no attribute Foo: use'],
])('%s is told', (value, place, attribute, words) => {
  const { findings } = check(output(value));
  expect(findings.map(brief)).toEqual([`${place} Fs.${attribute} unknown-attribute`]);
  expect(findings[0]?.message).toContain(words);
});

test('in resources, in blocks of text and in each round of an Fn::ForEach', () => {
  const { findings } = check(
    withProperties(
      VALID,
      [
        '  Nodes:',
        '    Type: AWS::EC2::LaunchTemplate',
        '    Properties:',
        '      UserData: !Sub |',
        '        mount ${Fs.DNSName}',
        '        at ${Fs.Place}',
        'Outputs:',
        '  Fn::ForEach::Names:',
        '    - Name',
        '    - [DNSName, Nothing]',
        "    - 'O${Name}': {Value: !GetAtt [Fs, !Ref Name]}",
      ].join('\n'),
    ),
  );
  expect(findings.map(brief)).toEqual([
    '12:12 Fs.Place unknown-attribute',
    '17:27 Fs.Nothing unknown-attribute',
  ]);
});
