/**
 * What AWS documents of each kind of text that a file system is made of, as examples. The rules, `schema.json` and the local
 * FSx are held against this one table, and none of them against another.
 *
 * FSx: the API reference, https://docs.aws.amazon.com/fsx/latest/APIReference/, whose patterns and lengths are those of
 * botocore's fsx/2018-03-01/service-2.json; here without what is known better from elsewhere.
 */
import type { CreateFileSystemCommandInput } from '@aws-sdk/client-fsx';
import { lustre, PERSISTENT_1, top } from '../local/support';

const S3_NAMES = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';
const ARCHIVE_PATH = 'API ArchivePath';
const KEYS = 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id';
const ALIASES = 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html';
const LOG_GROUPS =
  'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html';
const LOGS = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html';
const SQUASH = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html';
const TAGS = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/tag-resources.html';
const RESERVED = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html';

/** A value, and where it is documented, or what is wrong with it. */
export type Example = readonly [value: string, whence: string];

export interface Kind {
  readonly what: string;
  /** The property that a refusal names. */
  readonly property: string;
  /** Where it stands in schema.json. */
  readonly pointers: readonly string[];
  /** Properties of this type with the value. */
  readonly model: (value: string) => Record<string, unknown>;
  /** The request to FSx with the value. */
  readonly request: (value: string) => CreateFileSystemCommandInput;
  /** Each is taken by the rules, by the schema and by FSx. */
  readonly good: readonly Example[];
  /** Each is refused by the rules and by FSx. */
  readonly bad: readonly Example[];
  /** Each is left to FSx by the rules, some with a warning, and by the schema, since it may be right; the local FSx refuses it. */
  readonly left?: readonly Example[];
}

const SubnetIds = ['subnet-0123456789abcdef0'];
const persistent = (properties: object) => ({
  SubnetIds,
  DeploymentType: 'PERSISTENT_1',
  StorageCapacity: 1200,
  PerUnitStorageThroughput: 50,
  ...properties,
});
const member = (changes: object) => lustre(PERSISTENT_1, { ...changes });
const times = (text: string, count: number): string => text.repeat(count);
const HEX = times('0123456789abcdef', 16);
const UUID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const MRK = 'mrk-1234abcd12ab34cd56ef1234567890ab';

/** A region of each partition. */
export const REGIONS: readonly (readonly [partition: string, region: string])[] = [
  ['aws', 'us-east-1'],
  ['aws', 'ap-southeast-7'],
  ['aws-cn', 'cn-northwest-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'],
  ['aws-iso-f', 'us-isof-south-1'],
  ['aws-eusc', 'eusc-de-east-1'],
];
const ACCOUNT = '123456789012';
const everywhere = (arn: (partition: string, region: string) => string, whence: string) =>
  REGIONS.map(([partition, region]): Example => [arn(partition, region), whence]);
const logGroup = (name: string, partition = 'aws', region = 'us-east-1') =>
  `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:${name}`;

