/** What is said of one creation or update, whose template is not known, and beside a review, word by word. */
import { advise, type Need } from '../../src/lustre/estimates/advice';
import { TooMuchWork } from '../../src/lustre/explore';
import { parseTypeConfiguration } from '../../src/lustre/account/type-configuration';
import { configurationGiven, forAccount } from '../../src/review/account';
import { check } from '../../src/review/check';
import { failureOf } from '../../src/review/failure';
import { judgeOperation } from '../../src/review/operation';
import { NATIVE, NATIVE_NESTED, OURS, type ResourceType } from '../../src/review/resource-types';
import { cdkLines, terraformLines, yamlLines } from '../../src/review/snippets';
import { resolvedValue } from '../../src/template/resolved';
import { Unreadable } from '../../src/template/source-tree';
import type { ObjectValue } from '../../src/template/values';

type Json = Record<string, unknown>;

const SubnetIds = ['subnet-0123456789abcdef0'];
const SCRATCH = { SubnetIds, StorageCapacity: 2400, DeploymentType: 'SCRATCH_2' };
const P2 = { SubnetIds, StorageCapacity: 1200, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 }; // oxfmt-ignore
const provisioned = (Iops: number) => ({ MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops } }); // oxfmt-ignore
const REF = { Ref: 'Key' };
const OTHER = { Ref: 'Other' };

/** The same in the form of the native type. */
function nested(properties: Json): Json {
  const isInside = ([name]: [string, unknown]) => NATIVE_NESTED.some((each) => each === name);
  const all = Object.entries(properties);
  const inside = Object.fromEntries(all.filter(isInside));
  const beside = Object.fromEntries(all.filter((each) => !isInside(each)));
  return { FileSystemType: 'LUSTRE', ...beside, LustreConfiguration: inside };
}

type Case = readonly [before: Json | undefined, after: Json, configuration?: Json];

const CASES: Readonly<Record<string, Case>> = {
  'a creation': [undefined, SCRATCH],
  'a creation with mistakes': [undefined, { ...SCRATCH, StorageCapacity: 5000, DataCompressionType: 'lz4', MountCommand: 'x', Colour: 'green' }],
  'a creation with what FSx may refuse': [undefined, { ...SCRATCH, AutomaticBackupRetentionDays: 7 }],
  'a creation with what is not known': [undefined, { ...SCRATCH, StorageCapacity: REF }],
  'a creation of a new capacity': [undefined, { ...SCRATCH, StorageCapacity: 5000 }, { Validation: 'DEFER_TO_FSX' }],
  'a creation beyond the guardrails': [undefined, P2, { Guardrails: { AllowedDeploymentTypes: ['SCRATCH_2'], MaxStorageCapacity: 600, MaxEstimatedMonthlyCost: 100, RequireKmsKey: true, RequireBackups: true, RequiredTagKeys: ['Team'] } }],
  'a creation within the guardrails': [undefined, { ...P2, KmsKeyId: 'alias/a', AutomaticBackupRetentionDays: 7, Tags: [{ Key: 'Team', Value: 'a' }] }, { Guardrails: { AllowedDeploymentTypes: ['PERSISTENT_2'], MaxStorageCapacity: 1200, MaxEstimatedMonthlyCost: 200, RequireKmsKey: true, RequireBackups: true, RequiredTagKeys: ['Team'] } }],
  'the same': [P2, P2],
  'growth': [P2, { ...P2, StorageCapacity: 2400 }],
  'growth to what there is not': [SCRATCH, { ...SCRATCH, StorageCapacity: 5000 }],
  'growth to what there may be': [SCRATCH, { ...SCRATCH, StorageCapacity: 5000 }, { Validation: 'DEFER_TO_FSX' }],
  'growth beyond a guardrail': [P2, { ...P2, StorageCapacity: 2400 }, { Guardrails: { MaxStorageCapacity: 1200 } }],
  'what a guardrail did not allow before either': [{ ...P2, StorageCapacity: 2400 }, { ...P2, StorageCapacity: 2400, DataCompressionType: 'LZ4' }, { Guardrails: { MaxStorageCapacity: 1200, RequiredTagKeys: ['Team'] } }],
  'a tag that a guardrail requires goes': [{ ...P2, Tags: [{ Key: 'Team', Value: 'a' }] }, P2, { Guardrails: { RequiredTagKeys: ['Team'] } }],
  'shrinking': [{ ...P2, StorageCapacity: 4800 }, P2],
  'several that FSx refuses': [{ ...P2, StorageCapacity: 4800, ...provisioned(3000), FileSystemTypeVersion: '2.15' }, { ...P2, ...provisioned(1500), FileSystemTypeVersion: '2.12' }],
  'IOPS for the capacity': [{ ...P2, StorageCapacity: 12000, ...provisioned(6000) }, { ...P2, StorageCapacity: 24000, ...provisioned(6000) }],
  'capacity and IOPS': [{ ...P2, ...provisioned(1500) }, { ...P2, StorageCapacity: 2400, ...provisioned(3000) }],
  'capacity and throughput': [P2, { ...P2, StorageCapacity: 2400, PerUnitStorageThroughput: 250 }],
  'a value of the wrong form': [P2, { ...P2, StorageCapacity: 'lots', EfaEnabled: 'maybe' }],
  'a value that was of the wrong form': [{ ...P2, AutomaticBackupRetentionDays: 'lots' }, { ...P2, AutomaticBackupRetentionDays: 'lots', StorageCapacity: 2400 }],
  'a name that is new': [P2, { ...P2, Colour: 'green' }],
  'a name that was there': [{ ...P2, Colour: 'green' }, { ...P2, Colour: 'red', DataCompressionType: 'LZ4' }],
  'an attribute that is given': [P2, { ...P2, MountCommand: 'x' }],
  'another key': [{ ...P2, KmsKeyId: 'alias/a' }, { ...P2, KmsKeyId: 'alias/b' }],
  'a key that comes, and a group': [P2, { ...P2, KmsKeyId: 'alias/b', SecurityGroupIds: ['sg-01234567'] }],
  'another deployment that is wrong': [SCRATCH, { ...SCRATCH, DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 300 }],
  'a key that may be another': [{ ...P2, KmsKeyId: REF }, { ...P2, KmsKeyId: OTHER }],
  'a key that is the same, and not known': [{ ...P2, KmsKeyId: REF }, { ...P2, KmsKeyId: REF, StorageCapacity: 2400 }],
  'capacity that is not known': [P2, { ...P2, StorageCapacity: REF }],
  'capacity that is not known, and less throughput': [{ ...P2, PerUnitStorageThroughput: 250 }, { ...P2, StorageCapacity: REF, PerUnitStorageThroughput: 300 }],
  'what is not supported': [P2, { ...P2, StorageType: 'SSD', EfaEnabled: true }],
  'what is not supported, and shrinking': [{ ...P2, StorageCapacity: 4800 }, { ...P2, EfaEnabled: true }],
  'a version that FSx chose': [P2, { ...P2, FileSystemTypeVersion: '2.12' }],
  'capacity that the backup has': [{ SubnetIds, BackupId: 'backup-01234567' }, { SubnetIds, BackupId: 'backup-01234567', StorageCapacity: 1200 }],
  'what goes': [{ ...P2, DataCompressionType: 'LZ4', KmsKeyId: 'alias/a' }, P2],
}; // oxfmt-ignore

