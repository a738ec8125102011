/** The guardrails of an account for a model of which some values are not known. */
import type { Guardrails } from '../../src/lustre/account/guardrails';
import { checkGuardrails } from '../../src/lustre/account/guardrails';
import { checkAccountLimits } from '../../src/lustre/unresolved/account-limits';
import { Unknown, type Knowledge } from '../../src/lustre/unknown';
import { ELASTIC, HDD, PERSISTENT_1, PERSISTENT_2, RESTORED, SCRATCH_1, SCRATCH_2 } from './configurations'; // oxfmt-ignore

type Model = Readonly<Record<string, unknown>>;

const open = (known: Knowledge = {}) => new Unknown('${X}', known);
const among = (...values: string[]) => open({ among: values });

function told(model: Model, guardrails: Guardrails, region = 'us-east-1', pricing = {}): string[] {
  return checkAccountLimits(model, { Guardrails: guardrails, Pricing: pricing }, { region }).map(
    ({ property, message, severity, repairs, value }) =>
      `${severity ?? 'error'} ${property} ${JSON.stringify(value)}: ${message} ${JSON.stringify(repairs)}`,
  );
}

const LIMITS: Guardrails = {
  AllowedDeploymentTypes: ['PERSISTENT_1'],
  MaxStorageCapacity: 2400,
  MaxEstimatedMonthlyCost: 100,
  RequireKmsKey: true,
  RequireBackups: true,
  RequiredTagKeys: ['CostCenter', 'Owner'],
};

const CASES: readonly [string, Model, Guardrails?][] = [
  ['all that is known', SCRATCH_2],
  ['nothing known', {}],
  ['every limit kept', { ...PERSISTENT_1, StorageCapacity: 1200, PerUnitStorageThroughput: 50, KmsKeyId: 'alias/a', AutomaticBackupRetentionDays: 1, Tags: [{ Key: 'CostCenter', Value: '' }, { Key: 'Owner', Value: '' }] }, { ...LIMITS, MaxEstimatedMonthlyCost: 1000 }],
  ['a deployment type that is not known', { ...SCRATCH_2, DeploymentType: open() }],
  ['two deployment types', { ...SCRATCH_2, DeploymentType: among('SCRATCH_1', 'SCRATCH_2') }],
  ['one of them allowed', { ...SCRATCH_2, DeploymentType: among('SCRATCH_2', 'PERSISTENT_1') }],
  ['a capacity that is not known', { ...SCRATCH_2, StorageCapacity: open() }],
  ['two capacities', { ...SCRATCH_2, StorageCapacity: among('4800', '7200') }],
  ['one of them within', { ...SCRATCH_2, StorageCapacity: among('4800', '2400') }],
  ['a tier that is not known', { ...PERSISTENT_2, PerUnitStorageThroughput: open() }],
  ['two tiers', { ...PERSISTENT_2, PerUnitStorageThroughput: among('500', '1000') }],
  ['a malformed capacity', { ...SCRATCH_2, StorageCapacity: 'much' }],
  ['a key that is not known', { ...PERSISTENT_1, KmsKeyId: open() }],
  ['a key that may be absent', { ...PERSISTENT_1, KmsKeyId: open({ mayBeAbsent: true }) }],
  ['a key on one of two', { ...PERSISTENT_1, KmsKeyId: 'alias/a', DeploymentType: among('SCRATCH_1', 'SCRATCH_2') }],
  ['a retention that is not known', { ...PERSISTENT_1, AutomaticBackupRetentionDays: open() }],
  ['a retention of 0', { ...PERSISTENT_1, AutomaticBackupRetentionDays: among('0') }],
  ['a tag that is not known', { ...SCRATCH_2, Tags: [{ Key: open(), Value: 'a' }] }],
  ['a value of a tag that is not known', { ...SCRATCH_2, Tags: [{ Key: 'Owner', Value: open() }] }],
  ['one of two keys', { ...SCRATCH_2, Tags: [{ Key: among('Owner', 'CostCenter'), Value: 'a' }] }],
  ['a deployment type and no tags', { ...SCRATCH_2, DeploymentType: among('SCRATCH_1', 'SCRATCH_2'), Tags: [{ Key: among('Owner', 'Team'), Value: 'a' }] }],
  ['tags that are not known', { ...SCRATCH_2, Tags: open() }],
  ['a backup', RESTORED],
  ['a backup that is not known', { ...RESTORED, BackupId: open() }],
  ['elastic', ELASTIC],
  ['HDD with a cache or without', { ...HDD, DriveCacheType: among('NONE', 'READ') }],
  ['no deployment type allowed', SCRATCH_1, { AllowedDeploymentTypes: [] }],
  ['no limit', SCRATCH_1, {}],
  ['limits that are off', SCRATCH_1, { RequireKmsKey: false, RequireBackups: false, RequiredTagKeys: [] }],
]; // oxfmt-ignore