const PATHS: Pick<Kind, 'good' | 'bad' | 'left'> = {
  good: [
    ['s3://import-bucket/optional-prefix', ARCHIVE_PATH],
    ['s3://bucket', ARCHIVE_PATH],
    ['s3://bucket/', ARCHIVE_PATH],
    ['s3://bucket//two/slashes', ARCHIVE_PATH],
    ['s3://bucket/Spaces and ünïcödé/🙂/=&$@', ARCHIVE_PATH],
    [`s3://bucket/${times('x', 4345)}`, 'the longest, API ArchivePath'],
    ['s3://abc', S3_NAMES],
    [`s3://${times('a', 63)}/x`, S3_NAMES],
    ['s3://www.example.com', S3_NAMES],
    ['s3://my.example.s3.bucket/in', S3_NAMES],
    ['s3://0-9', S3_NAMES],
    ['s3://my-bucket-111122223333-us-west-2-an/x', S3_NAMES],
    ['s3://1.2.3', S3_NAMES],
    ['s3://192.168.5.4.example', S3_NAMES],
  ],
  bad: [
    ['', 'empty'],
    ['my-bucket', 'a name'],
    ['my-bucket/prefix', 'a name and a prefix'],
    ['arn:aws:s3:::my-bucket', 'an ARN'],
    ['https://my-bucket.s3.eu-west-1.amazonaws.com/prefix', 'a web address'],
    ['S3://my-bucket', 'capitals'],
    ['s3:/my-bucket', 'one slash'],
    ['s3://', 'no bucket'],
    ['s3:///prefix', 'no bucket'],
    [' s3://bucket', 'a space before'],
    ['s3://bucket/a\nb', 'a line break'],
    ['s3://bucket/a\n', 'a line break behind'],
    ['s3://bucket/a\u2028b', 'a line separator'],
    ['s3://bucket/\u0000', 'a zero'],
    [`s3://bucket/${times('x', 4346)}`, 'one character too long'],
    ['s3://ab/x', 'two characters, https://docs.aws.amazon.com/AmazonS3'],
    [`s3://${times('a', 256)}`, '256 characters, more than S3 ever took'],
    ['s3://buc ket/x', 'a space in the bucket'],
    ['s3://bücket/x', 'a letter that is not of ASCII'],
    ['s3://-bucket', 'a hyphen before'],
    ['s3://192.168.5.4/x', 'an IP address'],
    ['s3://bucket:80/x', 'a colon'],
  ],
  left: [
    ['s3://AmznS3Bucket/x', `capitals, as before March 2018, ${S3_NAMES}`],
    ['s3://my_bucket/x', `an underscore, as before March 2018, ${S3_NAMES}`],
    [`s3://${times('a', 255)}/x`, `255 characters, as before March 2018, ${S3_NAMES}`],
    ['s3://example..com', S3_NAMES],
    ['s3://bucket-', S3_NAMES],
    ['s3://xn--bucket', S3_NAMES],
    ['s3://sthree-bucket', S3_NAMES],
    ['s3://amzn-s3-demo-bucket', S3_NAMES],
    ['s3://point-s3alias', S3_NAMES],
    ['s3://point--ol-s3', S3_NAMES],
    ['s3://point.mrap', S3_NAMES],
    ['s3://bucket--usw2-az1--x-s3', S3_NAMES],
    ['s3://bucket--table-s3', S3_NAMES],
  ],
};

const TAG_TEXT: readonly Example[] = [
  ['Größe', TAGS],
  ['名前', TAGS],
  ['a b\u00a0c', 'spaces of any kind, API TagKey'],
  ['٣¼Ⅷ', 'numbers of any kind, API TagKey'],
  ['_.:/=+-@', TAGS],
  ['𠮷', 'a letter of two UTF-16 code units, API TagKey'],
];
const NO_TAG_TEXT: readonly Example[] = [
  ['a,b', 'a comma'],
  ['a;b', 'a semicolon'],
  ['<b>', 'angle brackets'],
  ['a\tb', 'a tabulator'],
  ['a\nb', 'a line break'],
  ['a\n', 'a line break behind'],
  ['cafe\u0301', 'an accent by itself, which is no letter'],
  ['🙂', 'a picture'],
  ['a*', 'an asterisk'],
];

