// `node scripts/mutation-lines.mjs src/lustre 200 1`: 200 lines with code, each as likely as any other, of the files in a
// folder, in the form that `npm run mutate -- --mutate` takes. Another last number gives another sample.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', ...numbers] = process.argv.slice(2);
const [count, seed] = numbers.map(Number);
if (!folder || ![count, seed].every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error(
    'Usage: node scripts/mutation-lines.mjs FOLDER COUNT SEED, with numbers from 1 on.',
  );
  process.exit(2);
}

/** What holds no code, or only says what other files have. */
const WITHOUT_CODE = /^\s*(\/\/|\/?\*|import\b|export (type|\{)|\} from\b|[\])};,]*$)/;

const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => join(folder, name))
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, i) => (WITHOUT_CODE.test(text) ? [] : [`${file}:${i + 1}-${i + 1}`])),
  );

/** Numbers from 0 up to 1, the same for the same seed. https://github.com/cprosche/mulberry32 */
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

for (let last = lines.length - 1; last > 0; last -= 1) {
  const other = Math.floor(random() * (last + 1));
  [lines[last], lines[other]] = [lines[other], lines[last]];
}
console.log(lines.slice(0, count).join(','));
