/** Names that there are not: what each door says of them. */
import fc from 'fast-check';
import { lustreFileSystem, type FileSystemProperties } from '../../src';
import { nameAdvice } from '../../src/lustre/properties/name-advice';
import { NAMES_ELSEWHERE } from '../../src/lustre/properties/names-elsewhere';
import { parseProperties } from '../../src/lustre/properties/parse';
import {
  ATTRIBUTE_NAMES,
  PROPERTY_NAMES,
  PROPERTY_SHAPES,
  type Shape,
} from '../../src/lustre/properties/shapes';
import { check } from '../../src/review/check';
import { convert } from '../../src/review/conversion/convert';
import { withProperties } from '../review/findings';
import { startWorld, SUBNET, type World } from '../protocol/harness';
import { TOOLS } from './tools';

const GIVEN = { StorageCapacity: 1200, SubnetIds: ['subnet-0a1b2c3d4e5f60718'] };

/** The advice of a message. */
const adviceIn = (message: string | undefined): string =>
  /(?:is not a property of this type|of AWS::FSx::FileSystem|of LustreConfiguration): (.*)$/s.exec(
    message ?? '',
  )?.[1] ?? '';

/** What `check` says of the properties that it does not know. */
function unknown(properties: object): { property: string; advice: string }[] {
  const { findings } = check(withProperties(JSON.stringify(properties, null, 1)));
  return findings
    .filter(({ rule }) => rule === 'unknown-property' || rule === 'read-only')
    .map(({ property, message }) => ({ property, advice: adviceIn(message) }));
}

/** A name alone stands for what it is called here, a path for the member where it belongs. */
function expected(told: string, name: string): string {
  const [, object, member] = /^([A-Z][A-Za-z]*)\.([A-Z][A-Za-z]*)$/.exec(told) ?? [];
  if (object !== undefined && member !== undefined)
    return name === member ? `it belongs in ${object}` : `use ${member} in ${object}`;
  return /^[A-Z][A-Za-z]*( and [A-Z][A-Za-z]*)?$/.test(told) ? `use ${told}` : told;
}

/** Properties with one name inside an object, such as `Tags[0]`. */
const within = (object: string, name: string): object =>
  object === 'Tags[0]' ? { Tags: [{ [name]: 'x' }] } : { [object]: { [name]: 'x' } };

describe.each(TOOLS.map((tool) => [tool.tool, tool] as const))('names of %s', (_, tool) => {
  test.each(Object.entries(tool.names))('%s: %s', (name, told) => {
    const findings = unknown({ ...GIVEN, [name]: 'x' });
    expect(findings).toEqual([
      { property: name, advice: expect.stringContaining(expected(told, name)) as string },
    ]);
  });

  const inside = Object.entries(tool.inside ?? {}).flatMap(([object, names]) =>
    Object.entries(names).map(([name, told]) => [object, name, told] as const),
  );
  if (inside.length > 0)
    test.each(inside)('%s.%s: %s', (object, name, told) => {
      const findings = unknown({ ...GIVEN, ...within(object, name) });
      expect(findings).toEqual([
        {
          property: `${object}.${name}`,
          advice: expect.stringContaining(expected(told, name)) as string,
        },
      ]);
    });
});

/** The ways in which tools write the words of a name. */
const FORMS: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join('_').toLowerCase(),
  (words) => words.join('-').toLowerCase(),
  (words) => words.join('_').toUpperCase(),
  (words) => words.join('').toLowerCase(),
  (words) => words.join('').toUpperCase(),
  (words) => words.map((word, index) => (index === 0 ? word.toLowerCase() : word)).join(''),
  (words) => words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join(''),
];
const wordsOf = (name: string): string[] => name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+(?:B$)?/g) ?? [];
const formsOf = (name: string): string[] =>
  [...new Set(FORMS.map((form) => form(wordsOf(name))))].filter((form) => form !== name);

test('a name is taken apart into its words', () => {
  expect(wordsOf('PerUnitStorageThroughput')).toEqual(['Per', 'Unit', 'Storage', 'Throughput']);
  expect(formsOf('DNSName')).toEqual(
    ['dns_name', 'dns-name', 'DNS_NAME', 'dnsname', 'DNSNAME', 'dnsName', 'DnsName'], // oxfmt-ignore
  );
});

