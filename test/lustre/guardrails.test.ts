import { checkGuardrails, type Guardrails } from '../../src/lustre/account/guardrails';
import type { LustreProperties } from '../../src/lustre/properties';
import { parseTypeConfiguration } from '../../src/lustre/account/type-configuration';
import { ELASTIC, PERSISTENT_1, RESTORED, SCRATCH_2 } from './configurations';

const refused = (properties: LustreProperties, guardrails: Guardrails, monthly?: number) =>
  checkGuardrails(properties, guardrails, monthly).map(({ message }) => message);

test('no guardrails, nothing refused', () => {
  expect(refused(SCRATCH_2, {}, 1e9)).toEqual([]);
});

test.each<[string, LustreProperties, Guardrails]>([
  ['deployment type', SCRATCH_2, { AllowedDeploymentTypes: ['SCRATCH_1', 'SCRATCH_2'] }],
  ['capacity', SCRATCH_2, { MaxStorageCapacity: 4800 }],
  ['elastic capacity', ELASTIC, { MaxStorageCapacity: 1200 }],
  ['cost', SCRATCH_2, { MaxEstimatedMonthlyCost: 672 }],
  ['key', { ...PERSISTENT_1, KmsKeyId: 'alias/mine' }, { RequireKmsKey: true }],
  ['key not required', PERSISTENT_1, { RequireKmsKey: false }],
  ['backups', { ...PERSISTENT_1, AutomaticBackupRetentionDays: 1 }, { RequireBackups: true }],
  [
    'tags',
    { ...SCRATCH_2, Tags: [{ Key: 'CostCenter', Value: '' }] },
    { RequiredTagKeys: ['CostCenter'] },
  ],
])('%s within the limit', (_, properties, guardrails) => {
  expect(refused(properties, guardrails, 672)).toEqual([]);
});

test.each<[keyof Guardrails, LustreProperties, Guardrails, string]>([
  [
    'AllowedDeploymentTypes',
    SCRATCH_2,
    { AllowedDeploymentTypes: ['PERSISTENT_1', 'PERSISTENT_2'] },
    'DeploymentType SCRATCH_2 is not allowed by guardrail AllowedDeploymentTypes of this account: use PERSISTENT_1 or PERSISTENT_2.',
  ],
  [
    'MaxStorageCapacity',
    SCRATCH_2,
    { MaxStorageCapacity: 2400 },
    'StorageCapacity 4800 exceeds guardrail MaxStorageCapacity of this account: use at most 2400 GiB.',
  ],
  [
    'MaxEstimatedMonthlyCost',
    SCRATCH_2,
    { MaxEstimatedMonthlyCost: 671.99 },
    'EstimatedMonthlyCost 672 USD exceeds guardrail MaxEstimatedMonthlyCost of this account: stay within 671.99 USD a month.',
  ],
  [
    'RequireKmsKey',
    SCRATCH_2,
    { RequireKmsKey: true },
    'KmsKeyId is missing, which violates guardrail RequireKmsKey of this account: specify a KMS key, on PERSISTENT_1 or PERSISTENT_2.',
  ],
  [
    'RequireBackups',
    { ...PERSISTENT_1, AutomaticBackupRetentionDays: 0 },
    { RequireBackups: true },
    'AutomaticBackupRetentionDays is 0, which violates guardrail RequireBackups of this account: specify 1 to 90 days, on PERSISTENT_1 or PERSISTENT_2 without ImportPath.',
  ],
  [
    'RequiredTagKeys',
    { ...SCRATCH_2, Tags: [{ Key: 'a', Value: '' }] },
    { RequiredTagKeys: ['a', 'CostCenter', 'CostCenter'] },
    'Tags has no CostCenter, which violates guardrail RequiredTagKeys of this account: add it.',
  ],
])('%s broken', (_, properties, guardrails, message) => {
  expect(refused(properties, guardrails, 672)).toEqual([message]);
});

test('a key that FSx may leave unused does not satisfy RequireKmsKey', () => {
  const guardrails: Guardrails = { RequireKmsKey: true };
  expect(refused({ ...SCRATCH_2, KmsKeyId: 'alias/mine' }, guardrails)).toEqual([
    'KmsKeyId alias/mine might have no effect on SCRATCH_2, which violates guardrail RequireKmsKey of this account: specify a KMS key, on PERSISTENT_1 or PERSISTENT_2.',
  ]);
  expect(refused({ ...PERSISTENT_1, KmsKeyId: 'alias/mine' }, guardrails)).toEqual([]);
  expect(refused({ ...RESTORED, KmsKeyId: 'alias/mine' }, guardrails)).toEqual([]);
});

test('what a backup brings unseen must be given', () => {
  const guardrails: Guardrails = {
    AllowedDeploymentTypes: ['PERSISTENT_2'],
    MaxStorageCapacity: 2400,
    MaxEstimatedMonthlyCost: 1000,
  };
  expect(refused(RESTORED, guardrails)).toEqual([
    'DeploymentType must be specified with BackupId under guardrail AllowedDeploymentTypes of this account: use PERSISTENT_2.',
    'StorageCapacity must be specified with BackupId under guardrail MaxStorageCapacity of this account: use at most 2400 GiB.',
    'The properties that determine EstimatedMonthlyCost must be specified with BackupId under guardrail MaxEstimatedMonthlyCost of this account: specify DeploymentType, StorageType, capacity and tier, and stay within 1000 USD a month.',
  ]);
  const given = { ...RESTORED, DeploymentType: 'PERSISTENT_2' as const, StorageCapacity: 2400 };
  expect(refused(given, guardrails, 348)).toEqual([]);
});

