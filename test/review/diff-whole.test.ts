/** Every verdict, word by word: of two templates, of a Terraform plan, and of file systems that exist. */
import { diff, type DiffOptions } from '../../src/review/diff/diff';
import { diffLive, type Existing, type LiveOptions } from '../../src/review/diff/live';
import { REPLACING } from '../../src/review/diff/replaced-references';
import { diffTerraform } from '../../src/review/diff/terraform';
import { NATIVE_NESTED } from '../../src/review/resource-types';
import { linesOf } from './change-lines';
import { entry, plan, PLANNED, planOf } from './terraform-plans';

type Json = Record<string, unknown>;

const OPTIONS = { cost: { region: 'us-east-1' }, region: 'us-east-1', date: '2026-11-26' };

const SUBNET = 'subnet-0123456789abcdef0';
const SCRATCH = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
const P2 = {
  ...SCRATCH,
  DeploymentType: 'PERSISTENT_2' as const,
  PerUnitStorageThroughput: 125,
};
const TIERING = {
  SubnetIds: [SUBNET],
  StorageType: 'INTELLIGENT_TIERING',
  DeploymentType: 'PERSISTENT_2',
  ThroughputCapacity: 4000,
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
  DataReadCacheConfiguration: { SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' },
};

const ours = (Properties: Json, more: Json = {}): Json => ({ Type: 'Pangea::FSx::LustreFileSystem', ...more, Properties }); // oxfmt-ignore
const native = (Properties: Json, LustreConfiguration?: Json, more: Json = {}): Json => ({
  Type: 'AWS::FSx::FileSystem',
  ...more,
  Properties: { FileSystemType: 'LUSTRE', ...Properties, ...(LustreConfiguration && { LustreConfiguration }) }, // oxfmt-ignore
});
const TOPIC = { Type: 'AWS::SNS::Topic' };

const template = (Resources: Json, sections: Json = {}): string =>
  JSON.stringify({ ...sections, Resources });
const fs = (properties: Json, more?: Json): string => template({ Fs: ours(properties, more) });
const RETAIN = { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' };
const KEY = { Ref: 'Key' };
const IN_BACKUP = { SkipFinalBackup: false };
const FROM_BACKUP = { BackupId: 'backup-01234567', SubnetIds: [SUBNET] };

describe('two templates', () => {
  const S1 = { ...SCRATCH, DeploymentType: 'SCRATCH_1' };
  const MANY = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'x'] }]),
  );
  const MANY_PARAMETERS = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`P${at}`, { Type: 'String', Default: 'y' }]),
  );
  const tooMany = (StorageCapacity: number): string =>
    template(
      {
        Fs: ours({
          ...SCRATCH,
          StorageCapacity,
          Tags: Object.keys(MANY).map((name) => ({
            Key: name,
            Value: { 'Fn::If': [name, 'a', 'b'] },
          })),
        }),
      },
      { Parameters: MANY_PARAMETERS, Conditions: MANY },
    );
  const onOff = (on: Json, off: Json, Default = 'no'): string =>
    template(
      { Fs: ours({ 'Fn::If': ['On', on, off] }) },
      {
        Parameters: { Is: { Type: 'String', Default, AllowedValues: ['yes', 'no'] } },
        Conditions: { On: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } },
      },
    );
  const by = (Default: string | undefined, StorageCapacity: unknown = { Ref: 'Size' }): string =>
    template(
      { Fs: ours({ ...SCRATCH, StorageCapacity }) },
      { Parameters: { Size: { Type: 'Number', ...(Default !== undefined && { Default }) } } },
    );
  const linked = (Type: string, Properties: Json, more: Json = {}): string =>
    template({ Fs: ours({ ...P2, KmsKeyId: KEY, ...more }), Key: { Type, Properties } });
  const other = (Type: string, Properties?: Json): string =>
    linked(Type, { ...Properties, Tags: [] });
  const nativeOnly = (
    properties: Json,
    configuration: Json = { DeploymentType: 'SCRATCH_2' },
    more?: Json,
  ): string => template({ Fs: native({ ...SCRATCH, ...properties }, configuration, more) });
  const nativeWith = (name: string, value: string): string =>
    NATIVE_NESTED.some((each) => each === name)
      ? nativeOnly({}, { [name]: value })
      : nativeOnly({ [name]: value });
  const N2 = { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };
  const STAGES = {
    Parameters: { Is: { Type: 'String', Default: 'yes', AllowedValues: ['yes', 'no'] } },
    Conditions: { On: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } },
  };
  const byMapping = (Default: string): string =>
    template(
      { Fs: ours({ ...SCRATCH, StorageCapacity: { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'Size'] } }) },
      {
        Parameters: { Stage: { Type: 'String', Default, AllowedValues: ['dev', 'prod'] } },
        Mappings: { Sizes: { dev: { Size: 1200 }, prod: { Size: 2400 } } },
      },
    ); // oxfmt-ignore
  const byRegion = (Size: number): string =>
    template(
      { Fs: ours({ ...SCRATCH, StorageCapacity: { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Size'] } }) },
      { Mappings: { Sizes: { 'us-east-1': { Size }, 'eu-west-1': { Size: 4800 } } } },
    ); // oxfmt-ignore
  const never = (StorageCapacity: number): string =>
    template(
      { Fs: ours({ ...SCRATCH, StorageCapacity }, { Condition: 'Off' }), TOPIC },
      { Conditions: { Off: { 'Fn::Equals': ['a', 'b'] } } },
    );
  const withKey = (Default: string, KmsKeyId: Json): string =>
    template(
      { Fs: ours({ ...P2, KmsKeyId }) },
      { Parameters: { Id: { Type: 'String', Default } } },
    );
  const byKind = (StorageCapacity: number): string =>
    template(
      { Fs: ours({ ...SCRATCH, StorageCapacity, DeploymentType: { Ref: 'Kind' } }) },
      { Parameters: { Kind: { Type: 'String', AllowedValues: ['SCRATCH_1', 'SCRATCH_2'] } } },
    );
  const pick = (stage: string, yes: unknown, no: unknown) => ({ 'Fn::If': [stage, yes, no] });
  const KINDS = ['none', 'refused', 'unknown', 'replaced', 'changed', 'same', 'created', 'deleted'];
  const byStage = (more: Json, properties: Json, StorageCapacity: unknown, policies: Json = RETAIN): string =>
    template(
      { Fs: ours({ ...P2, ...properties, StorageCapacity }, { ...policies, ...more }) },
      {
        Parameters: { Stage: { Type: 'String', Default: 'none', AllowedValues: KINDS } },
        Conditions: {
          ...Object.fromEntries(KINDS.map((kind) => [kind, { 'Fn::Equals': [{ Ref: 'Stage' }, kind] }])),
          NotCreated: { 'Fn::Not': [{ Condition: 'created' }] },
          NotDeleted: { 'Fn::Not': [{ Condition: 'deleted' }] },
        },
      },
    ); // oxfmt-ignore
  const PARTS = [
    'StorageType', 'DeploymentType', 'SubnetIds', 'SecurityGroupIds', 'ImportPath', 'ExportPath', 'ImportedFileChunkSize',
    'CopyTagsToBackups', 'DriveCacheType', 'KmsKeyId', 'EfaEnabled', 'BackupId',
  ]; // oxfmt-ignore

  const CASES: Readonly<Record<string, readonly [before: string | undefined, after: string | undefined, options?: Partial<DiffOptions>]>> = {
    'nothing at all': [template({ TOPIC }), template({ TOPIC })],
    'a template that is new': [undefined, fs(SCRATCH), { file: 'a.yaml' }],
    'a template that is gone': [fs(SCRATCH), undefined, { file: 'a.yaml' }],
    'a template without a file system that is gone': [template({ TOPIC }), undefined],
    'a template of no name that is gone': [fs(SCRATCH), undefined],
    'too many combinations': [tooMany(1200), tooMany(2400), { file: 'a.yaml' }],
    'macros': [
      template({ Fs: ours(SCRATCH), 'Fn::Transform': { Name: 'Inside' } }, { Transform: ['AWS::LanguageExtensions', 'One', { Name: 'Two' }] }),
      template({ Fs: ours(SCRATCH) }, { Transform: 'One', 'Fn::Transform': { Name: 'Root' } }),
    ],
    'a macro by its name': [fs(SCRATCH), template({ Fs: ours(SCRATCH) }, { Transform: { Name: 'Two' } })],
    'the macros of AWS': [fs(SCRATCH), template({ Fs: ours(SCRATCH) }, { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] })],
    'one that is refused, and others': [
      template({ A: ours({ ...SCRATCH, StorageCapacity: 4800 }), B: ours({ ...SCRATCH, StorageCapacity: 4800 }), C: ours(SCRATCH) }),
      template({ A: ours(SCRATCH), B: ours(SCRATCH), C: ours({ ...SCRATCH, StorageCapacity: 2400 }) }),
      { file: 'a.yaml' },
    ],
    'one that is refused, and one that stays': [
      template({ A: ours({ ...SCRATCH, StorageCapacity: 4800 }), C: ours(SCRATCH) }),
      template({ A: ours(SCRATCH), C: ours(SCRATCH) }),
    ],
    'the order: those of the new template first': [
      template({ Gone: ours(P2), Stays: ours(SCRATCH) }),
      template({ New: native(SCRATCH), Stays: ours(SCRATCH) }),
    ],
    'the worst of the branches': [onOff(S1, P2), onOff({ ...S1, StorageCapacity: 2400 }, { ...P2, PerUnitStorageThroughput: 250 })],
    'branches by the default': [onOff(SCRATCH, { ...SCRATCH, StorageCapacity: 2400 }), onOff(SCRATCH, { ...SCRATCH, StorageCapacity: 2400 }, 'yes')],
    'branches of equal verdicts': [onOff(SCRATCH, { ...SCRATCH, StorageCapacity: 2400 }), onOff(SCRATCH, { ...SCRATCH, StorageCapacity: 2400 })],
    'a file system of a condition that goes': [
      template({ Fs: ours(SCRATCH, { Condition: 'On' }), TOPIC }, { Conditions: { On: { 'Fn::Equals': ['a', 'a'] } } }),
      template({ Fs: ours(SCRATCH, { Condition: 'On' }), TOPIC }, { Conditions: { On: { 'Fn::Equals': ['a', 'b'] } } }),
    ],
    'a file system that becomes a topic': [fs(SCRATCH), template({ Fs: TOPIC })],
    'a topic that becomes a file system': [template({ Fs: TOPIC }), fs(SCRATCH)],
    'a topic of a condition that becomes a file system': [
      template({ Fs: { ...TOPIC, Condition: 'Off' } }, { Conditions: { Off: { 'Fn::Equals': ['a', 'b'] } } }),
      fs(SCRATCH),
    ],
    'ours that becomes a native one': [fs(SCRATCH), nativeOnly({})],
    'a native one that becomes ours': [nativeOnly({}), fs(SCRATCH)],
    'a native one that is no longer of Lustre': [nativeOnly({}), nativeOnly({ FileSystemType: 'WINDOWS' })],
    'a native one that is no longer of Lustre, retained': [nativeOnly({}, N2, RETAIN), nativeOnly({ FileSystemType: 'WINDOWS' }, N2, RETAIN)],
    'a native one that was of Windows': [nativeOnly({ FileSystemType: 'WINDOWS' }), nativeOnly({})],
    'a native one whose type is not known': [nativeOnly({ FileSystemType: { Ref: 'Kind' } }), nativeOnly({ StorageCapacity: 2400 })],
    'parameters: another default': [by('1200'), by('2400')],
    'parameters: no default': [by(undefined), by(undefined)],
    'parameters: given': [by('1200'), by('2400'), { parameters: new Map([['Size', '4800']]) }],
    'parameters: given to the old one': [by('1200'), by('1200'), { parameters: new Map([['Size', '4800']]), oldParameters: new Map([['Size', '2400']]) }],
    'parameters: kept': [by('1200'), by('2400'), { parameters: new Map([['Size', undefined]]) }],
    'parameters: kept, and given to the old one': [by('1200'), by('2400'), { parameters: new Map([['Size', undefined]]), oldParameters: new Map([['Size', '4800']]) }],
    'parameters: kept, and not known': [by(undefined), by('2400'), { parameters: new Map([['Size', undefined]]) }],
    'parameters: no longer used': [by('1200'), by('1200', 1200)],

    'created from a backup': [undefined, fs(FROM_BACKUP)],
    'created, with properties that are not known': [undefined, template({ Fs: { ...ours({}), Properties: { 'Fn::Transform': { Name: 'x' } } } })],
    'created, with properties that are none': [undefined, template({ Fs: { ...ours({}), Properties: [] } })],
    'created, and refused': [undefined, fs({ ...SCRATCH, StorageCapacity: 1300, KmsKeyId: 'alias/x' })],
    'created where the region lacks it': [undefined, fs(TIERING), { region: 'me-south-1' }],
    'created where no region is given': [undefined, fs(TIERING), { region: undefined, date: undefined } as never],
    'deleted': [fs(P2), undefined],
    'deleted with its links': [fs({ ...SCRATCH, ImportPath: 's3://bucket' }), template({ TOPIC })],
    'deleted with a backup': [fs({ ...P2, ...IN_BACKUP }), template({ TOPIC })],
    'deleted, scratch that asks for a backup': [fs({ ...SCRATCH, ...IN_BACKUP }), template({ TOPIC })],
    'deleted and retained': [fs(P2, RETAIN), template({ TOPIC })],
    'deleted, retained but on creation': [fs(P2, { DeletionPolicy: 'RetainExceptOnCreate' }), template({ TOPIC })],
    'deleted and retained, of no known cost': [fs({ ...P2, StorageCapacity: { Ref: 'Size' } }, RETAIN), template({ TOPIC })],
    'deleted, with properties that are not known': [template({ Fs: { ...ours({}), Properties: { 'Fn::Transform': { Name: 'x' } } } }), template({ TOPIC })],

    'the same properties, not known': [template({ Fs: { ...ours({}), Properties: { 'Fn::Transform': { Name: 'x' } } } }), fs(SCRATCH)],
    'properties that are no object': [fs(SCRATCH), template({ Fs: { ...ours({}), Properties: 'x' } })],
    'a native name that is not known here': [nativeOnly({}), nativeOnly({ Colour: 'green' })],
    'a native name that is not known here, inside': [nativeOnly({}), nativeOnly({}, { DeploymentType: 'SCRATCH_2', Colour: 'green' })],
    'a native name that is not known here, the same': [nativeOnly({ Colour: 'green' }), nativeOnly({ Colour: 'green' })],
    'a native name that AWS may have': [nativeOnly({}), nativeOnly({}, { DeploymentType: 'SCRATCH_2', RootSquashConfiguration: { RootSquash: '1:1' } })],
    'a native name that AWS may have, and growth': [nativeOnly({}), nativeOnly({ StorageCapacity: 2400 }, { DeploymentType: 'SCRATCH_2', RootSquashConfiguration: { RootSquash: '1:1' } })],

    'replaced': [fs(P2), fs({ ...P2, KmsKeyId: 'alias/b' })],
    'replaced for what is certain and what is not': [fs({ ...P2, KmsKeyId: 'alias/a', SecurityGroupIds: [{ Ref: 'A' }] }), fs({ ...P2, KmsKeyId: 'alias/b', SecurityGroupIds: [{ Ref: 'B' }] })],
    'replaced, and the new one is refused': [fs({ ...P2, KmsKeyId: 'alias/a' }), fs({ ...P2, KmsKeyId: 'alias/b', StorageCapacity: 1300 })],
    'replaced where the region lacks the new one': [fs(P2), fs(TIERING), { region: 'me-south-1' }],
    'replaced from a backup': [fs(FROM_BACKUP), fs({ ...FROM_BACKUP, BackupId: 'backup-89abcdef' })],
    'replaced from a backup, with a backup': [fs({ ...P2, ...IN_BACKUP }), fs({ ...P2, ...FROM_BACKUP })],
    'replaced from a backup, retained': [fs(FROM_BACKUP, RETAIN), fs({ ...FROM_BACKUP, BackupId: 'backup-89abcdef' }, RETAIN)],
    'replaced with a backup': [fs({ ...P2, ...IN_BACKUP, KmsKeyId: 'alias/a' }), fs({ ...P2, ...IN_BACKUP, KmsKeyId: 'alias/b' })],
    'replaced and retained': [fs({ ...P2, KmsKeyId: 'alias/a' }, RETAIN), fs({ ...P2, KmsKeyId: 'alias/b' }, RETAIN)],
    'replaced and retained, of no known cost': [fs({ ...P2, StorageCapacity: { Ref: 'Size' } }, RETAIN), fs({ ...P2, KmsKeyId: 'alias/b' }, RETAIN)],
    'replaced, retained by the old one': [fs({ ...P2, KmsKeyId: 'alias/a' }, RETAIN), fs({ ...P2, KmsKeyId: 'alias/b' })],
    'replaced, retained by the new one': [fs({ ...P2, KmsKeyId: 'alias/a' }), fs({ ...P2, KmsKeyId: 'alias/b' }, RETAIN)],
    'replaced with its links': [fs({ ...SCRATCH, ImportPath: 's3://bucket/a' }), fs({ ...SCRATCH, ImportPath: 's3://bucket/b' })],
    'replaced with its links, of a native one': [nativeOnly({}, { DeploymentType: 'SCRATCH_2', ImportPath: 's3://bucket/a' }), nativeOnly({ KmsKeyId: 'a' }, { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 50 })],
    'replaced for what means the same': [fs({ ...SCRATCH, DeploymentType: 'SCRATCH_2' }), fs(SCRATCH)],
    'replaced for a default that is written': [fs(SCRATCH), fs({ ...SCRATCH, StorageType: 'SSD' })],
    'replaced for a default that is another': [fs(SCRATCH), fs(S1)],
    'replaced for a key by another name': [fs({ ...P2, KmsKeyId: 'alias/a' }), fs({ ...P2, KmsKeyId: '12345678-1234-1234-1234-123456789012' })],
    'replaced for a key that is gone': [fs({ ...P2, KmsKeyId: 'alias/a' }), fs(P2)],
    'may be replaced': [fs({ ...P2, KmsKeyId: KEY }), fs(P2)],
    'may be replaced, retained': [fs({ ...P2, KmsKeyId: KEY }, RETAIN), fs({ ...P2, KmsKeyId: { Ref: 'Other' } }, RETAIN)],
    'may be replaced, with a backup': [fs({ ...P2, ...IN_BACKUP, KmsKeyId: KEY }), fs({ ...P2, ...IN_BACKUP, KmsKeyId: { Ref: 'Other' } })],
    'may be replaced for two': [fs({ ...P2, KmsKeyId: KEY, SecurityGroupIds: [{ Ref: 'A' }] }), fs({ ...P2, KmsKeyId: { Ref: 'Other' }, SecurityGroupIds: [{ Ref: 'B' }, 'sg-01234567'] })],

    'policies that go': [fs(P2, RETAIN), fs(P2)],
    'policies that come': [fs(P2), fs(P2, RETAIN)],
    'policies that are weaker': [fs(P2, RETAIN), fs(P2, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Delete' })],
    'a policy that goes with growth': [fs(P2, RETAIN), fs({ ...P2, StorageCapacity: 2400 })],

    'attributes that are given': [fs(SCRATCH), fs({ ...SCRATCH, MountCommand: 'x' })],
    'a name that is none': [fs(SCRATCH), fs({ ...SCRATCH, Colour: 'green' })],
    'a name that was none': [fs({ ...SCRATCH, Colour: 'red' }), fs({ ...SCRATCH, StorageCapacity: 2400 })],
    'a value of the wrong form': [fs(SCRATCH), fs({ ...SCRATCH, StorageCapacity: 'much', EfaEnabled: 'maybe' })],
    'shrunk and malformed': [fs({ ...SCRATCH, StorageCapacity: 2400 }), fs({ ...SCRATCH, AutomaticBackupRetentionDays: 'x' })],
    'shrunk': [fs({ ...P2, StorageCapacity: 4800 }), fs({ ...P2, StorageCapacity: 2400 })],
    'grown to what is not known': [fs(P2), fs({ ...P2, StorageCapacity: { Ref: 'Size' } })],
    'grown to what a parameter allows': [by('1200'), template({ Fs: ours({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) }, { Parameters: { Size: { Type: 'Number', AllowedValues: [1200, 2400, 4800] } } })],
    'grown where another value is not known': [fs({ ...P2, DataCompressionType: KEY }), fs({ ...P2, DataCompressionType: KEY, StorageCapacity: 2400 })],
    'grown where a value that is not known differs': [fs({ ...P2, DataCompressionType: KEY }), fs({ ...P2, DataCompressionType: 'LZ4', StorageCapacity: 2400 })],
    'tags in another order': [fs({ ...P2, Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: 'd' }] }), fs({ ...P2, Tags: [{ Key: 'c', Value: 'd' }, { Key: 'a', Value: 'b' }] })],
    'tags that go': [fs({ ...P2, Tags: [{ Key: 'a', Value: 'b' }] }), fs(P2)],
    'tags that are not known': [fs(P2), fs({ ...P2, Tags: [{ Key: 'a', Value: KEY }] })],
    'a setting that means the same': [fs(P2), fs({ ...P2, DataCompressionType: 'NONE' })],
    'a setting that is taken out': [fs({ ...P2, DataCompressionType: 'LZ4', WeeklyMaintenanceStartTime: '1:05:00' }), fs(P2)],
    'throughput and capacity': [fs(P2), fs({ ...P2, PerUnitStorageThroughput: 250, StorageCapacity: 2400 })],
    'throughput, tags, a setting and IOPS': [
      fs({ ...P2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
      fs({ ...P2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 }, PerUnitStorageThroughput: 250, Tags: [{ Key: 'a', Value: 'b' }], DataCompressionType: 'LZ4' }),
    ],
    'a larger read cache': [
      fs({ ...TIERING, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 320 } }),
      fs({ ...TIERING, DataReadCacheConfiguration: { SizingMode: 'USER_PROVISIONED', SizeGiB: 640 } }),
    ],
    'servers and their read cache': [
      fs(TIERING),
      fs({ ...TIERING, ThroughputCapacity: 8000, DataReadCacheConfiguration: { SizingMode: 'NO_CACHE' } }),
    ],
    'no backup any more': [fs({ ...P2, ...IN_BACKUP }), fs({ ...P2, SkipFinalBackup: true })],
    'a backup from now on': [fs({ ...P2, SkipFinalBackup: 'true' }), fs({ ...P2, SkipFinalBackup: 'false' })],
    'tags of the final backup': [fs({ ...P2, ...IN_BACKUP }), fs({ ...P2, ...IN_BACKUP, FinalBackupTags: [{ Key: 'a', Value: 'b' }] })],
    'capacity that the backup has': [fs(FROM_BACKUP), fs({ ...FROM_BACKUP, StorageCapacity: 2400 })],
    'a setting that the backup may have': [fs(FROM_BACKUP), fs({ ...FROM_BACKUP, DataCompressionType: 'LZ4', WeeklyMaintenanceStartTime: '1:05:00' })],
    'a version that FSx chose': [nativeOnly({}, N2), nativeOnly({ FileSystemTypeVersion: '2.15' }, N2)],
    'a version that FSx chose, of scratch': [nativeOnly({}), nativeOnly({ FileSystemTypeVersion: '2.12' })],
    'a version that FSx chose, of ours': [fs(P2), fs({ ...P2, FileSystemTypeVersion: '2.15' })],
    'a native one: capacity and throughput': [nativeOnly({}, N2), nativeOnly({ StorageCapacity: 2400 }, { ...N2, PerUnitStorageThroughput: 250 })],
    'a native one: capacity and IOPS': [
      nativeOnly({}, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
      nativeOnly({ StorageCapacity: 2400 }, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } }),
    ],
    'a native one: capacity beyond its IOPS': [
      nativeOnly({ StorageCapacity: 12000 }, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
      nativeOnly({ StorageCapacity: 24000 }, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
    ],
    'a native one: what is taken out': [nativeOnly({ Tags: [{ Key: 'a', Value: 'b' }] }, { ...N2, DataCompressionType: 'LZ4' }), nativeOnly({}, N2)],
    'a native one: what FSx does not change': [nativeOnly({}, N2), nativeOnly({ StorageType: 'SSD' }, { ...N2, EfaEnabled: false })],
    'a native one: IOPS that are less': [
      nativeOnly({}, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } }),
      nativeOnly({}, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
    ],
    ...Object.fromEntries(PARTS.map((name) => [`each of its own: ${name}`, [fs({ ...SCRATCH, [name]: 'one' }), fs({ ...SCRATCH, [name]: 'two' })] as const])),
    ...Object.fromEntries(PARTS.map((name) => [`each of its own, of a native one: ${name}`, [nativeWith(name, 'one'), nativeWith(name, 'two')] as const])),

    'a reference to what is new': [fs({ ...P2, KmsKeyId: KEY }), linked('AWS::KMS::Key', {})],
    'a reference to what is gone': [linked('AWS::KMS::Key', {}), fs({ ...P2, KmsKeyId: KEY })],
    'a reference to what is replaced': [linked('AWS::KMS::Alias', { AliasName: 'alias/a' }), linked('AWS::KMS::Alias', { AliasName: 'alias/b' })],
    'a reference to what may be replaced': [linked('AWS::KMS::Alias', { AliasName: { Ref: 'A' } }), linked('AWS::KMS::Alias', { AliasName: { Ref: 'B' } })],
    'a reference to what only changes': [linked('AWS::KMS::Key', {}), other('AWS::KMS::Key')],
    'a reference to another type that changes': [linked('My::Own::Key', {}), other('My::Own::Key')],
    'a reference to another type that stays': [linked('My::Own::Key', { A: ['b', { C: 'd' }] }), linked('My::Own::Key', { A: ['b', { C: 'd' }] })],
    'a reference to another type, other items': [linked('My::Own::Key', { A: ['b', 'c'] }), linked('My::Own::Key', { A: ['b', 'd'] })],
    'a reference to another type, more items': [linked('My::Own::Key', { A: ['b'] }), linked('My::Own::Key', { A: ['b', 'd'] })],
    'a reference to another type, another kind': [linked('My::Own::Key', { A: ['b'] }), linked('My::Own::Key', { A: 'b' })],
    'a reference to another type, members in another order': [linked('My::Own::Key', { A: 1, B: 2 }), linked('My::Own::Key', { B: 2, A: 1 })],
    'a reference to another type, other members': [linked('My::Own::Key', { A: 1, B: 2 }), linked('My::Own::Key', { A: 1, C: 2 })],
    'a reference to another type without properties': [template({ Fs: ours({ ...P2, KmsKeyId: KEY }), Key: { Type: 'My::Own::Key' } }), linked('My::Own::Key', {})],
    'a reference by an attribute': [
      template({ Fs: ours({ ...P2, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a' } } }),
      template({ Fs: ours({ ...P2, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } }),
    ],
    'references in a text': [
      template({ Fs: ours({ ...P2, Tags: [{ Key: 'a', Value: { 'Fn::Sub': '${Group}-${Log.Arn}' } }] }), Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'a' } }, Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'a' } } }),
      template({ Fs: ours({ ...P2, Tags: [{ Key: 'a', Value: { 'Fn::Sub': '${Group}-${Log.Arn}' } }] }), Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'b' } }, Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'a' } } }),
    ],
    'references in a circle': [
      template({ Fs: ours({ ...P2, KmsKeyId: KEY }), Key: { Type: 'AWS::KMS::Alias', Properties: { AliasName: { Ref: 'Key' } } } }),
      template({ Fs: ours({ ...P2, KmsKeyId: KEY }), Key: { Type: 'AWS::KMS::Alias', Properties: { AliasName: { Ref: 'Key' } } } }),
    ],
    'a function that only CloudFormation evaluates': [fs({ ...P2, KmsKeyId: { 'Fn::Transform': { Name: 'a' } } }), fs({ ...P2, KmsKeyId: { 'Fn::Transform': { Name: 'b' } } })],
    'the same function that only CloudFormation evaluates': [fs({ ...P2, KmsKeyId: { 'Fn::Transform': { Name: 'a' } } }), fs({ ...P2, KmsKeyId: { 'Fn::Transform': { Name: 'a' } } })],

    'renamed': [template({ Old: ours(P2) }), template({ New: ours(P2) })],
    'renamed, as much alike as not': [template({ Old: ours(P2) }), template({ New: ours({ ...P2, StorageCapacity: 2400, PerUnitStorageThroughput: 250 }) })],
    'renamed, alike in one': [template({ Old: ours({ SubnetIds: [SUBNET] }) }), template({ New: ours({ SubnetIds: [SUBNET] }) })],
    'renamed, to the one that is most alike': [template({ Old: ours(P2) }), template({ One: ours({ ...P2, StorageCapacity: 2400 }), Two: ours(P2), Three: ours({ ...P2, DataCompressionType: 'LZ4' }) })],
    'renamed, both of two': [template({ A: ours(P2), B: ours(P2) }), template({ C: ours(P2), D: ours({ ...P2, StorageCapacity: 2400 }) })],
    'renamed to another type': [template({ Old: ours(SCRATCH) }), template({ New: native(SCRATCH) })],
    'renamed under a condition': [
      template({ Old: ours(P2, { Condition: 'On' }) }, { Parameters: { Is: { Type: 'String', Default: 'yes', AllowedValues: ['yes', 'no'] } }, Conditions: { On: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } } }),
      template({ New: ours(P2) }, { Parameters: { Is: { Type: 'String', Default: 'yes', AllowedValues: ['yes', 'no'] } }, Conditions: { On: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } } }),
    ],
    'renamed without properties': [template({ Old: { Type: 'Pangea::FSx::LustreFileSystem' } }), template({ New: { Type: 'Pangea::FSx::LustreFileSystem', Properties: SCRATCH } })],

    'a value that a mapping gives by another default': [byMapping('dev'), byMapping('prod')],
    'a capacity of the region': [byRegion(1200), byRegion(2400)],
    'a capacity of another region': [byRegion(1200), byRegion(2400), { region: 'eu-west-1' }],
    'a file system that neither creates': [never(1200), never(2400)],
    'a native one that is no longer of Lustre, retained in part': [nativeOnly({}, N2, { UpdateReplacePolicy: 'Retain' }), nativeOnly({ FileSystemType: 'WINDOWS' }, N2)],
    'a native one that is no longer of Lustre, retained on deletion': [nativeOnly({}, N2, { DeletionPolicy: 'Retain' }), nativeOnly({ FileSystemType: 'WINDOWS' }, N2)],
    'created where the table may be old': [undefined, fs(P2), { region: 'me-south-1', date: '2028-11-26' }],
    'a list for what is not known': [fs({ ...P2, SecurityGroupIds: { Ref: 'Groups' } }), fs({ ...P2, SecurityGroupIds: ['sg-01234567'] })],
    'nothing for what may be nothing': [withKey('', { Ref: 'Id' }), fs(P2)],
    'what may be nothing for nothing': [fs(P2), withKey('', { Ref: 'Id' })],
    'a setting for what may be nothing': [template({ Fs: ours({ ...P2, WeeklyMaintenanceStartTime: { Ref: 'Id' } }) }, { Parameters: { Id: { Type: 'String', Default: '' } } }), fs(P2)],
    'growth that a value refuses that is not known': [byKind(1200), byKind(2400)],
    'a nested function that only CloudFormation evaluates': [nativeOnly({}, { DeploymentType: { 'Fn::Transform': { Name: 'a' } } }), nativeOnly({}, { DeploymentType: { 'Fn::Transform': { Name: 'b' } } })],
    'a native one: capacity and a version': [nativeOnly({ FileSystemTypeVersion: '2.12' }), nativeOnly({ FileSystemTypeVersion: '2.15', StorageCapacity: 2400 })],
    'a native one: throughput and IOPS': [
      nativeOnly({}, { ...N2, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } }),
      nativeOnly({}, { ...N2, PerUnitStorageThroughput: 250, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 3000 } }),
    ],
    'a reference to what has no type': [linked('AWS::KMS::Key', {}).replace('"Type":"AWS::KMS::Key",', ''), other('AWS::KMS::Key').replace('"Type":"AWS::KMS::Key",', '')],
    'a reference to another type without properties on both sides': [template({ Fs: ours({ ...P2, KmsKeyId: KEY }), Key: { Type: 'My::Own::Key' } }), template({ Fs: ours({ ...P2, KmsKeyId: KEY, DataCompressionType: 'LZ4' }), Key: { Type: 'My::Own::Key' } })],
    'a reference to another type, a text for members': [linked('My::Own::Key', { A: { B: 1 } }), linked('My::Own::Key', { A: 'b' })],
    'a reference to another type, a list for a text': [linked('My::Own::Key', { A: 'b' }), linked('My::Own::Key', { A: ['b'] })],
    'renamed at two costs': [
      template({ Old: ours({ ...P2, StorageCapacity: { 'Fn::If': ['On', 2400, 1200] } }) }, STAGES),
      template({ New: ours({ ...P2, StorageCapacity: { 'Fn::If': ['On', 2400, 1200] } }) }, STAGES),
    ],
    'renamed, and the new one is refused in part': [
      template({ Old: ours(P2) }, STAGES),
      template({ New: ours({ ...P2, StorageCapacity: { 'Fn::If': ['On', 1300, 1200] } }) }, STAGES),
    ],
    'every kind of verdict in one': [byStage({ Condition: 'NotCreated' }, { KmsKeyId: 'alias/a' }, 4800), byStage({ Condition: 'NotDeleted' }, { KmsKeyId: pick('replaced', 'alias/b', 'alias/a'), DataCompressionType: pick('changed', 'LZ4', pick('same', 'NONE', { Ref: 'AWS::NoValue' })) }, pick('refused', 2400, pick('unknown', { Ref: 'Other' }, 4800)))],
    'every kind of verdict in one, and no policy': [byStage({ Condition: 'NotCreated' }, { KmsKeyId: 'alias/a' }, 4800, {}), byStage({ Condition: 'NotDeleted' }, { KmsKeyId: pick('unknown', { Ref: 'Other' }, pick('replaced', 'alias/b', 'alias/a')) }, pick('refused', 2400, 4800), {})],
  }; // oxfmt-ignore

  test.each(Object.entries(CASES))('%s', (_, [before, after, options]) => {
    expect(linesOf(diff(before, after, { ...OPTIONS, ...options }))).toMatchSnapshot();
  });
});

