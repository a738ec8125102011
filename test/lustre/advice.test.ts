/** Advice: valid, enough, no larger than it has to be, cheapest first. */
import fc from 'fast-check';
import { automaticMetadataIops, OFFERINGS } from '../../src/lustre/catalog/catalog';
import { FEATURES, s3LinkOf } from '../../src/lustre/catalog/features';
import { REGIONS } from '../../src/lustre/catalog/regions';
import {
  advise,
  beatenBy,
  unbeaten,
  whyNoAdvice,
  type Need,
} from '../../src/lustre/estimates/advice';
import { withDefaults, type LustreProperties } from '../../src/lustre/properties';
import { checkProperties } from '../../src/lustre/rules/rules';

const options = { region: 'us-east-1' };
const SubnetIds = ['subnet-0123456789abcdef0'];

const needs: fc.Arbitrary<Need> = fc.record(
  {
    capacity: fc.double({ min: 0.5, max: 2_000_000, noNaN: true }),
    throughput: fc.double({ min: 0.5, max: 200_000, noNaN: true }),
    persistent: fc.boolean(),
    deployments: fc.uniqueArray(fc.constantFrom(...OFFERINGS.map(({ deployment }) => deployment)), {
      minLength: 1,
    }),
    features: fc.subarray(FEATURES.map(({ name }) => name)),
    metadataIops: fc.integer({ min: 1, max: 250_000 }),
    maximumCost: fc.double({ min: 0, max: 100_000, noNaN: true }),
  },
  { requiredKeys: ['capacity', 'throughput'] },
);

test('every advice is valid and meets the need', () => {
  fc.assert(
    fc.property(needs, (need) => {
      for (const { properties, offering, throughput, cost, billedByUse } of advise(need, options)) {
        expect(checkProperties(withDefaults({ ...properties, SubnetIds }))).toEqual([]);
        expect(throughput.baseline).toBeGreaterThanOrEqual(need.throughput);
        if (!billedByUse) expect(properties.StorageCapacity).toBeGreaterThanOrEqual(need.capacity);
        if (need.persistent) expect(properties.DeploymentType).toMatch(/^PERSISTENT/);
        if (need.deployments) expect(need.deployments).toContain(properties.DeploymentType);
        if (need.features?.includes('efa')) expect(properties.EfaEnabled).toBe(true);
        if (need.features?.includes('backups'))
          expect(properties.AutomaticBackupRetentionDays).toBeGreaterThan(0);
        if (need.features?.includes('growth'))
          expect(properties.DeploymentType).not.toBe('SCRATCH_1');
        if (need.metadataIops !== undefined)
          expect(metadataIopsOf(properties)).toBeGreaterThanOrEqual(need.metadataIops);
        if (need.features?.includes('s3')) expect(s3LinkOf(offering)).toBeDefined();
        if (need.maximumCost !== undefined)
          expect(cost?.monthly).toBeLessThanOrEqual(need.maximumCost);
      }
    }),
  );
});

function metadataIopsOf({ MetadataConfiguration, StorageCapacity = 0 }: LustreProperties): number {
  const { Mode, Iops = 0 } = MetadataConfiguration ?? {};
  return Mode === 'AUTOMATIC' ? automaticMetadataIops(StorageCapacity) : Iops;
}

test('metadata IOPS that come with the capacity are not bought, and more are', () => {
  const of = (metadataIops: number, capacity = 4800) =>
    advise({ capacity, throughput: 500, metadataIops }, options).map(
      ({ properties }) => properties.MetadataConfiguration,
    );
  expect(of(6000)[0]).toEqual({ Mode: 'AUTOMATIC' });
  expect(of(6001)[0]).toEqual({ Mode: 'USER_PROVISIONED', Iops: 12000 });
  expect(of(192_001)).toEqual([]);
  expect(whyNoAdvice({ capacity: 4800, throughput: 500, metadataIops: 192_001 }, options)).toBe(
    'FSx offers no file system with 192001 metadata IOPS.',
  );
});

