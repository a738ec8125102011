/** Creates elements of the page. All content is text; nothing here parses markup. */
import { lookOf } from '../plot/kinds';
import type { Shape } from '../plot/shape';
import type { OfferingName } from '../lustre/catalog/catalog';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
/** The content of an element. */
export type Content = Node | string | undefined | readonly Content[];

/** Creates an element. An attribute that is undefined or false is omitted; one that is true has no value. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : String(value));
  made.append(...nodesOf(content));
  return made;
}

const nodesOf = (content: readonly Content[]): (Node | string)[] =>
  content.flatMap((each): (Node | string)[] =>
    each === undefined
      ? []
      : each instanceof Node || typeof each === 'string'
        ? [each]
        : nodesOf(each),
  );

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing as elements. Its colors are those of the page; the page shows the tooltips. */
export function drawing({ name, attributes, children }: Shape): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (key !== 'xmlns') made.setAttribute(key, String(value));
  const { kind } = made.dataset;
  if (kind !== undefined) made.style.setProperty('--dark', lookOf(kind as OfferingName).dark);
  for (const child of children)
    if (typeof child === 'string') made.append(child);
    else if (child.name !== 'title') made.append(drawing(child));
  return made;
}

/** The element with an ID. @throws if the page does not have it. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${id}.`);
  return found;
}

/** Replaces the content of an element. The focus returns to the element with the same `data-key`. */
export function fill(parent: Element, ...content: readonly Content[]): void {
  const { activeElement } = document;
  const key =
    activeElement && parent.contains(activeElement) ? activeElement.getAttribute('data-key') : null;
  parent.replaceChildren(...nodesOf(content));
  if (key === null) return;
  for (const each of parent.querySelectorAll<HTMLElement | SVGElement>('[data-key]'))
    if (each.getAttribute('data-key') === key) {
      each.focus({ preventScroll: true });
      return;
    }
}
