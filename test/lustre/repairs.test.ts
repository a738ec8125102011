/** Repairs of models as CloudFormation sends them: what is put right, and that it is right then. */
import fc from 'fast-check';
import { nameAdvice } from '../../src/lustre/properties/name-advice';
import { nameRepair } from '../../src/lustre/properties/name-repair';
import { NAMES_ELSEWHERE } from '../../src/lustre/properties/names-elsewhere';
import { parseProperties } from '../../src/lustre/properties/parse';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { checkPartial } from '../../src/lustre/unresolved/check';

const GIVEN = { StorageCapacity: 1200, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] };
const repairsOf = (model: object) =>
  checkPartial({ ...GIVEN, ...model }).map(({ repairs = [] }) => repairs);

test.each<[string, object, object[]]>([
  [
    'a name in other letters',
    { data_compression_type: 'LZ4' },
    [{ data_compression_type: undefined, DataCompressionType: 'LZ4' }],
  ],
  ['a name of another tool', { EfaSupport: false }, [{ EfaSupport: undefined, EfaEnabled: false }]],
  ['a name whose value differs elsewhere', { storageCapacityGiB: 1200 }, []],
  ['a name that stands beside its own', { storage_capacity: 1200 }, []],
  ['a name that means nothing', { Quokka: 1 }, []],
  ['what the type returns', { DNSName: 'x' }, [{ DNSName: undefined }]],
  ['what FSx reports', { Lifecycle: 'x' }, [{ Lifecycle: undefined }]],
  [
    'a member',
    { LogConfiguration: { level: 'WARN_ONLY' } },
    [{ LogConfiguration: { Level: 'WARN_ONLY' } }],
  ],
  [
    'one text for a list',
    { SecurityGroupIds: 'sg-01234567' },
    [{ SecurityGroupIds: ['sg-01234567'] }],
  ],
  [
    'several in one text',
    { SecurityGroupIds: 'sg-01234567,sg-89abcdef' },
    [{ SecurityGroupIds: ['sg-01234567', 'sg-89abcdef'] }],
  ],
  [
    'a list in JSON',
    { SecurityGroupIds: '["sg-01234567"]' },
    [{ SecurityGroupIds: ['sg-01234567'] }],
  ],
  ['several subnets in one text', { SubnetIds: 'subnet-01234567,subnet-89abcdef' }, []],
  ['one in a list', { StorageType: ['SSD'] }, [{ StorageType: 'SSD' }]],
  ['a number with its unit', { StorageCapacity: '2400Gi' }, [{ StorageCapacity: 2400 }]],
  ['TiB', { StorageCapacity: '1.2 TiB' }, [{ StorageCapacity: 1200 }]],
  ['thousands', { StorageCapacity: '1,200' }, [{ StorageCapacity: 1200 }]],
  ['a number without a unit of it', { StorageCapacity: '1200 cats' }, []],
  ['a part of a GiB', { StorageCapacity: '1.2 GiB' }, []],
  ['bytes', { StorageCapacity: 1200 * 2 ** 30 }, []],
  ['MB/s', { PerUnitStorageThroughput: '250 MB/s/TiB' }, [{ PerUnitStorageThroughput: 250 }]],
  ['GB/s', { ThroughputCapacity: '4GB/s' }, [{ ThroughputCapacity: 4000 }]],
  ['days', { AutomaticBackupRetentionDays: '7 days' }, [{ AutomaticBackupRetentionDays: 7 }]],
  ['chunks in GiB', { ImportedFileChunkSize: '1GiB' }, [{ ImportedFileChunkSize: 1024 }]],
  ['a yes', { EfaEnabled: 'yes' }, [{ EfaEnabled: true }]],
  ['a no', { CopyTagsToBackups: 0 }, [{ CopyTagsToBackups: false }]],
  ['a maybe', { EfaEnabled: 'maybe' }, []],
  ['tags as a map', { Tags: { a: 'b', c: 1 } }, [{ Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: 1 }] }]], // oxfmt-ignore
  ['one tag', { Tags: { Key: 'a', Value: 'b' } }, [{ Tags: [{ Key: 'a', Value: 'b' }] }]],
  ['tags as a text', { Tags: 'a=b,c=d' }, [{ Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: 'd' }] }]], // oxfmt-ignore
  ['a block of Terraform', { LogConfiguration: [{ Level: 'DISABLED' }] }, [{ LogConfiguration: { Level: 'DISABLED' } }]], // oxfmt-ignore
  ['a member of an enum', { StorageType: 'StorageType.SSD' }, [{ StorageType: 'SSD' }]],
  ['a part of a word', { LogConfiguration: { Level: 'ERROR' } }, [{ LogConfiguration: { Level: 'ERROR_ONLY' } }, { LogConfiguration: { Level: 'WARN_ERROR' } }]], // oxfmt-ignore
  ['a user id that may be a pair of ids', { RootSquashConfiguration: { RootSquash: 65534 } }, []],
  ['a value in other letters', { DataCompressionType: 'lz4' }, [{ DataCompressionType: 'LZ4' }]],
  [
    'a value that is as near to two',
    { DeploymentType: 'SCRATCH_3' },
    [{ DeploymentType: 'SCRATCH_1' }, { DeploymentType: 'SCRATCH_2' }],
  ],
  ['a form of which there is only an example', { SecurityGroupIds: ['x'] }, []],
  [
    'a number that YAML made of a time',
    { WeeklyMaintenanceStartTime: '21600' },
    [{ WeeklyMaintenanceStartTime: '6:00:00' }],
  ],
  ['more entries than there may be', { SecurityGroupIds: Array(51).fill('sg-01234567') }, []],
  [
    'an export without import',
    { ExportPath: 's3://bkt/x' },
    [{ ImportPath: 's3://bkt' }, { ExportPath: undefined }],
  ],
  [
    'the same tag twice',
    {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '1' },
      ],
    },
    [{ Tags: [{ Key: 'a', Value: '1' }] }],
  ],
  [
    'two tags of one key',
    {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    },
    [{ Tags: [{ Key: 'a', Value: '1' }] }, { Tags: [{ Key: 'a', Value: '2' }] }],
  ],
  [
    'a reserved key',
    { Tags: [{ Key: 'aws:a', Value: '1' }] },
    [{ Tags: [] }, { Tags: [{ Key: 'a', Value: '1' }] }],
  ],
])('%s', (_, model, expected) => {
  const [found] = parseProperties({ ...GIVEN, ...model }).violations;
  const [first] = found ? [found.repairs] : repairsOf(model);
  expect(first).toEqual(expected);
});