const OPTIONS = { region: 'us-east-1', date: '2026-11-26' };

const valueOf = (json: Json): ObjectValue => resolvedValue(json) as ObjectValue;

function judged(type: ResourceType, [before, after, configuration = {}]: Case): unknown {
  const { objections, replacing, unjudged } = judgeOperation(
    { type, properties: valueOf(after), ...(before && { previous: valueOf(before) }) },
    { ...OPTIONS, configuration: parseTypeConfiguration(configuration).configuration },
  );
  const line = ({ property, rule, message, severity, repairs }: (typeof objections)[number]) =>
    [`${severity} ${rule} ${property}: ${message}`, ...repairs.map((each) => `  ${JSON.stringify(each)}`)]; // oxfmt-ignore
  return {
    objections: objections.flatMap(line),
    replacing: replacing.flatMap(line),
    ...(unjudged !== undefined && { unjudged }),
  };
}

test.each(Object.entries(CASES))('%s', (_, [before, after, configuration]) => {
  expect({
    ours: judged(OURS, [before, after, configuration ?? {}]),
    native: judged(NATIVE, [before && nested(before), nested(after), configuration ?? {}]),
  }).toMatchSnapshot();
});

const N = nested(SCRATCH);
const NATIVE_CASES: Readonly<Record<string, Case>> = {
  'of another type': [undefined, { FileSystemType: 'WINDOWS' }],
  'of another type, before as well': [{ FileSystemType: 'WINDOWS' }, { FileSystemType: 'ONTAP' }],
  'of another type from now on': [N, { FileSystemType: 'WINDOWS' }],
  'of Lustre from now on': [{ FileSystemType: 'WINDOWS' }, N],
  'of Lustre from now on, and wrong': [{ FileSystemType: 'WINDOWS' }, { ...N, StorageCapacity: 5000 }], // oxfmt-ignore
  'of no type before': [{ StorageCapacity: 1200 }, N],
  'of a type that is not known': [undefined, { ...N, FileSystemType: REF }],
  'of types that are not known': [
    { ...N, FileSystemType: REF },
    { ...N, FileSystemType: OTHER },
  ],
  'of a type that was not known': [{ ...N, FileSystemType: REF }, N],
  'of a configuration that is not known': [N, { ...N, LustreConfiguration: REF }],
  'of a network': [undefined, { ...N, NetworkType: 'DUAL' }],
};

