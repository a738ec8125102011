/**
 * Reads the part of YAML that templates are written in, JSON included, some twenty times faster than the `yaml` package,
 * which reads all of it. Whatever is unusual (anchors, tabs, several documents, a mistake) is left to that package: this
 * reader gives up rather than guess, so that both give the same nodes.
 */
import {
  tagged,
  type Entry,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
} from './node';
import { readBlockScalar } from './block-scalar';
import { FlowReader, type Unusual } from './flow';
import { plainValue } from './yaml-scalars';

/** The nodes of a text, or undefined where the text holds something unusual. */
export function readPlainYaml(text: string): Node | undefined {
  // Spaces other than the usual ones mean something else to each language; JSON may be indented with tabs.
  const strange = text.trimStart().startsWith('{') ? /[^\S \n\t\r]/ : /[^\S \n]/;
  if (strange.test(text)) return undefined;
  const reader = new BlockReader(text);
  try {
    return reader.document();
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

/** Thrown to give up; a constant, because it carries nothing. */
const UNUSUAL = Symbol('unusual');

const unusual: Unusual = () => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- control flow, caught above, never seen outside
  throw UNUSUAL;
};

/** A key without quotes, with its colon; characters that mean something else to YAML cannot begin it. */
const PLAIN_KEY = /[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\n:#]|:(?![\s]|$)|(?<!\s)#)*?[ ]*:(?=\s|$)/y;
const QUOTED_KEY = /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')[ ]*:(?=\s|$)/y;
const TAG = /!([A-Za-z]\w*)(?=\s|$)/y;
const REST = /[ ]*(?:(?<=\s)#[^\n]*)?(?=\n|$)/y;

class BlockReader {
  readonly #text: string;
  readonly #flow: FlowReader;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#flow = new FlowReader(text, unusual);
  }

  document(): Node {
    const start = this.#match(/(?:[ ]*(?:#[^\n]*)?\n)*(?:---[ ]*\n)?/y)?.[0];
    if (start?.includes('\t')) unusual();
    const column = this.#nextLine();
    // A template is a map.
    if (column < 0 || !(this.#isKey() || this.#text[this.#at] === '{')) unusual();
    const node = this.#block(-1, column);
    if (this.#nextLine() >= 0) unusual();
    return node;
  }

  /** Goes to the next text that is not a comment; its column, or -1 at the end. */
  #nextLine(): number {
    const text = this.#text;
    for (;;) {
      const lineStart = text.lastIndexOf('\n', this.#at - 1) + 1;
      let at = this.#at;
      while (text[at] === ' ') at++;
      const character = text[at];
      if (character === undefined) return -1;
      if (character === '\n') this.#at = at + 1;
      else if (character === '#' && (at === lineStart || text[at - 1] === ' ')) {
        const end = text.indexOf('\n', at);
        this.#at = end < 0 ? text.length : end + 1;
      } else {
        this.#at = at;
        const column = at - lineStart;
        if (character === '\t') unusual();
        if (column === 0 && /---|\.\.\.|%/y.test(text.slice(at, at + 3)) && at > 0) unusual();
        return column;
      }
    }
  }

  /** The node that begins here, on a line of its own or behind a dash. */
  #block(parent: number, column: number): Node {
    if (this.#isDash()) return this.#list(column);
    if (this.#isKey()) return this.#map(column);
    return this.#inline(parent);
  }

  #isDash(): boolean {
    const next = this.#text[this.#at + 1];
    return this.#text[this.#at] === '-' && (next === ' ' || next === '\n' || next === undefined);
  }

  #isKey(): boolean {
    for (const key of [PLAIN_KEY, QUOTED_KEY]) {
      key.lastIndex = this.#at;
      if (key.test(this.#text)) return true;
    }
    return false;
  }

  #list(column: number): ListNode {
    const at = this.#at;
    const items: Node[] = [];
    let end: number;
    for (;;) {
      this.#at += 1;
      const dash = this.#at;
      while (this.#text[this.#at] === ' ') this.#at++;
      const item = this.#endOfLine()
        ? this.#below(column, false)
        : this.#block(column, column + 1 + this.#at - dash);
      items.push(item);
      end = item.end;
      const next = this.#nextLine();
      if (next > column) unusual();
      if (next < column || !this.#isDash()) return { kind: 'list', items, at, end };
    }
  }

  #map(column: number): MapNode {
    const at = this.#at;
    const entries: Entry[] = [];
    const names = new Set<string>();
    let end: number;
    for (;;) {
      const keyAt = this.#at;
      const key = this.#key();
      if (names.has(key) || key === '<<') unusual();
      names.add(key);
      while (this.#text[this.#at] === ' ') this.#at++;
      const value = this.#endOfLine() ? this.#below(column, true) : this.#inline(column);
      entries.push({ key, at: keyAt, value });
      end = value.end;
      const next = this.#nextLine();
      if (next > column) unusual();
      if (next < column) return { kind: 'map', entries, at, end };
      // A dash in the column of the keys belongs to a list around this map.
      if (this.#isDash()) return { kind: 'map', entries, at, end };
    }
  }

  #key(): string {
    const quote = this.#text[this.#at];
    const found = this.#match(quote === '"' || quote === "'" ? QUOTED_KEY : PLAIN_KEY);
    if (!found) return unusual();
    const key = found[0].slice(0, -1).trimEnd();
    return quote === '"' || quote === "'" ? this.#flow.unquote(key) : key;
  }

  /** Whether nothing but a comment follows on this line; if so, goes behind it. */
  #endOfLine(): boolean {
    return this.#match(REST) !== undefined;
  }

  /** A value that stands below its key, dash or tag; nothing there means null. */
  #below(parent: number, underKey: boolean): Node {
    const at = this.#at;
    const column = this.#nextLine();
    if (column > parent) return this.#block(parent, column);
    if (column === parent && underKey && this.#isDash()) return this.#list(column);
    this.#at = at;
    return { kind: 'scalar', value: null, at, end: at };
  }

  /** A value behind its key, dash or tag, on the same line. */
  #inline(parent: number): Node {
    const at = this.#at;
    const tag = this.#match(TAG)?.[1];
    if (tag !== undefined) {
      while (this.#text[this.#at] === ' ') this.#at++;
      const argument = this.#endOfLine() ? this.#below(parent, true) : this.#inline(parent);
      // Of two tags the second is for nothing.
      if (this.#text[argument.at] === '!') unusual();
      // A word under !Sub or !Ref is text, whatever it looks like.
      return tagged(tag, asText(argument, this.#text), at);
    }
    switch (this.#text[at]) {
      case '[':
      case '{': {
        const { node, leftmost } = this.#flow.read(at);
        if (leftmost <= parent) unusual();
        return this.#ended(node);
      }
      case '"':
      case "'":
        return this.#ended(this.#flow.quoted(at));
      case '|':
      case '>': {
        const { node, next } = readBlockScalar(this.#text, at, parent, unusual);
        this.#at = next;
        return node;
      }
      default:
        return this.#plain(parent);
    }
  }

  #ended<T extends Node>(node: T): T {
    this.#at = node.end;
    if (!this.#endOfLine()) unusual();
    return node;
  }

  /** Words without quotes; they may go on, further to the right than their key. */
  #plain(parent: number): ScalarNode {
    const at = this.#at;
    const lines: string[] = [];
    let end: number;
    for (;;) {
      const line = this.#match(/[^\n]*/y)?.[0] ?? '';
      const words = line.replace(/\s#.*$/, '').trimEnd();
      if (
        /:(\s|$)/.test(words) ||
        (lines.length === 0 && /^([&*!|>%@`#,\]}]|[-?:](\s|$))/.test(words))
      )
        unusual();
      lines.push(words);
      end = this.#at - line.length + words.length;
      if (words !== line.trimEnd()) break;
      const next = /\n( +)(?=[^\s#])/y;
      next.lastIndex = this.#at;
      const indent = next.exec(this.#text)?.[1]?.length ?? -1;
      if (indent <= parent) break;
      this.#at += indent + 1;
    }
    const value = lines.length === 1 ? plainValue(lines[0] ?? '') : lines.join(' ');
    return { kind: 'scalar', value, at, end };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

/** A tagged scalar, as it is written. */
export function asText(node: Node, text: string): Node {
  if (node.kind !== 'scalar' || typeof node.value === 'string') return node;
  return { ...node, value: text.slice(node.at, node.end) };
}
