/** File systems that are restored from a backup that the same template makes of another one. */
import { check } from '../../src/review/check';

const OURS = 'Pangea::FSx::LustreFileSystem';
const BASE = {
  SubnetIds: ['subnet-0123456789abcdef0'],
  StorageCapacity: 2400,
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: 250,
};
type Properties = Readonly<Record<string, unknown>>;
const GET_ATT = { 'Fn::GetAtt': ['Backup', 'BackupId'] };

interface Written {
  of?: unknown;
  backupId?: unknown;
  more?: object;
}

function template(
  restored: Properties,
  source: Properties = BASE,
  { of = { Ref: 'Source' }, backupId = GET_ATT, more = {} }: Written = {},
): string {
  return JSON.stringify({
    Resources: {
      Source: { Type: OURS, Properties: source },
      Backup: { Type: 'AWS::FSx::Backup', Properties: { FileSystemId: of } },
      Copy: {
        Type: OURS,
        Properties: { SubnetIds: BASE.SubnetIds, BackupId: backupId, ...restored },
      },
    },
    ...more,
  });
}

const found = (text: string) =>
  check(text).findings.map(({ logicalId, property, rule, severity, message, when }) => ({
    at: `${logicalId}.${property} ${rule} ${severity}`,
    message: when === undefined ? message : `${message} (where ${when})`,
  }));

test.each<[string, Properties, Properties, string, string]>([
  [
    'another deployment type',
    { DeploymentType: 'PERSISTENT_1' },
    BASE,
    'Copy.DeploymentType restore error',
    'DeploymentType PERSISTENT_1 does not match the backup, which has PERSISTENT_2: omit it. The backup is of Source.',
  ],
  [
    'another capacity',
    { StorageCapacity: '4800' },
    BASE,
    'Copy.StorageCapacity restore warning',
    'StorageCapacity 4800 does not match the backup, which has 2400: omit it; it can be increased afterward. The backup is of Source: if Source has changed since, FSx uses its values from when the backup was made.',
  ],
  [
    'another tier',
    { PerUnitStorageThroughput: 500 },
    BASE,
    'Copy.PerUnitStorageThroughput restore warning',
    'PerUnitStorageThroughput 500 does not match the backup, which has 250: omit it; it can be changed afterward on SSD. The backup is of Source: if Source has changed since, FSx uses its values from when the backup was made.',
  ],
  [
    'a metadata configuration',
    { MetadataConfiguration: { Mode: 'AUTOMATIC' } },
    BASE,
    'Copy.MetadataConfiguration restore error',
    'MetadataConfiguration cannot be added when a backup without it is restored: omit it. The backup is of Source.',
  ],
  [
    'an older version than the default of this type',
    { FileSystemTypeVersion: '2.12' },
    BASE,
    'Copy.FileSystemTypeVersion restore warning',
    'FileSystemTypeVersion 2.12 is older than the 2.15 of the backup: omit it, or specify a newer version. The backup is of Source: if Source has changed since, FSx uses its values from when the backup was made.',
  ],
])('%s is told', (_, restored, source, at, message) => {
  expect(found(template(restored, source))).toEqual([{ at, message }]);
});

test.each<[string, string]>([
  ['the same', template(BASE)],
  ['nothing', template({})],
  ['what a backup does not decide', template({ AutomaticBackupRetentionDays: 7 })],
  ['a backup of another template', template({ StorageCapacity: 4800 }, BASE, { backupId: 'backup-0123456789abcdef0' })], // oxfmt-ignore
  ['a backup of a file system elsewhere', template({ StorageCapacity: 4800 }, BASE, { of: 'fs-0123456789abcdef0' })], // oxfmt-ignore
  ['another attribute', template({ StorageCapacity: 4800 }, BASE, { backupId: { 'Fn::GetAtt': ['Backup', 'Lifecycle'] } })], // oxfmt-ignore
  ['a source that is restored itself', template({ StorageCapacity: 4800 }, { SubnetIds: BASE.SubnetIds, BackupId: 'backup-0123456789abcdef0' })], // oxfmt-ignore
  [
    'a source of which that is not known',
    template(
      { StorageCapacity: 4800, MetadataConfiguration: { Mode: 'AUTOMATIC' } },
      { ...BASE, StorageCapacity: { Ref: 'Size' }, MetadataConfiguration: { Ref: 'Metadata' } },
      { more: { Parameters: { Size: { Type: 'Number' }, Metadata: { Type: 'String' } } } },
    ),
  ],
])('%s is silent', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('references are followed by Ref, Fn::GetAtt and Fn::Sub, to the native type too', () => {
  const restored = { DeploymentType: 'PERSISTENT_1' };
  for (const of of [
    { Ref: 'Source' },
    { 'Fn::GetAtt': ['Source', 'FileSystemId'] },
    { 'Fn::GetAtt': 'Source.FileSystemId' },
    { 'Fn::Sub': '${Source}' },
  ])
    for (const backupId of [GET_ATT, { 'Fn::Sub': '${Backup.BackupId}' }])
      expect(found(template(restored, BASE, { of, backupId }))).toHaveLength(1);
  const text = template(restored).replace(
    JSON.stringify({ Type: OURS, Properties: BASE }),
    JSON.stringify({
      Type: 'AWS::FSx::FileSystem',
      Properties: {
        FileSystemType: 'LUSTRE',
        StorageCapacity: 1200,
        SubnetIds: BASE.SubnetIds,
        LustreConfiguration: { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 250 },
      },
    }),
  );
  expect(found(text).map(({ at }) => at)).toEqual(['Copy.DeploymentType restore error']);
});

test('both are taken in the same deployment', () => {
  const large = { 'Fn::If': ['Large', 4800, 2400] };
  const more = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  const source = { ...BASE, StorageCapacity: large };
  expect(found(template({ StorageCapacity: large }, source, { more }))).toEqual([]);
  const [only, ...others] = found(template({ StorageCapacity: 2400 }, source, { more }));
  expect(others).toEqual([]);
  expect(only?.message).toMatch(/which has 4800: .* \(where Large is true\)$/);
});
