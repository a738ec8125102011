/** Updates through the hook: changes that FSx does not make, and those for which CloudFormation replaces the file system. */
import { CREATE_ONLY, insteadOf } from '../../src/lustre/changes/create-only';
import { NATIVE_REPLACING, NATIVE_UNSUPPORTED } from '../../src/review/diff/native-updates';
import {
  ELASTIC,
  HDD,
  PERSISTENT_1,
  PERSISTENT_2,
  SCRATCH_1,
  SCRATCH_2,
} from '../lustre/configurations';
import { ask, asNative, asText, NATIVE, OURS, rulesOf, TYPES, type Properties } from './support';

const FORMS: [string, (model: unknown) => unknown][] = [
  ['numbers', (model) => model],
  ['text', asText],
];
const inType = (type: string, properties: Properties): Properties =>
  type === NATIVE ? (asNative(properties) ?? {}) : properties;

/** Before, after, and what refuses the change. */
type Case = readonly [name: string, before: Properties, after: Properties, ...rules: string[]];

const provisioned = (Iops: number) => ({
  MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops },
});

// oxfmt-ignore
const CASES: readonly Case[] = [
  ['growth', SCRATCH_2, { ...SCRATCH_2, StorageCapacity: 7200 }],
  ['the same', PERSISTENT_1, PERSISTENT_1],
  ['a faster tier', PERSISTENT_1, { ...PERSISTENT_1, PerUnitStorageThroughput: 100 }],
  ['shrinking', SCRATCH_2, { ...SCRATCH_2, StorageCapacity: 2400 }, 'storage-shrink'],
  ['growth of what cannot grow', SCRATCH_1, { ...SCRATCH_1, StorageCapacity: 7200 }, 'scratch-1-growth'],
  ['growth to what there is not', SCRATCH_2, { ...SCRATCH_2, StorageCapacity: 5000 }, 'storage-capacity'],
  ['the tier of HDD', HDD, { ...HDD, StorageCapacity: 54000, PerUnitStorageThroughput: 12 }, 'throughput-fixed'],
  ['less throughput', { ...ELASTIC, ThroughputCapacity: 8000 }, ELASTIC, 'throughput-capacity-shrink'],
  ['fewer metadata IOPS', { ...PERSISTENT_2, ...provisioned(12000) }, { ...PERSISTENT_2, ...provisioned(6000) }, 'metadata-iops-shrink'],
  ['an older version', { ...SCRATCH_2, FileSystemTypeVersion: '2.15' }, { ...SCRATCH_2, FileSystemTypeVersion: '2.12' }, 'version-downgrade'],
  ['backups of scratch', SCRATCH_2, { ...SCRATCH_2, AutomaticBackupRetentionDays: 7 }, 'not-applicable'],
  ['a value of the wrong form', SCRATCH_2, { ...SCRATCH_2, StorageCapacity: 'lots' }, 'type'],
];

describe.each(FORMS)('%s', (_, sent) => {
  describe.each(TYPES)('%s', (type) => {
    const rows = CASES.map(([name, before, after, ...rules]) => ({ name, before, after, rules }));
    test.each(rows)('$name', async ({ before, after, rules }) => {
      const answer = await ask({
        type,
        properties: sent(inType(type, after)),
        previous: sent(inType(type, before)),
      });
      expect(rulesOf(answer)).toEqual(rules);
      expect(answer.hookStatus).toBe(rules.length > 0 ? 'FAILED' : 'SUCCESS');
    });
  });
});

