/** A recording as a picture, which moves if there was anything to wait for: SVG that needs no script. */
import { COLUMNS, type Shown, type Span } from './record';

/** Pixels of a character, of a row, and around everything. */
const [WIDTH, HEIGHT, MARGIN] = [8.4, 19, 16];
const MOST_ROWS = 30;
/** Seconds for which the end stays before the recording begins again. */
const LAST = 5;

/** The colors of a dark terminal, by code of ANSI, each with a contrast of more than 4.5 to the background. */
const [BACKGROUND, FOREGROUND] = ['#16191f', '#e9ebed'];
const COLORS = { 2: '#9ba7b6', 31: '#ff7a70', 32: '#6ac46a', 33: '#e0b040', 36: '#5cc5d8' };

/** @param labels what the picture shows, for those who do not see it, and the command as it is typed */
export function drawing(
  recorded: readonly Shown[],
  { title, typed }: { title: string; typed: string },
): string {
  const prompt: Shown = { row: 0, spans: [{ text: `$ ${typed}`, codes: [1] }], from: 0 };
  const shown = [prompt, ...recorded.map((each) => ({ ...each, row: each.row + 1 }))];
  const rows = 1 + Math.max(...shown.map(({ row }) => row));
  const visible = Math.min(rows, MOST_ROWS);
  const [width, height] = [COLUMNS * WIDTH, visible * HEIGHT];
  const [outerWidth, outerHeight] = [width + 2 * MARGIN, height + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${outerWidth} ${outerHeight}" width="${outerWidth}" height="${outerHeight}" role="img">
<title>${escaped(title)}</title>
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${FOREGROUND}}
.c1{font-weight:700}
${Object.entries(COLORS)
  .map(([code, color]) => `.c${code}{fill:${color}}\n`)
  .join('')}.past{visibility:hidden}
#all{transform:translateY(${(visible - rows) * HEIGHT}px)}
${motion(shown, visible)}</style>
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<svg x="${MARGIN}" y="${MARGIN}" width="${width}" height="${height}">
<g id="all">
${shown.map(line).join('\n')}
</g>
</svg>
</svg>
`;
}

/** Nothing moves for those who do not like it: they see the end. */
function motion(shown: readonly Shown[], visible: number): string {
  const end = Math.max(...shown.map(({ from }) => from));
  if (end === 0) return '';
  const seconds = end + LAST;
  const at = (moment: number): string => `${rounded((100 * moment) / seconds)}%`;
  const frames = [
    `@keyframes all{${scrolls(shown, visible)
      .map(([moment, rows]) => `${at(moment)}{transform:translateY(${-rows * HEIGHT}px)}`)
      .join('')}}`,
    ...shown.map(({ from, to }, index) => {
      const later = to === undefined ? '' : `${at(to)}{visibility:hidden}`;
      const earlier = from === 0 ? '' : '0%{visibility:hidden}';
      return `@keyframes l${index}{${earlier}${at(from)}{visibility:visible}${later}}#l${index}{animation-name:l${index}}`;
    }),
  ];
  return `@media (prefers-reduced-motion:no-preference){
#all,#all>*{animation:all ${rounded(seconds)}s step-end infinite}
${frames.join('\n')}
}
`;
}

/** By how many rows the screen has moved up from which moment on. */
function scrolls(shown: readonly Shown[], visible: number): [moment: number, rows: number][] {
  const moves: [number, number][] = [[0, 0]];
  for (const { from, row } of shown) {
    const above = row + 1 - visible;
    if (above > (moves.at(-1)?.[1] ?? 0)) moves.push([from, above]);
  }
  return moves;
}

function line({ row, spans, to }: Shown, index: number): string {
  const past = to === undefined ? '' : ' class="past"';
  const length = spans.reduce((sum, { text }) => sum + text.length, 0);
  // The same width in every font.
  const width = `textLength="${rounded(length * WIDTH)}" lengthAdjust="spacingAndGlyphs"`;
  return `<text xml:space="preserve" id="l${index}"${past} y="${row * HEIGHT + 14}" ${width}>${spans.map(part).join('')}</text>`;
}

function part({ text, codes }: Span): string {
  if (codes.length === 0) return escaped(text);
  return `<tspan class="${codes.map((code) => `c${code}`).join(' ')}">${escaped(text)}</tspan>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const rounded = (value: number): number => Math.round(value * 100) / 100;
