/** The options of `check` that a simple check does not load: SARIF, guardrails of an account, and fixes. */
import { forAccount } from '../review/account';
import { check } from '../review/check';
import { findFileSystems, type ReviewOptions } from '../review/file-systems';
import type { Finding } from '../review/finding';
import { fixOrNone, type PropertyChange } from '../review/fixes/fix';
import { fixAll, type AppliedChange, type Fixed } from '../review/fixes/fix-all';
import { FALLBACK_REGION } from '../lustre/estimates/prices';
import { Template } from '../template/template';
import type { Arguments, Options, Run } from './options/arguments';
import { checkTemplates, unchanged, type Extras } from './check';
import { configurationIn } from './options/configuration';
import { decoded } from './files/decoded';
import { STDIN, writeBack } from './files/files';
import { statedRegion } from './options/option-values';
import { sarif, type RepairEdits } from './formats/sarif';
import { writeStderr, writeStderrText, writeStdout, writeStdoutAsIs } from './files/streams';
import { visibleLines } from './formats/visible-text';

/** Reports what FSx, or a guardrail of the account, would refuse. */
export const run: Run = (given) => {
  const { review, write } = given.options.has('fix')
    ? fixing(given)
    : { review: unchanged, write: writeStdout };
  const isSarif = given.options.one('format') === 'sarif';
  // The text of a template is not kept, so the edits of its repairs are determined while it is in memory.
  const repairs = new Map<Finding, readonly RepairEdits[]>();
  return checkTemplates(given, {
    formats: { sarif: () => sarif((finding) => repairs.get(finding) ?? []) },
    settings,
    write,
    review: (text, options, bytes) => {
      const reviewed = review(text, options, bytes);
      const found = isSarif ? reviewed.checked.findings : [];
      for (const [finding, edits] of repairEdits(reviewed.text, found, options))
        repairs.set(finding, edits);
      return reviewed;
    },
  });
};

/** The repairs of each finding that are edits of the text. */
function repairEdits(
  text: string,
  findings: readonly Finding[],
  { file = STDIN, ...options }: ReviewOptions,
): (readonly [Finding, readonly RepairEdits[]])[] {
  if (findings.length === 0) return [];
  const template = Template.read(file, text);
  const fileSystems = findFileSystems(template, options);
  return findings.map((finding) => [
    finding,
    finding.repairs.flatMap((repair) => {
      const fix = fixOrNone(template, fileSystems, finding, repair);
      if (!fix) return [];
      const replacements = fix.edits
        .toSorted((a, b) => a.at - b.at)
        .map((edit) => ({ ...template.rangeAt(edit.at, edit.end), text: edit.text }));
      return [{ description: fix.changes.map(inWords).join(', '), replacements }];
    }),
  ]);
}

const inWords = ({ property, from, to }: PropertyChange): string =>
  to === undefined
    ? `omit ${property}`
    : from === undefined
      ? `set ${property} to ${to}`
      : `${property} ${to} instead of ${from}`;

function settings(options: Options): Partial<ReviewOptions> {
  const file = options.one('configuration');
  return file === undefined
    ? {}
    : forAccount(configurationIn(file), statedRegion(options) ?? FALLBACK_REGION);
}

/**
 * Fixes a template before it is checked, writes it back, and reports the changes: before the report for readers, or on
 * standard error if standard output is for programs.
 */
function fixing({ positional, options }: Arguments): Required<Pick<Extras, 'review' | 'write'>> {
  const isFilter = positional.length === 0 || positional.includes('-');
  const isForPeople = (options.one('format') ?? 'human') === 'human';
  const tell = (lines: readonly string[]): void => {
    if (!isForPeople || isFilter) for (const line of lines) writeStderr(line);
    else if (lines.length > 0) writeStdout(visibleLines(lines));
  };
  return {
    review: (_, { file = STDIN, ...given }, bytes) => {
      const { mark, text } = decoded(bytes);
      const fixed = fixAll(text, { file, ...given });
      // A file may have that name too.
      if (isFilter && file === STDIN) writeStdoutAsIs(mark + fixed.text);
      else if (fixed.text !== text) writeBack(file, mark + fixed.text);
      tell(linesOf(fixed));
      return { checked: check(fixed.text, { file, ...given }), text: fixed.text };
    },
    write: isFilter ? writeStderrText : writeStdout,
  };
}

/** `file:line: property: old -> new` for each change, and why findings with exactly one repair were not fixed. */
const linesOf = ({ changes, left }: Fixed): string[] => [
  ...changes.map(describe),
  ...left.map(
    ({ finding: { file, line, property }, why }) =>
      `${file}:${line}: ${property}: not fixed, because ${why}`,
  ),
];

const describe = ({
  file,
  line,
  property,
  from = 'none',
  to = 'left out',
}: AppliedChange): string => `${file}:${line}: ${property}: ${from} -> ${to}`;
