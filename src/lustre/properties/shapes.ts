/**
 * The shape of every property: the type that a value is parsed into, and the form that FSx requires for every deployment.
 * Patterns, lengths and ranges are those of the Amazon FSx API Reference, unless another source is named. Each pattern has a
 * length, runs in linear time, and uses only what JavaScript, Java and Python have in common, because schema.json has the
 * same patterns.
 */
import { LONGEST_RETENTION } from '../catalog/catalog';
import { logGroupArn, meantClient, meantDay, meantKey, meantPath, meantTime } from './meant';
import type { LustreAttributes, LustreProperties } from '../properties';
import { INTEGER_MAXIMUM } from '../catalog/allowed-numbers';
import { joinWithOr } from '../wording';

interface Described {
  /** What is expected, in words. Follows "use" or "expected" in messages. */
  readonly expected: string;
}

/** A whole number from `minimum` to `maximum`. */
export interface IntegerShape extends Described {
  readonly type: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  /** A rule of its own checks the value against the numbers of the catalog, so `checkShape` does not check the range. */
  readonly tabled?: true;
}

/** A number that may have a fraction. */
export interface DecimalShape extends Described {
  readonly type: 'decimal';
  readonly minimum: number;
  readonly maximum: number;
}

/** True or false. */
export interface BooleanShape extends Described {
  readonly type: 'boolean';
}

/** A text: one of `values`, or one that matches the pattern and the length. */
export interface TextShape extends Described {
  readonly type: 'text';
  /** The only valid values. */
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** Whether it names something in one account, which a template for several accounts cannot know. */
  readonly ofAccount?: true;
  /** Minimum and maximum number of characters: Unicode characters, not UTF-16 code units. */
  readonly length?: readonly [number, number];
  /** The valid value that was probably meant by an invalid one; undefined without a plausible guess. */
  readonly meant?: (value: string) => string | undefined;
  /** As `meant`, as an expression of a template. */
  readonly written?: (value: string) => string | undefined;
  /** A valid value, for messages. */
  readonly example?: string;
}

/** A list with at most `maximum` items. */
export interface ListShape extends Described {
  readonly type: 'list';
  readonly items: Shape;
  readonly maximum?: number;
  /** A rule of its own requires exactly one item. */
  readonly single?: true;
}

