/** One mistake once: one wrong value of a configuration that is right otherwise is told by one violation. */
import { checkPartial } from '../../src/lustre/unresolved/check';
import { PROPERTY_NAMES, PROPERTY_SHAPES, type Shape } from '../../src/lustre/properties/shapes';
import { head } from '../../src/lustre/properties/parse';
import { severityOf, type Violation } from '../../src/lustre/violations';
import * as CONFIGURATIONS from './configurations';

const LIKELY: readonly unknown[] = [
  '', ' ', 'nonsense', 'aws/fsx', 'alias/aws/fsx', 's3://a', 's3://bucket', '2.12', '24:00', '05:00', '7:25:00',
  'x'.repeat(300), 'x'.repeat(5000), -1, 0, 1, 1.5, 7, 91, 5001, 1e10, true, false, [], [''], ['nonsense'], {}, { Nope: 1 },
]; // oxfmt-ignore

/** Wrong ones and right ones, and each word in small letters. */
function valuesOf(shape: Shape): readonly unknown[] {
  switch (shape.type) {
    case 'text':
      return (shape.values ?? []).flatMap((value) => [value, value.toLowerCase()]);
    case 'list':
      return valuesOf(shape.items).map((value) => [value]);
    case 'object':
      return Object.entries(shape.members).reduce<object[]>(
        (all, [name, member]) =>
          all.flatMap((one) => [
            one,
            ...[...valuesOf(member), 'nonsense', -1, 6000].map((value) => ({ ...one, [name]: value })),
          ]),
        [{}],
      ); // oxfmt-ignore
    default:
      return [];
  }
}

const tried = Object.entries(CONFIGURATIONS).flatMap(([name, right]) =>
  PROPERTY_NAMES.flatMap((property) =>
    [...LIKELY, ...valuesOf(PROPERTY_SHAPES[property])].map((value) => ({
      name,
      property,
      value,
      found: checkPartial({ ...right, [property]: value }, { region: 'cn-north-1' }),
    })),
  ),
);

/** Two mistakes: the value is wrong by itself, and what it belongs to is missing. */
const NEEDS = ['s3-link', 'backup-window', 'final-backup-tags'];
const FORM = ['format', 'range', 'length', 's3-bucket-name'];

const isTwo = ([one, other]: readonly string[]): boolean =>
  one !== undefined && other !== undefined && NEEDS.includes(one) && FORM.includes(other);

test('some thousand configurations with one wrong value were tried', () => {
  expect(tried.length).toBeGreaterThan(5000);
  const wrong = tried.filter(({ found }) => found.some(({ rule }) => rule === 'not-applicable'));
  expect(wrong.length).toBeGreaterThan(500);
});

test('no place has two violations, but for a value that is wrong and lacks what it needs', () => {
  const pairs = tried.flatMap(({ name, property, value, found }) => {
    const places = new Map<string, Violation[]>();
    for (const each of found)
      places.set(each.property, [...(places.get(each.property) ?? []), each]);
    return [...places.values()]
      .map((here) => here.map(({ rule }) => rule))
      .filter((rules) => rules.length > 1 && !isTwo(rules) && !isTwo(rules.toReversed()))
      .map((rules) => [name, property, value, rules]);
  });
  expect(pairs).toEqual([]);
});

test('of a property that may not be there nothing is said about its value', () => {
  const misplaced = tried
    .map(({ property, value, found }) => ({
      told: [property, value],
      of: found.filter((each) => head(each.property) === property),
      property,
    }))
    .filter(({ of, property }) => of.some((each) => each.misplaced && each.property === property));
  expect(misplaced.length).toBeGreaterThan(100);
  expect(misplaced.filter(({ of }) => of.length > 1).map(({ told }) => told)).toEqual([]);
});

test('a default key of KMS on scratch is one warning', () => {
  const model = { ...CONFIGURATIONS.SCRATCH_2, KmsKeyId: 'aws/fsx' };
  expect(checkPartial(model).map((each) => [each.rule, severityOf(each)])).toEqual([
    ['not-applicable', 'warning'],
  ]);
});

test('a value that FSx refuses anyway is no doubt', () => {
  const model = { ...CONFIGURATIONS.SCRATCH_2, KmsKeyId: 'x'.repeat(5000) };
  expect(checkPartial(model).map((each) => [each.rule, severityOf(each)])).toEqual([
    ['format', 'error'],
  ]);
});

test('a version is not told where no metadata configuration is possible at all', () => {
  const model = {
    ...CONFIGURATIONS.SCRATCH_2,
    FileSystemTypeVersion: '2.12',
    MetadataConfiguration: { Mode: 'AUTOMATIC' },
  };
  expect(checkPartial(model).map(({ property }) => property)).toEqual(['MetadataConfiguration']);
});