const membersOf = (name: string, shape: Shape): [object: string, member: string][] => {
  if (shape.type === 'list') return membersOf(`${name}[0]`, shape.items);
  return shape.type === 'object' ? Object.keys(shape.members).map((member) => [name, member]) : [];
};

describe('a name of ours in other letters is told the right one', () => {
  test.each(PROPERTY_NAMES)('%s', (name) => {
    for (const form of formsOf(name))
      expect(adviceIn(messageOf({ [form]: 'x' }))).toBe(`use ${name}.`);
  });

  test.each(ATTRIBUTE_NAMES)('%s, which the type returns', (name) => {
    for (const form of formsOf(name))
      expect(adviceIn(messageOf({ [form]: 'x' }))).toBe(
        `the type returns it as ${name}. Omit it, and read it with Fn::GetAtt.`,
      );
  });

  test.each(
    Object.entries<Shape>(PROPERTY_SHAPES).flatMap(([name, shape]) => membersOf(name, shape)),
  )('%s.%s', (object, member) => {
    for (const form of formsOf(member)) {
      const place = object.endsWith('[0]')
        ? { [object.slice(0, -3)]: [{ [form]: 'x' }] }
        : { [object]: { [form]: 'x' } };
      expect(adviceIn(messageOf(place))).toBe(`use ${member}.`);
    }
  });
});

const messageOf = (properties: Record<string, unknown>): string | undefined =>
  parseProperties(properties).violations.find(({ rule }) => rule === 'unknown-property')?.message;

describe('a path as a name', () => {
  const G = { Mode: 'USER_PROVISIONED' };
  // oxfmt-ignore
  test.each<[string, Record<string, unknown>, string, object | undefined]>([
    ['a path', { 'MetadataConfiguration.Iops': 6000 }, 'Iops is a member of MetadataConfiguration. Write MetadataConfiguration: {Iops: 6000}.', { MetadataConfiguration: { Iops: 6000 } }],
    ['of Terraform', { 'metadata_configuration.0.iops': 6000 }, 'use Iops in MetadataConfiguration. Write MetadataConfiguration: {Iops: 6000}.', { MetadataConfiguration: { Iops: 6000 } }],
    ['with slashes', { 'MetadataConfiguration/Iops': '6000' }, 'Iops is a member of MetadataConfiguration. Write MetadataConfiguration: {Iops: 6000}.', { MetadataConfiguration: { Iops: '6000' } }],
    ['with an index', { 'MetadataConfiguration[0].Iops': 1 }, 'Iops is a member of MetadataConfiguration. Write MetadataConfiguration: {Iops: 1}.', { MetadataConfiguration: { Iops: 1 } }],
    ['without signs', { metadataConfigurationIops: 1 }, 'use Iops in MetadataConfiguration. Write MetadataConfiguration: {Iops: 1}.', { MetadataConfiguration: { Iops: 1 } }],
    ['mistyped', { 'MetadataConfiguration.Iopss': 1 }, 'did you mean Iops in MetadataConfiguration? Write MetadataConfiguration: {Iops: 1}.', { MetadataConfiguration: { Iops: 1 } }],
    ['of a member that is there', { MetadataConfiguration: G, 'MetadataConfiguration.Iops': 1 }, 'Iops is a member of MetadataConfiguration. Write Iops: 1 there.', { MetadataConfiguration: { ...G, Iops: 1 } }],
    ['of a value that is there', { MetadataConfiguration: { Iops: 2 }, 'MetadataConfiguration.Iops': 1 }, 'Iops is a member of MetadataConfiguration. It is also set there: keep one.', undefined],
    ['of what is no object', { MetadataConfiguration: 'x', 'MetadataConfiguration.Iops': 1 }, 'Iops is a member of MetadataConfiguration.', undefined],
    ['of several members', { 'MetadataConfiguration.Iops': 1, 'MetadataConfiguration.Mode': 'AUTOMATIC' }, 'Iops is a member of MetadataConfiguration. Write MetadataConfiguration: {Iops: 1, Mode: AUTOMATIC}.', { MetadataConfiguration: { Iops: 1, Mode: 'AUTOMATIC' }, 'MetadataConfiguration.Mode': undefined }],
    ['of an object that is not here', { 'LustreConfiguration.EfaEnabled': true }, 'use EfaEnabled.', { EfaEnabled: true }],
    ['of one in another', { 'lustre_configuration.metadata_configuration.iops': 1 }, 'use Iops in MetadataConfiguration. Write MetadataConfiguration: {Iops: 1}.', { MetadataConfiguration: { Iops: 1 } }],
    ['of an item', { 'SecurityGroupIds.member.1': 'sg-1', 'SecurityGroupIds.member.2': 'sg-2' }, 'SecurityGroupIds is a list of at most 50 security group IDs. Write SecurityGroupIds: [sg-1, sg-2].', { SecurityGroupIds: ['sg-1', 'sg-2'], 'SecurityGroupIds.member.2': undefined }],
    ['of an item that is there', { SubnetIds: ['subnet-1'], 'SubnetIds[0]': 'subnet-2' }, 'SubnetIds is a list with one subnet ID. It is also set there: keep one.', undefined],
    ['of a tag', { 'Tags.Environment': 'prod' }, 'Tags is a list of at most 50 tags, each with Key and Value. Write {Key: Environment, Value: prod} in it.', undefined],
    ['of nothing', { 'Colour.Iops.Hue': 1 }, 'omit it.', undefined],
  ])('%s', (_, given, advice, repair) => {
    const [name = ''] = Object.keys(given).filter((each) => /[^A-Z]/.test(each) && !(PROPERTY_NAMES as string[]).includes(each));
    const [found] = parseProperties(given).violations.filter(({ rule }) => rule === 'unknown-property');
    expect(adviceIn(found?.message)).toBe(advice);
    expect(found?.repairs).toEqual(repair ? [{ [name]: undefined, ...repair }] : []);
  });

  test('is told where it is, and apart from the member', () => {
    const { findings } = check(
      withProperties(
        'LogConfiguration.Level: DISABLED\nLogConfiguration: {Level: nothing}\nStorageCapacity: 1200\nSubnetIds: [subnet-0123456789abcdef0]', // oxfmt-ignore
      ),
    );
    expect(findings.map(({ property, line }) => [property, line])).toEqual([
      ['["LogConfiguration.Level"]', 5],
      ['LogConfiguration.Level', 6],
    ]);
  });
});

