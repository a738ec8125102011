const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Where signals are told, as the process does. */
export interface Signals {
  on: (signal: (typeof SIGNALS)[number], heard: () => void) => unknown;
  off: (signal: (typeof SIGNALS)[number], heard: () => void) => unknown;
}

/** Ctrl-C reaches this script from the terminal and once more from npm: together they are one wish. */
const SAME_WISH_MILLISECONDS = 1000;

/** The wishes of whoever runs this: to stop and clean up, and then to leave at once. */
export interface Interruption {
  stop: AbortSignal;
  leave: AbortSignal;
  /** Leaves the signals to Node again. */
  forget: () => void;
}

/** Takes the signals over: the first is a wish to stop, the second one to leave. */
export function interruption(signals: Signals, now: () => number): Interruption {
  const stop = new AbortController();
  const leave = new AbortController();
  let stoppedAt = 0;
  const heard = () => {
    if (!stop.signal.aborted) {
      stoppedAt = now();
      stop.abort(new Error('interrupted'));
    } else if (now() - stoppedAt >= SAME_WISH_MILLISECONDS) {
      leave.abort(new Error('interrupted'));
    }
  };
  for (const signal of SIGNALS) signals.on(signal, heard);
  const forget = () => {
    for (const signal of SIGNALS) signals.off(signal, heard);
  };
  return { stop: stop.signal, leave: leave.signal, forget };
}
