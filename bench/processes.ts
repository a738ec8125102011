import { spawn } from 'node:child_process';

/** Arguments of node. */
export type Command = readonly string[];

/**
 * How much longer each command takes than the baseline, start to exit: the median over the rounds. All run in turn within a
 * round, so that a busy moment of the computer is everybody's.
 */
export async function pairedRatios(
  baseline: Command,
  commands: readonly Command[],
  rounds: number,
): Promise<number[]> {
  const ratios = commands.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    const base = await run(baseline);
    for (const [index, command] of commands.entries()) {
      const { ms } = await run(command);
      // The first round only fills the file caches.
      if (round > 0) ratios[index]?.push(ms / base.ms);
    }
  }
  return ratios.map(median);
}

/** Milliseconds of a warm read, as the process itself measures it. */
export async function warmRead(command: Command): Promise<number> {
  const { output } = await run(command);
  return Number(output);
}

async function run(command: Command): Promise<{ ms: number; output: string }> {
  const begun = performance.now();
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_LAMBDA_LOG_LEVEL: 'WARN',
      // Node 20 reads these certificates before anything else, which would flatter every ratio.
      NODE_EXTRA_CA_CERTS: undefined,
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    },
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0)
    throw new Error(`node ${command.join(' ')} ended with ${String(code)}: ${output}`);
  return { ms: performance.now() - begun, output: output.trim().split('\n').at(-1) ?? '' };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
