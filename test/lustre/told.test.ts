/** What a user reads beside violations: later changes, advice, names of other tools, sizes; and words of all messages. */
import { capacityIn, rateIn } from '../../src/lustre/estimates/quantities';
import {
  describeConfiguration,
  describeNeed,
  pricesOf,
  pricesSentence,
} from '../../src/lustre/estimates/wording';
import { advise, lacksOf, type Need } from '../../src/lustre/estimates/advice';
import { estimateCost, type CostEstimate } from '../../src/lustre/estimates/cost';
import { OFFERINGS } from '../../src/lustre/catalog/catalog';
import { regionProblem } from '../../src/lustre/catalog/regions';
import {
  interruptionPhrase,
  interruptionsOf,
  startsCooldown,
} from '../../src/lustre/changes/interruptions';
import { laterChanges } from '../../src/lustre/changes/later';
import { isObject } from '../../src/lustre/json';
import type { LustreProperties } from '../../src/lustre/properties';
import { attributeMeant, meaningOf, nameRepair, type Place } from '../../src/lustre/properties/name-advice'; // oxfmt-ignore
import {
  logGroupArn,
  meantClient,
  meantDay,
  meantKey,
  meantPath,
  meantTime,
} from '../../src/lustre/properties/meant';
import { STEP_NAMES } from '../../src/lustre/properties/property-table';
import { TooMuchWork, Work } from '../../src/lustre/explore';
import { isEquivalentProperty } from '../../src/lustre/properties/equality';
import { NAMES_ELSEWHERE } from '../../src/lustre/properties/names-elsewhere';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import {
  Unknown,
  isWithin,
  pathOf,
  unknownsIn,
  valueAt,
  type Knowledge,
} from '../../src/lustre/unknown';
import {
  errorsOf,
  heldAgainst,
  newViolations,
  withoutMoot,
  type Violation,
} from '../../src/lustre/violations';
import * as WORDING from '../../src/lustre/wording';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  RESTORED,
  SCRATCH_1,
  SCRATCH_2,
} from './configurations';

