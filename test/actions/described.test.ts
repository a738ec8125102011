/** The resource as it is read, by what FSx describes. */
import type { FileSystem, Tag } from '@aws-sdk/client-fsx';
import { read } from '../../src/actions/read';
import { described, fakeFsx, ID, requestTo } from './fake-fsx';

async function model(fileSystem: FileSystem, region = 'us-east-1'): Promise<unknown> {
  const fsx = fakeFsx({ describe: () => Promise.resolve(fileSystem) });
  const end = await read(requestTo(fsx, { pricing: { region } }));
  return end.status === 'SUCCESS' ? end.model : end;
}

const LOG = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/mine';
const lustre = (configuration: object, rest: Partial<FileSystem> = {}): FileSystem =>
  described({ ...rest, LustreConfiguration: configuration });

test.each<[string, FileSystem]>([
  ['nothing', { FileSystemId: ID }],
  ['little', described()],
  [
    'all of one with SSD',
    lustre(
      {
        DeploymentType: 'PERSISTENT_2',
        PerUnitStorageThroughput: 125,
        MountName: 'abcdef',
        AutomaticBackupRetentionDays: 7,
        DailyAutomaticBackupStartTime: '05:00',
        CopyTagsToBackups: true,
        WeeklyMaintenanceStartTime: '1:05:00',
        DataCompressionType: 'LZ4',
        EfaEnabled: true,
        MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 },
        LogConfiguration: { Level: 'WARN_ONLY', Destination: `${LOG}:log-stream:x` },
        RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: ['10.0.0.1@tcp'] },
      },
      {
        KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1',
        FileSystemTypeVersion: '2.15',
        DNSName: 'fs.example.com',
        NetworkInterfaceIds: ['eni-1'],
        VpcId: 'vpc-1',
        OwnerId: '123456789012',
        Tags: [
          { Key: 'a', Value: 'b' },
          { Key: 'c' } as Tag,
          { Key: 'aws:x', Value: 'y' },
          { Key: 'xaws:', Value: 'z' },
        ],
      },
    ),
  ],
  [
    'what FSx describes and a template may not give',
    lustre(
      {
        DeploymentType: 'PERSISTENT_2',
        DailyAutomaticBackupStartTime: '05:00',
        MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 1500 },
        DataReadCacheConfiguration: { SizingMode: 'NO_CACHE', SizeGiB: 5 },
        LogConfiguration: { Level: 'DISABLED', Destination: `${LOG}:*` },
      },
      { StorageCapacity: 0, NetworkInterfaceIds: [], Tags: [] },
    ),
  ],
  [
    'a cache of its own size',
    lustre(
      {
        DeploymentType: 'PERSISTENT_2',
        ThroughputCapacity: 4000,
        DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 5 },
      },
      { StorageType: 'INTELLIGENT_TIERING' },
    ),
  ],
  [
    'HDD',
    lustre(
      { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 12 },
      { StorageType: 'HDD', StorageCapacity: 6000 },
    ),
  ],
  [
    'HDD with a cache',
    lustre({ DeploymentType: 'PERSISTENT_1', DriveCacheType: 'READ' }, { StorageType: 'HDD' }),
  ],
  [
    'a link to S3',
    lustre({
      DeploymentType: 'SCRATCH_2',
      DataRepositoryConfiguration: {
        ImportPath: 's3://bucket/a',
        ExportPath: 's3://bucket/b',
        ImportedFileChunkSize: 1024,
      },
    }),
  ],
  [
    'a link to S3 with a policy',
    lustre({
      DeploymentType: 'SCRATCH_1',
      DataRepositoryConfiguration: { ImportPath: 's3://bucket/a', AutoImportPolicy: 'NEW' },
    }),
  ],
  ['a name without a mount name', lustre({}, { DNSName: 'fs.example.com' })],
  ['a mount name without a name', lustre({ MountName: 'abcdef' })],
  [
    'null, and empty objects',
    lustre(
      {
        DeploymentType: null,
        MetadataConfiguration: {},
        DataReadCacheConfiguration: null,
        RootSquashConfiguration: { RootSquash: null, NoSquashNids: [null, '10.0.0.1@tcp'] },
      },
      { VpcId: null, SubnetIds: [] } as unknown as Partial<FileSystem>,
    ),
  ],
])('%s', async (_, fileSystem) => {
  expect(await model(fileSystem)).toMatchSnapshot();
});

test.each(['eu-central-1', 'eu-north-2', 'cn-north-1', ''])('in %p', async (region) => {
  expect(await model(described(), region)).toMatchSnapshot();
});
