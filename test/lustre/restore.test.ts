/**
 * What a restoration has in common with its backup, by https://docs.aws.amazon.com/fsx/latest/LustreGuide/restoring-backups.html:
 * "You can only restore your backup to a file system of the same deployment type, storage class, throughput capacity, storage
 * capacity, data compression type, and AWS Region as the original." A newer Lustre version can be chosen. A metadata
 * configuration cannot be added (managing-metadata-performance).
 */
import fc from 'fast-check';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import type { LustreProperties } from '../../src/lustre/properties';
import {
  RESTORE_RULES,
  RESTORE_SOURCE,
  RESTORE_SOURCES,
  restoreConflicts,
} from '../../src/lustre/rules/restore';
import { accepted } from './arbitraries';
import { ELASTIC, PERSISTENT_2 } from './configurations';

const BACKUP: LustreProperties = {
  ...PERSISTENT_2,
  StorageCapacity: 2400,
  PerUnitStorageThroughput: 250,
  DataCompressionType: 'LZ4',
  FileSystemTypeVersion: '2.12',
};

const CASES: readonly [string, LustreProperties, LustreProperties, string?][] = [
  ['nothing', BACKUP, {}],
  ['the same', BACKUP, BACKUP],
  ['a newer version', BACKUP, { FileSystemTypeVersion: '2.15' }],
  [
    'another network, backups and logs',
    BACKUP,
    { SubnetIds: ['subnet-1'], AutomaticBackupRetentionDays: 7, CopyTagsToBackups: true },
  ],
  [
    'another deployment type',
    BACKUP,
    { DeploymentType: 'PERSISTENT_1' },
    'DeploymentType PERSISTENT_1 does not match the backup, which has PERSISTENT_2: omit it.',
  ],
  [
    'another storage type',
    BACKUP,
    { StorageType: 'HDD' },
    'StorageType HDD does not match the backup, which has SSD: omit it.',
  ],
  [
    'more capacity',
    BACKUP,
    { StorageCapacity: 4800 },
    'StorageCapacity 4800 does not match the backup, which has 2400: omit it; it can be increased afterward.',
  ],
  [
    'another tier',
    BACKUP,
    { PerUnitStorageThroughput: 500 },
    'PerUnitStorageThroughput 500 does not match the backup, which has 250: omit it; it can be changed afterward on SSD.',
  ],
  [
    'more throughput',
    ELASTIC,
    { ThroughputCapacity: 8000 },
    'ThroughputCapacity 8000 does not match the backup, which has 4000: omit it; it can be increased afterward.',
  ],
  [
    'another compression',
    BACKUP,
    { DataCompressionType: 'NONE' },
    'DataCompressionType NONE does not match the backup, which has LZ4: omit it; it can be changed afterward, for new data.',
  ],
  [
    'no compression where there was none',
    { ...BACKUP, DataCompressionType: 'NONE' },
    { DataCompressionType: 'NONE' },
  ],
  [
    'an older version',
    BACKUP,
    { FileSystemTypeVersion: '2.10' },
    'FileSystemTypeVersion 2.10 is older than the 2.12 of the backup: omit it, or specify a newer version.',
  ],
  [
    'a metadata configuration',
    BACKUP,
    { MetadataConfiguration: { Mode: 'AUTOMATIC' } },
    'MetadataConfiguration cannot be added when a backup without it is restored: omit it.',
  ],
  [
    'another metadata configuration',
    ELASTIC,
    { MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 12000 } },
  ],
];

test.each(CASES.map(([name, backup, wanted, message]) => ({ name, backup, wanted, message })))(
  '$name beside a backup',
  ({ backup, wanted, message }) => {
    expect(restoreConflicts(backup, wanted).map((violation) => violation.message)).toEqual(
      message === undefined ? [] : [message],
    );
  },
);

test('every rule is of a property, and has its page', () => {
  for (const { property } of RESTORE_RULES) {
    expect(PROPERTY_NAMES).toContain(property);
    expect(RESTORE_SOURCES[property] ?? RESTORE_SOURCE).toMatch(
      /^https:\/\/docs\.aws\.amazon\.com\/fsx\/latest\/LustreGuide\//,
    );
  }
});

test('whatever is backed up is restored as it was', () => {
  fc.assert(
    fc.property(accepted, (properties) => {
      expect(restoreConflicts(properties, properties)).toEqual([]);
    }),
  );
});
