/** The typed resource: refused by the compiler, by the rules, or passed on. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import schema from '../../schema.json';
import { InvalidFileSystem, lustreFileSystem, type FileSystemProperties } from '../../src';
import { checkModel } from '../../src/lustre/rules/rules';

const SubnetIds = ['subnet-0a1b2c3d4e5f60718'];
const scratch = { StorageCapacity: 4800, SubnetIds } satisfies FileSystemProperties;
const persistent = {
  ...scratch,
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: 250,
} satisfies FileSystemProperties;

/** Never called: what the compiler says of it is the test. */
export function refusedByTheCompiler(): void {
  // @ts-expect-error -- no such property
  lustreFileSystem('A', { ...scratch, StorageCapasity: 1200 });
  // @ts-expect-error -- no such value
  lustreFileSystem('A', { ...scratch, DeploymentType: 'SCRATCH_3' });
  // @ts-expect-error -- a number
  lustreFileSystem('A', { ...scratch, StorageCapacity: 'much' });
  // @ts-expect-error -- required
  lustreFileSystem('A', { StorageCapacity: 1200 });
  // @ts-expect-error -- what the type returns cannot be given
  lustreFileSystem('A', { ...scratch, DNSName: 'x' });
  // @ts-expect-error -- no such value in an object
  lustreFileSystem('A', { ...scratch, MetadataConfiguration: { Mode: 'FAST' } });
  // @ts-expect-error -- no such member of an object
  lustreFileSystem('A', { ...scratch, LogConfiguration: { Level: 'DISABLED', To: 'x' } });
  // @ts-expect-error -- one subnet id is no list
  lustreFileSystem('A', { ...scratch, SubnetIds: 'subnet-0a1b2c3d4e5f60718' });
  // @ts-expect-error -- no such function
  lustreFileSystem('A', { ...scratch, KmsKeyId: { 'Fn::Nothing': 1 } });
  // @ts-expect-error -- a function, or members
  lustreFileSystem('A', { ...scratch, MetadataConfiguration: { Mode: 'AUTOMATIC', Ref: 'x' } });
  // @ts-expect-error -- one function
  lustreFileSystem('A', { ...scratch, StorageCapacity: { 'Fn::Sub': 'x', Ref: 'y' } });
  // @ts-expect-error -- no such policy
  lustreFileSystem('A', scratch, { DeletionPolicy: 'Keep' });
}

test('the compiler takes tokens everywhere', () => {
  const properties: FileSystemProperties = {
    StorageCapacity: { Ref: 'Size' },
    DeploymentType: { 'Fn::If': ['Keep', 'PERSISTENT_1', 'SCRATCH_2'] },
    SubnetIds: [{ 'Fn::ImportValue': 'Subnet' }],
    SecurityGroupIds: { 'Fn::Split': [',', { Ref: 'Groups' }] },
    CopyTagsToBackups: { 'Fn::FindInMap': ['a', 'b', 'c'] },
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: { Ref: 'Iops' } },
    Tags: [{ Key: 'Name', Value: { 'Fn::Sub': '${AWS::StackName}' } }],
    KmsKeyId: undefined,
  };
  const { resource } = lustreFileSystem('Fs', properties);
  expect(resource.Type).toBe('Pangea::FSx::LustreFileSystem');
  expect(resource.Properties).toStrictEqual(JSON.parse(JSON.stringify(properties)));
});

const NO_VALUE = { Ref: 'AWS::NoValue' };

test.each<[string, Partial<FileSystemProperties>]>([
  [
    'dynamic references',
    {
      StorageCapacity: '{{resolve:ssm:/size}}',
      DeploymentType: '{{resolve:ssm:/deployment}}',
      SubnetIds: ['{{resolve:ssm:/subnet}}'],
      SecurityGroupIds: ['{{resolve:ssm:/group}}'],
    },
  ],
  [
    'one of two subnets',
    {
      SubnetIds: [
        { 'Fn::If': ['InA', 'subnet-0a1b2c3d4e5f60718', NO_VALUE] },
        { 'Fn::If': ['InA', NO_VALUE, 'subnet-0a1b2c3d4e5f60719'] },
      ],
    },
  ],
  ['items that are left out', { SubnetIds: [...SubnetIds, NO_VALUE] }],
  ['a property that is left out', { PerUnitStorageThroughput: NO_VALUE }],
  [
    'a property that may be left out',
    { PerUnitStorageThroughput: { 'Fn::If': ['Persistent', 125, NO_VALUE] } },
  ],
])('tokens are passed on: %s', (_, properties) => {
  const given = { ...scratch, ...properties } as FileSystemProperties;
  expect(lustreFileSystem('Fs', given).resource.Properties).toEqual(given);
});

