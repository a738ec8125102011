// `node scripts/mutation-lines.mjs src/lustre 200 1`: 200 lines with code, each as likely as any other, of the files in a
// folder, in the form that `npm run mutate -- --mutate` takes. Another last number gives another sample.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

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

const length = Math.min(count, lines.length);
const [sample] = fc.sample(fc.shuffledSubarray(lines, { minLength: length, maxLength: length }), {
  seed,
  numRuns: 1,
});
console.log(sample.join(','));
