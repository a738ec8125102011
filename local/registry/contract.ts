import { isObject } from './protocol';
import type { Action, ProgressEvent, Properties } from './protocol';

/**
 * Thrown for a handler that violates the registry's contract: CloudFormation would fail the operation, whatever the handler
 * intended.
 */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';

  constructor(action: Action, problem: string) {
    super(`${action}: ${problem}`);
  }
}

/** The expectations that a progress event is checked against. */
export interface Expectation {
  action: Action;
  /** The property that is the primary identifier. */
  identifier: string;
  /** Its value, once it is known. */
  known: unknown;
}

type Check = (progress: ProgressEvent, expected: Expectation) => string | false;

/** HandlerErrorCode of https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RecordHandlerProgress.html */
const ERROR_CODES: ReadonlySet<unknown> = new Set([
  'NotUpdatable',
  'InvalidRequest',
  'AccessDenied',
  'InvalidCredentials',
  'AlreadyExists',
  'NotFound',
  'ResourceConflict',
  'Throttling',
  'ServiceLimitExceeded',
  'NotStabilized',
  'GeneralServiceException',
  'ServiceInternalError',
  'NetworkFailure',
  'InternalFailure',
  'InvalidTypeConfiguration',
  'HandlerInternalFailure',
  'NonCompliant',
  'Unknown',
  'UnsupportedTarget',
]);

/** A delay is a number of whole seconds. */
const isDelay = (delay: unknown): boolean =>
  delay === undefined || (Number.isInteger(delay) && Number(delay) >= 0);

const waits = (action: Action): boolean => action !== 'READ' && action !== 'LIST';

const identified = (model: Properties | undefined, identifier: string): boolean =>
  typeof model?.[identifier] === 'string' && model[identifier] !== '';

const checks: Record<ProgressEvent['status'], Check[]> = {
  IN_PROGRESS: [
    (_, { action }) => !waits(action) && 'must end at once, but returned IN_PROGRESS',
    (p) => p.errorCode !== undefined && `IN_PROGRESS must not carry an error code (${p.errorCode})`,
    (p) => p.resourceModels !== undefined && 'IN_PROGRESS must not carry resourceModels',
    (p) =>
      !isDelay(p.callbackDelaySeconds) &&
      `a callback delay must be a whole number of seconds (${JSON.stringify(p.callbackDelaySeconds)})`,
    (p, { identifier }) =>
      !identified(p.resourceModel, identifier) &&
      `IN_PROGRESS must carry ${identifier} in its model`,
  ],
  SUCCESS: [
    (p) => p.errorCode !== undefined && `SUCCESS must not carry an error code (${p.errorCode})`,
    (p) => Boolean(p.callbackDelaySeconds) && 'SUCCESS must not carry a callback delay',
    (p, { action }) =>
      action === 'LIST' && !Array.isArray(p.resourceModels) && 'SUCCESS must carry resourceModels',
    (p, { action }) =>
      action === 'DELETE' && p.resourceModel !== undefined && 'SUCCESS must not carry a model',
    (p, { action, identifier }) =>
      action !== 'LIST' &&
      action !== 'DELETE' &&
      !identified(p.resourceModel, identifier) &&
      `SUCCESS must carry ${identifier} in its model`,
    (p, { identifier }) =>
      p.resourceModels?.some((model) => !identified(model, identifier)) === true &&
      `every model of the list must carry ${identifier}`,
  ],
  FAILED: [
    (p) => !p.errorCode && 'FAILED must carry an error code',
    (p) =>
      !ERROR_CODES.has(p.errorCode) &&
      `FAILED must carry an error code of the registry (${JSON.stringify(p.errorCode)})`,
    (p) => Boolean(p.callbackDelaySeconds) && 'FAILED must not carry a callback delay',
    (p) => p.resourceModels !== undefined && 'FAILED must not carry resourceModels',
  ],
};

const isMessage: Check = ({ message }: { message?: unknown }) =>
  message !== undefined && typeof message !== 'string' && 'the message must be text';

function sameIdentifier(
  progress: ProgressEvent,
  { identifier, known }: Expectation,
): string | false {
  const returned = progress.resourceModel?.[identifier];
  return (
    known !== undefined &&
    returned !== undefined &&
    returned !== known &&
    `${identifier} changed from ${JSON.stringify(known)} to ${JSON.stringify(returned)}`
  );
}

/** Members that the runtime sends as null count as absent. */
function withoutNulls(answer: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([, member]) => member !== null));
}

/**
 * The progress event of a handler, validated as the registry does.
 *
 * @throws ContractViolation with the action and what is wrong with the progress event.
 */
export function checkedProgress(answer: unknown, expected: Expectation): ProgressEvent {
  const { action } = expected;
  if (!isObject(answer)) throw new ContractViolation(action, 'the answer is not a progress event');
  const progress = withoutNulls(answer) as unknown as ProgressEvent;
  const applicable = Object.hasOwn(checks, progress.status) ? checks[progress.status] : undefined;
  if (!applicable) {
    throw new ContractViolation(
      action,
      `the answer has no valid status (${JSON.stringify(progress.status)})`,
    );
  }
  for (const check of [isMessage, ...applicable, sameIdentifier]) {
    const problem = check(progress, expected);
    if (problem) throw new ContractViolation(action, problem);
  }
  return progress;
}