const IOPS = { Mode: 'USER_PROVISIONED', Iops: 12000 } as const;
const KINDS: Readonly<Record<string, LustreProperties>> = {
  SCRATCH_1,
  SCRATCH_2,
  'a capacity that no tier has': { ...SCRATCH_2, StorageCapacity: 3000 },
  'the smallest': { ...SCRATCH_2, StorageCapacity: 1200, DataCompressionType: 'LZ4' },
  PERSISTENT_1,
  'the lowest tier': { ...PERSISTENT_1, PerUnitStorageThroughput: 50 },
  HDD,
  PERSISTENT_2,
  'a tier that the catalog lacks': { ...PERSISTENT_2, PerUnitStorageThroughput: 2000 },
  'its own IOPS': { ...PERSISTENT_2, StorageCapacity: 4800, PerUnitStorageThroughput: 500, MetadataConfiguration: IOPS }, // oxfmt-ignore
  'automatic IOPS': { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC' } },
  'the most IOPS': { ...PERSISTENT_2, MetadataConfiguration: { ...IOPS, Iops: 192000 } },
  EFA: { ...PERSISTENT_2, EfaEnabled: true, StorageCapacity: 38400, MetadataConfiguration: IOPS },
  ELASTIC,
  'the largest': { ...ELASTIC, ThroughputCapacity: 2_000_000 },
  'its own read cache': {
    ...ELASTIC,
    DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 400 },
  },
  'no read cache': { ...ELASTIC, DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' } },
  RESTORED,
  'a backup with its size': { ...RESTORED, StorageCapacity: 2400 },
  nothing: {},
};

test.each(Object.entries(KINDS))('what can be changed later: %s', (_, properties) => {
  const told = laterChanges(properties).map(
    ({ name, to, possible, words, duration }) =>
      `${name}${to ? ` ${JSON.stringify(to)}` : ''}: ${possible ? 'possible' : 'not possible'}. ${words}${duration === undefined ? '' : ` (${duration})`}`,
  );
  expect(told).toMatchSnapshot();
});

test('a read cache of its own size grows with the throughput', () => {
  const cache = { SizingMode: 'USER_PROVISIONED' as const, SizeGiB: 400 };
  const changes = laterChanges({ ...ELASTIC, DataReadCacheConfiguration: cache });
  expect(changes.find(({ name }) => name === 'More throughput')).toMatchObject({
    possible: true,
    to: { ThroughputCapacity: 8000, DataReadCacheConfiguration: { ...cache, SizeGiB: 800 } },
  });
});

test('what a step means for clients, the worst first', () => {
  const cache = (SizeGiB: number) => ({ SizingMode: 'USER_PROVISIONED' as const, SizeGiB });
  const told = (properties: LustreProperties, current: LustreProperties = {}) => {
    const step = { name: 'throughput-capacity' as const, properties };
    return [interruptionPhrase(step, current), ...interruptionsOf(step, current).map(({ erases }) => erases)]; // oxfmt-ignore
  };
  const hour = 'clients may wait for up to an hour';
  const cold = 'reads are slower until the read cache has filled again';
  const contents = 'the contents of the read cache; the data is kept';
  const own = { DataReadCacheConfiguration: cache(400) };
  const both = { ThroughputCapacity: 8000, DataReadCacheConfiguration: cache(800) };
  expect(told({ DataReadCacheConfiguration: cache(800) }, own)).toEqual([cold, contents]);
  expect(told({ ThroughputCapacity: 8000 }, own)).toEqual([hour, undefined]);
  expect(told(both, own)).toEqual([hour, undefined]);
  expect(told(both, ELASTIC)).toEqual([`${hour}, and ${cold}`, undefined, contents]);
  expect(told(both)).toEqual([`${hour}, and ${cold}`, undefined, contents]);
});

test('the steps that FSx rests after', () => {
  const rests = STEP_NAMES.filter(startsCooldown);
  expect(rests).toEqual(['throughput', 'metadata', 'storage', 'throughput-capacity']);
});

test('what is no region', () => {
  const names = ['us-east-1', 'eu-west-9', 'us-est-1', 'virginia', ''];
  expect(names.map(regionProblem)).toEqual([
    undefined,
    undefined,
    'us-est-1 is not a region: did you mean us-east-1?',
    'virginia is not a region: use one such as eu-west-1.',
    ' is not a region: use one such as eu-west-1.',
  ]);
});

test('a configuration in a few words', () => {
  const words = Object.entries(KINDS).map(([kind, each]) => [kind, describeConfiguration(each)]);
  expect(Object.fromEntries(words)).toMatchSnapshot();
  expect(describeConfiguration({ PerUnitStorageThroughput: 50 })).toBe('at 50 MB/s/TiB');
  expect(describeConfiguration({ DriveCacheType: 'NONE' })).toBe('');
});

const NEEDS: readonly Need[] = [
  { capacity: 20480, throughput: 4000 },
  { capacity: 1200.5, throughput: 0.5, persistent: true, metadataIops: 6000 },
  { capacity: 1200, throughput: 100, deployments: ['SCRATCH_2', 'PERSISTENT_2'] },
  { capacity: 1200, throughput: 100, deployments: [], features: [] },
  { capacity: 1200, throughput: 100, features: ['efa', 's3'], maximumCost: 1234.5 },
  { capacity: 4800, throughput: 1000, features: ['backups', 'growth'] },
  { capacity: 600_000, throughput: 1, persistent: true, metadataIops: 100_000 },
];

test('needs in a few words', () => {
  expect(NEEDS.map(describeNeed)).toMatchSnapshot();
});

test.each(['us-east-1', 'il-central-1', 'cn-north-1', 'us-gov-west-1'])(
  'what is advised, and what each offering lacks, in %s',
  (region) => {
    const found = NEEDS.map((need) => ({
      need: describeNeed(need),
      advice: advise(need, { region }).map(
        ({ properties, cost, throughput, why, billedByUse }) =>
          `${JSON.stringify(properties)}: ${cost?.monthly ?? 'no price'}, ${throughput.baseline}, ${billedByUse}, ${why}`,
      ),
      lacks: Object.fromEntries(
        OFFERINGS.map((offering) => [offering.name, lacksOf(offering, need, { region })]),
      ),
    }));
    expect(found).toMatchSnapshot();
  },
);

test('what several estimates are based on', () => {
  const costs = (region: string, kinds: readonly LustreProperties[]) =>
    kinds.flatMap((each) => estimateCost(each, { region }) ?? []);
  const said = (region: string, ...kinds: readonly LustreProperties[]) => {
    const found: CostEstimate[] = costs(region, kinds);
    return [pricesSentence(found, region), pricesOf(found.map(({ priceBasis }) => priceBasis))];
  };
  expect({
    alike: said('us-east-2', SCRATCH_2, SCRATCH_2),
    mixed: said('us-west-2', SCRATCH_2, HDD),
    'the unsure one first': said('us-west-2', HDD, SCRATCH_2),
    'of another region': said('eu-west-3', SCRATCH_2, PERSISTENT_2),
    'of several regions': said('us-west-2', { ...PERSISTENT_2, MetadataConfiguration: IOPS, StorageCapacity: 4800 }, HDD), // oxfmt-ignore
    'of none': said('cn-north-1', SCRATCH_2),
    'of nothing': said('us-east-1'),
  }).toMatchSnapshot();
});

test.each([
  ['4800', 4800],
  [' 4800 ', 4800],
  ['1.5TiB', 1536],
  ['2 PiB', 2 * 2 ** 20],
  ['20gib', 20],
  ['1GB', 1e9 / 2 ** 30],
  ['50TB', 50e12 / 2 ** 30],
  ['1pb', 1e15 / 2 ** 30],
])('%s is a size', (text, value) => {
  expect(capacityIn(text)).toEqual({ value });
});

test.each([
  ['4000', 4000],
  ['500MB/s', 500],
  ['4 GB/s', 4000],
  ['4GBps', 4000],
  ['2tb/S', 2e6],
  ['1MiB/s', 1.048576],
  ['1GiB/s', 1073.741824],
  ['1TiBps', 2 ** 40 / 1e6],
])('%s is a rate', (text, value) => {
  expect(rateIn(text)).toEqual({ value });
});

test('a number has the unit that it is asked in', () => {
  expect([capacityIn('2', 'TiB'), rateIn('2', 'GB/s')]).toEqual([{ value: 2048 }, { value: 2000 }]);
});

test('what is no size and no rate', () => {
  const texts = ['', '0', '-1', '1e3', '1.', '.5', 'x1', '1 2', '1TiB!', '0.0', '1MiB', '1MB', '1 xB', '1Gbit/s', '1Gb/s', '1Gbps', '1GB/h', '1GB/sec', '1XB/s']; // oxfmt-ignore
  const said = texts.map((text) => [text, capacityIn(text), rateIn(text)]);
  expect(said).toMatchSnapshot();
});

const known = [...PROPERTY_NAMES];
const PLACES: Readonly<Record<string, Place>> = {
  Properties: { known, within: '' },
  MetadataConfiguration: { known: ['Mode', 'Iops'], within: 'MetadataConfiguration' },
  'Tags[0]': { known: ['Key', 'Value'], within: 'Tags[0]' },
  'LustreConfiguration of another type': {
    known: ['DeploymentType', 'PerUnitStorageThroughput'],
    within: 'LustreConfiguration',
    holdsProperties: true,
    write: (path) =>
      ({ DeploymentType: 'LustreConfiguration.DeploymentType', StorageCapacity: 'StorageCapacity', ImportPath: 'LustreConfiguration.ImportPath', 'MetadataConfiguration.Iops': 'LustreConfiguration.MetadataConfiguration.Iops' })[path], // oxfmt-ignore
    attribute: (name) => ({ MountName: 'LustreMountName' })[name],
  },
};

const NAMES = [
  'storagecapacity', 'storage_capacity', 'Storage Capacity', 'StorageCapcity', 'StorageCapacty', 'Capacity', 'SubnetId',
  'Subnets', 'SecurityGroups', 'LustreConfiguration', 'FileSystemType', 'Throughput', 'Iops', 'iops', 'Mode', 'mod', 'IOPs', 'Ipos',
  'MetadataIops', 'Keys', 'Name', 'key', 'value', 'Val', 'tag', 'Logs', 'Tag', 'DNSName', 'DnsName', 'MountName', 'mount_name', 'VpcId',
  'DependsOn', 'DeletionPolicy', 'Deletionpolicy', 'DeletionPolcy', 'Condition', 'Type', 'KmsKey', 'KmsKeyID', 'kms_key_id', 'Encrypted', 'ImportPth', 'ImportedPath',
  'DataRepositoryPath', 'AutoImport', 'Colour', 'x', '', 'x'.repeat(64), 'x'.repeat(65), 'DeploymentTypes', 'Size', 'SizeGiB',
  'DriveCache', 'ReadCache', 'SkipFinalSnapshot', 'FinalBackup', 'ImportPath', 'MetadataConfiguration.Iops', 'StorageCapacity',
  'AutoImportPolicies', 'BackupIds', 'IxportPath', 'EmportPath', 'KmsKeyIdd', 'SubnetIdd', 'Tagss', 'Tgas', 'Throughputs', 'StorageTypes', 'DeploymentTipe', 'DnsNames', 'MountNames', 'FileSystemId', 'FileSystemIds', 'PerUnitStorageThroughputs', 'ExportPth', 'RootSquash', 'NoSquashNids', 'Level',
]; // oxfmt-ignore

test.each(Object.entries(PLACES))('unknown names in %s', (_, place) => {
  const said = NAMES.flatMap((name) => {
    const [meaning, repair] = [meaningOf(name, place), nameRepair(name, place)];
    const repaired = repair === undefined ? 'a person decides' : String(repair);
    return meaning === undefined && repair === undefined ? [] : [`${name}: ${meaning} -> ${repaired}`]; // oxfmt-ignore
  });
  expect(said).toMatchSnapshot();
});

test('a name of another tool is told with what it is called here', () => {
  const place = { known, within: '' };
  const all = NAMES_ELSEWHERE.flatMap(({ names }) => Object.keys(names));
  const said = all.map(
    (name) => `${name}: ${meaningOf(name, place)} -> ${nameRepair(name, place)}`,
  );
  expect(said).toMatchSnapshot();
});

test('a type that has only one of two properties has neither under the name', () => {
  const write = (path: string) => (path === 'StorageType' ? path : undefined);
  const place = { known: ['StorageType'], within: '', write };
  const neither = 'only Pangea::FSx::LustreFileSystem has it. Leave it out.';
  expect(meaningOf('DeploymentAndStorageClass', place)).toBe(neither);
  expect(meaningOf('StorageClass', place)).toBe('it is called StorageType here.');
});

test('tags of the final backup have the names of tags', () => {
  const place = { known: ['Key', 'Value'], within: 'FinalBackupTags[1]' };
  expect(meaningOf('Name', place)).toBe('it is called Key here.');
  expect(meaningOf('subnet_id', place)).toContain('belongs beside FinalBackupTags[1], not in it');
});

test('attributes that other tools call otherwise', () => {
  const meant = ['dns_name', 'DNSName', 'Arn', 'Id', 'mount_name', 'StorageCapacity', 'Colour'];
  expect(meant.map(attributeMeant)).toEqual(['DNSName', 'DNSName', 'ResourceARN', 'FileSystemId', 'MountName', undefined, undefined]); // oxfmt-ignore
});

const GUESSES: readonly [string, (text: string) => string | undefined, readonly string[]][] = [
  ['a path', meantPath, [
    'bucket', 'bucket/prefix/', 'b', 'bu', 'buc', 's3:bucket', 's3:/bucket/in', 's3//bucket', 'S3://bucket/In', 'arn:aws:s3:::bucket', 'arn:aws-cn:s3:::bucket/in',
    'https://s3.amazonaws.com/bucket/in', 'http://s3-eu-west-1.amazonaws.com/bucket', 'https://s3.cn-north-1.amazonaws.com.cn/bucket/in?x', 'https://s3.cn-north-1.amazonaws.com.cn/bucket/in',
    'https://bucket.s3.amazonaws.com/in', 'https://bucket.s3.eu-west-1.amazonaws.com', 'https://bucket.s3.cn-north-1.amazonaws.com.cn/', 'https://example.com/bucket', 'ftp://bucket', '-bucket', 'bucket#x', 'x'.repeat(255), 'x'.repeat(256), '',
  ]],
  ['a key', meantKey, ['mine', 'my-alias', 'a/b_c-d', 'alias', 'aliases/a', 'alias/a', 'key/a', 'mrk-a', 'Mrk-1', 'deadbeef', '01-23', 'g', 'a b', 'a:b', 'x'.repeat(250), 'x'.repeat(251), '']],
  ['a log group', logGroupArn, ['/aws/fsx/a', 'aws/fsx', '/aws/fsx/a#b_c.d-E9', '/aws/lambda/a', '/aws/fsx/a b', 'x/aws/fsx/a', '']],
  ['a time', meantTime, ['5:00', '05:00', '0500', '500', '23:59', '24:00', '23:60', '5:00:00', '05:00:01', '5:0', '005:00', '1230x', 'x1230', '5-00', '']],
  ['a day and a time', meantDay, [
    'mon:05:00', 'Monday 5:00', 'SUN:00:00-sun:01:00', 'sun:00:00-', 'sunday:: 7:30', '0:05:00', '7:5:00', '1:24:00', '8:05:00', 'day:05:00', 'xmon:05:00', 'mon05:00', 'wed', 'thu 0500', 'fri:05:00 ', 'tu:05:00', 'wednesdays:05:00', '3 23:59', '',
  ]],
  ['a client', meantClient, [
    '10.0.1.6', '10.0.1.6@tcp', '10.0.1.6@tcp0', '10.0.1.6@tcp1', '10.0.1.0/24', '10.0.1.77/24', '10.0.0.0/8', '10.0.0.0/0', '10.1.2.3/32', '10.1.2.3/33', '10.1.2.3/31@tcp', '10.0.*.*', '10.0.1', '10.0.1.2.3', '10.0..1', '10.0.1.1234', '*.*.*.*', '10.0.1.a', 'x10.0.1.6', '',
  ]],
]; // oxfmt-ignore

test.each(GUESSES)('what was meant by what is not %s', (_, meant, texts) => {
  expect(texts.map((text) => `${text.slice(0, 80)} -> ${meant(text)?.slice(0, 120) ?? 'nothing'}`)).toMatchSnapshot(); // oxfmt-ignore
});

test('an object of JSON is no list and no null', () => {
  expect([{}, { a: 1 }, [], null, undefined, 'a', 1, true].filter(isObject)).toEqual([{}, { a: 1 }]); // oxfmt-ignore
});

describe('unknown values', () => {
  const any = new Unknown('${A}');
  const of = (knowledge: Knowledge) => new Unknown('${A}', knowledge);

  test('have a text, a key and a reason', () => {
    expect([any.text, any.key, any.why, JSON.stringify({ any })]).toEqual([
      '${A}',
      '${A}',
      'only the deployment decides it',
      '{"any":"${A}"}',
    ]);
    const told = of({ key: 'k', why: 'it is late' });
    expect([told.key, told.why, told.with({ why: 'so' }).key]).toEqual(['k', 'it is late', 'k']);
  });

  test('are any text only where nothing is known', () => {
    const all: Knowledge[] = [{}, { why: 'w', like: ['a'], mayBeAbsent: true }, { among: [] }, { not: new Set() }, { pattern: /a/ }, { lacks: 'a' }, { parts: [] }]; // oxfmt-ignore
    expect(all.map((each) => of(each).isAny)).toEqual([true, true, false, false, false, false, false]); // oxfmt-ignore
  });

  test('are filled with texts', () => {
    const fill = (knowledge: Knowledge, fillers = ['x', 'y']) => of(knowledge).filledWith(fillers);
    expect(fill({})).toBeUndefined();
    expect(fill({ parts: [any] })).toBeUndefined();
    expect(fill({ parts: [any, '-', any] })).toEqual(['x-x', 'x-y', 'y-x', 'y-y']);
    expect(fill({ parts: ['a', any], not: new Set(['ax']) })).toEqual(['ay']);
    expect(fill({ parts: ['a', any, any] }, ['', 'b'])).toEqual(['a', 'ab', 'abb']);
    expect(fill({ parts: ['a', of({ pattern: /^y$/ })] })).toEqual(['ay']);
    expect(fill({ parts: ['a', of({ parts: ['b', any] })] })).toEqual(['abx', 'aby']);
    expect(fill({ parts: ['a', of({ among: ['1', '2'] })] })).toEqual(['a1', 'a2']);
    expect(fill({ like: ['l'], parts: ['a'] })).toEqual(['l']);
    expect(fill({ among: ['l', 'm'], not: new Set(['l']), like: ['n'] })).toEqual(['m']);
    const many = Array.from({ length: 142 }, (_, i) => `t${i}`);
    expect(fill({ parts: ['a', any, any] }, many.slice(1))).toHaveLength(141 ** 2);
    expect(fill({ parts: ['a', any, any] }, many)).toBeUndefined();
  });

  test('have a place in a model', () => {
    const model = { a: any, list: [1, { b: any }, [any]], none: null, deep: { c: { d: any } } };
    expect(unknownsIn(model).map(([path]) => path)).toEqual(['a', 'list[1].b', 'list[2][0]', 'deep.c.d']); // oxfmt-ignore
    expect(unknownsIn(any)).toEqual([['', any]]);
    expect(unknownsIn(Array(256).fill(any))).toHaveLength(256);
    expect(unknownsIn(Array(257).fill(any))).toEqual([]);
    for (const [path, value] of unknownsIn(model)) expect(valueAt(model, path)).toBe(value);
    expect(['a.text', 'none.x', 'x.y', 'list[9].b', 'list[0].b'].map((path) => valueAt(model, path))).toEqual(Array(5).fill(undefined)); // oxfmt-ignore
    expect(valueAt(model, 'list[0]')).toBe(1);
    expect(valueAt(model, '')).toBe(model);
    expect([pathOf('', 'a'), pathOf('a', 'b'), pathOf('a', 0), pathOf('', 0)]).toEqual(['a', 'a.b', 'a[0]', '[0]']); // oxfmt-ignore
    expect(['a', 'a.b', 'a[0]', 'ab', 'b.a', 'xa.b'].filter((path) => isWithin(path, 'a'))).toEqual(['a', 'a.b', 'a[0]']); // oxfmt-ignore
  });
});

describe('equal properties', () => {
  const arn = 'arn:aws:kms:us-east-1:123456789012:';
  test.each<[string, keyof LustreProperties, unknown, unknown, boolean]>([
    ['nothing wanted', 'StorageCapacity', undefined, 1200, true],
    ['nothing there', 'StorageCapacity', 1200, undefined, false],
    ['what is left out', 'DataCompressionType', 'NONE', undefined, true],
    ['not what is left out', 'DataCompressionType', 'LZ4', undefined, false],
    ['a list in another order', 'SubnetIds', ['a', 'b'], ['b', 'a', 'b'], true],
    ['a shorter list', 'SubnetIds', ['a'], ['a', 'b'], false],
    ['a list and none', 'SubnetIds', ['a'], 'a', false],
    ['an object and a text', 'MetadataConfiguration', { Mode: 'A' }, 'A', false],
    ['some members', 'MetadataConfiguration', { Mode: 'A' }, { Mode: 'A', Iops: 1 }, true],
    ['members that are not wanted', 'MetadataConfiguration', { Mode: 'A', Iops: undefined }, { Mode: 'A' }, true],
    ['members that are not there', 'MetadataConfiguration', { Mode: 'A', Iops: 1 }, { Mode: 'A' }, false],
    ['no clients, and none', 'RootSquashConfiguration', { RootSquash: '1:1', NoSquashNids: [] }, { RootSquash: '1:1' }, true],
    ['clients, and none', 'RootSquashConfiguration', { RootSquash: '1:1', NoSquashNids: ['a'] }, { RootSquash: '1:1' }, false],
    ['nobody squashed', 'RootSquashConfiguration', {}, { RootSquash: '0:0', NoSquashNids: ['a'] }, true],
    ['a key by its id', 'KmsKeyId', 'ABC', `${arn}key/abc`, true],
    ['another key', 'KmsKeyId', 'abd', `${arn}key/abc`, false],
    ['an alias', 'KmsKeyId', `${arn}alias/a`, 'abc', true],
    ['the alias of what there is', 'KmsKeyId', 'abc', 'alias/a', true],
    ['no alias', 'KmsKeyId', 'x/alias/a', 'abc', false],
    ['a group with its suffix', 'LogConfiguration', { Level: 'A', Destination: 'g:*' }, { Level: 'A', Destination: 'g' }, true],
    ['a group with a star within', 'LogConfiguration', { Level: 'A', Destination: 'g:*x' }, { Level: 'A', Destination: 'gx' }, false],
  ])('%s', (_, name, wanted, actual, equal) => {
    expect(isEquivalentProperty(name, wanted, actual)).toBe(equal);
  }); // oxfmt-ignore
});

describe('the work of a review', () => {
  test('is counted, and ends beyond a limit', () => {
    const work = new Work(10);
    work.spend();
    work.spend(9);
    expect(work.steps).toBe(10);
    expect(() => {
      work.spend();
    }).toThrow('this can resolve to too many values to check all of them');
    expect(new TooMuchWork().name).toBe('TooMuchWork');
    expect(new Work().steps).toBe(0);
  });

  test('is tried within a limit of its own, and then goes on', () => {
    const work = new Work(10);
    const spent = (steps: number) => () => {
      work.spend(steps);
      return steps;
    };
    expect(work.attempt(5, spent(5))).toBe(5);
    expect(work.attempt(2, spent(3))).toBeUndefined();
    expect(work.attempt(99, spent(3))).toBeUndefined();
    expect(() => work.attempt(5, () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
    const other = new Work(10);
    expect(other.attempt(2, () => 'done')).toBe('done');
    other.spend(10);
    expect(other.steps).toBe(10);
  });
});

describe('violations', () => {
  const one = (property: string, more: Partial<Violation> = {}): Violation => ({
    rule: 'some-rule',
    property,
    message: 'It is wrong.',
    kind: 'contradiction',
    ...more,
  });
  const warning = { severity: 'warning' } as const;
  const misplaced = { misplaced: true } as const;

  test('of a value are moot where the property may not be there', () => {
    const left = (...violations: Violation[]) => withoutMoot(violations).map(({ property, misplaced: it }) => `${property}${it ? '!' : ''}`); // oxfmt-ignore
    expect(left(one('A', misplaced), one('A'), one('A.b'), one('AB'))).toEqual(['A!', 'AB']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A'))).toEqual(['A']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A.b'))).toEqual(['A.b']);
    expect(left(one('A', { ...misplaced, ...warning }), one('A', warning))).toEqual(['A!']);
    expect(left(one('A', { ...misplaced, ...warning }), one('B'))).toEqual(['A!', 'B']);
    expect(left(one('A', misplaced), one('A', warning))).toEqual(['A!']);
    expect(left(one('A.b', misplaced), one('A'))).toEqual(['A.b!', 'A']);
  });

  test('stop an operation, are left to FSx, or are new', () => {
    const table = one('A', { kind: 'table' });
    expect(errorsOf([one('A'), one('B', warning)])).toEqual([one('A')]);
    expect(heldAgainst([table, one('B')], true)).toEqual([one('B')]);
    expect(heldAgainst([table, one('B')], false)).toEqual([table, one('B')]);
    const isNew = (violation: Violation, standing: Violation) => newViolations([violation], [standing]).length === 1; // oxfmt-ignore
    expect(isNew(one('A'), one('A'))).toBe(false);
    expect(isNew(one('A'), one('B'))).toBe(true);
    expect(isNew(one('A'), one('A', { rule: 'other' }))).toBe(true);
    expect(isNew(one('A', { value: 1 }), one('A', { value: 2 }))).toBe(true);
    expect(isNew(one('A', { value: [1] }), one('A', { value: [1] }))).toBe(false);
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 6, exceeding: 6 }))).toBe(false); // oxfmt-ignore
    expect(isNew(one('A', { value: 6, exceeding: 6 }), one('A', { value: 6, exceeding: 6 }))).toBe(false); // oxfmt-ignore
    expect(isNew(one('A', { value: 7, exceeding: 7 }), one('A', { value: 6, exceeding: 6 }))).toBe(true); // oxfmt-ignore
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 6 }))).toBe(true);
    expect(isNew(one('A', { value: 5, exceeding: 5 }), one('A', { value: 5 }))).toBe(false);
    expect(isNew(one('A', { value: 5 }), one('A', { value: 6, exceeding: 6 }))).toBe(true);
  });
});

