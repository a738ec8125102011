/** Measures text on a terminal, and wraps it. */
import { fstatSync } from 'node:fs';
import { visible } from './visible-text';

/** The width of files, pipes and logs, if COLUMNS is not set. */
const USUAL_WIDTH = 80;

/** The smallest width that is used. */
const LEAST_WIDTH = 20;

/** The width of lines for readers: COLUMNS if it is set, else that of the terminal. */
export function lineWidth(): number {
  const asked = Math.floor(Number(process.env.COLUMNS));
  return Math.max(LEAST_WIDTH, asked > 0 ? asked : (terminalWidth() ?? USUAL_WIDTH));
}

function terminalWidth(): number | undefined {
  try {
    // Checks the file descriptor first, because process.stdout is slow to load.
    return (fstatSync(1).isCharacterDevice() && process.stdout.columns) || undefined;
  } catch {
    return undefined;
  }
}

const PLAIN = /^[\x20-\x7E]*$/;

/** East Asian Wide and Fullwidth characters, and emoji. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** Characters that are drawn over the previous one. */
const COMBINING = /[\p{Mn}\p{Me}]/u;

/** The number of columns of a visible text without tabs. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

const widthOf = (character: string): number =>
  WIDE.test(character) ? 2 : COMBINING.test(character) ? 0 : 1;

/** A text padded with blanks after it, or before it with `right`. */
export function padded(text: string, width: number, right = false): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? blanks + text : text + blanks;
}

/** The fewest columns for text, however long the text before it is. */
const LEAST_ROOM = 12;

/** Wraps text. The first line begins with `lead`, and the others are indented by its width. Longer words are broken. */
export function wrapped(text: string, lead = ''): string[] {
  const indent = ' '.repeat(displayWidth(lead));
  const room = Math.max(LEAST_ROOM, lineWidth() - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text).flatMap((each) => pieces(each, room))) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((each, index) => `${index === 0 ? lead : indent}${each}`);
}

/** Keeps a number and its unit on one line. */
const wordsOf = (text: string): string[] =>
  visible(text.replaceAll('\t', ' ')).split(/(?<!\bat) (?!(?:MB|GiB|IOPS)\b)/);

/** Splits a word into parts of at most so many columns. */
function pieces(word: string, room: number): string[] {
  if (displayWidth(word) <= room) return [word];
  const parts: string[] = [];
  let [part, width] = ['', 0];
  for (const character of word) {
    if (width + widthOf(character) > room) {
      parts.push(part);
      [part, width] = ['', 0];
    }
    part += character;
    width += widthOf(character);
  }
  return [...parts, part];
}
