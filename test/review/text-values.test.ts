/** Numbers and booleans given as text: there is a finding for each text that the local CloudFormation refuses, and for no other. */
import { lustreFileSystem } from '../../local/registry/type-schema';
import { PropertyValidator } from '../../local/stack/property-validation';
import { check } from '../../src/review/check';
import { fixAll } from '../../src/review/fixes/fix-all';
import { withProperties } from './findings';

const VALID = {
  StorageCapacity: '2400',
  SubnetIds: ['subnet-0a1b2c3d4e5f60718'],
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: '250',
  MetadataConfiguration: { Mode: 'AUTOMATIC' },
};

const NUMBERS = [
  '2400',
  '+2400',
  '02400',
  '2400.0',
  '+2400.00',
  '2400.',
  '2.4e3',
  ' 2400',
  '2400 ',
  '0x960',
  '',
];
const BOOLEANS = ['true', 'false', 'True', 'FALSE', 'yes', '1', ' false', '']; // oxfmt-ignore

const template = (properties: object): string =>
  JSON.stringify({
    Resources: { Fs: { Type: lustreFileSystem.typeName, Properties: properties } },
  });

const told = (text: string): string[] =>
  check(text).findings.map(({ severity, property, rule }) => `${severity} ${property} ${rule}`);

const validator = new PropertyValidator(lustreFileSystem);

test.each([
  ...NUMBERS.map((value) => ['StorageCapacity', value] as const),
  ...BOOLEANS.map((value) => ['SkipFinalBackup', value] as const),
])('%s: %j', (name, value) => {
  const properties = { ...VALID, [name]: value };
  const isRefused = validator.problems(properties).length > 0;
  expect(told(template(properties)).length > 0).toBe(isRefused);
});

test.each<[string, string, string[], string]>([
  ['a number', "StorageCapacity: '2400.0'", ['warning StorageCapacity text-value'], "StorageCapacity: '2400'"],
  ['a boolean', 'SkipFinalBackup: "False"', ['warning SkipFinalBackup text-value'], 'SkipFinalBackup: "false"'],
  ['nothing', "PerUnitStorageThroughput: ''", ['warning PerUnitStorageThroughput text-value'], ''],
  ['a member', 'MetadataConfiguration: {Mode: AUTOMATIC, Iops: ""}', ['warning MetadataConfiguration.Iops text-value'], 'MetadataConfiguration: {Mode: AUTOMATIC}'],
])('%s is put right', (_, line, findings, fixed) => {
  const [name = ''] = line.split(':');
  const others = Object.entries({ StorageCapacity: 2400, ...(name === 'PerUnitStorageThroughput' ? {} : { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 250 }) })
    .filter(([each]) => each !== name)
    .map(([each, value]) => `${each}: ${value}`);
  const text = (own: string): string =>
    withProperties([...others, 'SubnetIds: [subnet-0a1b2c3d4e5f60718]', own].join('\n'));
  expect(told(text(line))).toEqual(findings);
  const after = fixAll(text(line)).text;
  expect(after.trimEnd()).toBe(text(fixed).trimEnd());
  expect(told(after)).toEqual([]);
}); // oxfmt-ignore

test('the parameter is named whose default it is', () => {
  const sections = "Parameters: {Skip: {Type: String, Default: 'False', AllowedValues: ['True', 'False']}}";
  const properties = 'StorageCapacity: 2400\nSubnetIds: [subnet-0a1b2c3d4e5f60718]\nDeploymentType: PERSISTENT_2\nPerUnitStorageThroughput: 250\nSkipFinalBackup: !Ref Skip';
  const [finding] = check(withProperties(properties, sections)).findings;
  expect(finding?.message).toBe(
    'SkipFinalBackup False might not be accepted: CloudFormation may refuse this text instead of true or false. Write false. The value is the default of the parameter Skip, line 10.',
  );
}); // oxfmt-ignore
