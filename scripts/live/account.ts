import { type Aws, AwsError, type Parameters } from '../aws';

/** Something in the account is not as it should be. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
}

/** How to wait: what for, how long between two looks, and how often to look before giving up. */
export interface WaitOptions {
  pause: (seconds: number) => Promise<void>;
  what: string;
  seconds: number;
  attempts: number;
}

/**
 * Looks until it is there.
 * @throws LiveError after the last look.
 */
export async function until(
  isThere: () => Promise<boolean>,
  { attempts, pause, seconds, what }: WaitOptions,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (await isThere()) return;
    await pause(seconds);
  }
  throw new LiveError(`gave up after ${(attempts * seconds) / 60} minutes of waiting for ${what}`);
}

/** What a test in an account asks of it and does to it. */
export class Account {
  constructor(readonly aws: Aws) {}

  /** What a stack is doing; nothing where there is none. */
  async stackStatus(StackName: string): Promise<string | undefined> {
    const answer = (await this.ask(
      'cloudformation',
      'describe-stacks',
      { StackName },
      'ValidationError',
    )) as { Stacks: { StackStatus: string }[] } | undefined;
    return answer?.Stacks[0]?.StackStatus;
  }

  async outputs(StackName: string): Promise<Record<string, string>> {
    const { Stacks } = (await this.aws.call('cloudformation', 'describe-stacks', {
      StackName,
    })) as { Stacks: { Outputs?: { OutputKey: string; OutputValue: string }[] }[] };
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
  }

  /** The file systems that a stack holds, also one whose creation failed. */
  async fileSystemsOf(StackName: string): Promise<string[]> {
    const { StackResources = [] } = (await this.aws.call(
      'cloudformation',
      'describe-stack-resources',
      { StackName },
    )) as { StackResources?: { PhysicalResourceId?: string }[] };
    const ids = StackResources.map(({ PhysicalResourceId = '' }) => PhysicalResourceId);
    return ids.filter((id) => id.startsWith('fs-'));
  }

  async deleteStack(StackName: string): Promise<void> {
    await this.aws.call('cloudformation', 'delete-stack', { StackName });
    await this.wait('stack-delete-complete', StackName);
  }

  /** @throws AwsError with what failed first in the stack, where CloudFormation tells it. */
  async wait(state: string, StackName: string, more: Parameters = {}): Promise<void> {
    try {
      await this.aws.call('cloudformation', ['wait', state], { StackName, ...more });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const failure = await this.#firstFailure(StackName).catch(() => undefined);
      throw failure ? new AwsError(`${error.message}\n${failure}`, error.code) : error;
    }
  }

  async #firstFailure(StackName: string): Promise<string | undefined> {
    const { StackEvents = [] } = (await this.aws.call('cloudformation', 'describe-stack-events', {
      StackName,
    })) as { StackEvents?: StackEvent[] };
    // The newest comes first.
    const failed = StackEvents.findLast(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED'));
    return failed && `${failed.LogicalResourceId}: ${failed.ResourceStatusReason ?? ''}`;
  }

  /** The file systems with this tag `Name`, whoever holds them. */
  async fileSystemsNamed(name: string): Promise<string[]> {
    const { FileSystems = [] } = (await this.aws.call('fsx', 'describe-file-systems')) as {
      FileSystems?: { FileSystemId: string; Tags?: { Key: string; Value: string }[] }[];
    };
    return FileSystems.filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === 'Name' && Value === name),
    ).map(({ FileSystemId }) => FileSystemId);
  }

  /** What FSx says of a file system; nothing where there is none. */
  async fileSystem(id: string): Promise<FileSystem | undefined> {
    const answer = (await this.ask(
      'fsx',
      'describe-file-systems',
      { FileSystemIds: [id] },
      'FileSystemNotFound',
    )) as { FileSystems: FileSystem[] } | undefined;
    return answer?.FileSystems[0];
  }

  async deleteFileSystem(FileSystemId: string): Promise<void> {
    await this.aws.call('fsx', 'delete-file-system', { FileSystemId });
  }

  async backupsOf(id: string): Promise<string[]> {
    const { Backups = [] } = (await this.aws.call('fsx', 'describe-backups', {
      Filters: [{ Name: 'file-system-id', Values: [id] }],
    })) as { Backups?: { BackupId: string }[] };
    return Backups.map(({ BackupId }) => BackupId);
  }

  /** The answer to a question, or nothing where it is the one error that means no. */
  async ask(
    service: string,
    operation: string,
    parameters: Parameters,
    no: string,
  ): Promise<unknown> {
    try {
      return await this.aws.call(service, operation, parameters);
    } catch (error) {
      if (error instanceof AwsError && error.code === no) return undefined;
      throw error;
    }
  }
}

interface StackEvent {
  LogicalResourceId: string;
  ResourceStatus: string;
  ResourceStatusReason?: string;
}

export interface FileSystem {
  Lifecycle: string;
  LustreConfiguration: Readonly<Record<string, unknown>>;
}
