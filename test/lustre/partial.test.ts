/** The rules where some values are not known: nothing is refused that some value would make right. */
import fc from 'fast-check';
import { head } from '../../src/lustre/parse';
import { checkPartial } from '../../src/lustre/partial';
import { Unknown, unknownsIn } from '../../src/lustre/unknown';
import { estimatePartial } from '../../src/lustre/partial-estimate';
import { PROPERTY_NAMES } from '../../src/lustre/shapes';
import type { LustreProperties } from '../../src/lustre/properties';
import { checkModel } from '../../src/lustre/rules';
import { accepted, mixed } from './arbitraries';
import { HDD, PERSISTENT_1, PERSISTENT_2, SCRATCH_2 } from './configurations';

const unknown = (name = 'X'): Unknown => new Unknown(`\${${name}}`);

const found = (model: object): string[] =>
  checkPartial(model as Record<string, unknown>).map(({ property, rule }) => `${property} ${rule}`);

const subset = fc.uniqueArray(fc.constantFrom(...PROPERTY_NAMES), { maxLength: 5 });

const hidden = (
  properties: LustreProperties,
  names: readonly (keyof LustreProperties)[],
): object => ({
  ...properties,
  ...Object.fromEntries(
    names.filter((name) => properties[name] !== undefined).map((name) => [name, unknown(name)]),
  ),
});

test('nothing is refused in what FSx accepts, whatever of it is not known', () => {
  fc.assert(
    fc.property(accepted, subset, (properties, names) => {
      expect(found(hidden(properties, names))).toEqual([]);
    }),
  );
});

test('what is refused is refused for the values behind the unknown ones too', () => {
  fc.assert(
    fc.property(mixed, subset, (properties, names) => {
      const { violations } = checkModel({ ...properties });
      // A value that is itself wrong stands for none that the unknown one may rightly have.
      const right = names.filter(
        (name) => !violations.some(({ property }) => head(property) === name),
      );
      // Another value may be refused for another reason.
      const all = violations.map(({ property }) => property);
      const refused = checkPartial(hidden(properties, right) as Record<string, unknown>);
      expect(all).toEqual(expect.arrayContaining(refused.map(({ property }) => property)));
    }),
    { numRuns: 300 },
  );
});

test.each<[string, object, string[]]>([
  ['a tier is not missing', { ...PERSISTENT_1, PerUnitStorageThroughput: unknown() }, []],
  ['a subnet is not missing', { ...SCRATCH_2, SubnetIds: unknown() }, []],
  ['an unknown subnet has any form', { ...SCRATCH_2, SubnetIds: [unknown()] }, []],
  [
    'two unknown subnets are two',
    { ...SCRATCH_2, SubnetIds: [unknown('A'), unknown('B')] },
    ['SubnetIds one-subnet'],
  ],
  [
    'a capacity that no tier has',
    { ...HDD, StorageCapacity: 5000, PerUnitStorageThroughput: unknown() },
    ['StorageCapacity storage-capacity'],
  ],
  [
    'a capacity that one tier has',
    { ...HDD, StorageCapacity: 5400, PerUnitStorageThroughput: unknown() },
    [],
  ],
  [
    'a capacity that no deployment has',
    { ...SCRATCH_2, StorageCapacity: 5000, DeploymentType: unknown() },
    ['StorageCapacity storage-capacity'],
  ],
  [
    'a capacity that one deployment has',
    { ...SCRATCH_2, StorageCapacity: 3600, DeploymentType: unknown() },
    [],
  ],
  ['what goes with some deployments', { ...PERSISTENT_1, DeploymentType: unknown() }, []],
  [
    'what goes with no deployment',
    { ...PERSISTENT_1, DriveCacheType: 'READ', DeploymentType: unknown() },
    ['DriveCacheType not-applicable'],
  ],
  [
    'what goes with no deployment, whatever its value',
    {
      ...SCRATCH_2,
      KmsKeyId: unknown('Key'),
      PerUnitStorageThroughput: unknown('Tier'),
      AutoImportPolicy: unknown(),
    },
    [
      'PerUnitStorageThroughput not-applicable',
      'AutoImportPolicy s3-link',
      'KmsKeyId not-applicable',
    ],
  ],
  [
    'what may turn out not to be used',
    { ...SCRATCH_2, AutomaticBackupRetentionDays: unknown(), EfaEnabled: unknown() },
    [],
  ],
  [
    'what may turn out to be left out',
    { ...SCRATCH_2, KmsKeyId: new Unknown('Key', { mayBeAbsent: true }) },
    [],
  ],
  [
    'backups of a linked file system',
    { ...PERSISTENT_1, ImportPath: unknown(), AutomaticBackupRetentionDays: 7 },
    ['AutomaticBackupRetentionDays s3-backups'],
  ],
  [
    'an export into the bucket of an unknown import',
    { ...PERSISTENT_1, ImportPath: unknown(), ExportPath: 's3://bucket/out' },
    [],
  ],
  [
    'a start time for backups that may be on',
    {
      ...PERSISTENT_1,
      AutomaticBackupRetentionDays: unknown(),
      DailyAutomaticBackupStartTime: '05:00',
    },
    [],
  ],
  [
    'a reserved key beside an unknown value',
    { ...SCRATCH_2, Tags: [{ Key: 'aws:x', Value: unknown() }] },
    ['Tags[0].Key tag-reserved'],
  ],
  [
    'an unknown name is wrong whatever its value',
    { ...SCRATCH_2, StorageCapasity: unknown() },
    ['StorageCapasity unknown-property'],
  ],
  [
    'what the type returns cannot be given',
    { ...SCRATCH_2, DNSName: unknown() },
    ['DNSName read-only'],
  ],
  [
    'a part of an object',
    { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: unknown() } },
    [],
  ],
  [
    'a part of an object that another part rules out',
    {
      ...PERSISTENT_2,
      MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: 1500 },
      KmsKeyId: unknown(),
    },
    ['MetadataConfiguration.Iops metadata-mode'],
  ],
])('%s', (_, model, expected) => {
  expect(found(model)).toEqual(expected);
});