test('what beats an advice is told, and nothing beats what is unbeaten', () => {
  const advice = advise({ capacity: 20480, throughput: 4000 }, options);
  const best = unbeaten(advice);
  for (const each of advice) expect(beatenBy(each, advice) === undefined).toBe(best.includes(each));
  const beaten = advice.find((each) => !best.includes(each));
  const winner = beaten && beatenBy(beaten, advice);
  expect(winner?.cost?.monthly).toBeLessThanOrEqual(beaten?.cost?.monthly ?? 0);
  expect(winner?.throughput.baseline).toBeGreaterThanOrEqual(
    beaten?.throughput.baseline ?? Infinity,
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
  expect(words.every((why) => /^Sized by|steps/.test(why))).toBe(true);
});

// https://docs.aws.amazon.com/fsx/latest/LustreGuide/ssd-storage.html: "200 (read) 100 (write)"
test('SCRATCH_2 is said to write at half the throughput', () => {
  const need: Need = { capacity: 1200, throughput: 4000, deployments: ['SCRATCH_2'] };
  const words = advise(need, options).map(({ why }) => why);
  expect(words).toEqual([
    expect.stringContaining('at 200 MB/s per TiB (100 for writes) it takes 20000 GiB.'),
  ]);
});

test('storage that is billed by usage comes last', () => {
  expect(advise({ capacity: 1200, throughput: 100 }, options).at(-1)?.properties.StorageType).toBe(
    'INTELLIGENT_TIERING',
  );
});

test('EFA is named only in regions that have it', () => {
  const having = REGIONS.filter(({ persistent2 }) => persistent2 !== 'none');
  const named = having.map(({ region: name }) => {
    const whys = advise({ capacity: 1200, throughput: 100 }, { region: name })
      .filter(({ offering }) => offering.name === 'PERSISTENT_2 SSD')
      .map(({ why }) => (why.endsWith('but no EFA in this region.') ? 'no EFA' : /\bEFA\b/.exec(why)?.[0])); // oxfmt-ignore
    return [name, ...new Set(whys)];
  });
  const without = named.filter(([, says]) => says === 'no EFA').map(([name]) => name);
  expect(without).toEqual(['il-central-1', 'mx-central-1']);
  expect(named.filter(([, says]) => says === 'EFA')).toHaveLength(named.length - 2);
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

// https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html: "a maximum of 512 TiB of storage per OSS"
test.each([
  [524_288, 100, 4000, 'Throughput is provisioned in steps of 4000 MB/s.'],
  [524_289, 100, 8000, 'Sized by capacity: 4000 MB/s are needed for every 512 TiB.'],
  [524_289, 9000, 12_000, 'Throughput is provisioned in steps of 4000 MB/s.'],
  [5_000_000, 4000, 40_000, 'Sized by capacity: 4000 MB/s are needed for every 512 TiB.'],
])(
  'INTELLIGENT_TIERING has the servers for %d GiB and %d MB/s',
  (capacity, throughput, expected, why) => {
    const elastic = advise({ capacity, throughput }, options).at(-1);
    expect(elastic?.properties.ThroughputCapacity).toBe(expected);
    expect(elastic?.why).toContain(why);
  },
);

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html, using-fsx-lustre.html */
test('each offering is linked to S3 in the way that it has', () => {
  expect(Object.fromEntries(OFFERINGS.map((each) => [each.name, s3LinkOf(each)]))).toEqual({
    SCRATCH_1: 'ImportPath',
    SCRATCH_2: 'association',
    'PERSISTENT_1 SSD': 'association',
    'PERSISTENT_1 HDD': 'association',
    'PERSISTENT_2 SSD': 'association',
    'PERSISTENT_2 INTELLIGENT_TIERING': undefined,
  });
});

test('what is asked for beside the size is in the configuration', () => {
  const need: Need = { capacity: 20480, throughput: 4000, features: ['efa', 'backups'] };
  expect(advise(need, options).map(({ properties }) => properties)).toContainEqual({
    // Whole EFA servers, where 21600 would do without EFA.
    StorageCapacity: 38400,
    DeploymentType: 'PERSISTENT_2',
    StorageType: 'SSD',
    PerUnitStorageThroughput: 250,
    EfaEnabled: true,
    MetadataConfiguration: { Mode: 'AUTOMATIC' },
    AutomaticBackupRetentionDays: 7,
  });
});

describe('what nothing beats', () => {
  const listed = (need: Need, where = options) =>
    unbeaten(advise(need, where)).map(({ offering, properties }) =>
      [offering.name, properties.PerUnitStorageThroughput ?? ''].join(' ').trim(),
    );

  test('is the cheapest of each throughput and durability', () => {
    expect(listed({ capacity: 20480, throughput: 4000 })).toEqual([
      'SCRATCH_2',
      'PERSISTENT_2 SSD 250',
      'PERSISTENT_2 SSD 500',
      'PERSISTENT_2 SSD 1000',
      'PERSISTENT_2 INTELLIGENT_TIERING',
    ]);
  });

  test('is all of it where no price is known', () => {
    const need = { capacity: 1200, throughput: 100 };
    const where = { region: 'cn-north-1' };
    expect(unbeaten(advise(need, where))).toEqual(advise(need, where));
  });

  test('is never nothing, has the cheapest, and beats what is left out', () => {
    fc.assert(
      fc.property(needs, (need) => {
        const all = advise(need, options);
        const best = unbeaten(all);
        expect(unbeaten(best)).toEqual(best);
        expect(best.length > 0).toBe(all.length > 0);
        const least = Math.min(...all.map(({ cost }) => cost?.monthly ?? Infinity));
        if (all.length > 0)
          expect(Math.min(...best.map(({ cost }) => cost?.monthly ?? Infinity))).toBe(least);
        for (const each of all.filter((one) => !best.includes(one)))
          expect(
            best.some(
              ({ cost, throughput }) =>
                (cost?.monthly ?? Infinity) <= (each.cost?.monthly ?? 0) &&
                throughput.baseline >= each.throughput.baseline,
            ),
          ).toBe(true);
      }),
    );
  });
});

test.each<[string, Partial<Need>, string, string]>([
  [
    'no backups beside S3',
    { features: ['s3', 'backups'] },
    'us-east-1',
    'FSx does not back up a file system that is linked to S3: choose one of the two.',
  ],
  [
    'no offering',
    { features: ['backups', 'efa'], deployments: ['SCRATCH_1', 'SCRATCH_2'] },
    'us-east-1',
    'FSx offers no SCRATCH_1 or SCRATCH_2 file system with automatic backups and EFA.',
  ],
  [
    'scratch is not persistent',
    { persistent: true, deployments: ['SCRATCH_2'] },
    'us-east-1',
    'FSx offers no persistent SCRATCH_2 file system.',
  ],
  [
    'no EFA in the region',
    { features: ['efa'] },
    'il-central-1',
    "il-central-1 offers no file system with EFA; other regions do. According to AWS's table of 2026-06-18, il-central-1 has PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA) and SCRATCH_2.",
  ],
  [
    'no such deployment in the region',
    { deployments: ['SCRATCH_2'] },
    'ca-west-1',
    "ca-west-1 offers no SCRATCH_2 file system; other regions do. According to AWS's table of 2026-06-18, ca-west-1 has PERSISTENT_2 SSD and PERSISTENT_2 INTELLIGENT_TIERING.",
  ],
  [
    'too dear',
    { maximumCost: 100, deployments: ['SCRATCH_2'] },
    'us-east-1',
    'The cheapest that meets the need costs 168.00 USD a month.',
  ],
  [
    'too dear, even without what is billed by usage',
    { capacity: 20_480, throughput: 4000, maximumCost: 2000 },
    'us-east-1',
    'The cheapest that meets the need costs 2,410.00 USD a month, without its storage, which is billed by usage.',
  ],
  [
    'no price',
    { maximumCost: 100 },
    'cn-north-1',
    'No configuration that meets the need has a known cost. AWS bills in CNY in cn-north-1, and prices are known in USD only.',
  ],
])('says why there is none: %s', (_, asked, region, why) => {
  const need = { capacity: 1200, throughput: 100, ...asked };
  expect(advise(need, { region })).toEqual([]);
  expect(whyNoAdvice(need, { region })).toBe(why);
});
