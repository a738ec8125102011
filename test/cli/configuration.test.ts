/** `check --configuration`: the limits of an account, held offline. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pangea } from './command';

interface Found {
  logicalId: string;
  rule: string;
  severity: string;
  message: string;
}

const resource = (properties: string, type = 'Pangea::FSx::LustreFileSystem'): string =>
  [
    'Parameters:',
    '  Large: {Type: Number, AllowedValues: [4800, 7200]}',
    '  Some: {Type: Number, AllowedValues: [1200, 7200]}',
    '  Any: {Type: Number}',
    '  Key: {Type: String}',
    '  Kind: {Type: String, AllowedValues: [SCRATCH_1, SCRATCH_2]}',
    'Resources:',
    '  Fs:',
    `    Type: ${type}`,
    '    Properties:',
    '      SubnetIds: [subnet-0123456789abcdef0]',
    ...properties.split('\n').map((line) => `      ${line}`),
    '',
  ].join('\n');

function found(configuration: object, template: string, ...words: readonly string[]): Found[] {
  const at = folder({ 'c.json': JSON.stringify(configuration), 't.yaml': template });
  const { out, err } = pangea(
    ['check', '--configuration', 'c.json', '--format', 'json', ...words, 't.yaml'],
    { cwd: at },
  );
  expect(err).toBe('');
  return JSON.parse(out) as Found[];
}

test.each<[string, object, string, string[]]>([
  [
    'a capacity',
    { MaxStorageCapacity: 2400 },
    'StorageCapacity: 4800',
    ['guardrail-max-storage-capacity error'],
  ],
  [
    'as text',
    { MaxStorageCapacity: '2400' },
    "StorageCapacity: '4800'",
    ['guardrail-max-storage-capacity error'],
  ],
  ['at the limit', { MaxStorageCapacity: 2400 }, 'StorageCapacity: 2400', []],
  [
    'whatever it is',
    { MaxStorageCapacity: 2400 },
    'StorageCapacity: !Ref Large',
    ['guardrail-max-storage-capacity error'],
  ],
  [
    'what may be within',
    { MaxStorageCapacity: 2400 },
    'StorageCapacity: !Ref Some',
    ['guardrail-max-storage-capacity warning'],
  ],
  ['what nobody knows', { MaxStorageCapacity: 2400 }, 'StorageCapacity: !Ref Any', []],
  [
    'a cost',
    { MaxEstimatedMonthlyCost: 100 },
    'StorageCapacity: 1200',
    ['guardrail-max-estimated-monthly-cost error'],
  ],
  ['a cost that nobody knows', { MaxEstimatedMonthlyCost: 100 }, 'StorageCapacity: !Ref Any', []],
  [
    'a deployment',
    { AllowedDeploymentTypes: ['PERSISTENT_2'] },
    'StorageCapacity: 1200',
    ['guardrail-allowed-deployment-types error'],
  ],
  [
    'any of several deployments',
    { AllowedDeploymentTypes: ['PERSISTENT_2'] },
    'StorageCapacity: 1200\nDeploymentType: !Ref Kind',
    ['guardrail-allowed-deployment-types error'],
  ],
  ['a key', { RequireKmsKey: true }, 'StorageCapacity: 1200', ['guardrail-require-kms-key error']],
  [
    'backups',
    { RequireBackups: true },
    'StorageCapacity: 1200',
    ['guardrail-require-backups error'],
  ],
  [
    'a tag, which the stack may have',
    { RequiredTagKeys: ['Team'] },
    'StorageCapacity: 1200',
    ['guardrail-required-tag-keys warning'],
  ],
  [
    'a tag whose key nobody knows',
    { RequiredTagKeys: ['Team'] },
    'StorageCapacity: 1200\nTags: [{Key: !Ref Key, Value: x}]',
    [],
  ],
  [
    'a tag whose value nobody knows',
    { RequiredTagKeys: ['Team'] },
    'StorageCapacity: 1200\nTags: [{Key: Team, Value: !Ref Key}]',
    [],
  ],
])('%s is held against the account', (_, Guardrails, properties, expected) => {
  const rules = found({ Guardrails }, resource(properties)).map(({ rule, severity }) => `${rule} ${severity}`); // oxfmt-ignore
  expect(rules).toEqual(expected);
});

test('a message names no value as the only one where it is one of several', () => {
  const [violation] = found({ Guardrails: { MaxStorageCapacity: 2400 } }, resource('StorageCapacity: !Ref Large')); // oxfmt-ignore
  expect(violation?.message).toBe(
    'StorageCapacity 4800 exceeds guardrail MaxStorageCapacity of this account: use at most 2400 GiB. This applies to every value of StorageCapacity.',
  );
});

test('the discount and the region decide the cost', () => {
  // 2400 GiB of SCRATCH_2 at 0.14 USD are 336 USD in us-east-1.
  const Guardrails = { MaxEstimatedMonthlyCost: 330 };
  const text = resource('StorageCapacity: 2400');
  expect(found({ Guardrails }, text, '--region', 'us-east-1')).toHaveLength(1);
  const Pricing = { DiscountPercent: 10 };
  expect(found({ Guardrails, Pricing }, text, '--region', 'us-east-1')).toEqual([]);
});

test('DEFER_TO_FSX leaves the tables to FSx, and nothing else', () => {
  const text = resource('StorageCapacity: 5000\nAutomaticBackupRetentionDays: 7');
  const rules = (Validation: string) => found({ Validation }, text).map(({ rule }) => rule);
  expect(rules('STRICT')).toEqual(['storage-capacity', 'not-applicable']);
  expect(rules('DEFER_TO_FSX')).toEqual(['not-applicable']);
});

test('the account sets no limits for native file systems', () => {
  const text = resource('StorageCapacity: 4800\nFileSystemType: LUSTRE', 'AWS::FSx::FileSystem');
  const limits = { Guardrails: { MaxStorageCapacity: 2400, RequireKmsKey: true } };
  expect(found(limits, text, '--native').filter(({ rule }) => rule.startsWith('guardrail'))).toEqual([]); // oxfmt-ignore
});

test.each([
  ['is not there', undefined, 'cannot be read: there is no such file'],
  ['is not JSON', '{', 'is not JSON'],
  [
    'holds a list',
    '[]',
    'is not a type configuration: write an object with Validation, Pricing and Guardrails.',
  ],
  ['holds nothing', 'null', 'is not a type configuration: write an object'],
  [
    'holds a template',
    '{"Resources": {}}',
    'is not a type configuration: Resources is not a property',
  ],
  [
    'holds a wrong value',
    '{"Guardrails": {"MaxStorageCapacity": "much"}}',
    'is not a type configuration: Guardrails.MaxStorageCapacity much is not valid',
  ],
])('a file that %s is told in a sentence', (_, content, message) => {
  const at = folder({ 't.yaml': resource('StorageCapacity: 1200') });
  if (content !== undefined) writeFileSync(join(at, 'c.json'), content);
  const { code, out, err } = pangea(['check', '--configuration', 'c.json', 't.yaml'], { cwd: at });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`pangea-lustre: --configuration c.json ${message}`);
  expect(err.trim().split('\n')).toHaveLength(1);
});
