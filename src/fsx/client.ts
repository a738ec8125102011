import type {
  CreateFileSystemCommandInput,
  CreateFileSystemFromBackupCommandInput,
  DeleteFileSystemCommandInput,
  FileSystem,
  FSxClient,
  FSxClientConfig,
  Tag,
  UpdateFileSystemCommandInput,
} from '@aws-sdk/client-fsx';
import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { withSignalPerAttempt } from '../sdk/attempt-signals';
import { clientSettings, mayUseEnvironment, type Credentials } from '../sdk/client-settings';
import { decideRetries, type FailedAttempt } from './retries';
import type * as Sdk from './sdk';

export type { Credentials };

export interface FsxOptions {
  region: string;
  /** Without them the SDK looks where it always looks, where {@link mayUseEnvironment} lets it; elsewhere no call is made. */
  credentials?: Credentials;
  /** How often a call is tried when FSx fails or does not answer. */
  attempts: number;
  /**
   * Whether CloudFormation invokes this action again. Then a throttled call is left to the next invocation, except that a
   * creation, which has no identifier to wait with, is tried until the deadline. Otherwise every call is.
   */
  callsBack: boolean;
  /** Milliseconds after which every call of this invocation is given up, retries included. */
  deadline: number;
  /** Is told of every call, once it has ended. */
  observe?: (call: FsxCall) => void;
}

/** One call to FSx with all its attempts. */
export interface FsxCall {
  operation: string;
  outcome: 'OK' | HandlerErrorCode;
  /** Milliseconds. */
  ms: number;
  /** FSx's own number of the last attempt, which AWS support asks for. */
  requestId?: string | undefined;
  attempts?: number | undefined;
}

interface Answered {
  $metadata: { httpStatusCode?: number; requestId?: string; attempts?: number };
}

/** What has become of the attempts at one call. */
interface Attempts {
  /** Whether it is tried until the deadline while FSx throttles. */
  outlastsThrottling: boolean;
  /** Attempts that failed otherwise. */
  failures: number;
  /** What FSx said to the last one, while the SDK waits to try again. */
  refusal?: unknown;
  /** One of them got no whole answer, or one of a failure in the middle of the work. */
  isOpen?: true;
}

/** More than any deadline leaves time for: which attempt is the last is decided here. */
const MOST_ATTEMPTS = 50;
const NO_CREDENTIALS =
  'The event holds no callerCredentials, so FSx was not called. CloudFormation hands them over where the type is registered with an execution role. In a test, put credentials into the event, send the calls to a local FSx with AWS_ENDPOINT_URL_FSX, or set PANGEA_FSX_ENVIRONMENT_CREDENTIALS=true to use those of the environment.';

/** The FSx operations of this type, each failing with a {@link HandlerError} only. One instance serves one invocation. */
export class Fsx {
  private readonly abortSignal: AbortSignal;
  private readonly config: FSxClientConfig;
  private readonly observe: (call: FsxCall) => void;
  private readonly credentials: Credentials | undefined;
  private readonly region: string;
  private readonly mostFailures: number;
  private readonly callsBack: boolean;
  private client: FSxClient | undefined;
  /** Of the call that is under way. */
  private attempts: Attempts = { outlastsThrottling: false, failures: 0 };
  private isThrottled = false;

  constructor({ attempts, callsBack, credentials, deadline, observe, region }: FsxOptions) {
    this.abortSignal = AbortSignal.timeout(deadline);
    this.mostFailures = attempts;
    this.callsBack = callsBack;
    this.config = {
      region,
      maxAttempts: MOST_ATTEMPTS,
      requestHandler: {
        connectionTimeout: 5_000,
        requestTimeout: 15_000,
        throwOnRequestTimeout: true,
      },
      ...(credentials && clientSettings('FSX', credentials)),
    };
    this.observe = observe ?? (() => undefined);
    this.credentials = credentials;
    this.region = region;
  }

  /** Whether FSx has throttled any attempt of this invocation. */
  get wasThrottled(): boolean {
    return this.isThrottled;
  }

  /** Creates a file system, or returns the one that the same ClientRequestToken created before. */
  async create(input: CreateFileSystemCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call(
      'CreateFileSystem',
      (sdk, client) => client.send(new sdk.CreateFileSystemCommand(input), this.options),
      true,
    );
    return present(FileSystem, 'CreateFileSystem');
  }

  /** As {@link create}, from a backup. */
  async createFromBackup(input: CreateFileSystemFromBackupCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call(
      'CreateFileSystemFromBackup',
      (sdk, client) => client.send(new sdk.CreateFileSystemFromBackupCommand(input), this.options),
      true,
    );
    return present(FileSystem, 'CreateFileSystemFromBackup');
  }

  /** The Lustre file system with this id; undefined when there is none or it is of another type. */
  async describe(fileSystemId: string): Promise<FileSystem | undefined> {
    try {
      const { FileSystems } = await this.call('DescribeFileSystems', (sdk, client) =>
        client.send(
          new sdk.DescribeFileSystemsCommand({ FileSystemIds: [fileSystemId] }),
          this.options,
        ),
      );
      return listed(FileSystems).find(isLustre);
    } catch (error) {
      if (error instanceof HandlerError && error.code === 'NotFound') return undefined;
      throw error;
    }
  }

