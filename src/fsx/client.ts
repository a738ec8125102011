import type {
  CreateFileSystemCommandInput,
  CreateFileSystemFromBackupCommandInput,
  DeleteFileSystemCommandInput,
  DescribeFileSystemsCommandInput,
  FileSystem,
  FSxClient,
  Tag,
  UpdateFileSystemCommandInput,
} from '@aws-sdk/client-fsx';
import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { withSignalPerAttempt } from '../sdk/attempt-signals';
import { clientSettings, mayUseEnvironment, type Credentials } from '../sdk/client-settings';
import { decideRetries, type FailedAttempt } from './retries';
import type * as Sdk from './sdk';

export type { Credentials };

/** The options of a client. */
export interface FsxOptions {
  region: string;
  /** Absent: those that the SDK finds, if {@link mayUseEnvironment} allows that; otherwise no call is made. */
  credentials?: Credentials;
  /** The most attempts at one call when FSx fails or does not respond. */
  attempts: number;
  /**
   * Whether CloudFormation invokes this action again. If so, a throttled call is left to the next invocation, except for a
   * creation, which has no ID to wait with and is retried until the deadline. If not, every call is retried.
   */
  callsBack: boolean;
  /** Milliseconds after which all calls of this invocation end, including retries. */
  deadline: number;
  /** Called after every call. */
  observe?: (call: FsxCall) => void;
}

/** One call to FSx, with all its attempts. */
export interface FsxCall {
  operation: string;
  outcome: 'OK' | HandlerErrorCode;
  /** Duration in milliseconds. */
  ms: number;
  /** FSx's request ID of the last attempt, for AWS Support. */
  requestId?: string | undefined;
  attempts?: number | undefined;
}

interface Answered {
  $metadata: { httpStatusCode?: number; requestId?: string; attempts?: number };
}

/** The attempts at one call. */
interface Attempts {
  /** Whether it is retried until the deadline while FSx throttles. */
  outlastsThrottling: boolean;
  /** The number of attempts that failed for other reasons than throttling. */
  failures: number;
  /** FSx's response to the last attempt, while the SDK waits to retry. */
  refusal?: unknown;
  /** Whether an attempt got no complete response, or one of a failure while FSx was working. */
  isOpen?: true;
}

/** More than any deadline allows; the strategy below decides which attempt is the last. */
const MOST_ATTEMPTS = 50;
const NO_CREDENTIALS =
  'The event has no callerCredentials, so FSx was not called. CloudFormation passes them if the type is registered with an execution role. In a test, add credentials to the event, send the calls to a local FSx with AWS_ENDPOINT_URL_FSX, or set PANGEA_FSX_ENVIRONMENT_CREDENTIALS=true to use those of the environment.';

/** The FSx operations that this type uses. They throw only {@link HandlerError}. One instance serves one invocation. */
export class Fsx {
  private readonly abortSignal: AbortSignal;
  private client: FSxClient | undefined;
  /** The attempts at the current call. */
  private attempts: Attempts = { outlastsThrottling: false, failures: 0 };
  private isThrottled = false;

  constructor(private readonly options: FsxOptions) {
    this.abortSignal = AbortSignal.timeout(options.deadline);
  }

  /** Whether FSx has throttled any attempt of this invocation. */
  get wasThrottled(): boolean {
    return this.isThrottled;
  }

  /** Creates a file system, or returns the one that was created with the same ClientRequestToken. */
  async create(input: CreateFileSystemCommandInput): Promise<FileSystem> {
    return this.act(
      'CreateFileSystem',
      (sdk, client, options) => client.send(new sdk.CreateFileSystemCommand(input), options),
      true,
    );
  }

  /** As {@link create}, from a backup. */
  async createFromBackup(input: CreateFileSystemFromBackupCommandInput): Promise<FileSystem> {
    return this.act(
      'CreateFileSystemFromBackup',
      (sdk, client, options) =>
        client.send(new sdk.CreateFileSystemFromBackupCommand(input), options),
      true,
    );
  }

  /** The Lustre file system with this id; undefined if there is none, or it is of another type. */
  async describe(fileSystemId: string): Promise<FileSystem | undefined> {
    try {
      const answer = await this.describeFileSystems({ FileSystemIds: [fileSystemId] });
      return (await responses()).fileSystemsOf(answer, fileSystemId)[0];
    } catch (error) {
      if (error instanceof HandlerError && error.code === 'NotFound') return undefined;
      throw error;
    }
  }

  /** One page of the account's Lustre file systems. A page may be empty although more follow. */
  async page(nextToken?: string): Promise<{ fileSystems: FileSystem[]; nextToken?: string }> {
    const answer = await this.describeFileSystems(nextToken ? { NextToken: nextToken } : {});
    return {
      fileSystems: (await responses()).fileSystemsOf(answer),
      ...(answer.NextToken && { nextToken: answer.NextToken }),
    };
  }

