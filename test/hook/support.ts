/** The function of the hook as it is deployed, and what CloudFormation asks it. */
import { join } from 'node:path';
import { namesAt } from '../../src/lustre/catalog/applicability';

export const ROOT = join(__dirname, '..', '..');
/** The code that stands in deploy/hook.yaml. */
export const CODE = join(ROOT, 'build', 'hook', 'index.js');

export type Properties = Readonly<Record<string, unknown>>;

export interface Annotation {
  annotationName: string;
  status: string;
  statusMessage: string;
  remediationMessage?: string;
  severityLevel: string;
}

export interface Answer {
  hookStatus: string;
  errorCode?: string;
  message: string;
  clientRequestToken?: string;
  annotations?: Annotation[];
}

export const OURS = 'Pangea::FSx::LustreFileSystem';
export const NATIVE = 'AWS::FSx::FileSystem';
export const TYPES = [OURS, NATIVE] as const;

export interface Asked {
  type?: string;
  properties: unknown;
  previous?: unknown;
  /** Of the event itself. */
  more?: Properties;
}

/** An event for a resource, as AWS's guide documents it. */
export function resourceEvent({ type = OURS, properties, previous, more }: Asked) {
  return {
    clientRequestToken: 'token',
    awsAccountId: '123456789012',
    stackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/mine/1a2345b6',
    hookTypeName: 'Pangea::FSx::LustreHook',
    hookTypeVersion: '00000001',
    hookModel: { LambdaFunction: 'arn:aws:lambda:us-east-1:123456789012:function:Hook' },
    actionInvocationPoint: previous === undefined ? 'CREATE_PRE_PROVISION' : 'UPDATE_PRE_PROVISION',
    requestData: {
      targetName: type,
      targetType: type,
      targetLogicalId: 'FileSystem',
      targetModel: { resourceProperties: properties, previousResourceProperties: previous ?? null },
    },
    requestContext: { invocation: 1, callbackContext: null },
    ...more,
  };
}

/** What the account has set for its hook. */
export interface Settings {
  configuration?: unknown;
  replacement?: string;
  region?: string;
}

/** The answer to an event, over the wire and back as Lambda hands it on, and the line in the log. */
export async function answered(
  event: unknown,
  { configuration, replacement, region = 'us-east-1' }: Settings = {},
): Promise<{ answer: Answer; logged: string }> {
  const { handler } = jest.requireActual<{ handler: (event: unknown) => Promise<Answer> }>(CODE);
  process.env.AWS_REGION = region;
  process.env.REPLACEMENT = replacement ?? 'WARN';
  process.env.CONFIGURATION =
    typeof configuration === 'string' ? configuration : JSON.stringify(configuration ?? {});
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const sent = event === undefined ? undefined : (JSON.parse(JSON.stringify(event)) as unknown);
    const answer = JSON.parse(JSON.stringify(await handler(sent))) as Answer;
    return { answer, logged: log.mock.calls.flat().join('\n') };
  } finally {
    log.mockRestore();
  }
}

export const ask = async (asked: Asked, settings?: Settings): Promise<Answer> =>
  (await answered(resourceEvent(asked), settings)).answer;

const INSIDE: readonly string[] = namesAt('inside');
const BESIDE: readonly string[] = namesAt('beside');

/** Properties as the native type has them; undefined where it lacks one of them. */
export function asNative(properties: Properties): Properties | undefined {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  if (!given.every(([name]) => INSIDE.includes(name) || BESIDE.includes(name))) return undefined;
  return {
    FileSystemType: 'LUSTRE',
    ...Object.fromEntries(given.filter(([name]) => BESIDE.includes(name))),
    LustreConfiguration: Object.fromEntries(given.filter(([name]) => INSIDE.includes(name))),
  };
}

/** Every scalar as text, as change sets have them. */
export const asText = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'number' || typeof each === 'boolean' ? String(each) : each,
  );

/** What JSON makes of a model: collections are lists. */
export const asJson = (model: Properties): Properties =>
  JSON.parse(
    JSON.stringify(model, (_, value: unknown) => (value instanceof Set ? [...value] : value)),
  ) as Properties;

/** The names of the rules that refuse, sorted. */
export const rulesOf = ({ annotations = [] }: Answer): string[] =>
  annotations.map(({ annotationName }) => annotationName).sort();
