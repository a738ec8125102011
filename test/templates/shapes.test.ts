/**
 * The shapes of public templates, each rebuilt in a file of its own: what is found in each, all of it, and what each costs.
 * A shape without findings is one that people deploy.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/review/check';
import { estimate, type Row } from '../../src/review/estimate';
import type { Finding } from '../../src/review/finding';

const FOLDER = join(__dirname, 'shapes');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Expected {
  /** `line:column severity resource.property rule (when)` */
  readonly found?: readonly string[];
  /** `resource: baseline MB/s, USD a month`, or why there are no figures; where several have none, how many. */
  readonly estimated: readonly string[];
}

const SHAPES: Readonly<Record<string, Expected>> = {
  'asserted-by-rules.yaml': { estimated: ['FileSystem: 300 MB/s, 348'] },
  'batch-environment.yaml': {
    found: ['11:7 error FileSystem.SubnetIds one-subnet'],
    estimated: ['FileSystem: invalid'],
  },
  'chip-design.yaml': {
    found: ['8:29 warning Tools.LustreConfiguration.PerUnitStorageThroughput throughput-tier'],
    estimated: ['Tools: 72 MB/s, 246'],
  },
  'cluster-substack-list.yaml': {
    found: [
      '19:3 error FileSystem.StorageCapacity required (HasStorageCapacity is false)',
      '29:41 error FileSystem.LustreConfiguration.ExportPath s3-link (HasImportPath is false and HasExportPath is true and HasDeploymentType is false)',
      '31:69 error FileSystem.LustreConfiguration.PerUnitStorageThroughput not-applicable (HasDeploymentType is false and HasPerUnitStorageThroughput is true)',
    ],
    estimated: ['FileSystem: 12 without figures'],
  },
  'cluster-substack.yaml': {
    found: [
      '63:3 error FileSystem.StorageCapacity required (HasStorageCapacity is false and HasBackupId is false and HasStorageType is false)',
      '69:35 warning FileSystem.KmsKeyId not-applicable (HasKmsKeyId is true and HasBackupId is false and HasStorageType is false and HasDeploymentType is false)',
      '74:63 error FileSystem.LustreConfiguration.ImportedFileChunkSize s3-link (HasImportedFileChunkSize is true and HasImportPath is false and HasDeploymentType is false)',
      '75:41 error FileSystem.LustreConfiguration.ExportPath s3-link (HasExportPath is true and HasImportPath is false and HasDeploymentType is false)',
      '79:69 error FileSystem.LustreConfiguration.PerUnitStorageThroughput not-applicable (HasBackupId is false and HasStorageType is false and HasDeploymentType is false and HasPerUnitStorageThroughput is true)',
      '80:79 error FileSystem.LustreConfiguration.DailyAutomaticBackupStartTime not-applicable (HasBackupId is false and HasStorageType is false and HasDeploymentType is false and HasDailyAutomaticBackupStartTime is true)',
      '83:53 error FileSystem.LustreConfiguration.AutoImportPolicy s3-link (HasImportPath is false and HasDeploymentType is false and HasAutoImportPolicy is true)',
      '84:49 error FileSystem.LustreConfiguration.DriveCacheType not-applicable (HasBackupId is false and HasStorageType is false and HasDriveCacheType is true)',
    ],
    estimated: ['FileSystem: 71 without figures'],
  },
  'compliant-storage.yaml': {
    found: ['13:7 warning Work.KmsKeyId not-applicable'],
    estimated: ['Work: 240 MB/s, 168'],
  },
  'dataset-of-images.json': {
    found: [
      '1:408 error Lustre.LustreConfiguration.ImportPath not-applicable',
      '1:454 error Lustre.LustreConfiguration.ExportPath not-applicable',
      '1:507 error Lustre.LustreConfiguration.AutoImportPolicy not-applicable',
    ],
    estimated: ['Lustre: invalid'],
  },
  'from-other-stacks.yaml': {
    found: ['17:45 error FileSystem.LogConfiguration.Destination format'],
    estimated: ['FileSystem: invalid'],
  },
  'home-and-work.yaml': {
    found: ['22:7 error Work.StorageCapacity storage-capacity'],
    estimated: ['Home: 300 MB/s, 348', 'Work: invalid'],
  },
  'intelligent-tiering.yaml': {
    found: [
      '24:36 error FileSystem.LustreConfiguration.DataReadCacheConfiguration.SizeGiB read-cache-mode (CacheMode is NO_CACHE)',
    ],
    estimated: ['FileSystem: invalid'],
  },
  'linked-by-associations.yaml': {
    found: ['26:7 error Raw.FileSystemPath association-overlap'],
    estimated: ['FileSystem: 1200 MB/s, 1008'],
  },
  'loop-of-file-systems.yaml': {
    found: ['17:11 error FileSystemOfGeology.StorageCapacity storage-capacity'],
    estimated: [
      'FileSystemOfGenomics: 960 MB/s, 672',
      'FileSystemOfWeather: 2400 MB/s, 1680',
      'FileSystemOfGeology: invalid',
    ],
  },
  'nested-child.yaml': { estimated: ['FileSystem: 240 MB/s, 456'] },
  'persistent-by-region.yaml': { estimated: ['FileSystem: 1200 MB/s, 720'] },
  'restore-or-create.yaml': { estimated: ['FileSystem: 960 MB/s, 1392'] },
  'scratch-for-a-cluster.yaml': { estimated: ['FileSystem: 240 MB/s, 168'] },
  'stages-by-mapping.yaml': { estimated: ['FileSystem: 240 MB/s, 168'] },
  'synthesized.json': { estimated: ['LustreFileSystem9C: 240 MB/s, 168'] },
  'training-cluster.yaml': { estimated: ['FileSystem: 300 MB/s, 252'] },
  'whole-configurations.yaml': {
    found: [
      '23:17 error FileSystem.LustreConfiguration.PerUnitStorageThroughput required (IsDurable is true and IsFast is false)',
    ],
    estimated: ['FileSystem: 480 MB/s, 336'],
  },
  'workspace-with-study.yaml': {
    found: [
      '17:9 error FileSystem.LustreConfiguration.AutomaticBackupRetentionDays not-applicable',
    ],
    estimated: ['FileSystem: invalid'],
  },
};

