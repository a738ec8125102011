/** What each rule holds, and when: manual/rules.md and `pangea-lustre rules` write it. */
import { guardrailRule, type Guardrails } from '../lustre/account/guardrails';
import { describeAllowed } from '../lustre/catalog/allowed-numbers';
import {
  LUSTRE_VERSIONS,
  METADATA_IOPS,
  METADATA_VERSION,
  READ_CACHE,
  THROUGHPUT_CAPACITY,
} from '../lustre/catalog/catalog';
import type { Severity } from '../lustre/violations';
import { joinWithOr } from '../lustre/wording';
import { addressOf, type RuleName } from './rule-names';

/** A rule, whether `Validation: DEFER_TO_FSX` leaves it to FSx, and what it holds. */
export type RuleRow = readonly [rule: RuleName, held: 'table' | 'always', what: string];

/** What FSx refuses at creation, and in an update as far as it changes something. */
export const CREATION_RULES: readonly RuleRow[] = [
  [
    'read-only',
    'always',
    'an attribute that the resource type returns, such as MountCommand, is not given in a template',
  ],
  ['type', 'always', 'every value has the kind of its property; numbers and booleans may be text'],
  [
    'unknown-property',
    'always',
    'a name that the type does not have; what it is called here, or where it belongs, is told',
  ],
  [
    'format',
    'always',
    'every text has the form of its property: its words, its pattern, its length',
  ],
  ['length', 'always', 'a list is not too long: 50 tags, 50 security groups, 64 addresses'],
  ['range', 'table', 'every number is in the range of its property; below the minimum always'],
  [
    'required',
    'always',
    'what the deployment and storage type require, but for what a backup brings; members without which an object means nothing',
  ],
  [
    'storage-deployment',
    'always',
    'StorageType HDD with PERSISTENT_1 only, INTELLIGENT_TIERING with PERSISTENT_2 only',
  ],
  [
    'region',
    'table',
    'what the table of regions says that a region lacks; at creation only, and only for a region that is in it',
  ],
  [
    'not-applicable',
    'always',
    'a property only where the deployment and storage type take it; a warning where that is *doubtful*',
  ],
  [
    'storage-capacity',
    'table',
    'StorageCapacity is one that the deployment, storage type, tier and EfaEnabled have; where a backup decides, one of any persistent offering',
  ],
  [
    'throughput-tier',
    'table',
    'PerUnitStorageThroughput is a tier of the deployment and storage type',
  ],
  ['throughput-capacity', 'table', `ThroughputCapacity: ${describeAllowed(THROUGHPUT_CAPACITY)}`],
  [
    'read-cache-mode',
    'always',
    'DataReadCacheConfiguration.SizeGiB with SizingMode USER_PROVISIONED only',
  ],
  [
    'read-cache-size',
    'table',
    `DataReadCacheConfiguration.SizeGiB: ${READ_CACHE.smallest} to ${READ_CACHE.largest} for every ${READ_CACHE.server} MB/s of ThroughputCapacity`,
  ],
  ['one-subnet', 'always', 'SubnetIds has exactly one entry'],
  [
    's3-link',
    'always',
    'ExportPath, AutoImportPolicy and ImportedFileChunkSize with ImportPath only',
  ],
  [
    's3-bucket-name',
    'always',
    'the bucket of a path has a name that S3 has ever taken: 3 to 255 letters, digits, periods, hyphens and underscores, not an IP address',
  ],
  ['s3-bucket', 'always', 'ExportPath in the bucket of ImportPath; any prefix'],
  ['s3-restore', 'always', 'ImportPath not with BackupId'],
  [
    's3-backups',
    'always',
    'AutomaticBackupRetentionDays above 0, and SkipFinalBackup false, not with ImportPath',
  ],
  [
    'backup-window',
    'always',
    'DailyAutomaticBackupStartTime with automatic backups only; not held against a backup or INTELLIGENT_TIERING, which have a retention of their own',
  ],
  ['final-backup-tags', 'always', 'FinalBackupTags with SkipFinalBackup false only'],
  [
    'lustre-version',
    'table',
    `FileSystemTypeVersion ${joinWithOr(LUSTRE_VERSIONS)}; always: 2.10 not on PERSISTENT_2, and ${METADATA_VERSION} or newer with MetadataConfiguration`,
  ],
  [
    'metadata-mode',
    'always',
    'MetadataConfiguration.Mode AUTOMATIC on SSD only; Iops with USER_PROVISIONED only',
  ],
  [
    'metadata-iops',
    'table',
    `MetadataConfiguration.Iops on SSD: ${describeAllowed(METADATA_IOPS.SSD)}; on INTELLIGENT_TIERING: ${describeAllowed(METADATA_IOPS.INTELLIGENT_TIERING)}`,
  ],
  ['efa-metadata', 'always', 'EfaEnabled with MetadataConfiguration only'],
  ['log-destination', 'always', 'LogConfiguration.Destination not with Level DISABLED'],
  ['root-squash', 'always', 'RootSquash 0:0, or both numbers from 1 to 4294967294'],
  ['tag-unique', 'always', 'a tag key once'],
  ['tag-reserved', 'always', 'no tag key that begins with aws:, in any letter case'],
];

