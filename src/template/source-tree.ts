/** Reads the text of a template, YAML or JSON, with the place of everything in it. */
import {
  Composer,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  visit,
} from 'yaml';
import type { Alias, CST, Document, Node as YamlNode, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import {
  tagged,
  type Entry,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
} from './node';
import { readJson } from './json-tree';
import { plainValue } from './yaml-scalars';

/** A text cannot be used as a template; the message says why, and the place where, if there is one. */
export class Unreadable extends Error {
  override readonly name: string = 'Unreadable';

  constructor(
    message: string,
    readonly place?: Place,
  ) {
    super(message);
  }
}

/** A text is no template: it may be read, and describes no resources. */
export class NoTemplate extends Unreadable {
  override readonly name = 'NoTemplate';
}

/** A place in a text, as editors count: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From a place up to, and without, another one. */
export interface Range extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** A tag, such as `!Sub` or `tag:yaml.org,2002:binary`, and where what it is the tag of begins. */
interface Tag {
  readonly name: string;
  readonly at: number;
}

/** A text as nodes, and the place of an offset in it. */
export interface SourceTree {
  readonly root: Node;
  readonly placeAt: (offset: number) => Place;
  /** The tags that are written, short forms among them. */
  readonly tags: readonly Tag[];
  /** Where aliases are written, and keys `<<`. */
  readonly aliases: readonly number[];
}

/** More aliases than anyone writes. Each may stand for many others, so a short text could stand for billions of nodes. */
const MAX_ALIASES = 1000;

/** More nodes than a template that CloudFormation takes has: a short text has them only through aliases. */
const MAX_NODES = 500_000;

/** Deeper than any template, and shallow enough for recursive functions. */
const MAX_DEPTH = 500;

/**
 * Reads YAML, of which JSON is a part; short forms such as `!Sub` are written out.
 * @throws Unreadable where the text is not YAML, or is nested too deeply.
 */
export function readTree(text: string): SourceTree {
  const { problem, ...tree } = readDraft(text);
  if (problem) throw problem;
  return tree;
}

/** What can be read of a text that may be half typed, and what stands against reading all of it. */
export interface DraftTree extends SourceTree {
  readonly problem?: Unreadable;
}

/**
 * The same for a text that is being typed: a problem of its syntax is told beside what can be read in spite of it.
 * @throws Unreadable where nothing can be read, or the text is nested too deeply.
 */
export function readDraft(text: string): DraftTree {
  const json = readJson(text);
  if (json) return { ...json, tags: [], aliases: [] };
  const lineCounter = new LineCounter();
  const tokens = tokensOf(text, lineCounter.addNewLine);
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const aliases: CST.Token[] = [];
  if (!tokens.every((token) => isShallow(token, aliases, 0)))
    throw new Unreadable('this is nested too deeply');
  const tooMany = aliases[MAX_ALIASES];
  if (tooMany) throw new Unreadable('Too many aliases', placeAt(tooMany.offset));
  const composer = new Composer({
    // Words without quotes are read below, as CloudFormation reads them.
    schema: 'failsafe',
    // Checked below: the package compares each key with all others of its map.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const [document, second] = withoutStackTraces(() => [
    ...composer.compose(tokens, true, text.length),
  ]);
  if (!document) throw new Unreadable('this is empty');
  const reader = new TreeReader(text, document, placeAt);
  const root = reader.node(document.contents, 0);
  const problem = problemOf(document, second, placeAt) ?? reader.problem;
  const tree = { root, placeAt, tags: reader.tags, aliases: reader.aliases };
  return problem ? { ...tree, problem } : tree;
}

/** What stands against the syntax of a document, or against another one behind it. */
function problemOf(
  { errors: [error] }: Document.Parsed,
  second: Document.Parsed | undefined,
  placeAt: SourceTree['placeAt'],
): Unreadable | undefined {
  if (error) return new Unreadable(error.message, placeAt(error.pos[0]));
  return second && new NoTemplate('Source contains multiple documents', placeAt(second.range[0]));
}

/** The tokens of a text. @throws Unreadable before it has used up the memory, where it is nested far too deeply. */
function tokensOf(text: string, onNewLine: (offset: number) => void): CST.Token[] {
  const parser = new Parser(onNewLine);
  const tokens: CST.Token[] = [];
  onNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > 2 * MAX_DEPTH) throw new Unreadable('this is nested too deeply');
  }
  tokens.push(...parser.end());
  return tokens;
}

/** Whether no part of a token is nested too deeply; its aliases are added to those that are found so far. */
function isShallow(token: CST.Token, aliases: CST.Token[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (token.type) {
    case 'alias':
      aliases.push(token);
      return true;
    case 'document':
      return !token.value || isShallow(token.value, aliases, depth + 1);
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      for (const { key, value } of token.items) {
        if (key && !isShallow(key, aliases, depth + 1)) return false;
        if (value && !isShallow(value, aliases, depth + 1)) return false;
      }
      return true;
    default:
      return true;
  }
}

/** How many calls the stack trace of an error has, where the engine is V8. */
const traces = Error as ErrorConstructor & { stackTraceLimit?: number | undefined };

/** The package makes an error for each short form, whose tag it does not know; without stack traces those cost little. */
function withoutStackTraces<T>(run: () => T): T {
  const { stackTraceLimit } = traces;
  traces.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    traces.stackTraceLimit = stackTraceLimit;
  }
}

