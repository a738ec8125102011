/** Tables of the sources, written a second time, so that a change of either is noticed. */
import { FEATURES } from '../../src/lustre/catalog/features';
import { OFFERINGS } from '../../src/lustre/catalog/catalog';
import { applicabilityOf, offeringsFor, tiersFor } from '../../src/lustre/catalog/offerings';
import { isRegion, partitionOf } from '../../src/lustre/catalog/partitions';
import type { LustreProperties } from '../../src/lustre/properties';
import { namesWhere, PROPERTIES, STEP_NAMES } from '../../src/lustre/properties/property-table';
import { PROPERTY_NAMES, PROPERTY_SHAPES, type Shape } from '../../src/lustre/properties/shapes';
import { sampleValuesOf } from '../../src/lustre/unresolved/sample-values';
import { Unknown, type Knowledge } from '../../src/lustre/unknown';
import type { Violation } from '../../src/lustre/violations';

/** https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
test.each([
  ['us-east-1', 'aws', 'amazonaws.com', undefined],
  ['eu-west-1', 'aws', 'amazonaws.com', undefined],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'CNY'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com', undefined],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov', undefined],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', undefined],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk', undefined],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov', undefined],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', undefined],
  ['nowhere', 'aws', 'amazonaws.com', undefined],
])('%s is of the partition %s', (region, name, urlSuffix, currency) => {
  const partition = partitionOf(region);
  expect([partition.name, partition.urlSuffix, partition.currency]).toEqual([
    name,
    urlSuffix,
    currency,
  ]);
});

test('the name of a region has an area, a direction and a number', () => {
  const right = ['us-east-1', 'ap-southeast-2', 'us-gov-west-1', 'eusc-de-east-1', 'il-central-1', 'me-south-12']; // oxfmt-ignore
  const wrong = ['us-east', 'us-east-1a', 'xus-east-1x', 'US-EAST-1', 'east-1', 'us-up-1', '1us-east-1', 'u-east-1', 'us-east-', 'abcde-east-1', '']; // oxfmt-ignore
  expect([...right, ...wrong].filter(isRegion)).toEqual(right);
});

/** Request, update, effect of taking it out, description, comparison. */
const ROWS = `
StorageCapacity beside storage stays given
StorageType beside create-only stays given
DeploymentType inside create-only stays given
SubnetIds beside create-only stays given
SecurityGroupIds beside create-only stays never
PerUnitStorageThroughput inside throughput stays given
ThroughputCapacity inside throughput-capacity stays given
DataReadCacheConfiguration inside throughput-capacity stays given
ImportPath inside create-only stays given
ExportPath inside create-only stays given
AutoImportPolicy inside settings reset left-out
ImportedFileChunkSize inside create-only stays given
AutomaticBackupRetentionDays inside settings stays left-out
DailyAutomaticBackupStartTime inside settings stays given
CopyTagsToBackups inside create-only stays left-out
WeeklyMaintenanceStartTime inside settings stays given
DataCompressionType inside settings reset left-out
DriveCacheType inside create-only stays left-out
KmsKeyId beside create-only stays given key
FileSystemTypeVersion beside version stays given
EfaEnabled inside create-only stays left-out
MetadataConfiguration inside metadata stays given
LogConfiguration inside settings reset left-out log-group
RootSquashConfiguration inside settings reset left-out root-squash
BackupId backup create-only stays never
SkipFinalBackup deletion none reset never
FinalBackupTags deletion none reset never
Tags tags tags reset left-out
`;

test('how requests, updates and descriptions treat each property', () => {
  const rows = Object.entries(PROPERTIES).map(([name, row]) =>
    [name, ...Object.values(row).map((word) => word.replaceAll(' ', '-'))].join(' '),
  );
  expect(rows).toEqual(ROWS.trim().split('\n'));
});

test('the calls of an update come in an order that loses least', () => {
  expect(STEP_NAMES).toEqual([
    'settings',
    'throughput',
    'metadata',
    'storage',
    'throughput-capacity',
    'version',
  ]);
  expect(namesWhere('update', 'throughput-capacity')).toEqual([
    'ThroughputCapacity',
    'DataReadCacheConfiguration',
  ]);
});

