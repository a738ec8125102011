import type { Action, Invocation, Outcome } from './actions/invocation';
import { fileSystemId } from './actions/door';
import { Fsx } from './fsx/client';
import { fromFsx, HandlerError } from './fsx/errors';
import { parseTypeConfiguration } from './lustre/type-configuration';
import type { Journal, Note } from './runtime/journal';
import type { Answer } from './runtime/lambda';
import type { RegistryRequest } from './runtime/request';

interface ActionPlan {
  /** Each is loaded when it is asked for: a read parses none of the rules of a creation. */
  load: () => Promise<Action>;
  /** How often one FSx call is tried. */
  attempts: number;
  /** How long the invocation may try to reach FSx, in milliseconds. */
  deadline: number;
}

/** CloudFormation gives READ and LIST 30 seconds and the others 60. */
const ACTIONS: Readonly<Record<RegistryRequest['action'], ActionPlan>> = {
  // As long as there is no id to wait with, trying again is all there is.
  CREATE: { load: async () => (await import('./actions/create')).create, attempts: 8, deadline: 40_000 },
  READ: { load: async () => (await import('./actions/read')).read, attempts: 4, deadline: 22_000 },
  UPDATE: { load: async () => (await import('./actions/update')).update, attempts: 3, deadline: 40_000 },
  DELETE: { load: async () => (await import('./actions/delete')).remove, attempts: 3, deadline: 40_000 },
  LIST: { load: async () => (await import('./actions/list')).list, attempts: 4, deadline: 22_000 },
};

/** The actions that the account's configuration has a say in. */
const CONFIGURED: ReadonlySet<string> = new Set(['CREATE', 'UPDATE']);

/** Carries out one request; whatever happens, the answer has a message for the user and a line in the journal. */
export async function answer(request: RegistryRequest, journal: Journal): Promise<Answer> {
  const begun = Date.now();
  const about = aboutRequest(request);
  const observe = (call: Note) => {
    journal.note({ event: 'fsx', ...about, ...call });
  };
  const end = (note: Note) => {
    journal.note({ event: 'answer', ...about, ...note, ms: Date.now() - begun });
  };
  try {
    const outcome = await perform(request, observe);
    const { FileSystemId } = 'model' in outcome ? outcome.model : {};
    end({ status})
    return toAnswer(outcome);
  } catch (thrown) {
    const error = thrown instanceof HandlerError ? thrown : unexpected(thrown, request);
    end({ status: 'FAILED', outcome: error.code, ...traceOf(thrown)});
    return { status: 'FAILED', errorCode: error.code, message: shortened(error.message) };
  }
}

/** CloudFormation shows no more of a message. */
const LONGEST_MESSAGE = 1024;

function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`;
}

async function perform(request: RegistryRequest): Promise<Outcome> {
  const { action, attempts, deadline } =
    ACTIONS[request.action] ??
    fail('InvalidRequest', `${request.action} is not an action of a resource type.`);
  const { configuration, problems } = parseTypeConfiguration(request.typeConfiguration);
  // What exists can be read and deleted, and what has begun goes on, whatever the configuration says today.
  const begins =
    CONFIGURED.has(request.action) && Object.keys(request.callbackContext).length === 0;
  if (begins && problems.length > 0)
    fail(
      'InvalidTypeConfiguration',
      `The configuration of this type is not valid: ${problems.join(' ')}`,
    );
  const fsx = new Fsx({
    region: request.region,
    attempts,
    deadline,
    ...(request.credentials && { credentials: request.credentials }),
  });
  try {
    // What is wrong with it is told where something begins; until it is mended, nothing of it holds.
    return await action(await toInvocation(request, fsx, problems.length > 0 ? {} : configuration));
  } finally {
    fsx.close();
  }
}

async function toInvocation(
  request: RegistryRequest,
  fsx: Fsx,
  configuration: Invocation['configuration'],
): Promise<Invocation> {
  const { accountId, bearerToken, credentials, logicalResourceId, nextToken, region } = request;
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
    callback: request.callbackContext,
    rollback: request.rollback,
    ...(nextToken !== undefined && { nextToken }),
    configuration,
    pricing: { region, discountPercent: DiscountPercent, ...(book && { book }) },
  };
}

function toEvent(outcome: Outcome): ProgressEvent<ResourceModel> {
  const event = new ProgressEvent<ResourceModel>({ status: OperationStatus.Success });
  if (outcome.status === 'IN_PROGRESS') {
    event.status = OperationStatus.InProgress;
    event.message = outcome.message;
    event.callbackContext = outcome.callback;
    event.callbackDelaySeconds = outcome.delaySeconds;
  } else {
    if (outcome.models) event.resourceModels = outcome.models.map(toResourceModel);
    if (outcome.nextToken !== undefined) event.nextToken = outcome.nextToken;
  }
  if ('model' in outcome) event.resourceModel = toResourceModel(outcome.model);
  return event;
}

function toResourceModel(model: object): ResourceModel {
  return ResourceModel.deserialize(model as Record<string, unknown>);
}

/** A fault of this program: named as such, without a trace. */
function unexpected(thrown: unknown, { action }: RegistryRequest): HandlerError {
  const { code, message } = fromFsx(thrown, action);
  return new HandlerError(code === 'GeneralServiceException' ? 'InternalFailure' : code, message, {
    cause: thrown,
  });
}

function fail(code: HandlerError['code'], message: string): never {
  throw new HandlerError(code, message);
}
