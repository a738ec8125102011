import { create } from './actions/create';
import { remove } from './actions/delete';
import type { Action, Invocation, Outcome } from './actions/invocation';
import { list } from './actions/list';
import { read } from './actions/read';
import { update } from './actions/update';
import { Fsx } from './fsx/client';
import { fromFsx, HandlerError } from './fsx/errors';
import { parseTypeConfiguration } from './lustre/type-configuration';
import { ResourceModel } from './models';
import {
  HandlerErrorCode,
  OperationStatus,
  ProgressEvent,
  RegistryResource,
  type RegistryRequest,
} from './runtime/registry-resource';

interface ActionPlan {
  action: Action;
  /** How often one FSx call is tried. */
  attempts: number;
  /** How long the invocation may try to reach FSx, in milliseconds. */
  deadline: number;
}

/** CloudFormation gives READ and LIST 30 seconds and the others 60. */
const ACTIONS: Readonly<Record<string, ActionPlan>> = {
  // As long as there is no id to wait with, trying again is all there is.
  CREATE: { action: create, attempts: 8, deadline: 40_000 },
  READ: { action: read, attempts: 4, deadline: 22_000 },
  UPDATE: { action: update, attempts: 3, deadline: 40_000 },
  DELETE: { action: remove, attempts: 3, deadline: 40_000 },
  LIST: { action: list, attempts: 4, deadline: 22_000 },
};

/** The actions that the account's configuration has a say in. */
const CONFIGURED: ReadonlySet<string> = new Set(['CREATE', 'UPDATE']);

export const resource = new RegistryResource(ResourceModel, answer);

/** Carries out one request; whatever happens, the answer is a progress event with a message for the user. */
async function answer(request: RegistryRequest): Promise<ProgressEvent<ResourceModel>> {
  try {
    return toEvent(await perform(request));
  } catch (thrown) {
    const error = thrown instanceof HandlerError ? thrown : unexpected(thrown, request);
    return ProgressEvent.failed(HandlerErrorCode[error.code], error.message);
  }
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
    return await action(await toInvocation(request, fsx, configuration));
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
    Source === 'PRICE_LIST'
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
