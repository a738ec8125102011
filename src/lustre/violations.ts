import type { LustreProperties } from './properties';
import { isWithin } from './paths';
import { cut } from './wording';

/** Changes of properties, or of unknown names, to their new values; undefined removes one. */
export type Repair = {
  readonly [Name in keyof LustreProperties]?: LustreProperties[Name] | undefined;
} & Readonly<Partial<Record<string, unknown>>>;

/**
 * `error`: FSx refuses the configuration, as recorded or documented, or a guardrail does. `warning`: a refusal is likely but
 * not recorded, or is based on a table that is out of date; FSx decides.
 */
export type Severity = 'error' | 'warning';

/** A part of a configuration that FSx, or a guardrail of the account, refuses. */
export interface Violation {
  /** Name of the rule, for tools: in kebab-case, and stable. */
  rule: string;
  /** Property or path, such as `StorageCapacity` or `MetadataConfiguration.Iops`. */
  property: string;
  /** The given value; absent if there is none. */
  value?: unknown;
  /** One or two sentences: what is wrong, what is allowed, what to do. */
  message: string;
  /**
   * `contradiction`: invalid in any case. `table`: based on a table of numbers that grows when AWS launches a tier. With
   * `Validation: DEFER_TO_FSX` in the type configuration, these are left to FSx.
   */
  kind: 'contradiction' | 'table';
  /** Absent: `error`. */
  severity?: Severity;
  /** The properties that an unknown name stands for. */
  meant?: readonly string[];
  /** Whether the property is refused for any value. */
  misplaced?: true;
  /** The value that is above a limit of the account. A value that already was above the limit may be lowered in steps. */
  exceeding?: number;
  /** Alternative changes that each remove the violation, for tools. The message suggests the same changes. */
  repairs?: readonly Repair[];
}

/** A violation as rules report it: a contradiction, unless it says otherwise. */
export type Refusal = Omit<Violation, 'kind'> & Partial<Pick<Violation, 'kind'>>;

/** The violation that a rule has reported. */
export const violationOf = (refusal: Refusal): Violation => ({ kind: 'contradiction', ...refusal });

/** The severity, with its default. */
export const severityOf = ({ severity = 'error' }: Violation): Severity => severity;

/** The violations that stop an operation. */
export const errorsOf = (violations: readonly Violation[]): Violation[] =>
  violations.filter((violation) => severityOf(violation) === 'error');

/** The violations that are not left to FSx: with `deferToFsx`, those without the kind `table`. */
export const withoutDeferred = (
  violations: readonly Violation[],
  deferToFsx: boolean,
): Violation[] => violations.filter(({ kind }) => !(deferToFsx && kind === 'table'));

/** The repairs without those that another one equals. */
export const distinctRepairs = (repairs: readonly Repair[]): readonly Repair[] =>
  repairs.length < 2
    ? repairs
    : [...new Map(repairs.map((repair) => [JSON.stringify(repair, orNull), repair])).values()];

const orNull = (_: string, value: unknown): unknown => (value === undefined ? null : value);

/** Removes violations of the value of a property that is refused for any value, unless they are more severe. */
export function withoutMoot(violations: readonly Violation[]): Violation[] {
  const isError = (violation: Violation): boolean => severityOf(violation) === 'error';
  return violations.filter((each) =>
    each.misplaced
      ? isError(each) ||
        !violations.some((one) => isError(one) && isWithin(one.property, each.property))
      : !violations.some(
          (one) =>
            one.misplaced &&
            (isError(one) || !isError(each)) &&
            isWithin(each.property, one.property),
        ),
  );
}

/** The most characters of a status message that CloudFormation shows. */
export const LONGEST_MESSAGE = 1024;

/**
 * All messages, joined, in at most `limit` UTF-16 code units, and so characters. Messages that do not fit are counted: "(and
 * 3 more)".
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
 * The violations that another state does not already have: with the same rule, property and value, or above the same limit by
 * at least as much.
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