test('the features that each offering can have, and what turns them on', () => {
  const properties = OFFERINGS.map((offering) => [
    offering.name,
    FEATURES.filter(({ isOn }) => isOn(offering)).map(({ name }) => name),
  ]);
  expect(Object.fromEntries(properties)).toEqual({
    SCRATCH_1: ['s3'],
    SCRATCH_2: ['s3', 'growth'],
    'PERSISTENT_1 SSD': ['s3', 'backups', 'growth'],
    'PERSISTENT_1 HDD': ['s3', 'backups', 'growth'],
    'PERSISTENT_2 SSD': ['s3', 'backups', 'efa', 'growth'],
    'PERSISTENT_2 INTELLIGENT_TIERING': ['backups', 'efa', 'growth'],
  });
});

/** R: required, o: optional, d: doubtful, -: refused; in the order of the offerings. */
const APPLICABILITY: Readonly<Record<string, string>> = {
  StorageCapacity: 'RRRRR-',
  PerUnitStorageThroughput: '--RRR-',
  ThroughputCapacity: '-----R',
  DataReadCacheConfiguration: '-----R',
  ImportPath: 'oooo--',
  ExportPath: 'oooo--',
  AutoImportPolicy: 'oooo--',
  ImportedFileChunkSize: 'oooo--',
  AutomaticBackupRetentionDays: '--oooo',
  DailyAutomaticBackupStartTime: '--oooo',
  DriveCacheType: '---R--',
  KmsKeyId: 'ddoooo',
  EfaEnabled: '----oo',
  MetadataConfiguration: '----oR',
  BackupId: '--oooo',
  SkipFinalBackup: '--oooo',
  FinalBackupTags: '--oooo',
};

test('which offering takes which property', () => {
  expect(OFFERINGS.map(({ name }) => name)).toEqual([
    'SCRATCH_1',
    'SCRATCH_2',
    'PERSISTENT_1 SSD',
    'PERSISTENT_1 HDD',
    'PERSISTENT_2 SSD',
    'PERSISTENT_2 INTELLIGENT_TIERING',
  ]);
  const letters = { required: 'R', optional: 'o', doubtful: 'd', refused: '-' };
  for (const name of PROPERTY_NAMES) {
    const row = OFFERINGS.map((offering) => letters[applicabilityOf(name, offering)]).join('');
    expect([name, row]).toEqual([name, APPLICABILITY[name] ?? 'oooooo']);
  }
});

test('the offerings that incomplete properties may stand for', () => {
  const names = (properties: Parameters<typeof offeringsFor>[0]) =>
    offeringsFor(properties).map(({ name }) => name);
  const all = OFFERINGS.map(({ name }) => name);
  expect(names({})).toEqual(all);
  expect(names({ StorageType: 'HDD' })).toEqual(['PERSISTENT_1 HDD']);
  expect(names({ DeploymentType: 'PERSISTENT_2' })).toEqual(all.slice(4));
  expect(names({ BackupId: 'backup-01234567' })).toEqual(all.slice(2));
  expect(names({ BackupId: 'backup-01234567', DeploymentType: 'SCRATCH_1' })).toEqual(['SCRATCH_1']); // oxfmt-ignore
  expect(names({ DeploymentType: 'SCRATCH_2', StorageType: 'HDD' })).toEqual([
    'SCRATCH_2',
    'PERSISTENT_1 HDD',
  ]);
  expect(names({ DeploymentType: 'SCRATCH_3' as 'SCRATCH_2' })).toEqual(all);
  const tiers = (given: LustreProperties) =>
    tiersFor({ DeploymentType: 'PERSISTENT_1', ...given }).map(({ tier }) => tier.throughput);
  expect(tiers({ PerUnitStorageThroughput: 50 })).toEqual([50]);
  expect(tiers({ PerUnitStorageThroughput: 51 })).toEqual([50, 100, 200, 12, 40]);
  expect(tiers({})).toEqual([50, 100, 200, 12, 40]);
});

const open = (known: Knowledge = {}) => new Unknown('${X}', known);
const parts = (...texts: (string | Unknown)[]) => open({ parts: texts });
const [Y, Z] = [new Unknown('${Y}'), new Unknown('${Z}')];

/** What is tried for an unknown value at a path, as JSON; with what is said where nothing of it has the form. */
function tried(path: string, unknown: Unknown, others: Record<string, unknown> = {}): string {
  const [name = '', member] = path.split('.');
  const whole: Shape = PROPERTY_SHAPES[name as keyof typeof PROPERTY_SHAPES];
  const shape = member !== undefined && whole.type === 'object' ? whole.members[member] : whole;
  const violations: Violation[] = [];
  const values = sampleValuesOf(unknown, shape ?? whole, path, others, violations);
  return [JSON.stringify(values), ...violations.map(({ message }) => message)].join(' ');
}