test('the resources whose replacement replaces a file system that refers to them', () => {
  expect(REPLACING).toMatchSnapshot();
});

describe('a Terraform plan', () => {
  const update = (after: Json, before: Json = {}, more: Json = {}): string =>
    plan(['update'], { ...PLANNED, ...before }, { ...PLANNED, ...after }, more);
  const REPLACE = ['delete', 'create'];
  const FIRST = ['create', 'delete'];
  const shrink = { replace_paths: [['storage_capacity']] };
  const LARGE = { ...PLANNED, storage_capacity: 4800 };
  const SECRET = { kms_key_id: 'CANARY-one', tags: { a: 'CANARY-one' }, log_configuration: [{ level: 'WARN_ERROR', destination: 'CANARY-one' }] }; // oxfmt-ignore
  const sensitive = { kms_key_id: true, tags: { a: true }, log_configuration: [{ destination: true }] }; // oxfmt-ignore
  const marks = { before_sensitive: sensitive, after_sensitive: sensitive };

  const CASES: Readonly<Record<string, string>> = {
    'no changes': JSON.stringify({ format_version: '1.2', planned_values: {} }),
    'changes that are none': planOf(1, null, 'x', entry({ actions: ['delete'] }, { mode: 'data' })),
    'a change without anything': planOf({ type: 'aws_fsx_lustre_file_system', address: 7, action_reason: 7, change: 'x' }),
    'actions that are none': plan('delete', PLANNED, null),
    'actions of another form': plan(['delete', 1], PLANNED, null),
    'no change': plan(['no-op'], PLANNED, PLANNED),
    'read': plan(['read'], PLANNED, PLANNED),
    'created': plan(['create'], null, PLANNED),
    'created from a backup': plan(['create'], null, { backup_id: 'backup-01234567', subnet_ids: [SUBNET], storage_capacity: 0, deployment_type: '', tags: {} }),
    'created and refused': plan(['create'], null, { ...PLANNED, storage_capacity: 3000 }),
    'created, with what is known after the apply': plan(['create'], null, PLANNED, { after_unknown: { kms_key_id: true, storage_capacity: true, arn: true } }),
    'created of what is not known alone': plan(['create'], null, null, { after_unknown: { storage_capacity: true } }),
    'created in another region': plan(['create'], null, { ...PLANNED, region: 'eu-central-1' }),
    'created in no region': plan(['create'], null, { ...PLANNED, region: 'nowhere' }),
    'deleted in another region': plan(['delete'], { ...PLANNED, region: 'eu-central-1' }, null),
    'created with all': plan(['create'], null, {
      ...PLANNED,
      automatic_backup_retention_days: 0,
      daily_automatic_backup_start_time: '',
      copy_tags_to_backups: false,
      data_compression_type: 'LZ4',
      security_group_ids: [],
      tags: { a: 'b', c: 'd' },
      final_backup_tags: { e: 'f' },
      log_configuration: [{ level: 'WARN_ERROR', destination: null }],
      root_squash_configuration: [{ root_squash: '1:1', no_squash_nids: ['10.0.1.6@tcp'] }],
      metadata_configuration: [{ mode: 'AUTOMATIC', iops: 1500 }],
      data_read_cache_configuration: [],
      efa_enabled: null,
    }),
    'grown': update({ storage_capacity: 4800 }),
    'grown with IOPS': update({ storage_capacity: 4800, metadata_configuration: [{ mode: 'USER_PROVISIONED', iops: 12000 }] }),
    'grown and faster': update({ storage_capacity: 4800, per_unit_storage_throughput: 250 }),
    'grown beyond its IOPS': update({ storage_capacity: 24000 }),
    'another tag': update({ tags: { a: 'b' } }),
    'no tag any more': update({ tags: {} }, { tags: { a: 'b' } }),
    'what a configuration stores by itself': update({ metadata_configuration: [{ mode: 'AUTOMATIC', iops: 3000 }] }, { metadata_configuration: [{ mode: 'AUTOMATIC', iops: 1500 }] }),
    'only what FSx is not asked for': update({ skip_final_backup: false }),
    'a read cache': plan(['update'],
      { deployment_type: 'PERSISTENT_2', storage_type: 'INTELLIGENT_TIERING', throughput_capacity: 4000, subnet_ids: [SUBNET], metadata_configuration: [{ mode: 'USER_PROVISIONED', iops: 6000 }], data_read_cache_configuration: [{ sizing_mode: 'USER_PROVISIONED', size: 320 }] },
      { deployment_type: 'PERSISTENT_2', storage_type: 'INTELLIGENT_TIERING', throughput_capacity: 4000, subnet_ids: [SUBNET], metadata_configuration: [{ mode: 'USER_PROVISIONED', iops: 6000 }], data_read_cache_configuration: [{ sizing_mode: 'USER_PROVISIONED', size: 640, other: 1 }] },
    ),
    'squashed': update({ root_squash_configuration: [{ root_squash: '1:1', no_squash_nids: ['10.0.1.6@tcp'] }] }),
    'what is known after the apply': update({}, {}, { after_unknown: { data_compression_type: true, dns_name: true } }),
    'known after the apply, in a part': update({}, {}, { after_unknown: { metadata_configuration: [{ iops: true }], tags: { a: true } } }),
    'shrunk': plan(REPLACE, LARGE, PLANNED, shrink),
    'shrunk, created first': plan(FIRST, LARGE, PLANNED, shrink),
    'shrunk from a backup': plan(REPLACE, LARGE, { ...PLANNED, backup_id: 'backup-01234567' }, { replace_paths: [['storage_capacity'], ['backup_id'], ['no_such_name'], 'x', []] }),
    'another deployment': plan(REPLACE, PLANNED, { ...PLANNED, deployment_type: 'PERSISTENT_1' }, { replace_paths: [['deployment_type']] }),
    'another deployment, created first': plan(FIRST, PLANNED, { ...PLANNED, deployment_type: 'PERSISTENT_1' }, { replace_paths: [['deployment_type']] }),
    'another key': plan(REPLACE, PLANNED, { ...PLANNED, kms_key_id: 'arn:aws:kms:us-east-1:123456789012:key/a' }, { replace_paths: [['kms_key_id']] }),
    'a key that is known after the apply': plan(REPLACE, { ...PLANNED, kms_key_id: 'a' }, PLANNED, { replace_paths: [['kms_key_id']], after_unknown: { kms_key_id: true, id: true, weekly_maintenance_start_time: true } }),
    'with a final backup': plan(REPLACE, { ...LARGE, skip_final_backup: false }, PLANNED, shrink),
    'scratch with a final backup': plan(REPLACE, { ...LARGE, deployment_type: 'SCRATCH_2', skip_final_backup: false }, PLANNED, shrink),
    'of a deployment that is not known, with a final backup': plan(['delete'], { ...LARGE, deployment_type: null, skip_final_backup: false }, null),
    'created first, and refused': plan(FIRST, PLANNED, { ...PLANNED, storage_capacity: 1000 }, shrink),
    'tainted': plan(REPLACE, PLANNED, PLANNED, {}, { action_reason: 'replace_because_tainted' }),
    'by request': plan(REPLACE, PLANNED, PLANNED, {}, { action_reason: 'replace_by_request' }),
    'by triggers': plan(REPLACE, PLANNED, PLANNED, {}, { action_reason: 'replace_by_triggers' }),
    'by another reason': plan(REPLACE, PLANNED, PLANNED, {}, { action_reason: 'replace_because_cannot_update' }),
    'deleted': plan(['delete'], PLANNED, null),
    'deleted with a final backup': plan(['delete'], { ...PLANNED, skip_final_backup: false }, null),
    'forgotten': plan(['forget'], PLANNED, null),
    'created and forgotten': plan(['create', 'forget'], LARGE, PLANNED, shrink),
    'actions that are new': plan(['merge'], PLANNED, LARGE),
    'secrets that are the same': update({ ...SECRET, storage_capacity: 4800 }, SECRET, marks),
    'secrets that differ': update({ ...SECRET, kms_key_id: 'CANARY-two', tags: { a: 'CANARY-two' } }, SECRET, marks),
    'secrets that come': update(SECRET, {}, marks),
    'secrets that go': update({}, SECRET, marks),
    'everything is secret': update({ storage_capacity: 4800 }, {}, { before_sensitive: true, after_sensitive: true }),
    'nothing is secret': update({ storage_capacity: 4800 }, {}, { before_sensitive: false, after_sensitive: { storage_capacity: false, tags: {}, subnet_ids: [false] } }),

    'null where nothing was': update({ kms_key_id: null, tags: null, copy_tags_to_backups: null }),
    'nothing where null was': update({}, { kms_key_id: null, final_backup_tags: null }),
    'members that are not set': update({ log_configuration: [{ level: 'WARN_ERROR', destination: null }], root_squash_configuration: [{ root_squash: '', no_squash_nids: null }] }, { data_read_cache_configuration: [{ sizing_mode: 'NO_CACHE', size: 0 }] }),
    'secrets that differ, and growth': update({ ...SECRET, kms_key_id: 'CANARY-two', storage_capacity: 4800 }, SECRET, marks),
    'a secret in a list': update({ subnet_ids: ['CANARY-two', 'a'] }, { subnet_ids: ['CANARY-one', 'a'] }, { before_sensitive: { subnet_ids: [true, false] }, after_sensitive: { subnet_ids: [true, false] } }),
    'a secret that comes, beside one that goes': update({ kms_key_id: 'CANARY-two' }, { tags: { a: 'CANARY-one' } }, { before_sensitive: { tags: { a: true } }, after_sensitive: { kms_key_id: true } }),
  }; // oxfmt-ignore

  test.each(Object.entries(CASES))('%s', (_, text) => {
    const said = linesOf(diffTerraform(text, { ...OPTIONS, file: 'plan.json' }));
    expect(said.join('\n')).not.toContain('CANARY');
    expect(said).toMatchSnapshot();
  });

  test('of no name, for no region', () => {
    const { changes } = diffTerraform(plan(['create'], null, PLANNED), { cost: OPTIONS.cost });
    expect(changes).toMatchObject([{ file: 'plan', change: 'create' }]);
  });

  test('where the region lacks it', () => {
    const tiering = {
      deployment_type: 'PERSISTENT_2',
      storage_type: 'INTELLIGENT_TIERING',
      throughput_capacity: 4000,
      subnet_ids: [SUBNET],
      metadata_configuration: [{ mode: 'USER_PROVISIONED', iops: 6000 }],
      data_read_cache_configuration: [{ sizing_mode: 'NO_CACHE' }],
    };
    const text = plan(['create'], null, tiering);
    const refusedIn = (region: string | undefined, date?: string) =>
      diffTerraform(text, {
        cost: OPTIONS.cost,
        ...(region !== undefined && { region }),
        ...(date !== undefined && { date }),
      }).changes.map(({ change }) => change);
    expect(refusedIn('me-south-1', '2026-11-26')).toEqual(['refused']);
    expect(refusedIn('us-east-1', '2026-11-26')).toEqual(['create']);
    // Two years later, what the table does not have may be there.
    expect(refusedIn('me-south-1', '2028-11-26')).toEqual(['create']);
    expect(refusedIn(undefined)).toEqual(['create']);
  });

  test.each<[name: string, text: string, says: string]>([
    ['no JSON', 'Terraform will perform', 'this is not JSON: use `terraform show -json plan.tfplan`'],
    ['a state', '{"version": 4, "resources": []}', 'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`'],
    ['a list', '[]', 'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`'],
    ['null', 'null', 'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`'],
    ['a version that is a number', '{"format_version": 1, "planned_values": {}}', 'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`'],
    ['a state that is shown', '{"format_version": "1.0", "values": {}}', 'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`'],
  ])('%s is no plan', (_, text, says) => {
    expect(() => diffTerraform(text, { cost: OPTIONS.cost })).toThrow(says);
  }); // oxfmt-ignore
});

