/** Places labels beside points where there is room. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The largest possible width in px of a text in a font size (px). No font is measured, because there may be none. */
export const widthOf = (text: string, size: number): number => text.length * size * 0.58;

/** The position of a label. */
export interface Label {
  readonly x: number;
  /** The baseline of the text. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The distance from a mark, px. */
const GAP = 12;

/**
 * The position of a label beside a point: the first of right, left, above and below that lies inside `room` and overlaps
 * nothing in `taken`. Undefined if there is none.
 */
export function placeFor(
  text: string,
  size: number,
  { x, y }: { readonly x: number; readonly y: number },
  room: Box,
  taken: readonly Box[],
): { label: Label; box: Box } | undefined {
  const width = widthOf(text, size);
  const middle = y + size * 0.36;
  const candidates: Label[] = [
    { x: x + GAP, y: middle, anchor: 'start' },
    { x, y: y - GAP, anchor: 'middle' },
    { x: x - GAP, y: middle, anchor: 'end' },
    { x, y: y + GAP + size * 0.72, anchor: 'middle' },
  ];
  return candidates
    .map((label) => ({ label, box: boxOf(label, width, size) }))
    .find(({ box }) => isInside(box, room) && !taken.some((other) => overlap(box, other)));
}

function boxOf({ x, y, anchor }: Label, width: number, size: number): Box {
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left: left - 2, top: y - size * 0.8, right: left + width + 2, bottom: y + size * 0.2 };
}

const isInside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Splits a text into lines no wider than `width` px. */
export function linesOf(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
