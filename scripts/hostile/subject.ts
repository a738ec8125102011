/** Something that reads what others wrote, and input against it. */
export interface Subject {
  /** Runs so many cases, the same for the same seed; what was found, in sentences with the input. */
  run(seed: number, runs: number): Promise<readonly string[]>;
}
