/** The changes of a diff as a comment on a pull request. */
import { amount, cut, money } from '../../lustre/wording';
import type { Branch, Change, Verdict } from '../../review/diff/change';
import { changeWords, summaryOf } from '../../review/diff/totals';
import {
  branchesOf,
  byGravity,
  costSentence,
  figuresText,
  isQuiet,
  stepText,
  type DiffFormat,
  type DiffReport,
} from './diff-formats';
import { arrow } from '../../review/diff/words';
import { code, html, plain } from './markdown';
import { visibleLines } from './visible-text';

/** Identifies the comment for the next run. */
const MARK = '<!-- pangea-lustre diff -->';
/** Tells a workflow that there is nothing to report, so that it need not create a comment. */
const NOTHING = '<!-- nothing changes -->';

/** https://docs.github.com/en/rest/issues/comments: the longest comment, in characters. */
const LONGEST = 65_536;

/** A sentence, a table, and collapsed details, no longer than a comment may be. */
export const markdown: DiffFormat = (report) => visibleLines(commentFor(report).split('\n'));

function commentFor(report: DiffReport): string {
  const changes = byGravity(report.changes);
  const told = changes.filter((each) => !isQuiet(each));
  const head = headOf(report, told);
  const shorter = (rows: number, details: number): string => commentOf(head, changes, rows, told, details); // oxfmt-ignore
  // If it is too long, the details of the least important changes are omitted first, and then rows of the table.
  const details = most(told.length, (count) => shorter(changes.length, count).length <= LONGEST);
  if (details > 0) return shorter(changes.length, details);
  const rows = most(changes.length, (count) => shorter(count, 0).length <= LONGEST);
  return shorter(rows, 0);
}

/** The greatest number up to a limit that fits. All smaller numbers must fit too. */
function most(limit: number, fits: (count: number) => boolean): number {
  let [least, greatest] = [0, limit];
  while (least < greatest) {
    const middle = Math.ceil((least + greatest) / 2);
    if (fits(middle)) least = middle;
    else greatest = middle - 1;
  }
  return least;
}

function headOf(
  { changes, notes, failures }: DiffReport,
  told: readonly Change[],
): readonly string[] {
  const mark = told.length === 0 && failures.length === 0 ? `${MARK}\n${NOTHING}` : MARK;
  const icon = changes.some(({ dataLoss }) => dataLoss) ? ':warning: ' : '';
  return [
    mark,
    `### ${icon}FSx for Lustre: ${plain(summaryOf(changes))}`,
    '',
    ...(changes.length > 0 ? [plain(cut(costSentence(changes), LONGEST_TEXT)), ''] : []),
    ...failures
      .slice(0, 20)
      .map(
        ({ file, message }) =>
          `- ${code(cut(file, LONGEST_TEXT))} could not be read: ${plain(cut(message, LONGEST_TEXT))}.`,
      ),
    ...notes.slice(0, 20).map((note) => `- ${plain(cut(note, LONGEST_TEXT))}`),
    ...(notes.length + failures.length > 0 ? [''] : []),
  ];
}

/** UTF-16 code units of one text in the head, so that the head fits into a comment. */
const LONGEST_TEXT = 500;

function commentOf(
  head: readonly string[],
  changes: readonly Change[],
  rows: number,
  told: readonly Change[],
  details: number,
): string {
  const shown = told.slice(0, details);
  const left = [
    ...(rows < changes.length ? [`${changes.length - rows} more file systems are not shown.`] : []),
    ...(details < told.length
      ? [
          `The details of ${told.length - details} are omitted: a comment cannot be longer. \`pangea-lustre diff\` prints them.`,
        ]
      : []),
  ];
  const bases = [
    ...new Set(shown.flatMap((each) => branchesOf(each).flatMap((one) => one.costBasis))),
  ];
  return [
    ...head,
    ...(changes.length > 0
      ? [
          '| File system | What happens | Clients | MB/s | USD a month |',
          '|---|---|---|---|---|',
          ...changes.slice(0, rows).flatMap(rowsOf),
          '',
        ]
      : []),
    ...left.flatMap((each) => [each, '']),
    ...shown.flatMap((each) => [...detailsOf(each), '']),
    ...(bases.length > 0 ? [`<sub>${plain(bases.join(' '))}</sub>`] : []),
  ]
    .join('\n')
    .trimEnd();
}

const rowsOf = (change: Change): readonly string[] =>
  branchesOf(change).map((verdict) => rowOf(change, verdict));

function rowOf({ logicalId, file }: Change, verdict: Verdict & Partial<Branch>): string {
  const { when = '', steps, throughput, monthlyCost, dataLoss } = verdict;
  const where = when === '' ? '' : `<br>where ${plain(when)}`;
  const words = plain(changeWords(verdict));
  const clients = [...new Set(steps.map(({ interruption }) => interruption))].join('; ');
  return `| ${[
    `${code(logicalId)}<br>${code(file)}${where}`,
    dataLoss ? `**${words}**` : words,
    plain(clients) || '-',
    arrow(throughput, amount),
    arrow(monthlyCost, money),
  ].join(' | ')} |`;
}

/** The details are collapsed, except for changes that lose data. */
function detailsOf(change: Change): readonly string[] {
  const { logicalId, dataLoss } = change;
  return [
    `<details${dataLoss ? ' open' : ''}><summary>${html(logicalId)}: ${html(changeWords(change))}</summary>`,
    '',
    ...branchesOf(change).flatMap(verdictLines),
    '</details>',
  ];
}

function verdictLines(verdict: Verdict & Partial<Branch>): readonly string[] {
  const { when = '', differences, reasons, steps, dataLoss } = verdict;
  const sentence = plain(verdict.verdict);
  return [
    ...(when === '' ? [] : [`Where ${plain(when)}:`, '']),
    dataLoss ? `**${sentence}**` : sentence,
    '',
    ...differences.map(({ property, before = 'none', after = 'none' }) => `- ${code(property)}: ${code(before)} → ${code(after)}`), // oxfmt-ignore
    ...reasons.map(({ message }) => `- ${plain(message)}`),
    ...(steps.length > 0 ? [''] : []),
    ...steps.map((step, index) => `${index + 1}. ${plain(stepText(step))}`),
    '',
    `${plain(figuresText(verdict))}.`,
    '',
  ];
}
