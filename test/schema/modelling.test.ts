/**
 * How a resource type is modeled, as AWS's schema rules want it (their ids in brackets), and the schema against the
 * tables that the rules of this type stand on: what is written twice may not differ.
 * https://github.com/aws-cloudformation/resource-schema-guard-rail/blob/main/docs/BASIC_LINTING.md
 */
import schema from '../../schema.json';
import {
  flattened,
  type PropertySchema,
  type ResourceSchema,
} from '../../scripts/breaking-changes';
import { CREATE_ONLY } from '../../src/lustre/changes/create-only';
import { CREATION_DEFAULTS, withDefaults } from '../../src/lustre/properties';
import { ATTRIBUTE_NAMES, PROPERTY_SHAPES, type Shape } from '../../src/lustre/properties/shapes';

const SCHEMA: ResourceSchema = schema;
const PROPERTIES: Readonly<Record<string, PropertySchema>> = schema.properties;
const pointer = (name: string) => `/properties/${name}`;

/** Every property, those inside objects and lists too. */
const every = [...flattened(SCHEMA, SCHEMA)].filter(([path]) => path !== '');
const paths = every.map(([path]) => path);
const configured = [...flattened(schema.typeConfiguration, SCHEMA)].slice(1);

describe('properties', () => {
  test.each([...every, ...configured])('%s has one type [COM001, COM002]', (_, { type }) => {
    expect(['string', 'integer', 'number', 'boolean', 'array', 'object']).toContain(type);
  });

  test.each(every.filter(([path]) => !path.endsWith('*')))('%s is described', (_, property) => {
    expect(property.description).toMatch(/^[A-Z0-9].{8,}\.$/);
  });

  test.each([...every, ...configured].filter(([, { type }]) => type === 'array'))(
    '%s says what its items are, in what order, and whether they are unique [COM003-COM006]',
    (path, { items, ...list }) => {
      expect(items).toBeDefined();
      expect(Object.keys(items ?? {})).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/Of$/)]),
      );
      expect(list).toMatchObject({
        insertionOrder: path === pointer('NetworkInterfaceIds'),
        uniqueItems: false,
      });
    },
  );

  test.each([...every, ...configured].filter(([, { type }]) => type === 'object'))(
    '%s takes no other members',
    (_, { additionalProperties }) => {
      expect(additionalProperties).toBe(false);
    },
  );

  test.each(every.filter(([path]) => /arn/i.test(path.split('/').at(-1) ?? '')))(
    '%s, an ARN by its name, is text with a pattern for every partition [ARN001, ARN002]',
    (_, { type, pattern }) => {
      expect(type).toBe('string');
      const arn = new RegExp(String(pattern));
      for (const partition of ['aws', 'aws-cn', 'aws-us-gov']) {
        const file = 'file-system/fs-0123456789abcdef0';
        expect(`arn:${partition}:fsx:us-east-1:123456789012:${file}`).toMatch(arn);
      }
    },
  );
});

describe('lists of properties', () => {
  const lists = {
    primaryIdentifier: schema.primaryIdentifier,
    createOnlyProperties: schema.createOnlyProperties,
    readOnlyProperties: schema.readOnlyProperties,
    writeOnlyProperties: schema.writeOnlyProperties,
  };

  test.each(Object.entries(lists))(
    '%s names properties that exist, once [PR005-PR008]',
    (_, list) => {
      expect(paths).toEqual(expect.arrayContaining(list));
      expect(new Set(list).size).toBe(list.length);
    },
  );

  test('the identifier is what FSx assigns: read-only, not write-only [PID001-PID004]', () => {
    expect(lists.primaryIdentifier).toEqual([pointer('FileSystemId')]);
    expect(lists.readOnlyProperties).toEqual(expect.arrayContaining(lists.primaryIdentifier));
    expect(lists.writeOnlyProperties).not.toEqual(expect.arrayContaining(lists.primaryIdentifier));
  });

  test('read-only properties are neither create-only nor write-only [PR001, PR004]', () => {
    const settable = [...lists.createOnlyProperties, ...lists.writeOnlyProperties];
    expect(settable.filter((path) => lists.readOnlyProperties.includes(path))).toEqual([]);
  });

  test('every attribute is text, as outputs, Fn::Sub and Fn::Join take nothing else; but for a list to join', () => {
    const types = new Map(every.map(([path, { type }]) => [path, type]));
    const isNested = (path: string) =>
      lists.readOnlyProperties.some((p) => p.startsWith(`${path}/`));
    const others = lists.readOnlyProperties.filter(
      (path) => types.get(path) !== 'string' && !isNested(path),
    );
    expect(others).toEqual([pointer('NetworkInterfaceIds')]);
    expect(types.get(`${pointer('NetworkInterfaceIds')}/*`)).toBe('string');
  });

  test('nothing that a template may have to give is read-only', () => {
    expect(lists.readOnlyProperties).not.toEqual(
      expect.arrayContaining(schema.required.map(pointer)),
    );
  });
});

