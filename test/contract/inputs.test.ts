import schema from '../../schema.json';
import { flattened, type ResourceSchema } from '../../scripts/breaking-changes';
import type { Properties } from '../../local/registry/protocol';
import { inputSets } from '../protocol/fixtures';
import { expectValid, READ_ONLY } from './life';

/** What no input set can hold, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  BackupId: 'needs a backup that is there before the test',
  FinalBackupTags: 'would leave a backup behind that is billed',
};

const sets = inputSets();

test.each(sets)('input set $number is valid against the schema, the invalid input too', (set) => {
  // What is invalid about it is what only the rules of this type know.
  for (const input of [set.create, set.update, set.invalid]) expectValid(input);
});

test('the input sets together hold every property that a template may set', () => {
  const all: ResourceSchema = schema;
  const settable = [...flattened(all, all).keys()].filter((path) => {
    const name = path.split('/')[2];
    return name !== undefined && !(name in LEFT_OUT) && !READ_ONLY.includes(name);
  });
  const held = new Set(sets.flatMap(({ create, update }) => [...paths(create), ...paths(update)]));
  expect(settable.filter((path) => !held.has(path))).toEqual([]);
});

test.each(sets)('input set $number names no account but the placeholder', (set) => {
  const accounts = JSON.stringify(set).match(/\b\d{12}\b/g) ?? [];
  expect(accounts.filter((account) => account !== '123456789012')).toEqual([]);
});

// It takes the files of a set by the beginning of their names, and inputs_1 would have those of inputs_10 as well.
test('there are no more input sets than the contract suite can tell apart', () => {
  for (const { number } of sets) expect(number).toMatch(/^[1-9]$/);
});

test('the input sets hold every kind of value that is empty', () => {
  const empty = sets.flatMap(({ create, update }) =>
    [create, update].flatMap((set) => empties(set)),
  );
  expect([...new Set(empty)].sort()).toEqual([
    '/properties/RootSquashConfiguration',
    '/properties/RootSquashConfiguration/NoSquashNids',
    '/properties/SecurityGroupIds',
    '/properties/Tags',
  ]);
});

/** The paths of lists and objects without members. */
function empties(value: unknown, path = '/properties'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  if (members.length === 0) return [path];
  return members.flatMap(([name, member]) => empties(member, `${path}/${name}`));
}

/** The paths of a value's members as the schema writes them. */
function paths(value: unknown, path = '/properties'): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => here(item, `${path}/*`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Properties).flatMap(([name, member]) =>
    here(member, `${path}/${name}`),
  );
}

const here = (value: unknown, path: string): string[] => [path, ...paths(value, path)];
