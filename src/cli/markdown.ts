/** Text in Markdown that GitHub shows: names and sentences that stay what they are. */
import { visible } from './visible-text';

/** Text in which nothing is HTML. */
export const html = (text: string): string =>
  visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text in which nothing is Markdown or HTML, no one is mentioned, and no table ends. */
export const plain = (text: string): string =>
  html(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/@(?=\w)/g, '@&#8203;')
    .replace(/(https?):\/\//g, '$1&#58;//');

/** Text as it is, in a table too. */
export function code(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ')).replaceAll('|', '\\|');
  const fence = '`'.repeat(
    1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  return fence.length > 1 || line === '' ? `${fence} ${line} ${fence}` : `\`${line}\``;
}
