/** Findings as workflow commands of GitHub. */
import type { Finding } from '../review/finding';
import { messageOf, type Format } from './formats';

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const github: Format = ({ findings, failures }) =>
  [
    ...findings.map((finding) => {
      const { file, line, column: col, logicalId, rule, severity } = finding;
      const place = { file, line, col, title: `${logicalId}: ${rule}` };
      return workflowCommand(severity, place, messageOf(finding));
    }),
    ...failures.map(({ file, line, column, message }) =>
      workflowCommand('error', { file, line, col: column, title: 'unreadable' }, message),
    ),
  ].join('\n');

function workflowCommand(
  severity: Finding['severity'],
  properties: Record<string, string | number | undefined>,
  message: string,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
    );
  return `::${severity} ${given.join(',')}::${escaped(message)}`;
}

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
