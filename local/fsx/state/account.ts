import { Agenda } from './agenda';
import type { Clock } from './clock';
import type { History } from './history';
import { digest } from './ids';
import { Records } from './records';
import type { UpdateKind } from './durations';
import { STANDARD_ENVIRONMENT, type Environment } from './environment';
import type {
  AssociationLifecycle,
  AssociationValues,
  Backup,
  CompletionReport,
  CreateFileSystemInput,
  CreateFromBackupInput,
  FileSystem,
  FileSystemValues,
  ReleaseConfiguration,
  Tag,
  TaskType,
} from '../types';

/**
 * Everything in one account in one region.
 *
 * Nothing in it changes by itself. A record contains the times at which its states begin, and a description is computed from
 * these times and the clock.
 */
export interface AccountState {
  /** IDs are derived from the seed and a counter. */
  seed: string;
  sequence: number;
  fileSystems: Records<FileSystemRecord>;
  /** By their file system. */
  backups: Records<BackupRecord>;
  /** Data repository associations, by their file system. */
  associations: Records<AssociationRecord>;
  /** Data repository tasks, by their file system. */
  tasks: Records<TaskRecord>;
  /** File systems of other types, as they are described. */
  others: Records<FileSystem>;
  /** By the resource that they created. */
  tokens: Records<TokenRecord>;
  world: Environment;
  /** The file systems that will change as time passes. */
  agenda: Agenda;
  /** The number of descriptions that were returned while descriptions lag. The lags are derived from it. */
  descriptions: number;
}

export interface FileSystemRecord {
  id: string;
  input: CreateFileSystemInput | CreateFromBackupInput;
  createdAt: number;
  /** CREATING ends at this time, in AVAILABLE or, with `creationFailure`, in FAILED. */
  readyAt: number;
  creationFailure?: string;
  /** Values in effect. Those of unfinished updates are in `updates`. */
  values: FileSystemValues;
  kmsKeyId?: string;
  tags: Tag[];
  updates: UpdateRecord[];
  deletion?: {
    requestedAt: number;
    goneAt: number;
    finalBackupId?: string;
    finalBackupTags?: Tag[];
  };
  /**
   * A state that was set by the control API. It may be one that FSx does not have, or empty for none. With `updatable`, FSx
   * accepts updates in it.
   */
  forced?: { lifecycle: string; message?: string; updatable?: boolean };
  /** Automatic backups have been made up to this time. */
  backedUpAt?: number;
}

export interface UpdateRecord {
  kinds: UpdateKind[];
  requestedAt: number;
  visibleAt: number;
  startedAt: number;
  /** An increase starts when a backup of the file system allows it. */
  waitsUntil?: number;
  /** From this time on, the new values are shown or, with `failure`, the action is FAILED. */
  appliedAt: number;
  /** UPDATED_OPTIMIZING, if there is an optimization, ends at this time. */
  completedAt: number;
  /** From this time on, the next update of the same group is accepted. */
  cooldownUntil: number;
  /** Whether there is also a STORAGE_OPTIMIZATION. */
  optimizes: boolean;
  /** Whether it changes the size of an existing read cache. */
  resizesReadCache?: true;
  /** Whether the target is already part of the record's values. The update is kept as history. */
  folded?: true;
  target: FileSystemValues;
  failure?: string;
}

export interface BackupRecord {
  id: string;
  type: Backup['Type'];
  requestedAt: number;
  creatingAt: number;
  transferringAt: number;
  availableAt: number;
  fileSystemId: string;
  /** The file system when the backup was made. */
  fileSystem: Partial<FileSystem>;
  kmsKeyId?: string;
  /** The backup that it is a copy of. */
  sourceId?: string;
  tags: Tag[];
}