test('a limit in USD cannot be held where AWS bills in another currency', () => {
  const guardrails: Guardrails = { MaxEstimatedMonthlyCost: 1000 };
  const messages = (region: string) =>
    checkGuardrails(PERSISTENT_1, guardrails, undefined, region).map(({ message }) => message);
  expect(messages('cn-north-1')).toEqual([
    'EstimatedMonthlyCost is not known in cn-north-1, where AWS bills in CNY, and cannot be compared with guardrail MaxEstimatedMonthlyCost of this account: remove it from the type configuration of this region.',
  ]);
  expect(messages('eu-west-1')).toEqual([]);
});

test('a violation carries the value that breaks the limit, so that an update can tell its own from those that stand', () => {
  const guardrails: Guardrails = {
    AllowedDeploymentTypes: ['SCRATCH_1'],
    MaxStorageCapacity: 2400,
    MaxEstimatedMonthlyCost: 100,
    RequireKmsKey: true,
    RequireBackups: true,
    RequiredTagKeys: ['CostCenter', 'Owner'],
  };
  const properties = { ...PERSISTENT_1, AutomaticBackupRetentionDays: 0 };
  expect(
    checkGuardrails(properties, guardrails, 672).map(({ property, value }) => [property, value]),
  ).toEqual([
    ['DeploymentType', 'PERSISTENT_1'],
    ['StorageCapacity', 9600],
    ['KmsKeyId', undefined],
    ['AutomaticBackupRetentionDays', 0],
    ['Tags', 'CostCenter'],
    ['Tags', 'Owner'],
    ['EstimatedMonthlyCost', 672],
  ]);
});

describe('type configuration', () => {
  test.each([[undefined], [null], [{}], [new Map()]])('%p sets nothing', (input) => {
    expect(parseTypeConfiguration(input)).toEqual({ configuration: {}, problems: [] });
  });

  test('scalars may be strings', () => {
    const { configuration, problems } = parseTypeConfiguration({
      Validation: 'DEFER_TO_FSX',
      Pricing: { Source: 'PRICE_LIST', DiscountPercent: '12.5' },
      Guardrails: {
        AllowedDeploymentTypes: new Set(['PERSISTENT_2']),
        MaxStorageCapacity: '48000',
        MaxEstimatedMonthlyCost: '999.99',
        RequireKmsKey: 'true',
        RequireBackups: 'false',
        RequiredTagKeys: ['CostCenter'],
      },
    });
    expect(problems).toEqual([]);
    expect(configuration).toEqual({
      Validation: 'DEFER_TO_FSX',
      Pricing: { Source: 'PRICE_LIST', DiscountPercent: 12.5 },
      Guardrails: {
        AllowedDeploymentTypes: ['PERSISTENT_2'],
        MaxStorageCapacity: 48000,
        MaxEstimatedMonthlyCost: 999.99,
        RequireKmsKey: true,
        RequireBackups: false,
        RequiredTagKeys: ['CostCenter'],
      },
    });
  });

  test.each<[unknown, string]>([
    [
      'STRICT',
      'STRICT is not a type configuration: expected an object with Validation, Pricing and Guardrails.',
    ],
    [
      [],
      '[] is not a type configuration: expected an object with Validation, Pricing and Guardrails.',
    ],
    [{ Validation: 'LAX' }, 'Validation LAX is not valid: use STRICT or DEFER_TO_FSX.'],
    [{ Guardrail: {} }, 'Guardrail is not a property of this type: did you mean Guardrails?'],
    [
      { Pricing: { DiscountPercent: 101 } },
      'Pricing.DiscountPercent 101 is not valid: use a number from 0 to 100, nearest 100.',
    ],
    [
      { Pricing: { DiscountPercent: '-1' } },
      'Pricing.DiscountPercent -1 is not valid: use a number from 0 to 100, nearest 0.',
    ],
    [
      { Pricing: { DiscountPercent: ' 5' } },
      'Pricing.DiscountPercent " 5" is not valid: expected a number.',
    ],
    [
      { Pricing: { DiscountPercent: '1e1' } },
      'Pricing.DiscountPercent 1e1 is not valid: expected a number.',
    ],
    [
      { Pricing: 'BOOK' },
      'Pricing BOOK is not valid: expected an object with Source and DiscountPercent.',
    ],
    [
      { Guardrails: { RequiredTagKeys: ['x'.repeat(129)] } },
      `Guardrails.RequiredTagKeys[0] ${'x'.repeat(35)}...${'x'.repeat(34)} is not valid: use at most 128 characters.`,
    ],
    [{ Guardrails: 'none' }, 'Guardrails none is not valid: expected an object with limits.'],
    [
      { Guardrails: { MaxEstimatedMonthlyCost: -0.5 } },
      'Guardrails.MaxEstimatedMonthlyCost -0.5 is not valid: use a number (USD) from 0 to 9007199254740991, nearest 0.',
    ],
    [
      { Guardrails: { MaxStorageCapacity: 'lots' } },
      'Guardrails.MaxStorageCapacity lots is not valid: expected a whole number (GiB).',
    ],
    [
      { Guardrails: { AllowedDeploymentTypes: ['SCRATCH'] } },
      'Guardrails.AllowedDeploymentTypes[0] SCRATCH is not valid: use SCRATCH_1, SCRATCH_2, PERSISTENT_1 or PERSISTENT_2; did you mean SCRATCH_1 or SCRATCH_2?',
    ],
  ])('%j is refused', (input, problem) => {
    expect(parseTypeConfiguration(input).problems).toEqual([problem]);
  });
});
