import { Console } from 'node:console';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { flagsOf, port, regionName, timeScale, UsageError } from './flags';
import { FSX_FLAGS, FSX_FLAGS_HELP, fsxOptions } from './fsx/flags';
import { startLocalFsx } from './fsx/server';
import { isolatedEnvironment } from './lambda/environment';
import { startLambda } from './lambda/lambda';

const HELP = `Usage: pangea-lustre local [options], or in a clone: npm run local -- [options]

Start a local FSx, and a Lambda endpoint that runs the resource type against it.
Ctrl-C ends both.

  --fsx-port P        port of the FSx API (4567); 0 takes any free one
  --lambda-port Q     port of the Lambda endpoint (3001); 0 takes any free one
  --time-scale N      divides FSx's durations and the handlers' callback delays
                      (60: a minute takes a second)
  --state FILE        keeps the file systems in FILE from one start to the next
  --handlers FILE     the bundle to run (that of this version)
  --hook FILE         the function of the Lambda Hook (that of this version);
                      the variables CONFIGURATION and REPLACEMENT are its
                      parameters
  --aws-credentials   lets the handlers use this shell's credentials and call
                      AWS, such as the Price List
${FSX_FLAGS_HELP}

Both listen on 127.0.0.1 only. One line with the word "ready" says where.`;

const OPTIONS = {
  ...FSX_FLAGS,
  'fsx-port': { type: 'string', default: '4567' },
  'lambda-port': { type: 'string', default: '3001' },
  'time-scale': { type: 'string', default: '60' },
  state: { type: 'string' },
  handlers: { type: 'string', default: resolve(__dirname, '../TypeFunction/dist/handlers.js') },
  hook: { type: 'string', default: resolve(__dirname, '../hook/index.js') },
  'aws-credentials': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Lets the handlers use the credentials of the environment: manual/development/runtime.md. */
const ENVIRONMENT_CREDENTIALS = 'PANGEA_FSX_ENVIRONMENT_CREDENTIALS';

/**
 * Starts both servers, and ends the process on a signal.
 *
 * @param words The arguments of the command.
 * @throws Error with one sentence; then nothing has been started.
 */
export async function main(words: string[]): Promise<void> {
  const { values } = flagsOf({ args: words, options: OPTIONS });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const scale = timeScale(values['time-scale']);
  const fsxPort = port('fsx-port', values['fsx-port']);
  const lambdaPort = port('lambda-port', values['lambda-port']);
  const handlers = resolve(values.handlers);
  const hook = resolve(values.hook);
  for (const [flag, file] of [['handlers', handlers] as const, ['hook', hook] as const])
    if (!existsSync(file))
      throw new UsageError(
        `There is no ${file}: run make build, or specify another with --${flag}.`,
      );

  // The handlers log to the console. Standard output is reserved for the line that other programs wait for.
  globalThis.console = new Console(process.stderr, process.stderr);

  const state = values.state === undefined ? {} : { stateFile: resolve(values.state) };
  const log = (line: string): void => {
    console.log(`FSx: ${line}`);
  };
  const { AWS_REGION = '' } = process.env;
  const region =
    values.region === undefined
      ? regionName('AWS_REGION', AWS_REGION === '' ? 'us-east-1' : AWS_REGION)
      : regionName('--region', values.region);
  const options = fsxOptions(values);
  const fsx = await onPort('fsx-port', fsxPort, () =>
    startLocalFsx({ ...options, port: fsxPort, timeScale: scale, region, log, ...state }),
  );
  const environment = {
    ...(values['aws-credentials']
      ? { [ENVIRONMENT_CREDENTIALS]: 'true' }
      : isolatedEnvironment(process.env, fsx.url)),
    AWS_ENDPOINT_URL_FSX: fsx.url,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
    AWS_REGION: region,
    // The SDK's warnings about the Node version on this computer do not apply to Lambda.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const { allowedHosts = [] } = options;
  const lambda = await onPort('lambda-port', lambdaPort, () =>
    startLambda({ port: lambdaPort, handlers, hook, timeScale: scale, environment, allowedHosts }),
  ).catch(async (error: unknown) => {
    await fsx.close();
    throw error;
  });
  const stop = once(async () => {
    await Promise.all([lambda.close(), fsx.close()]);
    process.exit(0);
  });
  process.on('SIGINT', stop).on('SIGTERM', stop).on('disconnect', stop);
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // A reader that has seen the line may close the pipe.
    if (code === 'EPIPE') return;
    process.stderr.write(`Standard output cannot be written: ${message}.\n`);
    process.exit(2);
  });
  process.stdout.write(`ready: FSx ${fsx.url}, Lambda ${lambda.url}, time x ${scale}\n`);
}

/** Names the flag if a server cannot use its port. */
async function onPort<T>(flag: string, wanted: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new UsageError(`Port ${wanted} is in use; choose another with --${flag}.`);
    }
    if (code === 'EACCES' && syscall === 'listen') {
      throw new UsageError(`Port ${wanted} needs privileges; choose another with --${flag}.`);
    }
    if (code === 'EACCES' && path !== undefined) {
      throw new UsageError(`${path} is not accessible: permission denied. Choose another --state.`);
    }
    throw error;
  }
}

function once(action: () => Promise<void>): () => void {
  let done = false;
  return () => {
    if (!done) void action();
    done = true;
  };
}

// The command line, whose bundle includes this file, calls main itself.
if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  });
