/** Estimates as Markdown, for comments and wikis, and as CSV, for spreadsheets. */
import type { Row } from '../../review/estimate';
import { cellsOf, nothingOf, textOf, type Cells, type EstimateFormat } from './estimate-rows';
import { cutInTheMiddle } from '../../lustre/wording';
import { code, plain } from './markdown';
import { visibleLines } from './visible-text';

/** The same table and sentences as in the human format. */
export const markdown: EstimateFormat = (estimates, region) => {
  const text = textOf(estimates, region);
  if (!text) return visibleLines(nothingOf(estimates).map(plain));
  const { rows, total, sentences } = text;
  return visibleLines([
    '| File system | Configuration | MB/s | Burst MB/s | USD a month |',
    '|---|---|--:|--:|--:|',
    ...rows.map((row) =>
      rowOf([`${code(row.name)}<br>${code(row.file)}`, describe(row), ...figuresOf(row)]),
    ),
    rowOf(['**Total**', '', '', '', `**${costOf(total)}**`]),
    '',
    ...sentences.flatMap((sentence) => [plain(sentence), '']).slice(0, -1),
  ]);
};

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const describe = ({ configuration, when }: Cells): string =>
  `${plain(configuration)}${when === '' ? '' : `<br>where ${plain(when)}`}`;

const figuresOf = (row: Cells): string[] => [row.baseline, row.burst, costOf(row)];

const costOf = ({ cost, prices }: Cells): string =>
  prices === '' ? cost : `${cost}<br>prices of ${plain(prices)}`;

const COLUMNS = [
  'file',
  'logicalId',
  'when',
  'configuration',
  'baselineThroughput',
  'burstThroughput',
  'monthlyCost',
  'pricesOf',
];

/** One line for each row, including those without figures. MB/s and USD a month are numbers without thousands separators. */
export const csv: EstimateFormat = (estimates) =>
  visibleLines(
    [COLUMNS, ...estimates.flatMap(({ rows }) => rows.map(lineOf))].map((cells) =>
      cells.map(inCsv).join(','),
    ),
  );

function lineOf(row: Row): (string | number)[] {
  const { file, name, when, configuration, prices } = cellsOf(row);
  const { throughput, cost } = row.violations.length > 0 ? {} : row.estimate;
  return [
    file,
    name,
    when,
    configuration,
    throughput?.baseline ?? '',
    throughput?.burst ?? '',
    cost?.monthly.toFixed(2) ?? '',
    prices,
  ];
}

/** UTF-16 code units. Longer than any cell, unless it is hostile. */
const LONGEST_CELL = 500;

/**
 * Formats a cell: https://www.rfc-editor.org/rfc/rfc4180. An apostrophe precedes text that a spreadsheet would take for a
 * formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
function inCsv(value: string | number): string {
  const text = cutInTheMiddle(String(value).replace(/\s+/g, ' '), LONGEST_CELL);
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
