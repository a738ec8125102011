/** When documents are looked at: at once where they are opened, and when nobody types where they are changed. */

/** Milliseconds without a change, and many times as long as a look at the document takes: nobody waits for their own typing. */
const QUIET = 40;
const MOST_QUIET = 1000;

export class Schedule<Key> {
  readonly #timers = new Map<Key, NodeJS.Timeout>();
  readonly #took = new Map<Key, number>();
  readonly #run: (key: Key) => void;

  constructor(run: (key: Key) => void) {
    this.#run = run;
  }

  /** After what is under way. */
  soon(key: Key): void {
    this.#after(key, 0);
  }

  /** When there has been no other change for a moment. What was to be done before is not done any more. */
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