/** What FSx refuses in an update alone. */
export const UPDATE_RULES: readonly RuleRow[] = [
  [
    'create-only',
    'always',
    'a property that FSx takes at creation only keeps its value; CloudFormation replaces the resource instead, unless it cannot see the change',
  ],
  ['storage-shrink', 'always', 'StorageCapacity only grows'],
  ['scratch-1-growth', 'always', 'StorageCapacity of SCRATCH_1 keeps its value'],
  [
    'storage-growth-metadata-iops',
    'table',
    'USER_PROVISIONED metadata IOPS are at least what AUTOMATIC gives for the larger StorageCapacity',
  ],
  [
    'throughput-fixed',
    'always',
    'PerUnitStorageThroughput keeps its value on HDD, and on a file system with EFA',
  ],
  ['throughput-capacity-shrink', 'always', 'ThroughputCapacity only grows'],
  [
    'read-cache-per-server',
    'always',
    `DataReadCacheConfiguration.SizeGiB keeps its size for every ${READ_CACHE.server} MB/s while ThroughputCapacity grows`,
  ],
  [
    'read-cache-step',
    'always',
    `the read cache changes by at least ${READ_CACHE.leastStep} percent at a time`,
  ],
  [
    'metadata-added',
    'always',
    'MetadataConfiguration only on a file system that was created with it',
  ],
  ['metadata-iops-shrink', 'always', 'MetadataConfiguration.Iops only grows'],
  [
    'metadata-mode-back',
    'always',
    'MetadataConfiguration.Mode goes back to AUTOMATIC only while Iops is what AUTOMATIC gives',
  ],
  ['version-downgrade', 'always', 'FileSystemTypeVersion only rises'],
  [
    'restore',
    'always',
    'what is given beside BackupId agrees with the backup, where that is known',
  ],
];

const GUARDRAILS: Readonly<Record<keyof Guardrails, string>> = {
  AllowedDeploymentTypes: 'DeploymentType is one of these',
  MaxStorageCapacity: 'StorageCapacity is at most this, in GiB',
  MaxEstimatedMonthlyCost: 'EstimatedMonthlyCost is at most this, in USD',
  RequireKmsKey: 'true: KmsKeyId is given, where FSx uses it',
  RequireBackups: 'true: AutomaticBackupRetentionDays is above 0',
  RequiredTagKeys: 'Tags, with those of the stack, have these keys',
};

/** The account's own limits: each rule, and the member of the type configuration that sets it. */
export const GUARDRAIL_RULES: readonly (readonly [
  rule: RuleName,
  setting: keyof Guardrails,
  what: string,
])[] = Object.entries(GUARDRAILS).map(([name, what]) => {
  const setting = name as keyof Guardrails;
  return [guardrailRule(setting) as RuleName, setting, what];
});

/** What `check` holds beside, in templates. */
export const TEMPLATE_RULES: readonly RuleRow[] = [
  ['null-value', 'always', 'a property has a value; AWS::NoValue leaves it out'],
  ['unknown-attribute', 'always', 'Fn::GetAtt and Fn::Sub name an attribute of the resource type'],
  [
    'template-size',
    'always',
    'a template has at most 1,048,576 bytes (a warning above 1,000,000) and its description 1,024',
  ],
  [
    'template-count',
    'always',
    'a template has at most 500 resources, 200 parameters, 200 outputs and 200 mappings, and a mapping 200 attributes',
  ],
  ['name-length', 'always', 'a name of a template has at most 255 characters'],
  ['parameter-size', 'always', 'the default of a parameter has at most 4,096 bytes'],
  [
    'association-unsupported',
    'always',
    'a data repository association is of a file system that can have one: not SCRATCH_1, not INTELLIGENT_TIERING, not Lustre 2.10',
  ],
  ['association-count', 'always', 'a file system has at most 8 data repository associations'],
  ['association-overlap', 'always', 'no FileSystemPath of an association is inside another one'],
  ['association-import-path', 'always', 'a file system with an association has no ImportPath'],
  [
    'association-backups',
    'always',
    'a file system with an association has no automatic backups and no final backup',
  ],
  [
    'security-group-ports',
    'always',
    'its security groups, where all are in the template, let TCP 988 and 1018-1023 through; a warning for the latter alone',
  ],
  [
    'unknown-reference',
    'always',
    'Ref, Fn::GetAtt and Fn::Sub in its properties name what the template has',
  ],
];

/** The rules that may give a warning, beside an error or instead of it: what is likely, and not on record. */
const WARNING: ReadonlySet<RuleName> = new Set([
  'format',
  'region',
  'not-applicable',
  'restore',
  'guardrail-required-tag-keys',
  'template-size',
  'security-group-ports',
]);

/** A rule as programs read it. */
export interface RuleDescription {
  readonly rule: RuleName;
  /** `template`: of the template itself. The others hold for a file system: at creation, in an update, in this account. */
  readonly of: 'creation' | 'update' | 'account' | 'template';
  readonly severities: readonly Severity[];
  /** Whether it rests on a table of numbers that grows when AWS launches a tier, and can be left to FSx. */
  readonly isDeferrable: boolean;
  /** What holds. */
  readonly description: string;
  /** Where it is described, an address. */
  readonly help: string;
}

/** Every rule, in the order of manual/rules.md. */
export const describeRules = (): RuleDescription[] => [
  ...CREATION_RULES.map((row) => described('creation', row)),
  ...UPDATE_RULES.map((row) => described('update', row)),
  ...GUARDRAIL_RULES.map(([rule, , what]) => described('account', [rule, 'always', what])),
  ...TEMPLATE_RULES.map((row) => described('template', row)),
];

const described = (
  of: RuleDescription['of'],
  [rule, held, description]: RuleRow,
): RuleDescription => ({
  rule,
  of,
  severities: WARNING.has(rule) ? ['error', 'warning'] : ['error'],
  isDeferrable: held === 'table',
  description,
  help: addressOf(rule),
});