test.each(Object.entries(NATIVE_CASES))('a native one %s', (_, given) => {
  expect(judged(NATIVE, given)).toMatchSnapshot();
});

test('in the region of the operation', () => {
  const { objections } = judgeOperation({ type: OURS, properties: valueOf(P2) }, { ...OPTIONS, region: 'me-south-1', configuration: {} }); // oxfmt-ignore
  expect(objections.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['region error']);
  const later = judgeOperation({ type: OURS, properties: valueOf(P2) }, { region: 'me-south-1', date: '2028-11-26', configuration: {} }); // oxfmt-ignore
  expect(later.objections.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['region warning']); // oxfmt-ignore
});

describe('a configuration that is advised, as source', () => {
  const needs: Readonly<Record<string, Need>> = {
    little: { capacity: 1200, throughput: 200 },
    'what lasts': { capacity: 48000, throughput: 4000, persistent: true },
    'links to S3': { capacity: 4800, throughput: 1000, features: ['s3'] },
    'links to S3, and EFA': { capacity: 4800, throughput: 1000, features: ['efa', 's3'] },
  };
  test.each(Object.entries(needs))('%s', (_, need) => {
    const all = advise(need, { region: 'us-east-1' });
    const first = new Map(all.map((each) => [each.offering.name, each]));
    expect(
      [...first.values()].map((each) =>
        [...yamlLines(each, need), ...cdkLines(each, need), ...terraformLines(each, need)].join('\n'),
      ),
    ).toMatchSnapshot(); // oxfmt-ignore
  });
});

describe('the configuration of an account', () => {
  const text = (type: string, properties: string): string =>
    `Resources:\n  Fs: {Type: '${type}', Properties: {FileSystemType: LUSTRE, SubnetIds: [subnet-01234567], ${properties}}}`.replace(
      type === OURS.name ? 'FileSystemType: LUSTRE, ' : '',
      '',
    );
  const rules = (type: ResourceType, configuration: unknown, region = 'us-east-1'): string[] =>
    check(text(type.name, 'StorageCapacity: 5000'), forAccount(configurationGiven(configuration), region)).findings.map(({ rule }) => rule); // oxfmt-ignore

  test('holds for this type, and not for the native one', () => {
    const configuration = { Guardrails: { MaxStorageCapacity: '1200' } };
    expect(rules(OURS, configuration)).toContain('guardrail-max-storage-capacity');
    expect(rules(NATIVE, configuration)).not.toContain('guardrail-max-storage-capacity');
    expect(rules(OURS, { Validation: 'STRICT' })).toEqual(['storage-capacity']);
    expect(rules(OURS, undefined)).toEqual(['storage-capacity']);
    expect(rules(OURS, { Validation: 'DEFER_TO_FSX' })).toEqual([]);
  });

  test('has the prices of its region', () => {
    const limits = (region: string) =>
      forAccount({ Guardrails: { MaxEstimatedMonthlyCost: 150 } }, region).limits?.(SCRATCH, OURS);
    const [one, other] = ['us-east-1', 'eu-central-1'].map(
      (region) => limits(region)?.[0]?.message,
    );
    expect(one).toContain('EstimatedMonthlyCost 336 USD');
    expect(other).toContain('EstimatedMonthlyCost ');
    expect(other).not.toBe(one);
  });

  test('is refused with all that is wrong', () => {
    expect(() =>
      configurationGiven({ Validation: 'LAX', Guardrails: { MaxStorageCapacity: 0 } }),
    ).toThrow(
      // oxfmt-ignore
      new TypeError(
        'configuration is not a type configuration: Validation LAX is not valid: use STRICT or DEFER_TO_FSX. Guardrails.MaxStorageCapacity 0 is not valid: use a whole number (GiB) from 1 to 2147483647, nearest 1.',
      ),
    );
  });
});

describe('why a template cannot be reviewed', () => {
  test.each<[name: string, error: unknown, failure: object]>([
    ['its text', new Unreadable('this is no template', { line: 2, column: 3 }), { message: 'this is no template', line: 2, column: 3 }],
    ['its text as a whole', new Unreadable('this is no template'), { message: 'this is no template' }],
    ['too many values', new TooMuchWork(), { message: 'this can resolve to too many values to check all of them' }],
    ['its depth', new RangeError('Maximum call stack size exceeded'), { message: 'this is nested too deeply' }],
    ['its size', new RangeError('Invalid string length'), { message: 'this is too large to be checked (Invalid string length)' }],
  ])('%s', (_, error, failure) => {
    expect(failureOf(error, 'a.yaml')).toEqual({ file: 'a.yaml', ...failure });
  }); // oxfmt-ignore

  test('no mistake of the program', () => {
    expect(() => failureOf(new TypeError('x'), 'a.yaml')).toThrow(new TypeError('x'));
  });
});
