import { tagged, type Entry, type Node, type ScalarNode } from './node';
import { plainValue } from './yaml-scalars';

/** Gives up on what only the full reader knows. */
export type Unusual = () => never;

/** Reads `[...]` and `{...}`, which is all of JSON, and quoted text. */
export class FlowReader {
  readonly #text: string;
  readonly #unusual: Unusual;
  #at = 0;
  #leftmost = Infinity;

  constructor(text: string, unusual: Unusual) {
    this.#text = text;
    this.#unusual = unusual;
  }

  /** The collection that begins at an offset, and the leftmost column of its further lines. */
  read(at: number): { node: Node; leftmost: number } {
    this.#at = at;
    this.#leftmost = Infinity;
    const node = this.#node();
    return { node, leftmost: this.#leftmost };
  }

  /** The quoted text that begins at an offset. */
  quoted(at: number): ScalarNode {
    const pattern = this.#text[at] === '"' ? /"(?:[^"\\\n]|\\[^\n])*"/y : /'(?:[^'\n]|'')*'/y;
    pattern.lastIndex = at;
    const found = pattern.exec(this.#text);
    if (!found) return this.#unusual();
    return { kind: 'scalar', value: this.unquote(found[0]), at, end: pattern.lastIndex };
  }

  unquote(quoted: string): string {
    if (quoted.startsWith("'")) return quoted.slice(1, -1).replaceAll("''", "'");
    if (!quoted.includes('\\') && !quoted.includes('\t')) return quoted.slice(1, -1);
    try {
      return JSON.parse(quoted) as string;
    } catch {
      return this.#unusual();
    }
  }

  #node(): Node {
    const at = this.#at;
    const tag = this.#match(/!([A-Za-z]\w*)(?=\s)/y)?.[1];
    if (tag !== undefined) {
      this.#space();
      if (this.#text[this.#at] === '!') this.#unusual();
      const argument = this.#node();
      const text = argument.kind === 'scalar' && this.#text.slice(argument.at, argument.end);
      const quoted = text && /^["']/.test(text);
      return tagged(
        tag,
        argument.kind === 'scalar' && text !== false && !quoted
          ? { ...argument, value: text }
          : argument,
        at,
      );
    }
    switch (this.#text[at]) {
      case '{':
        return this.#map();
      case '[':
        return this.#list();
      case '"':
      case "'": {
        const node = this.quoted(at);
        this.#at = node.end;
        return node;
      }
      default: {
        const { text, end } = this.#plain();
        return { kind: 'scalar', value: plainValue(text), at, end };
      }
    }
  }

  #map(): Node {
    const at = this.#at++;
    const entries: Entry[] = [];
    const names = new Set<string>();
    this.#space();
    while (!this.#take('}')) {
      const keyAt = this.#at;
      const quoted = this.#text[keyAt] === '"' || this.#text[keyAt] === "'";
      const key = quoted ? this.#quotedKey() : this.#plain().text;
      if (names.has(key) || key === '<<' || key === '') this.#unusual();
      names.add(key);
      this.#space();
      if (!this.#take(':')) this.#unusual();
      this.#space();
      if (/[,}]/.test(this.#text[this.#at] ?? ',')) this.#unusual();
      entries.push({ key, at: keyAt, value: this.#node() });
      this.#separator('}');
    }
    return { kind: 'map', entries, at, end: this.#at };
  }

  #quotedKey(): string {
    const node = this.quoted(this.#at);
    this.#at = node.end;
    return String(node.value);
  }

  #list(): Node {
    const at = this.#at++;
    const items: Node[] = [];
    this.#space();
    while (!this.#take(']')) {
      items.push(this.#node());
      this.#separator(']');
    }
    return { kind: 'list', items, at, end: this.#at };
  }

  /** What stands between two members, or before the end. */
  #separator(end: string): void {
    this.#space();
    if (this.#take(',')) this.#space();
    else if (this.#text[this.#at] !== end) this.#unusual();
  }

  /** Words without quotes, on one line. */
  #plain(): { text: string; end: number } {
    const found = this.#match(
      /(?![-?:,[\]{}#&*!|>'"%@`\s]|$)(?:[^\n\r,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)*|[-:](?![\s,[\]{}]|$)(?:[^\n\r,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)*/y,
    );
    if (!found || found[0] === '') return this.#unusual();
    const text = found[0].trimEnd();
    const end = this.#at - (found[0].length - text.length);
    // Words that go on in the next line are left to the full reader.
    this.#at = end;
    this.#space();
    if (!/[,\]}:]/.test(this.#text[this.#at] ?? '')) this.#unusual();
    this.#at = end;
    return { text, end };
  }

  #space(): void {
    const found = this.#match(/(?:[ \t\r\n]+(?:#[^\n]*)?)*/y)?.[0] ?? '';
    const line = found.lastIndexOf('\n');
    if (line >= 0) this.#leftmost = Math.min(this.#leftmost, found.length - line - 1);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
