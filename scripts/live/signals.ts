const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Where signals are told, as the process does. */
export interface Signals {
  on: (signal: (typeof SIGNALS)[number], heard: () => void) => unknown;
  off: (signal: (typeof SIGNALS)[number], heard: () => void) => unknown;
}

/** Ctrl-C reaches this script from the terminal and once more from npm: together they are one interrupt. */
const SAME_INTERRUPT_MS = 1000;

/** The first interrupt stops and cleans up, the second leaves at once. */
export interface Interrupts {
  stop: AbortSignal;
  leave: AbortSignal;
  /** Leaves the signals to Node again. */
  forget: () => void;
}

/** Takes the signals over: the first is to stop, the second one to leave. */
export function listenForInterrupts(signals: Signals, now: () => number): Interrupts {
  const stop = new AbortController();
  const leave = new AbortController();
  let stoppedAt = 0;
  const heard = () => {
    if (!stop.signal.aborted) {
      stoppedAt = now();
      stop.abort(new Error('interrupted'));
    } else if (now() - stoppedAt >= SAME_INTERRUPT_MS) {
      leave.abort(new Error('interrupted'));
    }
  };
  for (const signal of SIGNALS) signals.on(signal, heard);
  const forget = () => {
    for (const signal of SIGNALS) signals.off(signal, heard);
  };
  return { stop: stop.signal, leave: leave.signal, forget };
}
