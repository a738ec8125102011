import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What a parameter of an AWS command may be; lists and objects are given as JSON. */
export type Value = string | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, Value>>;

/** What a command wrote, and how it ended. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `aws` with these words, until the signal cuts it short. */
export type Command = (words: readonly string[], cut?: AbortSignal) => Promise<Outcome>;

/** An AWS command that failed, with the error code of the service where it named one. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/** The words of a command: `{ StackName: 'a' }` becomes `--stack-name a`. */
export function commandLine(
  region: string,
  service: string,
  operation: readonly string[],
  parameters: Parameters = {},
): string[] {
  const flags = Object.entries(parameters).flatMap(([name, value]) => [
    `--${name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase()}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return [service, ...operation, '--region', region, '--output', 'json', ...flags];
}

/** The AWS CLI of this computer, with the credentials that it finds. */
export const installedAws: Command = async (words, cut) => {
  // In a process group of its own: Ctrl-C in the terminal is for this script, which must still clean up.
  const aws = spawn('aws', words, {
    detached: true,
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(cut && { signal: cut }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    aws.once('close', resolve);
    aws.once('error', reject);
  });
  try {
    const [status, stdout, stderr] = await Promise.all([ended, text(aws.stdout), text(aws.stderr)]);
    return { status, stdout, stderr };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AwsError('The AWS CLI is not installed, or not in PATH: https://aws.amazon.com/cli/');
  }
};

/** AWS commands in one region, until they are interrupted. */
export class Aws {
  constructor(
    readonly region: string,
    private readonly command: Command = installedAws,
    private readonly interruption?: AbortSignal,
  ) {}

  /**
   * Runs one command and returns its answer, an empty object where it has none.
   * @throws AwsError with what the command wrote; the reason of the interruption after it.
   */
  async call(
    service: string,
    operation: string | readonly string[],
    parameters?: Parameters,
  ): Promise<unknown> {
    this.interruption?.throwIfAborted();
    const words = commandLine(this.region, service, [operation].flat(), parameters);
    const { status, stdout, stderr } = await this.command(words, this.#cut(operation));
    if (status !== 0) throw failure(stderr, words);
    return stdout.trim() === '' ? {} : (JSON.parse(stdout) as unknown);
  }

  /** Only waiting is cut short. What changes something is let finish, so that what it made is there to be removed. */
  #cut(operation: string | readonly string[]): AbortSignal | undefined {
    return operation[0] === 'wait' ? this.interruption : undefined;
  }
}

function failure(stderr: string, words: readonly string[]): AwsError {
  const said = stderr.trim();
  const command = `aws ${words.slice(0, 2).join(' ')}`;
  return new AwsError(
    said ? `${command}: ${said}` : `${command} failed`,
    /\((\w+)\) when/.exec(said)?.[1],
  );
}
