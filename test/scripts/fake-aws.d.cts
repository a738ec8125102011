import type { Outcome } from '../../scripts/aws';

/** Service and operation of a command. */
export function commandOf(words: readonly string[]): string;
/** What the command answers, and whether it does. */
export function outcome(words: readonly string[]): Outcome;
