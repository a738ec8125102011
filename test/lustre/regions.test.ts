/** Where FSx for Lustre can be had: the table, the rule that rests on it, and the repairs. */
import fc from 'fast-check';
import { advise, whyNoAdvice, type Need } from '../../src/lustre/estimates/advice';
import { OFFERINGS, type Offering } from '../../src/lustre/catalog/catalog';
import { checkPartial } from '../../src/lustre/unresolved/check';
import { withDefaults, type LustreProperties } from '../../src/lustre/properties';
import {
  availability,
  describeRegion,
  efaAvailability,
  isOutdated,
  LOCAL_ZONES,
  offeredIn,
  regionNamed,
  REGIONS,
} from '../../src/lustre/catalog/regions';
import { checkModel, checkProperties } from '../../src/lustre/rules/rules';
import { Unknown } from '../../src/lustre/unknown';
import { errorsOf, type Repair } from '../../src/lustre/violations';
import { accepted, mixed } from './arbitraries';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';

/**
 * What each region has, by https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html#persistent-deployment-regions
 * (China: https://docs.amazonaws.cn/en_us/aws/latest/userguide/fsx.html): PERSISTENT_2 SSD, all of it (P2) or 125 and 250
 * without EFA (P2*), INTELLIGENT_TIERING, PERSISTENT_1, SCRATCH_2.
 */
const AVAILABLE: readonly [string, readonly string[]][] = [
  [
    'P2 IT P1 S2',
    [
      'af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1',
      'ap-southeast-2 ap-southeast-3 ap-southeast-4 ca-central-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1',
      'eu-south-2 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2',
    ],
  ],
  ['P2 IT', ['ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1']],
  ['P2 P1 S2', ['us-gov-east-1 us-gov-west-1']],
  ['P2* S2', ['il-central-1']],
  ['P2*', ['mx-central-1']],
  ['P1 S2', ['me-central-1 me-south-1']],
  ['P1', ['cn-north-1 cn-northwest-1']],
];
const REGION_ROWS = AVAILABLE.flatMap(([has, lines]) =>
  lines.flatMap((line) => line.split(' ')).map((region) => [region, has.split(' ')] as const),
);

