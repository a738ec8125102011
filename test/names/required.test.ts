/** A property that is missing because it has another name is told once, by that name. */
import { check } from '../../src/review/check';

const rules = (text: string): string[] =>
  check(text).findings.map(({ property, rule }) => `${property} ${rule}`);

const resource = (type: string, ...lines: string[]): string =>
  ['Resources:', '  Fs:', `    Type: ${type}`, '    Properties:', ...lines].join('\n');

const OURS = 'Pangea::FSx::LustreFileSystem';
const NATIVE = 'AWS::FSx::FileSystem';

test.each<[string, string, string[]]>([
  [
    'a name that cannot be repaired by itself',
    resource(OURS, '      StorageCapacity: 1200', '      subnetId: subnet-01234567'),
    ['subnetId unknown-property'],
  ],
  [
    'a name with a unit, from the CDK',
    resource(OURS, '      storageCapacityGiB: 1200', '      vpcSubnet: subnet-01234567'),
    ['storageCapacityGiB unknown-property', 'vpcSubnet unknown-property'],
  ],
  [
    'a name of Terraform',
    resource(OURS, '      storage_capacity: 1200', '      subnet_ids: [subnet-01234567]'),
    ['storage_capacity unknown-property', 'subnet_ids unknown-property'],
  ],
  [
    'names of a native one',
    resource(NATIVE, '      FileSystemType: LUSTRE', '      storageCapacity: 1200', '      subnetId: subnet-01234567'), // oxfmt-ignore
    ['storageCapacity unknown-property', 'subnetId unknown-property'],
  ],
  [
    'a name inside LustreConfiguration',
    resource(NATIVE, '      FileSystemType: LUSTRE', '      StorageCapacity: 1200', '      SubnetIds: [subnet-01234567]', '      LustreConfiguration: {DeploymentType: PERSISTENT_2, perUnitStorageThroughput: 125}'), // oxfmt-ignore
    ['LustreConfiguration.perUnitStorageThroughput unknown-property'],
  ],
  [
    'what no name stands for is required',
    resource(OURS, '      StorageCapacity: 1200', '      Colour: blue'),
    ['SubnetIds required', 'Colour unknown-property'],
  ],
])('%s', (_, text, expected) => {
  expect(rules(text)).toEqual(expected);
});

test.each<[string, string]>([
  ['Efa: true', 'did you mean EfaEnabled?'],
  ['DataCompression: LZ4', 'did you mean DataCompressionType?'],
  ['BackupRetention: 7', 'did you mean AutomaticBackupRetentionDays?'],
  ['Version: "2.15"', 'did you mean FileSystemTypeVersion?'],
  ['Throughput: 100', 'did you mean PerUnitStorageThroughput or ThroughputCapacity?'],
  ['Config: SSD', 'omit it.'],
  ['Colour: blue', 'omit it.'],
])('a part of a name, %s: %s', (line, advice) => {
  const text = resource(OURS, '      StorageCapacity: 1200', '      SubnetIds: [subnet-01234567]', `      ${line}`); // oxfmt-ignore
  const [finding] = check(text).findings;
  expect(finding?.message).toContain(`is not a property of this type: ${advice}`);
  // What is only a part of a name is no repair.
  expect(finding?.repairs).toEqual([]);
});

test('two names of one member are told, and no value that nobody gave', () => {
  const text = resource(OURS, '      StorageCapacity: 1200', '      SubnetIds: [subnet-01234567]', '      MetadataIops: 1500', '      Iops: 3000'); // oxfmt-ignore
  const messages = check(text).findings.map(({ message }) => message);
  expect(messages.join()).not.toContain('undefined');
  expect(messages.at(-1)).toContain('Another name also sets it: keep one.');
});
