import { resolve } from 'node:path';
import { plainOf } from '../../src/template/node';
import type { Node } from '../../src/template/node';
import { Deployment, DeploymentError, StackScreen } from './deployment';
import { assignments, flagsOf, timeScale, UsageError } from '../flags';
import { overHttp } from '../lambda/invoke';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { NotModelled, ValidationError } from '../stack/refusals';
import { Registry } from '../registry/registry';
import type { RegistryOptions } from '../registry/registry';
import { ATTEMPTS, retryDelay } from '../registry/retries';
import { Screen } from './screen';
import { startServers } from './servers';
import { RegistryResources } from '../stack/registry-resources';
import type { HookOptions } from '../stack/hooks';
import { Stack } from '../stack/stack';
import type { StackInput, StackOptions } from '../stack/stack';
import { loadTemplate, nodeOf, TemplateError } from '../stack/template';
import type { Template, Upload } from '../stack/template';
import { duration, Terminal } from './terminal';
import { lustreFileSystem } from '../registry/type-schema';

const HELP = `Deploys a template through the built resource type, against an FSx and a CloudFormation on this computer: creates the
stack, updates it and deletes it.

npm run demo -- [TEMPLATE] [--time-scale N] [--region R] [--parameter Name=Value]...
                [--update-template FILE] [--update-parameter Name=Value]... [--disable-rollback] [--s3]
                [--hook MODE] [--hook-configuration JSON] [--hook-replacement MODE]

  TEMPLATE                        a CloudFormation template (examples/hpc-scratch.yaml)
  --time-scale N                  how many times faster than in AWS the time runs (150)
  --region R                      the region that the stack is in (us-east-1)
  --parameter Name=Value          the value of a parameter of the template; any number of times
  --update-template FILE          the template that the stack is updated to
  --update-parameter Name=Value   the value of a parameter in the update; any number of times
  --disable-rollback              a failed operation leaves what has succeeded as it is
  --hook MODE                     the account has the Lambda Hook of deploy/hook.yaml, in the failure mode WARN or FAIL
  --hook-configuration JSON       its parameter Configuration ({})
  --hook-replacement MODE         its parameter Replacement: WARN, FAIL or ALLOW (WARN)
  --s3                            takes templates as from a bucket: up to 1 MB, instead of 51,200 bytes

Without the two update flags, Metadata.Demo.Update of the template, { LogicalId: { Property: Value } }, is what the
update changes; without that, it adds a tag.`;

