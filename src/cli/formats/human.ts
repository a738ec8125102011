import { colours } from '../output';
import type { Format } from './format';

/** Lines that editors and terminals turn into links: file:line:column. */
export const format: Format = ({ findings, templates, fileSystems, passedOver }) => {
  const { bold, dim, red, green } = colours();
  if (templates === 0 && findings.length === 0) return '';
  const lines = findings.map(
    ({ file, line, column, logicalId, rule, message, when }) =>
      `${bold(`${file}:${line}:${column}`)} ${red(logicalId)} ${message}${when === undefined ? '' : ` (where ${when})`} ${dim(`[${rule}]`)}`,
  );
  const checked = `${count(fileSystems, 'file system')} in ${count(templates, 'template')}`;
  const result =
    findings.length === 0 ? green('nothing found') : red(count(findings.length, 'violation'));
  const native =
    passedOver > 0
      ? [dim(`${count(passedOver, 'native Lustre file system')} not checked: use --native.`)]
      : [];
  return [...lines, `${checked}: ${result}.`, ...native].join('\n');
};

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