describe('file systems that exist', () => {
  const [A, B] = ['fs-0123456789abcdef0', 'fs-0123456789abcdef1'];
  const existing = (id: string, properties: Existing['properties'], more: Partial<Existing> = {}): Existing => ({ id, properties, ...more }); // oxfmt-ignore
  const SMALL = existing(A, { ...SCRATCH, StorageType: 'SSD', DeploymentType: 'SCRATCH_2', FileSystemTypeVersion: '2.15' }); // oxfmt-ignore
  const LARGE = existing(B, { ...P2, StorageType: 'SSD', FileSystemTypeVersion: '2.15', StorageCapacity: 4800 }); // oxfmt-ignore
  const TWO = template({ One: ours(SCRATCH), Two: ours({ ...P2, StorageCapacity: 4800 }) });
  const conditional = (Condition: string): string =>
    template(
      { Fs: ours(SCRATCH, { Condition }) },
      { Conditions: { On: { 'Fn::Equals': ['a', 'a'] }, Off: { 'Fn::Equals': ['a', 'b'] } } },
    );
  const tags = (...given: readonly [string, string][]) => ({ Tags: given.map(([Key, Value]) => ({ Key, Value })) }); // oxfmt-ignore
  const ids = (...given: readonly [string, string][]) => ({ fileSystemIds: new Map(given) });

  const CASES: Readonly<Record<string, readonly [existing: readonly Existing[], text: string, options?: Partial<LiveOptions>]>> = {
    'nothing': [[], template({ TOPIC })],
    'nothing in the template': [[SMALL], template({ TOPIC })],
    'nothing that exists': [[], fs(SCRATCH)],
    'the only one': [[SMALL], fs(SCRATCH)],
    'the only one, of a name': [[SMALL], fs(SCRATCH), { file: 'a.yaml' }],
    'the only one, of another logical id': [[{ ...SMALL, logicalId: 'Other' }], fs(SCRATCH), { file: 'a.yaml' }],
    'the only one, for two': [[SMALL], TWO],
    'two for the only one': [[SMALL, LARGE], fs(SCRATCH), { file: 'a.yaml' }],
    'by tags': [[{ ...LARGE, logicalId: 'Two', stackName: 'x' }, { ...SMALL, logicalId: 'One' }], TWO],
    'by tags and what is left': [[{ ...LARGE, logicalId: 'Two' }, SMALL], TWO],
    'by what is given': [[SMALL, LARGE], TWO, ids(['Two', B], ['One', A])],
    'by what is given, against tags': [[{ ...SMALL, logicalId: 'Two' }, { ...LARGE, logicalId: 'One' }], TWO, ids(['One', A])],
    'grown': [[SMALL], fs({ ...SCRATCH, StorageCapacity: '2400' })],
    'shrunk': [[{ ...SMALL, properties: { ...SMALL.properties, StorageCapacity: 2400 } }], fs(SCRATCH)],
    'replaced': [[SMALL], fs({ ...P2, SecurityGroupIds: ['sg-01234567'], KmsKeyId: KEY })],
    'replaced and retained': [[SMALL], fs(P2, RETAIN)],
    'replaced with a backup': [[LARGE], fs({ ...P2, ...IN_BACKUP, DeploymentType: 'PERSISTENT_1' })],
    'what FSx does not describe': [[LARGE], fs({ ...P2, StorageCapacity: 4800, SecurityGroupIds: ['sg-01234567'], BackupId: 'backup-01234567', ...IN_BACKUP })],
    'what FSx does not describe, of a native one': [[LARGE], template({ Fs: native({ StorageCapacity: 4800, SubnetIds: [SUBNET], SecurityGroupIds: ['sg-01234567'] }, { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: KEY }) })],
    'tags of the stack': [[{ ...SMALL, properties: { ...SMALL.properties, ...tags(['a', 'b'], ['c', 'd']) } }], fs({ ...SCRATCH, ...tags(['a', 'b']) })],
    'tags that differ': [[{ ...SMALL, properties: { ...SMALL.properties, ...tags(['a', 'c']) } }], fs({ ...SCRATCH, ...tags(['a', 'b']) })],
    'tags of another key': [[{ ...SMALL, properties: { ...SMALL.properties, ...tags(['c', 'b']) } }], fs({ ...SCRATCH, ...tags(['a', 'b']) })],
    'tags that are missing': [[SMALL], fs({ ...SCRATCH, ...tags(['a', 'b']) })],
    'tags that nobody asks for': [[{ ...SMALL, properties: { ...SMALL.properties, ...tags(['a', 'c']) } }], fs(SCRATCH)],
    'a name that is none': [[SMALL], fs({ ...SCRATCH, Colour: 'green' })],
    'a condition that holds': [[SMALL], conditional('On')],
    'a condition that does not hold': [[SMALL], conditional('Off')],
    'a condition that depends': [[SMALL], template({ Fs: ours(SCRATCH, { Condition: 'On' }) }, { Parameters: { Is: { Type: 'String', Default: 'yes', AllowedValues: ['yes', 'no'] } }, Conditions: { On: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } } })],
    'a parameter': [[SMALL], template({ Fs: ours({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) }, { Parameters: { Size: { Type: 'Number', Default: 2400 } } }), { parameters: new Map([['Size', '4800']]) }],
    'a parameter with NoEcho': [[SMALL], template({ Fs: ours({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) }, { Parameters: { Size: { Type: 'Number', NoEcho: true, Default: 2400 } } })],
    'too many combinations': [[SMALL], template(
      { Fs: ours({ ...SCRATCH, Tags: Array.from({ length: 10 }, (_, at) => ({ Key: `k${at}`, Value: { 'Fn::If': [`C${at}`, 'a', 'b'] } })) }) },
      {
        Parameters: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`P${at}`, { Type: 'String', Default: 'y' }])),
        Conditions: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'x'] }])),
      },
    ), { file: 'a.yaml' }],

    'grown beyond the IOPS that it has': [[{ ...LARGE, properties: { ...LARGE.properties, MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 1500 } } }], fs({ ...P2, StorageCapacity: 24000 })],
    'a version that it has': [[{ ...SMALL, properties: { ...SMALL.properties, FileSystemTypeVersion: '2.12' } }], fs({ ...SCRATCH, FileSystemTypeVersion: '2.15' })],
    'a setting that it has': [[{ ...SMALL, properties: { ...SMALL.properties, DataCompressionType: 'LZ4' } }], fs({ ...SCRATCH, DataCompressionType: 'LZ4' })],
    'a setting that it has not': [[{ ...SMALL, properties: { ...SMALL.properties, DataCompressionType: 'LZ4' } }], fs({ ...SCRATCH, DataCompressionType: 'NONE', WeeklyMaintenanceStartTime: '1:05:00' })],
    'where the region lacks what replaces it': [[SMALL], fs(P2), { region: 'me-south-1' }],
  }; // oxfmt-ignore

  test.each(Object.entries(CASES))('%s', (_, [all, text, options]) => {
    expect(linesOf(diffLive(all, text, { ...OPTIONS, ...options }))).toMatchSnapshot();
  });

  test.each<[name: string, existing: readonly Existing[], text: string, options: Partial<LiveOptions>, says: string]>([
    ['two of one logical id', [{ ...SMALL, logicalId: 'Fs' }, { ...LARGE, logicalId: 'Fs', stackName: 'two' }], fs(SCRATCH), {}, `${A} and ${B} (stack two) both have the logical ID Fs: choose one with --file-system Fs=${A}`],
    ['an id that is not there', [SMALL], fs(SCRATCH), ids(['Fs', B]), `${B} is not among the described file systems`],
    ['a logical id that is not there', [SMALL], TWO, ids(['Fs', A]), 'there is no Lustre file system Fs in it: it has One, Two'],
    ['a logical id where there is none', [SMALL], template({ TOPIC }), ids(['Fs', A]), 'there is no Lustre file system Fs in it: it has none'],
    ['a parameter that CloudFormation refuses', [SMALL], template({ Fs: ours({ ...SCRATCH, StorageCapacity: { Ref: 'Size' } }) }, { Parameters: { Size: { Type: 'Number', MaxValue: 2400 } } }), { parameters: new Map([['Size', '4800']]) }, 'CloudFormation refuses this'],
    ['no template', [SMALL], 'a: b', {}, 'it has no Resources'],
  ])('%s is said', (_, all, text, options, says) => {
    expect(() => diffLive(all, text, { ...OPTIONS, ...options })).toThrow(says);
  }); // oxfmt-ignore
});
