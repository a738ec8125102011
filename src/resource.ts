import type { Action, HandlerRequest, ActionResult } from './actions/action';
import { readCallbackContext } from './actions/callback-context';
import type { Durations } from './actions/next-invocation';
import { Fsx, type FsxCall } from './fsx/client';
import { isFileSystemId } from './fsx/ids';
import { HandlerError } from './handler-error';
import { parseTypeConfiguration } from './lustre/account/type-configuration';
import { LONGEST_MESSAGE } from './lustre/violations';
import { cut } from './lustre/wording';
import type { InvocationLog, LogRecord } from './runtime/invocation-log';
import type { HandlerResponse } from './runtime/response';
import type { RegistryRequest } from './runtime/request';

interface ActionPlan extends Durations {
  /** Loads the action when it is requested, so that a read handler does not parse the rules of a creation. */
  load: () => Promise<Action>;
  /** The most attempts at one FSx call when FSx fails or does not respond. */
  attempts: number;
  /** Whether CloudFormation invokes the action again, so that a throttled call can wait for the next invocation. */
  callsBack: boolean;
  /** The time in which the invocation may call FSx, in milliseconds. */
  deadline: number;
}

/** CloudFormation's time limit is 30 seconds for READ and LIST, and 60 seconds for the others. */
const ACTIONS: Readonly<Record<RegistryRequest['action'], ActionPlan>> = {
  // Without an ID, the action cannot return IN_PROGRESS, so it can only retry.
  CREATE: {
    load: async () => (await import('./actions/create')).create,
    attempts: 8,
    callsBack: true,
    deadline: 50_000,
    // A creation takes five to eight minutes.
    shortest: 270,
    timeoutMinutes: 360,
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
    timeoutMinutes: 600,
  },
  DELETE: {
    load: async () => (await import('./actions/delete')).remove,
    attempts: 3,
    callsBack: true,
    deadline: 40_000,
    timeoutMinutes: 360,
  },
  LIST: {
    load: async () => (await import('./actions/list')).list,
    attempts: 4,
    callsBack: false,
    deadline: 22_000,
  },
};

/** Handles one request. In all cases, it returns a message for the user and writes a line to the log. */
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

/** The longest step name in the log. The callback context is input from outside. */
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

/** The location of an error in this program. Its message may contain a property's value; its location cannot. */
function aboutFault(thrown: unknown): LogRecord {
  if (!(thrown instanceof Error)) return { fault: typeof thrown };
  return { fault: thrown.name, at: /\n\s+at (.*)/.exec(thrown.stack ?? '')?.[1] };
}

async function perform(
  request: RegistryRequest,
  observe: (call: FsxCall) => void,
): Promise<ActionResult> {
  const { load, attempts, callsBack, deadline, ...durations } = ACTIONS[request.action];
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
    const outcome = await action(invocation);
    if (outcome.status !== 'IN_PROGRESS') return outcome;
    const { nextInvocation } = await import('./actions/next-invocation');
    return nextInvocation(outcome, invocation, durations);
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
  // An invalid type configuration is ignored, except by CREATE and UPDATE, which fail.
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

/** The response to an error in this program. It says so, without a stack trace. */
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
