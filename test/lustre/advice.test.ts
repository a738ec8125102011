/** Advice: valid, enough, no larger than it has to be, cheapest first. */
import fc from 'fast-check';
import { advise, type Need } from '../../src/lustre/estimates/advice';
import { withDefaults } from '../../src/lustre/properties';
import { checkProperties } from '../../src/lustre/rules/rules';

const options = { region: 'us-east-1' };
const SubnetIds = ['subnet-0123456789abcdef0'];

const needs: fc.Arbitrary<Need> = fc.record({
  capacity: fc.double({ min: 0.5, max: 2_000_000, noNaN: true }),
  throughput: fc.double({ min: 0.5, max: 200_000, noNaN: true }),
  persistent: fc.boolean(),
});

test('every advice is valid and satisfies the need', () => {
  fc.assert(
    fc.property(needs, (need) => {
      for (const { properties, throughput, billedByUse } of advise(need, options)) {
        expect(checkProperties(withDefaults({ ...properties, SubnetIds }))).toEqual([]);
        expect(throughput.baseline).toBeGreaterThanOrEqual(need.throughput);
        if (!billedByUse) expect(properties.StorageCapacity).toBeGreaterThanOrEqual(need.capacity);
        if (need.persistent) expect(properties.DeploymentType).toMatch(/^PERSISTENT/);
      }
    }),
  );
});

test('advice comes in the order of cost', () => {
  fc.assert(
    fc.property(needs, (need) => {
      const costs = advise(need, options)
        .filter(({ billedByUse }) => !billedByUse)
        .map(({ cost }) => cost?.monthly ?? Infinity);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    }),
  );
});

test('the smallest that satisfies is advised', () => {
  const [best] = advise({ capacity: 20480, throughput: 4000 }, options);
  expect(best?.properties).toEqual({
    StorageCapacity: 21600,
    DeploymentType: 'SCRATCH_2',
    StorageType: 'SSD',
  });
  expect(best?.cost?.monthly).toBe(3024);
  const [persistent] = advise({ capacity: 20480, throughput: 4000, persistent: true }, options);
  expect(persistent?.properties).toMatchObject({
    StorageCapacity: 21600,
    DeploymentType: 'PERSISTENT_2',
    PerUnitStorageThroughput: 250,
  });
});

test('each says what decided its size', () => {
  const words = advise({ capacity: 1200, throughput: 4000 }, options).map(({ why }) => why);
  expect(words.some((why) => why.includes('at 200 MB/s per TiB it takes 20000 GiB'))).toBe(true);
  expect(words.every((why) => /decides|steps/.test(why))).toBe(true);
});

test('storage that is billed by use comes last', () => {
  expect(advise({ capacity: 1200, throughput: 100 }, options).at(-1)?.properties.StorageType).toBe(
    'INTELLIGENT_TIERING',
  );
});

test('SCRATCH_1 is not advised where it is not offered', () => {
  const deployments = (region: string) =>
    advise({ capacity: 1200, throughput: 100 }, { region }).map(
      ({ properties }) => properties.DeploymentType,
    );
  expect(deployments('us-east-1')).toContain('SCRATCH_1');
  expect(deployments('us-gov-west-1')).not.toContain('SCRATCH_1');
  expect(deployments('us-gov-west-1')).toContain('SCRATCH_2');
});

test('there is none for what an integer cannot hold', () => {
  expect(advise({ capacity: 3e9, throughput: 1e9 }, options)).toEqual([]);
});