test.each(CASES)('with %s', (_, model, guardrails = LIMITS) => {
  expect(told(model, guardrails)).toMatchSnapshot();
});

test.each(['StorageCapacity', 'AutomaticBackupRetentionDays', 'Tags', 'BackupId'])(
  'what is not known of %s decides only the guardrails that limit it',
  (name) => {
    const model = { ...SCRATCH_2, [name]: open() };
    expect(told(model, { AllowedDeploymentTypes: ['PERSISTENT_1'] })).toHaveLength(1);
    const found = checkAccountLimits(model, { Guardrails: LIMITS }, { region: 'us-east-1' });
    expect(new Set(found.map(({ property }) => property)).has(name)).toBe(false);
    expect(found.length).toBeGreaterThan(3);
  },
);

test('nothing is refused without guardrails', () => {
  expect(checkAccountLimits(SCRATCH_2, {}, { region: 'us-east-1' })).toEqual([]);
});

test('prices are those of the region, less the discount', () => {
  const limit = { MaxEstimatedMonthlyCost: 700 };
  expect(told(SCRATCH_2, limit)).toEqual([]);
  expect(told(SCRATCH_2, limit, 'us-west-1')).toHaveLength(1);
  expect(told(SCRATCH_2, limit, 'us-west-1', { DiscountPercent: 10 })).toEqual([]);
  expect(told(SCRATCH_2, limit, 'cn-north-1')).toMatchSnapshot();
});

test('a capacity or a cost above a limit is told with its number', () => {
  const limits: Guardrails = { MaxStorageCapacity: 100, MaxEstimatedMonthlyCost: 100 };
  const found = checkGuardrails(SCRATCH_2, limits, 672).map(({ exceeding }) => exceeding);
  expect(found).toEqual([4800, 672]);
  expect(checkGuardrails({ StorageCapacity: 100 }, limits, 100)).toEqual([]);
  expect(checkGuardrails({}, limits)).toEqual([]);
});

test('each guardrail has a rule of its name', () => {
  const properties = { ...SCRATCH_2, Tags: [] };
  expect(checkGuardrails(properties, LIMITS, 672).map(({ rule, kind }) => [rule, kind])).toEqual([
    ['guardrail-allowed-deployment-types', 'contradiction'],
    ['guardrail-max-storage-capacity', 'contradiction'],
    ['guardrail-require-kms-key', 'contradiction'],
    ['guardrail-require-backups', 'contradiction'],
    ['guardrail-required-tag-keys', 'contradiction'],
    ['guardrail-required-tag-keys', 'contradiction'],
    ['guardrail-max-estimated-monthly-cost', 'contradiction'],
  ]);
});

test('which backup is not allowed by its type, and which key may be unused', () => {
  const messages = (properties: Parameters<typeof checkGuardrails>[0]) =>
    checkGuardrails(properties, { AllowedDeploymentTypes: [], RequireKmsKey: true }).map(
      ({ message, repairs, property, value }) => [property, value, message, repairs],
    );
  const key = { KmsKeyId: 'alias/a' };
  expect([
    messages({}),
    messages(RESTORED),
    messages({ ...key, DeploymentType: 'SCRATCH_2', StorageType: 'HDD' }),
    messages({ ...key, DeploymentType: 'SCRATCH_1' }),
    messages({ ...RESTORED, StorageType: 'INTELLIGENT_TIERING' }),
  ]).toMatchSnapshot();
  const unseen = { MaxStorageCapacity: 1 };
  expect(checkGuardrails({ ...RESTORED, StorageType: 'INTELLIGENT_TIERING' }, unseen)).toEqual([]);
  expect(checkGuardrails({ ...RESTORED, StorageType: 'SSD' }, unseen)).toHaveLength(1);
});
