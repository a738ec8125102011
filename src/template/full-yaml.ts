/** Reads all of YAML, with the `yaml` package. */
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { tagged, type Entry, type MapNode, type Node } from './node';
import { plainValue } from './yaml-scalars';

/** A mistake in a text, and where. */
export class Malformed extends Error {
  override readonly name = 'Malformed';

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** More references to anchors than anyone writes by hand; each of them may hold many others. */
const MOST_ALIASES = 1000;

/** @throws Malformed where the text is not YAML. */
export function readFullYaml(text: string): Node {
  // Words are read by our own hand, so that both readers agree on what they mean.
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'error',
  });
  const [problem] = document.errors;
  if (problem) throw new Malformed(problem.message.split(/[\n;]/)[0] ?? '', problem.pos[0]);
  return new Converter(text, document).node(document.contents);
}

class Converter {
  readonly #text: string;
  readonly #document: Document.Parsed;
  #aliases = 0;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
  }

  node(node: unknown): Node {
    if (isAlias(node)) {
      const [at = 0, end = at] = node.range ?? [];
      if (++this.#aliases > MOST_ALIASES) throw new Malformed('Too many aliases', at);
      const target = node.resolve(this.#document);
      if (target === undefined) throw new Malformed(`Unresolved alias ${node.source}`, at);
      return { ...this.node(target), alias: { at, end } };
    }
    const plain = this.#plain(node);
    return isNode(node) && 'anchor' in node && node.anchor ? { ...plain, anchored: true } : plain;
  }

  #plain(node: unknown): Node {
    if (isScalar(node)) {
      const [at = 0, end = at] = node.range ?? [];
      const source = node.source ?? '';
      const name = tagName(node.tag);
      if (node.type === 'PLAIN' && name === undefined && node.tag === undefined)
        return { kind: 'scalar', value: plainValue(source), at, end };
      return this.#tagged(name, { kind: 'scalar', value: source, at, end });
    }
    if (isMap(node)) return this.#tagged(tagName(node.tag), this.#map(node));
    if (isSeq(node)) {
      const [at = 0, end = at] = node.range ?? [];
      const items = node.items.map((item) => this.node(item));
      return this.#tagged(tagName(node.tag), { kind: 'list', items, at, end });
    }
    return { kind: 'scalar', value: null, at: 0, end: 0 };
  }

  #tagged(tag: string | undefined, node: Node): Node {
    // A node's range begins behind its tag.
    return tag === undefined
      ? node
      : tagged(tag, node, this.#text.lastIndexOf(`!${tag}`, node.at - 1));
  }

  #map(node: YAMLMap): MapNode {
    const [at = 0, end = at] = node.range ?? [];
    const own = node.items.filter((pair) => keyOf(pair) !== '<<').map((pair) => this.#entry(pair));
    const names = new Set(own.map(({ key }) => key));
    // What is merged gives way to what stands beside it.
    const merged = node.items
      .filter((pair) => keyOf(pair) === '<<')
      .flatMap((pair) => {
        const value = this.node(pair.value);
        const maps = value.kind === 'list' ? value.items : [value];
        return maps.flatMap((map) => (map.kind === 'map' ? map.entries : []));
      })
      .map((each) => ({ ...each, merged: true as const }))
      .filter(({ key }) => !names.has(key) && names.add(key));
    return { kind: 'map', entries: [...own, ...merged], at, end };
  }

  #entry(pair: Pair): Entry {
    const at = isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
    return { key: keyOf(pair), at, value: this.node(pair.value) };
  }
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? (key.source ?? '') : '');

/** `Sub` of `!Sub`; YAML's own tags only say how a word is written. */
const tagName = (tag: string | undefined): string | undefined =>
  /^!([A-Za-z]\w*)$/.exec(tag ?? '')?.[1];
