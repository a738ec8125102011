/** What holds of the rules for every configuration. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { createInput } from '../../src/fsx/requests';
import { head, parseProperties } from '../../src/lustre/properties/parse';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import type { LustreProperties } from '../../src/lustre/properties';
import { REGIONS } from '../../src/lustre/catalog/regions';
import { checkProperties } from '../../src/lustre/rules/rules';
import { describeViolations, type Repair, type Violation } from '../../src/lustre/violations';
import { accepted, mixed, VALUES } from './arbitraries';

/** How often the rule refuses the property: tags and list entries may break the same rule several times. */
const times = (violations: readonly Violation[], { rule, property }: Violation): number =>
  violations.filter((other) => other.rule === rule && head(other.property) === head(property))
    .length;

const repaired = (properties: LustreProperties, repair: Repair): LustreProperties =>
  Object.fromEntries(
    Object.entries({ ...properties, ...repair }).filter(([, value]) => value !== undefined),
  );

test('what the catalog offers is accepted', () => {
  fc.assert(fc.property(accepted, (properties) => { expect(checkProperties(properties)).toEqual([]); })); // oxfmt-ignore
});

const regions = fc.option(fc.constantFrom(...REGIONS.map(({ region }) => region)), { nil: '' });

test('every repair makes its violation go away, in every region', () => {
  fc.assert(
    fc.property(mixed, regions, (properties, region) => {
      const violations = checkProperties(properties, { region });
      for (const violation of violations) {
        for (const repair of violation.repairs ?? []) {
          const after = checkProperties(repaired(properties, repair), { region });
          if (times(after, violation) >= times(violations, violation)) {
            throw new Error(`${violation.message}
not repaired by ${JSON.stringify(repair)}`);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the numbers of a message are those of its repairs', () => {
  fc.assert(
    fc.property(mixed, (properties) => {
      const untold = checkProperties(properties).filter(({ message, property, repairs = [] }) =>
        repairs.some((repair) => {
          const value = repair[property];
          return typeof value === 'number' && !message.includes(String(value));
        }),
      );
      expect(untold).toEqual([]);
    }),
  );
});

test('adding a property never takes back the violation of another, unless its message asks for it', () => {
  const addition = fc
    .constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[]))
    .chain((name) => VALUES[name].map((value: unknown) => ({ name, value })));
  fc.assert(
    fc.property(mixed, addition, (properties, { name, value }) => {
      const before = { ...properties };
      // oxlint-disable-next-line typescript/no-dynamic-delete -- what is added was not there
      delete before[name];
      const after = checkProperties({ ...before, [name]: value });
      const takenBack = checkProperties(before).filter(
        ({ rule, property, message }) =>
          head(property) !== name &&
          !message.includes(name) &&
          !after.some((each) => each.rule === rule && each.property === property),
      );
      expect(takenBack).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('messages name their property, end as sentences and fit', () => {
  fc.assert(
    fc.property(mixed, (properties) => {
      const violations = checkProperties(properties);
      const poor = violations.filter(
        ({ message, property }) =>
          !message.includes(head(property)) ||
          !/[.?]$/.test(message) ||
          /undefined|NaN|\[object/.test(message) ||
          message.length >= 600,
      );
      expect(poor).toEqual([]);
      expect(describeViolations(violations).length).toBeLessThanOrEqual(1024);
    }),
  );
});

test('the order is that of the properties, and deferring only takes tables away', () => {
  fc.assert(
    fc.property(mixed, (properties) => {
      const violations = checkProperties(properties);
      const places = violations.map(({ property }) =>
        PROPERTY_NAMES.indexOf(head(property) as keyof LustreProperties),
      );
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(checkProperties(properties, { deferToFsx: true })).toEqual(
        violations.filter(({ kind }) => kind === 'contradiction'),
      );
    }),
  );
});

test('all forms of a configuration are parsed to the same', () => {
  const asStrings = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, member: unknown) =>
      typeof member === 'number' || typeof member === 'boolean' ? String(member) : member,
    );
  const asBigints = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, member: unknown) =>
      typeof member === 'number' ? BigInt(member) : member,
    );
  fc.assert(
    fc.property(accepted, (properties) => {
      for (const form of [properties, asStrings(properties), asBigints(properties)]) {
        expect(parseProperties(form as Record<string, unknown>)).toEqual({
          properties,
          violations: [],
        });
      }
    }),
  );
});

test('what is accepted reaches FSx, all of it', () => {
  fc.assert(
    fc.property(accepted, (properties) => {
      const { LustreConfiguration, ...beside } = createInput(properties, [], 'token');
      const wanted = Object.entries(properties).filter(([name]) => name !== 'Tags');
      expect({ ...beside, ...LustreConfiguration }).toMatchObject(Object.fromEntries(wanted));
    }),
  );
});

describe('schema.json', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema.json'), 'utf8')) as {
    definitions: object;
    required: string[];
    properties: Record<string, object>;
  };
  const { definitions, required, properties } = schema;
  const validate = new Ajv({ strict: false }).compile({
    type: 'object',
    definitions,
    required,
    properties,
  });

  test('names the properties of the catalog', () => {
    expect(Object.keys(properties)).toEqual(expect.arrayContaining([...PROPERTY_NAMES]));
  });

  test('never refuses what the rules accept, deferred or not', () => {
    fc.assert(
      fc.property(fc.oneof(accepted, mixed), fc.boolean(), (model, deferToFsx) => {
        if (checkProperties(model, { deferToFsx }).length > 0) return;
        validate(model);
        expect(validate.errors ?? []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
