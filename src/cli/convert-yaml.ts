/** Rewrites one resource of a template, as edits of its text, so that comments and all else stay as they are. */
import { DROPPED, writtenDefaults, type Edit } from './conversion';
import { LUSTRE_TYPE, NESTED, NATIVE_TYPE } from './dialect';
import { entry, member, type Entry, type MapNode, type Node } from './template/node';

/** This cannot be rewritten by rule. */
export class ByHand extends Error {
  override readonly name = 'ByHand';
}

/** @throws ByHand */
export function resourceEdits(text: string, resource: Node): { edits: Edit[]; note?: string } {
  const type = member(resource, 'Type');
  const properties = member(resource, 'Properties');
  if (type === undefined || properties?.kind !== 'map') throw new ByHand('it has no Properties');
  const nested = entry(properties, NESTED);
  if (isCall(properties)) throw new ByHand('its Properties are chosen by a function');
  if (nested && (nested.value.kind !== 'map' || isCall(nested.value)))
    throw new ByHand(`its ${NESTED} is chosen by a function`);
  const defaults = writtenDefaults(properties, nested?.value);
  const rename = {
    at: type.at,
    end: type.end,
    text: text.slice(type.at, type.end).replace(NATIVE_TYPE, LUSTRE_TYPE),
  };
  const rewritten = isFlow(text, properties)
    ? [flowEdit(text, properties, defaults.lines)]
    : blockEdits(text, properties, defaults.lines);
  return {
    edits: [rename, ...rewritten],
    ...(defaults.note !== undefined && { note: defaults.note }),
  };
}

const isCall = (node: Node): boolean =>
  node.kind === 'map' && node.entries.some(({ key }) => key.startsWith('Fn::'));

const isFlow = (text: string, node: Node): boolean => text[node.at] === '{';

/** `{...}`: the members as they are written, on one line. */
function flowEdit(text: string, properties: MapNode, lines: readonly [string, string][]): Edit {
  const members = [
    ...properties.entries.flatMap((each) =>
      each.key === NESTED && each.value.kind === 'map'
        ? each.value.entries.map((inner) => written(text, inner))
        : DROPPED.includes(each.key)
          ? []
          : [written(text, each)],
    ),
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  return { at: properties.at, end: properties.end, text: `{ ${members.join(', ')} }` };
}

const written = (text: string, { at, value }: Entry): string => text.slice(at, value.end);

function blockEdits(text: string, properties: MapNode, lines: readonly [string, string][]): Edit[] {
  const [first] = properties.entries;
  if (first === undefined) throw new ByHand('its Properties are empty');
  const indent = ' '.repeat(first.at - lineStart(text, first.at));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  let pending = lines.map(([name, value]) => `${indent}${name}: ${value}${newline}`).join('');
  const edits = properties.entries.flatMap((each): Edit[] => {
    const at = lineStart(text, each.at);
    if (DROPPED.includes(each.key)) {
      // What has to be written down takes the place of what is left out.
      const put = pending;
      pending = '';
      return [{ at, end: lineEnd(text, each.value.end), text: put }];
    }
    if (each.key !== NESTED || each.value.kind !== 'map') return [];
    return [lift(text, each, each.value, indent)];
  });
  if (pending === '') return edits;
  const at = lineStart(text, first.at);
  return [...edits, { at, end: at, text: pending }];
}

/** The members of LustreConfiguration, in the column of LustreConfiguration. */
function lift(text: string, { at, value }: Entry, nested: MapNode, indent: string): Edit {
  const start = lineStart(text, at);
  if (isFlow(text, nested)) {
    const members = nested.entries.map((inner) => `${indent}${written(text, inner)}\n`);
    return { at: start, end: lineEnd(text, value.end), text: members.join('') };
  }
  const [first] = nested.entries;
  const keyLineEnd = lineEnd(text, at);
  const comment = /#[^\r\n]*/.exec(text.slice(at, keyLineEnd))?.[0];
  const deeper = first === undefined ? 0 : first.at - lineStart(text, first.at) - indent.length;
  const end = lineEnd(text, Math.max(at, value.end - 1));
  const body = text
    .slice(keyLineEnd, end)
    .replace(new RegExp(`^ {1,${Math.max(1, deeper)}}`, 'gm'), (spaces) =>
      ' '.repeat(Math.max(0, spaces.length - deeper)),
    );
  return { at: start, end, text: (comment === undefined ? '' : `${indent}${comment}\n`) + body };
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Behind the end of the line. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
