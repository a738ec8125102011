/** Actions against answers of FSx that a test makes up, without HTTP and without a clock. */
import type { FileSystem } from '@aws-sdk/client-fsx';
import type {
  Action,
  ActionResult,
  CallbackContext,
  HandlerRequest,
} from '../../src/actions/action';
import type { Fsx } from '../../src/fsx/client';
import { HandlerError } from '../../src/handler-error';

export const ID = 'fs-0123456789abcdef0';
const ARN = `arn:aws:fsx:us-east-1:123456789012:file-system/${ID}`;

type Operations = Omit<Fsx, 'close'>;

/** FSx, as far as a test needs it: an operation that it does not name fails the test. */
export function fakeFsx(operations: Partial<Operations>): Fsx {
  return { wasThrottled: false, ...operations } as Partial<Fsx> as Fsx;
}

/** What FSx describes of a file system that is available, but for the changes. */
export function described(changes: Partial<FileSystem> = {}): FileSystem {
  return {
    FileSystemId: ID,
    FileSystemType: 'LUSTRE',
    ResourceARN: ARN,
    Lifecycle: 'AVAILABLE',
    StorageCapacity: 1200,
    StorageType: 'SSD',
    SubnetIds: ['subnet-0123456789abcdef0'],
    LustreConfiguration: {
      DeploymentType: 'PERSISTENT_2',
      PerUnitStorageThroughput: 250,
      DataCompressionType: 'NONE',
    },
    ...changes,
  };
}

/** The properties of {@link described}, as a template gives them. */
export const PROPERTIES = {
  FileSystemId: ID,
  StorageCapacity: '1200',
  StorageType: 'SSD',
  DeploymentType: 'PERSISTENT_2',
  PerUnitStorageThroughput: '250',
  DataCompressionType: 'NONE',
  SubnetIds: ['subnet-0123456789abcdef0'],
};

export function requestTo(fsx: Fsx, changes: Partial<HandlerRequest> = {}): HandlerRequest {
  return {
    fsx,
    desired: PROPERTIES,
    previous: PROPERTIES,
    stackTags: {},
    previousStackTags: {},
    token: '123456789012/us-east-1/Fs/token',
    callback: {},
    rollback: false,
    configuration: {},
    configurationProblems: [],
    pricing: { region: 'us-east-1' },
    ...changes,
  };
}

/** An operation from its first invocation to its end. */
export interface Course {
  /** What CloudFormation was told to wait, in seconds, in order. */
  readonly delays: readonly number[];
  /** What it was told meanwhile. */
  readonly messages: readonly string[];
  readonly callback: CallbackContext;
  readonly end: ActionResult | HandlerError;
}

const MOST_INVOCATIONS = 1000;

/** Invokes an action as CloudFormation does, until it has ended. */
export async function run(action: Action, request: HandlerRequest): Promise<Course> {
  const delays: number[] = [];
  const messages: string[] = [];
  let { callback } = request;
  while (delays.length < MOST_INVOCATIONS) {
    const end = await action({ ...request, callback }).catch((error: unknown) => {
      if (error instanceof HandlerError) return error;
      throw error;
    });
    if (end instanceof HandlerError || end.status !== 'IN_PROGRESS')
      return { delays, messages, callback, end };
    delays.push(end.delaySeconds);
    messages.push(end.message);
    callback = JSON.parse(JSON.stringify(end.callback)) as CallbackContext;
  }
  throw new Error('The operation has no end.');
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** As {@link Fsx} fails. */
export const refusal = (
  code: HandlerError['code'],
  message = 'FSx UpdateFileSystem: No.',
): HandlerError => new HandlerError(code, message, { cause: new Error(message) });
