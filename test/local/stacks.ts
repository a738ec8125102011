import { inProcess } from '../../local/lambda/invoke';
import type {
  Action,
  HandlerEvent,
  ProgressEvent,
  Properties,
} from '../../local/registry/protocol';
import { Registry } from '../../local/registry/registry';
import type { RegistryOptions } from '../../local/registry/registry';
import { ATTEMPTS } from '../../local/registry/retries';
import type { Exports } from '../../local/stack/exports';
import { RegistryResources } from '../../local/stack/registry-resources';
import type { ResourceEvent } from '../../local/stack/resources';
import { Stack } from '../../local/stack/stack';
import type { StackInput, StackStatus } from '../../local/stack/stack';
import { parseTemplate } from '../../local/stack/template';
import type { Upload } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';

export const FILE_SYSTEM = lustreFileSystem.typeName;
export const SUBNET = 'subnet-0123456789abcdef0';

/** An answer of the handlers: to the event, and how many of that action for that resource came before it. */
export type Script = (event: HandlerEvent, before: number) => Partial<ProgressEvent> | undefined;

export interface ScriptedStack {
  stack: Stack;
  /** What the handlers were sent. */
  events: HandlerEvent[];
  /** What happened: of a resource `Name STATUS id`, of the stack `STATUS`, with the reason after a colon. */
  story: string[];
  create: (text: string, options?: Options) => Promise<StackStatus>;
  update: (text: string, options?: Options) => Promise<StackStatus>;
}

export interface Options extends Omit<StackInput, 'template'> {
  upload?: Upload;
}

export interface ScriptedOptions {
  name?: string;
  script?: Script;
  exports?: Exports;
  parameterStore?: Record<string, string>;
  registry?: Partial<RegistryOptions>;
  /** Sees the events of the resources. */
  observe?: (event: ResourceEvent) => void;
}

/** A stack whose handlers keep nothing but a count of ids, and do at once what they are asked unless a script says else. */
export function scriptedStack(options: ScriptedOptions = {}): ScriptedStack {
  const { name = 'demo', script = () => undefined, exports } = options;
  const events: HandlerEvent[] = [];
  const story: string[] = [];
  const registry = new Registry({
    invoke: inProcess((event) => {
      const before = events.filter(
        ({ action, requestData }) =>
          action === event.action &&
          requestData.logicalResourceId === event.requestData.logicalResourceId,
      ).length;
      events.push(event);
      return script(event, before) ?? done(event, events);
    }),
    sleep: () => Promise.resolve(),
    now: () => 0,
    attempts: ATTEMPTS,
    ...options.registry,
  });
  const stack = new Stack({
    name,
    registered: [new RegistryResources(lustreFileSystem, registry)],
    ...(exports && { exports }),
    ...(options.parameterStore && { parameterStore: options.parameterStore }),
    observe: ({ status, reason }) => story.push(sentence([status], reason)),
    observeResource: (event) => {
      const { logicalId, status, physicalId, reason } = event;
      story.push(sentence([logicalId, status, physicalId], reason));
      options.observe?.(event);
    },
  });
  const input = (text: string, { upload = 'body', ...rest }: Options = {}) => ({
    template: parseTemplate(text, 'template', upload),
    ...rest,
  });
  return {
    stack,
    events,
    story,
    create: async (text, given) => stack.create(input(text, given)),
    update: async (text, given) => stack.update(input(text, given)),
  };
}

/** A scripted stack that has been created; what happens from then on is its story. */
export async function createdStack(
  text: string,
  options: ScriptedOptions & Options = {},
): Promise<ScriptedStack> {
  const scripted = scriptedStack(options);
  await scripted.create(text, options);
  scripted.story.length = 0;
  return scripted;
}

const sentence = (words: (string | undefined)[], reason?: string): string =>
  words.filter((word) => word !== undefined).join(' ') +
  (reason === undefined ? '' : `: ${reason.replace(/RequestToken: [^,]+,/, 'RequestToken: T,')}`);

/** The model of a handler that has done what it was asked; ids count up in the order of creation. */
function done({ action, requestData }: HandlerEvent, events: HandlerEvent[]): Properties {
  const { FileSystemId = idOf(events), ...rest } = requestData.resourceProperties;
  const attributes = {
    DNSName: `${String(FileSystemId)}.example`,
    EstimatedBaselineThroughput: '960',
  };
  return action === 'DELETE'
    ? { status: 'SUCCESS' }
    : { status: 'SUCCESS', resourceModel: { ...rest, FileSystemId, ...attributes } };
}

const idOf = (events: HandlerEvent[]): string =>
  `fs-${String(events.filter(({ action }) => action === 'CREATE').length).padStart(17, '0')}`;

/** The id of the nth file system that a scripted stack creates. */
export const id = (nth: number): string => `fs-${String(nth).padStart(17, '0')}`;

/** An answer that a handler gives for a failure. */
export const failure = (errorCode: string, message = 'no'): Partial<ProgressEvent> => ({
  status: 'FAILED',
  errorCode,
  message,
});

/** The events of one action, by resource. */
export const sent = (events: HandlerEvent[], action: Action): Properties[] =>
  events
    .filter((event) => event.action === action)
    .map(({ requestData, rollback }) => ({
      of: requestData.logicalResourceId,
      ...requestData.resourceProperties,
      ...(rollback && { rollback }),
    }));

/** One resource of ours in a template: its properties, and other members. */
export const lustre = (properties = '', members = ''): string =>
  `{ Type: ${FILE_SYSTEM}, ${members} Properties: { SubnetIds: [${SUBNET}], ${properties} } }`;

export const resources = (members: Record<string, string>, rest = ''): string =>
  `Resources:\n${Object.entries(members)
    .map(([name, text]) => `  ${name}: ${text}`)
    .join('\n')}\n${rest}`;

export const only = (properties = '', members = ''): string =>
  resources({ Scratch: lustre(properties, members) });

export const handler = (code: string, message = 'no'): string =>
  `Resource handler returned message: "${message}" (RequestToken: T, HandlerErrorCode: ${code})`;

/** Answers some requests, by action and logical id, as often as there are answers. */
export const answering =
  (answers: Record<string, ReturnType<Script>[]>): Script =>
  ({ action, requestData }, before) =>
    answers[`${action} ${requestData.logicalResourceId}`]?.[before];