const LISTED = NAMES_ELSEWHERE.flatMap(({ names }) => Object.keys(names));

test('whatever is read wrongly, a repair makes it go away', () => {
  const value = fc.constantFrom<unknown>('x', 1, true, ['x'], { Level: 'DISABLED', level: 'x' });
  const name = fc.oneof(
    fc.constantFrom(...PROPERTY_NAMES),
    fc.constantFrom(...LISTED),
    fc.constantFrom(...PROPERTY_NAMES).map((each) => each.toLowerCase()),
  );
  let made = 0;
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (model) => {
      for (const { rule, property, repairs = [] } of parseProperties(model).violations) {
        for (const repair of repairs) {
          made++;
          const left = parseProperties({ ...model, ...repair }).violations;
          expect(left.filter((each) => each.rule === rule && each.property === property)).toEqual(
            [],
          );
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(made).toBeGreaterThan(50);
});

describe('thousands of unknown names', () => {
  const place = (within: string) => ({ known: within === '' ? [...PROPERTY_NAMES] : ['Key', 'Value'], within }); // oxfmt-ignore
  test.each([
    ['items of a list', '', (index: number) => `SubnetIds.${index}`],
    ['spellings of a member', '', (index: number) => `Metadata${'_'.repeat(index % 50)}Iops${'-'.repeat(index / 50)}`], // oxfmt-ignore
    ['unknown anywhere', '', (index: number) => `zz${index}`],
    ['members of one tag', 'Tags[0]', (index: number) => `zz${index}`],
  ])('%s: each is looked at a few times, not with all others', (_, within, named) => {
    const names = Array.from({ length: 2000 }, (_, index) => named(index));
    let looks = 0;
    const members = new Proxy(Object.fromEntries(names.map((name) => [name, 'x'])), {
      get: (target, key): unknown => {
        looks++;
        return Reflect.get(target, key);
      },
    });
    const unadvised = names.filter((name) => {
      nameRepair(name, place(within), members);
      return nameAdvice(name, place(within), members) === '';
    });
    expect(unadvised).toEqual([]);
    expect(looks).toBeLessThan(20 * names.length);
  });

  test('what is moved together is still told with few of them', () => {
    const members = { 'SubnetIds.0': 'subnet-0123456789abcdef0', metadata_iops: 1500 };
    expect(nameRepair('SubnetIds.0', place(''), members)).toEqual({
      'SubnetIds.0': undefined,
      SubnetIds: ['subnet-0123456789abcdef0'],
    });
  });
});
