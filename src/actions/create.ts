import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { isPersistent } from '../fsx/description';
import { createFromBackupInput, createInput, deleteInput } from '../fsx/requests';
import { LONGEST_MESSAGE } from '../lustre/violations';
import { cut } from '../lustre/wording';
import { candidates, nameCandidates } from './candidates';
import { clientRequestToken } from './client-request-token';
import { notFound, fileSystemId, invalidConfiguration, parseCreation } from './request';
import type { HandlerRequest, ActionResult } from './action';
import { describeState, failureDetails, waitOutUnknown } from './lifecycle';
import { toModel } from './model';
import { MAX_TRANSIENT_ERRORS, retryWhileTransient, inProgress } from './stabilization';

/** Checks everything, creates the file system once, stabilizes, and describes it. */
export async function create(invocation: HandlerRequest): Promise<ActionResult> {
  return invocation.callback.started ? stabilize(invocation) : start(invocation);
}

async function start(invocation: HandlerRequest): Promise<ActionResult> {
  const { configurationProblems: problems, fsx, token } = invocation;
  try {
    if (problems.length > 0) throw invalidConfiguration(problems);
    const { properties, tags } = parseCreation(invocation);
    const { BackupId } = properties;
    const creation =
      BackupId === undefined
        ? fsx.create(createInput(properties, tags, clientRequestToken(token)))
        : fsx.createFromBackup(
            createFromBackupInput({ ...properties, BackupId }, tags, clientRequestToken(token)),
          );
    return progress(invocation, await creation, 'Creation of the file system has begun.');
  } catch (error) {
    throw error instanceof HandlerError ? await withCandidates(invocation, error) : error;
  }
}

/**
 * A failure before an ID is known, with the file systems that may have been created nevertheless: by a call without a
 * response, or by an earlier delivery of this event whose function was terminated. CloudFormation accepts no IN_PROGRESS
 * without an id (https://repost.aws/knowledge-center/cloudformation-physical-resource-error), so they are looked for in this
 * invocation.
 */
async function withCandidates(
  invocation: HandlerRequest,
  error: HandlerError,
): Promise<HandlerError> {
  if (!mayHaveCreated(error)) return error;
  const found = nameCandidates((await candidates(invocation)) ?? []);
  const warning = found ?? (error.mayHaveActed ? UNKNOWN_OUTCOME : undefined);
  if (warning === undefined) return error;
  const said = cut(error.message, LONGEST_MESSAGE - warning.length - 1);
  return new HandlerError(error.code, `${said} ${warning}`, { cause: error });
}

const UNKNOWN_OUTCOME =
  'FSx may still have created a file system. Retrying this operation finds it. If you do not retry, check the FSx console for a file system that was just created, and delete it.';

/**
 * Whether a file system may exist despite a failure. Refusals by this type and throttled calls create nothing, whether this is
 * the first delivery of the event or a later one.
 */
function mayHaveCreated({ cause, code, mayHaveActed }: HandlerError): boolean {
  return (
    mayHaveActed ||
    code === 'InvalidTypeConfiguration' ||
    (cause !== undefined && code !== 'Throttling')
  );
}

async function stabilize(invocation: HandlerRequest): Promise<ActionResult> {
  const id = fileSystemId(invocation);
  if (id === undefined) throw notFound(invocation);
  return retryWhileTransient(invocation, { FileSystemId: id }, async () => {
    const fileSystem = await invocation.fsx.describe(id);
    const { failed } = invocation.callback;
    if (failed !== undefined && (!fileSystem || fileSystem.Lifecycle === 'DELETING'))
      throw notCreated(failed, ABANDONED);
    if (!fileSystem && (invocation.callback.unseen ?? 0) < MAX_DESCRIBE_MISSES)
      return describeMiss(invocation, id);
    if (!fileSystem)
      throw new HandlerError(
        'NotStabilized',
        `File system ${id} was deleted before its creation was complete.`,
      );
    switch (fileSystem.Lifecycle) {
      case 'AVAILABLE':
      case 'UPDATING':
        return { status: 'SUCCESS', model: toModel(fileSystem, invocation) };
      case 'FAILED':
      case 'MISCONFIGURED':
      case 'MISCONFIGURED_UNAVAILABLE':
        return deleteFailedCreation(invocation, fileSystem, id);
      case 'DELETING':
        throw new HandlerError(
          'NotStabilized',
          `File system ${id} is being deleted before its creation is complete.`,
        );
      case 'CREATING':
        return progress(invocation, fileSystem, 'FSx is creating the file system.');
      default:
        return (
          waitOutUnknown(fileSystem, toModel(fileSystem, invocation), invocation.callback) ??
          giveUp(fileSystem)
        );
    }
  });
}

/** The most consecutive descriptions without a file system that was just created. Descriptions lag behind. */
const MAX_DESCRIBE_MISSES = 6;

function describeMiss({ callback }: HandlerRequest, id: string): ActionResult {
  const { unseen = 0 } = callback;
  return inProgress({ FileSystemId: id }, 'FSx does not describe the file system yet.', {
    ...callback,
    unseen: unseen + 1,
  });
}

/** A file system in an unknown state is not deleted by the handler, because it may be what the template asks for. */
function giveUp(fileSystem: FileSystem): never {
  throw new HandlerError(
    'NotStabilized',
    `${describeState(fileSystem)} The operation stopped waiting for it. Check it in the FSx console, and delete it there if the stack does not roll back.`,
  );
}

const ABANDONED = 'The failed file system is being deleted.';

/** A file system whose creation failed has no data, but FSx bills it until it is deleted. */
function deleteFailedCreation(
  invocation: HandlerRequest,
  fileSystem: FileSystem,
  id: string,
): Promise<ActionResult> {
  const { fsx, token } = invocation;
  const failed = `FSx could not create file system ${id}: ${failureDetails(fileSystem)}`;
  const persistent = isPersistent(fileSystem);
  // If the response is lost, FSx may no longer describe the reason.
  const callback = { ...invocation.callback, failed };
  return retryWhileTransient({ ...invocation, callback }, { FileSystemId: id }, async () => {
    let outcome = ABANDONED;
    try {
      await fsx.delete(deleteInput(id, clientRequestToken(`${token}/abandon`), { persistent }));
    } catch (error) {
      if (!(error instanceof HandlerError)) throw error;
      const again = (callback.setbacks ?? 0) < MAX_TRANSIENT_ERRORS;
      if (again && error.isTransient) throw error;
      if (error.code !== 'NotFound')
        outcome = `The failed file system could not be deleted, so delete it manually: ${cut(error.plain, LONGEST_REFUSAL)}`;
    }
    throw notCreated(failed, outcome);
  });
}

/** UTF-16 code units of a refusal. Leaves room for the reason of the failed creation. */
const LONGEST_REFUSAL = 400;

function notCreated(failed: string, outcome: string): HandlerError {
  const why = cut(failed, LONGEST_MESSAGE - outcome.length - 1);
  return new HandlerError('NotStabilized', `${why} ${outcome}`);
}

function progress(
  invocation: HandlerRequest,
  fileSystem: FileSystem,
  message: string,
): ActionResult {
  return inProgress(toModel(fileSystem, invocation), message, {
    started: true,
    waited: invocation.callback.waited ?? 0,
  });
}
