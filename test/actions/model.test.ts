/** What the type tells of a file system beyond what FSx says. */
import type { FileSystem, StorageType } from '@aws-sdk/client-fsx';
import Ajv from 'ajv';
import fc from 'fast-check';
import schema from '../../schema.json';
import { toModel } from '../../src/actions/model';
import { estimateCost } from '../../src/lustre/estimates/cost';
import { estimateThroughput } from '../../src/lustre/estimates/throughput';
import { accepted } from '../lustre/arbitraries';

const pricing = { region: 'us-east-1' };

/** As FSx describes it. */
const fileSystem = (
  StorageCapacity: number | undefined,
  LustreConfiguration: object,
  StorageType: StorageType = 'SSD',
): FileSystem => ({ StorageCapacity, StorageType, LustreConfiguration });

test.each<[string, FileSystem, object]>([
  [
    'whole numbers',
    fileSystem(7200, { DeploymentType: 'SCRATCH_2' }),
    {
      EstimatedBaselineThroughput: '1440',
      EstimatedBurstThroughput: '9360',
      EstimatedMonthlyCost: '1008.00',
      EstimatedMonthlyCostBreakdown: { Storage: '1008.00' },
    },
  ],
  [
    'fractions',
    fileSystem(
      1900,
      { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 12, DriveCacheType: 'NONE' },
      'HDD',
    ),
    {
      EstimatedBaselineThroughput: '22.8',
      EstimatedBurstThroughput: '152',
      EstimatedMonthlyCost: '47.50',
      EstimatedMonthlyCostBreakdown: { Storage: '47.50' },
    },
  ],
])('estimates are text: %s', (_, given, attributes) => {
  expect(toModel(given, { pricing })).toMatchObject(attributes);
});

test('where no price is known, the attributes say so: a template may output them', () => {
  const given = fileSystem(1200, { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 });
  expect(toModel(given, { pricing: { region: 'cn-north-1' } })).toMatchObject({
    EstimatedBaselineThroughput: '60',
    EstimatedMonthlyCost: 'unknown',
    EstimatedMonthlyCostBreakdown: { Storage: 'unknown' },
    EstimatedCostBasis: 'AWS bills in CNY in cn-north-1, and prices are known in USD only.',
  });
});

test('a kind of file system that is newer than this version has attributes too', () => {
  expect(toModel(fileSystem(1200, { DeploymentType: 'PERSISTENT_3' }), { pricing })).toMatchObject({
    EstimatedBaselineThroughput: 'unknown',
    EstimatedBurstThroughput: 'unknown',
    EstimatedMonthlyCost: 'unknown',
    EstimatedCostBasis: 'This version of the type has no price for a file system of this kind.',
  });
});

const conforms = new Ajv({ strict: false }).compile({
  definitions: schema.definitions,
  type: 'object',
  properties: schema.properties,
});

/** File systems of every kind and of any size. */
const anyFileSystem = fc
  .tuple(accepted, fc.integer({ min: 1, max: 2_147_483_647 }))
  .map(([properties, size]) =>
    fileSystem(properties.StorageCapacity && size, properties, properties.StorageType),
  );

const cents = (usd: string): number => Math.round(Number(usd) * 100);

test('whatever the file system, the model is of the types of the schema, and its text says the estimate', () => {
  fc.assert(
    fc.property(anyFileSystem, (given) => {
      const model = toModel(given, { pricing });
      conforms(model);
      expect(conforms.errors).toBeNull();

      const throughput = [model.EstimatedBaselineThroughput, model.EstimatedBurstThroughput];
      for (const text of throughput) expect(text).toMatch(/^\d+(\.\d*[1-9])?$/);
      const { baseline, burst } = estimateThroughput(model) ?? {};
      expect(throughput.map(Number)).toEqual([baseline, burst]);

      const { EstimatedMonthlyCost: total = '', EstimatedMonthlyCostBreakdown: lines } = model;
      const amounts = Object.values(lines ?? {});
      for (const text of [total, ...amounts]) expect(text).toMatch(/^\d+\.\d{2}$/);
      expect(Number(total)).toBe(estimateCost(model, pricing)?.monthly);
      expect(amounts.reduce((sum, amount) => sum + cents(amount), 0)).toBe(cents(total));
    }),
  );
});
