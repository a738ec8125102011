/** A drawing as data, which can become the text of an SVG file or the elements of a page. */

export interface Shape {
  /** The name of the SVG element. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export const shape = (
  name: string,
  attributes: Shape['attributes'] = {},
  ...children: Shape['children']
): Shape => ({ name, attributes, children });

/** A drawing as SVG text. Its content is escaped. */
export function svgText({ name, attributes, children }: Shape): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = children.map((each) => (typeof each === 'string' ? escaped(each) : svgText(each)));
  const separator = children.some((each) => typeof each !== 'string') ? '\n' : '';
  return `<${name}${written.join('')}>${[separator, ...inner.map((each) => `${each}${separator}`)].join('')}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (value: string | number): string =>
  String(value).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
