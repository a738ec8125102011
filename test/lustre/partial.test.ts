/** The rules where some values are not known: nothing is refused that some value would make right. */
import fc from 'fast-check';
import { head } from '../../src/lustre/properties/parse';
import { checkPartial } from '../../src/lustre/unresolved/check';
import { isWithin } from '../../src/lustre/paths';
import { Unknown, unknownsIn } from '../../src/lustre/unknown';
import { estimatePartial } from '../../src/lustre/unresolved/estimate';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import {
  TYPE_DEFAULTS,
  withDefaults,
  type Defaults,
  type LustreProperties,
} from '../../src/lustre/properties';
import { checkModel, type CheckOptions } from '../../src/lustre/rules/rules';
import { accepted, mixed } from './arbitraries';
import { ELASTIC, HDD, PERSISTENT_1, PERSISTENT_2, SCRATCH_2 } from './configurations';

const unknown = (name = 'X'): Unknown => new Unknown(`\${${name}}`);

const among = (...values: string[]): Unknown => new Unknown('${X}', { among: values });

const found = (model: object, options?: CheckOptions): string[] =>
  checkPartial(model as Record<string, unknown>, options).map(
    ({ property, rule }) => `${property} ${rule}`,
  );

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
      expect(
        refused.filter(({ property }) => !all.some((each) => isWithin(property, each))),
      ).toEqual([]);
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

test('rules that read properties one by one refuse what they refuse of all that is known', () => {
  fc.assert(
    fc.property(mixed, (properties) => {
      const known = { ...properties, CopyTagsToBackups: undefined };
      const { violations } = checkModel(known);
      expect(checkPartial(known)).toEqual(violations);
      // Nothing depends on it.
      expect(checkPartial({ ...known, CopyTagsToBackups: unknown() })).toEqual(violations);
    }),
  );
});

describe('a default that looks at another property', () => {
  const defaults: Defaults = {
    ...TYPE_DEFAULTS,
    EfaEnabled: (read) => read('DataCompressionType') === 'LZ4' || undefined,
    AutomaticBackupRetentionDays: (read) => (read('EfaEnabled') ? 7 : undefined),
  };
  const REFUSED = ['AutomaticBackupRetentionDays not-applicable', 'EfaEnabled not-applicable'];
  test.each<[string, object, string[]]>([
    ['is certain where that is known', { DataCompressionType: 'LZ4' }, REFUSED],
    ['and where every value of it leads there', { DataCompressionType: among('LZ4', 'LZ4') }, REFUSED], // oxfmt-ignore
    ['and not where one leads elsewhere', { DataCompressionType: among('LZ4', 'NONE') }, []],
    ['whichever comes first', { DataCompressionType: unknown() }, []],
  ])('%s', (_, properties, expected) => {
    expect(found({ ...SCRATCH_2, ...properties }, { defaults })).toEqual(expected);
  });

  test('is waited for by the estimates', () => {
    const capacity: Defaults = {
      StorageCapacity: (read) => (read('DataCompressionType') === 'LZ4' ? 1200 : 2400),
    };
    const { StorageCapacity, ...model } = SCRATCH_2;
    const options = { region: 'us-east-1', defaults: { ...TYPE_DEFAULTS, ...capacity } };
    const { waiting, cost } = estimatePartial({ ...model, DataCompressionType: unknown() }, options); // oxfmt-ignore
    expect({ StorageCapacity, waiting, cost }).toEqual({ StorageCapacity: 4800, waiting: ['DataCompressionType'] }); // oxfmt-ignore
  });
});

test('a message of an unknown value shows how it is written', () => {
  const ImportPath = new Unknown('s3://${Bucket}/data');
  expect(checkPartial({ ...PERSISTENT_2, ImportPath })[0]?.message).toMatch(
    /^ImportPath "s3:\/\/\$\{Bucket\}\/data" cannot be used with PERSISTENT_2/,
  );
});

