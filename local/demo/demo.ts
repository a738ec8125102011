import { resolve } from 'node:path';
import { plainOf } from '../../src/template/node';
import type { Node } from '../../src/template/node';
import { Deployment, DeploymentError, StackScreen } from './deployment';
import { assignments, flagsOf, regionName, timeScale, UsageError } from '../flags';
import { overHttp } from '../lambda/invoke';
import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { NotModeled, ValidationError } from '../stack/refusals';
import { Registry } from '../registry/registry';
import type { RegistryOptions } from '../registry/registry';
import { ATTEMPTS, retryDelay } from '../registry/retries';
import { Screen } from './screen';
import { neededCapability } from '../stack/capabilities';
import { repairsOf } from './repairs';
import { startServers } from './servers';
import type { Servers } from './servers';
import { fsxResources } from '../stack/fsx-resources';
import { RegistryResources } from '../stack/registry-resources';
import type { HookOptions } from '../stack/hooks';
import type { ParameterStore } from '../stack/parameters';
import { Stack } from '../stack/stack';
import type { ResourceEvent } from '../stack/resources';
import type { StackInput } from '../stack/stack';
import { loadTemplate, nodeOf, TemplateError, UnreadableFile } from '../stack/template';
import type { Template, Upload } from '../stack/template';
import { duration, Terminal, type Output } from './terminal';
import { lustreFileSystem } from '../registry/type-schema';

const HELP = `Deploy a template through the built resource type, against an FSx and a
CloudFormation on this computer: create the stack, update it and delete it.

npm run demo -- [TEMPLATE] [options]

  TEMPLATE                       a CloudFormation template; without one, a
                                 template that is refused is shown first,
                                 then examples/hpc-scratch.yaml
  --time-scale N                 how many times faster than AWS it runs (150)
  --region R                     the region that the stack is in (us-east-1)
  --parameter Name=Value         the value of a parameter of the template;
                                 repeat it for others
  --ssm-parameter Name=Value     a parameter of Systems Manager in the account;
                                 repeat it for others
  --update-template FILE         the template that the stack is updated to
  --update-parameter Name=Value  the value of a parameter in the update;
                                 repeat it for others
  --disable-rollback             a failed operation keeps the resources that
                                 succeeded
  --hook MODE                    the account has the Lambda Hook of
                                 deploy/hook.yaml, with FailureMode WARN or FAIL
  --hook-configuration JSON      the parameter Configuration of the hook ({})
  --hook-replacement MODE        the parameter Replacement of the hook: WARN,
                                 FAIL or ALLOW (WARN)
  --s3                           takes templates as from a bucket: up to 1 MB,
                                 instead of 51,200 bytes

Without the two update flags, Metadata.Demo.Update of the template,
{ LogicalId: { Property: Value } }, is what the update changes; without that, it
adds a tag.

Exit codes: 0 success, 1 the template is refused or an operation fails, 2 the
command line is invalid or a file cannot be read, 3 the demo itself does not
run.`;

/** The template that is deployed, and the one that is refused before it, if none is given. */
const EXAMPLE = 'examples/hpc-scratch.yaml';
const REFUSED_EXAMPLE = 'examples/errors/ssd-capacity-5000.yaml';

const NATIVE = 'AWS::FSx::FileSystem';
/** The types for which the hook of deploy/hook.yaml is invoked. */
const HOOKED = [lustreFileSystem.typeName, NATIVE];