test('what is AWS::NoValue is missing where it is required', () => {
  expect(() => lustreFileSystem('Fs', { ...scratch, StorageCapacity: NO_VALUE })).toThrow(
    'StorageCapacity is required',
  );
});

test('a link to S3 that a condition decides is not known', () => {
  const ImportPath = { 'Fn::If': ['Linked', 's3://bucket', NO_VALUE] };
  const fs = lustreFileSystem('Fs', {
    ...scratch,
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 50,
    ImportPath,
  });
  expect([fs.isLinkedToS3, fs.supportsBackups]).toEqual([undefined, undefined]);
  expect(lustreFileSystem('Fs', { ...scratch, ImportPath })).toMatchObject({
    isLinkedToS3: undefined,
    supportsBackups: false,
  });
});

test('what FSx would refuse is refused, with the messages of the type', () => {
  const wrong = { ...scratch, StorageCapacity: 5000, PerUnitStorageThroughput: 200 };
  const { violations } = checkModel(wrong);
  expect(violations).toHaveLength(2);
  try {
    lustreFileSystem('Fs', wrong);
    throw new Error('was not refused');
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFileSystem);
    expect((error as InvalidFileSystem).violations).toEqual(violations);
    expect((error as Error).message).toBe(
      `Fs: ${violations.map(({ message }) => message).join(' ')}`,
    );
  }
});

test('what FSx may refuse is a warning beside the resource', () => {
  const { resource, warnings } = lustreFileSystem('Fs', { ...scratch, KmsKeyId: 'alias/mine' });
  expect(resource.Properties).toMatchObject({ KmsKeyId: 'alias/mine' });
  expect(warnings).toEqual([
    expect.stringContaining('KmsKeyId alias/mine might not be supported with'),
  ]);
  expect(lustreFileSystem('Fs', persistent).warnings).toEqual([]);
});

test('JavaScript that gives what the type returns is refused too', () => {
  const given = { ...scratch, DNSName: 'x' } as FileSystemProperties;
  expect(() => lustreFileSystem('Fs', given)).toThrow('DNSName is read-only');
});

test.each(['', 'a-b', 'ä', 'x'.repeat(256)])('%p is not a valid logical ID', (id) => {
  expect(() => lustreFileSystem(id, scratch)).toThrow('is not a valid logical ID');
});

test('there is a reference to every attribute of the schema', () => {
  const fs = lustreFileSystem('Fs', scratch);
  const references = [
    fs.fileSystemId,
    fs.resourceArn,
    fs.dnsName,
    fs.mountName,
    fs.mountCommand,
    fs.networkInterfaceIds,
    fs.vpcId,
    fs.ownerId,
    fs.estimatedBaselineThroughput,
    fs.estimatedBurstThroughput,
    fs.estimatedMonthlyCost,
    ...Object.values(fs.estimatedMonthlyCostBreakdown),
    fs.estimatedCostBasis,
  ];
  const all = schema.readOnlyProperties.map((path) => path.split('/').slice(2).join('.'));
  // Of an object CloudFormation gives the members.
  const names = all.filter((name) => !all.some((other) => other.startsWith(`${name}.`)));
  expect(references.map((reference) => reference['Fn::GetAtt'][1]).sort()).toEqual(names.sort());
  expect(fs.ref).toEqual({ Ref: 'Fs' });
  expect(fs.dnsName).toEqual({ 'Fn::GetAtt': ['Fs', 'DNSName'] });
});

test('estimates are there while the template is written', () => {
  const { estimates } = lustreFileSystem('Fs', persistent, { region: 'us-east-2' });
  expect(estimates).toMatchObject({
    baselineThroughput: 1200,
    burstThroughput: 2400,
    monthlyCost: 1008,
    monthlyCostBreakdown: { Storage: 696, ThroughputTier: 312 },
  });
  expect(estimates.costBasis).toContain('us-east-2');
  expect(
    lustreFileSystem('Fs', { ...scratch, StorageCapacity: { Ref: 'Size' } }).estimates,
  ).toEqual({});
});

test('resource attributes stand beside the properties', () => {
  const options = { DeletionPolicy: 'Retain', DependsOn: ['Ports'], Condition: 'Wanted' } as const;
  const fs = lustreFileSystem('Fs', scratch, { ...options, region: 'us-east-1' });
  expect(fs.resources).toEqual({
    Fs: { Type: 'Pangea::FSx::LustreFileSystem', ...options, Properties: scratch },
  });
});

const PREDICATES = [
  'isScratch',
  'isPersistent',
  'isElastic',
  'canGrow',
  'isLinkedToS3',
  'supportsBackups',
  'supportsMetadataConfiguration',
  'supportsEfa',
  'supportsDataRepositoryAssociations',
] as const;

