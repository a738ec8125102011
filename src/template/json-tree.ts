/**
 * Parses a template in JSON, with the offset of every node. Programs write large templates, for which the YAML parser takes
 * ten times as long.
 */
import { lineStarts } from './lines';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from './node';
import { plainScalar } from './yaml-scalars';

const SPACE = /[ \t\r\n]*/y;
/** A string without control characters, in which quotes and backslashes are escaped. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

/** Lower than the limit of the YAML parser. */
const MAX_DEPTH = 200;
const MAX_NODES = 400_000;

/** A parsed text, and the line and column of an offset in it, counted from 1. */
interface JsonTree {
  readonly root: Node;
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/** Thrown for a text that is not valid JSON. */
class NoJson extends Error {}

/**
 * As `readTree`, for JSON. Undefined for a text that is not valid JSON, has a duplicate key, or is too large or too deep to
 * be a template: the YAML parser then reports what is wrong.
 */
export function readJson(text: string): JsonTree | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const root = new JsonReader(text).read();
    return { root, placeAt: placesIn(text) };
  } catch (error) {
    if (error instanceof NoJson) return undefined;
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws NoJson */
  read(): Node {
    const root = this.#node(0);
    this.#skip(SPACE);
    if (this.#at < this.#text.length) throw new NoJson();
    return root;
  }

  #node(depth: number): Node {
    if (depth > MAX_DEPTH || ++this.#nodes > MAX_NODES) throw new NoJson();
    this.#skip(SPACE);
    const start = this.#text[this.#at];
    if (start === '{') return this.#map(depth);
    return start === '[' ? this.#list(depth) : this.#scalar();
  }

  #map(depth: number): MapNode {
    const at = this.#at;
    const names = new Set<string>();
    const entries: Entry[] = [];
    this.#each('}', () => {
      const { value: key, at: keyAt, end: keyEnd } = this.#string();
      if (names.has(key)) throw new NoJson();
      names.add(key);
      this.#skip(SPACE);
      this.#take(':');
      entries.push({ key, at: keyAt, keyEnd, value: this.#node(depth + 1) });
    });
    return { kind: 'map', entries, at, end: this.#at };
  }

  #list(depth: number): ListNode {
    const at = this.#at;
    const items: Node[] = [];
    this.#each(']', () => items.push(this.#node(depth + 1)));
    return { kind: 'list', items, at, end: this.#at };
  }

  /** Parses the items up to the closing bracket. */
  #each(close: string, read: () => void): void {
    this.#at++;
    this.#skip(SPACE);
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      this.#skip(SPACE);
      read();
      this.#skip(SPACE);
      if (this.#text[this.#at] === close) break;
      this.#take(',');
    }
    this.#at++;
  }

  #scalar(): ScalarNode {
    if (this.#text[this.#at] === '"') return { kind: 'scalar', ...this.#string() };
    const at = this.#at;
    const word = this.#skip(WORD);
    if (word === '') throw new NoJson();
    return { kind: 'scalar', ...plainScalar(word), at, end: this.#at };
  }

  #string(): { value: string; at: number; end: number } {
    const at = this.#at;
    const quoted = this.#skip(STRING);
    if (quoted === '') throw new NoJson();
    const value = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
    return { value, at, end: this.#at };
  }

  #take(sign: string): void {
    if (this.#text[this.#at] !== sign) throw new NoJson();
    this.#at++;
  }

  /** Reads and skips a text that matches a pattern, which may be empty. */
  #skip(form: RegExp): string {
    form.lastIndex = this.#at;
    const [found = ''] = form.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }
}

/** Finds the line and column of offsets. The lines are determined at the first call. */
function placesIn(text: string): JsonTree['placeAt'] {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
