/** Templates that mean more than they hold: what is done for them is counted, and ends. */
import { KINDS } from '../../scripts/hostile/exploding-templates';
import { LIMITS, TooMuchWork, Work } from '../../src/lustre/explore';
import { fits, Unknown } from '../../src/lustre/unknown';
import { check, checkTemplate } from '../../src/review/check';
import { estimate } from '../../src/review/estimate';
import { ComparedValues } from '../../src/template/compared-values';
import { Unreadable } from '../../src/template/source-tree';
import { Template } from '../../src/template/template';
import { unknown } from '../../src/template/values';
import { brief, withProperties } from '../review/findings';

/** How the review of a template ends, and the steps that were taken for it. */
function reviewed(text: string, most?: number): { end: string; steps: number } {
  try {
    const template = Template.read('a.yaml', text, new Work(most));
    try {
      const { findings } = checkTemplate(template);
      return {
        end: [...new Set(findings.map(({ rule }) => rule))].join(' '),
        steps: template.work.steps,
      };
    } catch (error) {
      if (error instanceof TooMuchWork) return { end: 'too much work', steps: template.work.steps };
      throw error;
    }
  } catch (error) {
    if (error instanceof Unreadable) return { end: error.message, steps: 0 };
    throw error;
  }
}

const kind = (name: string, size: number): string => {
  const found = KINDS.find((each) => each.name === name);
  if (!found) throw new Error(`There is no kind ${name}.`);
  return found.template(size);
};

test.each(KINDS.map(({ name, sizes, template }) => [name, template(sizes[0] ?? 0)] as const))(
  '%s: a small one is looked at whole',
  (_, text) => {
    const { end, steps } = reviewed(text);
    expect(end).not.toBe('too much work');
    expect(steps).toBeLessThan(LIMITS.work / 4);
  },
);

/** As many steps as are enough for what ends by itself. */
const MOST = 400_000;

test.each<[name: string, size: number, end: string | RegExp]>([
  ['loops in loops around resources', 10, /template-count/],
  ['loops in loops around outputs', 10, /template-count/],
  ['loops in loops around properties', 10, 'too much work'],
  ['loops in loops around conditions', 10, 'too much work'],
  ['a loop over many in a loop over many', 1000, /template-count/],
  ['a loop over many around a native file system', 20_000, /template-count/],
  ['aliases of one anchor', 200_000, 'Too many aliases'],
  ['anchors, each with an alias', 30_000, 'Too many aliases'],
  ['aliases of lists of aliases', 9, 'Too many aliases'],
  ['NIDs that are none', 30_000, 'length'],
  ['tags that are refused', 20_000, 'length'],
  ['tags without values', 50_000, 'length'],
  ['unknown values in a list', 20_000, /length/],
  ['dynamic references that do not end', 50_000, 'not-applicable'],
  ['Fn::Sub in Fn::Sub, each ten times', 9, 'too much work'],
  ['Fn::Join of a list that is split into letters', 400_000, 'too much work'],
  ['values that a parameter is compared with', 5000, 'too much work'],
  ['deep flow lists that do not end', 400_000, 'this is nested too deeply'],
  ['names that are long', 800, 'name-length'],
])('%s, %d: ends', (name, size, end) => {
  const result = reviewed(kind(name, size), MOST);
  if (typeof end === 'string') expect(result.end).toBe(end);
  else expect(result.end).toMatch(end);
  // The last step may be one for something large.
  expect(result.steps).toBeLessThan(2 * MOST);
});

test('an estimate ends as well', () => {
  const text = kind('Fn::Sub in Fn::Sub, each ten times', 100);
  expect(() => estimate(text, { region: 'us-east-1' })).toThrow(TooMuchWork);
});

test('the work for a template is counted over all that is done for it', () => {
  const work = new Work(10);
  work.spend(4);
  work.spend(6);
  expect(() => {
    work.spend();
  }).toThrow('too many values');
  expect(work.steps).toBe(11);
});

