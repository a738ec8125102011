import { join } from 'node:path';
import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import schema from '../../schema.json';
import type * as Bundled from '../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate';

export const ROOT = join(__dirname, '..', '..');

/** An engine of AWS's package @aws/cloudformation-validate, which comes with the CDK. */
type Validate = (template: string, options: Bundled.ValidateConfig) => Bundled.ValidationReport;

interface Thread {
  readonly port: MessagePort;
  /** How many answers it has sent. */
  readonly answers: Int32Array;
}

/** How long it may take to answer, in milliseconds: longer than any test. */
const LONGEST = 300_000;

let thread: Thread | undefined;

/**
 * Asks the thread of the engines, which all test files of a worker share, and waits for the answer. While an engine starts, its
 * memory grows in hundreds of steps, and V8 looks for garbage after each: in a thread of its own, not in all that the tests hold.
 */
function ask(request: object): unknown {
  const { port, answers } = (thread ??= startThread());
  const before = Atomics.load(answers, 0);
  port.postMessage(request);
  Atomics.wait(answers, 0, before, LONGEST);
  const answer = receiveMessageOnPort(port);
  if (!answer) throw new Error('The thread of the engines does not answer.');
  const { result, error } = answer.message as { result: unknown; error?: Error };
  if (error) throw error;
  return result;
}

function startThread(): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const answers = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(join(__dirname, 'engine-thread.cjs'), {
    workerData: { port: port2, answers },
    transferList: [port2],
  });
  // It ends with the tests, and does not keep them.
  worker.unref();
  port.unref();
  return { port, answers };
}

function startEngine(config: object): Validate {
  const engine = ask({ config });
  return (template, options) => ask({ engine, template, options }) as Bundled.ValidationReport;
}

/** The type of this project with attributes that are no text, by their types. By its schema of today all are text. */
export const RETYPED = 'Pangea::FSx::RetypedFileSystem';
export const RETYPES = {
  DNSName: 'number',
  MountName: 'integer',
  VpcId: 'boolean',
  OwnerId: 'object',
} as const;

const retypes = Object.entries(RETYPES).map(([name, type]) => [name, { type }] as const);
const SCHEMAS = [
  schema,
  {
    ...schema,
    typeName: RETYPED,
    properties: { ...schema.properties, ...Object.fromEntries(retypes) },
  },
];

/** One for all test files of a worker. */
let judging: Validate | undefined;

function startJudging(): Validate {
  const additionalSchemas = SCHEMAS.map((each) => ({ schema: JSON.stringify(each) }));
  return startEngine({ schemaValidatorConfig: { additionalSchemas } });
}

/**
 * AWS's own validation of templates (cloudformation-validate), which knows our type by its schema. It works offline, and takes
 * seconds to start.
 * @returns what it finds in a template, each as `FATAL F3002 FileSystem Properties.Nope: message`. What it only informs of
 * is left out: that a property is create-only, or that a resource has no tags.
 */
export function judge(): (template: string) => string[] {
  return (template) => {
    judging ??= startJudging();
    const { status, diagnostics } = judging(template, { severityLevel: 'WARN' });
    const found = diagnostics.map(({ severity, ruleId, entity, propertyPath, message }) =>
      [severity, ruleId, entity?.logicalId, propertyPath]
        .filter(Boolean)
        .join(' ')
        .concat(`: ${message}`),
    );
    // A finding may be missing where it did not look at everything.
    return status === 'OK' || found.length > 0 ? found : [status];
  };
}

export type Diagnostic = Bundled.Diagnostic;

/**
 * The same engine with rules of ours in Rego, and none of its own.
 * @returns what the rules find in a template
 */
export function customEngine(policy: string): (template: string) => Diagnostic[] {
  const validate = startEngine({ regoRules: [{ name: 'rules.rego', content: policy }] });
  return (template) =>
    validate(template, { disableBuiltinRules: true, detailLevel: 'STANDARD' }).diagnostics;
}
