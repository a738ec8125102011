import type { Action, HandlerRequest, ActionResult } from './actions/action';
import { readCallbackContext } from './actions/callback-context';
import { paced } from './actions/pacing';
import { Fsx, type FsxCall } from './fsx/client';
import { isFileSystemId } from './fsx/ids';
import { HandlerError } from './handler-error';
import { parseTypeConfiguration } from './lustre/account/type-configuration';
import { LONGEST_MESSAGE } from './lustre/violations';
import { cut } from './lustre/wording';
import type { InvocationLog, LogRecord } from './runtime/invocation-log';
import type { HandlerResponse } from './runtime/response';
import type { RegistryRequest } from './runtime/request';

interface ActionPlan {
  /** Each is loaded when it is asked for: a read parses none of the rules of a creation. */
  load: () => Promise<Action>;
  /** How often one FSx call is tried when FSx fails or does not answer. */
  attempts: number;
  /** Whether CloudFormation invokes it again, so that a throttled call may wait for that. */
  callsBack: boolean;
  /** How long the invocation may try to reach FSx, in milliseconds. */
  deadline: number;
  /** Seconds that the operation takes FSx at least, where that is known. */
  shortest?: number;
}

/** CloudFormation gives READ and LIST 30 seconds and the others 60. */
const ACTIONS: Readonly<Record<RegistryRequest['action'], ActionPlan>> = {
  // As long as there is no id to wait with, trying again is all there is.
  CREATE: {
    load: async () => (await import('./actions/create')).create,
    attempts: 8,
    callsBack: true,
    deadline: 50_000,
    // Five to eight minutes.
    shortest: 270,
  },
  READ: {
    load: async () => (await import('./actions/read')).read,
    attempts: 4,
    callsBack: false,
    deadline: 22_000,
  },
  UPDATE: {
    load: async () => (await import('./actions/update')).update,
    attempts: 3,
    callsBack: true,
    deadline: 40_000,
  },
  DELETE: {
    load: async () => (await import('./actions/delete')).remove,
    attempts: 3,
    callsBack: true,
    deadline: 40_000,
  },
  LIST: {
    load: async () => (await import('./actions/list')).list,
    attempts: 4,
    callsBack: false,
    deadline: 22_000,
  },
};

/** Carries out one request; whatever happens, the answer has a message for the user, and the log a line. */
export async function answer(
  request: RegistryRequest,
  log: InvocationLog,
): Promise<HandlerResponse> {
  const begun = Date.now();
  const about = aboutRequest(request);
  const end = (note: LogRecord) => {
    log.write({ event: 'answer', ...about, ...note, ms: Date.now() - begun });
  };
  try {
    const outcome = await perform(request, (call) => {
      log.write({ event: 'fsx', ...about, ...call });
    });
    end(aboutOutcome(outcome));
    return toResponse(outcome);
  } catch (thrown) {
    const error = thrown instanceof HandlerError ? thrown : await unexpected(thrown, request);
    end({ outcome: error.code, ...(error.code === 'InternalFailure' && aboutFault(thrown)) });
    return {
      status: 'FAILED',
      errorCode: error.code,
      message: cut(error.message, LONGEST_MESSAGE),
    };
  }
}

/** The context comes back from outside. */
const LONGEST_STEP = 40;

function aboutRequest({ callbackContext, desired }: RegistryRequest): LogRecord {
  const { FileSystemId } = desired;
  const step = readCallbackContext(callbackContext).step?.name;
  return {
    fileSystemId: isFileSystemId(FileSystemId) ? FileSystemId : undefined,
    step: step && cut(step, LONGEST_STEP),
  };
}

function aboutOutcome(outcome: ActionResult): LogRecord {
  const { status } = outcome;
  if (status === 'SUCCESS') return { outcome: status };
  const { callback, delaySeconds, model } = outcome;
  return {
    outcome: status,
    fileSystemId: model.FileSystemId,
    step: callback.step?.name,
    delaySeconds,
  };
}

/** Where this program failed: the message may hold a property's value, its place cannot. */
function aboutFault(thrown: unknown): LogRecord {
  if (!(thrown instanceof Error)) return { fault: typeof thrown };
  return { fault: thrown.name, at: /\n\s+at (.*)/.exec(thrown.stack ?? '')?.[1] };
}

async function perform(
  request: RegistryRequest,
  observe: (call: FsxCall) => void,
): Promise<ActionResult> {
  const { load, attempts, callsBack, deadline, shortest } = ACTIONS[request.action];
  const { configuration, problems } = parseTypeConfiguration(request.typeConfiguration);
  const fsx = new Fsx({
    region: request.region,
    attempts,
    callsBack,
    deadline,
    observe,
    ...(request.credentials && { credentials: request.credentials }),
  });
  try {
    const action = await load();
    const invocation = await toInvocation(request, fsx, { configuration, problems });
    return paced(await action(invocation), invocation, shortest);
  } finally {
    fsx.close();
  }
}

async function toInvocation(
  request: RegistryRequest,
  fsx: Fsx,
  given: ReturnType<typeof parseTypeConfiguration>,
): Promise<HandlerRequest> {
  const { accountId, bearerToken, credentials, logicalResourceId, nextToken, region } = request;
  // A configuration with problems is ignored, except where CREATE and UPDATE fail because of them.
  const configuration = given.problems.length > 0 ? {} : given.configuration;
  const { Source, DiscountPercent = 0 } = configuration.Pricing ?? {};
  const book =
    Source === 'PRICE_LIST' && request.action !== 'DELETE'
      ? await (await import('./pricing/price-list')).priceListBook(region, credentials)
      : undefined;
  return {
    fsx,
    desired: request.desired,
    previous: request.previous,
    stackTags: request.stackTags,
    previousStackTags: request.previousStackTags,
    token: [accountId, region, logicalResourceId, bearerToken].join('/'),
    callback: readCallbackContext(request.callbackContext),
    rollback: request.rollback,
    ...(nextToken !== undefined && { nextToken }),
    configuration,
    configurationProblems: given.problems,
    pricing: { region, discountPercent: DiscountPercent, ...(book && { book }) },
  };
}

function toResponse(outcome: ActionResult): HandlerResponse {
  if (outcome.status === 'IN_PROGRESS') {
    const { callback, delaySeconds, message, model, status } = outcome;
    return {
      status,
      message: cut(message, LONGEST_MESSAGE),
      callbackContext: callback,
      callbackDelaySeconds: delaySeconds,
      resourceModel: model,
    };
  }
  const { message, model, models, nextToken, status } = outcome;
  return {
    status,
    ...(message !== undefined && { message: cut(message, LONGEST_MESSAGE) }),
    ...(model && { resourceModel: model }),
    ...(models && { resourceModels: models }),
    ...(nextToken !== undefined && { nextToken }),
  };
}

/** A fault of this program: named as such, without a trace. */
async function unexpected(
  thrown: unknown,
  { action, credentials }: RegistryRequest,
): Promise<HandlerError> {
  const { fromFsx } = await import('./fsx/errors');
  const { code, message } = fromFsx(thrown, action, { credentials });
  return new HandlerError(code === 'GeneralServiceException' ? 'InternalFailure' : code, message, {
    cause: thrown,
  });
}