const offering = (name: string): Offering => {
  const found = OFFERINGS.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('the table', () => {
  test('has every region of the guide, and China', () => {
    expect(REGIONS.map(({ region }) => region).toSorted()).toEqual(
      REGION_ROWS.map(([region]) => region).toSorted(),
    );
    expect(REGIONS).toHaveLength(38);
  });

  test.each(REGION_ROWS)('%s has %j', (region, has) => {
    const is = (name: string) => (has.includes(name) ? 'yes' : 'no');
    const persistent2 = has.some((name) => name.startsWith('P2')) ? 'yes' : 'no';
    expect(availability(region, offering('SCRATCH_2'))).toBe(is('S2'));
    expect(availability(region, offering('PERSISTENT_1 SSD'), 50)).toBe(is('P1'));
    expect(availability(region, offering('PERSISTENT_1 HDD'))).toBe(is('P1'));
    expect(availability(region, offering('PERSISTENT_2 INTELLIGENT_TIERING'))).toBe(is('IT'));
    for (const tier of [125, 250])
      expect(availability(region, offering('PERSISTENT_2 SSD'), tier)).toBe(persistent2);
    for (const tier of [500, 1000])
      expect(availability(region, offering('PERSISTENT_2 SSD'), tier)).toBe(is('P2'));
    expect(efaAvailability(region)).toBe(is('P2'));
  });

  test.each([
    ['us-east-1', 'unknown'],
    ['il-central-1', 'unknown'],
    ['us-gov-west-1', 'unlikely'],
    ['ap-southeast-6', 'unlikely'],
    ['mx-central-1', 'unlikely'],
    ['cn-north-1', 'no'],
  ])('SCRATCH_1, of which AWS does not say where it is, in %s: %s', (region, expected) => {
    expect(availability(region, offering('SCRATCH_1'))).toBe(expected);
  });

  test('says nothing of a region that it does not have', () => {
    for (const each of OFFERINGS)
      for (const tier of [undefined, 1000])
        expect(availability('xx-new-1', each, tier)).toBe('unknown');
    expect(efaAvailability('xx-new-1')).toBe('unknown');
    expect(describeRegion('xx-new-1')).toBe(
      "What xx-new-1 offers is not known: AWS's table of 2026-06-18 does not list it.",
    );
  });

  test('has the Local Zones', () => {
    expect(LOCAL_ZONES.map((zone) => [zone.name, offeredIn(zone)])).toEqual([
      ...['Atlanta', 'Dallas', 'South Bend'].map((city) => [
        `US East (${city}) Local Zone`,
        ['PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA)'],
      ]),
      ['US West (Los Angeles) Local Zone', ['PERSISTENT_1 SSD', 'PERSISTENT_1 HDD', 'SCRATCH_2']],
      ['US West (Phoenix) Local Zone', ['PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA)']],
    ]);
  });

  test.each([
    ['2027-06-18', false],
    ['2027-06-19', true],
    ['2028-01-01', true],
  ])('is outdated on %s: %s', (day, expected) => {
    const row = regionNamed('eu-west-1');
    expect(row && isOutdated(row, day)).toBe(expected);
  });
});

const EFA = { EfaEnabled: true, MetadataConfiguration: { Mode: 'AUTOMATIC' } } as const;

describe('the rule', () => {
  test.each<[string, string, object, string, object]>([
    [
      'SCRATCH_2',
      'ap-southeast-6',
      SCRATCH_2,
      "SCRATCH_2 (the default) is not available in ap-southeast-6, which has PERSISTENT_2 SSD and PERSISTENT_2 INTELLIGENT_TIERING. Use DeploymentType PERSISTENT_2 and PerUnitStorageThroughput 250. Source: AWS's table of 2026-06-18.",
      { DeploymentType: 'PERSISTENT_2', StorageType: 'SSD', PerUnitStorageThroughput: 250 },
    ],
    [
      'the default',
      'mx-central-1',
      { SubnetIds: SCRATCH_2.SubnetIds, StorageCapacity: '1200' },
      "SCRATCH_2 (the default) is not available in mx-central-1, which has PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA). Use DeploymentType PERSISTENT_2 and PerUnitStorageThroughput 250. Source: AWS's table of 2026-06-18.",
      { DeploymentType: 'PERSISTENT_2', StorageType: 'SSD', PerUnitStorageThroughput: 250 },
    ],
    [
      'SCRATCH_2 linked to S3',
      'cn-north-1',
      { ...SCRATCH_2, ImportPath: 's3://bucket' },
      "SCRATCH_2 (the default) is not available in cn-north-1, which has PERSISTENT_1 SSD and PERSISTENT_1 HDD. Use DeploymentType PERSISTENT_1 and PerUnitStorageThroughput 200. Source: AWS's table of 2026-11-25.",
      { DeploymentType: 'PERSISTENT_1', StorageType: 'SSD', PerUnitStorageThroughput: 200 },
    ],
    [
      'SCRATCH_1, which is larger than the next',
      'cn-northwest-1',
      { ...SCRATCH_1, FileSystemTypeVersion: '2.10' },
      "SCRATCH_1 is not available in cn-northwest-1, which has PERSISTENT_1 SSD and PERSISTENT_1 HDD. Use DeploymentType PERSISTENT_1, PerUnitStorageThroughput 200 and StorageCapacity 4800. Source: AWS's table of 2026-11-25.",
      {
        DeploymentType: 'PERSISTENT_1',
        StorageType: 'SSD',
        PerUnitStorageThroughput: 200,
        StorageCapacity: 4800,
      },
    ],
    [
      'PERSISTENT_1 linked to S3, of an old version',
      'ca-west-1',
      { ...PERSISTENT_1, ImportPath: 's3://bucket', FileSystemTypeVersion: '2.10' },
      "PERSISTENT_1 SSD is not available in ca-west-1, which has PERSISTENT_2 SSD and PERSISTENT_2 INTELLIGENT_TIERING. Use DeploymentType PERSISTENT_2, PerUnitStorageThroughput 250 and FileSystemTypeVersion 2.15. Link S3 by a data repository association instead of ImportPath. Source: AWS's table of 2026-06-18.",
      {
        DeploymentType: 'PERSISTENT_2',
        StorageType: 'SSD',
        PerUnitStorageThroughput: 250,
        FileSystemTypeVersion: '2.15',
      },
    ],
    [
      'HDD',
      'il-central-1',
      { ...HDD, StorageCapacity: 1800 },
      "PERSISTENT_1 HDD is not available in il-central-1, which has PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA) and SCRATCH_2. Use DeploymentType PERSISTENT_2, StorageType SSD, PerUnitStorageThroughput 125 and StorageCapacity 2400, and omit DriveCacheType. Source: AWS's table of 2026-06-18.",
      {
        DeploymentType: 'PERSISTENT_2',
        StorageType: 'SSD',
        PerUnitStorageThroughput: 125,
        StorageCapacity: 2400,
        DriveCacheType: undefined,
      },
    ],
    [
      'PERSISTENT_2 with EFA',
      'me-south-1',
      { ...PERSISTENT_2, ...EFA },
      "PERSISTENT_2 SSD is not available in me-south-1, which has PERSISTENT_1 SSD, PERSISTENT_1 HDD and SCRATCH_2. Use DeploymentType PERSISTENT_1 and PerUnitStorageThroughput 200, and omit EfaEnabled and MetadataConfiguration. Source: AWS's table of 2026-06-18.",
      {
        DeploymentType: 'PERSISTENT_1',
        StorageType: 'SSD',
        PerUnitStorageThroughput: 200,
        EfaEnabled: undefined,
        MetadataConfiguration: undefined,
      },
    ],
    [
      'INTELLIGENT_TIERING',
      'us-gov-west-1',
      ELASTIC,
      "PERSISTENT_2 INTELLIGENT_TIERING is not available in us-gov-west-1, which has PERSISTENT_2 SSD, PERSISTENT_1 SSD, PERSISTENT_1 HDD and SCRATCH_2. Use StorageType SSD, PerUnitStorageThroughput 125 and a StorageCapacity, and omit ThroughputCapacity and DataReadCacheConfiguration. Source: AWS's table of 2026-06-18.",
      {
        DeploymentType: 'PERSISTENT_2',
        StorageType: 'SSD',
        PerUnitStorageThroughput: 125,
        ThroughputCapacity: undefined,
        DataReadCacheConfiguration: undefined,
      },
    ],
    [
      'the tier',
      'il-central-1',
      PERSISTENT_2,
      "PerUnitStorageThroughput 1000 is not available in il-central-1, which has PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA) and SCRATCH_2. Use 250. Source: AWS's table of 2026-06-18.",
      { PerUnitStorageThroughput: 250 },
    ],
    [
      'EFA',
      'mx-central-1',
      { ...PERSISTENT_2, ...EFA, PerUnitStorageThroughput: 250 },
      "EfaEnabled true is not available in mx-central-1, which has PERSISTENT_2 SSD (125 or 250 MB/s/TiB, no EFA). Omit it or set it to false. Source: AWS's table of 2026-06-18.",
      { EfaEnabled: false },
    ],
  ])('%s in %s', (_, region, model, message, repair) => {
    const { properties, violations } = checkModel(model as Record<string, unknown>, { region });
    expect(violations).toMatchObject([{ rule: 'region', kind: 'table', message }]);
    expect(violations[0]?.repairs).toEqual([repair]);
    const mended = checkProperties({ ...properties, ...repair }, { region });
    expect(mended.filter(({ rule }) => rule === 'region')).toEqual([]);
  });

  test('a remedy for a region without EFA has none, and the capacity that goes without', () => {
    const region = 'mx-central-1';
    const model = { ...SCRATCH_2, EfaEnabled: true };
    const { properties, violations } = checkModel(model, { region });
    const found = violations.find(({ rule }) => rule === 'region');
    expect(found?.message).toContain(
      'Use EfaEnabled false, DeploymentType PERSISTENT_2 and PerUnitStorageThroughput 250.',
    );
    const mended = { ...properties, ...(found?.repairs?.[0] as typeof properties) };
    expect(checkProperties(mended, { region })).toEqual([]);
  });

  test('a restored file system is told that a backup stays what it is', () => {
    const { violations } = checkModel(
      { ...RESTORED, DeploymentType: 'PERSISTENT_2' },
      { region: 'me-south-1' },
    );
    expect(violations).toMatchObject([{ rule: 'region', repairs: [] }]);
    expect(violations[0]?.message).toContain(
      'PERSISTENT_2 is not available in me-south-1, which has PERSISTENT_1 SSD, PERSISTENT_1 HDD and SCRATCH_2. Restore a backup in its own region, with the same deployment and storage type.',
    );
    expect(checkModel(RESTORED, { region: 'me-south-1' }).violations).toEqual([]);
  });

  test.each<[string, string, object]>([
    ['no region', '', SCRATCH_2],
    ['a region that the table does not have', 'xx-new-1', SCRATCH_2],
    ['SCRATCH_1 where AWS does not say', 'us-east-1', SCRATCH_1],
    [
      'a tier that the catalog does not have either',
      'il-central-1',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 250 },
    ],
    [
      'EFA that is off',
      'mx-central-1',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 125, EfaEnabled: false },
    ],
  ])('is silent about %s', (_, region, model) => {
    const options = region === '' ? {} : { region };
    expect(checkModel(model as Record<string, unknown>, options).violations).toEqual([]);
  });

  test('a pair that is offered nowhere is told as that alone', () => {
    const { violations } = checkModel(
      { ...SCRATCH_2, StorageType: 'HDD' },
      { region: 'ca-west-1' },
    );
    expect(violations.map(({ rule }) => rule)).not.toContain('region');
  });

  test.each(['us-gov-east-1', 'ap-east-2'])('SCRATCH_1 in %s is a warning', (region) => {
    const { violations } = checkModel(SCRATCH_1, { region });
    expect(violations).toMatchObject([{ rule: 'region', severity: 'warning' }]);
    expect(violations[0]?.message).toContain(
      `SCRATCH_1 is probably not available in ${region}, which `,
    );
  });

  test.each([
    ['2027-06-18', 1],
    ['2027-06-19', 0],
  ])('on %s it gives %i errors: an old table only warns', (date, errors) => {
    const { violations } = checkModel(SCRATCH_2, { region: 'ca-west-1', date });
    expect(violations).toHaveLength(1);
    expect(errorsOf(violations)).toHaveLength(errors);
  });

  test('DEFER_TO_FSX passes it over', () => {
    const options = { region: 'il-central-1', deferToFsx: true };
    for (const model of [SCRATCH_1, HDD, ELASTIC, { ...PERSISTENT_2, ...EFA }])
      expect(checkModel(model, options).violations).toEqual([]);
  });

  test('a model of which some is not known is refused only where nothing would do', () => {
    const model = { SubnetIds: SCRATCH_2.SubnetIds, StorageCapacity: 4800 };
    const among = (...types: string[]) => ({
      ...model,
      PerUnitStorageThroughput: new Unknown('${Tier}', { mayBeAbsent: true }),
      DeploymentType: new Unknown('${Type}', { among: types }),
    });
    const rules = (types: string[], region: string) =>
      checkPartial(among(...types), { region }).map(({ rule }) => rule);
    expect(rules(['SCRATCH_2', 'PERSISTENT_1'], 'ca-west-1')).toEqual(['region']);
    expect(rules(['SCRATCH_2', 'PERSISTENT_2'], 'ca-west-1')).toEqual([]);
  });

  test('a repair leads to a file system that is valid and offered there', () => {
    const region = fc.constantFrom(...REGIONS.map(({ region: name }) => name));
    fc.assert(
      fc.property(accepted, region, (properties, where) => {
        const violations = checkProperties(properties, { region: where });
        expect(violations.map(({ rule }) => rule).filter((rule) => rule !== 'region')).toEqual([]);
        // What else there is to do, the message says.
        const isOpen =
          properties.ImportPath !== undefined || properties.StorageType === 'INTELLIGENT_TIERING';
        const repaired = violations.reduce<LustreProperties>(
          (all, { repairs: [repair] = [] }) => ({ ...all, ...repair }) as LustreProperties,
          properties,
        );
        const left = checkProperties(repaired, { region: where });
        expect(left.filter(({ rule }) => rule === 'region')).toEqual([]);
        if (!isOpen) expect(left).toEqual([]);
      }),
    );
  });
});