class TreeReader {
  readonly tags: Tag[] = [];
  readonly aliases: number[] = [];
  /** The first thing that YAML forbids, and that can be read in spite of it. */
  problem: Unreadable | undefined;
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #placeAt: SourceTree['placeAt'];
  #targets: ReadonlyMap<Alias, YamlNode | undefined> | undefined;
  #aliases = 0;
  #nodes = 0;

  constructor(text: string, document: Document.Parsed, placeAt: SourceTree['placeAt']) {
    this.#text = text;
    this.#document = document;
    this.#placeAt = placeAt;
  }

  /** `missingAt` is the place of a node that is not there, such as the value of `{ Key }`. */
  node(node: unknown, missingAt: number): Node {
    if (++this.#nodes > MAX_NODES)
      throw this.#unreadable('This stands for too many values', missingAt);
    if (isAlias(node)) return this.#alias(node);
    if (!isNode(node)) return { kind: 'scalar', value: null, at: missingAt, end: missingAt };
    const content = this.#content(node);
    const name = /^!([A-Za-z]\w*)$/.exec(node.tag ?? '')?.[1];
    const written =
      name === undefined
        ? content
        : // A node's range begins behind its tag.
          tagged(name, content, this.#text.lastIndexOf(`!${name}`, content.at - 1));
    if (node.tag !== undefined) this.tags.push({ name: node.tag, at: written.at });
    return 'anchor' in node && node.anchor ? { ...written, anchored: true } : written;
  }

  #alias(alias: Alias): Node {
    const [at = 0, end = at] = alias.range ?? [];
    this.aliases.push(at);
    if (++this.#aliases > MAX_ALIASES) throw this.#unreadable('Too many aliases', at);
    this.#targets ??= aliasTargets(this.#document);
    const target = this.#targets.get(alias);
    if (!target) {
      this.problem ??= this.#unreadable(`Unresolved alias ${alias.source}`, at);
      return { kind: 'scalar', value: null, at, end };
    }
    return { ...this.node(target, at), alias: { at, end } };
  }

  #unreadable(message: string, offset: number): Unreadable {
    return new Unreadable(message, this.#placeAt(offset));
  }

  #content(node: YamlNode): Node {
    if (isMap(node)) return this.#map(node);
    return isSeq(node) ? this.#list(node) : this.#scalar(node as Scalar);
  }

  #scalar(scalar: Scalar): ScalarNode {
    const [at = 0, rangeEnd = at] = scalar.range ?? [];
    const source = scalar.source ?? '';
    const isPlain = scalar.type === 'PLAIN' && scalar.tag === undefined;
    const value = isPlain ? plainValue(source) : source;
    // The range of a block scalar includes the line break behind it.
    const isBlock = scalar.type?.startsWith('BLOCK') ?? false;
    const end = isBlock ? at + this.#text.slice(at, rangeEnd).trimEnd().length : rangeEnd;
    return { kind: 'scalar', value, at, end };
  }

  #list(list: YAMLSeq): ListNode {
    const [at = 0] = list.range ?? [];
    const items = list.items.map((item) => this.node(item, at));
    return { kind: 'list', items, at, end: endOf(list, items.at(-1)) };
  }

  #map(map: YAMLMap): MapNode {
    const [at = 0] = map.range ?? [];
    const names = new Set<string>();
    const entries = map.items.map((pair) => this.#entry(pair, at, names));
    const end = endOf(map, entries.at(-1)?.value);
    const merges = entries.filter((_, index) => isMergeKey(map.items[index]?.key));
    this.aliases.push(...merges.map((merge) => merge.at));
    return { kind: 'map', entries: merges.length > 0 ? merged(entries, merges) : entries, at, end };
  }

  /** An entry, whose key is added to the names that its map has so far. */
  #entry({ key: node, value }: Pair, mapAt: number, names: Set<string>): Entry {
    if (!isScalar(node))
      return { key: '', at: mapAt, keyEnd: mapAt, value: this.node(value, mapAt) };
    const [at = mapAt, keyEnd = at] = node.range ?? [];
    const key = node.source ?? '';
    if (names.has(key)) this.problem ??= this.#unreadable('Map keys must be unique', at);
    names.add(key);
    return { key, at, keyEnd, value: this.node(value, at) };
  }
}

/** What each alias of a document stands for: the last node before it that has its anchor, unless the alias is in there. */
function aliasTargets(document: Document.Parsed): Map<Alias, YamlNode | undefined> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<Alias, YamlNode | undefined>();
  visit(document, {
    Node: (_, node, path) => {
      const target = isAlias(node) ? anchors.get(node.source) : undefined;
      if (isAlias(node)) targets.set(node, target && path.includes(target) ? undefined : target);
      else if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Behind the last character of a collection. The range of a block collection includes comments that follow it. */
function endOf({ flow, range }: YAMLMap | YAMLSeq, last: Node | undefined): number {
  const [, end = 0] = range ?? [];
  return flow || !last ? end : (last.alias?.end ?? last.end);
}

/** Whether a key is `<<`; in quotes that is a name like any other. */
const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.type === 'PLAIN' && key.source === '<<';

/** The entries of a map, and those that `<<` adds to it, which give way to what stands beside them. */
function merged(entries: readonly Entry[], merges: readonly Entry[]): Entry[] {
  const own = entries.filter((each) => !merges.includes(each));
  const names = new Set(own.map(({ key }) => key));
  const added = merges
    .flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]))
    .flatMap((map) => (map.kind === 'map' ? map.entries : []))
    .map((each) => ({ ...each, merged: true as const }))
    .filter(({ key }) => !names.has(key) && names.add(key));
  return [...own, ...added];
}
