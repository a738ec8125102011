/** What CloudFormation asks a Lambda Hook, read. */
import { isObject, type Json } from '../lustre/json';
import type { Operation } from '../review/operation';
import { NATIVE, OURS } from '../review/resource-types';
import { resolvedValue } from '../template/resolved';
import type { ObjectValue } from '../template/values';

/** An operation on a file system that a hook is to look at. */
export interface Target extends Operation {
  readonly logicalId: string;
}

/** What a hook is asked to look at. */
export type Question =
  | { readonly targets: readonly Target[] }
  /** Where the changes of a change set are to be had. */
  | { readonly changeSet: string }
  /** Why there is nothing to look at. */
  | { readonly nothing: string };

/** Members of JSON that may be missing, or anything. */

/** Not every value of JSON has a text: String fails for { "toString": 0 }. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const membersOf = (value: unknown): Json => (isObject(value) ? value : {});

/**
 * The token that CloudFormation wants back: AWS's guide spells it in two ways, and its example of a resource has none.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks-create-lambda-function.html
 */
export function tokenOf(event: unknown): string | undefined {
  const { clientRequestToken, clientRequesttoken } = membersOf(event);
  const token = clientRequestToken ?? clientRequesttoken;
  return typeof token === 'string' ? token : undefined;
}

/** Whether Cloud Control asks: then there is no stack. */
export function isOfCloudControl(event: unknown): boolean {
  const { stackId, stackID } = membersOf(event);
  const id = stackId ?? stackID;
  return typeof id !== 'string' || id === '';
}

/** What an event asks for. Nothing of it is taken for granted. */
export function questionOf(event: unknown): Question {
  const { actionInvocationPoint, requestData } = membersOf(event);
  const { targetName, targetType, targetLogicalId, targetModel, payload } = membersOf(requestData);
  if (targetType === 'CHANGE_SET' || targetName === 'CHANGE_SET')
    return typeof payload === 'string'
      ? { changeSet: payload }
      : { nothing: 'The change set has no payload.' };
  const logicalId = textOf(targetLogicalId);
  if (!isObject(targetModel)) return { nothing: 'The event has no properties of a resource.' };
  const { resourceProperties, previousResourceProperties } = targetModel;
  return asked(
    { logicalId, typeName: targetName, action: textOf(actionInvocationPoint) },
    resourceProperties,
    previousResourceProperties,
  );
}

const typeNamed = (typeName: unknown) => [OURS, NATIVE].find(({ name }) => name === typeName);

/** One of the changes of a change set. */
interface Change {
  readonly logicalId: string;
  readonly typeName: unknown;
  /** Begins with CREATE, UPDATE or DELETE. */
  readonly action: string;
}

function asked(
  { logicalId, typeName, action }: Change,
  properties: unknown,
  previous: unknown,
): Question {
  const type = typeNamed(typeName);
  if (!type) return { nothing: 'It is not a file system.' };
  if (action.startsWith('DELETE')) return { nothing: 'Deletions are not checked.' };
  const wanted = propertiesOf(properties);
  if (!wanted) return { nothing: 'The event has no properties of a resource.' };
  const before = propertiesOf(previous);
  // What exists may have what a creation may not.
  if (action.startsWith('UPDATE') && !before)
    return { nothing: 'An update cannot be checked without the previous properties.' };
  return {
    targets: [{ logicalId, type, properties: wanted, ...(before && { previous: before }) }],
  };
}

/** No properties are none at all: a file system has some. */
function propertiesOf(json: unknown): ObjectValue | undefined {
  if (!isObject(json) || Object.keys(json).length === 0) return undefined;
  const value = resolvedValue(json);
  return value.kind === 'object' ? value : undefined;
}

/** The operations of a change set on file systems. */
export interface Changes {
  readonly targets: readonly Target[];
  /** Why some of them are not among the targets. */
  readonly unread: readonly string[];
}

/** The operations of a change set, from what its payload holds: contexts are JSON in a text. */
export function changesOf(payload: unknown): Changes {
  const { changedResources } = membersOf(payload);
  const changes = Array.isArray(changedResources) ? changedResources.filter(isObject) : [];
  const questions = changes.filter(({ resourceType }) => typeNamed(resourceType)).map(questionOn);
  return {
    targets: questions.flatMap((question) => ('targets' in question ? question.targets : [])),
    unread: questions.flatMap((question) => ('unread' in question ? [question.unread] : [])),
  };
}

/** One that cannot be read keeps nobody from looking at the others. */
function questionOn(change: Json): Question | { readonly unread: string } {
  const { logicalResourceId, resourceType, action, beforeContext, afterContext } = change;
  const logicalId = textOf(logicalResourceId);
  try {
    return asked(
      { logicalId, typeName: resourceType, action: textOf(action) },
      contextOf(afterContext),
      contextOf(beforeContext),
    );
  } catch {
    return {
      unread: `${logicalId} is not checked: its properties in the change set are not JSON.`,
    };
  }
}

/** @throws SyntaxError where the text is no JSON. */
function contextOf(context: unknown): unknown {
  if (typeof context !== 'string') return undefined;
  return membersOf(JSON.parse(context)).Properties;
}
