/** Rewrites the resources of a JSON template, which has no comments to keep. */
import { DROPPED, writtenDefaults } from './conversion';
import { LUSTRE_TYPE, NESTED } from './dialect';
import { member, type Node } from './template/node';
import { ByHand } from './convert-yaml';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text with the resources rewritten; `nodes` are the same resources as they were read. @throws ByHand */
export function convertJson(
  text: string,
  nodes: ReadonlyMap<string, Node>,
): { text: string; notes: Map<string, string> } {
  const template = JSON.parse(text) as Json;
  const resources = template.Resources as Json;
  const notes = new Map<string, string>();
  for (const [id, node] of nodes) {
    const resource = resources[id] as Json;
    const properties = resource.Properties;
    const nested = isObject(properties) ? (properties[NESTED] ?? {}) : undefined;
    if (!isObject(properties) || !isObject(nested)) throw new ByHand('it has no plain Properties');
    if (
      [properties, nested].some((each) => Object.keys(each).some((name) => name.startsWith('Fn::')))
    )
      throw new ByHand('its Properties are chosen by a function');
    const written = member(node, 'Properties');
    const { lines, note } = writtenDefaults(written, member(written, NESTED));
    if (note !== undefined) notes.set(id, note);
    resource.Type = LUSTRE_TYPE;
    resource.Properties = Object.fromEntries([
      ...Object.entries(properties).flatMap(([name, value]) =>
        name === NESTED ? Object.entries(nested) : DROPPED.includes(name) ? [] : [[name, value]],
      ),
      ...lines.map(([name, value]) => [name, value.replaceAll("'", '')]),
    ]) as Json;
  }
  const indent = /^[{]\s*\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return {
    text: JSON.stringify(template, undefined, indent) + (text.endsWith('\n') ? '\n' : ''),
    notes,
  };
}
