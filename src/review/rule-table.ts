/** What each rule requires, as manual/rules.md and `pangea-lustre rules` print it. */
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

/** A rule; `table` if `Validation: DEFER_TO_FSX` leaves it to FSx; and what it requires. */
export type RuleRow = readonly [rule: RuleName, held: 'table' | 'always', what: string];

/** What FSx refuses at creation. In an update, these rules apply to what the update changes. */
export const CREATION_RULES: readonly RuleRow[] = [
  ['read-only', 'always', 'a template does not set a read-only property, such as MountCommand'],
  [
    'type',
    'always',
    'every value has the type of its property; numbers and booleans may be strings',
  ],
  [
    'unknown-property',
    'always',
    'the type has every property; for an unknown name, the message gives the correct name or place',
  ],
  [
    'format',
    'always',
    'every string has the form of its property: one of the allowed values, the pattern, the length',
  ],
  ['length', 'always', 'a list has at most 50 tags, 50 security groups or 64 addresses'],
  [
    'range',
    'table',
    'every number is in the range of its property; a number below the minimum is always refused',
  ],
  [
    'required',
    'always',
    'the properties that the deployment and storage type require, except those that a backup provides, and the required members of objects',
  ],
  [
    'storage-deployment',
    'always',
    'StorageType HDD requires PERSISTENT_1, and INTELLIGENT_TIERING requires PERSISTENT_2',
  ],
  [
    'region',
    'table',
    'the region offers the file system according to the table of regions; at creation only, and only for regions in the table',
  ],
  [
    'not-applicable',
    'always',
    'FSx for Lustre supports the property for the deployment and storage type; a warning if AWS documents it for other file systems only, and no refusal is recorded',
  ],
  [
    'storage-capacity',
    'table',
    'StorageCapacity is allowed for the deployment type, storage type, tier and EfaEnabled; if a backup decides these, for any persistent file system',
  ],
  [
    'throughput-tier',
    'table',
    'PerUnitStorageThroughput is a tier of the deployment and storage type',
  ],
  ['throughput-capacity', 'table', `ThroughputCapacity is ${describeAllowed(THROUGHPUT_CAPACITY)}`],
  [
    'read-cache-mode',
    'always',
    'DataReadCacheConfiguration.SizeGiB requires SizingMode USER_PROVISIONED',
  ],
  [
    'read-cache-size',
    'table',
    `DataReadCacheConfiguration.SizeGiB is ${READ_CACHE.smallest} to ${READ_CACHE.largest} for every ${READ_CACHE.server} MB/s of ThroughputCapacity`,
  ],
  ['one-subnet', 'always', 'SubnetIds has exactly one entry'],
  [
    's3-link',
    'always',
    'ExportPath, AutoImportPolicy and ImportedFileChunkSize require ImportPath',
  ],
  [
    's3-bucket-name',
    'always',
    'the bucket of a path has a name that S3 accepts or formerly accepted: 3 to 255 letters, digits, periods, hyphens and underscores, not an IP address',
  ],
  ['s3-bucket', 'always', 'ExportPath is in the bucket of ImportPath, with any prefix'],
  ['s3-restore', 'always', 'ImportPath cannot be used with BackupId'],
  [
    's3-backups',
    'always',
    'AutomaticBackupRetentionDays above 0 and SkipFinalBackup false cannot be used with ImportPath',
  ],
  [
    'backup-window',
    'always',
    'DailyAutomaticBackupStartTime requires automatic backups; not checked with BackupId or INTELLIGENT_TIERING, which have their own retention',
  ],
  ['final-backup-tags', 'always', 'FinalBackupTags requires SkipFinalBackup false'],
  [
    'lustre-version',
    'table',
    `FileSystemTypeVersion is ${joinWithOr(LUSTRE_VERSIONS)}; always checked: not 2.10 on PERSISTENT_2, and ${METADATA_VERSION} or newer with MetadataConfiguration`,
  ],
  [
    'metadata-mode',
    'always',
    'MetadataConfiguration.Mode AUTOMATIC requires SSD; Iops requires USER_PROVISIONED',
  ],
  [
    'metadata-iops',
    'table',
    `MetadataConfiguration.Iops is ${describeAllowed(METADATA_IOPS.SSD)} on SSD, and ${describeAllowed(METADATA_IOPS.INTELLIGENT_TIERING)} on INTELLIGENT_TIERING`,
  ],
  ['efa-metadata', 'always', 'EfaEnabled requires MetadataConfiguration'],
  ['log-destination', 'always', 'LogConfiguration.Destination cannot be used with Level DISABLED'],
  [
    'log-group',
    'always',
    'the name of the log group in LogConfiguration.Destination begins with /aws/fsx/; a warning, because the API reference has the prefix /aws/fsx',
  ],
  ['root-squash', 'always', 'RootSquash is 0:0, or has two numbers from 1 to 4294967294'],
  ['tag-unique', 'always', 'every tag key is unique'],
  ['tag-reserved', 'always', 'no tag key begins with aws:, in any letter case'],
];

