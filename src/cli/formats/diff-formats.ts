/** The formats of a diff, except Markdown. */
import { amount, joinWithAnd, money } from '../../lustre/wording';
import type { Branch, Change, ChangeStep, Verdict } from '../../review/diff/change';
import { gravity } from '../../review/diff/change';
import { changeWords, costOf, summaryOf } from '../../review/diff/totals';
import { arrow, stepWords } from '../../review/diff/words';
import type { Failure } from '../files/files';
import { styles } from '../files/streams';
import { wrapped } from './wrapping';
import {
  visibleJson,
  visibleLines,
  workflowCommands,
  type VisibleText,
  type WorkflowCommand,
} from './visible-text';

/** The results of a diff of all templates. */
export interface DiffReport {
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
  readonly failures: readonly Failure[];
}

/** Formats a report; empty text if there is nothing to print. */
export type DiffFormat = (report: DiffReport) => VisibleText;

/** Worst first; equal ones in the order of the files. */
export const byGravity = (changes: readonly Change[]): readonly Change[] =>
  changes.toSorted((a, b) => gravity(b) - gravity(a));

/** All verdicts of a change, each with its conditions. */
export const branchesOf = ({ branches, ...own }: Change): readonly (Verdict & Partial<Branch>)[] =>
  branches ?? [own];

/** Whether there is nothing to report about a file system. */
export const isQuiet = ({ change, reasons, branches }: Change): boolean =>
  change === 'none' && reasons.length === 0 && !branches;

/** Lines that fit the terminal. */
export const human: DiffFormat = ({ changes, notes, failures }) => {
  if (changes.length === 0 && failures.length > 0) return visibleLines([]);
  const { dim } = styles();
  const told = byGravity(changes).filter((each) => !isQuiet(each));
  const quiet = changes.filter(isQuiet);
  const bases = [...new Set(told.flatMap((each) => branchesOf(each).flatMap((one) => one.costBasis)))]; // oxfmt-ignore
  return visibleLines([
    ...told.flatMap((each) => [...changeLines(each), '']),
    ...quiet.map((each) => dim(`${placeOf(each)} ${each.logicalId}: nothing changes.`)),
    ...(quiet.length > 0 ? [''] : []),
    ...notes.flatMap((note) => wrapped(`Note: ${note}`)),
    ...wrapped(`${summaryOf(changes)} ${costSentence(changes)}`.trim()).map(loud),
    ...bases.flatMap((basis) => wrapped(basis)).map(dim),
  ]);
};

function loud(line: string): string {
  const { bold, red } = styles();
  return /DATA (LOST|MAY BE LOST)/.test(line) ? red(line) : bold(line);
}

const placeOf = ({ file, place }: Change): string =>
  place ? `${file}:${place.line}:${place.column}` : `${file}:`;

function changeLines(change: Change): string[] {
  const { bold, dim } = styles();
  return [
    `${bold(placeOf(change))} ${bold(change.logicalId)} ${dim(change.type)}`,
    ...branchesOf(change).flatMap(verdictLines),
  ];
}

function verdictLines(verdict: Verdict & Partial<Branch>): string[] {
  const { when = '', differences, reasons, steps } = verdict;
  const { dim } = styles();
  const names = Math.max(0, ...differences.map(({ property }) => property.length));
  return [
    ...(when === '' ? [] : wrapped(`Where ${when}:`, '  ')),
    ...wrapped(verdict.verdict, '  ').map(loud),
    ...differences.flatMap(({ property, before = 'none', after = 'none' }) =>
      wrapped(`${before} → ${after}`, `    ${property.padEnd(names)}  `),
    ),
    ...reasons.flatMap(({ message }) => wrapped(message, '    - ')),
    ...steps.flatMap((step, index) => wrapped(stepText(step), `    ${index + 1}. `)), // oxfmt-ignore
    ...wrapped(figuresText(verdict), '    ').map(dim),
  ];
}

/** A step on one line. */
export function stepText(step: ChangeStep): string {
  const { subject, sentences } = stepWords(step);
  return `${subject}: ${sentences.join(' ')}`;
}

