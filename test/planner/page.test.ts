/** The file by itself: its size, its policy, and that it holds no address. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PAGE } from './browser';

const page = readFileSync(PAGE, 'utf8');
const MOST_BYTES = 417_000;

test('is small enough for a wiki', () => {
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(MOST_BYTES);
});

test('allows its one script and its one style sheet, by their hashes, and nothing else', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hashesOf = (tag: string): string[] =>
    [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(
      ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    );
  expect(hashesOf('script').length).toBe(1);
  expect(hashesOf('style').length).toBe(1);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hashesOf('script').join(' ')}`,
    `style-src ${hashesOf('style').join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('has no handler, no style and no source in its elements', () => {
  const markup = page.replace(/<script>[^]*?<\/script>|<style>[^]*?<\/style>/g, '');
  expect(markup).not.toMatch(/\son\w+=|\sstyle=|javascript:|\ssrc=|https?:/);
});

test('reads no markup: nothing is written as HTML', () => {
  expect(page).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/);
});