/** An object whose members all have a shape. Other members are unknown names. */
export interface ObjectShape extends Described {
  readonly type: 'object';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** The form of a value. */
export type Shape =
  | IntegerShape
  | DecimalShape
  | BooleanShape
  | TextShape
  | ListShape
  | ObjectShape;

/** @param unit Appended to the words that describe the shape, such as ` (GiB)`. */
export const integer = (unit: string, minimum = 0, maximum = INTEGER_MAXIMUM): IntegerShape => ({
  type: 'integer',
  minimum,
  maximum,
  expected: `a whole number${unit}`,
});

const tabled = (unit: string): IntegerShape => ({ ...integer(unit, 1), tabled: true });

/** @param unit Appended to the words that describe the shape, such as ` (USD)`. */
export const decimal = (
  unit: string,
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
): DecimalShape => ({
  type: 'decimal',
  minimum,
  maximum,
  expected: `a number${unit}`,
});

export const boolean = (): BooleanShape => ({ type: 'boolean', expected: 'true or false' });

/** A text that is one of several values. */
export const choice = (...values: readonly string[]): TextShape => ({
  type: 'text',
  values,
  expected: joinWithOr(values),
});

export const text = (expected: string, form: Omit<TextShape, 'type' | 'expected'>): TextShape => ({
  type: 'text',
  expected,
  ...form,
});

export const list = (expected: string, items: Shape, maximum?: number): ListShape => ({
  type: 'list',
  items,
  expected,
  ...(maximum !== undefined && { maximum }),
});

export const object = (
  expected: string,
  members: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): ObjectShape => ({ type: 'object', members, required, expected });

/** An S3 path. It contains no line separators. [ArchivePath] */
export const path = (expected: string, example: string): TextShape =>
  text(expected, {
    // oxlint-disable-next-line no-control-regex -- as AWS has it
    pattern: /^s3:\/\/[^/\u0000\u0085\u2028\u2029\r\n][^\u0000\u0085\u2028\u2029\r\n]*$/,
    ofAccount: true,
    length: [3, 4357],
    example,
    meant: meantPath,
  });

/**
 * The name of an S3 bucket, as S3 has ever accepted it: buckets in US East (N. Virginia) from before March 2018 may have
 * capital letters, underscores and up to 255 characters, which is what the longest ArchivePath allows. Which other rules of
 * today an old bucket may break is not documented, so they are left to FSx.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const BUCKET_NAME: TextShape = text(
  '3 to 63 lowercase letters, digits, periods and hyphens, not formatted as an IP address',
  {
    pattern: /^(?![0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$)[A-Za-z0-9][A-Za-z0-9._-]*$/,
    length: [3, 255],
  },
);

// One number of an IPv4 address, or a range of such numbers.
const OCTET = '(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])';
const OCTETS = `(${OCTET}|\\[${OCTET}-${OCTET}\\])`;

/**
 * A Lustre network ID in the two forms of the user guide: one address, or ranges in brackets.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html
 */
const CLIENT = new RegExp(`^${OCTETS}\\.${OCTETS}\\.${OCTETS}\\.${OCTETS}@tcp$`);

// The four ways to name a KMS key, in any partition. A key ID may be that of a multi-Region key.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
const KEY_ID =
  '([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|mrk-[0-9A-Fa-f]{32})';
const KEY_ALIAS = 'alias/[A-Za-z0-9:/_-]{1,250}';
const KEY_ARN = `arn:aws[a-z-]{0,60}:kms:[a-z0-9-]{1,63}:[0-9]{12}:(key/${KEY_ID}|${KEY_ALIAS})`;
const KEY = new RegExp(`^(${KEY_ID}|${KEY_ALIAS}|${KEY_ARN})$`);

/** What is expected of a value, with an example if there is one. */
export const expectation = (shape: Shape): string =>
  shape.type === 'text' && shape.example !== undefined
    ? `${shape.expected}, such as ${shape.example}`
    : shape.expected;

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const tags = (): ListShape =>
  list(
    'a list of at most 50 tags, each with Key and Value',
    object(
      'a tag with Key and Value',
      {
        Key: text('letters, digits, spaces and _.:/=+-@', {
          pattern: TAG_CHARACTERS,
          length: [1, 128],
        }),
        Value: text('letters, digits, spaces and _.:/=+-@', {
          pattern: TAG_CHARACTERS,
          length: [0, 256],
        }),
      },
      ['Key', 'Value'],
    ),
    50,
  );

/**
 * The ARN of a log group. A name has the characters that CloudWatch Logs allows; Fn::GetAtt returns its ARN with the suffix :*.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export const LOG_GROUP_ARN: TextShape = text(
  'the ARN of a CloudWatch Logs log group whose name begins with /aws/fsx/',
  {
    pattern:
      /^arn:aws[a-z-]{0,60}:logs:[a-z0-9-]{1,63}:[0-9]{12}:log-group:\/aws\/fsx[A-Za-z0-9._/#-]*(:\*)?$/,
    ofAccount: true,
    length: [8, 1024],
    example: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/lustre',
    written: logGroupArn,
  },
);

/** The shapes of all properties of the type, in the order of violations and documents. */
export const PROPERTY_SHAPES = {
  StorageCapacity: tabled(' (GiB)'),
  StorageType: choice('SSD', 'HDD', 'INTELLIGENT_TIERING'),
  DeploymentType: choice('SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'),
  SubnetIds: {
    ...list(
      'a list with one subnet ID',
      text('a subnet ID', {
        pattern: /^subnet-[0-9a-f]{8,}$/,
        ofAccount: true,
        length: [15, 24],
        example: 'subnet-0123456789abcdef0',
      }),
    ),
    single: true,
  },
  SecurityGroupIds: list(
    'a list of at most 50 security group IDs',
    text('a security group ID', {
      pattern: /^sg-[0-9a-f]{8,}$/,
      ofAccount: true,
      length: [11, 20],
      example: 'sg-0123456789abcdef0',
    }),
    50,
  ),
  PerUnitStorageThroughput: tabled(' (MB/s per TiB)'),
  ThroughputCapacity: tabled(' (MB/s)'),
  DataReadCacheConfiguration: object(
    'an object with SizingMode and, where that is USER_PROVISIONED, SizeGiB',
    {
      SizingMode: choice('NO_CACHE', 'USER_PROVISIONED', 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY'),
      SizeGiB: tabled(' (GiB)'),
    },
    ['SizingMode'],
  ),
  ImportPath: path('an S3 path', 's3://bucket/prefix'),
  ExportPath: path('an S3 path in the bucket of ImportPath', 's3://bucket/results'),
  AutoImportPolicy: choice('NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED'),
  ImportedFileChunkSize: integer(' (MiB)', 1, 512_000),
  AutomaticBackupRetentionDays: integer(' (days)', 0, LONGEST_RETENTION),
  DailyAutomaticBackupStartTime: text('HH:MM in UTC', {
    pattern: /^([01][0-9]|2[0-3]):([0-5][0-9])$/,
    length: [5, 5],
    example: '05:00',
    meant: meantTime,
  }),
  CopyTagsToBackups: boolean(),
  WeeklyMaintenanceStartTime: text('d:HH:MM in UTC, where 1 is Monday and 7 is Sunday', {
    pattern: /^[1-7]:([01][0-9]|2[0-3]):([0-5][0-9])$/,
    length: [7, 7],
    example: '6:00:00',
    meant: meantDay,
  }),
  DataCompressionType: choice('NONE', 'LZ4'),
  DriveCacheType: choice('NONE', 'READ'),
  KmsKeyId: text('the ID, alias or ARN of a KMS key', {
    pattern: KEY,
    ofAccount: true,
    length: [1, 2048],
    example: 'alias/my-key',
    meant: meantKey,
  }),
  FileSystemTypeVersion: text('a Lustre version', {
    pattern: /^[0-9]+(\.[0-9]+)*$/,
    length: [1, 20],
    example: '2.15',
  }),
  EfaEnabled: boolean(),
  MetadataConfiguration: object(
    'an object with Mode and, where that is USER_PROVISIONED, Iops',
    { Mode: choice('AUTOMATIC', 'USER_PROVISIONED'), Iops: tabled(' (operations per second)') },
    ['Mode'],
  ),
  LogConfiguration: object(
    'an object with Level and Destination',
    {
      Level: choice('DISABLED', 'WARN_ONLY', 'ERROR_ONLY', 'WARN_ERROR'),
      Destination: LOG_GROUP_ARN,
    },
    ['Level'],
  ),
  RootSquashConfiguration: object('an object with RootSquash and NoSquashNids', {
    RootSquash: text('UID:GID', {
      pattern: /^[0-9]{1,10}:[0-9]{1,10}$/,
      length: [3, 21],
      example: '65534:65534',
    }),
    NoSquashNids: list(
      'a list of at most 64 client addresses',
      text('an address or range of addresses that ends with @tcp', {
        pattern: CLIENT,
        length: [11, 43],
        example: '10.0.[1-4].[0-255]@tcp',
        meant: meantClient,
      }),
      64,
    ),
  }),
  BackupId: text('a backup ID', {
    pattern: /^backup-[0-9a-f]{8,}$/,
    ofAccount: true,
    length: [12, 128],
    example: 'backup-0123456789abcdef0',
  }),
  SkipFinalBackup: boolean(),
  FinalBackupTags: tags(),
  Tags: tags(),
} satisfies Record<keyof LustreProperties, Shape>;

/** The names of the properties, in the order of the table, which is that of violations. */
export const PROPERTY_NAMES = Object.keys(PROPERTY_SHAPES) as (keyof LustreProperties)[];

/** The property with a name; undefined if there is none. */
export const propertyNamed = (name: unknown): keyof LustreProperties | undefined =>
  PROPERTY_NAMES.find((each) => each === name);

const ATTRIBUTES: Readonly<Record<keyof LustreAttributes, true>> = {
  FileSystemId: true,
  ResourceARN: true,
  DNSName: true,
  MountName: true,
  NetworkInterfaceIds: true,
  VpcId: true,
  OwnerId: true,
  EstimatedBaselineThroughput: true,
  EstimatedBurstThroughput: true,
  EstimatedMonthlyCost: true,
  EstimatedMonthlyCostBreakdown: true,
  EstimatedCostBasis: true,
  MountCommand: true,
};

/** The names of the read-only properties. */
export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES) as (keyof LustreAttributes)[];
