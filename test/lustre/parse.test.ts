import fc from 'fast-check';
import { isObject } from '../../src/lustre/json';
import { parseProperties } from '../../src/lustre/properties/parse';
import { ATTRIBUTE_NAMES, PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { withDefaults } from '../../src/lustre/properties';
import { describeViolations } from '../../src/lustre/violations';

const messages = (input: Record<string, unknown>): string[] =>
  parseProperties(input).violations.map(({ message }) => message);

test('every scalar may be a string, integers may be bigint, collections may be Set and Map', () => {
  const { properties, violations } = parseProperties({
    StorageCapacity: '4800',
    PerUnitStorageThroughput: 200n,
    AutomaticBackupRetentionDays: '0',
    CopyTagsToBackups: 'true',
    EfaEnabled: 'False',
    SubnetIds: new Set(['subnet-01234567']),
    MetadataConfiguration: new Map<string, unknown>([['Iops', '6000']]),
    Tags: new Set([new Map([['Key', 'a'], ['Value', 'b']])]), // oxfmt-ignore
  });
  expect(violations).toEqual([]);
  expect(properties).toEqual({
    StorageCapacity: 4800,
    PerUnitStorageThroughput: 200,
    AutomaticBackupRetentionDays: 0,
    CopyTagsToBackups: true,
    EfaEnabled: false,
    SubnetIds: ['subnet-01234567'],
    MetadataConfiguration: { Iops: 6000 },
    Tags: [{ Key: 'a', Value: 'b' }],
  });
});

test('null and undefined are absent, empty text is where no text is expected', () => {
  const { properties, violations } = parseProperties({
    StorageCapacity: '',
    EfaEnabled: '',
    ImportPath: '',
    KmsKeyId: null,
    Tags: undefined,
    SecurityGroupIds: [null, 'sg-01234567'],
    LogConfiguration: { Level: null },
  });
  expect(violations).toEqual([]);
  expect(properties).toEqual({
    ImportPath: '',
    SecurityGroupIds: ['sg-01234567'],
    LogConfiguration: {},
  });
});

test('text may come as a number or as true', () => {
  const tags = [{ Key: 1, Value: true }];
  expect(parseProperties({ Tags: tags }).properties).toEqual({
    Tags: [{ Key: '1', Value: 'true' }],
  });
});

test.each([
  ['abc', 'abc'],
  ['1200.5', '1200.5'],
  [1200.5, '1200.5'],
  ['1e3', '1e3'],
  ['1200e0', '1200e0'],
  [Infinity, 'Infinity'],
  ['1e400', '1e400'],
  ['9'.repeat(400), '999'],
  [NaN, 'NaN'],
  [' 1200', '" 1200"'],
  [true, 'true'],
  [['1200'], '["1200"]'],
  [{ Ref: 'Capacity' }, '{"Ref":"Capacity"}'],
])('StorageCapacity %p is no number of GiB', (value, shown) => {
  const { properties, violations } = parseProperties({ StorageCapacity: value });
  expect(properties).toEqual({});
  expect(violations).toMatchObject([
    { rule: 'type', property: 'StorageCapacity', kind: 'contradiction' },
  ]);
  expect(violations[0]?.message).toContain(shown);
  expect(violations[0]?.message).toContain('expected a whole number (GiB)');
});

test.each([
  [{ StorageType: { a: 1 } }, 'StorageType {"a":1}', 'SSD, HDD or INTELLIGENT_TIERING'],
  [
    { MetadataConfiguration: { Mode: [] } },
    'MetadataConfiguration.Mode []',
    'AUTOMATIC or USER_PROVISIONED',
  ],
  [{ ImportPath: {} }, 'ImportPath {}', 'an S3 path, such as s3://bucket/prefix'],
  [
    { MetadataConfiguration: new Set(['Mode']) },
    'MetadataConfiguration {}',
    'an object with Mode and, where that is USER_PROVISIONED, Iops',
  ],
])('%j is told what is expected, by name', (input, given, expected) => {
  expect(messages(input)).toEqual([`${given} is not valid: expected ${expected}.`]);
});

test.each<[string, object, object[]]>([
  ['a text', { SubnetIds: 'subnet-01234567' }, [{ SubnetIds: ['subnet-01234567'] }]],
  ['several texts', { SubnetIds: 'subnet-01234567, subnet-89abcdef' }, []],
  ['a number', { SubnetIds: 7 }, []],
  ['a text, of tags', { Tags: 'a' }, []],
  ['what is no item of it', { SecurityGroupIds: 'sg-01234567, default' }, []],
  ['a range in brackets', { RootSquashConfiguration: { NoSquashNids: '[1-2].0.0.[1-2]@tcp' } }, [{ RootSquashConfiguration: { NoSquashNids: ['[1-2].0.0.[1-2]@tcp'] } }]], // oxfmt-ignore
  ['an address', { RootSquashConfiguration: { NoSquashNids: '10.0.0.1' } }, [{ RootSquashConfiguration: { NoSquashNids: ['10.0.0.1@tcp'] } }]], // oxfmt-ignore
  ['a list in JSON', { SubnetIds: ' ["subnet-01234567"] ' }, [{ SubnetIds: ['subnet-01234567'] }]],
  ['tags as texts', { Tags: 'a = x, b=y z' }, [{ Tags: [{ Key: 'a', Value: 'x' }, { Key: 'b', Value: 'y z' }] }]], // oxfmt-ignore
  ['a tag as the AWS CLI takes it', { Tags: 'Key=Name,Value=x' }, [{ Tags: [{ Key: 'Name', Value: 'x' }] }]], // oxfmt-ignore
  ['tags as the AWS CLI takes them', { Tags: 'Key=a,Value=x,Key=b,Value=y' }, []],
  ['a tag in small letters', { Tags: { key: 'a', value: 'x' } }, [{ Tags: [{ Key: 'a', Value: 'x' }] }]], // oxfmt-ignore
])('%s for a list becomes its only item where it can be', (_, input, repairs) => {
  expect(parseProperties({ ...input }).violations).toMatchObject([{ rule: 'type', repairs }]);
});

test.each<[unknown, number | undefined]>([
  ['125 MB/s', 125],
  ['125MBps', 125],
  ['1 GBps', 1000],
  ['1GB/s', 1000],
  ['125Mbps', undefined],
  ['125 mbps', undefined],
  ['125 Mb/s', undefined],
  ['1Gbps', undefined],
])('a throughput of %s is not read in bits', (PerUnitStorageThroughput, meant) => {
  expect(parseProperties({ PerUnitStorageThroughput }).violations).toMatchObject([
    { repairs: meant === undefined ? [] : [{ PerUnitStorageThroughput: meant }] },
  ]);
});

test('the only item of a list is advised only where it is valid', () => {
  expect(messages({ DeploymentType: ['a'] })).toEqual([
    'DeploymentType ["a"] is not valid: expected SCRATCH_1, SCRATCH_2, PERSISTENT_1 or PERSISTENT_2.',
  ]);
  expect(messages({ KmsKeyId: ['mine'] })).toEqual([
    'KmsKeyId ["mine"] is not valid: expected the ID, alias or ARN of a KMS key; write alias/mine.',
  ]);
});

test('a value that does not fit is not shown in its place', () => {
  expect(messages({ 'MetadataConfiguration.Iops': 'many' })).toEqual([
    'MetadataConfiguration.Iops is not a property of this type: Iops is a member of MetadataConfiguration.',
  ]);
});

test('a tag whose only member is its key is told with both members', () => {
  expect(messages({ Tags: [{ Name: 'x' }, { Name: 'a', Value: 'x' }] })).toEqual([
    '"Tags[0].Name" is not a property of this type: write the tag as {Key: Name, Value: x}.',
    '"Tags[1].Name" is not a property of this type: use Key.',
  ]);
});

test('a member that is malformed is named by its path, the rest is kept', () => {
  const { properties, violations } = parseProperties({
    EfaEnabled: 'yes',
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 'many' },
    RootSquashConfiguration: 'x',
    SubnetIds: 'subnet-01234567',
    ImportPath: { 'Fn::Sub': 's3://x' },
  });
  expect(violations.map(({ property }) => property)).toEqual([
    'SubnetIds',
    'ImportPath',
    'EfaEnabled',
    'MetadataConfiguration.Iops',
    'RootSquashConfiguration',
  ]);
  expect(properties).toEqual({ MetadataConfiguration: { Mode: 'USER_PROVISIONED' } });
});

