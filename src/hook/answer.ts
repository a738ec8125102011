/** The result of a Lambda Hook. */
import type { Judgment, Objection } from '../review/operation';
import { describeViolations } from '../lustre/violations';
import { cut, formatValue, joinWithAnd, joinWithOr } from '../lustre/wording';
import type { Target } from './event';
import type { Replacement } from './settings';

/** An annotation of a hook result. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Annotation.html */
export interface Annotation {
  /** The name of the rule. */
  readonly annotationName: string;
  readonly status: 'FAILED' | 'SKIPPED';
  readonly statusMessage: string;
  readonly remediationMessage?: string;
  readonly severityLevel: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
}

/**
 * The response of a Lambda Hook.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks-create-lambda-function.html
 */
export interface HookAnswer {
  readonly hookStatus: 'SUCCESS' | 'FAILED';
  readonly errorCode?: 'NonCompliant';
  readonly message: string;
  readonly clientRequestToken?: string;
  readonly annotations?: readonly Annotation[];
}

/** A target and the result of its review. */
export interface Judged {
  readonly target: Target;
  readonly judgment: Judgment;
}

/** Options of an answer. */
export interface AnswerOptions {
  readonly token: string | undefined;
  /** The most UTF-16 code units of the message. */
  readonly longest: number;
  readonly replacement: Replacement;
  /** Problems of the hook's settings. */
  readonly problems: readonly string[];
  /** The parts of a change set that could not be read. */
  readonly unread: readonly string[];
}

/** CloudFormation truncates longer messages; Cloud Control has a lower limit. */
export const LONGEST_MESSAGES = { cloudFormation: 4096, cloudControl: 1024 } as const;
const LONGEST_NAME = 1024;
const LONGEST_ANNOTATION = 16_384;
/** The most annotations. Readers need no more, and the response stays well below Lambda's limit. */
const MOST_ANNOTATIONS = 50;

/** The answer for an operation without objections. */
export const accepted = (token: string | undefined, message: string): HookAnswer => ({
  hookStatus: 'SUCCESS',
  message: cut(message, LONGEST_MESSAGES.cloudControl),
  ...(token !== undefined && { clientRequestToken: token }),
});

interface Said extends Objection {
  readonly isRefusal: boolean;
  readonly isReplacement: boolean;
}

/** The answer for the reviews of all targets, refusals first. */
export function answerTo(judged: readonly Judged[], options: AnswerOptions): HookAnswer {
  const { token, longest, replacement, unread } = options;
  // Problems of the settings are reported only if a Lustre file system was reviewed.
  const problems = judged.some(isChecked) ? options.problems : [];
  const said = judged
    .flatMap((each) => sayingsOf(each, replacement, judged.length > 1))
    .sort((one, other) => Number(other.isRefusal) - Number(one.isRefusal));
  const isRefused = said.some(({ isRefusal }) => isRefusal);
  const told = [
    ...said,
    ...(said.some(({ isReplacement }) => isReplacement) ? [{ message: replacementNote(replacement) }] : []), // oxfmt-ignore
    ...[...unread, ...problems].map((message) => ({ message })),
  ];
  const annotations = said.slice(0, MOST_ANNOTATIONS).map(annotationOf);
  return {
    hookStatus: isRefused ? 'FAILED' : 'SUCCESS',
    ...(isRefused && { errorCode: 'NonCompliant' }),
    message: told.length > 0 ? describeViolations(told, longest) : nothingAgainst(judged),
    ...(token !== undefined && { clientRequestToken: token }),
    ...(annotations.length > 0 && { annotations }),
  };
}

/** Whether the target was reviewed. */
export const isChecked = ({ judgment }: Judged): boolean => judgment.unjudged === undefined;

function nothingAgainst(judged: readonly Judged[]): string {
  if (judged.length === 0) return 'Not checked. It changes no file system.';
  const unchecked = judged.filter((each) => !isChecked(each));
  if (unchecked.length === judged.length)
    return `Not checked. ${[...new Set(unchecked.map(({ judgment }) => judgment.unjudged))].join(' ')}`;
  if (judged.length === 1) return 'No rule refuses this file system.';
  const checked = judged.filter(isChecked).map(({ target }) => target.logicalId);
  const others = unchecked.map(({ target, judgment }) => ` ${target.logicalId} is not checked: ${judgment.unjudged ?? ''}`); // oxfmt-ignore
  return `No rule refuses ${joinWithAnd(checked)}.${others.join('')}`;
}

function sayingsOf(
  { target, judgment }: Judged,
  replacement: Replacement,
  isOneOfMany: boolean,
): Said[] {
  const named = ({ message, ...objection }: Objection): Objection => ({
    ...objection,
    message: isOneOfMany ? `${target.logicalId}: ${message}` : message,
  });
  const replacing = replacement === 'ALLOW' ? [] : judgment.replacing;
  return [
    ...judgment.objections.map((each) => ({
      ...named(each),
      isRefusal: each.severity === 'error',
      isReplacement: false,
    })),
    ...replacing.map((each) => ({
      ...named(each),
      isRefusal: replacement === 'FAIL',
      isReplacement: true,
    })),
  ];
}

/** A hook does not receive the policies of a resource. */
const LOST =
  'The old file system is deleted with all its data, unless UpdateReplacePolicy: Retain keeps it or a final backup holds the data';

const replacementNote = (replacement: Replacement): string =>
  replacement === 'FAIL'
    ? `${LOST}; this hook allows no replacement (Replacement: FAIL).`
    : `${LOST}.`;

function annotationOf(said: Said): Annotation {
  const remediation = said.repairs.map(repairText);
  return {
    annotationName: cut(said.rule, LONGEST_NAME),
    status: said.isRefusal ? 'FAILED' : 'SKIPPED',
    statusMessage: cut(said.message, LONGEST_ANNOTATION),
    ...(remediation.length > 0 && {
      remediationMessage: cut(`${capitalized(joinWithOr(remediation))}.`, LONGEST_ANNOTATION),
    }),
    severityLevel: severityOf(said),
  };
}

function severityOf({ isReplacement, isRefusal, rule }: Said): Annotation['severityLevel'] {
  if (isReplacement) return 'CRITICAL';
  if (!isRefusal) return 'LOW';
  return rule.startsWith('guardrail-') ? 'HIGH' : 'MEDIUM';
}

const repairText = (repair: Objection['repairs'][number]): string =>
  joinWithAnd(
    Object.entries(repair).map(([property, value]) =>
      value === null ? `omit ${property}` : `set ${property} to ${formatValue(value)}`,
    ),
  );

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
