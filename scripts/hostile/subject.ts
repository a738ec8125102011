/** How hard to try. */
export interface Effort {
  readonly seed: number;
  readonly runs: number;
}

/** Something that reads what strangers write, and what they may try on it. */
export interface Subject {
  /** What is tried and what must hold, in one sentence. */
  readonly about: string;
  /**
   * Tries `runs` cases, the same ones for the same seed; what was found, in sentences with the input.
   * @throws Error with the smallest case that was found to do harm.
   */
  readonly run: (effort: Effort) => Promise<readonly string[]>;
}
