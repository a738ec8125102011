/**
 * Whether a response has the form that the FSx API documents. The SDK does not check it: it passes on whatever JSON comes
 * back, from FSx or from something between. Members that this type does not read are ignored.
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_FileSystem.html
 */
import type {
  AdministrativeAction,
  FileSystem,
  LustreFileSystemConfiguration,
} from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { isObject } from '../lustre/json';
import { isFileSystemId } from './ids';

/** What a value should be, in words, and where it is; undefined if it is that. */
type Form = (value: unknown, path: string) => string | undefined;

const form =
  (isOf: (value: unknown) => boolean, noun: string): Form =>
  (value, path) =>
    isOf(value) ? undefined : `${path} is not ${noun}`;

const text = form((value) => typeof value === 'string', 'a string');
const number = form(Number.isFinite, 'a number');
const flag = form((value) => typeof value === 'boolean', 'a Boolean');
const id = form(isFileSystemId, 'the ID of a file system');
const date = form(
  (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  'a timestamp',
);

const list =
  (item: Form): Form =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    return first(value.map((one, index) => () => item(one, `${path}[${index}]`)));
  };

/** Null and undefined members count as absent. */
const object =
  <T>(members: { readonly [Name in keyof T]?: Form }, required: readonly (keyof T)[] = []): Form =>
  (value, path) => {
    if (!isObject(value)) return `${path} is not an object`;
    const names = Object.keys(members) as (keyof T & string)[];
    return first(
      names.map((name) => () => {
        const member = value[name] ?? undefined;
        if (member === undefined)
          return required.includes(name) ? `${path}.${name} is missing` : undefined;
        return members[name]?.(member, `${path}.${name}`);
      }),
    );
  };

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const FAILURE_DETAILS = object<{ Message: string }>({ Message: text });

const ACTION = object<AdministrativeAction>({
  AdministrativeActionType: text,
  Status: text,
  RequestTime: date,
  FailureDetails: FAILURE_DETAILS,
  TargetFileSystemValues: (value, path) => object(FILE_SYSTEM)(value, path),
});

const LUSTRE = object<LustreFileSystemConfiguration>({
  DeploymentType: text,
  PerUnitStorageThroughput: number,
  ThroughputCapacity: number,
  DataReadCacheConfiguration: object({ SizingMode: text, SizeGiB: number }),
  DataRepositoryConfiguration: object({
    ImportPath: text,
    ExportPath: text,
    AutoImportPolicy: text,
    ImportedFileChunkSize: number,
    FailureDetails: FAILURE_DETAILS,
  }),
  AutomaticBackupRetentionDays: number,
  DailyAutomaticBackupStartTime: text,
  CopyTagsToBackups: flag,
  WeeklyMaintenanceStartTime: text,
  DataCompressionType: text,
  DriveCacheType: text,
  EfaEnabled: flag,
  MetadataConfiguration: object({ Mode: text, Iops: number }),
  LogConfiguration: object({ Level: text, Destination: text }),
  RootSquashConfiguration: object({ RootSquash: text, NoSquashNids: list(text) }),
  MountName: text,
});

const FILE_SYSTEM: { readonly [Name in keyof FileSystem]?: Form } = {
  FileSystemId: id,
  FileSystemType: text,
  Lifecycle: text,
  FailureDetails: FAILURE_DETAILS,
  CreationTime: date,
  StorageCapacity: number,
  StorageType: text,
  SubnetIds: list(text),
  NetworkInterfaceIds: list(text),
  DNSName: text,
  VpcId: text,
  OwnerId: text,
  ResourceARN: text,
  KmsKeyId: text,
  FileSystemTypeVersion: text,
  Tags: list(object<{ Key: string; Value: string }>({ Key: text, Value: text }, ['Key'])),
  AdministrativeActions: list(ACTION),
  LustreConfiguration: LUSTRE,
};

const LUSTRE_FILE_SYSTEM = object<FileSystem>(FILE_SYSTEM, ['FileSystemId']);
const ANY_FILE_SYSTEM = object<FileSystem>({ FileSystemType: text }, ['FileSystemType']);

/**
 * The file system of the response to a call that acts.
 *
 * @throws HandlerError ServiceInternalError if it is missing, or not as documented.
 */
export function fileSystemOf(
  answer: { FileSystem?: FileSystem | undefined },
  operation: string,
): FileSystem {
  const { FileSystem: found } = answer;
  if (!found) throw malformed(operation, 'FileSystem is missing', true);
  const problem = LUSTRE_FILE_SYSTEM(found, 'FileSystem');
  if (problem !== undefined) throw malformed(operation, problem, true);
  return found;
}

const DESCRIBE = 'DescribeFileSystems';

/**
 * The Lustre file systems of a response.
 *
 * @param fileSystemId The only one that was asked for.
 * @throws HandlerError ServiceInternalError if the list or a Lustre file system in it is not as documented. An empty list is
 * allowed.
 */
export function fileSystemsOf(
  answer: { FileSystems?: FileSystem[] | undefined; NextToken?: string | undefined },
  fileSystemId?: string,
): FileSystem[] {
  const { FileSystems: found, NextToken } = answer;
  if (!found) throw malformed(DESCRIBE, 'FileSystems is missing');
  const problem =
    list(ANY_FILE_SYSTEM)(found, 'FileSystems') ??
    first(found.map((one, index) => () => lustreProblem(one, `FileSystems[${index}]`))) ??
    (NextToken == null ? undefined : text(NextToken, 'NextToken'));
  if (problem !== undefined) throw malformed(DESCRIBE, problem);
  if (fileSystemId === undefined) return found.filter(isLustre);
  const asked = found.filter((one) => one.FileSystemId === fileSystemId);
  if (found.length > 0 && asked.length === 0)
    throw malformed(DESCRIBE, `FileSystems does not contain ${fileSystemId}`);
  return asked.filter(isLustre);
}

function lustreProblem(fileSystem: FileSystem, path: string): string | undefined {
  return isLustre(fileSystem) ? LUSTRE_FILE_SYSTEM(fileSystem, path) : undefined;
}

function isLustre({ FileSystemType }: FileSystem): boolean {
  return FileSystemType === 'LUSTRE';
}

function malformed(operation: string, problem: string, mayHaveActed = false): HandlerError {
  const plain = `FSx ${operation}: the response is not a valid FSx API response: ${problem}.`;
  return new HandlerError('ServiceInternalError', `${plain} ${NOT_THE_API}`, {
    mayHaveActed,
    plain,
  });
}

/** Advice on a response of another form than that of the FSx API. */
export const NOT_THE_API =
  'Retry the operation. If AWS_ENDPOINT_URL_FSX or AWS_ENDPOINT_URL is set, check that it is the address of FSx. If the error persists, report it to the owner of the type.';
