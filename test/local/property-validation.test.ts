import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { scalarsAsText } from '../../local/registry/protocol';
import { PropertyValidator } from '../../local/stack/property-validation';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { inputSets } from '../protocol/fixtures';
import { judge } from '../templates/engine';
import { FILE_SYSTEM, scriptedStack, SUBNET } from './stacks';

const validator = new PropertyValidator(lustreFileSystem);
const SUBNETS = { SubnetIds: [SUBNET] };

/** What CloudFormation's own validator says to these properties of a file system. */
test.each([
  ['nothing', {}, ['#: required key [SubnetIds] not found']],
  [
    'unknown properties',
    { ...SUBNETS, Capacity: 1200, Nope: 'a' },
    ['#: extraneous key [Capacity] is not permitted', '#: extraneous key [Nope] is not permitted'],
  ],
  [
    'a read-only property',
    { ...SUBNETS, FileSystemId: 'fs-0123456789abcdef0' },
    ['#: extraneous key [FileSystemId] is not permitted'],
  ],
  ['a number as text', { ...SUBNETS, StorageCapacity: '5000' }, []],
  ['a boolean as text', { ...SUBNETS, CopyTagsToBackups: 'true' }, []],
  [
    'text for a number',
    { ...SUBNETS, StorageCapacity: 'large' },
    ['#/StorageCapacity: expected type: Integer, found: String'],
  ],
  [
    'half a number',
    { ...SUBNETS, StorageCapacity: '1200.5' },
    ['#/StorageCapacity: expected type: Integer, found: String'],
  ],
  [
    'no text for a number',
    { ...SUBNETS, StorageCapacity: '' },
    ['#/StorageCapacity: expected type: Integer, found: String'],
  ],
  [
    'text for a boolean',
    { ...SUBNETS, CopyTagsToBackups: 'yes' },
    ['#/CopyTagsToBackups: expected type: Boolean, found: String'],
  ],
  [
    'text for a list',
    { SubnetIds: SUBNET },
    ['#/SubnetIds: expected type: JSONArray, found: String'],
  ],
  [
    'a list for text',
    { ...SUBNETS, KmsKeyId: ['a'] },
    ['#/KmsKeyId: expected type: String, found: JSONArray'],
  ],
  [
    'a map for text',
    { ...SUBNETS, KmsKeyId: { a: 'b' } },
    ['#/KmsKeyId: expected type: String, found: JSONObject'],
  ],
  [
    "a number that another resource's attribute is, for text",
    { ...SUBNETS, KmsKeyId: 5 },
    ['#/KmsKeyId: expected type: String, found: Integer'],
  ],
  [
    'an enumeration',
    { ...SUBNETS, StorageType: 'TAPE' },
    [
      '#/StorageType: #: only 1 subschema matches out of 2',
      '#/StorageType: failed validation constraint for keyword [enum]',
    ],
  ],
  [
    'a number that is too small',
    { ...SUBNETS, StorageCapacity: '0' },
    ['#/StorageCapacity: failed validation constraint for keyword [minimum]'],
  ],
  [
    'a number that is too large',
    { ...SUBNETS, AutomaticBackupRetentionDays: 91 },
    ['#/AutomaticBackupRetentionDays: failed validation constraint for keyword [maximum]'],
  ],
  [
    'a pattern, and neither the value nor the pattern is told',
    { ...SUBNETS, WeeklyMaintenanceStartTime: '9:99:99' },
    ['#/WeeklyMaintenanceStartTime: failed validation constraint for keyword [pattern]'],
  ],
  [
    'too many of a list',
    { SubnetIds: [SUBNET, SUBNET] },
    ['#/SubnetIds: expected maximum item count: 1, found: 2'],
  ],
  [
    'too few of a list',
    { SubnetIds: [] },
    ['#/SubnetIds: expected minimum item count: 1, found: 0'],
  ],
  [
    'a text that is too long, in a list',
    { SubnetIds: [`subnet-${'0'.repeat(20)}`] },
    ['#/SubnetIds/0: expected maxLength: 24, actual: 27'],
  ],
  [
    'a text that is too short',
    { ...SUBNETS, KmsKeyId: '' },
    ['#/KmsKeyId: expected minLength: 1, actual: 0'],
  ],
  [
    'a member of a structure',
    { ...SUBNETS, MetadataConfiguration: { Iops: '0', Nope: 1 } },
    [
      '#/MetadataConfiguration: required key [Mode] not found',
      '#/MetadataConfiguration: extraneous key [Nope] is not permitted',
      '#/MetadataConfiguration/Iops: failed validation constraint for keyword [minimum]',
    ],
  ],
  [
    'a tag without a value',
    { ...SUBNETS, Tags: [{ Key: 'a' }] },
    ['#/Tags/0: required key [Value] not found'],
  ],
])('%s', (_, properties, problems) => {
  expect(validator.problems(properties)).toEqual(problems);
});

