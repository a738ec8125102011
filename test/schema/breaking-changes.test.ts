import released from '../../schema.released.json';
import schema from '../../schema.json';
import { breakingChanges, type ResourceSchema } from '../../scripts/breaking-changes';

test('schema.json breaks nothing that schema.released.json promised', () => {
  expect(breakingChanges(released, schema)).toEqual([]);
});

const BASE = {
  definitions: {
    Tag: {
      type: 'object',
      properties: { Key: { type: 'string', minLength: 1 }, Value: { type: 'string' } },
      required: ['Key'],
    },
  },
  properties: {
    Id: { type: 'string' },
    Name: { type: 'string', pattern: '^a', minLength: 2, maxLength: 9 },
    Size: { type: 'integer', minimum: 2, maximum: 9, default: 4 },
    Kind: { type: 'string', enum: ['A', 'B'] },
    Tags: {
      type: 'array',
      insertionOrder: false,
      uniqueItems: false,
      minItems: 2,
      maxItems: 9,
      items: { $ref: '#/definitions/Tag' },
    },
  },
  required: ['Name'],
  primaryIdentifier: ['/properties/Id'],
  readOnlyProperties: ['/properties/Id'],
  createOnlyProperties: ['/properties/Kind'],
  writeOnlyProperties: [] as string[],
  handlers: { create: {}, list: {} },
  tagging: {
    taggable: true,
    tagOnCreate: true,
    tagUpdatable: true,
    cloudFormationSystemTags: true,
    tagProperty: '/properties/Tags',
  },
  typeConfiguration: { properties: { Limit: { type: 'integer', minimum: 1 } } },
};

/** What is edited, and what it is set to; without a value it is taken out. */
type Edit = [name: string, path: string, value?: unknown];

/** An edit of a copy of the base: `properties.Name.pattern` set, or taken out where no value is given. */
function edited(path: string, value?: unknown): ResourceSchema {
  const copy: Record<string, unknown> = structuredClone(BASE);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = copy;
  for (const name of names) at = at[name] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

const BREAKING: Edit[] = [
  ['PR001', 'properties.Size'],
  ['PR001', 'definitions.Tag.properties.Value'],
  ['PR001', 'typeConfiguration.properties.Limit'],
  ['PR002', 'createOnlyProperties', ['/properties/Kind', '/properties/Name']],
  ['PR003', 'writeOnlyProperties', ['/properties/Name']],
  ['PR004', 'readOnlyProperties', ['/properties/Id', '/properties/Name']],
  ['PR005', 'readOnlyProperties', []],
  ['PID001', 'primaryIdentifier', ['/properties/Id', '/properties/Name']],
  ['PID002', 'primaryIdentifier', []],
  ['PID004', 'writeOnlyProperties', ['/properties/Id']],
  ['RQ001', 'required', ['Name', 'Size']],
  ['RQ001', 'definitions.Tag.required', ['Key', 'Value']],
  ['TP001', 'definitions.Tag.properties.Value', {}],
  ['TP002', 'properties.Size.type'],
  ['TP003', 'properties.Size.type', 'number'],
  ['ENM001', 'properties.Kind.enum', ['A']],
  ['own', 'properties.Name.enum', ['a']],
  ['ML001', 'properties.Name.minLength'],
  ['ML002', 'definitions.Tag.properties.Value.minLength', 1],
  ['ML003', 'properties.Name.minLength', 3],
  ['ML003', 'definitions.Tag.properties.Key.minLength', 2],
  ['ML004', 'properties.Name.maxLength'],
  ['ML005', 'properties.Kind.maxLength', 1],
  ['ML006', 'properties.Name.maxLength', 8],
  ['MI001', 'properties.Tags.minItems'],
  ['MI003', 'properties.Tags.minItems', 3],
  ['MI004', 'properties.Tags.maxItems'],
  ['MI006', 'properties.Tags.maxItems', 8],
  ['MI007', 'properties.Size.minimum'],
  ['MI009', 'properties.Size.minimum', 3],
  ['MI010', 'properties.Size.maximum'],
  ['MI011', 'typeConfiguration.properties.Limit.maximum', 4],
  ['MI012', 'properties.Size.maximum', 8],
  ['PAT001', 'properties.Kind.pattern', '^A$'],
  ['PAT002', 'properties.Name.pattern'],
  ['PAT003', 'properties.Name.pattern', '^b'],
  ['TFDF001', 'properties.Size.default'],
  ['TFDF002', 'properties.Size.default', 5],
  ['own', 'properties.Name.default', 'abc'],
  ['own', 'properties.Tags.insertionOrder', true],
  ['own', 'properties.Tags.uniqueItems', true],
  ['own', 'handlers', { create: {} }],
  ['TAG100', 'tagging.tagProperty'],
  ['TAG101', 'tagging.taggable', false],
  ['TAG102', 'tagging.tagOnCreate', false],
  ['TAG103', 'tagging.cloudFormationSystemTags', false],
  ['TAG104', 'tagging.tagProperty', '/properties/Labels'],
  ['own', 'tagging.tagUpdatable', false],
];

test.each(rows(BREAKING))('%s: %s set to %j is breaking', (check, path, value) => {
  // What the addition of a type breaks can be seen only where there was none.
  const [from, to] = check === 'TP001' ? [edited(path, value), BASE] : [BASE, edited(path, value)];
  expect(breakingChanges(from, to).map((change) => change.check)).toContain(check);
});

const SAFE: Edit[] = [
  ['a new optional property', 'properties.New', { type: 'string', minLength: 3, enum: ['abc'] }],
  ['a new value', 'properties.Kind.enum', ['A', 'B', 'C']],
  ['an enumeration given up', 'properties.Kind.enum'],
  ['a lower minimum', 'properties.Size.minimum', 1],
  ['a higher maximum', 'properties.Size.maximum', 10],
  ['shorter text', 'properties.Name.minLength', 1],
  ['longer text', 'properties.Name.maxLength', 10],
  ['more items', 'properties.Tags.maxItems', 10],
  ['a description', 'properties.Size.description', 'How much.'],
  ['nothing required any more', 'required', []],
  ['no longer create-only', 'createOnlyProperties', []],
  ['a new handler', 'handlers', { create: {}, list: {}, read: {} }],
  ['new settings', 'typeConfiguration.properties.New', { type: 'boolean' }],
];

test.each(rows(SAFE))('%s is not breaking', (_, path, value) => {
  expect(breakingChanges(BASE, edited(path, value))).toEqual([]);
});

test('a new property may be create-only, read-only or write-only from its first day', () => {
  const next = edited('properties.New', { type: 'string' });
  expect(
    breakingChanges(BASE, {
      ...next,
      createOnlyProperties: ['/properties/Kind', '/properties/New'],
      writeOnlyProperties: ['/properties/New'],
    }),
  ).toEqual([]);
});

/** Rows of one length: jest would hand a test its callback in place of the value that is left out. */
function rows(edits: readonly Edit[]): [string, string, unknown][] {
  return edits.map(([name, path, value]) => [name, path, value]);
}
