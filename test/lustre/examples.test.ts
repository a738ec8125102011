/** The workloads the type is made for, and the mistakes it must catch, each with what its message must say. */
import { checkModel } from '../../src/lustre/rules/rules';
import { describeViolations } from '../../src/lustre/violations';

type Model = Readonly<Record<string, unknown>>;

const SubnetIds = ['subnet-0123456789abcdef0'];
const Tags = [{ Key: 'Name', Value: 'hpc' }];
const training = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_1',
  StorageType: 'SSD',
  PerUnitStorageThroughput: 200,
  ImportPath: 's3://datasets/training',
  ExportPath: 's3://datasets/results',
  AutoImportPolicy: 'NEW_CHANGED',
  DataCompressionType: 'LZ4',
  WeeklyMaintenanceStartTime: '6:00:00',
};
const ssd = { ...training, StorageCapacity: 9600 };
const hdd = {
  SubnetIds,
  DeploymentType: 'PERSISTENT_1',
  StorageType: 'HDD',
  StorageCapacity: 48600,
  PerUnitStorageThroughput: 40,
  DriveCacheType: 'READ',
};

/** Every scalar as a string, as CloudFormation sends it. */
const asStrings = (model: Model): Model =>
  JSON.parse(JSON.stringify(model), (_, value: unknown) =>
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
  ) as Model;

describe.each([
  ['as numbers', (model: Model) => model],
  ['as strings', asStrings],
])('%s', (_, sent) => {
  test.each<[string, Model]>([
    ['HPC scratch', { SubnetIds, DeploymentType: 'SCRATCH_2', StorageCapacity: 4800 }],
    ['HPC scratch, large', { SubnetIds, StorageCapacity: 28800, DataCompressionType: 'LZ4', Tags }],
    ['ML training', ssd],
    ['ML training, large', { ...training, StorageCapacity: 19200 }],
    [
      'EKS',
      {
        SubnetIds,
        DeploymentType: 'PERSISTENT_2',
        StorageCapacity: 19200,
        PerUnitStorageThroughput: 1000,
        KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
        AutomaticBackupRetentionDays: 7,
        DailyAutomaticBackupStartTime: '05:00',
      },
    ],
    ['media', { ...hdd, ImportPath: 's3://media', ExportPath: 's3://media/out' }],
  ])('%s is accepted', (_name, model) => {
    expect(checkModel(sent(model)).violations).toEqual([]);
  });

  test.each<[string, Model, string, string[]]>([
    [
      'SSD at 5000',
      { ...ssd, StorageCapacity: 5000 },
      'StorageCapacity',
      ['5000', '2400', '4800 or 7200'],
    ],
    [
      'HDD at 5000',
      { ...hdd, StorageCapacity: 5000 },
      'StorageCapacity',
      ['5000', '1800', '3600 or 5400'],
    ],
    [
      'HDD at 5000 and 12',
      { ...hdd, StorageCapacity: 5000, PerUnitStorageThroughput: 12 },
      'StorageCapacity',
      ['6000'],
    ],
    [
      'SCRATCH_2 with a tier',
      {
        SubnetIds,
        DeploymentType: 'SCRATCH_2',
        StorageCapacity: 4800,
        PerUnitStorageThroughput: 200,
      },
      'PerUnitStorageThroughput',
      ['200', 'SCRATCH_2', 'Omit it', 'PERSISTENT_1 SSD (50, 100 or 200)'],
    ],
    [
      'PERSISTENT_1 SSD at 300',
      { ...ssd, PerUnitStorageThroughput: 300 },
      'PerUnitStorageThroughput',
      ['300', '50, 100 or 200', 'nearest 200', 'PERSISTENT_2', '125, 250, 500 or 1000'],
    ],
    [
      'PERSISTENT_1 SSD at 500',
      { ...ssd, PerUnitStorageThroughput: 500 },
      'PerUnitStorageThroughput',
      ['500', '50, 100 or 200', 'PERSISTENT_2', 'data repository association'],
    ],
    [
      'HDD 48000 at 40',
      { ...hdd, StorageCapacity: 48000 },
      'StorageCapacity',
      ['48000', '1800', '46800 or 48600', '12 MB/s/TiB'],
    ],
    [
      'drive cache on SSD',
      { ...ssd, DriveCacheType: 'READ' },
      'DriveCacheType',
      ['READ', 'PERSISTENT_1 SSD', 'Omit it', 'PERSISTENT_1 HDD'],
    ],
    [
      'SCRATCH_2 with backups',
      {
        SubnetIds,
        DeploymentType: 'SCRATCH_2',
        StorageCapacity: 4800,
        AutomaticBackupRetentionDays: 7,
      },
      'AutomaticBackupRetentionDays',
      ['7', 'SCRATCH_2', 'set it to 0', 'PERSISTENT_1 SSD or PERSISTENT_2 SSD'],
    ],
    [
      'S3 link with backups',
      { ...ssd, AutomaticBackupRetentionDays: 7 },
      'AutomaticBackupRetentionDays',
      ['7', 'ImportPath', 'S3-linked', 'Set it to 0'],
    ],
    [
      'two subnets',
      { ...ssd, SubnetIds: ['subnet-01234567', 'subnet-89abcdef'] },
      'SubnetIds',
      ['subnet-01234567', 'exactly one', 'has 2'],
    ],
  ])('%s is refused', (_name, model, property, words) => {
    const { violations } = checkModel(sent(model));
    expect(violations.map((violation) => violation.property)).toEqual([property]);
    const message = describeViolations(violations);
    for (const word of [property, ...words]) expect(message).toContain(word);
  });
});