describe('near misses', () => {
  test.each([
    ['StorageCapcity', 'did you mean StorageCapacity?'],
    ['storage_capcity', 'did you mean StorageCapacity?'],
    ['AutoImportPolicies', 'did you mean AutoImportPolicy?'],
    // Each is as near to a name of ours as to one of the table.
    ['AutoExportPolicy', 'it belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.'], // oxfmt-ignore
    ['AutoXportPolicy', 'did you mean AutoExportPolicy? It belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.'], // oxfmt-ignore
    ['StorageCapacityGB', 'did you mean StorageCapacity?'],
    ['SubntId', 'did you mean SubnetIds?'],
    ['RemovalPolcy', 'did you mean removalPolicy? Use DeletionPolicy and UpdateReplacePolicy, beside Properties and not in it.'], // oxfmt-ignore
    ['DeletionPolcy', 'did you mean DeletionPolicy? It is an attribute of the resource. Write it beside Properties, not in it.'], // oxfmt-ignore
    ['EstimatedMonthlyCosts', 'did you mean EstimatedMonthlyCost? The type returns it as EstimatedMonthlyCost. Omit it, and read it with Fn::GetAtt.'], // oxfmt-ignore
    ['Colour', 'omit it.'],
    ['Logs', 'omit it.'],
    ['MetadataMode', 'use Mode in MetadataConfiguration. Write MetadataConfiguration: {Mode: 1}.'],
    ['x', 'omit it.'],
    ['größe', 'omit it.'],
    ['名前', 'omit it.'],
    ['__proto__x', 'omit it.'],
    ['constructor', 'omit it.'],
    ['x'.repeat(100_000), 'omit it.'],
  ])('%.40s', (name, advice) => {
    expect(adviceIn(messageOf({ [name]: 1 }))).toBe(advice);
  });

  test('a letter more, less or other in a long name of ours leads to it, or to a name of the table that is as near', () => {
    const letter = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz'));
    const long = PROPERTY_NAMES.filter((name) => name.length >= 8);
    fc.assert(
      fc.property(
        fc.constantFrom(...long),
        fc.nat(),
        letter,
        fc.nat({ max: 2 }),
        (name, at, put, kind) => {
          const from = at % name.length;
          const typed =
            name.slice(0, from) +
            (kind === 0 ? '' : put) +
            name.slice(kind === 1 ? from : from + 1);
          fc.pre(typed.toLowerCase() !== name.toLowerCase());
          const advice = adviceIn(messageOf({ [typed]: 1 }));
          expect(advice.startsWith('it belongs to') || advice.includes(name)).toBe(true);
        },
      ),
    );
  });
});