/** What FSx refuses in updates only. */
export const UPDATE_RULES: readonly RuleRow[] = [
  [
    'create-only',
    'always',
    'a property that FSx accepts at creation only keeps its value; CloudFormation replaces the resource instead, unless the update comes from Cloud Control',
  ],
  ['storage-shrink', 'always', 'StorageCapacity cannot be decreased'],
  ['scratch-1-growth', 'always', 'StorageCapacity of SCRATCH_1 cannot be changed'],
  [
    'storage-growth-metadata-iops',
    'table',
    'USER_PROVISIONED metadata IOPS are at least those of AUTOMATIC for the larger StorageCapacity',
  ],
  [
    'throughput-fixed',
    'always',
    'PerUnitStorageThroughput cannot be changed on HDD, or on a file system with EFA',
  ],
  ['throughput-capacity-shrink', 'always', 'ThroughputCapacity cannot be decreased'],
  [
    'read-cache-per-server',
    'always',
    `DataReadCacheConfiguration.SizeGiB keeps its size for every ${READ_CACHE.server} MB/s when ThroughputCapacity is increased`,
  ],
  [
    'read-cache-step',
    'always',
    `the size of the read cache changes by at least ${READ_CACHE.leastStep} percent`,
  ],
  [
    'metadata-added',
    'always',
    'MetadataConfiguration cannot be added to a file system that was created without it',
  ],
  ['metadata-iops-shrink', 'always', 'MetadataConfiguration.Iops cannot be decreased'],
  [
    'metadata-mode-back',
    'always',
    'MetadataConfiguration.Mode can return to AUTOMATIC only if Iops is that of AUTOMATIC',
  ],
  ['version-downgrade', 'always', 'FileSystemTypeVersion cannot be lowered'],
  [
    'one-call',
    'always',
    'StorageCapacity and MetadataConfiguration of AWS::FSx::FileSystem change in two updates: FSx refuses both in one call',
  ],
  ['restore', 'always', 'the properties given with BackupId match the backup, if it is known'],
];

const GUARDRAILS: Readonly<Record<keyof Guardrails, string>> = {
  AllowedDeploymentTypes: 'DeploymentType is in the list',
  MaxStorageCapacity: 'StorageCapacity is not above the limit, in GiB',
  MaxEstimatedMonthlyCost: 'EstimatedMonthlyCost is not above the limit, in USD',
  RequireKmsKey: 'if true: KmsKeyId is specified, on a file system that uses it',
  RequireBackups: 'if true: AutomaticBackupRetentionDays is above 0',
  RequiredTagKeys: 'the tags, including those of the stack, have all keys in the list',
};

/** The guardrails of an account: the rule, and the member of the type configuration that sets the limit. */
export const GUARDRAIL_RULES: readonly (readonly [
  rule: RuleName,
  setting: keyof Guardrails,
  what: string,
])[] = Object.entries(GUARDRAILS).map(([name, what]) => {
  const setting = name as keyof Guardrails;
  return [guardrailRule(setting) as RuleName, setting, what];
});

