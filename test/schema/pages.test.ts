/** What the pages for people say of one another, and whether a part of one got lost. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Added to the package for npm by `make package`. */
const MADE_LATER = ['npm/THIRD-PARTY-NOTICES.txt'];

const inFolder = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .map((file) => join(folder, file));
const PAGES = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...['manual', 'examples', 'editors', 'npm'].flatMap(inFolder),
];

const withoutCode = (text: string) => text.replaceAll(/^( *)```[^]*?^\1```/gm, '<code>');
const textOf = (page: string) => withoutCode(readFileSync(join(ROOT, page), 'utf8'));

/** As GitHub makes the address of a heading. */
const address = (heading: string) =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');
const addressesOf = (page: string) => {
  const text = textOf(page);
  return [
    ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => address(heading.trim())),
    ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id),
  ];
};

const leadsNowhere = (page: string, link: string) => {
  const [path = '', place] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (MADE_LATER.includes(target)) return false;
  if (!existsSync(join(ROOT, target))) return true;
  return place !== undefined && target.endsWith('.md') && !addressesOf(target).includes(place);
};

test.each(PAGES)('every link of %s inside the project leads somewhere', (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const inside = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(inside.filter((link) => leadsNowhere(page, link))).toEqual([]);
});

const written = PAGES.filter((page) => !page.startsWith('manual/reference'));

test.each(written)('no paragraph of %s breaks off, and none is there twice', (page) => {
  const paragraphs = textOf(page)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim());
  const sentences = paragraphs.filter((paragraph) => /^[*`[]*\p{L}/u.test(paragraph));
  expect(sentences.filter((paragraph) => !/[.:)>`*"]$/.test(paragraph))).toEqual([]);
  const beginnings = sentences.filter(({ length }) => length > 40).map((text) => text.slice(0, 40));
  expect(beginnings.filter((text, index) => beginnings.indexOf(text) !== index)).toEqual([]);
});
