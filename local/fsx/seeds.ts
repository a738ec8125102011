import { arn, type Account, type BackupRecord } from './state/account';
import { keyArn } from './rules/defaults';
import { dnsName, fileSystemArn, seconds } from './operations/describe';
import { resourceId } from './state/ids';
import type { DeploymentType, FileSystem, FileSystemType, LustreConfiguration } from './types';

/** File systems of other types, in the same account and the same listings. */
export function seedOthers(account: Account): void {
  const types: [FileSystemType, object][] = [
    [
      'WINDOWS',
      {
        WindowsConfiguration: {
          DeploymentType: 'SINGLE_AZ_2',
          ThroughputCapacity: 32,
          MaintenanceOperationsInProgress: [],
          WeeklyMaintenanceStartTime: '1:05:00',
        },
      },
    ],
    [
      'ONTAP',
      {
        OntapConfiguration: {
          DeploymentType: 'SINGLE_AZ_1',
          ThroughputCapacity: 128,
          WeeklyMaintenanceStartTime: '2:06:00',
        },
      },
    ],
    [
      'OPENZFS',
      {
        OpenZFSConfiguration: {
          DeploymentType: 'SINGLE_AZ_1',
          ThroughputCapacity: 64,
          WeeklyMaintenanceStartTime: '3:07:00',
        },
      },
    ],
  ];
  for (const [type, configuration] of types) {
    account.state.others.add(other(account, type, configuration));
  }
}

function other(account: Account, type: FileSystemType, configuration: object): FileSystem {
  const { region, accountId, state, clock } = account;
  const id = resourceId('fs', state.seed, type);
  return {
    OwnerId: accountId,
    CreationTime: seconds(clock.now() - 86_400_000),
    FileSystemId: id,
    FileSystemType: type,
    Lifecycle: 'AVAILABLE',
    StorageCapacity: 1024,
    StorageType: 'SSD',
    VpcId: resourceId('vpc', region, accountId),
    SubnetIds: [resourceId('subnet', region, accountId)],
    NetworkInterfaceIds: [resourceId('eni', id)],
    DNSName: dnsName(region, id),
    KmsKeyId: keyArn(account, 'PERSISTENT_1', undefined) ?? '',
    ResourceARN: fileSystemArn(account, id),
    Tags: [{ Key: 'Name', Value: `${type.toLowerCase()} file system` }],
    ...configuration,
  };
}

/** Backups that can be restored immediately. Their file systems no longer exist. */
export function seedBackups(account: Account): void {
  const backups: [string, DeploymentType, 'SSD' | 'HDD', number, string, LustreConfiguration][] = [
    [
      'backup-00000000000000001',
      'PERSISTENT_1',
      'SSD',
      1200,
      '2.12',
      { PerUnitStorageThroughput: 50 },
    ],
    [
      'backup-00000000000000002',
      'PERSISTENT_2',
      'SSD',
      2400,
      '2.15',
      {
        PerUnitStorageThroughput: 250,
        EfaEnabled: false,
        MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 3000 },
      },
    ],
    [
      'backup-00000000000000003',
      'PERSISTENT_1',
      'HDD',
      6000,
      '2.10',
      { PerUnitStorageThroughput: 12, DriveCacheType: 'NONE' },
    ],
  ];
  for (const [id, deployment, storage, capacity, version, configuration] of backups) {
    const source = id.replace('backup', 'fs');
    const at = account.clock.now() - 86_400_000;
    const key = keyArn(account, deployment, undefined);
    const backup: BackupRecord = {
      id,
      type: 'USER_INITIATED',
      requestedAt: at,
      creatingAt: at,
      transferringAt: at,
      availableAt: at,
      fileSystemId: source,
      ...(key === undefined ? {} : { kmsKeyId: key }),
      tags: [],
      fileSystem: {
        OwnerId: account.accountId,
        FileSystemId: source,
        FileSystemType: 'LUSTRE',
        StorageCapacity: capacity,
        StorageType: storage,
        FileSystemTypeVersion: version,
        ResourceARN: arn(account, 'fsx', `file-system/${source}`),
        Tags: [],
        LustreConfiguration: {
          DeploymentType: deployment,
          MountName: 'seeded',
          WeeklyMaintenanceStartTime: '1:05:00',
          DailyAutomaticBackupStartTime: '05:00',
          AutomaticBackupRetentionDays: 0,
          CopyTagsToBackups: false,
          DataCompressionType: 'NONE',
          LogConfiguration: { Level: 'DISABLED' },
          ...configuration,
        },
      },
    };
    account.state.backups.add(backup);
  }
}
