import type { Account } from './account';
import type { LeftoverCheck } from './leftovers';

/** A model as READ returns it. */
export type Model = Readonly<Record<string, unknown>>;

/** What a removal needs to know of the run. */
export interface Removal {
  account: Account;
  /** The file systems that there have been. */
  fileSystems: readonly string[];
  /** Waits between two looks. */
  pause: (seconds: number) => Promise<void>;
}

/** Something that the file system is connected with: made for it and removed after it, or there before and left as it is. */
export interface Dependency {
  /** What it is, in words, before it is there. */
  readonly plan: string;
  /** Makes it, where it is not there before. */
  create(account: Account): Promise<void>;
  /** What the file system says of it. Known after its creation. */
  properties(): Record<string, unknown>;
  /** Whether a file system that has these properties shows them. */
  isShownBy(model: Model): boolean;
  /** Removes what was made, after the file system. */
  remove(removal: Removal): Promise<void>;
  /** What may be left of it. */
  leftoverChecks(removal: Omit<Removal, 'pause'>): LeftoverCheck[];
  /** What stays of it though it was removed, where something does. */
  readonly remnant?: string | undefined;
}