const inShort = ({ line, column, severity, logicalId, property, rule, when }: Finding): string =>
  `${line}:${column} ${severity} ${logicalId}.${property} ${rule}${when === undefined ? '' : ` (${when})`}`;

function figures(rows: readonly Row[]): string[] {
  const ids = [...new Set(rows.map(({ logicalId }) => logicalId))];
  return ids.flatMap((id) => {
    const all = rows.filter(({ logicalId }) => logicalId === id);
    return all.length > 2 && all.every((row) => row.estimate.cost === undefined || isInvalid(row))
      ? `${id}: ${all.length} without figures`
      : all.map((row) => `${id}: ${figuresOf(row)}`);
  });
}

const isInvalid = ({ violations }: Row): boolean => violations.length > 0;

const figuresOf = (row: Row): string =>
  isInvalid(row)
    ? 'invalid'
    : `${row.estimate.throughput?.baseline ?? '-'} MB/s, ${row.estimate.cost?.monthly ?? '-'}`;

test('every shape is in the table, and there are twenty at least', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(SHAPES).sort());
  expect(Object.keys(SHAPES).length).toBeGreaterThanOrEqual(20);
});

test.each(Object.entries(SHAPES))('%s', (name, { found = [], estimated }) => {
  const text = read(name);
  expect(check(text).findings.map(inShort)).toEqual(found);
  expect(figures(estimate(text, { region: 'us-east-1' }).rows)).toEqual(estimated);
});

test('the substack of a cluster has forty parameters', () => {
  expect(check(read('cluster-substack.yaml')).parameterNames.length).toBeGreaterThanOrEqual(40);
});
