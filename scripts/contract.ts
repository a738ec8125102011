/**
 * Runs AWS's contract suite, `cfn test`, on the built function against a local FSx: every input set of inputs/, nothing
 * in an account. `npm run contract -- [command...]`; the command is `cfn test` unless given.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { startServers } from '../local/demo/servers';

/** Ten minutes a second: creation takes a second, and an hour of growth six. */
const TIME_SCALE = 600;
const REGION = 'us-east-1';

const MISSING = `The CloudFormation CLI is not installed, or not in PATH:

  pip install cloudformation-cli git+https://github.com/aws-cloudformation/cloudformation-cli-typescript-plugin

It asks AWS for the account's number, so it wants credentials of some account; nothing else leaves this computer.
Without it, test/contract holds the same contract: make test.`;

async function main(): Promise<number> {
  const [command = 'cfn', ...flags] = process.argv.slice(2);
  const given = flags.length > 0 || command !== 'cfn' ? flags : ['test'];
  const root = resolve(__dirname, '../..');
  const servers = await startServers({
    main: resolve(root, 'build/local/main.js'),
    timeScale: TIME_SCALE,
    region: REGION,
    log: resolve(root, 'build/contract.log'),
  });
  try {
    const { error, status } = spawnSync(command, withEndpoint(given, servers.lambda), {
      cwd: root,
      stdio: 'inherit',
    });
    if (!error) return status ?? 1;
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`${code === 'ENOENT' ? MISSING : message}\n`);
    return 2;
  } finally {
    await servers.close();
  }
}

/** What follows `--` is pytest's, so the CLI's own flags come before it. */
function withEndpoint(words: readonly string[], lambda: string): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const endpoint = ['--endpoint', lambda, '--region', REGION];
  return [...words.slice(0, end), ...endpoint, ...words.slice(end)];
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