test.each([
  ['StorageCapcity', 'did you mean StorageCapacity?'],
  ['storagecapacity', 'use StorageCapacity.'],
  ['LustreConfiguration', 'move its members up one level, beside the other properties.'],
  ['FileSystemType', 'this type is always LUSTRE. Omit it.'],
  ['Colour', 'omit it.'],
  ['constructor', 'omit it.'],
])('%s is an unknown name', (name, advice) => {
  expect(messages({ [name]: 1 })).toEqual([`${name} is not a property of this type: ${advice}`]);
});

test('an unknown member is named by its path', () => {
  expect(messages({ MetadataConfiguration: { IOPS: 1500 } })).toEqual([
    'MetadataConfiguration.IOPS is not a property of this type: use Iops.',
  ]);
});

test('what the type returns is passed over', () => {
  expect(parseProperties(Object.fromEntries(ATTRIBUTE_NAMES.map((name) => [name, {}])))).toEqual({
    properties: {},
    violations: [],
  });
});

test('defaults are those of the type, and none beside a backup', () => {
  expect(withDefaults({ StorageType: 'HDD' })).toEqual({
    StorageType: 'HDD',
    DeploymentType: 'SCRATCH_2',
    FileSystemTypeVersion: '2.15',
  });
  expect(withDefaults({ BackupId: 'backup-01234567' })).toEqual({ BackupId: 'backup-01234567' });
});

test('a whole number means the same as number, text and bigint', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const parse = (StorageCapacity: unknown) => parseProperties({ StorageCapacity });
      expect(parse(value)).toEqual({ properties: { StorageCapacity: value }, violations: [] });
      expect(parse(String(value))).toEqual(parse(value));
      expect(parse(BigInt(value))).toEqual(parse(value));
    }),
  );
});

test('a map whose keys are not text is refused, whatever they are', () => {
  const keyed = new Map([[{ toString: undefined }, 0n]]);
  expect(parseProperties({ Tags: [keyed] }).violations).toEqual([
    expect.objectContaining({ rule: 'type', property: 'Tags[0]' }),
  ]);
});

test('any value at all is either turned or refused, in a message that fits', () => {
  const anything = fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...PROPERTY_NAMES), anything, (name, value) => {
      const { properties, violations } = parseProperties({ [name]: value });
      if (violations.some(({ property }) => property === name)) expect(properties).toEqual({});
      expect(describeViolations(violations).length).toBeLessThanOrEqual(1024);
    }),
  );
});

test('an object of JSON is no list and no null', () => {
  expect([{}, { a: 1 }, [], null, undefined, 'a', 1, true].filter(isObject)).toEqual([{}, { a: 1 }]); // oxfmt-ignore
});