describe('inside an object', () => {
  const told = (object: string, name: string) => adviceIn(messageOf({ [object]: { [name]: 'x' } }));

  // oxfmt-ignore
  test.each([
    ['RootSquashConfiguration', 'Key', 'omit it.'],
    ['MetadataConfiguration', 'Size', 'omit it.'],
    ['RootSquashConfiguration', 'uid', 'use RootSquash, UID:GID.'],
    ['DataReadCacheConfiguration', 'Storage', 'use SizeGiB.'],
    ['DataReadCacheConfiguration', 'SizeGB', 'use SizeGiB.'],
    ['LogConfiguration', 'kms_key_arn', 'use KmsKeyId, beside LogConfiguration and not in it.'],
    ['LogConfiguration', 'KmsKeyId', 'it belongs beside LogConfiguration, not in it.'],
  ])('%s.%s leads to nothing that is not meant, and says where it belongs', (object, name, advice) => {
    expect(told(object, name)).toBe(advice);
  });
});

test.each([
  ['BackupTime', 'did you mean DailyAutomaticBackupStartTime?'],
  ['backup_days', 'did you mean AutomaticBackupRetentionDays?'],
  ['compression_type', 'did you mean DataCompressionType?'],
  ['ENABLE_EFA', 'did you mean EfaEnabled?'],
  ['EnableEfa', 'did you mean EfaEnabled?'],
  ['maintenance-time', 'did you mean WeeklyMaintenanceStartTime?'],
  ['PerUnitThroughput', 'did you mean PerUnitStorageThroughput?'],
  ['throughput_per_unit', 'did you mean PerUnitStorageThroughput?'],
  ['VersionOfLustre', 'omit it.'],
  ['xEfa', 'omit it.'],
  [`Efa${'x'.repeat(70)}`, 'omit it.'],
])('%s has the words of a property, in another order: %s', (name, advice) => {
  expect(unknown({ ...GIVEN, [name]: 'x' })).toEqual([{ property: name, advice }]);
});

test('Backups is a switch or a number of days elsewhere, never the id of a backup', () => {
  const { findings } = check(withProperties(JSON.stringify({ ...GIVEN, Backups: 7 }, null, 1)));
  expect(findings.map(({ repairs }) => repairs)).toEqual([[]]);
});

