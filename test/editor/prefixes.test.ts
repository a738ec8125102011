/** Documents that are typed letter by letter: each beginning of them is a document that the server is asked about. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ROOT } from '../cli/command';
import { Editor, QUESTIONS } from './client';

/** The one that types, and one that opens what was typed. */
let typing: Editor;
let opening: Editor;
beforeAll(async () => {
  [typing, opening] = await Promise.all([Editor.start(), Editor.start()]);
});
afterEach(() => {
  expect([...typing.messages, ...opening.messages]).toEqual([]);
});
afterAll(async () => {
  expect([await typing.stop(), await opening.stop()]).toEqual([0, 0]);
});

const EXAMPLES = ['examples', 'examples/errors']
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => join(folder, file)))
  .filter((file) => /\.(ya?ml|json)$/.test(file));

/** How many letters are typed before the answers are waited for. */
const BURST = 100;

test.each([...EXAMPLES, 'JSON'])('every prefix is answered: %s', async (file) => {
  const text =
    file === 'JSON'
      ? JSON.stringify({ Resources: { Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: { StorageCapacity: 5000, Tags: [{ Key: 'a', Value: 'b' }] } } } }, undefined, 1) // oxfmt-ignore
      : readFileSync(join(ROOT, file), 'utf8');
  const uri = `file:///${file}.yaml`;
  await typing.open(uri, '');
  const document = TextDocument.create(uri, 'yaml', 0, text);
  const start = document.positionAt(0);
  const answers: Promise<unknown>[] = [];
  for (let at = 0; at < text.length; at++) {
    const [from, to] = [document.positionAt(at), document.positionAt(at + 1)];
    answers.push(typing.change(uri, text.slice(at, at + 1), { start: from, end: from }));
    // Another question at each prefix, so that each is asked at one in four.
    const ask = QUESTIONS[(at + 1) % QUESTIONS.length];
    if (ask) answers.push(ask(typing, uri, to, { start, end: to }));
    if (at % BURST === 0) await Promise.all(answers.splice(0));
  }
  await Promise.all(answers);
  const last = await typing.diagnostics(uri);
  await opening.open(uri, text);
  expect(last).toEqual(await opening.diagnostics(uri));
});
