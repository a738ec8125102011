/** The rules, schema.json and the local FSx against what AWS documents of every kind of text. */
import {
  CreateFileSystemCommand,
  CreateFileSystemFromBackupCommand,
  DescribeFileSystemsCommand,
  FSxServiceException,
  type FSxClient,
} from '@aws-sdk/client-fsx';
import Ajv from 'ajv';
import fc from 'fast-check';
import { flattened } from '../../scripts/breaking-changes';
import schema from '../../schema.json';
import { isFileSystemId } from '../../src/fsx/ids';
import { partitionOf } from '../../src/lustre/catalog/partitions';
import { checkModel } from '../../src/lustre/rules/rules';
import { errorsOf } from '../../src/lustre/violations';
import { check } from '../../src/review/check';
import { withProperties } from '../review/findings';
import { clientOf, closeAll, manualFsx, SUBNET } from '../local/support';
import { IDS, KINDS, REGIONS, type Kind } from './examples';

// AWS's meta-schema, which schema.json names, is not at hand.
const ajv = new Ajv({ strict: false, validateSchema: false }).addSchema(schema, 'schema');
const bySchema = (pointer: string, value: string): boolean =>
  ajv.getSchema(`schema#${pointer}`)?.(value) === true;

/** Whether the rules leave a value to FSx, with or without a warning. */
const byRules = ({ model, property }: Kind, value: string): boolean =>
  !errorsOf(checkModel(model(value)).violations).some(
    (violation) => violation.property === property,
  );

/** A client of a local FSx in each region. */
const clients = new Map<string, FSxClient>();
beforeAll(async () => {
  for (const [, region] of REGIONS)
    clients.set(region, clientOf(await manualFsx({ region, backups: false }), 1, region));
});
afterAll(async () => {
  for (const client of clients.values()) client.destroy();
  await closeAll();
});

/** The client of the region that the ARN of a key or a log group names: FSx takes no other. */
function clientFor(value: string): FSxClient {
  const region = /^arn:[^:]*:(?:kms|logs):([^:]*):/.exec(value)?.[1];
  const client = clients.get(region ?? '') ?? clients.get('us-east-1');
  if (!client) throw new Error('no client');
  return client;
}

/** Whether the local FSx takes a value, as a program asks it. */
async function byFsx({ request }: Kind, value: string): Promise<boolean> {
  try {
    await clientFor(value).send(new CreateFileSystemCommand(request(value)));
    return true;
  } catch (error) {
    if (error instanceof FSxServiceException && error.$metadata.httpStatusCode === 400)
      return false;
    throw error;
  }
}

