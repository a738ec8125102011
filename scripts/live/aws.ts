import { execFile, type ExecFileException } from 'node:child_process';

/** What a parameter of an AWS command may be; lists and objects are given as JSON. */
export type Value = string | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, Value>>;

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
export class Aws {
  constructor(readonly region: string) {}

  /**
   * Runs one command and returns its answer, an empty object where it has none.
   * @throws AwsError with what the command wrote.
   */
  call(
    service: string,
    operation: string | readonly string[],
    parameters?: Parameters,
  ): Promise<unknown> {
    const words = commandLine(this.region, service, [operation].flat(), parameters);
    return new Promise((resolve, reject) => {
      execFile('aws', words, { env: process.env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        if (error) reject(failure(error, stderr, words));
        else resolve(stdout.trim() === '' ? {} : (JSON.parse(stdout) as unknown));
      });
    });
  }
}

function failure(error: ExecFileException, stderr: string, words: string[]): AwsError {
  if (error.code === 'ENOENT') {
    return new AwsError(
      'The AWS CLI is not installed, or not in PATH: https://aws.amazon.com/cli/',
    );
  }
  const said = stderr.trim();
  const command = `aws ${words.slice(0, 2).join(' ')}`;
  return new AwsError(
    said ? `${command}: ${said}` : `${command} failed`,
    /\((\w+)\) when/.exec(said)?.[1],
  );
}
