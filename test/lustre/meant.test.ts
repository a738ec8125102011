/** What was meant by a name or a value that is not valid, and by what it can be replaced. */
import { adviceIfKnown } from '../../src/lustre/properties/name-advice';
import {
  attributeMeant,
  destinationOf,
  type Place,
} from '../../src/lustre/properties/name-meaning';
import {
  logGroupArn,
  meantClient,
  meantDay,
  meantKey,
  meantPath,
  meantTime,
} from '../../src/lustre/properties/meant';
import { NAMES_ELSEWHERE } from '../../src/lustre/properties/names-elsewhere';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';

const known = [...PROPERTY_NAMES];
const PLACES: Readonly<Record<string, Place>> = {
  Properties: { known, within: '' },
  MetadataConfiguration: { known: ['Mode', 'Iops'], within: 'MetadataConfiguration' },
  'Tags[0]': { known: ['Key', 'Value'], within: 'Tags[0]' },
  'LustreConfiguration of another type': {
    known: ['DeploymentType', 'PerUnitStorageThroughput'],
    within: 'LustreConfiguration',
    holdsProperties: true,
    write: (path) =>
      ({ DeploymentType: 'LustreConfiguration.DeploymentType', StorageCapacity: 'StorageCapacity', ImportPath: 'LustreConfiguration.ImportPath', 'MetadataConfiguration.Iops': 'LustreConfiguration.MetadataConfiguration.Iops' })[path], // oxfmt-ignore
    attribute: (name) => ({ MountName: 'LustreMountName' })[name],
  },
};

/** Where the value of a name belongs, as a path. */
function repairIn(place: Place, name: string): string | null | undefined {
  const steps = destinationOf(name, place);
  return steps ? steps.join('.') : steps;
}

const NAMES = [
  'storagecapacity', 'storage_capacity', 'Storage Capacity', 'StorageCapcity', 'StorageCapacty', 'Capacity', 'SubnetId',
  'Subnets', 'SecurityGroups', 'LustreConfiguration', 'FileSystemType', 'Throughput', 'Iops', 'iops', 'Mode', 'mod', 'IOPs', 'Ipos',
  'MetadataIops', 'Keys', 'Name', 'key', 'value', 'Val', 'tag', 'Logs', 'Tag', 'DNSName', 'DnsName', 'MountName', 'mount_name', 'VpcId',
  'DependsOn', 'DeletionPolicy', 'Deletionpolicy', 'DeletionPolcy', 'Condition', 'Type', 'KmsKey', 'KmsKeyID', 'kms_key_id', 'Encrypted', 'ImportPth', 'ImportedPath',
  'DataRepositoryPath', 'AutoImport', 'Colour', 'x', '', 'x'.repeat(64), 'x'.repeat(65), 'DeploymentTypes', 'Size', 'SizeGiB',
  'DriveCache', 'ReadCache', 'SkipFinalSnapshot', 'FinalBackup', 'ImportPath', 'MetadataConfiguration.Iops', 'StorageCapacity',
  'AutoImportPolicies', 'BackupIds', 'IxportPath', 'EmportPath', 'KmsKeyIdd', 'SubnetIdd', 'Tagss', 'Tgas', 'Throughputs', 'StorageTypes', 'DeploymentTipe', 'DnsNames', 'MountNames', 'FileSystemId', 'FileSystemIds', 'PerUnitStorageThroughputs', 'ExportPth', 'RootSquash', 'NoSquashNids', 'Level',
  'metadata_configuration.iops', 'MetadataConfiguration/Iops', 'MetadataConfiguration[0].Iops', 'MetadataConfigurationIops', 'MetadataConfiguration.Iopss', 'LogConfiguration:Level', 'DataReadCacheConfiguration.size',
  'lustre_configuration.0.deployment_type', 'LustreConfiguration.MetadataConfiguration.Iops', 'Properties.StorageType', 'LustreConfiguration.Colour', 'SubnetIds[0]', 'SecurityGroupIds.member.1', 'SubnetIds.', 'Tags.Environment', 'Tags[0].Key',
  'RootSquashConfiguration.NoSquashNids.0', 'DNSName.Colour', 'Mode.Iops', '.', 'größe.größe',
]; // oxfmt-ignore

test.each(Object.entries(PLACES))('unknown names in %s', (_, place) => {
  const said = NAMES.flatMap((name) => {
    const [meaning, repair] = [adviceIfKnown(name, place), repairIn(place, name)];
    const repaired = repair === undefined ? 'a person decides' : String(repair);
    return meaning === undefined && repair === undefined ? [] : [`${name}: ${meaning} -> ${repaired}`]; // oxfmt-ignore
  });
  expect(said).toMatchSnapshot();
});