test.each<[string, FileSystemProperties, (typeof PREDICATES)[number][]]>([
  ['SCRATCH_1', { ...scratch, DeploymentType: 'SCRATCH_1', StorageCapacity: 3600 }, ['isScratch']],
  ['SCRATCH_2', scratch, ['isScratch', 'canGrow', 'supportsDataRepositoryAssociations']],
  [
    'PERSISTENT_1',
    { ...scratch, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 },
    ['isPersistent', 'canGrow', 'supportsBackups', 'supportsDataRepositoryAssociations'],
  ],
  [
    'PERSISTENT_1, linked',
    {
      ...scratch,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      ImportPath: { Ref: 'Path' },
    },
    ['isPersistent', 'canGrow', 'isLinkedToS3'],
  ],
  [
    'PERSISTENT_1, linked by a path that is written',
    {
      ...scratch,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      ImportPath: 's3://bucket',
    },
    ['isPersistent', 'canGrow', 'isLinkedToS3'],
  ],
  [
    'PERSISTENT_1, of the oldest version with associations',
    {
      ...scratch,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      FileSystemTypeVersion: '2.12',
    },
    ['isPersistent', 'canGrow', 'supportsBackups', 'supportsDataRepositoryAssociations'],
  ],
  [
    'PERSISTENT_1, old',
    {
      ...scratch,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      FileSystemTypeVersion: '2.10',
    },
    ['isPersistent', 'canGrow', 'supportsBackups'],
  ],
  [
    'PERSISTENT_2',
    persistent,
    ['isPersistent', 'canGrow', 'supportsBackups', 'supportsMetadataConfiguration', 'supportsEfa', 'supportsDataRepositoryAssociations'], // oxfmt-ignore
  ],
  [
    'INTELLIGENT_TIERING',
    {
      SubnetIds,
      DeploymentType: 'PERSISTENT_2',
      StorageType: 'INTELLIGENT_TIERING',
      ThroughputCapacity: 4000,
      DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' },
      MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
    },
    [
      'isPersistent',
      'isElastic',
      'supportsBackups',
      'supportsMetadataConfiguration',
      'supportsEfa',
    ],
  ],
])('what %s can do', (_, properties, able) => {
  const fs = lustreFileSystem('Fs', properties);
  expect(PREDICATES.filter((name) => fs[name])).toEqual(able);
});

test('what a token decides is not claimed', () => {
  const fs = lustreFileSystem('Fs', { ...scratch, DeploymentType: { Ref: 'Type' } });
  expect(fs.isPersistent).toBeUndefined();
  expect(fs.supportsBackups).toBeUndefined();
  expect(fs.isElastic).toBe(false);
  expect(fs.isLinkedToS3).toBe(false);
});

test('a version that a token decides may be too old for associations', () => {
  const version = { FileSystemTypeVersion: { Ref: 'Version' } };
  const fs = lustreFileSystem('Fs', { ...scratch, ...version });
  expect(fs.supportsDataRepositoryAssociations).toBeUndefined();
  const first = { ...scratch, DeploymentType: 'SCRATCH_1', StorageCapacity: 3600 } as const;
  const old = lustreFileSystem('Fs', { ...first, ...version });
  expect(old.supportsDataRepositoryAssociations).toBe(false);
});

test('the CDK writes tokens as text, numbers, lists and objects', () => {
  const fs = lustreFileSystem('Fs', {
    StorageCapacity: -1.8881545897087626e289,
    SubnetIds: ['#{Token[TOKEN.12]}'],
    ImportPath: 's3://${Token[TOKEN.3]}/in',
    KmsKeyId: { creationStack: [], resolve: () => 'key' },
    DeploymentType: 'PERSISTENT_1',
    PerUnitStorageThroughput: 200,
  });
  expect(fs.estimates).toEqual({});
  expect(fs.isLinkedToS3).toBe(true);
});

test('the example writes a template', () => {
  const root = join(__dirname, '..', '..');
  // The package's own name stands for its sources (tsconfig.json).
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: ['examples/typescript/write-template.mts'],
    bundle: true,
    platform: 'node',
    write: false,
  });
  const template = JSON.parse(
    execFileSync(process.execPath, ['-'], { input: outputFiles[0]?.text, encoding: 'utf8' }),
  ) as { Description: string; Resources: { HpcScratch: { Properties: object } } };
  expect(template.Description).toBe('Scratch space of 960 MB/s');
  expect(template.Resources.HpcScratch.Properties).toMatchObject({ StorageCapacity: 4800 });
});