test('a message of an unknown value shows how it is written', () => {
  const ImportPath = new Unknown('s3://${Bucket}/data');
  expect(checkPartial({ ...PERSISTENT_2, ImportPath })[0]?.message).toMatch(
    /^ImportPath "s3:\/\/\$\{Bucket\}\/data" does not go with PERSISTENT_2/,
  );
});

test('what looks like a pattern of a replacement is shown as it is written', () => {
  const ImportPath = new Unknown("s3://$$/$&/$'");
  expect(checkPartial({ ...PERSISTENT_2, ImportPath })[0]?.message).toContain("s3://$$/$&/$'");
});

test('a message says what it does not depend on', () => {
  const model = { ...SCRATCH_2, StorageCapacity: 5000, DeploymentType: unknown() };
  expect(checkPartial(model).map(({ message }) => message)).toEqual([
    'StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200. ' +
      'This does not depend on DeploymentType, which the deployment decides.',
  ]);
});

test('where very much is unknown, that is said which no value changes, and soon', () => {
  const model = Object.fromEntries(PROPERTY_NAMES.map((name) => [name, unknown(name)]));
  const many = { ...model, SubnetIds: ['subnet-01234567', 'subnet-89abcdef'], Descripton: 'oops' };
  expect(found(many)).toEqual([
    'Descripton unknown-property',
    'SubnetIds one-subnet',
    'ImportPath s3-restore',
  ]);
});

test('a capacity that nothing takes is refused however much else is unknown', () => {
  const names = PROPERTY_NAMES.filter((name) => !/Capacity|Backup|Tags|Path/.test(name));
  const model = Object.fromEntries(names.map((name) => [name, unknown(name)]));
  expect(found({ ...model, StorageCapacity: 5000, WeeklyMaintenanceStartTime: '9:99:99' })).toEqual(
    ['StorageCapacity storage-capacity', 'WeeklyMaintenanceStartTime format'],
  );
});

test('the only values that there may be are tried, and no others', () => {
  const P1_OR_P2 = new Unknown('${Type}', { among: ['PERSISTENT_1', 'PERSISTENT_2'] });
  const model = { ...SCRATCH_2, DeploymentType: P1_OR_P2 };
  expect(found({ ...model, StorageCapacity: 3600, PerUnitStorageThroughput: 12 })).toEqual([
    'StorageCapacity storage-capacity',
    'PerUnitStorageThroughput throughput-tier',
  ]);
  expect(found({ ...model, PerUnitStorageThroughput: 12 })).toEqual([
    'PerUnitStorageThroughput throughput-tier',
  ]);
  expect(found(model)).toEqual(['PerUnitStorageThroughput required']);
  expect(
    found({ ...SCRATCH_2, StorageCapacity: new Unknown('${Size}', { among: ['5000', '7000'] }) }),
  ).toEqual(['StorageCapacity storage-capacity']);
  expect(
    found({ ...SCRATCH_2, StorageCapacity: new Unknown('${Size}', { among: ['5000', '7200'] }) }),
  ).toEqual([]);
});

test('one of the values that there may be is enough', () => {
  fc.assert(
    fc.property(mixed, subset, (properties, names) => {
      const { violations } = checkModel({ ...properties });
      const texts = names.filter((name) =>
        ['string', 'number', 'boolean'].includes(typeof properties[name]),
      );
      const model = {
        ...properties,
        ...Object.fromEntries(
          texts.map((name) => [
            name,
            new Unknown(name, { among: [properties[name] as string, '1'] }),
          ]),
        ),
      };
      const all = violations.map(({ property }) => property);
      const refused = checkPartial(model);
      expect(all).toEqual(expect.arrayContaining(refused.map(({ property }) => property)));
    }),
    { numRuns: 300 },
  );
});

test('unknown values are found by their paths', () => {
  const model = { Tags: [{ Key: 'a', Value: unknown() }], KmsKeyId: unknown() };
  expect(unknownsIn(model).map(({ path }) => path)).toEqual([['Tags', 0, 'Value'], ['KmsKeyId']]);
});

test('estimates wait for what decides them, and for nothing else', () => {
  const options = { region: 'us-east-1' };
  const open = { ...SCRATCH_2, SubnetIds: unknown(), Tags: unknown() };
  expect(estimatePartial(open, options)).toMatchObject({
    throughput: { baseline: 960 },
    cost: { monthly: 672 },
    waiting: [],
  });
  const waiting = estimatePartial({ ...SCRATCH_2, StorageCapacity: unknown() }, options);
  expect(waiting.waiting).toEqual(['StorageCapacity']);
  expect(waiting).not.toHaveProperty('cost');
});
