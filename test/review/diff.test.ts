/** What a diff says of pairs of templates, in short; `diff-deployed.test.ts` holds that it is what happens. */
import { lustreFileSystem } from '../../local/registry/type-schema';
import { nativeType } from '../../local/stack/native-types';
import type { Verdict } from '../../src/review/diff/change';
import { diff, type Diff, type DiffOptions } from '../../src/review/diff/diff';
import { NATIVE_REPLACING, NATIVE_UNSUPPORTED } from '../../src/review/diff/native-updates';
import { REPLACING } from '../../src/review/diff/replaced-references';
import { CREATE_ONLY } from '../../src/lustre/changes/create-only';
import { rowOf } from '../../src/lustre/properties/property-table';

const SUBNET = 'subnet-0123456789abcdef0';
const SCRATCH = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
const PERSISTENT = { ...SCRATCH, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };

type Json = Record<string, unknown>;

const resource = (Properties: Json, more: Json = {}): Json => ({
  Type: lustreFileSystem.typeName,
  ...more,
  Properties,
});

const native = (Properties: Json, LustreConfiguration: Json = {}, more: Json = {}): Json => ({
  Type: 'AWS::FSx::FileSystem',
  ...more,
  Properties: { FileSystemType: 'LUSTRE', ...Properties, LustreConfiguration },
});

const template = (Resources: Json, sections: Json = {}): string =>
  JSON.stringify({ ...sections, Resources });

const compared = (before: string, after: string, options: Partial<DiffOptions> = {}): Diff =>
  diff(before, after, { cost: { region: 'us-east-1' }, ...options });

/** `change LOST: properties of the reasons | steps`. */
const briefVerdict = ({ change, dataLoss, reasons, steps }: Verdict): string =>
  [
    `${change}${dataLoss ? ' LOST' : ''}`,
    reasons.map(({ property }) => property).join(' '),
    steps.map(({ name }) => name).join(' '),
  ]
    .join(' | ')
    .replace(/( \| )+$/, '');

const brief = ({ changes }: Diff): string[] =>
  changes.flatMap(({ logicalId, when, branches, ...own }) =>
    (branches ?? [{ ...own, when }]).map(
      ({ when: where, ...verdict }) =>
        `${logicalId} ${briefVerdict(verdict)}${where ? ` [${where}]` : ''}`,
    ),
  );

const fs = (properties: Json, more?: Json): string => template({ Fs: resource(properties, more) });

const STAGED = {
  Parameters: { Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] } },
  Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
};
const staged = (large: number, small: number, deployment = 'SCRATCH_2') =>
  template(
    {
      Fs: resource({
        ...SCRATCH,
        DeploymentType: { 'Fn::If': ['Large', deployment, 'SCRATCH_2'] },
        StorageCapacity: { 'Fn::If': ['Large', large, small] },
      }),
    },
    STAGED,
  );
const conditional = (on: string): string =>
  template(
    { Fs: resource(SCRATCH, { Condition: 'On' }), Topic: { Type: 'AWS::SNS::Topic' } },
    { Conditions: { On: { 'Fn::Equals': [on, 'yes'] } } },
  );
