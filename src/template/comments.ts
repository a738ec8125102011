/** The comments of a YAML text. */
import { Lexer } from 'yaml';
import { withLineFeeds } from './lines';

/** A comment and its position. */
export interface Comment {
  /** Start offset, at the `#`, and end offset. */
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The token of the lexer before a scalar. Like the other two it has no text. The constants are copied because `CST`, which
 * has them, is large.
 */
const SCALAR = '\u001F';
const WITHOUT_TEXT: ReadonlySet<string> = new Set([SCALAR, '\u0002', '\u0018']);

/** Every comment of a text, in order. A `#` inside a scalar is not a comment. */
export function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(withLineFeeds(text))) {
    const end = isScalar || !WITHOUT_TEXT.has(token) ? at + token.length : at;
    if (!isScalar && token.startsWith('#')) comments.push({ at, end, text: token });
    // The token after this one is a scalar, even if it begins with #.
    isScalar = !isScalar && token === SCALAR;
    at = end;
  }
  return comments;
}