export interface AssociationRecord {
  id: string;
  fileSystemId: string;
  fileSystemPath: string;
  dataRepositoryPath: string;
  /** Whether metadata is imported when it is created. */
  importsMetadata: boolean;
  createdAt: number;
  /** CREATING ends at this time, in AVAILABLE or, with `creationFailure`, in FAILED. */
  readyAt: number;
  creationFailure?: string;
  /** Values in effect. Those of an unfinished update are in `update`. */
  values: AssociationValues;
  /** The last update. */
  update?: {
    requestedAt: number;
    /** From this time on, the new values are shown or, with `failure`, it is MISCONFIGURED. */
    appliedAt: number;
    target: AssociationValues;
    failure?: string;
  };
  deletion?: { requestedAt: number; goneAt: number; deletesData: boolean };
  /** A state that was set by the control API. */
  forced?: { lifecycle: AssociationLifecycle; message?: string };
  tags: Tag[];
}

export interface TaskRecord {
  id: string;
  fileSystemId: string;
  type: TaskType;
  paths?: string[];
  report: CompletionReport;
  release?: ReleaseConfiguration;
  /** The associations that it works on. */
  associationIds: string[];
  /** It is visible from this time on: the import of an association starts after its creation. */
  createdAt: number;
  startedAt: number;
  /** Absent: it runs until it is canceled or stopped. */
  endedAt?: number;
  /** The message of a task that ends FAILED. */
  failure?: string;
  /** CANCELING until this time, then CANCELED. */
  canceledAt?: number;
  /** The number of files that it processes. */
  files: number;
  tags: Tag[];
}

/** A client request token that was used, and the resource that was created. */
export interface TokenRecord {
  /** The operation and the token. */
  key: string;
  input: Record<string, unknown>;
  resourceId: string;
}

/** The account and region, and what operations work on. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly pageSize: number;
  readonly clock: Clock;
  readonly state: AccountState;
  /** The previous records for lagging descriptions. Not saved. */
  readonly history: History<FileSystemRecord>;
}

export function emptyState(seed: string): AccountState {
  const agenda = new Agenda();
  return {
    seed,
    sequence: 0,
    fileSystems: new Records(
      ({ id }) => id,
      undefined,
      ({ id }) => {
        agenda.next(id);
      },
    ),
    backups: new Records(
      ({ id }) => id,
      ({ fileSystemId }) => fileSystemId,
    ),
    associations: ofFileSystems(agenda),
    tasks: ofFileSystems(agenda),
    others: new Records(({ FileSystemId: id }) => id),
    tokens: new Records(
      ({ key }) => key,
      ({ resourceId }) => resourceId,
    ),
    world: structuredClone(STANDARD_ENVIRONMENT),
    agenda,
    descriptions: 0,
  };
}

/** Records that belong to file systems. The file system may change with each of them as time passes. */
const ofFileSystems = <T extends { id: string; fileSystemId: string }>(agenda: Agenda) =>
  new Records<T>(
    ({ id }) => id,
    ({ fileSystemId }) => fileSystemId,
    ({ fileSystemId }) => {
      agenda.next(fileSystemId);
    },
  );

/** The partition of a region, and the suffix of the DNS names of its file systems. */
export function partition(region: string): { name: string; dnsSuffix: string } {
  const apart = APART.find(({ regions }) => region.startsWith(regions));
  return apart ?? { name: 'aws', dnsSuffix: 'amazonaws.com' };
}

/** Partitions other than aws. [botocore partitions.json] */
const APART = [
  // In China, DNS names of file systems have this suffix too. https://github.com/aws/aws-parallelcluster/issues/2181
  { regions: 'cn-', name: 'aws-cn', dnsSuffix: 'amazonaws.com' },
  { regions: 'us-gov-', name: 'aws-us-gov', dnsSuffix: 'amazonaws.com' },
  { regions: 'us-iso-', name: 'aws-iso', dnsSuffix: 'c2s.ic.gov' },
  { regions: 'us-isob-', name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' },
  { regions: 'eu-isoe-', name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' },
  { regions: 'us-isof-', name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' },
  { regions: 'eusc-', name: 'aws-eusc', dnsSuffix: 'amazonaws.eu' },
];

export const arn = (account: Account, service: string, resource: string): string =>
  `arn:${partition(account.region).name}:${service}:${account.region}:${account.accountId}:${resource}`;

/** A new ID. It is unique in this account, also across restarts. */
export function newId(account: Account, prefix: string): string {
  account.state.sequence += 1;
  return `${prefix}-0${digest(account.state.seed, account.state.sequence).slice(0, 16)}`;
}