const sized = template(
  { Fs: resource({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) },
  { Parameters: { Size: { Type: 'Number' } } },
);

describe('twelve golden pairs', () => {
  test.each<[name: string, before: string, after: string, said: string[]]>([
    ['grow', fs(SCRATCH), fs({ ...SCRATCH, StorageCapacity: '2400' }), ['Fs in-place |  | storage']],
    ['tier up', fs(PERSISTENT), fs({ ...PERSISTENT, PerUnitStorageThroughput: 250 }), ['Fs in-place |  | throughput']],
    ['both', fs(PERSISTENT), fs({ ...PERSISTENT, StorageCapacity: 2400, PerUnitStorageThroughput: 250 }), ['Fs in-place | StorageCapacity | throughput storage']],
    ['shrink', fs({ ...SCRATCH, StorageCapacity: 2400 }), fs(SCRATCH), ['Fs refused | StorageCapacity']],
    ['key changed', fs({ ...PERSISTENT, KmsKeyId: 'alias/a' }), fs({ ...PERSISTENT, KmsKeyId: 'alias/b' }), ['Fs replace LOST | KmsKeyId UpdateReplacePolicy']],
    ['deployment type changed', fs(SCRATCH), fs(PERSISTENT), ['Fs replace LOST | DeploymentType UpdateReplacePolicy']],
    ['removed', template({ Fs: resource(SCRATCH), T: { Type: 'AWS::SNS::Topic' } }), template({ T: { Type: 'AWS::SNS::Topic' } }), ['Fs delete LOST | DeletionPolicy']],
    ['renamed', fs({ ...PERSISTENT }), template({ Other: resource(PERSISTENT) }), ['Other create | LogicalId', 'Fs delete LOST | LogicalId DeletionPolicy']],
    ['condition off', conditional('yes'), conditional('no'), ['Fs delete LOST | DeletionPolicy']],
    ['new', template({ T: { Type: 'AWS::SNS::Topic' } }), fs(SCRATCH), ['Fs create']],
    ['unknown parameter', fs(SCRATCH), sized, ['Fs unknown | StorageCapacity']],
    ['both branches of an If', staged(4800, 1200), staged(2400, 2400, 'SCRATCH_2'), ['Fs refused | StorageCapacity [Large is true]', 'Fs in-place |  | storage [Large is false]']],
  ])('%s', (_, before, after, said) => {
    expect(brief(compared(before, after))).toEqual(said);
  }); // oxfmt-ignore
});

describe('what becomes of the data', () => {
  const RETAIN = { UpdateReplacePolicy: 'Retain' };
  const key = (KmsKeyId: string, more: Json = {}) => fs({ ...PERSISTENT, KmsKeyId, ...more });
  const keyWith = (KmsKeyId: string, policies: Json, more: Json = {}) =>
    fs({ ...PERSISTENT, KmsKeyId, ...more }, policies);
  const gone = template({ T: { Type: 'AWS::SNS::Topic' } });

  test.each<[name: string, before: string, after: string, said: string]>([
    ['no policy', key('alias/a'), key('alias/b'), 'DATA LOST'],
    ['Retain in both', keyWith('alias/a', RETAIN), keyWith('alias/b', RETAIN), 'The data stays in the old file system'],
    ['Retain in the new one alone', key('alias/a'), keyWith('alias/b', RETAIN), 'DATA LOST'],
    ['Retain in the old one alone', keyWith('alias/a', RETAIN), key('alias/b'), 'DATA LOST'],
    ['Snapshot, which means Delete', keyWith('alias/a', { UpdateReplacePolicy: 'Snapshot' }), keyWith('alias/b', { UpdateReplacePolicy: 'Snapshot' }), 'DATA LOST'],
    ['DeletionPolicy alone', keyWith('alias/a', { DeletionPolicy: 'Retain' }), keyWith('alias/b', { DeletionPolicy: 'Retain' }), 'DATA LOST'],
    ['a final backup', key('alias/a', { SkipFinalBackup: 'false' }), key('alias/b'), 'The data stays in a backup only'],
    ['a final backup in the new one alone', key('alias/a'), key('alias/b', { SkipFinalBackup: false }), 'DATA LOST'],
    ['deleted with Retain', keyWith('alias/a', { DeletionPolicy: 'Retain' }), gone, 'The data stays: the file system is retained'],
    ['deleted with RetainExceptOnCreate', keyWith('alias/a', { DeletionPolicy: 'RetainExceptOnCreate' }), gone, 'The data stays: the file system is retained'],
    ['deleted with a backup', key('alias/a', { SkipFinalBackup: false }), gone, 'The data stays in a backup only'],
    ['deleted', key('alias/a'), gone, 'DATA LOST'],
    ['a native one', template({ Fs: native({ ...SCRATCH, KmsKeyId: 'a' }) }), template({ Fs: native({ ...SCRATCH, KmsKeyId: 'b' }) }), 'DATA LOST'],
  ])('%s', (_, before, after, said) => {
    const [change] = compared(before, after).changes;
    expect(change?.verdict).toContain(said);
    expect(change?.dataLoss).toBe(said === 'DATA LOST');
    expect(change?.keptMonthlyCost).toBe(/retained|old file system/.test(said) ? 174 : undefined);
  }); // oxfmt-ignore

  test('a policy that is taken away is told, though nothing else changes', () => {
    const { changes } = compared(fs(SCRATCH, { DeletionPolicy: 'Retain' }), fs(SCRATCH));
    expect(changes).toMatchObject([
      { change: 'none', reasons: [{ property: 'DeletionPolicy', message: expect.stringContaining('loses the data') as string }] }, // oxfmt-ignore
    ]);
  });

  test('what is refused is told to take the rest of the stack with it', () => {
    const both = (small: number, key: string) =>
      template({
        A: resource({ ...SCRATCH, StorageCapacity: small }),
        B: resource({ ...PERSISTENT, KmsKeyId: key }),
      });
    const { notes } = compared(both(2400, 'alias/a'), both(1200, 'alias/b'));
    expect(notes).toEqual([expect.stringContaining('While A is refused, the others do not change either.')]); // oxfmt-ignore
  });

  test('a replacement that is refused loses nothing', () => {
    const wrong = fs({ ...PERSISTENT, KmsKeyId: 'alias/b', StorageCapacity: 1300 });
    expect(brief(compared(key('alias/a'), wrong))).toEqual([
      'Fs refused | StorageCapacity KmsKeyId',
    ]);
  });
});

describe('what is not known', () => {
  const referring = (Subnet: Json, extra: Json = {}): string =>
    template(
      {
        Fs: resource({ ...SCRATCH, SubnetIds: [{ Ref: 'Subnet' }] }),
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: Subnet },
        ...extra,
      },
      { Parameters: { VpcId: { Type: 'String' }, Zone: { Type: 'String' } } },
    );
  const base = { VpcId: { Ref: 'VpcId' }, CidrBlock: '10.0.0.0/24' };
  const ofVpc = { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' };
  const vpc = (CidrBlock: string) => ({
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } },
  });

  const other = { Other: { Type: 'AWS::EC2::Subnet', Properties: base } };
  const loop = { 'Fn::ForEach::Subnets': ['Name', ['Other'], { '${Name}': other.Other }] };
  const named = (Ref: string, Subnet: Json, extra: Json = {}, sections: Json = {}): string =>
    JSON.stringify({
      ...(JSON.parse(referring(Subnet, extra).replace('{"Ref":"Subnet"}', `{"Ref":"${Ref}"}`)) as Json),
      ...sections,
    }); // oxfmt-ignore
  const keyed = (KmsKeyId: Json): string =>
    template({ Fs: resource({ ...PERSISTENT, KmsKeyId }), Key: { Type: 'AWS::KMS::Key' } });
  const linked = (path: string): string => fs({ ...SCRATCH, ImportPath: { 'Fn::Sub': path } });

  test.each<[name: string, before: string, after: string, said: string[]]>([
    ['the same reference', referring(base), referring({ ...base, Tags: [] }), ['Fs none']],
    ['a resource that is replaced', referring(base), referring({ ...base, CidrBlock: '10.0.1.0/24' }), ['Fs replace LOST | SubnetIds UpdateReplacePolicy']],
    ['one that may be', referring({ ...base, AvailabilityZone: 'a' }), referring({ ...base, AvailabilityZone: { Ref: 'Zone' } }), ['Fs unknown LOST | SubnetIds UpdateReplacePolicy']],
    ['one that refers to one that is', referring(ofVpc, vpc('10.0.0.0/16')), referring(ofVpc, vpc('10.1.0.0/16')), ['Fs replace LOST | SubnetIds UpdateReplacePolicy']],
    ['another reference', fs({ ...SCRATCH, SubnetIds: [{ Ref: 'A' }] }), fs({ ...SCRATCH, SubnetIds: [{ Ref: 'B' }] }), ['Fs unknown LOST | SubnetIds UpdateReplacePolicy']],
    ['another resource with an ID of its own', referring(base, other), named('Other', base, other), ['Fs replace LOST | SubnetIds UpdateReplacePolicy']],
    ['a new resource in the place of a parameter', named('VpcId', base), named('Other', base, other), ['Fs replace LOST | SubnetIds UpdateReplacePolicy']],
    ['a new resource, which a macro may have added before', named('VpcId', base, {}, { Transform: 'Mine' }), named('Other', base, other), ['Fs unknown LOST | SubnetIds UpdateReplacePolicy']],
    ['a resource that Fn::ForEach has made, in the place of a parameter', named('VpcId', base, loop), named('Other', base, other), ['Fs unknown LOST | SubnetIds UpdateReplacePolicy']],
    ['a parameter in the place of a resource, which may be retained', named('Other', base, other), named('VpcId', base), ['Fs unknown LOST | SubnetIds UpdateReplacePolicy']],
    ['the ID of the same resource, as an attribute', referring(base), template({ Fs: resource({ ...SCRATCH, SubnetIds: [{ 'Fn::GetAtt': ['Subnet', 'SubnetId'] }] }), Subnet: { Type: 'AWS::EC2::Subnet', Properties: base } }), ['Fs none']],
    ['another attribute of the same resource', keyed({ Ref: 'Key' }), keyed({ 'Fn::GetAtt': 'Key.Arn' }), ['Fs unknown LOST | KmsKeyId UpdateReplacePolicy']],
    ['another prefix after the same reference', linked('s3://${Bucket}/'), linked('s3://${Bucket}/a2d2'), ['Fs replace LOST | ImportPath UpdateReplacePolicy ImportPath']],
    ['another beginning, and another end', linked('s3://a-${Bucket}'), linked('s3://b-${Other}'), ['Fs replace LOST | ImportPath UpdateReplacePolicy ImportPath']],
    ['a reference that may hold the difference', linked('s3://${Bucket}/a'), linked('s3://${Bucket}${Other}/a'), ['Fs unknown LOST | ImportPath UpdateReplacePolicy ImportPath']],
    ['a reference that cannot hold the difference', linked('s3://${Bucket}/a'), linked('s3://${Bucket}/b${Other}'), ['Fs replace LOST | ImportPath UpdateReplacePolicy ImportPath']],
    ['the same text, composed in another way', linked('s3://${Bucket}/a'), fs({ ...SCRATCH, ImportPath: { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, '/a']] } }), ['Fs none']],
    ['another key, with Retain', fs({ ...PERSISTENT, KmsKeyId: { Ref: 'A' } }, { UpdateReplacePolicy: 'Retain' }), fs({ ...PERSISTENT, KmsKeyId: { Ref: 'B' } }, { UpdateReplacePolicy: 'Retain' }), ['Fs unknown | KmsKeyId']],
    ['a function that only CloudFormation carries out', fs({ ...PERSISTENT, KmsKeyId: { 'Fn::Transform': { Name: 'a' } } }), fs({ ...PERSISTENT, KmsKeyId: { 'Fn::Transform': { Name: 'b' } } }), ['Fs unknown LOST | KmsKeyId UpdateReplacePolicy']],
    ['the same function', fs({ ...PERSISTENT, KmsKeyId: { 'Fn::Transform': { Name: 'a' } } }), fs({ ...PERSISTENT, KmsKeyId: { 'Fn::Transform': { Name: 'a' } }, DataCompressionType: 'LZ4' }), ['Fs in-place |  | settings']],
    ['a key that cannot be the same', fs({ ...PERSISTENT, KmsKeyId: 'alias/a' }), fs({ ...PERSISTENT, KmsKeyId: { 'Fn::Sub': 'alias/b-${Name}' } }), ['Fs replace LOST | KmsKeyId UpdateReplacePolicy']],
    ['the capacity on both sides, and a tier', sized.replace('"SubnetIds"', '"DeploymentType":"PERSISTENT_2","PerUnitStorageThroughput":125,"SubnetIds"'), sized.replace('"SubnetIds"', '"DeploymentType":"PERSISTENT_2","PerUnitStorageThroughput":250,"SubnetIds"'), ['Fs in-place |  | throughput']],
    ['what a backup brings', fs({ BackupId: 'backup-01234567', SubnetIds: [SUBNET] }), fs({ BackupId: 'backup-01234567', SubnetIds: [SUBNET], StorageCapacity: 2400 }), ['Fs unknown | StorageCapacity']],
    ['all properties', fs(SCRATCH), template({ Fs: { ...resource({}), Properties: { 'Fn::Transform': { Name: 'x' } } } }), ['Fs unknown LOST | Properties UpdateReplacePolicy']],
  ])('%s', (_, before, after, said) => {
    expect(brief(compared(before, after))).toEqual(said);
  }); // oxfmt-ignore

  test('a composed value is not said to mean the same as the default', () => {
    const [change] = compared(fs(SCRATCH), fs({ ...SCRATCH, DeploymentType: { 'Fn::Sub': 'SCRATCH_${Name}' } })).changes; // oxfmt-ignore
    expect(change).toMatchObject({ change: 'replace', dataLoss: true });
    expect(change?.reasons[0]?.message).toMatch(
      /replaces the file system\. Create a new file system/,
    );
  });

  test('the resources that a file system refers to are replaced by what their types say', () => {
    for (const [name, properties = []] of Object.entries(REPLACING)) {
      const known = nativeType(name)?.createOnly ?? [];
      expect([name, properties]).toEqual([name, expect.arrayContaining(known)]);
    }
  });
});

