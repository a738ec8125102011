import { resolve } from 'node:path';
import { Deployment, DeploymentError } from './deployment';
import type { Updates } from './deployment';
import { assignments, flagsOf, timeScale, UsageError } from './flags';
import { overHttp } from './invoke';
import { Leftovers } from './leftovers';
import { isObject } from './protocol';
import { Registry } from './registry';
import { Screen } from './screen';
import { startServers } from './servers';
import { Stack } from './stack';
import { loadTemplate, TemplateError } from './template';
import type { Template } from './template';
import { duration, Terminal } from './terminal';
import { lustreFileSystem } from './type';

const HELP = `Deploys a template through the built resource type, against an FSx on this computer.

npm run demo -- [TEMPLATE] [--time-scale N] [--region R] [--parameter Name=Value]...

  TEMPLATE                 a CloudFormation template (examples/hpc-scratch.yaml)
  --time-scale N           how many times faster than in AWS the time runs (150)
  --region R               the region that the stack is in (us-east-1)
  --parameter Name=Value   the value of a parameter of the template; any number of times

Metadata.Demo.Update of the template, { LogicalId: { Property: Value } }, is what the demo changes; else it adds a tag.`;

const OPTIONS = {
  'time-scale': { type: 'string', default: '150' },
  region: { type: 'string', default: 'us-east-1' },
  parameter: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the template's own metadata asks the demo to change. */
function updatesOf({ file, metadata, resources }: Template): Updates {
  const { Update: updates = {} } = isObject(metadata.Demo) ? metadata.Demo : {};
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
  return updates as Updates;
}

/** How long it all took, for the reader and for the file systems. */
function summary(seconds: number, scale: number): string {
  const done = 'Created, read, listed, updated and deleted';
  return `${done} in ${Math.round(seconds)} s, ${duration(seconds * scale)} of FSx's time.`;
}

interface Settings {
  template: Template;
  stack: Stack;
  updates: Updates;
  scale: number;
  region: string;
}

/** Everything that can be wrong with the command line or the template is found before anything starts. */
function settings(): Settings | 'help' {
  const { values, positionals } = flagsOf({ options: OPTIONS, allowPositionals: true });
  if (values.help) return 'help';
  const [file = 'examples/hpc-scratch.yaml', another] = positionals;
  if (another !== undefined) {
    throw new UsageError('The demo takes one template; --help lists the flags.');
  }
  const { region } = values;
  const scale = timeScale(values['time-scale']);
  const parameters = assignments('parameter', values.parameter);
  const template = loadTemplate(file);
  const stack = new Stack(template, { region, parameters });
  return { template, stack, updates: updatesOf(template), scale, region };
}

async function main(): Promise<number> {
  const given = settings();
  if (given === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const { template, scale, region } = given;
  const terminal = new Terminal(process.stdout);
  const log = resolve(__dirname, '../demo.log');
  const program = resolve(__dirname, 'main.js');
  const servers = await startServers({ main: program, timeScale: scale, region, log });
  const stop = (): void => {
    terminal.line();
    void servers.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const where = `FSx ${servers.fsx}, Lambda ${servers.lambda}`;
  terminal.line(`${terminal.style('bold', lustreFileSystem.typeName)}  ${template.file}`);
  if (template.description) terminal.line(template.description);
  terminal.line(terminal.style('dim', `${where}, a minute takes ${(60 / scale).toFixed(1)} s`));
  try {
    return await deploy(given, servers.lambda, terminal, log);
  } finally {
    await servers.close();
  }
}

/** Takes the template through its life, and returns the exit code. */
async function deploy(
  { stack, updates, scale, region }: Settings,
  lambda: string,
  terminal: Terminal,
  log: string,
): Promise<number> {
  const screen = new Screen(terminal, scale);
  const leftovers = new Leftovers(lustreFileSystem.identifier);
  const { typeName, identifier, timeoutMinutes } = lustreFileSystem;
  const registry = new Registry({
    invoke: overHttp(lambda),
    typeName,
    identifier,
    timeoutMinutes,
    region,
    stackName: 'demo',
    now: () => (performance.now() / 1000) * scale,
    sleep: (seconds) => screen.wait(seconds),
    observe: (step) => {
      leftovers.observe(step);
      screen.event(step);
    },
  });
  const start = performance.now();
  try {
    await new Deployment(stack, registry, screen, lustreFileSystem).run(updates);
    terminal.line();
    terminal.line(summary((performance.now() - start) / 1000, scale));
    return 0;
  } catch (error) {
    await leftovers.clear(registry, screen);
    terminal.line();
    terminal.line(terminal.style('red', (error as Error).message));
    if (!(error instanceof DeploymentError)) terminal.line(`What the handlers logged: ${log}`);
    return 1;
  }
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
