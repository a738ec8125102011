/**
 * Tries the local FSx with the tools that people have: the AWS CLI, boto3 and Terraform, as far as they are installed. What is
 * not says so. `npm run compat [-- --destroy]`; with --destroy Terraform deletes the file system too, which takes ten minutes.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLocalFsx } from '../local/fsx/server';

/** An hour takes six seconds. */
const TIME_SCALE = 600;
const FOLDER = resolve(__dirname, '../../scripts/compat');

type Environment = NodeJS.ProcessEnv;

interface Ended {
  status: number | undefined;
  output: string;
}

/** Runs a command to its end; without a status it could not be started. Its output is shown as it comes, or kept. */
function run(
  command: string,
  args: readonly string[],
  options: { env: Environment; cwd?: string; shows?: boolean },
): Promise<Ended> {
  return new Promise((done) => {
    const { env, cwd, shows = false } = options;
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (shows) process.stdout.write(chunk);
      });
    }
    child.on('error', () => {
      done({ status: undefined, output });
    });
    child.on('close', (status) => {
      done({ status: status ?? 1, output });
    });
  });
}

type Result = 'ok' | 'skipped' | 'failed';

async function tryScript(env: Environment, tool: string, probe: string[], script: string[]) {
  const [command = '', ...args] = probe;
  const found = await run(command, args, { env });
  if (found.status !== 0) return skipped(tool);
  process.stdout.write(`${tool}\n`);
  const [interpreter = '', file = ''] = script;
  const { status } = await run(interpreter, [join(FOLDER, file)], { env, shows: true });
  return status === 0 ? ('ok' as const) : ('failed' as const);
}

function skipped(tool: string, why = 'is not installed'): Result {
  process.stdout.write(`${tool} ${why}: skipped\n`);
  return 'skipped';
}

/** In a folder of its own; the provider comes from wherever Terraform's own configuration says. */
async function tryTerraform(env: Environment, destroys: boolean): Promise<Result> {
  const tool = 'Terraform';
  if ((await run('terraform', ['version'], { env })).status !== 0) return skipped(tool);
  const cwd = mkdtempSync(join(tmpdir(), 'compat-'));
  try {
    cpSync(join(FOLDER, 'main.tf'), join(cwd, 'main.tf'));
    const terraform = (...args: string[]) => run('terraform', args, { env, cwd });
    const { status, output } = await terraform('init', '-input=false', '-no-color');
    if (status !== 0) return skipped(tool, `finds no AWS provider (${lastLine(output)})`);
    process.stdout.write(`${tool}\n`);
    const addresses = [
      'aws_fsx_data_repository_association.test',
      ...(destroys ? ['aws_fsx_lustre_file_system.test'] : []),
    ];
    const steps: [string, string[], number][] = [
      ['apply', ['apply', '-auto-approve'], 0],
      ['plan without a difference', ['plan', '-detailed-exitcode'], 0],
      ['plan of a change', ['plan', '-detailed-exitcode', '-var', 'chunk_size=512'], 2],
      ['apply of the change', ['apply', '-auto-approve', '-var', 'chunk_size=512'], 0],
      ['plan behind it', ['plan', '-detailed-exitcode', '-var', 'chunk_size=512'], 0],
      ...addresses.map((address): [string, string[], number] => [
        `destroy of ${address}`,
        ['destroy', '-auto-approve', '-target', address],
        0,
      ]),
    ];
    for (const [name, args, wanted] of steps) {
      const [command = '', ...rest] = args;
      const step = await terraform(command, '-input=false', '-no-color', ...rest);
      if (step.status !== wanted) {
        process.stdout.write(`${step.output}\n  ${name}: failed\n`);
        return 'failed';
      }
      process.stdout.write(`  ${name}\n`);
    }
    return 'ok';
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const lastLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/[│╷╵]/g, '').trim())
    .findLast((line) => line !== '') ?? '';

async function main(): Promise<number> {
  const fsx = await startLocalFsx({ timeScale: TIME_SCALE, otherFileSystems: false });
  const env: Environment = {
    ...process.env,
    AWS_ENDPOINT_URL_FSX: fsx.url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  try {
    const results = [
      await tryScript(env, 'AWS CLI', ['aws', '--version'], ['sh', 'aws_cli.sh']),
      await tryScript(
        env,
        'boto3',
        ['python3', '-c', 'import boto3'],
        ['python3', 'boto3_life.py'],
      ),
      await tryTerraform(env, process.argv.includes('--destroy')),
    ];
    const count = (result: Result) => results.filter((each) => each === result).length;
    process.stdout.write(
      `${count('ok')} tools tried, ${count('failed')} failed, ${count('skipped')} skipped\n`,
    );
    return count('failed') === 0 ? 0 : 1;
  } finally {
    await fsx.close();
  }
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
