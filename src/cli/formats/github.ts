import type { Format } from './format';

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export const format: Format = ({ findings, failures }) =>
  [
    ...findings.map(({ file, line, column, logicalId, rule, message, when }) =>
      command(
        { file, line, col: column, title: `${logicalId}: ${rule}` },
        when === undefined ? message : `${message} (where ${when})`,
      ),
    ),
    ...failures.map(({ file, line, column, message }) =>
      command({ file, line, col: column, title: 'unreadable' }, message),
    ),
  ].join('\n');

function command(properties: Record<string, string | number | undefined>, message: string): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
    );
  return `::error ${given.join(',')}::${escaped(message)}`;
}

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
