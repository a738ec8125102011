import {
  CreateFileSystemCommand,
  CreateFileSystemFromBackupCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  type CreateFileSystemCommandInput,
  type CreateFileSystemFromBackupCommandInput,
  type DeleteFileSystemCommandInput,
  type FileSystem,
  type FSxClientConfig,
  type Tag,
  type UpdateFileSystemCommandInput,
} from '@aws-sdk/client-fsx';
import { fromFsx, HandlerError } from './errors';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface FsxOptions {
  region: string;
  /** Without them the SDK looks where it always looks (environment, role of the function). */
  credentials?: Credentials;
  /** How often a call is tried when FSx throttles, fails or does not answer. */
  attempts: number;
  /** Milliseconds after which every call of this invocation is given up, retries included. */
  deadline: number;
}

/** The FSx operations of this type, each failing with a {@link HandlerError} only. One instance serves one invocation. */
export class Fsx {
  private readonly client: FSxClient;
  private readonly abortSignal: AbortSignal;

  constructor({ attempts, region, credentials, deadline }: FsxOptions) {
    const config: FSxClientConfig = {
      region,
      maxAttempts: attempts,
      requestHandler: {
        connectionTimeout: 5_000,
        requestTimeout: 15_000,
        throwOnRequestTimeout: true,
      },
    };
    if (credentials) config.credentials = credentials;
    this.client = new FSxClient(config);
    this.abortSignal = AbortSignal.timeout(deadline);
  }

  /** Creates a file system, or returns the one that the same ClientRequestToken created before. */
  async create(input: CreateFileSystemCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call('CreateFileSystem', () =>
      this.client.send(new CreateFileSystemCommand(input), this.options),
    );
    return present(FileSystem, 'CreateFileSystem');
  }

  /** As {@link create}, from a backup. */
  async createFromBackup(input: CreateFileSystemFromBackupCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call('CreateFileSystemFromBackup', () =>
      this.client.send(new CreateFileSystemFromBackupCommand(input), this.options),
    );
    return present(FileSystem, 'CreateFileSystemFromBackup');
  }

  /** The Lustre file system with this id; undefined when there is none or it is of another type. */
  async describe(fileSystemId: string): Promise<FileSystem | undefined> {
    try {
      const { FileSystems } = await this.call('DescribeFileSystems', () =>
        this.client.send(
          new DescribeFileSystemsCommand({ FileSystemIds: [fileSystemId] }),
          this.options,
        ),
      );
      return FileSystems?.find(isLustre);
    } catch (error) {
      if (error instanceof HandlerError && error.code === 'NotFound') return undefined;
      throw error;
    }
  }

  /** One page of the account's Lustre file systems; a page may be empty although more follow. */
  async page(nextToken?: string): Promise<{ fileSystems: FileSystem[]; nextToken?: string }> {
    const { FileSystems = [], NextToken } = await this.call('DescribeFileSystems', () =>
      this.client.send(
        new DescribeFileSystemsCommand(nextToken ? { NextToken: nextToken } : {}),
        this.options,
      ),
    );
    return {
      fileSystems: FileSystems.filter(isLustre),
      ...(NextToken && { nextToken: NextToken }),
    };
  }

  async update(input: UpdateFileSystemCommandInput): Promise<FileSystem> {
    const { FileSystem } = await this.call('UpdateFileSystem', () =>
      this.client.send(new UpdateFileSystemCommand(input), this.options),
    );
    return present(FileSystem, 'UpdateFileSystem');
  }

  async delete(input: DeleteFileSystemCommandInput): Promise<void> {
    await this.call('DeleteFileSystem', () =>
      this.client.send(new DeleteFileSystemCommand(input), this.options),
    );
  }

  async tag(resourceArn: string, tags: Tag[]): Promise<void> {
    await this.call('TagResource', () =>
      this.client.send(
        new TagResourceCommand({ ResourceARN: resourceArn, Tags: tags }),
        this.options,
      ),
    );
  }

  async untag(resourceArn: string, keys: string[]): Promise<void> {
    await this.call('UntagResource', () =>
      this.client.send(
        new UntagResourceCommand({ ResourceARN: resourceArn, TagKeys: keys }),
        this.options,
      ),
    );
  }

  /** Lets go of the connections; the instance is not used afterwards. */
  close(): void {
    this.client.destroy();
  }

  private get options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.abortSignal };
  }

  private async call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw fromFsx(error, operation);
    }
  }
}

function isLustre(fileSystem: FileSystem): boolean {
  return fileSystem.FileSystemType === 'LUSTRE';
}

function present(fileSystem: FileSystem | undefined, operation: string): FileSystem {
  if (fileSystem) return fileSystem;
  throw new HandlerError(
    'ServiceInternalError',
    `FSx ${operation}: the answer holds no file system.`,
  );
}