const shown = (value: string): string =>
  JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}... (${value.length})` : value);
const rows = (examples: Kind['good']) =>
  examples.map(([value, whence]) => [shown(value), whence, value] as const);

describe.each(KINDS.map((kind) => [kind.what, kind] as const))('%s', (_, kind) => {
  const { pointers, good, bad, left = [] } = kind;

  test.each(rows(good))('%s is taken by all three (%s)', async (_shown, _whence, value) => {
    expect(checkModel(kind.model(value)).violations).toEqual([]);
    for (const pointer of pointers) expect(bySchema(pointer, value)).toBe(true);
    expect(await byFsx(kind, value)).toBe(true);
  });

  test.each(rows(bad))(
    '%s is refused by the rules and by FSx: %s',
    async (_shown, _whence, value) => {
      expect(byRules(kind, value)).toBe(false);
      expect(await byFsx(kind, value)).toBe(false);
    },
  );

  if (left.length > 0)
    test.each(rows(left))('%s is left to FSx (%s)', async (_shown, _whence, value) => {
      expect(byRules(kind, value)).toBe(true);
      for (const pointer of pointers) expect(bySchema(pointer, value)).toBe(true);
      expect(await byFsx(kind, value)).toBe(false);
    });

  test('what is near an example and FSx takes, the rules take; and what these take, the schema takes', async () => {
    await fc.assert(
      fc.asyncProperty(near([...good, ...bad, ...left].map(([value]) => value)), async (value) => {
        const taken = byRules(kind, value);
        if (taken) for (const pointer of pointers) expect(bySchema(pointer, value)).toBe(true);
        if (!taken) expect(await byFsx(kind, value)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

/** Texts a few characters away from one of the given ones. */
function near(values: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 2 }),
    put: fc.oneof(
      fc.constant(''),
      fc.constantFrom(...Array.from('0123456789aAzZ.:/-_[]*@#+ \n\t\u00e9\u0301\u2028')),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
  });
  return fc
    .tuple(fc.constantFrom(...values), fc.array(edit, { minLength: 1, maxLength: 3 }))
    .map(([value, edits]) =>
      edits.reduce((text, { at, remove, put }) => {
        const from = Math.floor(at * text.length);
        return text.slice(0, from) + put + text.slice(from + remove);
      }, value),
    );
}

describe('ids that FSx gives', () => {
  const { 'file system': fileSystem, backup } = IDS;

  test.each(fileSystem.good)('%j may be a file system', async (id) => {
    expect(isFileSystemId(id)).toBe(true);
    expect(bySchema(fileSystem.pointer, id)).toBe(true);
    await expect(describe_(id)).rejects.toMatchObject({ name: 'FileSystemNotFound' });
  });

  test.each(fileSystem.bad)('%j is none', async (id) => {
    expect(isFileSystemId(id)).toBe(false);
    await expect(describe_(id)).rejects.toMatchObject({ name: 'BadRequest' });
  });

  test.each(backup.good)('%j may be a backup', async (id) => {
    expect(checkModel({ SubnetIds: [SUBNET], BackupId: id }).violations).toEqual([]);
    expect(bySchema(backup.pointer, id)).toBe(true);
    await expect(restore(id)).rejects.toMatchObject({ name: 'BackupNotFound' });
  });

  test.each(backup.bad)('%j is none', async (id) => {
    expect(checkModel({ SubnetIds: [SUBNET], BackupId: id }).violations).toMatchObject([
      { rule: 'format', property: 'BackupId' },
    ]);
    await expect(restore(id)).rejects.toMatchObject({ name: 'BadRequest' });
  });

  const describe_ = (id: string) =>
    clientFor('').send(new DescribeFileSystemsCommand({ FileSystemIds: [id] }));
  const restore = (BackupId: string) =>
    clientFor('').send(new CreateFileSystemFromBackupCommand({ BackupId, SubnetIds: [SUBNET] }));
});

test('the regions are those of their partitions', () => {
  for (const [partition, region] of REGIONS) expect(partitionOf(region).name).toBe(partition);
});

test('every text of the schema that a template may set, and is not a list of words, has examples', () => {
  const texts = [...flattened(schema, schema)]
    .filter(([path, { type, enum: words }]) => type === 'string' && !words && path !== '')
    .map(([path]) => path)
    .filter((path) => !schema.readOnlyProperties.some((returned) => path.startsWith(returned)));
  const pointers = KINDS.flatMap(({ pointers: each }) => each);
  const named = (path: string) =>
    path
      .replace(
        /^\/properties\/(LogConfiguration|RootSquashConfiguration)\//,
        '/definitions/$1/properties/',
      )
      .replace(/^\/properties\/(FinalBackup)?Tags\/\*\//, '/definitions/Tag/properties/')
      .replace(/\/\*$/, '/items');
  expect([...new Set(texts.map(named))].sort()).toEqual([...pointers, IDS.backup.pointer].sort());
});

describe('check tells what to write', () => {
  // oxfmt-ignore
  test.each<[string, string, string]>([
    ['ImportPath', 'my-bucket', 'ImportPath my-bucket is not valid: use an S3 path; write s3://my-bucket.'],
    ['ImportPath', 'my-bucket/in', 'ImportPath my-bucket/in is not valid: use an S3 path; write s3://my-bucket/in.'],
    ['ImportPath', 'arn:aws:s3:::my-bucket', 'ImportPath arn:aws:s3:::my-bucket is not valid: use an S3 path; write s3://my-bucket.'],
    ['ImportPath', 'https://my-bucket.s3.eu-west-1.amazonaws.com/in', 'write s3://my-bucket/in.'],
    ['ImportPath', 'https://s3.amazonaws.com/my-bucket', 'write s3://my-bucket.'],
    ['ImportPath', 'S3://my-bucket', 'write s3://my-bucket.'],
    ['ImportPath', 's3://192.168.5.4/x', 'ImportPath s3://192.168.5.4/x is not valid: 192.168.5.4 cannot be the name of an S3 bucket. Use the name of a bucket: 3 to 63 lowercase letters, digits, periods and hyphens, not formatted as an IP address.'],
    ['KmsKeyId', 'my-key', 'KmsKeyId my-key is not valid: use the ID, alias or ARN of a KMS key; write alias/my-key.'],
    ['KmsKeyId', 'aws/fsx', 'write alias/aws/fsx.'],
    ['KmsKeyId', '1234abcd-12ab', 'use the ID, alias or ARN of a KMS key, such as alias/my-key.'],
    ['LogConfiguration', '{Level: WARN_ERROR, Destination: /aws/fsx/mine}', 'write !Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/fsx/mine.'],
    ['RootSquashConfiguration', '{RootSquash: "1:1", NoSquashNids: [10.0.1.6]}', 'write 10.0.1.6@tcp.'],
    ['RootSquashConfiguration', '{RootSquash: "1:1", NoSquashNids: [10.0.0.0/20]}', 'write 10.0.[0-15].[0-255]@tcp.'],
    ['RootSquashConfiguration', '{RootSquash: "1:1", NoSquashNids: ["10.0.*.*@tcp"]}', 'write 10.0.[0-255].[0-255]@tcp.'],
    ['WeeklyMaintenanceStartTime', 'sun:05:00-sun:06:00', 'write 7:05:00.'],
    ['WeeklyMaintenanceStartTime', '"0:05:00"', 'write 7:05:00.'],
    ['WeeklyMaintenanceStartTime', '1:5:00 ', 'use d:HH:MM in UTC'],
    ['DailyAutomaticBackupStartTime', '"5:00"', 'write 05:00.'],
    ['DailyAutomaticBackupStartTime', '"0500"', 'write 05:00.'],
    ['DailyAutomaticBackupStartTime', '"05:00:00"', 'write 05:00.'],
    ['DailyAutomaticBackupStartTime', '"25:00"', 'use HH:MM in UTC, such as 05:00.'],
  ])('%s: %s', (property, value, message) => {
    const { findings } = check(
      withProperties(
        `DeploymentType: PERSISTENT_1\nStorageCapacity: 1200\nPerUnitStorageThroughput: 50\nSubnetIds: [subnet-0a1b2c3d4e5f60718]\n${property === 'DailyAutomaticBackupStartTime' ? 'AutomaticBackupRetentionDays: 7\n' : ''}${property}: ${value}`,
      ),
    );
    expect(findings.map((finding) => finding.message)).toEqual([expect.stringContaining(message)]);
  });

  test('and every repair is of the right form', () => {
    for (const kind of KINDS)
      for (const [value] of kind.bad)
        for (const violation of checkModel(kind.model(value)).violations)
          for (const repair of violation.repairs ?? []) {
            const left = checkModel({ ...kind.model(value), ...repair }).violations;
            expect(left.filter(({ rule }) => rule === violation.rule)).toEqual([]);
          }
  });
});
