/** Writes a template the way people do: each part in one of the ways that YAML allows, as a tape of numbers decides. */
import fc from 'fast-check';
import { plainValue } from '../../src/template/yaml-scalars';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonMap = Record<string, Json>;

export interface Hand {
  /** Decides, one number after the other, and from the beginning again. */
  readonly tape: readonly number[];
  readonly comments: boolean;
  /** Anchors, aliases and merges. */
  readonly anchors: boolean;
}

/** Any hand. */
export const anyHand: fc.Arbitrary<Hand> = fc.record({
  tape: fc.array(fc.nat(59), { minLength: 5, maxLength: 200 }),
  comments: fc.boolean(),
  anchors: fc.boolean(),
});

const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function handwritten(template: Json, hand: Hand): string {
  return new Writer(hand).block(template, -2).trimStart() + '\n';
}

class Writer {
  readonly #hand: Hand;
  #step = 0;
  #comments = 0;
  #names = 0;
  readonly #anchored: { name: string; value: string }[] = [];

  constructor(hand: Hand) {
    this.#hand = hand;
  }

  /** One of `count`, of which the first is the most likely. */
  #pick(count: number): number {
    const { tape } = this.#hand;
    return (tape[this.#step++ % tape.length] ?? 0) % count;
  }

  #comment(): string {
    return this.#hand.comments && this.#pick(4) === 3 ? ` # c${++this.#comments}.` : '';
  }

