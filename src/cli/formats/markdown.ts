/** Escapes text for Markdown on GitHub. */
import { visible } from './visible-text';

/** Escapes HTML. */
export const html = (text: string): string =>
  visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Escapes Markdown, HTML, mentions, and the delimiters of tables. */
export const plain = (text: string): string =>
  html(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/@(?=\w)/g, '@&#8203;')
    .replace(/(https?):\/\//g, '$1&#58;//');

/** Text as code, which also works inside a table. */
export function code(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ')).replaceAll('|', '\\|');
  const fence = '`'.repeat(
    1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  return fence.length > 1 || line === '' ? `${fence} ${line} ${fence}` : `\`${line}\``;
}