const NONE: string[] = [];
const OPTIONS = {
  'time-scale': { type: 'string', default: '150' },
  region: { type: 'string', default: 'us-east-1' },
  parameter: { type: 'string', multiple: true, default: NONE },
  'ssm-parameter': { type: 'string', multiple: true, default: NONE },
  'update-template': { type: 'string' },
  'update-parameter': { type: 'string', multiple: true, default: NONE },
  'disable-rollback': { type: 'boolean', default: false },
  s3: { type: 'boolean', default: false },
  hook: { type: 'string' },
  'hook-configuration': { type: 'string' },
  'hook-replacement': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Settings {
  /** The template that is refused before the stack is created. */
  refused?: StackInput;
  first: StackInput;
  second: StackInput;
  scale: number;
  region: string;
  parameterStore: ParameterStore;
  hook?: HookSettings;
}

/** The parameters of deploy/hook.yaml. */
interface HookSettings {
  failureMode: HookOptions['failureMode'];
  environment: { CONFIGURATION: string; REPLACEMENT: string };
}

/** The changes of an update, by logical ID. */
type Updates = Record<string, Properties>;

/** Validates the command line and the templates before anything starts. */
function settings(words: string[]): Settings | 'help' {
  const { values, positionals } = flagsOf({
    args: words,
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help) return 'help';
  const [file = EXAMPLE, another] = positionals;
  if (another !== undefined) {
    throw new UsageError('The demo takes one template; --help lists the flags.');
  }
  const region = regionName('--region', values.region);
  const { 'update-template': updated, 'disable-rollback': disableRollback } = values;
  const scale = timeScale(values['time-scale']);
  const upload = values.s3 ? 's3' : 'body';
  const hook = hookSettings(values);
  const parameters = assignments('parameter', values.parameter);
  const changed = assignments('update-parameter', values['update-parameter']);
  const template = read(file, upload);
  const first = acknowledged({ template, parameters, disableRollback });
  const isAsked = updated !== undefined || Object.keys(changed).length > 0;
  const second = acknowledged({
    ...first,
    parameters: { ...parameters, ...changed },
    ...(isAsked
      ? { template: updated === undefined ? template : read(updated, upload) }
      : demoUpdate(template)),
  });
  const parameterStore = assignments('ssm-parameter', values['ssm-parameter']);
  const stack = new Stack({ registered, region, parameterStore });
  const typeNames = hook ? HOOKED : [lustreFileSystem.typeName];
  for (const input of [first, second]) check(stack, input, typeNames);
  const isTour = positionals.length === 0;
  const refused = { template: isTour ? read(REFUSED_EXAMPLE, upload) : template };
  return {
    ...(isTour && { refused }),
    ...(hook && { hook }),
    first,
    second,
    scale,
    region,
    parameterStore,
  };
}

/** Adds the capabilities that the template needs. */
function acknowledged(input: StackInput): StackInput {
  const capability = neededCapability(input.template);
  return { ...input, capabilities: capability === undefined ? [] : [capability] };
}

function hookSettings(values: {
  hook?: string | undefined;
  'hook-configuration'?: string | undefined;
  'hook-replacement'?: string | undefined;
}): HookSettings | undefined {
  const {
    hook,
    'hook-configuration': configuration = '{}',
    'hook-replacement': replacement = 'WARN',
  } = values;
  if (hook === undefined) {
    const parameters = ['hook-configuration', 'hook-replacement'] as const;
    const parameter = parameters.find((each) => values[each] !== undefined);
    if (parameter === undefined) return undefined;
    throw new UsageError(`--${parameter} has no effect without a hook: specify --hook too.`);
  }
  if (hook !== 'WARN' && hook !== 'FAIL') throw new UsageError('--hook takes WARN or FAIL.');
  if (!['WARN', 'FAIL', 'ALLOW'].includes(replacement))
    throw new UsageError('--hook-replacement takes WARN, FAIL or ALLOW.');
  if (!/^\s*\{[^]*\}\s*$/.test(configuration))
    throw new UsageError('--hook-configuration takes a JSON object.');
  const environment = { CONFIGURATION: configuration, REPLACEMENT: replacement };
  return { failureMode: hook, environment };
}

/** The update that the template's metadata describes; otherwise one that adds a tag. */
function demoUpdate(template: Template): Pick<StackInput, 'template' | 'tags'> {
  const { file, metadata, resources } = template;
  const { Update: updates } = isObject(metadata.Demo) ? metadata.Demo : {};
  if (updates === undefined) return taggedUpdate(template);
  if (!isObject(updates) || !Object.values(updates).every(isObject)) {
    const shape = '{ LogicalId: { Property: Value } }';
    throw new TemplateError(`${file}: Metadata.Demo.Update must be ${shape}.`);
  }
  const unknown = Object.keys(updates).find((id) => !Object.hasOwn(resources, id));
  if (unknown !== undefined) {
    throw new TemplateError(
      `${file}: Metadata.Demo.Update names ${unknown}, which is not a resource.`,
    );
  }
  return { template: withProperties(template, updates as Updates) };
}

const TAG = { Key: 'UpdatedBy', Value: 'demo' };

/** Tags can be changed on every file system. If functions return them, the stack gets the tag instead. */
function taggedUpdate(template: Template): Pick<StackInput, 'template' | 'tags'> {
  const resources = Object.entries(template.resources);
  const typeName = HOOKED.find((name) => resources.some(([, { type }]) => type === name));
  const ours = resources.filter(([, { type }]) => type === typeName);
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

/** A registry for validating templates, which invokes nothing. */
const unused = new Registry({ invoke: () => Promise.reject(new Error('nothing is running yet')) });
const registered = [
  new RegistryResources(lustreFileSystem, unused),
  ...fsxResources('http://unused'),
];

function read(file: string, upload: Upload): Template {
  return withFile(file, () => loadTemplate(file, upload));
}

function check(stack: Stack, input: StackInput, typeNames: readonly string[]): void {
  const { file } = input.template;
  const wanted = withFile(file, () => stack.accept(input));
  if (wanted.logicalIds.some((id) => typeNames.includes(wanted.resource(id).type))) return;
  throw new TemplateError(`There is no resource of type ${typeNames.join(' or ')} in ${file}.`);
}

/** What to do about a refusal, by words in its message. */
const HINTS: readonly [words: string, hint: string][] = [
  ['] must have values', '; give them with --parameter Name=Value'],
  ['Unable to fetch parameters', ' Give them with --ssm-parameter Name=Value.'],
];

/** @throws TemplateError with the file, CloudFormation's message, and what to do about it. */
function withFile<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof NotModeled) throw new TemplateError(`${file}: ${error.message}`);
    if (!(error instanceof ValidationError)) throw error;
    const { message, place } = error;
    const hint = HINTS.find(([words]) => message.includes(words))?.[1] ?? '';
    const where = place === undefined ? '' : ` (${place})`;
    throw new TemplateError(`${file}: ${message}${hint}${where}`);
  }
}

