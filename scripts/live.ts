/**
 * `make live REGION=... SUBNET=...`: the lifecycle of the smallest file system in a real account, through the registered
 * type. It says what it will create and what that costs, and asks; whatever happens, it removes what it made, or says
 * what is left.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { askOnTerminal } from './ask';
import { Account } from './live/account';
import { Aws, type Command, installedAws } from './aws';
import { listenForInterrupts, type Interrupts, type Signals } from './live/signals';
import { reason } from './live/leftovers';
import { LiveRun } from './live/live-run';
import { type Plan, planned } from './live/plan';
import { Cleanup } from './live/cleanup';
import { HELP, type LiveOptions, parseOptions } from './live/options';

const INTERRUPTED = 130;

export interface LiveIo {
  say: (line: string) => void;
  ask: (question: string) => Promise<string>;
  pause: (seconds: number, cut: AbortSignal) => Promise<void>;
  command: Command;
  signals: Signals;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Returns the exit code, as the help tells it.
 * @throws Error where the call is wrong, or where what must be there is not: nothing was created then.
 */
export async function live(words: readonly string[], io: LiveIo): Promise<number> {
  const options = parseOptions(words);
  if (!options) {
    io.say(HELP);
    return 0;
  }
  // The time makes the names unique.
  const name = `pangea-lustre-live-${io.now().toString(36)}`;
  const plan = await planned(new Account(new Aws(options.region, io.command)), options, name);
  io.say(plan.told);
  if ((await io.ask('Type yes to go on: ')).trim() !== 'yes') {
    io.say('Nothing was created.');
    return 1;
  }
  const interrupts = listenForInterrupts(io.signals, io.now);
  try {
    return await runLive(name, options, plan, io, interrupts);
  } finally {
    interrupts.forget();
  }
}

/** Runs to the end, or until the second interrupt. */
function runLive(
  name: string,
  { deployment, region, subnet }: LiveOptions,
  { dependencies }: Plan,
  { command, pause, say }: LiveIo,
  interrupts: Interrupts,
): Promise<number> {
  const stacks = [name, `${name}-imported`] as const;
  const common = { name, stacks, dependencies, say };
  const cleanup = new Cleanup(new Account(new Aws(region, command, interrupts.leave)), {
    ...common,
    pause: (seconds) => pause(seconds, interrupts.leave),
  });
  const run = new LiveRun(new Account(new Aws(region, command, interrupts.stop)), cleanup, {
    ...common,
    subnet,
    deployment,
    pause: (seconds) => pause(seconds, interrupts.stop),
  });
  return Promise.race([
    runAndCleanUp(run, cleanup, say, interrupts),
    leaveAtOnce(cleanup, say, interrupts),
  ]);
}

async function runAndCleanUp(
  run: LiveRun,
  cleanup: Cleanup,
  say: LiveIo['say'],
  { stop }: Interrupts,
): Promise<number> {
  stop.addEventListener('abort', () => {
    say('Stopping, and removing what was created. A second Ctrl-C leaves at once.');
  });
  try {
    await run.run();
    return 0;
  } catch (error) {
    if (!stop.aborted) say(`FAILED: ${reason(error)}\nRemoving what was created:`);
  }
  try {
    await cleanup.clear();
  } catch (error) {
    say(reason(error));
  }
  return stop.aborted ? INTERRUPTED : 1;
}

/** Ends with the second interruption: there is no time to look, so the commands are for all that may be left. */
function leaveAtOnce(cleanup: Cleanup, say: LiveIo['say'], { leave }: Interrupts): Promise<number> {
  return new Promise((resolve) => {
    leave.addEventListener('abort', () => {
      say(['To look for them and remove them manually:', ...cleanup.byHand()].join('\n  '));
      resolve(INTERRUPTED);
    });
  });
}

const ON_TERMINAL: LiveIo = {
  say: (line) => process.stdout.write(`${line}\n`),
  ask: askOnTerminal,
  pause: (seconds, signal) => wait(seconds * 1000, undefined, { signal }),
  command: installedAws,
  signals: process,
  now: Date.now,
};

if (require.main === module) {
  // Without its terminal, the script must still clean up.
  process.stdout.on('error', () => undefined);
  live(process.argv.slice(2), ON_TERMINAL).then(
    // At once: whoever leaves does not wait for the command that is running.
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${reason(error)}\n`);
      process.exitCode = 2;
    },
  );
}
