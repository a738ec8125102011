/** Converts positions of reviews, which count from 1, to those of the protocol, which count from 0, and back. */
import type { Position, Range, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../review/conversion/edits';
import type { Place, Range as Placed } from '../template/source-tree';

/** A position of the protocol, which counts from 0. */
export const positionOf = ({ line, column }: Place): Position => ({
  line: line - 1,
  character: column - 1,
});

/** A range of the protocol, which counts from 0. */
export const rangeOf = ({ line, column, endLine, endColumn }: Placed): Range => ({
  start: positionOf({ line, column }),
  end: positionOf({ line: endLine, column: endColumn }),
});

/** Edits by offsets as edits of the protocol. */
export const textEdits = (document: TextDocument, edits: readonly Edit[]): TextEdit[] =>
  edits.map(({ at, end, text }) => ({
    range: { start: document.positionAt(at), end: document.positionAt(end) },
    newText: text,
  }));

/** Whether a position is before another. */
export const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

/** Whether two ranges overlap or touch. */
export const meet = (one: Range, other: Range): boolean =>
  !isBefore(one.end, other.start) && !isBefore(other.end, one.start);

/** The new position of a range after a change of the text; undefined if the change is inside the range or touches it. */
export function moved(range: Range, change: Range, text: string): Range | undefined {
  if (isBefore(range.end, change.start)) return range;
  if (!isBefore(change.end, range.start)) return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  const last = lines.at(-1)?.length ?? 0;
  const end = {
    line: change.start.line + lines.length - 1,
    character: lines.length === 1 ? change.start.character + last : last,
  };
  const move = ({ line, character }: Position): Position =>
    line === change.end.line
      ? { line: end.line, character: character - change.end.character + end.character }
      : { line: line - change.end.line + end.line, character };
  return { start: move(range.start), end: move(range.end) };
}
