/** How the findings of a check are written. */
import type { Finding } from '../review/finding';
import { addressOf } from '../review/rule-names';
import type { Failure } from './files';
import { styles } from './streams';
import { visibleJson, visibleLines, type VisibleText } from './visible-text';

/** What a check has found in all templates. */
interface Report {
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly templates: number;
  readonly fileSystems: number;
  /** File systems that were not checked, because no deployment creates them. */
  readonly notCreated: number;
}

/** Writes a report; empty text where there is nothing to write. */
export type Format = (report: Report) => VisibleText;

/** Lines that editors and terminals turn into links: file:line:column. */
export const human: Format = ({ findings, templates, fileSystems, notCreated }) => {
  const { bold, dim, red, yellow, green } = styles();
  if (templates === 0 && findings.length === 0) return visibleLines([]);
  const lines = findings.map((finding) => {
    const { file, line, column, logicalId, rule, severity } = finding;
    const subject = severity === 'error' ? red(logicalId) : yellow(`warning: ${logicalId}`);
    return `${bold(`${file}:${line}:${column}`)} ${subject} ${messageOf(finding)} ${dim(`[${rule}]`)}`;
  });
  const checked = `${count(fileSystems, 'file system')} in ${count(templates, 'template')}`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const found = [
    ...(errors > 0 ? [red(count(errors, 'violation'))] : []),
    ...(warnings > 0 ? [yellow(count(warnings, 'warning'))] : []),
  ];
  const nothing = fileSystems > 0 ? green('nothing found') : 'nothing to check';
  const result = found.length === 0 ? nothing : found.join(' and ');
  const left =
    notCreated > 0
      ? [dim(`${count(notCreated, 'file system')} not checked: no deployment creates it.`)]
      : [];
  return visibleLines([...lines, `${checked}: ${result}.`, ...left]);
};

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A list with one object for each finding. */
export const json: Format = ({ findings }) =>
  visibleJson(
    JSON.stringify(
      findings.map((finding) => ({ ...finding, help: addressOf(finding.rule) })),
      undefined,
      2,
    ),
  );

/** The message, and where it is so. */
export const messageOf = ({ message, when }: Finding): string =>
  when === undefined ? message : `${message} (where ${when})`;