test('what a list that is far too long holds is not told item by item', () => {
  const nids = kind('NIDs that are none', 30_000);
  const { findings } = check(nids);
  expect(findings.map(({ message }) => message)).toEqual([
    'RootSquashConfiguration.NoSquashNids has 30000 entries: use at most 64.',
  ]);
  const { findings: few } = check(kind('NIDs that are none', 100));
  expect(few.filter(({ rule }) => rule === 'format')).toHaveLength(100);
});

test('of names that do not exist, 256 are told', () => {
  const { findings } = check(kind('many properties that do not exist', 300));
  expect(findings).toHaveLength(256);
});

test.each([
  ['{{resolve:ssm:/a:1}}', '{{resolve:ssm:/a:1}}'],
  ['x {{resolve:a} y {{resolve:ssm:/b:1}} z {{resolve:c}}', '{{resolve:ssm:/b:1}}'],
  ['{{resolve:{{resolve:ssm:/c:1}}', '{{resolve:ssm:/c:1}}'],
  ['{{resolve:a', 'a dynamic reference'],
  ['{{resolve:a}', 'a dynamic reference'],
])('of %s, the reference that is told is %s', (text, told) => {
  const { notes } = check(withProperties(`KmsKeyId: '${text}'`));
  expect(notes.map(({ message }) => message).join(' ')).toContain(
    `because ${told} is resolved by CloudFormation`,
  );
});

test('whether a text may be put together is not asked without end', () => {
  const open = new Unknown('a');
  const parts = Array.from({ length: 30 }, () => open);
  expect(fits(parts, 'a'.repeat(1000))).toBe(true);
  expect(fits(['a', open, 'b'], 'axb')).toBe(true);
  expect(fits(['a', open, 'b'], 'axc')).toBe(false);
  // Parts that may be anything are one way to try, however many there are.
  expect(fits([...parts, 'b'], 'a'.repeat(600))).toBe(false);
});

test('what a text names several times is found once', () => {
  const { end, steps } = reviewed(kind('Fn::Sub in Fn::Sub, each ten times', 4));
  expect(end).toBe('format');
  expect(steps).toBeLessThan(5000);
});

test('what a value is compared with is not kept without end', () => {
  const compared = new ComparedValues();
  const values = Array.from({ length: 50_000 }, (_, index) => `v${index}`);
  compared.add('P', values);
  expect(compared.size).toBe(LIMITS.comparisons);
  expect(compared.isComplete).toBe(false);
  const { unknown: open } = unknown('P', 'it is open', 0, { key: 'P' });
  expect(compared.alternatives(open)).toBe(compared.alternatives(open));
});

test('references in one text have their own places', () => {
  const { findings } = check(
    withProperties('', 'Outputs:\n  O: {Value: !Sub "${Fs.A} ${Fs.A} ${Fs.B}"}'),
  );
  expect(findings.filter(({ rule }) => rule === 'unknown-attribute').map(brief)).toEqual([
    '7:20 Fs.A unknown-attribute',
    '7:28 Fs.A unknown-attribute',
    '7:36 Fs.B unknown-attribute',
  ]);
});