describe('parameters', () => {
  const by = (Default: number | undefined, more: Json = {}) =>
    template(
      { Fs: resource({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) },
      { Parameters: { Size: { Type: 'Number', ...more, ...(Default && { Default }) } } },
    );
  const given = (value: string | undefined) => new Map([['Size', value]]);

  test.each<[name: string, before: string, after: string, options: Partial<DiffOptions>, said: string[]]>([
    ['another default', by(1200), by(2400), {}, ['Fs in-place |  | storage']],
    ['the same value given to both', by(1200), by(2400), { parameters: given('4800') }, ['Fs none']],
    ['another value than the stack has', by(1200), by(1200), { parameters: given('2400'), oldParameters: given('4800') }, ['Fs refused | StorageCapacity']],
    ['a value that is kept', by(1200), by(2400), { parameters: given(undefined), oldParameters: given('4800') }, ['Fs none']],
    ['no value at all', by(undefined), by(undefined), {}, ['Fs none']],
    ['NoEcho, the same', by(undefined, { NoEcho: true }), by(undefined, { NoEcho: true }), { parameters: given('4800') }, ['Fs none']],
    ['NoEcho, another', by(undefined, { NoEcho: 'true' }), by(undefined, { NoEcho: 'true' }), { parameters: given('4800'), oldParameters: given('9600') }, ['Fs unknown | StorageCapacity']],
  ])('%s', (_, before, after, options, said) => {
    expect(brief(compared(before, after, options))).toEqual(said);
  }); // oxfmt-ignore

  test('a parameter that decides has the same value before and after', () => {
    const said = brief(compared(staged(4800, 1200), staged(4800, 2400)));
    expect(said).toEqual(['Fs in-place |  | storage [Large is false]', 'Fs none [Large is true]']);
  });

  test('a default that turns a condition over is told, and so is what happens where the stack keeps its value', () => {
    const off = staged(4800, 2400).replace('"Default":"dev"', '"Default":"prod"');
    const said = brief(compared(staged(4800, 2400), off));
    expect(said).toContain('Fs in-place |  | storage [Large is true (was false)]');
    expect(said).toContain('Fs none [something else holds]');
  });

  test('no value of a NoEcho parameter comes out', () => {
    const secret = 'alias/CANARY-7c1';
    const text = template(
      { Fs: resource({ ...PERSISTENT, KmsKeyId: { Ref: 'Key' } }) },
      { Parameters: { Key: { Type: 'String', NoEcho: true, Default: 'alias/CANARY-default' } } },
    );
    const result = compared(text, text, {
      parameters: new Map([['Key', secret]]),
      oldParameters: new Map([['Key', 'alias/CANARY-old']]),
    });
    expect(brief(result)).toEqual(['Fs replace LOST | KmsKeyId UpdateReplacePolicy']);
    expect(JSON.stringify(result)).not.toContain('CANARY');
    expect(JSON.stringify(result)).toContain('the value of Key changes');
  });
});

describe('the native type', () => {
  const PERSISTENT_2 = { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };
  const METADATA = { Mode: 'USER_PROVISIONED', Iops: 1500 };
  const S2 = { DeploymentType: 'SCRATCH_2' };
  const pair = (before: [Json, Json], after: [Json, Json]): string[] =>
    brief(compared(template({ Fs: native(...before) }), template({ Fs: native(...after) })));

  test.each<[name: string, before: [Json, Json], after: [Json, Json], said: string]>([
    ['grows in one call', [SCRATCH, { DeploymentType: 'SCRATCH_2' }], [{ ...SCRATCH, StorageCapacity: 2400 }, { DeploymentType: 'SCRATCH_2' }], 'Fs in-place |  | update'],
    ['is SCRATCH_1 by default, and cannot', [SCRATCH, {}], [{ ...SCRATCH, StorageCapacity: 2400 }, {}], 'Fs refused | StorageCapacity'],
    ['is replaced by its deployment type', [SCRATCH, {}], [SCRATCH, { DeploymentType: 'SCRATCH_2' }], 'Fs replace LOST | LustreConfiguration.DeploymentType UpdateReplacePolicy'],
    ['has no call for its storage type', [SCRATCH, {}], [{ ...SCRATCH, StorageType: 'SSD' }, {}], 'Fs unknown | StorageType'],
    ['has no call for its import path', [SCRATCH, { ...S2, ImportPath: 's3://bucket-a' }], [SCRATCH, { ...S2, ImportPath: 's3://bucket-b' }], 'Fs unknown | LustreConfiguration.ImportPath'],
    ['is not sure to be refused by a table that grows', [SCRATCH, PERSISTENT_2], [SCRATCH, { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 125 }], 'Fs unknown LOST | LustreConfiguration.PerUnitStorageThroughput LustreConfiguration.DeploymentType UpdateReplacePolicy'],
    ['asks for capacity and IOPS at once, which FSx refuses', [SCRATCH, { ...PERSISTENT_2, MetadataConfiguration: METADATA }], [{ ...SCRATCH, StorageCapacity: 2400 }, { ...PERSISTENT_2, MetadataConfiguration: { ...METADATA, Iops: 3000 } }], 'Fs refused | StorageCapacity'],
    ['asks for capacity and throughput at once', [SCRATCH, PERSISTENT_2], [{ ...SCRATCH, StorageCapacity: 2400 }, { ...PERSISTENT_2, PerUnitStorageThroughput: 250 }], 'Fs unknown | LustreConfiguration.PerUnitStorageThroughput | update'],
    ['lacks the IOPS for its capacity', [SCRATCH, { ...PERSISTENT_2, MetadataConfiguration: METADATA }], [{ ...SCRATCH, StorageCapacity: 2400 }, { ...PERSISTENT_2, MetadataConfiguration: METADATA }], 'Fs refused | LustreConfiguration.MetadataConfiguration.Iops'],
    ['is told what tags take along', [SCRATCH, {}], [{ ...SCRATCH, Tags: [{ Key: 'a', Value: 'b' }] }, {}], 'Fs in-place | Tags | tags'],
    ['is told what AWS may have added', [SCRATCH, {}], [SCRATCH, { RootSquashConfiguration: { RootSquash: '1:1' } }], 'Fs unknown | LustreConfiguration.RootSquashConfiguration'],
  ])('%s', (_, before, after, said) => {
    expect(pair(before, after)).toEqual([said]);
  }); // oxfmt-ignore

  test('becomes no other type of file system, and no resource of ours', () => {
    const lustre = template({ Fs: native(SCRATCH) });
    const windows = lustre.replace('"LUSTRE"', '"WINDOWS"');
    expect(brief(compared(lustre, windows))).toEqual(['Fs replace LOST | FileSystemType']);
    expect(brief(compared(windows, lustre))).toEqual(['Fs create']);
    expect(brief(compared(lustre, fs(SCRATCH)))).toEqual(['Fs refused | Type']);
    const topic = template({ Fs: { Type: 'AWS::SNS::Topic' } });
    expect(brief(compared(topic, fs(SCRATCH)))).toEqual(['Fs refused | Type']);
    expect(brief(compared(fs(SCRATCH), topic))).toEqual(['Fs refused | Type']);
    const advised = [
      compared(lustre, fs(SCRATCH)),
      compared(topic, fs(SCRATCH)),
      compared(lustre, topic),
    ].map(({ changes }) => changes[0]?.reasons[0]?.message.includes('import it'));
    expect(advised).toEqual([true, false, false]);
  });

  test('every property that FSx takes at creation only has its word', () => {
    expect([...NATIVE_REPLACING, ...NATIVE_UNSUPPORTED].toSorted()).toEqual(CREATE_ONLY.toSorted());
    expect(NATIVE_REPLACING).toEqual(
      expect.arrayContaining(
        (nativeType('AWS::FSx::FileSystem')?.createOnly ?? [])
          .map((name) => name.replace('LustreConfiguration.', ''))
          .filter((name) => name !== 'FileSystemType'),
      ),
    );
  });
});

describe('figures', () => {
  test('are those of the file system afterward, with what the template leaves out', () => {
    const [change] = compared(fs(PERSISTENT), fs({ SubnetIds: [SUBNET], DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 250 })).changes; // oxfmt-ignore
    expect(change).toMatchObject({
      change: 'in-place',
      throughput: { before: 150, after: 300 },
      monthlyCost: { before: 174, after: expect.any(Number) as number },
      reasons: [{ property: 'StorageCapacity' }],
    });
  });

  test('are zero where there is no file system, and null where they are not known', () => {
    const [created] = compared(template({ T: { Type: 'AWS::SNS::Topic' } }), fs(SCRATCH)).changes;
    expect(created?.monthlyCost).toEqual({ before: 0, after: 168 });
    const [open] = compared(fs(SCRATCH), sized).changes;
    expect(open?.monthlyCost).toEqual({ before: 168, after: null });
  });
});

test('each step of a change in place has its row in the table of interruptions, or is one of tags', () => {
  const [change] = compared(
    fs(PERSISTENT),
    fs({ ...PERSISTENT, DataCompressionType: 'LZ4', Tags: [{ Key: 'a', Value: 'b' }], PerUnitStorageThroughput: 250 }), // oxfmt-ignore
  ).changes;
  expect(change?.steps).toMatchObject([
    { name: 'tags', properties: { Tags: [{ Key: 'a', Value: 'b' }] }, minutes: null, interruption: 'no impact on clients' }, // oxfmt-ignore
    { name: 'settings', properties: { DataCompressionType: 'LZ4' }, minutes: null, interruption: 'no impact on clients' }, // oxfmt-ignore
    { name: 'throughput', properties: { PerUnitStorageThroughput: 250 }, minutes: 60, interruption: 'clients may wait for up to an hour' }, // oxfmt-ignore
  ]);
  expect(rowOf('Tags').update).toBe('tags');
});

test('a file system that is restored from a backup is not called empty', () => {
  const before = fs({ BackupId: 'backup-01234567', SubnetIds: [SUBNET] });
  const [change] = compared(before, before.replace('01234567', '89abcdef')).changes;
  expect(change?.verdict).toBe(
    'DATA LOST: the file system is deleted with all its data, and one that is restored from a backup takes its place.',
  );
});

test('tags of a final backup that is no longer asked for are refused, as by the handler', () => {
  const tagged = { ...PERSISTENT, FinalBackupTags: [{ Key: 'Team', Value: 'cfd' }] };
  const before = fs({ ...tagged, SkipFinalBackup: false });
  const refusal = ['Fs refused | FinalBackupTags'];
  expect(brief(compared(before, fs(tagged)))).toEqual(refusal);
  expect(brief(compared(before, fs({ ...tagged, SkipFinalBackup: true })))).toEqual(refusal);
});

describe('what CloudFormation refuses in any template', () => {
  const nowhere = { 'Fn::FindInMap': ['Sizes', 'mars', 'Size'] };
  const sections = { Mappings: { Sizes: { earth: { Size: 2400 } } } };
  test.each<[string, Json, string]>([
    ['null', { StorageCapacity: null }, 'StorageCapacity'],
    ['null where a change replaces', { KmsKeyId: null }, 'KmsKeyId'],
    ['null in a member', { LogConfiguration: { Level: null } }, 'LogConfiguration.Level'],
    ['null in a list', { SecurityGroupIds: [null] }, 'SecurityGroupIds[0]'],
    ['a key that a mapping lacks', { StorageCapacity: nowhere }, 'StorageCapacity'],
  ])('%s', (_, change, property) => {
    const [before, after] = [PERSISTENT, { ...PERSISTENT, ...change }].map((properties) =>
      template({ Fs: resource(properties) }, sections),
    );
    expect(brief(compared(before ?? '', after ?? ''))).toEqual([`Fs refused | ${property}`]);
    const [created] = compared(template({}), after ?? '').changes;
    expect(created?.change).toBe('refused');
    expect(created?.reasons[0]?.property).toBe(property);
  });

  test('properties that are no object', () => {
    const after = template({ Fs: { ...resource({}), Properties: [] } });
    expect(brief(compared(fs(PERSISTENT), after))).toEqual(['Fs refused | Properties']);
  });
});

test('what a macro may change is told', () => {
  const { notes } = compared(fs(SCRATCH), template({ Fs: resource(SCRATCH) }, { Transform: ['AWS::LanguageExtensions', 'Mine'] })); // oxfmt-ignore
  expect(notes).toEqual(['template: what Mine adds or changes is not known before the deployment, so it was not compared.']); // oxfmt-ignore
});

test('a template that is new or gone', () => {
  const options = { cost: { region: 'us-east-1' }, file: 'a.yaml' };
  expect(brief(diff(undefined, fs(SCRATCH), options))).toEqual(['Fs create']);
  const gone = diff(fs(SCRATCH), undefined, options);
  expect(brief(gone)).toEqual(['Fs delete LOST | DeletionPolicy']);
  expect(gone.notes.join()).toContain('a.yaml was removed: its stack');
});

test('a refusal quotes the expression, not a value that it may have', () => {
  const declared = { Parameters: { N: { Type: 'Number' } } };
  const nids = {
    RootSquash: { 'Fn::Sub': '${N}:0' },
    NoSquashNids: [{ 'Fn::Sub': '10.0.0.${N}' }],
  };
  const after = template(
    {
      Fs: resource({ ...SCRATCH, SkipFinalBackup: { Ref: 'N' }, RootSquashConfiguration: nids }),
    },
    declared,
  );
  const said = compared(template({ Fs: resource(SCRATCH) }, declared), after);
  const messages = said.changes.flatMap((each) => each.reasons.map(({ message }) => message));
  expect(messages.map((message) => message.slice(0, 70))).toEqual([
    'SkipFinalBackup "${N}" is not valid: expected true or false.',
  ]);
  const squash = template(
    { Fs: resource({ ...SCRATCH, RootSquashConfiguration: nids }) },
    declared,
  );
  const [refusal] = compared(template({ Fs: resource(SCRATCH) }, declared), squash).changes;
  expect(refusal?.reasons[0]?.message).toMatch(
    /NoSquashNids\[0\] "10\.0\.0\.\$\{N\}" is not valid/,
  );
});
