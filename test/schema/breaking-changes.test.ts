import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import released from '../../schema.released.json';
import schema from '../../schema.json';
import { version } from '../../package.json';
import { ACCEPTED_BREAKS } from '../../scripts/accepted-breaks';
import {
  breakingChanges,
  weighed,
  type AcceptedBreak,
  type BreakingChange,
  type ResourceSchema,
} from '../../scripts/breaking-changes';

test('schema.json breaks nothing that schema.released.json promised, but what is accepted', () => {
  expect(weighed(breakingChanges(released, schema), ACCEPTED_BREAKS)).toEqual({
    unaccepted: [],
    unneeded: [],
  });
});

describe('what is accepted', () => {
  const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
  const news =
    changelog.split(/^## /m).find((section) => section.startsWith(`${version} - `)) ?? '';

  test('is of the version to come, and has its reason', () => {
    for (const accepted of ACCEPTED_BREAKS) {
      expect(accepted.version).toBe(version);
      expect(accepted.reason).toMatch(/^[A-Z].+\.$/);
    }
  });

  test('is told by the number of the version and by the changelog, where it is not harmless', () => {
    for (const { path } of ACCEPTED_BREAKS.filter(({ harmless }) => !harmless)) {
      expect(version).toMatch(/^(0\.\d+|[1-9]\d*\.0)\.0$/);
      expect(news).toContain(`\`${path.split('/')[2] ?? path}\``);
    }
  });

  const change = { check: 'TP003', path: '/properties/Size', message: 'type is changed' };
  const acceptance = { ...change, version: '0.2.0', reason: 'It has to be.' };

  test.each<[string, BreakingChange[], AcceptedBreak[], object]>([
    ['nothing', [], [], { unaccepted: [], unneeded: [] }],
    ['exactly this', [change], [acceptance], { unaccepted: [], unneeded: [] }],
    ['what is not there', [], [acceptance], { unaccepted: [], unneeded: [acceptance] }],
    ...[{ check: 'TP002' }, { path: '/properties/Size/*' }, { message: 'type is removed' }].map(
      (other): [string, BreakingChange[], AcceptedBreak[], object] => [
        `another ${Object.keys(other).join()}`,
        [{ ...change, ...other }],
        [acceptance],
        { unaccepted: [{ ...change, ...other }], unneeded: [acceptance] },
      ],
    ),
  ])('%s', (_, changes, accepted, result) => {
    expect(weighed(changes, accepted)).toEqual(result);
  });

  test('a type that changes again is another change', () => {
    const [one, other] = ['string', 'integer'].map((type) =>
      breakingChanges(BASE, edited('properties.Share.type', type)),
    );
    expect(one?.[0]?.message).toBe('type is changed from "number" to "string"');
    expect(other?.[0]?.message).toBe('type is changed from "number" to "integer"');
  });
});

const BASE = {
  typeName: 'A::B::C',
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
    Share: { type: 'number', exclusiveMinimum: 2, exclusiveMaximum: 9, multipleOf: 0.5 },
    Mode: { type: 'string', const: 'A', format: 'uri', oneOf: [{ minLength: 1 }] },
    Free: { type: 'object', additionalProperties: true },
    List: { type: 'array', arrayType: 'Standard' },
    Names: { type: 'array', items: { type: 'string', enum: ['a'] } },
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
  conditionalCreateOnlyProperties: ['/properties/Mode'],
  propertyTransform: { '/properties/Name': '$lowercase(Name)' },
  handlers: { create: { timeoutInMinutes: 360 }, update: {}, list: {} },
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
  ['ENM001', 'properties.Kind.enum', undefined],
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
  ['own', 'typeName', 'A::B::D'],
  ['own', 'replacementStrategy', 'delete_then_create'],
  ['own', 'conditionalCreateOnlyProperties', ['/properties/Mode', '/properties/Name']],
  ['own', 'propertyTransform'],
  ['own', 'propertyTransform', {}],
  ['own', 'propertyTransform', { '/properties/Name': '$uppercase(Name)' }],
  ['own', 'oneOf', [{ required: ['Name'] }]],
  ['own', 'anyOf', [{ required: ['Name'] }]],
  ['own', 'allOf', [{ required: ['Name'] }]],
  ['own', 'dependencies', { Size: ['Name'] }],
  ['own', 'dependentRequired', { Size: ['Name'] }],
  ['own', 'not', { required: ['Name'] }],
  ['own', 'minProperties', 2],
  ['own', 'definitions.Tag.oneOf', [{ required: ['Value'] }]],
  ['own', 'properties.Mode.oneOf', [{ minLength: 2 }]],
  ['own', 'properties.Name.multipleOf', 2],
  ['own', 'properties.Share.multipleOf', 1],
  ['own', 'properties.Share.multipleOf'],
  ['own', 'properties.Size.const', 4],
  ['own', 'properties.Mode.const', 'B'],
  ['own', 'properties.Name.format', 'uri'],
  ['own', 'properties.Mode.format', 'date-time'],
  ['own', 'properties.Size.exclusiveMinimum', 1],
  ['own', 'properties.Share.exclusiveMinimum', 3],
  ['own', 'properties.Share.exclusiveMinimum'],
  ['own', 'properties.Size.exclusiveMaximum', 10],
  ['own', 'properties.Share.exclusiveMaximum', 8],
  ['own', 'properties.Share.exclusiveMaximum'],
  ['own', 'properties.List.arrayType', 'AttributeList'],
  ['own', 'properties.Tags.arrayType', 'AttributeList'],
  ['own', 'properties.List.items', { type: 'string' }],
  ['own', 'properties.List.contains', { type: 'string' }],
  ['own', 'properties.Free.additionalProperties', false],
  ['own', 'properties.Free.properties', { Inner: { type: 'string' } }],
  ['own', 'properties.Free.patternProperties', { '^a': { type: 'string' } }],
  ['own', 'typeConfiguration.properties.Limit.multipleOf', 2],
  ['own', 'handlers.list'],
  ['own', 'handlers.create.timeoutInMinutes', 359],
  ['own', 'handlers.create.timeoutInMinutes'],
  ['own', 'handlers.update.timeoutInMinutes', 119],
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

test('the base of the edits breaks nothing by itself', () => {
  expect(breakingChanges(BASE, structuredClone(BASE))).toEqual([]);
});

const SAFE: Edit[] = [
  ['a new optional property', 'properties.New', { type: 'string', minLength: 3, enum: ['abc'] }],
  ['a new value', 'properties.Kind.enum', ['A', 'B', 'C']],
  ['a lower minimum', 'properties.Size.minimum', 1],
  ['a higher maximum', 'properties.Size.maximum', 10],
  ['shorter text', 'properties.Name.minLength', 1],
  ['longer text', 'properties.Name.maxLength', 10],
  ['more items', 'properties.Tags.maxItems', 10],
  ['a description', 'properties.Size.description', 'How much.'],
  ['nothing required any more', 'required', []],
  ['no longer create-only', 'createOnlyProperties', []],
  ['a lower exclusive minimum', 'properties.Share.exclusiveMinimum', 1],
  ['a higher exclusive maximum', 'properties.Share.exclusiveMaximum', 10],
  ['a new value in a list', 'properties.Names.items.enum', ['a', 'b']],
  ['a default that is no longer said aloud', 'properties.Tags.uniqueItems'],
  ['one more word on tagging', 'tagging.permissions', ['fsx:TagResource']],
  ...['$comment', 'title', 'examples', 'relationshipRef'].map((keyword): Edit => [
    'a word for people',
    `properties.Size.${keyword}`,
    'Size',
  ]),
  ...['documentationUrl', 'resourceLink', 'deprecatedProperties'].map((keyword): Edit => [
    'a word about the type',
    keyword,
    'it',
  ]),
  ['another description of the type', 'description', 'A type.'],
  ['another place of its sources', 'sourceUrl', 'https://example.com'],
  ['a definition that nothing refers to', 'definitions.New', { type: 'string' }],
  ['a new handler', 'handlers.read', { timeoutInMinutes: 2 }],
  ['more time', 'handlers.create.timeoutInMinutes', 361],
  ['more permissions', 'handlers.create.permissions', ['fsx:TagResource']],
  ['never a replacement any more', 'conditionalCreateOnlyProperties', []],
  [
    'updates at times where there were none',
    'conditionalCreateOnlyProperties',
    ['/properties/Mode', '/properties/Kind'],
  ],
  [
    'one more transform',
    'propertyTransform',
    { '/properties/Name': '$lowercase(Name)', '/properties/Kind': '$uppercase(Kind)' },
  ],
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
      conditionalCreateOnlyProperties: ['/properties/Mode', '/properties/New'],
      readOnlyProperties: ['/properties/Id', '/properties/New'],
      writeOnlyProperties: ['/properties/New'],
    }),
  ).toEqual([]);
});

/** Rows of one length: jest would hand a test its callback in place of the value that is left out. */
function rows(edits: readonly Edit[]): [string, string, unknown][] {
  return edits.map(([name, path, value]) => [name, path, value]);
}
