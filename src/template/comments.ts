/** The comments of a YAML text. */
import { Lexer } from 'yaml';

export interface Comment {
  /** Where it begins, with its `#`, and behind its last character. */
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** The token of the lexer before a scalar. Like two others it stands for no text; `CST`, which names them, is large. */
const SCALAR = '\u001F';
const WITHOUT_TEXT: ReadonlySet<string> = new Set([SCALAR, '\u0002', '\u0018']);

/** Every comment of a text, in order. A `#` inside a scalar is none. */
export function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const end = isScalar || !WITHOUT_TEXT.has(token) ? at + token.length : at;
    if (!isScalar && token.startsWith('#')) comments.push({ at, end, text: token });
    // The token behind this one is a scalar, whatever it begins with.
    isScalar = !isScalar && token === SCALAR;
    at = end;
  }
  return comments;
}