describe('the table', () => {
  const rows = NAMES_ELSEWHERE.flatMap(({ from, names }) =>
    Object.entries(names).map(([name, belonging]) => ({ from, name, belonging })),
  );
  const plain = (name: string) => name.toLowerCase().replace(/_/g, '');

  test('has no name of ours, and none twice in two ways', () => {
    const seen = new Map<string, unknown>();
    for (const { name, belonging } of rows) {
      expect(PROPERTY_NAMES.map(plain)).not.toContain(plain(name));
      expect(seen.get(plain(name)) ?? belonging).toEqual(belonging);
      seen.set(plain(name), belonging);
    }
  });

  test('names properties that there are', () => {
    const paths = [
      ...PROPERTY_NAMES,
      ...Object.entries<Shape>(PROPERTY_SHAPES).flatMap(([name, shape]) =>
        membersOf(name, shape).map(
          ([object, member]) => `${object.replace('[0]', '[]')}.${member}`,
        ),
      ),
    ];
    for (const { belonging } of rows)
      if ('properties' in belonging)
        for (const path of belonging.properties) expect(paths).toContain(path);
  });

  test('says where each of them is documented', () => {
    for (const { source } of NAMES_ELSEWHERE) expect(source).toMatch(/^https:\/\//);
  });
});

describe('every door says the same', () => {
  const advice =
    'AutoExportPolicy is not a property of this type: it belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.';
  let world: World;
  beforeAll(async () => (world = await startWorld()));
  afterAll(() => world.close());

  test('the handlers', async () => {
    const answer = await world.registry().create({
      StorageCapacity: 1200,
      SubnetIds: [SUBNET],
      AutoExportPolicy: { Events: ['NEW'] },
    });
    expect(answer).toMatchObject({
      status: 'FAILED',
      errorCode: 'InvalidRequest',
      message: advice,
    });
    expect(world.fsx.requests.all()).toEqual([]);
  });

  test('the typed function, for who writes JavaScript', () => {
    const given = { ...GIVEN, AutoExportPolicy: {} } as FileSystemProperties;
    expect(() => lustreFileSystem('Fs', given)).toThrow(`Fs: ${advice}`);
  });

  test('check', () => {
    const { findings } = check(
      withProperties(JSON.stringify({ ...GIVEN, AutoExportPolicy: 'x' }, null, 1)),
    );
    expect(findings.map(({ message }) => message)).toEqual([advice]);
  });

  const native = (properties: string) =>
    `Resources:\n  Fs:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      StorageCapacity: 1200\n      SubnetIds: [!Ref Subnet]\n${properties}`;

  test('convert, of what stays as it was', () => {
    const text = native(
      '      WindowsConfiguration: {}\n      LustreConfiguration: {DeploymentType: SCRATCH_2, AutoExportPolicy: {}, data_compression_type: LZ4}\n',
    );
    const { converted } = convert(text);
    expect(converted[0]?.notes).toEqual([
      'WindowsConfiguration is not a property of Pangea::FSx::LustreFileSystem: it belongs to AWS::FSx::FileSystem, for file systems of the type WINDOWS; this type is always LUSTRE.',
      'AutoExportPolicy is not a property of Pangea::FSx::LustreFileSystem: it belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.',
      'data_compression_type is not a property of Pangea::FSx::LustreFileSystem: use DataCompressionType.',
    ]);
  });

  // oxfmt-ignore
  test.each([
    ['      storage_type: SSD', 'use StorageType.'],
    ['      DeploymentType: SCRATCH_2', 'it belongs in LustreConfiguration. Write LustreConfiguration: {DeploymentType: SCRATCH_2}.'],
    ['      deployment_type: SCRATCH_2', 'use DeploymentType in LustreConfiguration. Write LustreConfiguration: {DeploymentType: SCRATCH_2}.'],
    ['      subnet_id: x', 'use SubnetIds, a list with one subnet ID.'],
    ['      LustreMountName: x', 'the type returns it as LustreMountName. Omit it, and read it with Fn::GetAtt.'],
    ['      mount_name: x', 'the type returns it as LustreMountName. Omit it, and read it with Fn::GetAtt.'],
    ['      VpcId: x', 'FSx returns it. Omit it.'],
    ['      SkipFinalBackup: true', 'only Pangea::FSx::LustreFileSystem has it. Omit it.'],
    ['      AutoExportPolicy: {}', 'it belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.'],
    ['      DeletionPolicy: Retain', 'it is an attribute of the resource. Write it beside Properties, not in it.'],
    ['      LustreConfiguration: {KmsKeyId: x}', 'it belongs beside LustreConfiguration, not in it.'],
    ['      LustreConfiguration: {kms_key_id: x}', 'use KmsKeyId, beside LustreConfiguration and not in it.'],
    ['      LustreConfiguration: {deployment_type: SCRATCH_2}', 'use DeploymentType.'],
    ['      LustreConfiguration: {DeplomentType: SCRATCH_2}', 'did you mean DeploymentType?'],
    ['      LustreConfiguration: {DataRepositoryAssociations: []}', 'it belongs to AWS::FSx::DataRepositoryAssociation, a separate resource that links the file system to S3.'],
  ])('check --native: %s', (properties, told) => {
    const { findings } = check(native(`${properties}\n`));
    expect(findings.filter(({ rule }) => rule === 'unknown-property').map(({ message }) => adviceIn(message))).toEqual([told]);
  });

  test('and a setting of the type is no property', () => {
    expect(nameAdvice('Guardrails', { known: PROPERTY_NAMES, within: '' })).toBe('omit it.');
  });
});

test.each([
  ['Arn', 'ResourceARN'],
  ['mount_name', 'MountName'],
  ['dns_name', 'DNSName'],
  ['Id', 'FileSystemId'],
  ['LustreMountName', 'MountName'],
])('!GetAtt Fs.%s means %s', (attribute, meant) => {
  const { findings } = check(
    withProperties(
      JSON.stringify(GIVEN, null, 1),
      `Outputs: {A: {Value: !GetAtt Fs.${attribute}}}`,
    ),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    `Fs has no attribute ${attribute}: did you mean ${meant}?`,
  ]);
});
