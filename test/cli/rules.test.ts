/** `pangea-lustre rules`: the list of the rules, for people, for programs and for AWS's engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGO_RULES } from '../../src/rego/rego';
import { describeRules, type RuleDescription } from '../../src/review/rule-table';
import { RULE_NAMES } from '../../src/review/rule-names';
import { checkModel } from '../../src/lustre/rules/rules';
import { severityOf } from '../../src/lustre/violations';
import { CASES } from '../lustre/rule-cases';
import { pangea, ROOT } from './command';

type Listed = RuleDescription & { readonly rego: boolean };

const listed = (): Listed[] => {
  const { code, out, err } = pangea(['rules', '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Listed[];
};

test('as JSON each rule has its severities, its description, its address, and whether Rego has it', () => {
  const rules = listed();
  expect(rules.map(({ rule }) => rule).toSorted()).toEqual(RULE_NAMES.toSorted());
  for (const { rule, description, help, severities, rego } of rules) {
    expect(description).toMatch(/\w/);
    expect(help).toMatch(new RegExp(`^https://.*rules\\.md#${rule}$`));
    expect(severities).toContain('error');
    expect(rego).toBe(REGO_RULES.has(rule));
  }
  expect(rules.find(({ rule }) => rule === 'storage-capacity')).toMatchObject({
    of: 'creation',
    severities: ['error'],
    isDeferrable: true,
    rego: true,
  });
  expect(rules.find(({ rule }) => rule === 'region')).toMatchObject({ rego: false });
});

test('a rule gives no severity that it is not said to give', () => {
  const severities = new Map(describeRules().map((each) => [each.rule as string, each.severities]));
  const models = Object.values(CASES).flatMap((cases) => cases.map(([, model]) => model));
  const found = [
    ...models.flatMap((model) => checkModel(model).violations),
    ...models.flatMap((model) => checkModel(model, { region: 'ca-west-1' }).violations),
    ...models.flatMap(
      (model) => checkModel(model, { region: 'us-gov-west-1', date: '2030-01-01' }).violations,
    ),
  ];
  const told = new Set(found.map((each) => `${each.rule} ${severityOf(each)}`));
  expect(told).toContain('region warning');
  expect(told).toContain('not-applicable warning');
  for (const line of told) {
    const [rule = '', severity = ''] = line.split(' ');
    expect({ line, given: severities.get(rule) }).toMatchObject({
      line,
      given: expect.arrayContaining([severity]) as unknown,
    });
  }
});

test('as Rego it is the committed file', () => {
  const { code, out } = pangea(['rules', '--format', 'rego']);
  expect(code).toBe(0);
  expect(out).toBe(readFileSync(join(ROOT, 'pangea-lustre.rego'), 'utf8'));
});

test('for people every rule stands on a line', () => {
  const { code, out } = pangea(['rules']);
  expect(code).toBe(0);
  for (const rule of RULE_NAMES) expect(out).toMatch(new RegExp(`^  ${rule} `, 'm'));
});

test.each([
  [['rules', '--format', 'xml'], '--format xml is not known: use human, json or rego.'],
  [['rules', '--formt', 'json'], 'There is no option --formt: did you mean --format?'],
  [
    ['rules', 'template.yaml'],
    'rules does not take a file: remove template.yaml. To check a file, use check.',
  ],
])('%s is refused in one sentence', (words, sentence) => {
  expect(pangea(words)).toEqual({ code: 2, out: '', err: `pangea-lustre: ${sentence}\n` });
});
