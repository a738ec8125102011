import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { QUICKLY_COMPILED } from '../../schema-compilation';
import { REQUESTS, type Shape } from '../api/shapes';
import {
  ASSOCIATION_LIFECYCLES,
  type AssociationValues,
  type Backup,
  type CreateLustre,
  type DataRepositoryConfiguration,
  type FileSystem,
  type FileSystemValues,
  type LustreConfiguration,
} from '../types';
import type {
  AssociationRecord,
  BackupRecord,
  FileSystemRecord,
  TaskRecord,
  TokenRecord,
  UpdateRecord,
} from './account';
import { APPLIED_AFTER } from './durations';
import type { Environment, Quotas } from './environment';

/**
 * The members of a state file as JSON schemas. Operations work with every state that they allow. Each table must list all
 * members of its type, so that everything that is written can be read.
 */
type Schema = Readonly<Record<string, unknown>>;
type Table<T> = Readonly<Record<keyof T, Schema>>;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({ type: 'object', properties, required, additionalProperties: false });
/** With additional members, on which nothing depends. */
const open = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []) => ({
  ...object(properties, required),
  additionalProperties: true,
});

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const anything: Schema = { type: 'object' };
const id: Schema = { type: 'string', pattern: '^[a-z]+-[0-9a-f]{1,64}$' };
const count: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
/** Epoch milliseconds, in the range of JavaScript's dates. */
const moment: Schema = { type: 'number', minimum: -8.64e15, maximum: 8.64e15 };
const oneOf = (values: readonly string[]): Schema => ({ enum: values });

/** The types of a request's members. Lengths, patterns and ranges were checked when the request arrived. */
function schemaOf(shape: Shape): Schema {
  switch (shape.kind) {
    case 'string':
      return shape.enum ? oneOf(shape.enum) : text;
    case 'integer':
      return count;
    case 'boolean':
      return flag;
    case 'list':
      return listOf(schemaOf(shape.of));
    case 'structure':
      return object(membersOf(shape.members));
    case 'foreign':
      return anything;
  }
}

const membersOf = (members: Readonly<Record<string, Shape>>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, schemaOf(shape)]));

const {
  CreateFileSystem,
  CreateFileSystemFromBackup,
  CreateDataRepositoryAssociation,
  CreateDataRepositoryTask,
} = REQUESTS;
const creation = membersOf(CreateFileSystem.members);
const { members: lustre } = CreateFileSystem.members.LustreConfiguration as Extract<
  Shape,
  { kind: 'structure' }
>;
const { ImportPath, ExportPath, ImportedFileChunkSize, AutoImportPolicy, ...requested } = membersOf(
  lustre,
) as Table<Required<CreateLustre>>;

const repository: Table<DataRepositoryConfiguration> = {
  Lifecycle: text,
  ImportPath,
  ExportPath,
  ImportedFileChunkSize,
  AutoImportPolicy,
  FailureDetails: object({ Message: text }),
};

const described: Table<LustreConfiguration> = {
  ...requested,
  MountName: text,
  // The time of the automatic backups depends on it.
  DailyAutomaticBackupStartTime: { type: 'string', pattern: '^([01]\\d|2[0-3]):?[0-5]\\d$' },
  DataRepositoryConfiguration: object(repository),
};

const values: Table<FileSystemValues> = {
  StorageCapacity: { type: 'integer', minimum: 0, maximum: 2147483647 },
  StorageType: creation.StorageType ?? text,
  FileSystemTypeVersion: { type: 'string', maxLength: 20 },
  LustreConfiguration: object(described),
};

const update: Table<UpdateRecord> = {
  kinds: listOf(oneOf(Object.keys(APPLIED_AFTER))),
  requestedAt: moment,
  visibleAt: moment,
  startedAt: moment,
  waitsUntil: moment,
  appliedAt: moment,
  completedAt: moment,
  cooldownUntil: moment,
  optimizes: flag,
  folded: { const: true },
  target: ref('FileSystemValues'),
  failure: text,
  resizesReadCache: { const: true },
};

const fileSystem: Table<FileSystemRecord> = {
  id,
  input: object({ ...membersOf(CreateFileSystemFromBackup.members), ...creation }, ['SubnetIds']),
  createdAt: moment,
  readyAt: moment,
  creationFailure: text,
  values: ref('FileSystemValues'),
  kmsKeyId: text,
  tags: ref('Tags'),
  updates: listOf(
    object(update, required(update, ['waitsUntil', 'folded', 'failure', 'resizesReadCache'])),
  ),
  deletion: object(
    {
      requestedAt: moment,
      goneAt: moment,
      finalBackupId: text,
      finalBackupTags: ref('Tags'),
    },
    ['requestedAt', 'goneAt'],
  ),
  forced: object({ lifecycle: text, message: text, updatable: flag }, ['lifecycle']),
  backedUpAt: moment,
};

const backup: Table<BackupRecord> = {
  id,
  type: oneOf(['AUTOMATIC', 'USER_INITIATED'] satisfies Backup['Type'][]),
  requestedAt: moment,
  creatingAt: moment,
  transferringAt: moment,
  availableAt: moment,
  fileSystemId: id,
  fileSystem: open({ ...values, Tags: ref('Tags') } satisfies Partial<Table<FileSystem>>),
  kmsKeyId: text,
  sourceId: text,
  tags: ref('Tags'),
};

const { S3 = anything } = membersOf(CreateDataRepositoryAssociation.members);
const associationValues = object(
  {
    ImportedFileChunkSize: count,
    S3,
  } satisfies Table<AssociationValues>,
  ['ImportedFileChunkSize'],
);