/** Another value of each property that replaces a file system. */
const OTHERS: Readonly<Record<string, readonly [before: Properties, after: Properties]>> = {
  DeploymentType: [
    PERSISTENT_1,
    { ...PERSISTENT_1, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 250 },
  ],
  StorageType: [PERSISTENT_1, { ...HDD }],
  SubnetIds: [SCRATCH_2, { ...SCRATCH_2, SubnetIds: ['subnet-89abcdef'] }],
  SecurityGroupIds: [SCRATCH_2, { ...SCRATCH_2, SecurityGroupIds: ['sg-01234567'] }],
  KmsKeyId: [PERSISTENT_1, { ...PERSISTENT_1, KmsKeyId: 'alias/mine' }],
  BackupId: [PERSISTENT_1, { ...PERSISTENT_1, BackupId: 'backup-0123456789abcdef0' }],
  ImportPath: [PERSISTENT_1, { ...PERSISTENT_1, ImportPath: 's3://bucket' }],
  ExportPath: [
    { ...PERSISTENT_1, ImportPath: 's3://bucket' },
    { ...PERSISTENT_1, ImportPath: 's3://bucket', ExportPath: 's3://bucket/out' },
  ],
  ImportedFileChunkSize: [
    { ...PERSISTENT_1, ImportPath: 's3://bucket' },
    { ...PERSISTENT_1, ImportPath: 's3://bucket', ImportedFileChunkSize: 2048 },
  ],
  CopyTagsToBackups: [PERSISTENT_1, { ...PERSISTENT_1, CopyTagsToBackups: true }],
  DriveCacheType: [{ ...HDD, DriveCacheType: 'NONE' }, HDD],
  EfaEnabled: [
    { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC' } },
    { ...PERSISTENT_2, MetadataConfiguration: { Mode: 'AUTOMATIC' }, EfaEnabled: true },
  ],
};

test('there is a replacement for each property that FSx takes at creation only', () => {
  expect(Object.keys(OTHERS).sort()).toEqual([...CREATE_ONLY].sort());
});

const replacements = TYPES.flatMap((type) =>
  CREATE_ONLY.map((property) => ({
    type,
    property,
    isReplacing: type === OURS || (NATIVE_REPLACING as readonly string[]).includes(property),
  })),
);

describe.each(['WARN', 'FAIL', 'ALLOW', undefined])('Replacement %s', (replacement) => {
  test.each(replacements)('$property of $type', async ({ type, property, isReplacing }) => {
    const [before = {}, after = {}] = OTHERS[property] ?? [];
    const asked = {
      type,
      properties: asText(inType(type, after)),
      previous: asText(inType(type, before)),
    };
    const answer = await ask(asked, replacement === undefined ? {} : { replacement });
    const isTold = isReplacing && replacement !== 'ALLOW';
    expect(answer.hookStatus).toBe(isReplacing && replacement === 'FAIL' ? 'FAILED' : 'SUCCESS');
    const [annotation] = answer.annotations ?? [];
    expect(annotation?.annotationName === 'create-only').toBe(isTold || !isReplacing);
    if (!isReplacing) expect(annotation).toMatchObject({ status: 'SKIPPED', severityLevel: 'LOW' });
    if (!isTold) return;
    expect(answer.message).toContain('CloudFormation replaces the file system.');
    expect(answer.message).toContain(insteadOf(property));
    expect(answer.message).toContain(
      'deleted with all its data, unless UpdateReplacePolicy: Retain',
    );
    expect(annotation).toMatchObject({
      status: replacement === 'FAIL' ? 'FAILED' : 'SKIPPED',
      severityLevel: 'CRITICAL',
    });
    expect(annotation?.remediationMessage).toMatch(/^(Set|Omit) /);
  });
});

test('tags of a final backup that is no longer asked for are refused, as by the handler', async () => {
  const previous = {
    ...PERSISTENT_2,
    SkipFinalBackup: false,
    FinalBackupTags: [{ Key: 'Team', Value: 'cfd' }],
  };
  const { SkipFinalBackup: _, ...properties } = previous;
  const answer = await ask({ properties: asText(properties), previous: asText(previous) });
  expect([answer.hookStatus, ...rulesOf(answer)]).toEqual(['FAILED', 'final-backup-tags']);
});

test('what the native type claims to change, and FSx has no call for, is a warning', () => {
  expect(
    CREATE_ONLY.filter((name) => !(NATIVE_REPLACING as readonly string[]).includes(name)).sort(),
  ).toEqual([...NATIVE_UNSUPPORTED].sort());
});

test('what replaces a file system has to be one that can be created', async () => {
  const answer = await ask({
    properties: { ...SCRATCH_2, SubnetIds: ['subnet-89abcdef'], StorageCapacity: 5000 },
    previous: SCRATCH_2,
  });
  expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
  expect(answer.message).toMatch(/^StorageCapacity 5000 is not valid.*SubnetIds changes from/);
});

test('a native file system that is to hold another kind is replaced', async () => {
  const asked = {
    type: NATIVE,
    properties: { FileSystemType: 'OPENZFS', StorageCapacity: 64 },
    previous: asNative(SCRATCH_2),
  };
  expect(await ask(asked, { replacement: 'FAIL' })).toMatchObject({
    hookStatus: 'FAILED',
    annotations: [{ remediationMessage: 'Set FileSystemType to LUSTRE.' }],
  });
});

test.each([
  ['WARN', 'SUCCESS', 1],
  ['FAIL', 'FAILED', 1],
  ['ALLOW', 'SUCCESS', 0],
])(
  'a file system of another kind that is to be Lustre is replaced: %s',
  async (replacement, hookStatus, told) => {
    const windows = { FileSystemType: 'WINDOWS', StorageCapacity: 300 };
    const asked = { type: NATIVE, properties: asNative(SCRATCH_2), previous: windows };
    const { annotations = [], ...answer } = await ask(asked, { replacement });
    expect(answer.hookStatus).toBe(hookStatus);
    expect(annotations.map(({ remediationMessage }) => remediationMessage)).toEqual(
      Array(told).fill('Set FileSystemType to WINDOWS.'),
    );
  },
);

test('a limit that was lowered later is not held against what exists', async () => {
  const settings = { configuration: { Guardrails: { MaxStorageCapacity: 2400 } } };
  const compressed = { ...SCRATCH_2, DataCompressionType: 'LZ4' };
  const grown = { ...SCRATCH_2, StorageCapacity: 7200 };
  for (const type of TYPES) {
    const asked = (after: Properties) =>
      ask({ type, properties: inType(type, after), previous: inType(type, SCRATCH_2) }, settings);
    expect((await asked(compressed)).hookStatus).toBe('SUCCESS');
    expect(await asked(grown)).toMatchObject({
      hookStatus: 'FAILED',
      annotations: [{ annotationName: 'guardrail-max-storage-capacity', severityLevel: 'HIGH' }],
    });
  }
});

test('no backups written as 0 are no fewer than none written, and fewer than some', async () => {
  const settings = { configuration: { Guardrails: { RequireBackups: true } } };
  const days = (AutomaticBackupRetentionDays: number) => ({ ...PERSISTENT_1, AutomaticBackupRetentionDays }); // oxfmt-ignore
  for (const type of TYPES) {
    const asked = (before: Properties, after: Properties) =>
      ask({ type, properties: inType(type, after), previous: inType(type, before) }, settings);
    expect((await asked(PERSISTENT_1, days(0))).hookStatus).toBe('SUCCESS');
    expect((await asked(days(0), PERSISTENT_1)).hookStatus).toBe('SUCCESS');
    expect(rulesOf(await asked(days(7), days(0)))).toEqual(['guardrail-require-backups']);
    // What an update leaves out stays as it is.
    expect((await asked(days(7), PERSISTENT_1)).hookStatus).toBe('SUCCESS');
  }
});

test('the native type asks FSx for all in one call, of which FSx refuses some together', async () => {
  const before = { ...PERSISTENT_2, ...provisioned(12000) };
  const after = { ...PERSISTENT_2, ...provisioned(24000), StorageCapacity: 38400 };
  const [ours, native] = await Promise.all(
    TYPES.map((type) =>
      ask({ type, properties: inType(type, after), previous: inType(type, before) }),
    ),
  );
  expect(ours).toMatchObject({ hookStatus: 'SUCCESS' });
  expect(native).toMatchObject({ hookStatus: 'FAILED' });
  expect(native?.message).toContain('in one deployment, and StorageCapacity in the next');
});