test.each(inputSets())('input set $number passes, as numbers and as text', ({ create, update }) => {
  for (const properties of [create, update]) {
    const given = Object.fromEntries(
      Object.entries(properties).filter(([name]) => !lustreFileSystem.attributes.includes(name)),
    );
    expect(validator.problems(given)).toEqual([]);
    const text = scalarsAsText(given) as typeof given;
    expect(validator.problems(text)).toEqual([]);
    expect(validator.typed(text)).toEqual(given);
  }
});

test('text is turned into what the schema asks for, and only where it says the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (text) => {
      const { StorageCapacity: typed } = validator.typed({ StorageCapacity: text });
      expect(/^[-+]?\d+$/.test(text) ? Number(text) : text).toBe(typed);
      expect(validator.typed({ KmsKeyId: text })).toEqual({ KmsKeyId: text });
    }),
  );
});

const findings = judge();

/** Values of every kind, most of them wrong for any one property. */
const VALUES: unknown[] = [
  ...['', 'x', 'true', '0', '-1', '1', '1.5', '1e3', ' 5', '99999999999', 'a'.repeat(5000)],
  ...[0, -1, 1.5, true, [], ['x'], [''], [{}], {}, { Nope: 1 }],
];

test.each(Object.keys(lustreFileSystem.schema.properties ?? {}))(
  "no value of %s passes that AWS's own engine calls fatal",
  (name) => {
    const passed = VALUES.filter((value) => {
      const properties = { SubnetIds: [SUBNET], [name]: value };
      const resource = { Type: FILE_SYSTEM, Properties: properties };
      const text = JSON.stringify({ Resources: { Scratch: resource } });
      const isFatal = findings(text).some((finding) => finding.startsWith('FATAL'));
      const given = scalarsAsText(properties) as typeof properties;
      return isFatal && validator.problems(given).length === 0;
    });
    expect(passed).toEqual([]);
  },
);

describe('a stack', () => {
  const lustre = (properties: string) => `{ Type: ${FILE_SYSTEM}, Properties: ${properties} }`;

  test('fails before its first resource where all values are known from the start', async () => {
    const { create, story, events } = scriptedStack();
    const text = `Resources:
  First: ${lustre(`{ SubnetIds: [${SUBNET}] }`)}
  Second: ${lustre(`{ DependsOn: a, StorageCapacity: many }`)}
  Third: ${lustre(`{ SubnetIds: [${SUBNET}], StorageType: TAPE }`)}`;
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(events).toEqual([]);
    expect(story).toEqual([
      'CREATE_IN_PROGRESS: User Initiated',
      'Second CREATE_FAILED: Properties validation failed for resource Second with message: [#: required key [SubnetIds] not found, #: extraneous key [DependsOn] is not permitted, #/StorageCapacity: expected type: Integer, found: String]',
      'Third CREATE_FAILED: Properties validation failed for resource Third with message: [#/StorageType: #: only 1 subschema matches out of 2, #/StorageType: failed validation constraint for keyword [enum]]',
      'ROLLBACK_IN_PROGRESS: Validation failed for following resources: [Second, Third]. Rollback requested by user.',
      'Third DELETE_COMPLETE',
      'Second DELETE_COMPLETE',
      'ROLLBACK_COMPLETE',
    ]);
  });

  test('fails at the resource where a value comes from another one', async () => {
    const { create, story, events } = scriptedStack();
    const text = `Resources:
  First: ${lustre(`{ SubnetIds: [${SUBNET}] }`)}
  Second: ${lustre(`{ SubnetIds: [!Ref First], KmsKeyId: !GetAtt First.DNSName, Nope: 1 }`)}`;
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(events.map(({ action }) => action)).toEqual(['CREATE', 'DELETE']);
    expect(story).toContain(
      'Second CREATE_FAILED: Properties validation failed for resource Second with message:\n#: extraneous key [Nope] is not permitted\n#/SubnetIds/0: failed validation constraint for keyword [pattern]',
    );
    expect(story).toContain(
      'ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Second]. Rollback requested by user.',
    );
  });

  test('sends the handlers nothing that the schema refuses, and every scalar as text', async () => {
    const { create, events } = scriptedStack();
    await create(
      `Resources: { First: ${lustre(`{ SubnetIds: [${SUBNET}], StorageCapacity: 1200 }`)} }`,
    );
    expect(events[0]?.requestData.resourceProperties).toEqual({
      SubnetIds: [SUBNET],
      StorageCapacity: '1200',
    });
  });
});

test('the type is known by its schema alone', () => {
  const schema = JSON.parse(readFileSync('schema.json', 'utf8')) as Record<string, string[]>;
  const names = (pointers: string[] = []) =>
    pointers.map((pointer) => pointer.slice('/properties/'.length).replaceAll('/', '.'));
  expect(lustreFileSystem.createOnly).toEqual(names(schema.createOnlyProperties));
  expect(lustreFileSystem.attributes).toEqual(names(schema.readOnlyProperties));
});
