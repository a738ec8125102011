import type { LustreProperties } from './properties';
import { cut } from './wording';

/** A change of properties, or of names that are none; undefined leaves one out. */
export type Repair = {
  readonly [Name in keyof LustreProperties]?: LustreProperties[Name] | undefined;
} & Readonly<Partial<Record<string, unknown>>>;

/**
 * `error`: FSx refuses it, as recorded or documented, or the account's own limits do. `warning`: a refusal is likely and not
 * on record, or rests on a table that has grown old; FSx decides.
 */
export type Severity = 'error' | 'warning';

/** Something about a configuration that FSx, or the account's own limits, will not have. */
export interface Violation {
  /** Name of the rule, for tools: kebab-case, stable. */
  rule: string;
  /** Property or path, such as `StorageCapacity` or `MetadataConfiguration.Iops`. */
  property: string;
  /** The value given, where there is one. */
  value?: unknown;
  /** One sentence or two: what is wrong, what is allowed, what to do. */
  message: string;
  /**
   * `contradiction`: can never be right. `table`: rests on a table of numbers that grows when AWS launches a tier, and
   * can be left to FSx (type configuration `Validation: DEFER_TO_FSX`).
   */
  kind: 'contradiction' | 'table';
  /** An error where it is left out. */
  severity?: Severity;
  /** A value that a limit of the account is below. What already was above it may come down in steps. */
  exceeding?: number;
  /** Changes each of which makes this violation go away; what the message suggests, for tools. */
  repairs?: readonly Repair[];
}

export const severityOf = ({ severity = 'error' }: Violation): Severity => severity;

/** Those that stop an operation. */
export const errorsOf = (violations: readonly Violation[]): Violation[] =>
  violations.filter((violation) => severityOf(violation) === 'error');

/** Those that are not left to FSx: with `deferToFsx`, what rests on a table of numbers is FSx's to judge. */
export const heldAgainst = (violations: readonly Violation[], deferToFsx: boolean): Violation[] =>
  violations.filter(({ kind }) => !(deferToFsx && kind === 'table'));

/** What CloudFormation shows of a status message. */
export const LONGEST_MESSAGE = 1024;

/**
 * The messages of all violations, joined, in at most `limit` UTF-16 code units (and so characters). What does not fit
 * is counted: "(and 3 more)".
 */
export function describeViolations(
  violations: readonly Pick<Violation, 'message'>[],
  limit = LONGEST_MESSAGE,
): string {
  const messages = violations.map(({ message }) => message);
  for (let shown = messages.length; shown > 0; shown--) {
    const text = [...messages.slice(0, shown), ...more(messages.length - shown)].join(' ');
    if (text.length <= limit) return text;
  }
  const [first = ''] = messages;
  const rest = more(messages.length - 1).map((count) => ` ${count}`);
  return cut(first, limit - rest.join('').length) + cut(rest.join(''), limit);
}

const more = (count: number): string[] => (count > 0 ? [`(and ${count} more)`] : []);

/**
 * The violations that another state does not have already: the same rule, for the same property and value, or above the same
 * limit by as much.
 */
export function newViolations(
  violations: readonly Violation[],
  standing: readonly Violation[],
): Violation[] {
  return violations.filter(
    (violation) => !standing.some((already) => isCoveredBy(violation, already)),
  );
}

function isCoveredBy(violation: Violation, already: Violation): boolean {
  if (violation.rule !== already.rule || violation.property !== already.property) return false;
  const { exceeding } = violation;
  if (exceeding !== undefined && already.exceeding !== undefined)
    return exceeding <= already.exceeding;
  return JSON.stringify(violation.value) === JSON.stringify(already.value);
}
