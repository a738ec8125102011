/** Parses the text of a template, YAML or JSON, with the offset of every node. */
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
import { withLineFeeds } from './lines';
import { plainScalar } from './yaml-scalars';

/** Thrown for a text that cannot be used as a template. The message says why, and `place` where, if that is known. */
export class Unreadable extends Error {
  override readonly name: string = 'Unreadable';

  constructor(
    message: string,
    readonly place?: Place,
  ) {
    super(message);
  }
}

/** Thrown for a text that was parsed but is not a CloudFormation template. */
export class NoTemplate extends Unreadable {
  override readonly name = 'NoTemplate';
}

/** A position in a text, as editors show it: line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A range of a text. The end is exclusive. */
export interface Range extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** A tag, such as `!Sub` or `tag:yaml.org,2002:binary`, and the offset of the node after it. */
interface Tag {
  readonly name: string;
  readonly at: number;
}

/** A parsed text, and the position of an offset in it. */
export interface SourceTree {
  readonly root: Node;
  readonly placeAt: (offset: number) => Place;
  /** The tags in the text, including short forms. */
  readonly tags: readonly Tag[];
  /** The offsets of aliases and of keys `<<`. */
  readonly aliases: readonly number[];
}

/** The most aliases of a text. Each can stand for many nodes, so a short text could expand to billions. */
const MAX_ALIASES = 1000;

/** The most nodes: more than a template that CloudFormation accepts has. A short text can exceed this only with aliases. */
const MAX_NODES = 500_000;

/** The deepest nesting. Deeper than any template, and shallow enough for recursive functions. */
const MAX_DEPTH = 500;

/**
 * Parses YAML, and therefore JSON. Short forms such as `!Sub` are converted to long forms.
 *
 * @throws Unreadable if the text is not YAML, or is nested too deeply.
 */
export function readTree(text: string): SourceTree {
  const { problem, ...tree } = readDraft(text);
  if (problem) throw problem;
  return tree;
}

/** As `readTree`, but undefined for a text that it refuses. */
export function treeOrNone(text: string): SourceTree | undefined {
  try {
    return readTree(text);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** A parsed text that may be incomplete, with its syntax error if it has one. */
export interface DraftTree extends SourceTree {
  readonly problem?: Unreadable;
}

/**
 * As `readTree`, for a text that is being typed: a syntax error is returned together with what could be parsed.
 *
 * @throws Unreadable if nothing can be parsed, or the text is nested too deeply.
 */
export function readDraft(text: string): DraftTree {
  const json = readJson(text);
  if (json) return { ...json, tags: [], aliases: [] };
  return readYaml(withLineFeeds(text));
}

function readYaml(text: string): DraftTree {
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
    // Plain scalars are converted below, as CloudFormation does.
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

/** The first syntax error of a document, or that there is a second document. */
function problemOf(
  { errors: [error] }: Document.Parsed,
  second: Document.Parsed | undefined,
  placeAt: SourceTree['placeAt'],
): Unreadable | undefined {
  if (error) return new Unreadable(error.message, placeAt(error.pos[0]));
  return second && new NoTemplate('Source contains multiple documents', placeAt(second.range[0]));
}

/** The tokens of a text. @throws Unreadable for a text that is nested far too deeply, before it exhausts the memory. */
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

/** Whether the nesting of a token is within the limit. Its aliases are added to those found so far. */
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

/** The length of stack traces, in V8. */
const traces = Error as ErrorConstructor & { stackTraceLimit?: number | undefined };

/** The package creates an error for each short form, whose tag it does not know. Without stack traces these cost little. */
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
  /** The first error that does not keep the rest from being parsed. */
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

  /**
   * Converts a node.
   *
   * @param missingAt The offset of a missing node, such as the value of `{ Key }`.
   */
  node(node: unknown, missingAt: number): Node {
    if (++this.#nodes > MAX_NODES)
      throw this.#unreadable('This expands to too many values', missingAt);
    if (isAlias(node)) return this.#alias(node);
    if (!isNode(node)) return { kind: 'scalar', value: null, at: missingAt, end: missingAt };
    const content = this.#content(node);
    const name = /^!([A-Za-z]\w*)$/.exec(node.tag ?? '')?.[1];
    const written =
      name === undefined
        ? content
        : // The range of a node begins after its tag.
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
    const content = isPlain ? plainScalar(source) : { value: source };
    // The range of a block scalar includes the line break after it.
    const isBlock = scalar.type?.startsWith('BLOCK') ?? false;
    const end = isBlock ? at + this.#text.slice(at, rangeEnd).trimEnd().length : rangeEnd;
    return { kind: 'scalar', ...content, at, end };
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

  /** Converts an entry, and adds its key to the names in its map. */
  #entry({ key: node, value }: Pair, mapAt: number, names: Set<string>): Entry {
    const [at = mapAt, keyEnd = at] = (isNode(node) ? node.range : undefined) ?? [];
    if (!isScalar(node)) return { key: '', at, keyEnd, value: this.node(value, keyEnd) };
    const key = node.source ?? '';
    if (names.has(key)) this.problem ??= this.#unreadable('Map keys must be unique', at);
    names.add(key);
    return { key, at, keyEnd, value: this.node(value, keyEnd) };
  }
}

/** The node of each alias: the last one before it with its anchor. Undefined if the alias is inside that node. */
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

/** The end offset of a collection. The range of a block collection includes the comments after it. */
function endOf({ flow, range }: YAMLMap | YAMLSeq, last: Node | undefined): number {
  const [, end = 0] = range ?? [];
  return flow || !last ? end : (last.alias?.end ?? last.end);
}

/** Whether a key is `<<`. In quotes it is an ordinary name. */
const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.type === 'PLAIN' && key.source === '<<';

/** The entries of a map, and those that `<<` adds, which do not replace others. */
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