test('what looks like a pattern of a replacement is shown as it is written', () => {
  const ImportPath = new Unknown("s3://$$/$&/$'");
  expect(checkPartial({ ...PERSISTENT_2, ImportPath })[0]?.message).toContain("s3://$$/$&/$'");
});

test('a message says what it does not depend on', () => {
  const model = { ...SCRATCH_2, StorageCapacity: 5000, DeploymentType: unknown() };
  expect(checkPartial(model).map(({ message }) => message)).toEqual([
    'StorageCapacity 5000 is not valid for any DeploymentType.',
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

describe('the configurations that a rule is tried with', () => {
  /** What is refused, and how often a rule read a property that is left out. */
  const counted = (name: keyof LustreProperties, model: object): [string[], number] => {
    let reads = 0;
    const nothing = () => {
      reads++;
      return undefined;
    };
    return [found(model, { defaults: { ...TYPE_DEFAULTS, [name]: nothing } }), reads];
  };

  test('are those that differ in what it reads', () => {
    const names = PROPERTY_NAMES.filter((name) => !/Capacity|Backup|Path/.test(name));
    const open = Object.fromEntries(names.map((name) => [name, unknown(name)]));
    const [refused, reads] = counted('BackupId', { ...open, StorageCapacity: 5000 });
    expect(refused).toEqual(['StorageCapacity storage-capacity']);
    expect(reads).toBeLessThan(1000);
  });

  test('are bounded: beyond, nothing is certain', () => {
    const Key = (count: number) =>
      among(...Array.from({ length: count }, (_, index) => `${index}`));
    const model = (count: number) => ({
      ...SCRATCH_2,
      Tags: [{ Key: Key(count), Value: 'x' }, { Key: 'aws:x', Value: 'x' }], // oxfmt-ignore
    });
    const [refused, reads] = counted('FinalBackupTags', model(4000));
    expect(refused).toEqual(['Tags[1].Key tag-reserved']);
    expect(reads).toBeLessThan(4100);
    const [beyond, bounded] = counted('FinalBackupTags', model(9000));
    expect(beyond).toEqual([]);
    expect(bounded).toBeLessThan(4200);
  });
});

test('what is an error for one value and a warning for another is a warning', () => {
  const model = { ...SCRATCH_2, KmsKeyId: 'my key' };
  const severities = (DeploymentType: unknown) =>
    checkPartial({ ...model, PerUnitStorageThroughput: unknown(), DeploymentType })
      .filter(({ rule }) => rule === 'format')
      .map(({ severity }) => severity);
  expect(severities('PERSISTENT_1')).toEqual([undefined]);
  expect(severities(among('PERSISTENT_1', 'SCRATCH_2'))).toEqual(['warning']);
  expect(severities(among('SCRATCH_2', 'PERSISTENT_1'))).toEqual(['warning']);
});

test('of the values that there may be, those of the wrong form are refused where all are', () => {
  expect(found({ ...SCRATCH_2, StorageCapacity: among('12OO', '2400') })).toEqual([]);
  expect(found({ ...SCRATCH_2, StorageCapacity: among('12OO', '5000') })).toEqual([
    'StorageCapacity storage-capacity',
  ]);
  expect(found({ ...SCRATCH_2, StorageCapacity: among('12OO', 'large') })).toEqual([
    'StorageCapacity type',
  ]);
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
      expect(
        refused.filter(({ property }) => !all.some((each) => isWithin(property, each))),
      ).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('unknown values are found by their paths', () => {
  const model = { Tags: [{ Key: 'a', Value: unknown() }], KmsKeyId: unknown() };
  expect(unknownsIn(model).map(([path]) => path)).toEqual(['Tags[0].Value', 'KmsKeyId']);
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
  const names = PROPERTY_NAMES.filter((name) => name !== 'ThroughputCapacity');
  const all = Object.fromEntries(names.map((name) => [name, unknown(name)]));
  expect(estimatePartial(all, options).waiting).toEqual([
    'StorageCapacity',
    'StorageType',
    'DeploymentType',
    'PerUnitStorageThroughput',
    'DriveCacheType',
    'MetadataConfiguration',
    'BackupId',
  ]);
});

/** What is said whole: message, severity, and repairs that hold whatever the rest turns out to be. */
test.each<[string, object, CheckOptions?]>([
  ['a deployment type that is none of two', { ...PERSISTENT_1, PerUnitStorageThroughput: 3, DeploymentType: among('PERSISTENT_1', 'PERSISTENT_2') }],
  ['a tier of two storage types', { ...PERSISTENT_1, PerUnitStorageThroughput: 3, StorageType: among('SSD', 'HDD') }],
  ['a capacity of two tiers', { ...HDD, StorageCapacity: 5000, PerUnitStorageThroughput: among('12', '40') }],
  ['a tier on two scratch types', { ...SCRATCH_2, PerUnitStorageThroughput: 50, DeploymentType: among('SCRATCH_1', 'SCRATCH_2') }],
  ['a key on two scratch types', { ...SCRATCH_2, KmsKeyId: unknown('Key'), DeploymentType: among('SCRATCH_1', 'SCRATCH_2') }],
  ['a key on scratch or a storage that is not offered', { ...SCRATCH_2, KmsKeyId: 'alias/a', StorageType: among('SSD', 'HDD') }],
  ['two wrong capacities', { ...SCRATCH_2, StorageCapacity: among('5000', '7000') }],
  ['two deployment types that do not exist', { ...SCRATCH_2, DeploymentType: among('SCRATCH_3', 'SCRATCH_4') }],
  ['a backup on scratch', { ...SCRATCH_2, BackupId: unknown('Backup') }],
  ['no capacity of two types', { SubnetIds: SCRATCH_2.SubnetIds, DeploymentType: among('SCRATCH_1', 'SCRATCH_2') }],
  ['no tier of two storage types', { ...PERSISTENT_1, PerUnitStorageThroughput: undefined, StorageType: among('SSD', 'HDD') }],
  ['nothing but a deployment type that is not known', { DeploymentType: unknown() }],
  ['a storage type for another deployment type', { ...SCRATCH_2, StorageType: among('HDD', 'INTELLIGENT_TIERING') }],
  ['EFA in no region of two types', { ...PERSISTENT_2, EfaEnabled: among('true'), PerUnitStorageThroughput: among('125', '250'), MetadataConfiguration: { Mode: 'AUTOMATIC' } }, { region: 'il-central-1' }],
  ['tiers that a region lacks', { ...PERSISTENT_2, PerUnitStorageThroughput: among('500', '1000') }, { region: 'il-central-1' }],
  ['an export to another bucket', { ...SCRATCH_2, ImportPath: 's3://a-bucket/in', ExportPath: new Unknown('s3://other/${X}', { parts: ['s3://other/', unknown()] }) }],
  ['a link that is not known, with backups', { ...PERSISTENT_1, ImportPath: unknown('Path'), AutomaticBackupRetentionDays: 7 }],
  ['a window with a retention of 0', { ...PERSISTENT_1, DailyAutomaticBackupStartTime: unknown('Time'), AutomaticBackupRetentionDays: among('0') }],
  ['IOPS with a mode that is not known', { ...PERSISTENT_2, MetadataConfiguration: { Mode: unknown('Mode'), Iops: 1 } }],
  ['IOPS in a mode without', { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC', Iops: unknown('Iops') } }],
  ['two equal keys of tags', { ...SCRATCH_2, Tags: [{ Key: unknown('A'), Value: '1' }, { Key: unknown('A'), Value: '2' }] }],
  ['a reserved key', { ...SCRATCH_2, Tags: [{ Key: new Unknown('aws:${X}', { parts: ['aws:', unknown()] }), Value: '1' }] }],
  ['an attribute', { ...SCRATCH_2, FileSystemId: unknown('Id'), DNSName: 'a', VpcId: null }],
  ['an id of something else', { ...SCRATCH_2, SubnetIds: [new Unknown('Vpc', { like: ['vpc-01234567', 'vpc-0123456789abcdef0'] })] }],
])('what is said whole of %s', (_, model, options = {}) => {
  const told = checkPartial(model as Record<string, unknown>, options).map(
    ({ severity = 'error', rule, property, value, message, repairs }) =>
      [`${severity} ${rule} ${property}: ${message}`, JSON.stringify(value), JSON.stringify(repairs, (_name, each: unknown) => each === undefined ? '(left out)' : each)],
  );
  expect(told).toMatchSnapshot();
}); // oxfmt-ignore

test('no repair writes a sample for a value that is not known', () => {
  const repairs = (model: object) =>
    checkPartial(model as Record<string, unknown>).flatMap((each) => each.repairs ?? []);
  const [A, B] = [unknown('A'), unknown('B')];
  const tags = (...keys: unknown[]) => ({ Tags: keys.map((Key) => ({ Key, Value: '1' })) });
  expect(repairs({ ...SCRATCH_2, SubnetIds: ['subnet-01234567', B] })).toEqual([
    { SubnetIds: ['subnet-01234567'] },
    { SubnetIds: ['${B}'] },
  ]);
  expect(repairs({ ...SCRATCH_2, ...tags(A, A) })).toEqual([tags('${A}')]);
  expect(repairs({ ...SCRATCH_2, ...tags('a', 'a', B) })).toEqual([tags('a', '${B}')]);
  expect(repairs({ ...SCRATCH_2, ...tags('a', 'a') })).toEqual([tags('a')]);
  const reserved = new Unknown('aws:${A}', { parts: ['aws:', A] });
  expect(repairs({ ...SCRATCH_2, ...tags(reserved) })).toEqual([{ Tags: [] }, tags('${A}')]);
  expect(repairs({ ...SCRATCH_2, ...tags('aws:b', B) })).toEqual([tags('${B}'), tags('b', '${B}')]);
  const Destination = unknown('Group');
  expect(repairs({ ...SCRATCH_2, LogConfiguration: { Level: 'DISABLED', Destination } })).toEqual([
    { LogConfiguration: { Level: 'DISABLED' } },
    { LogConfiguration: { Level: 'WARN_ERROR', Destination: '${Group}' } },
  ]);
});

test('what an estimate waits for', () => {
  const waiting = (model: object) => {
    const { waiting: paths, throughput, cost } = estimatePartial(model as Record<string, unknown>, { region: 'us-east-2' }); // oxfmt-ignore
    return [paths, throughput?.baseline, cost?.monthly];
  };
  expect([
    waiting(SCRATCH_2),
    waiting({ ...SCRATCH_2, SubnetIds: unknown(), Tags: unknown('T') }),
    waiting({ ...SCRATCH_2, StorageCapacity: unknown() }),
    waiting({ ...HDD, DriveCacheType: unknown(), StorageCapacity: unknown('C') }),
    waiting({ ...PERSISTENT_2, MetadataConfiguration: { Mode: unknown('M'), Iops: unknown('I') } }),
    waiting({ ...PERSISTENT_2, DeploymentType: unknown('D'), StorageType: unknown('S') }),
    waiting({ BackupId: unknown('B') }),
    waiting({ ...ELASTIC, DeploymentType: unknown('D'), StorageType: unknown('S') }),
  ]).toMatchSnapshot();
});

test('an estimate has the properties that are known, and no samples for the others', () => {
  const model = { ...SCRATCH_2, StorageCapacity: unknown('C'), Tags: [{ Key: 'a', Value: unknown('V') }] }; // oxfmt-ignore
  const { properties } = estimatePartial(model, { region: 'us-east-2' });
  const { StorageCapacity: _, ...known } = SCRATCH_2;
  expect(properties).toEqual(withDefaults(known));
});
