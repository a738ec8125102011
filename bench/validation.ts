/** Microseconds to check one model, warm: the door, the rules and both estimates. */
import { estimateCost } from '../src/lustre/estimates/cost';
import { checkModel } from '../src/lustre/rules/rules';
import { estimateThroughput } from '../src/lustre/estimates/throughput';

const SubnetIds = ['subnet-0123456789abcdef0'];
const MODELS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'valid scratch': { SubnetIds, StorageCapacity: '4800' },
  'valid, S3-linked': {
    SubnetIds,
    DeploymentType: 'PERSISTENT_1',
    StorageCapacity: '9600',
    PerUnitStorageThroughput: '200',
    ImportPath: 's3://datasets/training',
    ExportPath: 's3://datasets/results',
    AutoImportPolicy: 'NEW_CHANGED',
    DataCompressionType: 'LZ4',
    WeeklyMaintenanceStartTime: '6:00:00',
    Tags: [{ Key: 'Name', Value: 'training' }],
  },
  'six mistakes': {
    SubnetIds: [],
    StorageCapacity: 5000,
    PerUnitStorageThroughput: 200,
    DriveCacheType: 'READ',
    KmsKeyId: 'alias/mine',
    AutomaticBackupRetentionDays: 7,
  },
};

const ROUNDS = 5000;

/** The median of five runs. */
function microseconds(work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = process.hrtime.bigint();
    for (let round = 0; round < ROUNDS; round++) work();
    return Number(process.hrtime.bigint() - start) / ROUNDS / 1000;
  });
  return runs.toSorted((a, b) => a - b)[2] ?? NaN;
}

/** Prints the microseconds for each model. */
export function validation(): void {
  for (const [name, model] of Object.entries(MODELS)) {
    const { properties } = checkModel(model);
    const check = microseconds(() => checkModel(model));
    const estimate = microseconds(() => {
      estimateThroughput(properties);
      estimateCost(properties, { region: 'us-east-1' });
    });
    console.log(
      `${name}: checked in ${check.toFixed(1)} us, estimated in ${estimate.toFixed(1)} us`,
    );
  }
}