  private describeFileSystems(input: DescribeFileSystemsCommandInput) {
    return this.call('DescribeFileSystems', (sdk, client, options) =>
      client.send(new sdk.DescribeFileSystemsCommand(input), options),
    );
  }

  async update(input: UpdateFileSystemCommandInput): Promise<FileSystem> {
    return this.act('UpdateFileSystem', (sdk, client, options) =>
      client.send(new sdk.UpdateFileSystemCommand(input), options),
    );
  }

  /** Starts a deletion. Returns the ID of the final backup, if one was requested. */
  async delete(input: DeleteFileSystemCommandInput): Promise<string | undefined> {
    const { LustreResponse } = await this.call('DeleteFileSystem', (sdk, client, options) =>
      client.send(new sdk.DeleteFileSystemCommand(input), options),
    );
    // FSx has accepted the deletion, whatever else it says.
    const backupId: unknown = LustreResponse?.FinalBackupId;
    return typeof backupId === 'string' ? backupId : undefined;
  }

  async tag(ResourceARN: string, Tags: Tag[]): Promise<void> {
    await this.call('TagResource', (sdk, client, options) =>
      client.send(new sdk.TagResourceCommand({ ResourceARN, Tags }), options),
    );
  }

  async untag(ResourceARN: string, TagKeys: string[]): Promise<void> {
    await this.call('UntagResource', (sdk, client, options) =>
      client.send(new sdk.UntagResourceCommand({ ResourceARN, TagKeys }), options),
    );
  }

  /** Closes the connections. The instance cannot be used afterward. */
  close(): void {
    this.client?.destroy();
  }

  /** A call whose response has the file system that it creates or changes. */
  private async act(
    operation: string,
    send: Send<Answered & { FileSystem?: FileSystem | undefined }>,
    outlastsThrottling?: boolean,
  ): Promise<FileSystem> {
    const answer = await this.call(operation, send, outlastsThrottling);
    return (await responses()).fileSystemOf(answer, operation);
  }

  private async call<T extends Answered>(
    operation: string,
    send: Send<T>,
    outlastsThrottling = !this.options.callsBack,
  ): Promise<T> {
    const { abortSignal } = this;
    const { credentials, observe, region } = this.options;
    if (!credentials && !mayUseEnvironment('FSX')) {
      throw new HandlerError('InvalidCredentials', NO_CREDENTIALS);
    }
    const sdk = await import('./sdk');
    this.client ??= this.connect(sdk);
    const attempts: Attempts = (this.attempts = { outlastsThrottling, failures: 0 });
    const begun = Date.now();
    const report = (outcome: FsxCall['outcome'], metadata?: Answered['$metadata']) => {
      observe?.({
        operation,
        outcome,
        ms: Date.now() - begun,
        requestId: metadata?.requestId,
        attempts: metadata?.attempts,
      });
    };
    try {
      const answer = await send(sdk, this.client, { abortSignal });
      report('OK', answer.$metadata);
      return answer;
    } catch (thrown) {
      // The call was aborted between two attempts: FSx's response to the last one is the reason.
      const cause = abortSignal.aborted ? (attempts.refusal ?? thrown) : thrown;
      const { fromFsx } = await import('./errors');
      const mayHaveActed = attempts.isOpen ?? false;
      const error = fromFsx(cause, operation, { mayHaveActed, credentials, region });
      report(error.code, (cause as Partial<Answered>).$metadata);
      throw error;
    }
  }

  /** Whether to retry after a failed attempt, if the SDK would. */
  private isTriedAgain({ isThrottled }: FailedAttempt): boolean {
    const { attempts } = this;
    if (isThrottled) {
      this.isThrottled = true;
      return attempts.outlastsThrottling;
    }
    attempts.failures += 1;
    return attempts.failures < this.options.attempts;
  }

  private connect(sdk: typeof Sdk): FSxClient {
    const { credentials, region } = this.options;
    const client = withSignalPerAttempt(
      new sdk.FSxClient({
        region,
        maxAttempts: MOST_ATTEMPTS,
        requestHandler: {
          connectionTimeout: 5_000,
          requestTimeout: 15_000,
          throwOnRequestTimeout: true,
        },
        ...(credentials && clientSettings('FSX', credentials)),
      }),
    );
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
          const { mayHaveActed } = await import('./errors');
          if (mayHaveActed(thrown)) attempts.isOpen = true;
          throw thrown;
        }
      },
      // Inside the SDK's retries, around one attempt and the parsing of its response.
      { step: 'finalizeRequest', priority: 'low', name: 'rememberAttempts' },
    );
    return client;
  }
}

/** Sends one command of the SDK. */
type Send<T> = (
  sdk: typeof Sdk,
  client: FSxClient,
  options: { abortSignal: AbortSignal },
) => Promise<T>;

/** Loaded when there is a response. */
const responses = () => import('./response');
