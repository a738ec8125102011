/** A template that leaves nothing open is told the same as the handlers are, however its values are written. */
import fc from 'fast-check';
import { check } from '../../src/review/check';
import { checkModel } from '../../src/lustre/rules/rules';
import { mixed } from '../lustre/arbitraries';

type Scalar = string | number | boolean;

const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A template with parts of it that a value may be written in. */
interface Written {
  readonly properties: Record<string, unknown>;
  readonly values: Record<string, Record<string, Scalar>>;
  readonly parameters: Map<string, string>;
}

/** The ways to write a value of which everything is known. */
const WAYS: readonly ((name: string, value: unknown, into: Written) => unknown)[] = [
  (_, value) => value,
  (_, value) => ({ 'Fn::If': ['Yes', value, { Ref: 'AWS::NoValue' }] }),
  (_, value) => ({ 'Fn::If': ['No', 'nonsense', value] }),
  (name, value, { values }) => {
    if (!isScalar(value) || value === '') return value;
    values[name] = { Value: value };
    return { 'Fn::FindInMap': ['Values', name, 'Value'] };
  },
  (name, value, { parameters }) => {
    if (!isScalar(value)) return value;
    parameters.set(name, String(value));
    return { Ref: name };
  },
  (_, value) =>
    typeof value === 'string'
      ? { 'Fn::Join': ['', [value.slice(0, value.length / 2), value.slice(value.length / 2)]] }
      : value,
];

const ways = fc.array(fc.constantFrom(...WAYS), { minLength: 30, maxLength: 30 });

test('a template whose every choice is fixed has the findings of the rules of the handlers', () => {
  let refused = 0;
  fc.assert(
    fc.property(mixed, ways, (given, how) => {
      const model = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
      const written: Written = { properties: {}, values: {}, parameters: new Map() };
      Object.entries(model).forEach(([name, value], index) => {
        written.properties[name] = how[index]?.(name, value, written) ?? value;
      });
      const text = JSON.stringify({
        Parameters: Object.fromEntries(
          [...written.parameters.keys()].map((name) => [name, { Type: 'String' }]),
        ),
        Mappings: { Values: { Other: { Value: 1 }, ...written.values } },
        Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Equals': ['a', 'b'] } },
        Resources: {
          Fs: { Type: 'Pangea::FSx::LustreFileSystem', Properties: written.properties },
        },
      });
      const { findings } = check(text, { parameters: written.parameters });
      const told = findings.map(
        ({ property, rule, message, severity, when }) =>
          `${property} ${rule} ${severity} ${when ?? ''} ${message.replace(/ The value is in Mappings, line \d+\.$/, '')}`,
      );
      const { violations } = checkModel(model);
      const expected = violations.map(
        ({ property, rule, message, severity = 'error' }) =>
          `${property} ${rule} ${severity}  ${message}`,
      );
      expect(told.toSorted()).toEqual(expected.toSorted());
      refused += expected.length;
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(100);
});