/** Every kind of text. */
export const KINDS: readonly Kind[] = [
  {
    what: 'S3 path to import from',
    property: 'ImportPath',
    pointers: ['/properties/ImportPath'],
    model: (ImportPath) => persistent({ ImportPath }),
    request: (ImportPath) => member({ ImportPath }),
    ...PATHS,
  },
  {
    what: 'S3 path to export to',
    property: 'ExportPath',
    pointers: ['/properties/ExportPath'],
    model: (ExportPath) => persistent({ ImportPath: importOf(ExportPath), ExportPath }),
    request: (ExportPath) => member({ ImportPath: importOf(ExportPath), ExportPath }),
    ...PATHS,
  },
  {
    what: 'KMS key',
    property: 'KmsKeyId',
    pointers: ['/properties/KmsKeyId'],
    model: (KmsKeyId) => persistent({ KmsKeyId }),
    request: (KmsKeyId) => top(PERSISTENT_1, { KmsKeyId }),
    good: [
      [UUID, KEYS],
      [UUID.toUpperCase(), KEYS],
      [MRK, KEYS],
      ['alias/ExampleAlias', ALIASES],
      ['alias/aws/fsx', ALIASES],
      ['alias/a:b/c_d-e', ALIASES],
      [`alias/${times('a', 250)}`, `the longest, ${ALIASES}`],
      ...everywhere(
        (partition, region) => `arn:${partition}:kms:${region}:${ACCOUNT}:key/${UUID}`,
        KEYS,
      ),
      ...everywhere(
        (partition, region) => `arn:${partition}:kms:${region}:${ACCOUNT}:key/${MRK}`,
        KEYS,
      ),
      ...everywhere(
        (partition, region) => `arn:${partition}:kms:${region}:${ACCOUNT}:alias/ExampleAlias`,
        KEYS,
      ),
    ],
    bad: [
      ['', 'empty'],
      ['my-key', 'an alias without alias/'],
      ['aws/fsx', 'an alias without alias/'],
      ['alias/', 'no name'],
      ['alias/my key', 'a space'],
      ['alias/käy', 'a letter that is not of ASCII'],
      [`alias/${times('a', 251)}`, 'one character too long'],
      [UUID.slice(1), 'a digit is missing'],
      [`key/${UUID}`, 'a part of an ARN'],
      [`${UUID}\n`, 'a line break behind'],
      [MRK.slice(0, -1), 'a digit is missing'],
      [`arn:aws:kms:us-east-1:${ACCOUNT}:${UUID}`, 'no key/'],
      [`arn:aws:kms:us-east-1:${ACCOUNT}:key/my-key`, 'no key id'],
      [`arn:aws:kms:us-east-1:12345:key/${UUID}`, 'no account'],
      [`arn:aws:kms::${ACCOUNT}:key/${UUID}`, 'no region'],
      [`arn:aws:iam::${ACCOUNT}:role/Key`, 'the ARN of a role'],
      [times('a', 2049), 'one character too long'],
    ],
  },
  {
    what: 'log group',
    property: 'LogConfiguration.Destination',
    pointers: ['/definitions/LogConfiguration/properties/Destination'],
    model: (Destination) => persistent({ LogConfiguration: { Level: 'WARN_ERROR', Destination } }),
    request: (Destination) => member({ LogConfiguration: { Level: 'WARN_ERROR', Destination } }),
    good: [
      [logGroup('/aws/fsx/lustre'), LOGS],
      [logGroup('/aws/fsx/testEventLogging'), LOGS],
      [logGroup('/aws/fsx/lustre:*'), 'as Fn::GetAtt gives it, AWS::Logs::LogGroup'],
      [logGroup('/aws/fsx/a.b_c-d/e#f0'), LOG_GROUPS],
      [logGroup(`/aws/fsx/${times('x', 503)}`), `the longest name, ${LOG_GROUPS}`],
      ...everywhere(
        (partition, region) => logGroup('/aws/fsx/lustre', partition, region),
        'API LustreLogCreateConfiguration.Destination',
      ),
      ...everywhere(
        (partition, region) => logGroup('/aws/fsx/lustre:*', partition, region),
        'AWS::Logs::LogGroup',
      ),
    ],
    bad: [
      ['', 'empty'],
      ['/aws/fsx/lustre', 'a name'],
      [logGroup('/mine'), 'another prefix'],
      [logGroup('aws/fsx/lustre'), 'no slash before'],
      [logGroup('/AWS/FSx/lustre'), 'capitals'],
      [logGroup('/aws/fsx/a b'), 'a space'],
      [logGroup('/aws/fsx/a$b'), 'a character that no log group has'],
      [logGroup('/aws/fsx/lustre:log-stream:x'), 'a log stream'],
      [logGroup('/aws/fsx/lustre\n'), 'a line break behind'],
      [`arn:aws:logs:us-east-1::log-group:/aws/fsx/lustre`, 'no account'],
      [`arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/aws-fsx-lustre`, 'a delivery stream'],
      ['arn:aws:s3:::bucket', 'a bucket'],
      [logGroup(`/aws/fsx/${times('x', 1024)}`), 'too long'],
    ],
    left: [
      [logGroup('/aws/fsx'), 'the prefix of the API reference, not that of the user guide'],
      [logGroup('/aws/fsx-mine'), 'the prefix of the API reference, not that of the user guide'],
    ],
  },
  {
    what: 'daily time',
    property: 'DailyAutomaticBackupStartTime',
    pointers: ['/properties/DailyAutomaticBackupStartTime'],
    model: (DailyAutomaticBackupStartTime) =>
      persistent({ AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime }),
    request: (DailyAutomaticBackupStartTime) =>
      member({ AutomaticBackupRetentionDays: 7, DailyAutomaticBackupStartTime }),
    good: [
      ['05:00', 'API DailyTime'],
      ['00:00', 'API DailyTime'],
      ['23:59', 'API DailyTime'],
      ['19:07', 'API DailyTime'],
    ],
    bad: [
      ['', 'empty'],
      ['5:00', 'no zero'],
      ['24:00', 'no hour'],
      ['05:60', 'no minute'],
      ['0500', 'no colon: four characters'],
      ['05:00:00', 'seconds'],
      ['05:00\n', 'a line break behind'],
      ['٠٥:٠٠', 'digits of another script'],
      ['5 AM', 'words'],
    ],
  },
  {
    what: 'weekly time',
    property: 'WeeklyMaintenanceStartTime',
    pointers: ['/properties/WeeklyMaintenanceStartTime'],
    model: (WeeklyMaintenanceStartTime) => persistent({ WeeklyMaintenanceStartTime }),
    request: (WeeklyMaintenanceStartTime) => member({ WeeklyMaintenanceStartTime }),
    good: [
      ['1:05:00', 'API WeeklyTime'],
      ['7:23:59', 'API WeeklyTime'],
      ['4:00:00', 'API WeeklyTime'],
    ],
    bad: [
      ['', 'empty'],
      ['0:05:00', 'no day'],
      ['8:05:00', 'no day'],
      ['1:5:00', 'no zero'],
      ['1:24:00', 'no hour'],
      ['1:0500', 'no colon: six characters'],
      ['05:00', 'no day'],
      ['Mon:05:00', 'a name'],
      ['mon:05:00-mon:06:00', 'as RDS has it'],
      ['1:05:00\n', 'a line break behind'],
    ],
  },
  {
    what: 'client without root squash',
    property: 'RootSquashConfiguration.NoSquashNids[0]',
    pointers: ['/definitions/RootSquashConfiguration/properties/NoSquashNids/items'],
    model: (nid) =>
      persistent({ RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: [nid] } }),
    request: (nid) =>
      member({ RootSquashConfiguration: { RootSquash: '1:1', NoSquashNids: [nid] } }),
    good: [
      ['10.0.1.6@tcp', SQUASH],
      ['10.0.[2-10].[1-255]@tcp', SQUASH],
      ['10.216.123.47@tcp', SQUASH],
      ['0.0.0.0@tcp', 'the shortest, API LustreNoSquashNid'],
      ['255.255.255.255@tcp', 'API LustreNoSquashNid'],
      ['[100-200].[100-200].[100-200].[100-200]@tcp', 'the longest, API LustreNoSquashNid'],
      ['10.0.[7-7].1@tcp', SQUASH],
    ],
    bad: [
      ['', 'empty'],
      ['10.0.1.6', 'no network'],
      ['10.0.1.6@tcp1', 'another network'],
      ['10.0.1.6@o2ib', 'another network'],
      ['10.0.1@tcp', 'three numbers'],
      ['10.0.1.6.7@tcp', 'five numbers'],
      ['10.0.1.256@tcp', 'no such address'],
      ['10.0.1.[0-256]@tcp', 'no such address'],
      ['10.0.1.*@tcp', 'an asterisk'],
      ['10.0.1.0/24@tcp', 'a block'],
      ['10.0.1.[1-2@tcp', 'a bracket is missing'],
      ['10.0.1.[1-]@tcp', 'a number is missing'],
      ['10.0.1.1-2@tcp', 'no brackets'],
      ['...12345@tcp', 'numbers are missing'],
      ['fd00::1@tcp', 'IPv6'],
      ['host.example@tcp', 'a name'],
      ['10.0.1.6@tcp\n', 'a line break behind'],
    ],
    left: [['10.0.[10-2].1@tcp', 'a range that runs backwards']],
  },
  {
    what: 'root squash',
    property: 'RootSquashConfiguration.RootSquash',
    pointers: ['/definitions/RootSquashConfiguration/properties/RootSquash'],
    model: (RootSquash) => persistent({ RootSquashConfiguration: { RootSquash } }),
    request: (RootSquash) => member({ RootSquashConfiguration: { RootSquash } }),
    good: [
      ['65534:65534', SQUASH],
      ['0:0', SQUASH],
      ['1:4294967294', SQUASH],
    ],
    bad: [
      ['', 'empty'],
      ['65534', 'no group'],
      ['nobody:nobody', 'names'],
      ['-1:-1', 'negative'],
      ['0:1', 'one zero, https://docs.aws.amazon.com/fsx/latest/LustreGuide/root-squash.html'],
      ['4294967295:1', 'too large'],
      ['12345678901:1', 'eleven digits'],
      ['1:1\n', 'a line break behind'],
    ],
  },
  {
    what: 'subnet id',
    property: 'SubnetIds[0]',
    pointers: ['/properties/SubnetIds/items'],
    model: (subnet) => persistent({ SubnetIds: [subnet] }),
    request: (subnet) => top(PERSISTENT_1, { SubnetIds: [subnet] }),
    good: [
      ['subnet-1234abcd', 'API SubnetId, as EC2 gave them before 2018'],
      [`subnet-${HEX.slice(0, 17)}`, 'API SubnetId'],
    ],
    bad: [
      ['', 'empty'],
      ['subnet-123456', 'six digits'],
      [`subnet-${HEX.slice(0, 18)}`, 'eighteen digits'],
      ['subnet-1234ABCD', 'capitals'],
      ['subnet-1234abcg', 'no hexadecimal digit'],
      ['vpc-1234abcd', 'a VPC'],
      ['subnet-1234abcd\n', 'a line break behind'],
      ['subnet-1234abcd,subnet-1234abce', 'two'],
    ],
  },
  {
    what: 'security group id',
    property: 'SecurityGroupIds[0]',
    pointers: ['/properties/SecurityGroupIds/items'],
    model: (group) => persistent({ SecurityGroupIds: [group] }),
    request: (group) => top(PERSISTENT_1, { SecurityGroupIds: [group] }),
    good: [
      ['sg-1234abcd', 'API SecurityGroupId, as EC2 gave them before 2018'],
      [`sg-${HEX.slice(0, 17)}`, 'API SecurityGroupId'],
    ],
    bad: [
      ['', 'empty'],
      ['default', 'a name'],
      ['sg-1234abc', 'seven digits'],
      [`sg-${HEX.slice(0, 18)}`, 'eighteen digits'],
      ['sg-1234ABCD', 'capitals'],
    ],
  },
  {
    what: 'Lustre version',
    property: 'FileSystemTypeVersion',
    pointers: ['/properties/FileSystemTypeVersion'],
    model: (FileSystemTypeVersion) => persistent({ FileSystemTypeVersion }),
    request: (FileSystemTypeVersion) => top(PERSISTENT_1, { FileSystemTypeVersion }),
    good: [
      ['2.10', 'API FileSystemTypeVersion'],
      ['2.12', 'API FileSystemTypeVersion'],
      ['2.15', 'API FileSystemTypeVersion'],
    ],
    bad: [
      ['', 'empty'],
      ['latest', 'a word'],
      ['v2.15', 'a letter'],
      ['2.', 'nothing behind the point'],
      ['2.15.', 'nothing behind the point'],
      ['2.15\n', 'a line break behind'],
      [`2.${times('1', 19)}`, 'one character too long'],
    ],
  },
  {
    what: 'tag key',
    property: 'Tags[0].Key',
    pointers: ['/definitions/Tag/properties/Key'],
    model: (Key) => persistent({ Tags: [{ Key, Value: 'x' }] }),
    request: (Key) => top(PERSISTENT_1, { Tags: [{ Key, Value: 'x' }] }),
    good: [
      ...TAG_TEXT,
      [times('k', 128), `the longest, ${TAGS}`],
      [times('𠮷', 128), `the longest, in characters, ${TAGS}`],
      ['awsome', 'not the reserved prefix'],
      ['my:aws:key', 'not at the beginning'],
    ],
    bad: [
      ...NO_TAG_TEXT,
      ['', 'empty'],
      [times('k', 129), 'one character too long'],
      ['aws:key', TAGS],
      ['AWS:key', RESERVED],
      ['Aws:Key', RESERVED],
    ],
  },
  {
    what: 'tag value',
    property: 'Tags[0].Value',
    pointers: ['/definitions/Tag/properties/Value'],
    model: (Value) => persistent({ Tags: [{ Key: 'k', Value }] }),
    request: (Value) => top(PERSISTENT_1, { Tags: [{ Key: 'k', Value }] }),
    good: [
      ...TAG_TEXT,
      ['', TAGS],
      ['aws:value', `only keys are reserved, ${TAGS}`],
      [times('v', 256), `the longest, ${TAGS}`],
      [times('𠮷', 256), `the longest, in characters, ${TAGS}`],
    ],
    bad: [...NO_TAG_TEXT, [times('v', 257), 'one character too long']],
  },
];

/** A path to import from that goes with a path to export to: in the same bucket, where that has one. */
function importOf(exportPath: string): string {
  const bucket = exportPath.startsWith('s3://') ? exportPath.split('/')[2] : undefined;
  return bucket === undefined || /\s|^$/.test(bucket) ? 's3://bucket' : `s3://${bucket}`;
}

/** Ids that FSx gives, by what begins them. */
export const IDS = {
  'file system': {
    pointer: '/properties/FileSystemId',
    good: ['fs-01234567', `fs-${HEX.slice(0, 17)}`, `fs-${HEX.slice(0, 18)}`],
    bad: [
      '',
      'fs-0123456',
      `fs-${HEX.slice(0, 19)}`,
      'fs-0123456X',
      'fc-01234567',
      'fs-01234567\n',
    ],
  },
  backup: {
    pointer: '/properties/BackupId',
    good: ['backup-01234567', `backup-${HEX.slice(0, 17)}`, `backup-${HEX.slice(0, 121)}`],
    bad: [
      '',
      'backup-0123456',
      `backup-${HEX.slice(0, 122)}`,
      'backup-0123456X',
      'fs-01234567',
      'backup-01234567\n',
    ],
  },
} as const;
