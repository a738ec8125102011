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
 * All that one account holds in one region.
 *
 * Nothing in it changes by itself. A record keeps the moments at which its states begin, and what a
 * description shows is worked out from those moments and the clock.
 */
export interface AccountState {
  /** Ids are made from the seed and a running number. */
  seed: string;
  sequence: number;
  fileSystems: Records<FileSystemRecord>;
  /** By the file system that they are of. */
  backups: Records<BackupRecord>;
  /** Data repository associations, by their file system. */
  associations: Records<AssociationRecord>;
  /** Data repository tasks, by their file system. */
  tasks: Records<TaskRecord>;
  /** File systems of the other types, as they are described. */
  others: Records<FileSystem>;
  /** By the resource that they made. */
  tokens: Records<TokenRecord>;
  world: Environment;
  /** Which file systems time will change. */
  agenda: Agenda;
  /** How many descriptions were given while they lagged: what their lags are drawn from. */
  descriptions: number;
}

export interface FileSystemRecord {
  id: string;
  input: CreateFileSystemInput | CreateFromBackupInput;
  createdAt: number;
  /** CREATING ends here, in AVAILABLE or, with `creationFailure`, in FAILED. */
  readyAt: number;
  creationFailure?: string;
  /** Values that took effect; those of unfinished updates are in `updates`. */
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
   * A state that was forced on the file system from outside: any, also one that FSx does not have today, or none where
   * it is empty. With `updatable` FSx takes updates in it.
   */
  forced?: { lifecycle: string; message?: string; updatable?: boolean };
  /** Up to here automatic backups have been taken. */
  backedUpAt?: number;
}

export interface UpdateRecord {
  kinds: UpdateKind[];
  requestedAt: number;
  visibleAt: number;
  startedAt: number;
  /** A growth begins when a backup of the file system lets it. */
  waitsUntil?: number;
  /** The new values show from here on, or, with `failure`, the action is FAILED. */
  appliedAt: number;
  /** UPDATED_OPTIMIZING, where there is something to optimize, ends here. */
  completedAt: number;
  /** The next update of the same group is accepted from here on. */
  cooldownUntil: number;
  /** A STORAGE_OPTIMIZATION comes with it. */
  optimizes: boolean;
  /** The size of a read cache changes that was there and stays. */
  resizesReadCache?: true;
  /** The target is part of the record's values already; the update is kept as history. */
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
  /** The file system as it was. */
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
  /** Metadata is imported when it is created. */
  importsMetadata: boolean;
  createdAt: number;
  /** CREATING ends here, in AVAILABLE or, with `creationFailure`, in FAILED. */
  readyAt: number;
  creationFailure?: string;
  /** Values that took effect; those of an unfinished update are in `update`. */
  values: AssociationValues;
  /** The last one. */
  update?: {
    requestedAt: number;
    /** The new values show from here on, or, with `failure`, it is MISCONFIGURED. */
    appliedAt: number;
    target: AssociationValues;
    failure?: string;
  };
  deletion?: { requestedAt: number; goneAt: number; deletesData: boolean };
  /** A state that was forced on it from outside. */
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
  /** Nobody sees it before: an import that follows the creation of its association. */
  createdAt: number;
  startedAt: number;
  /** Absent: it goes on until it is canceled or stopped. */
  endedAt?: number;
  /** It ends FAILED. */
  failure?: string;
  /** CANCELING until then, CANCELED from then on. */
  canceledAt?: number;
  /** How many files it processes. */
  files: number;
  tags: Tag[];
}

/** A client request token that was used, and what it made. */
export interface TokenRecord {
  /** The operation and the token. */
  key: string;
  input: Record<string, unknown>;
  resourceId: string;
}

/** Where the account lives, and what the operations work on. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly pageSize: number;
  readonly clock: Clock;
  readonly state: AccountState;
  /** What descriptions that lag behind are made of; it does not outlive the process. */
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

/** Records of what belongs to file systems; time may change a file system with each of them. */
const ofFileSystems = <T extends { id: string; fileSystemId: string }>(agenda: Agenda) =>
  new Records<T>(
    ({ id }) => id,
    ({ fileSystemId }) => fileSystemId,
    ({ fileSystemId }) => {
      agenda.next(fileSystemId);
    },
  );

/** Whether a name looks like that of a region. */
export const isRegion = (name: string): boolean => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(name);

/** The partition that a region belongs to, and what the DNS names of its file systems end in. */
export function partition(region: string): { name: string; dnsSuffix: string } {
  const apart = APART.find(({ regions }) => region.startsWith(regions));
  return apart ?? { name: 'aws', dnsSuffix: 'amazonaws.com' };
}

/** The partitions that few accounts are in. [botocore partitions.json] */
const APART = [
  // File systems end in it in China too. https://github.com/aws/aws-parallelcluster/issues/2181
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

/** A new id: unique in this account, also across restarts. */
export function newId(account: Account, prefix: string): string {
  account.state.sequence += 1;
  return `${prefix}-0${digest(account.state.seed, account.state.sequence).slice(0, 16)}`;
}