test('a name of another tool is told with what it is called here', () => {
  const place = { known, within: '' };
  const all = NAMES_ELSEWHERE.flatMap(({ names }) => Object.keys(names));
  const said = all.map(
    (name) => `${name}: ${adviceIfKnown(name, place)} -> ${repairIn(place, name)}`,
  );
  expect(said).toMatchSnapshot();
});

test('a type that has only one of two properties has neither under the name', () => {
  const write = (path: string) => (path === 'StorageType' ? path : undefined);
  const place = { known: ['StorageType'], within: '', write };
  const neither = 'only Pangea::FSx::LustreFileSystem has it. Omit it.';
  expect(adviceIfKnown('DeploymentAndStorageClass', place)).toBe(neither);
  expect(adviceIfKnown('StorageClass', place)).toBe('use StorageType.');
});

test('tags of the final backup have the names of tags', () => {
  const place = { known: ['Key', 'Value'], within: 'FinalBackupTags[1]' };
  expect(adviceIfKnown('Name', place)).toBe('use Key.');
  expect(adviceIfKnown('subnet_id', place)).toContain('beside FinalBackupTags[1] and not in it');
});

test('attributes that other tools call otherwise', () => {
  const meant = ['dns_name', 'DNSName', 'Arn', 'Id', 'mount_name', 'StorageCapacity', 'Colour'];
  expect(meant.map(attributeMeant)).toEqual(['DNSName', 'DNSName', 'ResourceARN', 'FileSystemId', 'MountName', undefined, undefined]); // oxfmt-ignore
});

const GUESSES: readonly [string, (text: string) => string | undefined, readonly string[]][] = [
  ['a path', meantPath, [
    'bucket', 'bucket/prefix/', 'b', 'bu', 'buc', 's3:bucket', 's3:/bucket/in', 's3//bucket', 'S3://bucket/In', 'arn:aws:s3:::bucket', 'arn:aws-cn:s3:::bucket/in',
    'https://s3.amazonaws.com/bucket/in', 'http://s3-eu-west-1.amazonaws.com/bucket', 'https://s3.cn-north-1.amazonaws.com.cn/bucket/in?x', 'https://s3.cn-north-1.amazonaws.com.cn/bucket/in',
    'https://bucket.s3.amazonaws.com/in', 'https://bucket.s3.eu-west-1.amazonaws.com', 'https://bucket.s3.cn-north-1.amazonaws.com.cn/', 'https://example.com/bucket', 'ftp://bucket', '-bucket', 'bucket#x', 'z'.repeat(255), 'z'.repeat(256), 'true', 'None', 'disabled', 'String', 'your-bucket', 'xxxx-bucket', '',
  ]],
  ['a key', meantKey, ['mine', 'my-alias', 'a/b_c-d', 'alias', 'aliases/a', 'alias/a', 'key/a', 'mrk-a', 'Mrk-1', 'deadbeef', '01-23', 'g', 'a b', 'a:b', 'z'.repeat(250), 'z'.repeat(251), 'true', 'NO', 'default', 'String', 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'your-key', '/a', 'a//b', '']],
  ['a log group', logGroupArn, ['/aws/fsx/a', 'aws/fsx', '/aws/fsx/a#b_c.d-E9', '/aws/lambda/a', '/aws/fsx/a b', 'x/aws/fsx/a', '']],
  ['a time', meantTime, ['5:00', '05:00', '0500', '500', '23:59', '24:00', '23:60', '5:00:00', '05:00:01', '5:0', '005:00', '1230x', 'x1230', '5-00', '']],
  ['a day and a time', meantDay, [
    'mon:05:00', 'Monday 5:00', 'SUN:00:00-sun:01:00', 'sun:00:00-', 'sunday:: 7:30', '0:05:00', '7:5:00', '1:24:00', '8:05:00', 'day:05:00', 'xmon:05:00', 'mon05:00', 'wed', 'thu 0500', 'fri:05:00 ', 'tu:05:00', 'wednesdays:05:00', '3 23:59', '',
  ]],
  ['a client', meantClient, [
    '10.0.1.6', '10.0.1.6@tcp', '10.0.1.6@tcp0', '10.0.1.6@tcp1', '10.0.1.0/24', '10.0.1.77/24', '10.0.0.0/8', '10.0.0.0/0', '10.1.2.3/32', '10.1.2.3/33', '10.1.2.3/31@tcp', '10.0.*.*', '10.0.1', '10.0.1.2.3', '10.0..1', '10.0.1.1234', '*.*.*.*', '10.0.1.a', 'x10.0.1.6', '',
  ]],
]; // oxfmt-ignore

test.each(GUESSES)('what was meant by what is not %s', (_, meant, texts) => {
  expect(texts.map((text) => `${text.slice(0, 80)} -> ${meant(text)?.slice(0, 120) ?? 'nothing'}`)).toMatchSnapshot(); // oxfmt-ignore
});