  /** What stands behind a colon or a dash, in lines further to the right than a column. */
  block(value: Json, column: number, tags = true): string {
    const alias = tags ? this.#alias(value) : undefined;
    if (alias !== undefined) return ` ${alias}${this.#comment()}`;
    return this.#anchoring(value, tags, (anchor) => {
      const prefix = anchor === '' ? '' : ` ${anchor}`;
      const tagged = tags ? this.#tagged(value) : undefined;
      if (tagged) return `${prefix} !${tagged.tag}${this.block(tagged.argument, column, false)}`;
      const text = this.#lines(value, column);
      return prefix + (text ?? ` ${this.#flow(value, column)}${this.#comment()}`);
    });
  }

  /** A collection in lines of its own; undefined where it is better written in one. */
  #lines(value: Json, column: number): string | undefined {
    if (typeof value !== 'object' || value === null || (column >= 2 && this.#pick(3) === 2)) return;
    const inner = column < 0 ? 0 : column + 2 + (this.#pick(3) === 2 ? 2 : 0);
    const pad = ' '.repeat(inner);
    const before = (): string => {
      const blank = this.#pick(6) === 5 ? '\n' : '';
      const comment = this.#comment();
      return `${blank}\n${comment === '' ? '' : `${' '.repeat(this.#pick(2) * inner)}${comment.trim()}\n`}${pad}`;
    };
    const key = this.#comment();
    if (Array.isArray(value)) {
      if (value.length === 0) return;
      return key + value.map((item) => `${before()}-${this.block(item, inner)}`).join('');
    }
    const members = this.#members(value, true);
    if (members.length === 0) return;
    return (
      key +
      members.map(([name, each]) => `${before()}${this.#key(name)}:${each ?? this.block(value[name] ?? null, inner)}`).join('') // oxfmt-ignore
    );
  }

  /** A value in one line, or in braces over several. */
  flow(value: Json, column: number, tags = true): string {
    const alias = tags ? this.#alias(value) : undefined;
    if (alias !== undefined) return `${alias} `;
    return this.#anchoring(value, tags, (anchor) => {
      const prefix = anchor === '' ? '' : `${anchor} `;
      const tagged = tags ? this.#tagged(value) : undefined;
      return tagged
        ? `${prefix}!${tagged.tag} ${this.flow(tagged.argument, column, false)}`
        : prefix + this.#flow(value, column);
    });
  }

  #flow(value: Json, column: number): string {
    if (Array.isArray(value)) {
      const items = value.map((each) => (at: number) => this.flow(each, at));
      return this.#braces('[]', items, column);
    }
    if (isMap(value)) {
      const members = this.#members(value, false).map(([name, each]) => (at: number) => {
        const key = this.#key(name);
        return `${key}:${each ?? `${key.startsWith('"') && this.#pick(3) === 2 && !this.#hand.anchors ? '' : ' '}${this.flow(value[name] ?? null, at)}`}`;
      });
      return this.#braces('{}', members, column);
    }
    return this.#scalar(value);
  }

  #braces(braces: string, parts: readonly ((column: number) => string)[], column: number): string {
    const [open = '', close = ''] = braces;
    if (parts.length === 0) return open + close;
    if (this.#pick(3) < 2) {
      const space = this.#pick(2) === 0 ? '' : ' ';
      return open + space + parts.map((part) => part(column)).join(', ') + space + close;
    }
    const inner = column + 4;
    const pad = ' '.repeat(inner);
    const last = this.#pick(3) === 2 ? ',' : '';
    const lines = parts.map((part, index) => {
      const comma = index < parts.length - 1 ? ',' : last;
      return `${pad}${part(inner)}${comma}${this.#comment()}\n`;
    });
    return `${open}${this.#comment()}\n${lines.join('')}${' '.repeat(column + 2)}${close}`;
  }

  #key(name: string): string {
    const plain = name === '<<' || (/^[A-Za-z][\w:]*$/.test(name) && this.#pick(5) < 4);
    return plain ? name : this.#pick(2) === 0 ? JSON.stringify(name) : `'${name}'`;
  }

  #scalar(value: Json): string {
    if (typeof value !== 'string') return JSON.stringify(value);
    const plain = /^[A-Za-z][\w:./-]*$/.test(value) && typeof plainValue(value) === 'string';
    if (plain && this.#pick(3) < 2) return value;
    return value.includes('\n') || this.#pick(2) === 0
      ? JSON.stringify(value)
      : `'${value.replaceAll("'", "''")}'`;
  }

  #tagged(value: Json): { tag: string; argument: Json } | undefined {
    if (!isMap(value)) return;
    const [name = '', ...others] = Object.keys(value);
    const argument = value[name];
    if (others.length > 0 || argument === undefined || !/^Ref$|^Fn::(?!ForEach|Transform)/.test(name)) return; // oxfmt-ignore
    if (this.#pick(4) === 3) return;
    const dotted =
      name === 'Fn::GetAtt' && Array.isArray(argument) && this.#pick(2) === 0
        ? argument.map(String).join('.')
        : argument;
    return { tag: name.replace('Fn::', ''), argument: dotted };
  }

  /** Members, some of them through a merge, which has its text. */
  #members(value: JsonMap, block: boolean): [string, string | undefined][] {
    const merged = this.#hand.anchors ? this.#anchored.find((each) => this.#isPart(each.value, value)) : undefined; // oxfmt-ignore
    if (!merged || this.#pick(3) === 0) return Object.keys(value).map((name) => [name, undefined]);
    const names = Object.keys(JSON.parse(merged.value) as JsonMap);
    const rest = Object.keys(value).filter((name) => !names.includes(name));
    return [['<<', ` *${merged.name}${block ? '' : ' '}`], ...rest.map((name): [string, undefined] => [name, undefined])]; // oxfmt-ignore
  }

  #isPart(text: string, value: JsonMap): boolean {
    const part = JSON.parse(text) as Json;
    return (
      isMap(part) &&
      Object.keys(part).length > 0 &&
      !Object.keys(part).some((name) => /^Ref$|^Fn::/.test(name)) &&
      Object.entries(part).every(([name, each]) => JSON.stringify(each) === JSON.stringify(value[name])) // oxfmt-ignore
    );
  }

  #alias(value: Json): string | undefined {
    if (!this.#hand.anchors) return;
    const found = this.#anchored.find((each) => each.value === JSON.stringify(value));
    return found && this.#pick(3) < 2 ? `*${found.name}` : undefined;
  }

  /** Writes a value, perhaps with an anchor, which may be referred to behind its end only. */
  #anchoring(value: Json, may: boolean, write: (anchor: string) => string): string {
    if (!may || !this.#hand.anchors || this.#pick(6) !== 5) return write('');
    const name = `a${this.#names++}`;
    const text = write(`&${name}`);
    this.#anchored.push({ name, value: JSON.stringify(value) });
    return text;
  }
}