describe("CloudFormation's quotas", () => {
  const m = (pattern: RegExp) => expect.stringMatching(pattern) as string;
  const FINE = 'StorageCapacity: 1200\nSubnetIds: [subnet-0a1b2c3d4e5f60718]';
  const told = (text: string, parameters?: ReadonlyMap<string, string>) =>
    check(text, parameters && { parameters }).findings.map(
      ({ line, column, logicalId, property, rule, message }) =>
        [`${line}:${column} ${logicalId.slice(0, 12)}.${property} ${rule}`, message] as const,
    );
  const many = (section: string, count: number, entry: string) =>
    `${section}:\n${Array.from({ length: count }, (_, index) => `  N${index}: ${entry}`).join('\n')}`;

  test.each<[string, number, string, string]>([
    ['Parameters', 200, '{Type: String}', 'parameters'],
    ['Outputs', 200, '{Value: a}', 'outputs'],
    ['Mappings', 200, '{a: {b: c}}', 'mappings'],
  ])('%s: %d are fine, one more is refused', (section, most, entry, nouns) => {
    expect(told(withProperties(FINE, many(section, most, entry)))).toEqual([]);
    expect(told(withProperties(FINE, many(section, most + 1, entry)))).toEqual([
      [
        `${7 + 1 + most}:3 N${most}.${section} template-count`,
        `There are more than ${most} ${nouns}: CloudFormation accepts at most ${most} in a template. Move some to a nested stack.`,
      ],
    ]);
  });

  test('500 resources, those of an Fn::ForEach too', () => {
    const rest = (count: number) => many('Resources', count, '{Type: "AWS::S3::Bucket"}');
    expect(told(rest(500))).toEqual([]);
    expect(told(rest(501))).toMatchObject([
      ['502:3 N500.Resources template-count', expect.anything()],
    ]);
    const loop = (count: number) =>
      `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [V, [${Array.from({ length: count }, (_, index) => `a${index}`).join()}], {"B\${V}": {Type: "AWS::S3::Bucket"}}]`;
    expect(told(loop(500))).toEqual([]);
    expect(told(loop(501))).toMatchObject([
      [m(/ Ba500\.Resources template-count/), m(/at most 500/)],
    ]);
  });

  test('a macro may take resources away, so they are not counted', () => {
    const rest = many('Resources', 501, '{Type: "AWS::S3::Bucket"}');
    expect(told(`Transform: [MyMacro]\n${rest}`)).toEqual([]);
  });

  test('200 attributes of a mapping', () => {
    const attributes = (count: number) =>
      `Mappings: {M: {${Array.from({ length: count }, (_, index) => `k${index}: {a: b}`).join(', ')}}}`;
    expect(told(withProperties(FINE, attributes(200)))).toEqual([]);
    expect(told(withProperties(FINE, attributes(201)))).toMatchObject([
      [m(/ M\.Mappings template-count/), m(/^The mapping has 201 attributes: .* at most 200\./)],
    ]);
  });

  test('names of 255 characters', () => {
    const named = (length: number) => withProperties(FINE).replace('Fs:', `${'F'.repeat(length)}:`);
    expect(told(named(255))).toEqual([]);
    expect(told(named(256))).toMatchObject([
      [
        '2:3 FFFFFFFFFFFF.Resources name-length',
        m(/has 256 characters: .* at most 255\. Shorten it\./),
      ],
    ]);
  });

  test('parameters of 4096 bytes, by default and as given', () => {
    const of = (value: string) =>
      withProperties(FINE, `Parameters: {P: {Type: String, Default: ${value}}}`);
    expect(told(of('a'.repeat(4096)))).toEqual([]);
    expect(told(of('ä'.repeat(2049)))).toMatchObject([
      [m(/ P\.Default parameter-size/), m(/has 4098 bytes: CloudFormation accepts at most 4096\./)],
    ]);
    expect(told(of('a'), new Map([['P', 'a'.repeat(4097)]]))).toMatchObject([
      [m(/ P\.Parameters parameter-size/), m(/has 4097 bytes/)],
    ]);
  });

  test('1 MB, which may be one or the other', () => {
    const filled = (bytes: number) => {
      const text = `${withProperties(FINE)}\n#`;
      return text + 'x'.repeat(bytes - text.length);
    };
    const severities = (bytes: number) =>
      check(filled(bytes)).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    expect(severities(1_000_000)).toEqual([]);
    expect(severities(1_000_001)).toEqual(['template-size warning']);
    expect(severities(1_048_577)).toEqual(['template-size error']);
  });

  test('a description of 1024 bytes', () => {
    const described = (bytes: number) =>
      `Description: ${'a'.repeat(bytes)}\n${withProperties(FINE)}`;
    expect(told(described(1024))).toEqual([]);
    expect(told(described(1025))).toMatchObject([
      ['1:1 Template.Description template-size', m(/has 1025 bytes/)],
    ]);
  });
});