/** The figures: `240 → 960 MB/s, 168.00 → 672.00 USD a month (+504.00)`. */
export function figuresText({ throughput, monthlyCost, keptMonthlyCost }: Verdict): string {
  const kept =
    keptMonthlyCost === undefined
      ? ''
      : `, and ${keptMonthlyCost === null ? 'what the old one costs' : money(keptMonthlyCost)} for the one that is kept`; // oxfmt-ignore
  return `${arrow(throughput, amount)} MB/s, ${arrow(monthlyCost, money)} USD a month${rise(monthlyCost)}${kept}`;
}

function rise({ before, after }: Verdict['monthlyCost']): string {
  if (before === null || after === null || before === after) return '';
  return ` (${after > before ? '+' : '-'}${money(Math.abs(after - before))})`;
}

/** The total cost before and after. */
export function costSentence(changes: readonly Change[]): string {
  const { before, after, unknown } = costOf(changes);
  if (changes.length === 0) return '';
  if (unknown.length === changes.length) return `The cost of ${joinWithAnd(unknown)} is not known.`;
  const without =
    unknown.length > 0 ? `, without ${joinWithAnd(unknown)}, whose cost is not known` : '';
  const said =
    before === after
      ? `${money(after)} USD a month as before`
      : `${arrow({ before, after }, money)} USD a month${rise({ before, after })}`;
  return `${said}${without}${chosenBranches(changes)}.`;
}

/** The branches that the total cost is of, for file systems whose branches differ in cost. */
function chosenBranches(changes: readonly Change[]): string {
  const costs = ({ monthlyCost, keptMonthlyCost }: Verdict): string =>
    JSON.stringify([monthlyCost, keptMonthlyCost]);
  const chosen = changes.filter(({ branches = [] }) => new Set(branches.map(costs)).size > 1);
  const conditions = new Set(chosen.flatMap(({ when }) => when ?? []));
  return conditions.size === 0 ? '' : `, where ${joinWithAnd([...conditions])}`;
}

/** A JSON array with one object for each file system. */
export const json: DiffFormat = ({ changes }) =>
  visibleJson(JSON.stringify(changes.map(asJson), undefined, 2));

function asJson({ place, branches, ...change }: Change): object {
  return { ...change, ...place, ...(branches && { branches }) };
}

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const github: DiffFormat = ({ changes, notes, failures }) =>
  workflowCommands([
    ...byGravity(changes).flatMap((each) => (isQuiet(each) ? [] : [annotation(each)])),
    ...notes.map((message) => ({
      name: 'notice' as const,
      properties: { title: 'pangea-lustre diff' },
      message,
    })),
    ...failures.map(({ file, line, column: col, message }) => ({
      name: 'error' as const,
      properties: { file, line, col, title: 'unreadable' },
      message,
    })),
  ]);

function annotation(change: Change): WorkflowCommand {
  const { file, place, logicalId } = change;
  const message = branchesOf(change)
    .map(({ when = '', verdict, reasons, steps, ...rest }) =>
      [
        ...(when === '' ? [] : [`Where ${when}:`]),
        verdict,
        ...reasons.map(({ message }) => message),
        ...steps.map(stepText),
        `${figuresText({ verdict, reasons, steps, ...rest })}.`,
      ].join(' '),
    )
    .join(' ');
  const title = `${logicalId}: ${changeWords(change)}`;
  const properties = { file, line: place?.line, col: place?.column, title };
  return { name: levelOf(change), properties, message };
}

/** The level: an error for what a reviewer must not miss, a warning for what clients notice. */
function levelOf({ change, dataLoss, steps }: Change): 'error' | 'warning' | 'notice' {
  if (dataLoss || change === 'refused') return 'error';
  const isFelt = steps.some(({ interruption }) => !/^(no impact on clients)?$/.test(interruption));
  return isFelt || ['replace', 'delete', 'unknown'].includes(change) ? 'warning' : 'notice';
}