describe('what other rules advise is there', () => {
  test.each<[string, string, object, string, readonly object[]]>([
    [
      'a tier that is none, in a region with few',
      'il-central-1',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 600 },
      'PerUnitStorageThroughput 600 is not valid for PERSISTENT_2 SSD in il-central-1: use 125 or 250 (MB/s per TiB), nearest 250.',
      [{ PerUnitStorageThroughput: 250 }],
    ],
    [
      'a missing tier',
      'mx-central-1',
      { ...PERSISTENT_2, PerUnitStorageThroughput: undefined },
      'PerUnitStorageThroughput is required for PERSISTENT_2 SSD: use 125 or 250 (MB/s per TiB).',
      [{ PerUnitStorageThroughput: 125 }, { PerUnitStorageThroughput: 250 }],
    ],
    [
      'a tier of another deployment, which the region lacks',
      'ca-west-1',
      { ...PERSISTENT_2, PerUnitStorageThroughput: 200 },
      'PerUnitStorageThroughput 200 is not valid for PERSISTENT_2 SSD: use 125, 250, 500 or 1000 (MB/s per TiB), nearest 125 or 250.',
      [{ PerUnitStorageThroughput: 125 }, { PerUnitStorageThroughput: 250 }],
    ],
    [
      'a tier on scratch',
      'il-central-1',
      { ...SCRATCH_2, PerUnitStorageThroughput: 300 },
      'PerUnitStorageThroughput 300 cannot be used with SCRATCH_2: its throughput is not set per TiB. Omit it, or use PERSISTENT_2 SSD (125 or 250).',
      [
        { PerUnitStorageThroughput: undefined },
        { DeploymentType: 'PERSISTENT_2', StorageType: 'SSD' },
      ],
    ],
    [
      'EFA on scratch where there is none',
      'il-central-1',
      { ...SCRATCH_2, EfaEnabled: true },
      'EfaEnabled true cannot be used with SCRATCH_2: its servers do not support EFA. Omit it or set it to false.',
      [{ EfaEnabled: false }],
    ],
    [
      'a pair of which the region has one half',
      'il-central-1',
      { ...SCRATCH_2, StorageType: 'HDD' },
      'StorageType HDD cannot be used with DeploymentType SCRATCH_2 (the default): use StorageType SSD.',
      [{ StorageType: 'SSD' }],
    ],
    [
      'a pair of which the region has neither half',
      'ca-west-1',
      { ...SCRATCH_2, StorageType: 'HDD' },
      'StorageType HDD cannot be used with DeploymentType SCRATCH_2 (the default): ca-west-1 has PERSISTENT_2 SSD and PERSISTENT_2 INTELLIGENT_TIERING. Use DeploymentType PERSISTENT_2, StorageType SSD and PerUnitStorageThroughput 125.',
      [{ DeploymentType: 'PERSISTENT_2', StorageType: 'SSD', PerUnitStorageThroughput: 125 }],
    ],
    [
      'a capacity that is valid at another tier',
      'il-central-1',
      {
        ...PERSISTENT_2,
        PerUnitStorageThroughput: 250,
        StorageCapacity: 5000,
      },
      'StorageCapacity 5000 is not valid for PERSISTENT_2 SSD: use 1200 or a multiple of 2400, nearest 4800 or 7200.',
      [{ StorageCapacity: 4800 }, { StorageCapacity: 7200 }],
    ],
  ])('%s in %s', (_, region, model, message, repairs) => {
    const { violations } = checkModel(model as Record<string, unknown>, { region });
    const found = violations.find((violation) => violation.message === message);
    expect(violations.map((violation) => violation.message)).toContain(message);
    expect(found?.repairs ?? []).toEqual(repairs);
  });

  test('whatever is wrong, no repair asks for a deployment, storage type or tier that the region lacks', () => {
    const region = fc.constantFrom(...REGIONS.map(({ region: name }) => name));
    fc.assert(
      fc.property(mixed, region, (properties, where) => {
        const asksForLacking = (repair: Repair): boolean => {
          const { DeploymentType, StorageType } = { ...properties, ...repair };
          const is = OFFERINGS.find(
            ({ deployment, storage }) => deployment === DeploymentType && storage === StorageType,
          );
          const asks = 'DeploymentType' in repair || 'StorageType' in repair;
          const tier = repair.PerUnitStorageThroughput;
          const found = is && availability(where, is, tier);
          // Where the region has nothing of the deployment that is given, another message says so.
          const had = is && availability(where, is);
          const isAsked = asks || (tier !== undefined && had === 'yes');
          return isAsked && (found === 'no' || found === 'unlikely');
        };
        const violations = checkProperties(properties, { region: where });
        expect(violations.filter(({ repairs = [] }) => repairs.some(asksForLacking))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('advice', () => {
  const needs: fc.Arbitrary<Need> = fc.record({
    capacity: fc.double({ min: 0.5, max: 2_000_000, noNaN: true }),
    throughput: fc.double({ min: 0.5, max: 200_000, noNaN: true }),
    persistent: fc.boolean(),
  });

  test('lists nothing that the rules refuse in its region, and something everywhere', () => {
    const region = fc.constantFrom(...REGIONS.map(({ region: name }) => name), 'xx-new-1');
    fc.assert(
      fc.property(needs, region, (need, where) => {
        const advice = advise(need, { region: where });
        expect(advice.length).toBeGreaterThan(0);
        const refused = advice.flatMap(({ properties }) =>
          checkProperties(
            withDefaults({ ...properties, SubnetIds: ['subnet-0123456789abcdef0'] }),
            { region: where },
          ),
        );
        expect(refused).toEqual([]);
      }),
    );
  });

  test('begins with the smallest where there are no prices', () => {
    const need = { capacity: 20480, throughput: 1000 };
    expect(advise(need, { region: 'cn-north-1' })[0]).toMatchObject({
      properties: { StorageCapacity: 21600, PerUnitStorageThroughput: 50 },
      cost: undefined,
    });
  });

  test('says why there is none', () => {
    const huge = { capacity: 1200, throughput: 1e9 };
    expect(advise(huge, { region: 'us-east-1' })).not.toEqual([]);
    expect(advise(huge, { region: 'cn-north-1' })).toEqual([]);
    expect(whyNoAdvice(huge, { region: 'cn-north-1' })).toBe(
      "cn-north-1 offers no file system of that size; other regions do. According to AWS's table of 2026-11-25, cn-north-1 has PERSISTENT_1 SSD and PERSISTENT_1 HDD.",
    );
    expect(whyNoAdvice({ capacity: 3e9, throughput: 1e9 }, { region: 'us-east-1' })).toBe(
      'FSx offers no file system of that size.',
    );
  });
});
