/**
 * The rules in Rego, run by AWS's own engine, and those in TypeScript refuse the same, with the same words.
 * `REGO_MODELS=10000 npx jest test/rego/agreement.test.ts` compares so many random models of each type.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { REGO_RULES } from '../../src/rego/rego';
import { NATIVE } from '../../src/review/resource-types';
import { mixed } from '../lustre/arbitraries';
import { CASES } from '../lustre/rule-cases';
import { ROOT } from '../templates/engine';
import { byRego, byTypeScript, TYPES, type Model } from './rego-judge';

/** Models in one template: the engine compiles the rules anew for each, and takes longer over a large one than over its parts. */
const BATCH = 30;

const MODELS = Number(process.env.REGO_MODELS ?? 200);

/** As JSON has it, with numbers and booleans as they are, or as text. */
const asSent = (model: unknown, isText: boolean): Model =>
  JSON.parse(
    JSON.stringify(model, (_, value: unknown) =>
      isText && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value,
    ),
  ) as Model;

/** What Rego words otherwise: the order of members, and what was probably meant, which TypeScript looks for. */
const withoutHints = (line: string): string =>
  line
    .replace(/\{.*\}/, '{}')
    .replace(/(, such as [^;]*)?; (did you mean|write) .*$|, such as .*$|\.$/, '');

function compare(models: readonly Model[], type: (typeof TYPES)[number]): void {
  for (let from = 0; from < models.length; from += BATCH) {
    const batch = models.slice(from, from + BATCH);
    const found = byRego(batch, type).map((lines) => lines.map(withoutHints));
    const expected = batch.map((model) => byTypeScript(model, type).map(withoutHints));
    batch.forEach((model, index) => {
      expect({ model, found: found[index] }).toEqual({ model, found: expected[index] });
    });
  }
}

const TABLES = Object.values(CASES).flatMap((cases) => cases.map(([, model]) => model));

describe.each(TYPES)('$name', (type) => {
  test.each([
    ['numbers', false],
    ['texts', true],
  ])('the table of every rule, with %s', (_, isText) => {
    compare(
      TABLES.map((model) => asSent(model, isText)),
      type,
    );
  });

  test(
    `${MODELS} random models`,
    () => {
      const models = fc.sample(mixed, { numRuns: MODELS, seed: 20_261_126 });
      compare(
        models.map((model, index) => asSent(model, index % 2 === 1)),
        type,
      );
    },
    60_000 + MODELS * 200,
  );
});

test('the manual counts the native file systems of the tables that are refused', () => {
  const refused = TABLES.map((model) => asSent(model, false)).filter((model) =>
    byTypeScript(model, NATIVE).some((line) => line.includes(' ERROR ')),
  );
  const manual = readFileSync(join(ROOT, 'manual', 'in-your-tools.md'), 'utf8');
  expect(manual).toContain(` has ${refused.length} native file systems that FSx refuses.`);
});

/** Which tests of their own show. */
const BESIDE_THE_TABLES = ['unknown-property', 'read-only', 's3-bucket-name'];

test('the tables show each rule that Rego has', () => {
  const [ours] = TYPES;
  const shown = ours
    ? byRego(
        TABLES.map((model) => asSent(model, false)),
        ours,
      ).flat()
    : [];
  const names = new Set(shown.map((line) => line.split(' ')[0]));
  expect([...REGO_RULES].filter((rule) => !names.has(rule))).toEqual(BESIDE_THE_TABLES);
});