const MEMBERS = PROPERTY_NAMES.flatMap((name) => {
  const shape: Shape = PROPERTY_SHAPES[name];
  return shape.type === 'object' ? Object.keys(shape.members).map((each) => `${name}.${each}`) : [];
});

test('the values that unknown properties are tried with', () => {
  const all = [...PROPERTY_NAMES, ...MEMBERS];
  expect(Object.fromEntries(all.map((path) => [path, tried(path, open())]))).toMatchSnapshot();
});

test.each<[string, Unknown, Record<string, unknown>?]>([
  ['StorageCapacity', open({ among: ['1200', 'much'] })],
  ['StorageCapacity', open({ mayBeAbsent: true })],
  ['StorageCapacity', open({ like: ['much'] })],
  ['StorageCapacity', open({ like: ['much'], mayBeAbsent: true })],
  ['EfaEnabled', open({ among: ['true', 'FALSE'] })],
  ['DeploymentType', open({ not: new Set(['SCRATCH_2']) })],
  ['DeploymentType', parts('PERSISTENT_', Y)],
  ['DeploymentType', parts('persistent_', Y)],
  ['StorageType', parts(Y, 'D')],
  ['SubnetIds', open({ like: ['subnet-01234567'] })],
  ['BackupId', parts('backup-', Y)],
  ['BackupId', parts('backup-0123456', Y)],
  ['BackupId', parts('snap-', Y)],
  ['BackupId', parts(Y, '-01234567')],
  ['FileSystemTypeVersion', parts('2.', Y)],
  ['FileSystemTypeVersion', parts('v', Y)],
  ['DailyAutomaticBackupStartTime', parts('0', Y)],
  ['DailyAutomaticBackupStartTime', parts(Y, ':30')],
  ['DailyAutomaticBackupStartTime', parts('07', Y)],
  ['DailyAutomaticBackupStartTime', parts('7', Y, '0')],
  ['DailyAutomaticBackupStartTime', parts('24:', Y)],
  ['WeeklyMaintenanceStartTime', parts(Y, ':05:00')],
  ['WeeklyMaintenanceStartTime', parts('3:', Y, ':', Z)],
  ['WeeklyMaintenanceStartTime', parts('Mon:', Y)],
  ['KmsKeyId', parts('alias/', Y)],
  ['KmsKeyId', parts('arn:', Y, ':kms:', Z, ':123456789012:', new Unknown('${K}'))],
  ['KmsKeyId', parts('arn:aws:kms:us-east-1:', Y, ':key/', Z)],
  [
    'LogConfiguration.Destination',
    parts('arn:', Y, ':logs:us-east-1:', Z, ':log-group:/aws/fsx/a'),
  ],
  ['LogConfiguration.Destination', parts('arn:aws:logs:us-east-1:123456789012:log-group:', Y)],
  ['RootSquashConfiguration.RootSquash', parts(Y, ':', Z)],
  ['RootSquashConfiguration.RootSquash', parts('1000:', Y)],
  ['ImportPath', parts('s3://', Y)],
  ['ImportPath', parts('s3://a', Y)],
  ['ImportPath', parts('s3://whole/', Y)],
  ['ImportPath', parts('https://', Y)],
  ['ImportPath', open(), { ExportPath: 's3://other/out' }],
  ['ImportPath', parts('s3://oth', Y), { ExportPath: 's3://other/out' }],
  ['ImportPath', parts('s3://other', Y), { ExportPath: parts('s3://ot', Z) }],
  ['ExportPath', parts('s3://ot', Y), { ImportPath: parts('s3://other', Z) }],
  ['ExportPath', parts('s3://other/', Y), { ImportPath: parts('s3://other', Z) }],
  ['ExportPath', parts('s3://others', Y), { ImportPath: 's3://other/in' }],
  ['ExportPath', parts('s3://else', Y), { ImportPath: 's3://other/in' }],
  ['ExportPath', open(), { ImportPath: 's3://other' }],
])('where more is known, other values are tried: %s %#', (path, unknown, others = {}) => {
  expect(tried(path, unknown, others)).toMatchSnapshot();
});