/** The total duration, on this computer and in FSx's time. */
function summary(kept: string[], seconds: number, scale: number): string {
  const done =
    kept.length === 0
      ? 'Created, read, listed, updated and deleted'
      : `Created, read, listed and updated, ${kept.length} kept,`;
  return `${done} in ${Math.round(seconds)} s, ${duration(seconds * scale)} of FSx's time.`;
}

/** What the demo writes to, and what starts its servers. */
interface Surroundings {
  output: Output;
  errors: Output;
  start?: typeof startServers;
}

/**
 * Runs the demo.
 *
 * @param words The arguments of the command.
 * @returns The exit code. Unless it is 0, `output` or `errors` says why.
 */
export async function demo(
  words: string[],
  { output, errors, start = startServers }: Surroundings,
): Promise<number> {
  try {
    const given = settings(words);
    if (given !== 'help') return await withServers(given, new Terminal(output), start);
    output.write(`${HELP}\n`);
    return 0;
  } catch (error) {
    errors.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodeOf(error);
  }
}

async function withServers(
  given: Settings,
  terminal: Terminal,
  start: typeof startServers,
): Promise<number> {
  const { first, scale, region, hook } = given;
  const { file, description } = first.template;
  terminal.line(`${terminal.style('bold', lustreFileSystem.typeName)}  ${file}`);
  if (description) terminal.line(description);
  terminal.line();
  terminal.line('Starting an FSx and a Lambda endpoint on this computer ...');
  const log = resolve(__dirname, '../demo.log');
  const program = resolve(__dirname, 'main.js');
  const servers = await start({
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
  terminal.line(`FSx is at ${servers.fsx}, Lambda at ${servers.lambda}.`);
  terminal.wrapped(
    `Times such as 5:28 are FSx's; one minute of them takes ${(60 / scale).toFixed(1)} s here; times in ms are this computer's.`,
    0,
  );
  try {
    return await play(given, servers, terminal, log);
  } finally {
    await servers.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Shows a refusal, and creates, updates and deletes the stack. Returns the exit code. */
async function play(
  settings: Settings,
  servers: Servers,
  terminal: Terminal,
  log: string,
): Promise<number> {
  const stage = stageOf(settings, servers, terminal);
  const { refused, first, region } = settings;
  if (refused) {
    title(terminal, 'First, a template that is refused:', refused.template.file);
    await stage.stack('refused').create(refused);
    advise(refused.template, region, terminal);
    title(terminal, 'Then, one that is deployed:', first.template.file);
  }
  return deploy(settings, stage, terminal, log);
}

/** What stacks are deployed with. */
interface Stage {
  screen: Screen;
  registry: Registry;
  stack(name: string, observe?: (event: ResourceEvent) => void): Stack;
}

function stageOf(
  { scale, region, parameterStore, hook }: Settings,
  servers: Servers,
  terminal: Terminal,
): Stage {
  const screen = new Screen(terminal, scale);
  const shared = registryOptions(region, scale, screen);
  const { typeName, identifier, timeoutMinutes } = lustreFileSystem;
  const invoke = overHttp(servers.lambda);
  const registry = new Registry({ ...shared, invoke, typeName, identifier, timeoutMinutes });
  const ofFsx = fsxResources(servers.fsx, shared, scale);
  const shown = new StackScreen(screen, lustreFileSystem, ofFsx);
  const stack: Stage['stack'] = (name, observe) =>
    new Stack({
      name,
      region,
      parameterStore,
      registered: [new RegistryResources(lustreFileSystem, registry), ...ofFsx],
      hooks: hook ? [hookThrough(servers.lambda, hook.failureMode, shown)] : [],
      observe: (event) => {
        shown.stack(event);
      },
      observeResource: (event) => {
        shown.resource(event);
        observe?.(event);
      },
    });
  return { screen, registry, stack };
}

/** Deploys and updates the templates, and deletes the stack. Returns the exit code. */
async function deploy(
  { first, second, scale, region, hook }: Settings,
  stage: Stage,
  terminal: Terminal,
  log: string,
): Promise<number> {
  const { screen, registry } = stage;
  const stack = stage.stack('demo', (event) => {
    deployment.observe(event);
  });
  const deployment = new Deployment(stack, registry, screen, lustreFileSystem, region);
  const start = performance.now();
  try {
    for (const capability of first.capabilities ?? []) {
      terminal.line();
      terminal.line(`The template needs ${capability}, which is given.`);
    }
    const { resources } = first.template;
    if (hook && Object.values(resources).some(({ type }) => type === NATIVE)) {
      terminal.line();
      terminal.wrapped(`Only the hook is invoked for ${NATIVE}: the local FSx does not create that resource.`, 0); // oxfmt-ignore
    }
    const kept = await deployment.run(first, second);
    terminal.line();
    terminal.line(summary(kept, (performance.now() - start) / 1000, scale));
    return 0;
  } catch (error) {
    if (stack.status !== undefined) await stack.delete();
    terminal.line();
    terminal.line(terminal.style('red', (error as Error).message));
    advise(first.template, region, terminal);
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
  targetNames: HOOKED,
  invoke: overHttp(lambda, 'HookFunction'),
  observe: (event) => {
    shown.hook(event);
  },
});

function title(terminal: Terminal, text: string, file: string): void {
  terminal.line();
  terminal.line(terminal.style('cyan', `${text} ${file}`));
}

/** Shows the repair of a template that was refused, if it is known. */
function advise(template: Template, region: string, terminal: Terminal): void {
  const repairs = repairsOf(template, region);
  if (repairs.length === 0) return;
  terminal.line();
  terminal.line(
    terminal.style('bold', 'Repair, as pangea-lustre check reports it before a deployment'),
  );
  for (const repair of repairs) terminal.wrapped(repair, 2);
}

function registryOptions(
  region: string,
  scale: number,
  screen: Screen,
): Omit<RegistryOptions, 'invoke'> {
  return {
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

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof UnreadableFile) return 2;
  return error instanceof TemplateError ? 1 : 3;
}

if (require.main === module) {
  // A reader may close it early, as in `npm run demo | head`. The servers end with this process.
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
    process.stderr.write(`Standard output cannot be written: ${message}.\n`);
    process.exit(3);
  });
  void demo(process.argv.slice(2), { output: process.stdout, errors: process.stderr }).then(
    (code) => {
      process.exitCode = code;
    },
  );
}
