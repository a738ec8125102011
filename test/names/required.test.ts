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