/** Further rules of `check`, for templates. */
export const TEMPLATE_RULES: readonly RuleRow[] = [
  ['null-value', 'always', 'no property is null; use AWS::NoValue to omit one'],
  [
    'text-value',
    'always',
    'a number that is given as text consists of digits, a boolean is true or false, and neither is empty; a warning, because CloudFormation refuses other texts for some types only',
  ],
  ['unknown-attribute', 'always', 'Fn::GetAtt and Fn::Sub name an attribute of the resource type'],
  [
    'attribute-not-text',
    'always',
    'outputs, Fn::Sub and Fn::Join use no attribute that is a list or an object',
  ],
  [
    'arn-region',
    'always',
    'the ARNs in KmsKeyId and LogConfiguration.Destination are of the region of the file system, as far as that is known',
  ],
  [
    'template-size',
    'always',
    'a template has at most 1,048,576 bytes (a warning above 1,000,000), and its description at most 1,024',
  ],
  [
    'template-count',
    'always',
    'a template has at most 500 resources, 200 parameters, 200 outputs and 200 mappings, and a mapping at most 200 attributes',
  ],
  ['name-length', 'always', 'a name of a template has at most 255 characters'],
  ['parameter-size', 'always', 'the default of a parameter has at most 4,096 bytes'],
  [
    'parameter-default',
    'always',
    'the default of a parameter that a file system depends on is allowed by its declaration, or is empty; a warning, because deployments can specify another value',
  ],
  [
    'association-unsupported',
    'always',
    'a file system with a data repository association is not SCRATCH_1, INTELLIGENT_TIERING or Lustre 2.10',
  ],
  ['association-count', 'always', 'a file system has at most 8 data repository associations'],
  [
    'association-overlap',
    'always',
    'no FileSystemPath or DataRepositoryPath of an association is inside another one',
  ],
  [
    'association-format',
    'always',
    'an association has the ID of its file system, an S3 path, and a path on the file system that begins with a slash',
  ],
  ['association-import-path', 'always', 'a file system with an association has no ImportPath'],
  [
    'association-backups',
    'always',
    'a file system with an association has no automatic backups and no final backup',
  ],
  [
    'followed-bucket',
    'always',
    'a warning: a bucket that AutoImportPolicy follows has no notifications of its own for created or removed objects',
  ],
  [
    'security-group-ports',
    'always',
    'the security groups, if all are in the template, allow TCP ports 988 and 1018-1023, and for EFA all traffic among their members; a warning if only ports 1018-1023 are blocked',
  ],
  [
    'unknown-reference',
    'always',
    'the template has every parameter, resource, condition and mapping that a file system or an output refers to, and creates every resource that a file system refers to',
  ],
  [
    'resource-attribute',
    'always',
    'a file system or an association has only attributes of a resource, and with values that CloudFormation accepts: DeletionPolicy is Delete, Retain or RetainExceptOnCreate, and UpdateReplacePolicy is Delete or Retain; a warning for CreationPolicy and UpdatePolicy, which have no effect',
  ],
];

/** The rules that can give a warning, for a refusal that is likely but not recorded. */
const WARNING: ReadonlySet<RuleName> = new Set([
  'format',
  'region',
  'not-applicable',
  'log-group',
  'restore',
  'text-value',
  'guardrail-required-tag-keys',
  'template-size',
  'parameter-default',
  'followed-bucket',
  'security-group-ports',
  'resource-attribute',
]);

/** A rule, for programs. */
export interface RuleDescription {
  readonly rule: RuleName;
  /**
   * `template`: about the template itself. The others are about a file system: at creation, in an update, or in this account.
   */
  readonly of: 'creation' | 'update' | 'account' | 'template';
  readonly severities: readonly Severity[];
  /** Whether it is based on a table of numbers that grows when AWS launches a tier, and can be left to FSx. */
  readonly isDeferrable: boolean;
  /** What it requires. */
  readonly description: string;
  /** The address of its description. */
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