describe('words', () => {
  const { allClosest, amount, capitalized, closest, distance, formatValue } = WORDING;
  const { joinWithAnd, joinWithOr, lengthOf, money, nearestWords } = WORDING;

  test('lists', () => {
    const lists = [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], [1, 2, 3, 4]];
    expect(lists.map(joinWithAnd)).toEqual(['', 'a', 'a and b', 'a, b and c', '1, 2, 3 and 4']);
    expect(lists.map(joinWithOr)).toEqual(['', 'a', 'a or b', 'a, b or c', '1, 2, 3 or 4']);
    expect([nearestWords([]), nearestWords([1]), nearestWords([1, 2])]).toEqual(['', ', nearest 1', ', nearest 1 or 2']); // oxfmt-ignore
  });

  test('numbers', () => {
    const numbers = [0, 1, 999, 1000, 19200, 1234567, 1e9, 0.5, 14.4, 1234.56, 12345.25];
    expect(numbers.map(money)).toEqual(['0.00', '1.00', '999.00', '1,000.00', '19,200.00', '1,234,567.00', '1,000,000,000.00', '0.50', '14.40', '1,234.56', '12,345.25']); // oxfmt-ignore
    expect(numbers.map(amount)).toEqual(['0', '1', '999', '1,000', '19,200', '1,234,567', '1,000,000,000', '0.5', '14.4', '1,234.6', '12,345.3']); // oxfmt-ignore
  });

  test('texts', () => {
    expect([capitalized(''), capitalized('a b'), capitalized('S3')]).toEqual(['', 'A b', 'S3']);
    expect([lengthOf(''), lengthOf('ab'), lengthOf('a\u{1F600}')]).toEqual([0, 2, 2]);
    const values = ['', 'a', 'a b', 'a.b/c:@+-_9', 'a,', '{', 1, -0.5, 1n, true, null, undefined, [], [1, 'a'], { a: 2n }, ['x'.repeat(100)], 'y'.repeat(72), 'y'.repeat(73)]; // oxfmt-ignore
    expect(values.map(formatValue)).toMatchSnapshot();
  });

  test('the number of letters that differ', () => {
    const pairs: [string, string, number][] = [['', '', 0], ['', 'abc', 3], ['abc', '', 3], ['abc', 'abc', 0], ['abc', 'abd', 1], ['abc', 'ab', 1], ['abc', 'abcd', 1], ['abc', 'xabc', 1], ['kitten', 'sitting', 3], ['flaw', 'lawn', 2], ['abcdef', 'badcfe', 4], ['a', 'bcdefg', 6]]; // oxfmt-ignore
    for (const [from, to, letters] of pairs) {
      expect([from, to, distance(from, to)]).toEqual([from, to, letters]);
      expect([from, to, distance(from, to, letters)]).toEqual([from, to, letters]);
      if (letters > 0) expect(distance(from, to, letters - 1)).toBeGreaterThan(letters - 1);
    }
  });

  test('what is similar', () => {
    const types = ['SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'];
    expect(allClosest('SCRATCH', types)).toEqual(['SCRATCH_1', 'SCRATCH_2']);
    expect(allClosest('scratch_2', types)).toEqual(['SCRATCH_2']);
    expect(allClosest('PERSISTENT', types)).toEqual(['PERSISTENT_1', 'PERSISTENT_2']);
    expect(allClosest('nonsense', types)).toEqual([]);
    // Two letters of a short name, a quarter of a long one.
    expect(['abc', 'abd', 'axx', 'xxx'].map((given) => closest(given, ['abc']))).toEqual(['abc', 'abc', 'abc', undefined]); // oxfmt-ignore
    expect(['abcdefghijxx', 'abcdefghixxx', 'abcdefghxxxx'].map((given) => closest(given, ['abcdefghijkl']))).toEqual(['abcdefghijkl', 'abcdefghijkl', undefined]); // oxfmt-ignore
    expect(closest('a'.repeat(64), ['a'.repeat(63)])).toBe('a'.repeat(63));
    expect(closest('a'.repeat(65), ['a'.repeat(64)])).toBeUndefined();
    expect(closest('abcx', ['abcd', 'abcx', 'abc'])).toBe('abcx');
    expect(closest('abcx', ['abcd', 'abcy'])).toBe('abcd');
  });
});
