/** What a command of `pangea-lustre` is, and what it is given. */

export interface Option {
  /** What follows it, such as `REGION`; a flag where absent. */
  readonly value?: string;
  readonly help: string;
  /** Given more than once, or followed by several. */
  readonly several?: boolean;
  /** The only values. */
  readonly values?: readonly string[];
}

export interface Command {
  /** What follows its name. */
  readonly synopsis: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Further lines of its help. */
  readonly notes: readonly string[];
  readonly run: () => Promise<{ run: Run }>;
}

/** What was typed behind a command. */
export interface Arguments {
  readonly positional: readonly string[];
  /** The values of an option, or one empty text for a flag. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Carries out a command; its exit code. */
export type Run = (given: Arguments) => number;
