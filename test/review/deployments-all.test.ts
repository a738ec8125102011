/** What is found without knowing the parameters is what is found with one or another value of each, no more and no less. */
import fc from 'fast-check';
import { checkTemplate } from '../../src/review/check';
import { Template } from '../../src/template/template';
import { withProperties } from './findings';

/** Values that tell apart all that the conditions below compare. */
const DOMAIN = [
  'a',
  'b',
  'x',
  'y',
  'none',
  'a-b',
  'b-a',
  'a-a',
  'a-a-b',
  'x-x',
  'a-x',
  'b-x',
  'x-a',
  'none-x',
];
const NAMES = ['P', 'Q'];
const MAP = 'M: {a: {K: b}, b: {K: a}, a-b: {K: x}}';

const name = fc.constantFrom(...NAMES);
const expression = fc.oneof(
  name.map((each) => `!Ref ${each}`),
  name.map((each) => `!Select [0, !Split ['-', !Ref ${each}]]`),
  name.map((each) => `!Sub '\${${each}}-b'`),
  name.map((each) => `!Join ['-', [a, !Ref ${each}]]`),
  fc.constant("!Sub '${P}-${Q}'"),
  name.map((each) => `!FindInMap [M, !Ref ${each}, K, {DefaultValue: none}]`),
);
const constant = fc.constantFrom('a', 'b', 'a-b', 'b-a', 'a-a-b', 'x', 'none');
const equals = fc.tuple(expression, constant).map(([left, right]) => `!Equals [${left}, ${right}]`);
const condition = fc.oneof(
  { weight: 3, arbitrary: equals },
  equals.map((each) => `!Not [${each}]`),
  fc.tuple(equals, equals).map(([left, right]) => `!And [${left}, ${right}]`),
  fc.tuple(equals, equals).map(([left, right]) => `!Or [${left}, ${right}]`),
);

const parameter = (each: string, allowed: readonly string[] | undefined, usual?: string): string =>
  `${each}: {Type: String${allowed ? `, AllowedValues: [${allowed.join(', ')}]` : ''}${usual === undefined ? '' : `, Default: ${usual}`}}`;

const allowed = fc.option(
  fc.uniqueArray(fc.constantFrom(...DOMAIN), { minLength: 1, maxLength: 4 }),
  { nil: undefined },
);

/** The capacity is a number of its own in each corner, and none is valid. */
const PROPERTIES = [
  'StorageCapacity: !If [C0, !If [C1, !If [C2, 5001, 5002], 5003], !If [C2, !If [C1, 5004, 5005], 5006]]',
  'SubnetIds: [subnet-0a1b2c3d4e5f60718]',
].join('\n');

test('no deployment is missed, and none is made up', () => {
  fc.assert(
    fc.property(
      fc.tuple(condition, condition, condition),
      allowed,
      allowed,
      fc.boolean(),
      fc.boolean(),
      (conditions, ofP, ofQ, hasP, hasQ) => {
        const template = Template.read(
          't',
          withProperties(
            PROPERTIES,
            [
              'Parameters:',
              `  ${parameter('P', ofP, hasP ? (ofP?.[0] ?? 'a') : undefined)}`,
              `  ${parameter('Q', ofQ, hasQ ? (ofQ?.[0] ?? 'a') : undefined)}`,
              `Mappings: {${MAP}}`,
              'Conditions:',
              ...conditions.map((each, index) => `  C${index}: ${each}`),
            ].join('\n'),
          ),
        );
        const told = (parameters: Record<string, string>): string[] => {
          const { findings, notes } = checkTemplate(template, {
            parameters: new Map(Object.entries(parameters)),
          });
          // Where both leave their defaults, it is a note.
          return [...findings, ...notes].flatMap(
            ({ message }) => /StorageCapacity (\d+)/.exec(message)?.[1] ?? [],
          );
        };
        const exact = new Set<string>();
        for (const P of ofP ?? DOMAIN)
          for (const Q of ofQ ?? DOMAIN) for (const each of told({ P, Q })) exact.add(each);
        expect([...told({})].sort()).toEqual([...exact].sort());
      },
    ),
    { numRuns: 60 },
  );
});