describe('tagging', () => {
  test('is said once, whole, and points at Tags [TAG001-TAG019]', () => {
    expect(schema).not.toHaveProperty('taggable');
    expect(schema.tagging).toEqual({
      taggable: true,
      tagOnCreate: true,
      tagUpdatable: true,
      // CloudFormation gives the tags of a third-party type no aws: prefix.
      cloudFormationSystemTags: false,
      tagProperty: pointer('Tags'),
      permissions: ['fsx:TagResource', 'fsx:UntagResource'],
    });
    expect(PROPERTIES.Tags).toMatchObject({ type: 'array', items: { $ref: '#/definitions/Tag' } });
    expect(schema.createOnlyProperties).not.toContain(schema.tagging.tagProperty);
    expect(schema.writeOnlyProperties).not.toContain(schema.tagging.tagProperty);
  });

  test('the handlers that change tags may', () => {
    const { create, update } = schema.handlers;
    expect(update.permissions).toEqual(expect.arrayContaining(schema.tagging.permissions));
    expect(create.permissions).toContain('fsx:TagResource');
  });
});

describe('handlers', () => {
  test('there are all five [PER001, PER003, PER005, PER008, PER010]', () => {
    expect(Object.keys(schema.handlers)).toEqual(['create', 'read', 'update', 'delete', 'list']);
  });

  test.each(Object.entries(schema.handlers))(
    '%s names every permission, without wildcards, once [PER002-PER011]',
    (_, { permissions }) => {
      expect(permissions.length).toBeGreaterThan(0);
      expect(new Set(permissions).size).toBe(permissions.length);
      for (const permission of permissions) expect(permission).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    },
  );

  test('the longest operations of FSx fit into what the registry allows', () => {
    const { create, update, delete: remove } = schema.handlers;
    for (const { timeoutInMinutes } of [create, update, remove]) {
      expect(timeoutInMinutes).toBeGreaterThanOrEqual(360);
      expect(timeoutInMinutes).toBeLessThanOrEqual(2160);
    }
  });
});

test('the description begins as AWS wants it, and no link leads to a place that does not exist [GN001, GN002]', () => {
  expect(schema.description).toMatch(/^Resource Type definition for /);
  // Until the sources are published, there is nothing to link to.
  expect(schema).not.toHaveProperty('sourceUrl');
  expect(schema).not.toHaveProperty('documentationUrl');
  expect(schema).not.toHaveProperty('replacementStrategy'); // [GN003]
});

test('the console of a file system is linked by attributes that the type has', () => {
  const { mappings, templateUri } = schema.resourceLink;
  const names = [...templateUri.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(names).toEqual(['awsRegion', ...Object.keys(mappings)]);
  for (const pointer of Object.values(mappings))
    expect(PROPERTIES).toHaveProperty(pointer.slice(1));
});

describe('the schema and the tables of this type agree', () => {
  test('a property is what a template may set or what the type returns', () => {
    expect(Object.keys(PROPERTIES).sort()).toEqual(
      [...Object.keys(PROPERTY_SHAPES), ...ATTRIBUTE_NAMES].sort(),
    );
    const readOnly = schema.readOnlyProperties.filter((path) => path.split('/').length === 3);
    expect(readOnly.sort()).toEqual(ATTRIBUTE_NAMES.map(pointer).sort());
  });

  test.each(Object.entries<Shape>(PROPERTY_SHAPES))('%s has the same shape', (name, shape) => {
    expectShape(pointer(name), shape);
  });

  test('what cannot change is create-only', () => {
    expect([...schema.createOnlyProperties].sort()).toEqual(CREATE_ONLY.map(pointer).sort());
  });

  test('the defaults are those that the type fills in', () => {
    const defaults = Object.entries(PROPERTIES).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    );
    expect(Object.fromEntries(defaults)).toEqual(CREATION_DEFAULTS);
    expect(withDefaults({})).toEqual(CREATION_DEFAULTS);
  });
});

const TYPES: Readonly<Record<Shape['type'], string>> = {
  integer: 'integer',
  decimal: 'number',
  boolean: 'boolean',
  text: 'string',
  list: 'array',
  object: 'object',
};

/** The schema is at most as strict as the shape, and names the same values and members. */
function expectShape(path: string, shape: Shape): void {
  const property = new Map(every).get(path);
  expect(property).toMatchObject({ type: TYPES[shape.type] });
  if (shape.type === 'text') expect(property?.enum).toEqual(shape.values);
  if (shape.type === 'list') {
    if (shape.maximum !== undefined) expect(property?.maxItems).toBe(shape.maximum);
    expectShape(`${path}/*`, shape.items);
  }
  if (shape.type === 'object') {
    expect(Object.keys(property?.properties ?? {})).toEqual(Object.keys(shape.members));
    expect(property?.required ?? []).toEqual(shape.required);
    for (const [member, inner] of Object.entries(shape.members))
      expectShape(`${path}/${member}`, inner);
  }
}
