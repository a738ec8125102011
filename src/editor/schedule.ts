/** Schedules reviews of documents: at once when they are opened, and after a pause when they are edited. */

/**
 * The pause in milliseconds. It is also a multiple of the time that a review takes, so that reviews do not slow down typing.
 */
const QUIET = 40;
const MOST_QUIET = 1000;

/** Schedules at most one task for each key. */
export class Schedule<Key> {
  readonly #timers = new Map<Key, NodeJS.Timeout>();
  readonly #took = new Map<Key, number>();
  readonly #run: (key: Key) => void;

  constructor(run: (key: Key) => void) {
    this.#run = run;
  }

  /** Runs the task after the current one. */
  soon(key: Key): void {
    this.#after(key, 0);
  }

  /** Runs the task after a pause without further calls. Replaces a task that is already scheduled. */
  later(key: Key): void {
    this.#after(key, Math.min(MOST_QUIET, Math.max(QUIET, 2 * (this.#took.get(key) ?? 0))));
  }

  drop(key: Key): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#took.delete(key);
  }

  #after(key: Key, milliseconds: number): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        const began = performance.now();
        this.#run(key);
        this.#took.set(key, performance.now() - began);
      }, milliseconds),
    );
  }
}
