import { resolve } from 'node:path';
import { Deployment } from './deployment';
import type { Updates } from './deployment';
import { assignments, flagsOf, timeScale, UsageError } from './flags';
import { overHttp } from './invoke';
import { isObject } from './protocol';
import { Registry } from './registry';
import type { Step } from './registry';
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

/** The file systems that exist, as far as the events have told. */
class Existing {
  readonly #ids = new Map<string, string>();

  see({ action, logicalResourceId, progress, event }: Step): void {
    const { identifier } = lustreFileSystem;
    const id = progress.resourceModel?.[identifier];
    if (action === 'CREATE' && typeof id === 'string') this.#ids.set(id, logicalResourceId);
    if (action === 'DELETE' && progress.status === 'SUCCESS') {
      this.#ids.delete(String(event.requestData.resourceProperties[identifier]));
    }
  }

  /** Deletes what a failed deployment has left, and says so where that does not work either. */
  async clear(registry: Registry, screen: Screen): Promise<void> {
    for (const [id, logicalResourceId] of [...this.#ids].toReversed()) {
      screen.heading('Clean up', logicalResourceId, id);
      const { errorCode } = await registry.delete(
        { [lustreFileSystem.identifier]: id },
        { logicalResourceId },
      );
      if (errorCode !== undefined && errorCode !== 'NotFound') screen.note(`${id} is still there.`);
    }
  }
}

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
  const real = Math.round(seconds / scale);
  return `Created, read, listed, updated and deleted in ${real} s, ${duration(seconds)} of FSx's time.`;
}

async function main(): Promise<number> {
  const { values, positionals } = flagsOf({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (positionals.length > 1)
    throw new UsageError('The demo takes one template; --help lists the flags.');
  const scale = timeScale(values['time-scale']);
  const { region } = values;
  const template = loadTemplate(positionals[0] ?? 'examples/hpc-scratch.yaml');
  const updates = updatesOf(template);
  const stack = new Stack(template, {
    region,
    parameters: assignments('parameter', values.parameter),
  });

  const terminal = new Terminal(process.stdout);
  const screen = new Screen(terminal, scale);
  const log = resolve(__dirname, '../demo.log');
  const servers = await startServers({
    main: resolve(__dirname, 'main.js'),
    timeScale: scale,
    region,
    log,
  });
  const stop = (): void => {
    terminal.line();
    void servers.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const existing = new Existing();
  const now = (): number => (performance.now() / 1000) * scale;
  const registry = new Registry({
    invoke: overHttp(servers.lambda),
    typeName: lustreFileSystem.typeName,
    identifier: lustreFileSystem.identifier,
    timeoutMinutes: lustreFileSystem.timeoutMinutes,
    region,
    stackName: 'demo',
    now,
    sleep: (seconds) => screen.wait(seconds),
    observe: (step) => {
      existing.see(step);
      screen.event(step);
    },
  });
  terminal.line(`${terminal.style('bold', lustreFileSystem.typeName)}  ${template.file}`);
  if (template.description) terminal.line(template.description);
  terminal.line(
    terminal.style(
      'dim',
      `FSx ${servers.fsx}, Lambda ${servers.lambda}, a minute takes ${(60 / scale).toFixed(1)} s`,
    ),
  );
  const start = now();
  try {
    await new Deployment(stack, registry, screen, lustreFileSystem).run(updates);
    terminal.line();
    terminal.line(summary(now() - start, scale));
  } catch (error) {
    await existing.clear(registry, screen);
    terminal.line();
    terminal.line(terminal.style('red', (error as Error).message));
    return 1;
  } finally {
    await servers.close();
  }
  return 0;
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