const NONE: string[] = [];
const OPTIONS = {
  'time-scale': { type: 'string', default: '150' },
  region: { type: 'string', default: 'us-east-1' },
  parameter: { type: 'string', multiple: true, default: NONE },
  'update-template': { type: 'string' },
  'update-parameter': { type: 'string', multiple: true, default: NONE },
  'disable-rollback': { type: 'boolean', default: false },
  s3: { type: 'boolean', default: false },
  hook: { type: 'string' },
  'hook-configuration': { type: 'string', default: '{}' },
  'hook-replacement': { type: 'string', default: 'WARN' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Settings {
  first: StackInput;
  second: StackInput;
  scale: number;
  region: string;
  hook?: HookSettings;
}

/** The parameters of deploy/hook.yaml. */
interface HookSettings {
  failureMode: HookOptions['failureMode'];
  environment: { CONFIGURATION: string; REPLACEMENT: string };
}

/** What an update changes, by logical id. */
type Updates = Record<string, Properties>;

/** Everything that can be wrong with the command line or the templates is found before anything starts. */
function settings(): Settings | 'help' {
  const { values, positionals } = flagsOf({ options: OPTIONS, allowPositionals: true });
  if (values.help) return 'help';
  const [file = 'examples/hpc-scratch.yaml', another] = positionals;
  if (another !== undefined) {
    throw new UsageError('The demo takes one template; --help lists the flags.');
  }
  const { region, 'update-template': updated, 'disable-rollback': disableRollback } = values;
  const scale = timeScale(values['time-scale']);
  const upload = values.s3 ? 's3' : 'body';
  const hook = hookSettings(values);
  const parameters = assignments('parameter', values.parameter);
  const changed = assignments('update-parameter', values['update-parameter']);
  const template = read(file, upload);
  const first: StackInput = { template, parameters, disableRollback };
  const isAsked = updated !== undefined || Object.keys(changed).length > 0;
  const second: StackInput = {
    ...first,
    parameters: { ...parameters, ...changed },
    ...(isAsked
      ? { template: updated === undefined ? template : read(updated, upload) }
      : demoUpdate(template)),
  };
  const stack = stackThrough(unused, { region });
  for (const input of [first, second]) check(stack, input);
  return { first, second, scale, region, ...(hook && { hook }) };
}

function hookSettings(values: {
  hook?: string | undefined;
  'hook-configuration': string;
  'hook-replacement': string;
}): HookSettings | undefined {
  const { hook, 'hook-configuration': configuration, 'hook-replacement': replacement } = values;
  if (hook === undefined) return undefined;
  if (hook !== 'WARN' && hook !== 'FAIL') throw new UsageError('--hook takes WARN or FAIL.');
  if (!['WARN', 'FAIL', 'ALLOW'].includes(replacement))
    throw new UsageError('--hook-replacement takes WARN, FAIL or ALLOW.');
  if (!/^\s*\{[^]*\}\s*$/.test(configuration))
    throw new UsageError('--hook-configuration takes a JSON object.');
  const environment = { CONFIGURATION: configuration, REPLACEMENT: replacement };
  return { failureMode: hook, environment };
}

/** What the template's own metadata asks the demo to change; else another tag. */
function demoUpdate(template: Template): Pick<StackInput, 'template' | 'tags'> {
  const { file, metadata, resources } = template;
  const { Update: updates } = isObject(metadata.Demo) ? metadata.Demo : {};
  if (updates === undefined) return taggedUpdate(template);
  if (!isObject(updates) || !Object.values(updates).every(isObject)) {
    const shape = '{ LogicalId: { Property: Value } }';
    throw new TemplateError(`${file}: Metadata.Demo.Update has to be ${shape}.`);
  }
  const unknown = Object.keys(updates).find((id) => !Object.hasOwn(resources, id));
  if (unknown !== undefined) {
    throw new TemplateError(
      `${file}: Metadata.Demo.Update names ${unknown}, which is no resource.`,
    );
  }
  return { template: withProperties(template, updates as Updates) };
}

const TAG = { Key: 'UpdatedBy', Value: 'demo' };

/** Tags can be changed on every file system, whatever it is; where functions make them, the stack gets the tag. */
function taggedUpdate(template: Template): Pick<StackInput, 'template' | 'tags'> {
  const ours = Object.entries(template.resources).filter(
    ([, { type }]) => type === lustreFileSystem.typeName,
  );
  const lists = ours.map(([id, { properties }]) => [id, plain(properties).Tags ?? []] as const);
  if (!lists.every(([, tags]) => Array.isArray(tags))) {
    return { template, tags: { [TAG.Key]: TAG.Value } };
  }
  const updates = lists.map(([id, tags]) => [id, { Tags: [...(tags as unknown[]), TAG] }] as const);
  return { template: withProperties(template, Object.fromEntries(updates)) };
}

function withProperties(template: Template, updates: Updates): Template {
  const resources = Object.entries(template.resources).map(([id, resource]) => {
    const properties = { ...plain(resource.properties), ...updates[id] };
    return [id, { ...resource, properties: nodeOf(properties) }] as const;
  });
  return { ...template, resources: Object.fromEntries(resources) };
}

const plain = (properties: Node): Properties => plainOf(properties) as Properties;

/** A stack whose file systems the handlers at an endpoint make. */
function stackThrough(registry: Registry, options: StackOptions): Stack {
  return new Stack({ ...options, registered: [new RegistryResources(lustreFileSystem, registry)] });
}

/** For a look at templates: nothing is invoked. */
const unused = new Registry({ invoke: () => Promise.reject(new Error('nothing is running yet')) });

function read(file: string, upload: Upload): Template {
  return withFile(file, () => loadTemplate(file, upload));
}

function check(stack: Stack, input: StackInput): void {
  const { file } = input.template;
  const wanted = withFile(file, () => stack.accept(input));
  const { typeName } = lustreFileSystem;
  if (wanted.logicalIds.some((id) => wanted.resource(id).type === typeName)) return;
  throw new TemplateError(`There is no resource of type ${typeName} in ${file}.`);
}

/** @throws TemplateError with the file, CloudFormation's words, and what to do about it. */
function withFile<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof NotModelled) throw new TemplateError(`${file}: ${error.message}`);
    if (!(error instanceof ValidationError)) throw error;
    const { message, place } = error;
    const hint = message.endsWith('] must have values')
      ? '; give them with --parameter Name=Value'
      : '';
    const where = place === undefined ? '' : ` (${place})`;
    throw new TemplateError(`${file}: ${message}${hint}${where}`);
  }
}

