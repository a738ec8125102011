/** How wide text is on a terminal, and how it is put into lines that fit. */
import { fstatSync } from 'node:fs';
import { visible } from './visible-text';

/** Where neither the terminal nor COLUMNS tells: in a file, a pipe, the log of a CI job. */
const USUAL_WIDTH = 80;

/** What nobody reads in fewer columns is not put into fewer. */
const LEAST_WIDTH = 20;

/** How many columns a line for people may have: COLUMNS where that is set, else those of the terminal. */
export function lineWidth(): number {
  const asked = Math.floor(Number(process.env.COLUMNS));
  return Math.max(LEAST_WIDTH, asked > 0 ? asked : (terminalWidth() ?? USUAL_WIDTH));
}

function terminalWidth(): number | undefined {
  try {
    // The file descriptor first, because process.stdout is slow to load.
    return (fstatSync(1).isCharacterDevice() && process.stdout.columns) || undefined;
  } catch {
    return undefined;
  }
}

const PLAIN = /^[\x20-\x7E]*$/;

/** East Asian Wide and Fullwidth, and what is drawn as a picture. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** What is drawn over the character before. */
const COMBINING = /[\p{Mn}\p{Me}]/u;

/** How many columns a terminal takes for a text that is visible, without tabs. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

const widthOf = (character: string): number =>
  WIDE.test(character) ? 2 : COMBINING.test(character) ? 0 : 1;

/** A text with blanks behind it, or with `right` before it, up to so many columns. */
export function padded(text: string, width: number, right = false): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? blanks + text : text + blanks;
}

/** Fewer columns than this are no room for text, however long what stands before it is. */
const LEAST_ROOM = 12;

/**
 * Text in lines that fit, the first behind `lead` and the others below it. A word that is longer than a line is broken.
 */
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

/** A number stays with its unit. */
const wordsOf = (text: string): string[] =>
  visible(text.replaceAll('\t', ' ')).split(/(?<!\bat) (?!(?:MB|GiB|IOPS)\b)/);

/** A word in parts of at most so many columns, each but the last as long as it can be. */
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
