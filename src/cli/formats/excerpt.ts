/** The line of a finding, with a mark under its position. */
import { lineEnd } from '../../template/lines';
import type { Range } from '../../template/source-tree';
import { visible } from './visible-text';
import { displayWidth } from './wrapping';

/** A line of a file, limited to what can be shown. */
export interface SourceLine {
  readonly text: string;
  /** The start and end of the range in the line, in UTF-16 code units. */
  readonly from: number;
  readonly to: number;
  /** Whether the line continues before and after the text. */
  readonly isCut: readonly [before: boolean, behind: boolean];
}

/** UTF-16 code units on each side of the range: more than a terminal can show. */
const MOST_BESIDE = 1000;

/** The line on which each range begins. */
export function sourceLines(text: string, ranges: readonly Range[]): SourceLine[] {
  let [line, start] = [1, 0];
  return ranges.map((range) => {
    if (range.line < line) [line, start] = [1, 0];
    for (; line < range.line; line++) {
      const next = lineEnd(text, start);
      if (next === text.length && !/[\r\n]$/.test(text)) break;
      start = next;
    }
    return sourceLine(text, start, range);
  });
}

function sourceLine(text: string, start: number, range: Range): SourceLine {
  const line = text.slice(start, lineEnd(text, start));
  const end = start + line.replace(/[\r\n]+$/, '').length;
  const from = Math.min(end, start + range.column - 1);
  // For a range of several lines, the part on its first line.
  const to = range.endLine === range.line ? Math.min(end, start + range.endColumn - 1) : end;
  const [first, behind] = [Math.max(start, from - MOST_BESIDE), Math.min(end, from + MOST_BESIDE)];
  return {
    text: text.slice(first, behind),
    from: from - first,
    to: Math.max(from, Math.min(to, behind)) - first,
    isCut: [first > start, behind < end],
  };
}

/** Replaces the rest of a line. */
const REST = '...';

const TAB = '    ';

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isMarked: boolean;
}

/** The line in at most `room` columns, shortened around the range, and the mark below it. */
export function excerpt(source: SourceLine, room: number): [line: string, mark: string] {
  const cells = cellsOf(source);
  const marked = cells.findIndex(({ isMarked }) => isMarked);
  const place = marked < 0 ? cells.length : marked;
  const [first, end] = windowOf(cells, place, source.isCut, room);
  const shown = cells.slice(first, end);
  const before = first > 0 || source.isCut[0] ? REST : '';
  const behind = end < cells.length || source.isCut[1] ? REST : '';
  const blanks = before.length + widthIn(cells.slice(first, place));
  const length = widthIn(shown.filter(({ isMarked }) => isMarked));
  return [
    `${before}${shown.map(({ text }) => text).join('')}${behind}`,
    ' '.repeat(blanks) + '^'.repeat(Math.max(1, length)),
  ];
}

const widthIn = (cells: readonly Cell[]): number =>
  cells.reduce((total, { width }) => total + width, 0);

/** The characters as they are shown. */
function cellsOf({ text, from, to }: SourceLine): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (const character of text) {
    // A line may have thousands of characters, and most of them are ASCII.
    const isPlain = character >= ' ' && character <= '~';
    const shown = isPlain ? character : character === '\t' ? TAB : visible(character);
    const width = isPlain ? 1 : displayWidth(shown);
    cells.push({ text: shown, width, isMarked: at >= from && at < to });
    at += character.length;
  }
  return cells;
}

/** The cells to show: a third of the room is for the text before the range, and more if there is none after it. */
function windowOf(
  cells: readonly Cell[],
  place: number,
  [isCutBefore, isCutBehind]: SourceLine['isCut'],
  room: number,
): [first: number, end: number] {
  if (!isCutBefore && !isCutBehind && widthIn(cells) <= room) return [0, cells.length];
  const most = Math.max(1, room - 2 * REST.length);
  const behind = reach(cells.slice(place), most);
  const before = reach(
    cells.slice(0, place).reverse(),
    Math.max(Math.floor(most / 3), most - behind.width),
  );
  const rest = reach(cells.slice(place), most - before.width);
  return [place - before.count, place + rest.count];
}

/** The number of cells that fit, and their width. */
function reach(cells: readonly Cell[], room: number): { count: number; width: number } {
  let [count, width] = [0, 0];
  for (const cell of cells) {
    if (width + cell.width > room) break;
    width += cell.width;
    count++;
  }
  return { count, width };
}