/** How long it all took, for the reader and for the file systems. */
function summary(kept: string[], seconds: number, scale: number): string {
  const done =
    kept.length === 0
      ? 'Created, read, listed, updated and deleted'
      : `Created, read, listed and updated, ${kept.length} kept,`;
  return `${done} in ${Math.round(seconds)} s, ${duration(seconds * scale)} of FSx's time.`;
}

async function main(): Promise<number> {
  const given = settings();
  if (given === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const { first, scale, region, hook } = given;
  const terminal = new Terminal(process.stdout);
  const log = resolve(__dirname, '../demo.log');
  const program = resolve(__dirname, 'main.js');
  const servers = await startServers({
    main: program,
    timeScale: scale,
    region,
    log,
    ...(hook && { environment: hook.environment }),
  });
  const stop = (): void => {
    terminal.line();
    void servers.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const { file, description } = first.template;
  const where = `FSx ${servers.fsx}, Lambda ${servers.lambda}`;
  terminal.line(`${terminal.style('bold', lustreFileSystem.typeName)}  ${file}`);
  if (description) terminal.line(description);
  terminal.line(terminal.style('dim', `${where}, a minute takes ${(60 / scale).toFixed(1)} s`));
  try {
    return await deploy(given, servers.lambda, terminal, log);
  } finally {
    await servers.close();
  }
}

/** Takes the templates through the life of a stack, and returns the exit code. */
async function deploy(
  { first, second, scale, region, hook }: Settings,
  lambda: string,
  terminal: Terminal,
  log: string,
): Promise<number> {
  const screen = new Screen(terminal, scale);
  const shown = new StackScreen(screen, lustreFileSystem);
  const registry = new Registry(registryOptions(lambda, region, scale, screen));
  const stack = stackThrough(registry, {
    region,
    hooks: hook ? [hookThrough(lambda, hook.failureMode, shown)] : [],
    observe: (event) => {
      shown.stack(event);
    },
    observeResource: (event) => {
      shown.resource(event);
      deployment.observe(event);
    },
  });
  const deployment = new Deployment(stack, registry, screen, lustreFileSystem, region);
  const start = performance.now();
  try {
    const kept = await deployment.run(first, second);
    terminal.line();
    terminal.line(summary(kept, (performance.now() - start) / 1000, scale));
    return 0;
  } catch (error) {
    if (stack.status !== undefined) await stack.delete();
    terminal.line();
    terminal.line(terminal.style('red', (error as Error).message));
    if (!(error instanceof DeploymentError)) terminal.line(`What the handlers logged: ${log}`);
    return 1;
  }
}

/** The hook of deploy/hook.yaml. */
const hookThrough = (
  lambda: string,
  failureMode: HookOptions['failureMode'],
  shown: StackScreen,
): HookOptions => ({
  hookType: 'Pangea::FSx::LustreHook',
  failureMode,
  targetNames: ['AWS::FSx::FileSystem', lustreFileSystem.typeName],
  invoke: overHttp(lambda, 'HookFunction'),
  observe: (event) => {
    shown.hook(event);
  },
});

function registryOptions(
  lambda: string,
  region: string,
  scale: number,
  screen: Screen,
): RegistryOptions {
  const { typeName, identifier, timeoutMinutes } = lustreFileSystem;
  return {
    invoke: overHttp(lambda),
    typeName,
    identifier,
    timeoutMinutes,
    region,
    stackName: 'demo',
    attempts: ATTEMPTS,
    retryDelay: (attempt) => retryDelay(attempt) / scale,
    now: () => (performance.now() / 1000) * scale,
    sleep: (seconds) => screen.wait(seconds),
    observe: (step) => {
      screen.event(step);
    },
  };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
