/** The formats of a check. */
import type { Finding } from '../../review/finding';
import { addressOf } from '../../review/rule-names';
import { excerpt, type SourceLine } from './excerpt';
import type { Failure } from '../files/files';
import { styles } from '../files/streams';
import { visible, visibleJson, visibleLines, type VisibleText } from './visible-text';
import { lineWidth, wrapped } from './wrapping';

/** The results of checking all templates. */
interface Report {
  /** Grouped by template, in the order of their positions. */
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly templates: number;
  readonly fileSystems: number;
  /** File systems that were not checked, because no deployment creates them. */
  readonly notCreated: number;
  /** The line of a finding. */
  readonly lineOf: (finding: Finding) => SourceLine | undefined;
}

/** Formats a report; empty text if there is nothing to print. */
export type Format = (report: Report) => VisibleText;

/** By file: each finding with its line and a mark. The summary comes last. */
export const human: Format = (report) => {
  const { findings, templates } = report;
  if (templates === 0 && findings.length === 0) return visibleLines([]);
  const { bold } = styles();
  const files = [...new Set(findings.map(({ file }) => file))];
  return visibleLines([
    ...files.flatMap((file) => [
      bold(file),
      ...findings
        .filter((finding) => finding.file === file)
        .flatMap((finding) => [...linesOf(finding, report.lineOf(finding)), '']),
    ]),
    ...summaryOf(report),
  ]);
};

function linesOf(finding: Finding, source: SourceLine | undefined): string[] {
  const { dim, red, yellow } = styles();
  const { line, severity } = finding;
  const color = severity === 'error' ? red : yellow;
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const [text = '', mark = ''] = source
    ? excerpt(source, lineWidth() - MARGIN.length - number.length - BAR.length)
    : [];
  return [
    ...headOf(finding),
    ...wrapped(messageOf(finding), MARGIN),
    ...(source
      ? [
          `${MARGIN}${dim(`${number}${BAR}`)}${text}`,
          `${MARGIN}${dim(`${gutter}${BAR}`)}${color(mark)}`,
        ]
      : []),
  ];
}

function headOf({ line, column, logicalId, rule, severity }: Finding): string[] {
  const { bold, dim, red, yellow } = styles();
  const place = `${line}:${column}`;
  const color = severity === 'error' ? red : yellow;
  return styledOrWrapped(`${severity} ${logicalId} [${rule}]`, `  ${place} `, [
    `  ${bold(place)} ${color(severity)} ${visible(logicalId)} ${dim(`[${rule}]`)}`,
  ]);
}

/** The styled line if it fits, else the text in several lines. A style must not continue over the end of a line. */
function styledOrWrapped(plain: string, lead: string, styledLine: string[]): string[] {
  const lines = wrapped(plain, lead);
  return lines.length === 1 ? styledLine : lines;
}

const MARGIN = '    ';
const BAR = ' | ';

function summaryOf({ findings, failures, templates, fileSystems, notCreated }: Report): string[] {
  const { dim, red, yellow, green } = styles();
  const checked = `${count(fileSystems, 'file system')} in ${count(templates, 'template')}`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const found: readonly (readonly [string, (text: string) => string])[] = [
    ...(errors > 0 ? [[count(errors, 'violation'), red] as const] : []),
    ...(warnings > 0 ? [[count(warnings, 'warning'), yellow] as const] : []),
  ];
  const nothing = fileSystems > 0 ? 'nothing found' : 'nothing to check';
  const results = found.length > 0 ? found : [[nothing, fileSystems > 0 ? green : String] as const];
  return [
    ...(notCreated > 0
      ? wrapped(`${count(notCreated, 'file system')} not checked: no deployment creates it.`).map(
          dim,
        )
      : []),
    ...(failures.length > 0 ? wrapped(`${count(failures.length, 'file')} could not be read.`) : []),
    ...styledOrWrapped(`${checked}: ${results.map(([text]) => text).join(' and ')}.`, '', [
      `${checked}: ${results.map(([text, style]) => style(text)).join(' and ')}.`,
    ]),
  ];
}

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A JSON array with one object for each finding. */
export const json: Format = ({ findings }) =>
  visibleJson(
    JSON.stringify(
      findings.map((finding) => ({ ...finding, help: addressOf(finding.rule) })),
      undefined,
      2,
    ),
  );

/** The message, with its conditions. */
export const messageOf = ({ message, when }: Finding): string =>
  when === undefined ? message : `${message} (where ${when})`;