  /** One page of the account's Lustre file systems; a page may be empty although more follow. */
  async page(nextToken?: string): Promise<{ fileSystems: FileSystem[]; nextToken?: string }> {
    const { FileSystems, NextToken } = await this.call('DescribeFileSystems', (sdk, client) =>
      client.send(
        new sdk.DescribeFileSystemsCommand(nextToken ? { NextToken: nextToken } : {}),
        this.options,
      ),
    );
    return {
      fileSystems: listed(FileSystems).filter(isLustre),
      ...(NextToken && { nextToken: NextToken }),
    };
  }

  async update(input: UpdateFileSystemCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call('UpdateFileSystem', (sdk, client) =>
      client.send(new sdk.UpdateFileSystemCommand(input), this.options),
    );
    return present(FileSystem, 'UpdateFileSystem');
  }

  /** Begins to delete it; the id of its final backup, where one was asked for. */
  async delete(input: DeleteFileSystemCommandInput): Promise<string | undefined> {
    const { LustreResponse } = await this.call('DeleteFileSystem', (sdk, client) =>
      client.send(new sdk.DeleteFileSystemCommand(input), this.options),
    );
    return LustreResponse?.FinalBackupId;
  }

  async tag(resourceArn: string, tags: Tag[]): Promise<void> {
    await this.call('TagResource', (sdk, client) =>
      client.send(
        new sdk.TagResourceCommand({ ResourceARN: resourceArn, Tags: tags }),
        this.options,
      ),
    );
  }

  async untag(resourceArn: string, keys: string[]): Promise<void> {
    await this.call('UntagResource', (sdk, client) =>
      client.send(
        new sdk.UntagResourceCommand({ ResourceARN: resourceArn, TagKeys: keys }),
        this.options,
      ),
    );
  }

  /** Lets go of the connections; the instance is not used afterwards. */
  close(): void {
    this.client?.destroy();
  }

  private get options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.abortSignal };
  }

  private async call<T extends Answered>(
    operation: string,
    send: (sdk: typeof Sdk, client: FSxClient) => Promise<T>,
    outlastsThrottling = !this.callsBack,
  ): Promise<T> {
    if (!this.credentials && !mayUseEnvironment('FSX')) {
      throw new HandlerError('InvalidCredentials', NO_CREDENTIALS);
    }
    const sdk = await import('./sdk');
    this.client ??= this.connect(sdk);
    const attempts: Attempts = (this.attempts = { outlastsThrottling, failures: 0 });
    const begun = Date.now();
    const report = (outcome: FsxCall['outcome'], metadata?: Answered['$metadata']) => {
      this.observe({
        operation,
        outcome,
        ms: Date.now() - begun,
        requestId: metadata?.requestId,
        attempts: metadata?.attempts,
      });
    };
    try {
      const answer = await send(sdk, this.client);
      report('OK', answer.$metadata);
      return answer;
    } catch (thrown) {
      // Given up between two attempts: what FSx said to the last one is the reason.
      const cause = this.abortSignal.aborted ? (attempts.refusal ?? thrown) : thrown;
      const { fromFsx } = await import('./errors');
      const error = fromFsx(cause, operation, {
        mayHaveActed: attempts.isOpen ?? false,
        credentials: this.credentials,
        region: this.region,
      });
      report(error.code, (cause as Partial<Answered>).$metadata);
      throw error;
    }
  }

  /** Whether there is another attempt after one that failed, as far as the SDK makes one. */
  private isTriedAgain({ isThrottled }: FailedAttempt): boolean {
    const { attempts } = this;
    if (isThrottled) {
      this.isThrottled = true;
      return attempts.outlastsThrottling;
    }
    attempts.failures += 1;
    return attempts.failures < this.mostFailures;
  }

  private connect(sdk: typeof Sdk): FSxClient {
    const client = withSignalPerAttempt(new sdk.FSxClient(this.config));
    decideRetries(client, (attempt) => this.isTriedAgain(attempt));
    client.middlewareStack.add(
      (next) => async (attempt) => {
        const { attempts } = this;
        delete attempts.refusal;
        try {
          return await next(attempt);
        } catch (thrown) {
          const { httpStatusCode: status = 0 } = (thrown as Partial<Answered>).$metadata ?? {};
          if (status >= 400) attempts.refusal = thrown;
          if (status >= 500 || (status < 400 && !(await wasNeverSent(thrown))))
            attempts.isOpen = true;
          throw thrown;
        }
      },
      // Inside the SDK's retries, around one attempt and the reading of its answer.
      { step: 'finalizeRequest', priority: 'low', name: 'rememberAttempts' },
    );
    return client;
  }
}

async function wasNeverSent(thrown: unknown): Promise<boolean> {
  return (await import('./errors')).wasNeverSent(thrown);
}

function isLustre(fileSystem: FileSystem): boolean {
  return fileSystem.FileSystemType === 'LUSTRE';
}

/** An answer without the list is none: FSx says FileSystemNotFound of what is gone. */
function listed(fileSystems: FileSystem[] | undefined): FileSystem[] {
  if (fileSystems) return fileSystems;
  throw new HandlerError(
    'ServiceInternalError',
    'FSx DescribeFileSystems: the response has no FileSystems.',
  );
}

function present(fileSystem: FileSystem | undefined, operation: string): FileSystem {
  if (fileSystem) return fileSystem;
  throw new HandlerError(
    'ServiceInternalError',
    `FSx ${operation}: the response has no FileSystem.`,
    { mayHaveActed: true },
  );
}
