/** Parses the events that CloudFormation sends to a Lambda Hook. */
import { isObject, type Json } from '../lustre/json';
import type { Operation } from '../review/operation';
import { NATIVE, OURS } from '../review/resource-types';
import { resolvedValue } from '../template/resolved';
import type { ObjectValue } from '../template/values';

/** An operation on a file system. */
export interface Target extends Operation {
  readonly logicalId: string;
}

/** What a hook is asked to review. */
export type Question =
  | { readonly targets: readonly Target[] }
  /** Where the changes of a change set are to be had. */
  | { readonly changeSet: string }
  /** Why there is nothing to check. */
  | { readonly unchecked: string };

/** Members of JSON that may be missing, or anything. */

/** Not String(), which throws for some JSON values, such as { "toString": 0 }. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const membersOf = (value: unknown): Json => (isObject(value) ? value : {});

/**
 * The token that CloudFormation expects in the response. AWS's guide spells it in two ways, and its example for a resource
 * has none. https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks-create-lambda-function.html
 */
export function tokenOf(event: unknown): string | undefined {
  const { clientRequestToken, clientRequesttoken } = membersOf(event);
  const token = clientRequestToken ?? clientRequesttoken;
  return typeof token === 'string' ? token : undefined;
}

/** Whether the event is from Cloud Control, and therefore not from a stack. */
export function isOfCloudControl(event: unknown): boolean {
  const { stackId, stackID } = membersOf(event);
  const id = stackId ?? stackID;
  return typeof id !== 'string' || id === '';
}

/** Parses an event. Any member may be missing or of another type. */
export function questionOf(event: unknown): Question {
  const { actionInvocationPoint, requestData } = membersOf(event);
  const { targetName, targetType, targetLogicalId, targetModel, payload } = membersOf(requestData);
  if (targetType === 'CHANGE_SET' || targetName === 'CHANGE_SET')
    return typeof payload === 'string'
      ? { changeSet: payload }
      : { unchecked: 'The change set has no payload.' };
  const logicalId = textOf(targetLogicalId);
  if (!isObject(targetModel)) return { unchecked: 'The event has no properties of a resource.' };
  const { resourceProperties, previousResourceProperties } = targetModel;
  return questionFor(
    { logicalId, typeName: targetName, action: textOf(actionInvocationPoint) },
    resourceProperties,
    previousResourceProperties,
  );
}

const typeNamed = (typeName: unknown) => [OURS, NATIVE].find(({ name }) => name === typeName);

/** One change of a change set. */
interface Change {
  readonly logicalId: string;
  readonly typeName: unknown;
  /** Begins with CREATE, UPDATE or DELETE. */
  readonly action: string;
}

function questionFor(
  { logicalId, typeName, action }: Change,
  properties: unknown,
  previous: unknown,
): Question {
  const type = typeNamed(typeName);
  if (!type) return { unchecked: 'It is not a file system.' };
  if (action.startsWith('DELETE')) return { unchecked: 'Deletions are not checked.' };
  const wanted = propertiesOf(properties);
  if (!wanted) return { unchecked: 'The event has no properties of a resource.' };
  const before = propertiesOf(previous);
  // An existing file system may have properties that a creation must not have.
  if (action.startsWith('UPDATE') && !before)
    return { unchecked: 'An update cannot be checked without the previous properties.' };
  return {
    targets: [{ logicalId, type, properties: wanted, ...(before && { previous: before }) }],
  };
}

/** Empty properties count as missing, because a file system always has some. */
function propertiesOf(json: unknown): ObjectValue | undefined {
  if (!isObject(json) || Object.keys(json).length === 0) return undefined;
  const value = resolvedValue(json);
  return value.kind === 'object' ? value : undefined;
}

/** The operations of a change set on file systems. */
export interface Changes {
  readonly targets: readonly Target[];
  /** Why some operations are missing. */
  readonly unread: readonly string[];
}

/** The operations of a change set, from its payload. The contexts in it are JSON as text. */
export function changesOf(payload: unknown): Changes {
  const { changedResources } = membersOf(payload);
  if (!Array.isArray(changedResources))
    return { targets: [], unread: ['The change set has no changes.'] };
  const questions = changedResources
    .filter(isObject)
    .filter(({ resourceType, action }) => typeNamed(resourceType) && action !== 'DELETE')
    .map(questionOn);
  return {
    targets: questions.flatMap((question) => ('targets' in question ? question.targets : [])),
    unread: questions.flatMap((question) => ('unread' in question ? [question.unread] : [])),
  };
}

/** A change that cannot be read does not keep the others from being reviewed. */
function questionOn(change: Json): Question | { readonly unread: string } {
  const { logicalResourceId, resourceType, action, beforeContext, afterContext } = change;
  const logicalId = textOf(logicalResourceId);
  let why = 'missing';
  try {
    const question = questionFor(
      { logicalId, typeName: resourceType, action: textOf(action) },
      contextOf(afterContext),
      contextOf(beforeContext),
    );
    if (!('unchecked' in question)) return question;
  } catch {
    why = 'not JSON';
  }
  return { unread: `${logicalId} is not checked: its properties in the change set are ${why}.` };
}

/** @throws SyntaxError if the text is not JSON. */
function contextOf(context: unknown): unknown {
  if (typeof context !== 'string') return undefined;
  return membersOf(JSON.parse(context)).Properties;
}