const association: Table<AssociationRecord> = {
  id,
  fileSystemId: id,
  fileSystemPath: text,
  dataRepositoryPath: text,
  importsMetadata: flag,
  createdAt: moment,
  readyAt: moment,
  creationFailure: text,
  values: associationValues,
  update: object(
    { requestedAt: moment, appliedAt: moment, target: associationValues, failure: text },
    ['requestedAt', 'appliedAt', 'target'],
  ),
  deletion: object({ requestedAt: moment, goneAt: moment, deletesData: flag }, [
    'requestedAt',
    'goneAt',
    'deletesData',
  ]),
  forced: object(
    {
      lifecycle: oneOf(ASSOCIATION_LIFECYCLES),
      message: text,
    },
    ['lifecycle'],
  ),
  tags: ref('Tags'),
};

const { Type, Report, ReleaseConfiguration } = membersOf(CreateDataRepositoryTask.members);

const task: Table<TaskRecord> = {
  id,
  fileSystemId: id,
  type: Type ?? text,
  paths: listOf(text),
  report: Report ?? anything,
  release: ReleaseConfiguration ?? anything,
  associationIds: listOf(text),
  createdAt: moment,
  startedAt: moment,
  endedAt: moment,
  failure: text,
  canceledAt: moment,
  files: count,
  tags: ref('Tags'),
};

const token: Table<TokenRecord> = { key: text, input: anything, resourceId: text };

const quotas: Table<Quotas> = {
  fileSystems: { type: 'number', minimum: 0 },
  storageGiB: { type: 'number', minimum: 0 },
  throughputCapacityMbps: { type: 'number', minimum: 0 },
  userInitiatedBackups: { type: 'number', minimum: 0 },
};

const environment: Table<Environment> = {
  closedSecurityGroups: listOf(text),
  securityGroupsClosedToEfa: listOf(text),
  missingSecurityGroups: listOf(text),
  missingSubnets: listOf(text),
  missingKmsKeys: listOf(text),
  missingBuckets: listOf(text),
  missingLogGroups: listOf(text),
  quotas: object(quotas),
  descriptionLagSeconds: { type: 'number', minimum: 0 },
  hiddenUpdateSeconds: { type: 'number', minimum: 0 },
};

/** All members of a table except these. */
function required(table: object, optional: readonly string[]): string[] {
  return Object.keys(table).filter((name) => !optional.includes(name));
}

/** The records of an account, as lists. */
const records = {
  fileSystems: listOf(ref('FileSystemRecord')),
  backups: listOf(ref('BackupRecord')),
  associations: listOf(ref('AssociationRecord')),
  tasks: listOf(ref('TaskRecord')),
  others: listOf(ref('OtherFileSystem')),
  tokens: listOf(ref('TokenRecord')),
};
const ids = Object.fromEntries(Object.keys(records).map((name) => [name, listOf(text)]));

const definitions = {
  FileSystemValues: object(values),
  Tags: {
    ...listOf(object({ Key: text, Value: text }, ['Key', 'Value'])),
    // Fifty tags of the owner, and those of AWS.
    maxItems: 100,
  },
  FileSystemRecord: object(
    fileSystem,
    required(fileSystem, ['creationFailure', 'kmsKeyId', 'deletion', 'forced', 'backedUpAt']),
  ),
  BackupRecord: object(backup, required(backup, ['kmsKeyId', 'sourceId'])),
  AssociationRecord: object(
    association,
    required(association, ['creationFailure', 'update', 'deletion', 'forced']),
  ),
  TaskRecord: object(
    task,
    required(task, ['paths', 'release', 'endedAt', 'failure', 'canceledAt']),
  ),
  OtherFileSystem: open(
    {
      FileSystemId: id,
      FileSystemType: oneOf(['WINDOWS', 'ONTAP', 'OPENZFS']),
      ResourceARN: text,
      Tags: ref('Tags'),
    },
    ['FileSystemId', 'FileSystemType', 'ResourceARN', 'Tags'],
  ),
  TokenRecord: object(token, Object.keys(token)),
  // An earlier version may have written fewer members.
  Environment: object(environment),
  SavedState: object(
    {
      format: count,
      seed: text,
      sequence: count,
      clock: moment,
      world: ref('Environment'),
      ...records,
    },
    ['format', 'seed', 'sequence', 'clock', 'world', ...Object.keys(records)],
  ),
  SavedChange: object(
    {
      sequence: count,
      clock: moment,
      world: ref('Environment'),
      put: object(records),
      removed: object(ids),
    },
    ['sequence', 'clock', 'put', 'removed'],
  ),
};

type Name = keyof typeof definitions;

/** The schema of the definitions. */
export const STATE_SCHEMA = { $id: 'state', definitions };

const validators = new Map<Name, ValidateFunction>();
let ajv: Ajv | undefined;

/** Schemas are compiled when they are first used: a server without a state file needs none. */
function validator(name: Name): ValidateFunction {
  ajv ??= withDefinitions();
  const known = validators.get(name) ?? ajv.compile({ $ref: `state#/definitions/${name}` });
  validators.set(name, known);
  return known;
}

function withDefinitions(): Ajv {
  const made = new Ajv({ ...QUICKLY_COMPILED, strict: false });
  made.addSchema(STATE_SCHEMA);
  return made;
}

export const isValid = (name: Name, value: unknown): boolean => validator(name)(value);

/** What is wrong with a value, such as `fileSystems/0/readyAt must be number`; undefined if it is valid. */
export function problemOf(name: Name, value: unknown): string | undefined {
  const validate = validator(name);
  if (validate(value)) return undefined;
  return worded(validate.errors?.[0]);
}

function worded(error: ErrorObject | undefined): string {
  if (!error) return 'it is not valid';
  const place = error.instancePath.slice(1) || 'it';
  return `${place} ${error.message ?? 'is not valid'}`;
}
