/** The pictures of commands in use. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { drawing } from '../../scripts/recording/drawing';
import { pictureOf, RECORDINGS } from '../../scripts/recording/pictures';
import { record } from '../../scripts/recording/record';

const ROOT = resolve(__dirname, '../..');

test('the picture of check shows what check prints: otherwise run npm run recordings', async () => {
  const recording = RECORDINGS.find(({ typed }) => typed.includes('check'));
  if (!recording) throw new Error('There is no picture of check.');
  expect(readFileSync(join(ROOT, recording.picture), 'utf8')).toBe(
    await pictureOf(recording, ROOT),
  );
});

describe('a recording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));

  const recorded = (text: string) => {
    const script = join(folder, 'script.cjs');
    writeFileSync(script, `process.stdout.write(${JSON.stringify(text)})`);
    return record(script, [], folder);
  };

  test('has the styles of a terminal, which end where they say so', async () => {
    const styled =
      '\u001B[1mbold \u001B[31mred\u001B[39m bold\u001B[22m plain\u001B[36mcyan\u001B[0m\n';
    expect(await recorded(styled)).toEqual([
      {
        row: 0,
        from: expect.any(Number) as number,
        spans: [
          { text: 'bold ', codes: [1] },
          { text: 'red', codes: [1, 31] },
          { text: ' bold', codes: [1] },
          { text: ' plain', codes: [] },
          { text: 'cyan', codes: [36] },
        ],
      },
    ]);
  });

  test('has a line that is longer than 80 characters in two rows, and what follows below it', async () => {
    const rows = await recorded(`${'x'.repeat(90)}\ny\n`);
    expect(rows.map(({ row, spans }) => [row, spans.map(({ text }) => text.length)])).toEqual([
      [0, [80]],
      [1, [10]],
      [2, [1]],
    ]);
  });

  test('does not have a line that is cleared at once', async () => {
    const rows = await recorded('gone\r\u001B[2Kthere\n');
    expect(rows.map(({ spans }) => spans[0]?.text)).toEqual(['there']);
  });

  test('of a program that complains is none', async () => {
    await expect(record(join(folder, 'nothing.cjs'), [], folder)).rejects.toThrow(/nothing\.cjs/);
  });
});

describe('a drawing', () => {
  const labels = { title: 'A <title>', typed: 'make demo' };
  const shown = (row: number, from: number, to?: number) => ({
    row,
    from,
    ...(to !== undefined && { to }),
    spans: [{ text: `row ${row} & more`, codes: [] }],
  });

  test('moves only for those who like it, and where something moved', () => {
    expect(drawing([shown(0, 0)], labels)).not.toContain('@keyframes');
    const moving = drawing([shown(0, 0, 2), shown(0, 2)], labels);
    expect(moving.indexOf('@media (prefers-reduced-motion:no-preference)')).toBeGreaterThan(0);
    expect(moving.match(/class="past"/g)).toHaveLength(1);
  });

  test('moves up by as many rows as there is no room for', () => {
    const rows = Array.from({ length: 40 }, (_, row) => shown(row, row));
    expect(drawing(rows, labels)).toContain('#all{transform:translateY(-209px)}');
  });

  test('says what it shows, and has no markup of the output', () => {
    const text = drawing([shown(0, 0)], labels);
    expect(text).toContain('<title>A &#60;title&#62;</title>');
    expect(text).toContain('row 0 &#38; more');
  });
});
