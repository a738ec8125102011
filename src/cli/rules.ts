import { regoPolicy, REGO_RULES } from '../rego/rego';
import { describeRules, type RuleDescription } from '../review/rule-table';
import { UsageError, type Run } from './options/arguments';
import { formatOf } from './options/option-values';
import { styles, writeStdout } from './files/streams';
import { visibleJson, visibleLines } from './formats/visible-text';
import { wrapped } from './formats/wrapping';

/** Prints the rules: for readers, as JSON, or as Rego for AWS's template engine. */
export const run: Run = ({ positional, options }) => {
  const [word] = positional;
  if (word !== undefined)
    throw new UsageError(`rules does not take a file: remove ${word}. To check a file, use check.`);
  writeStdout(formatOf(options, FORMATS)());
  return 0;
};

const FORMATS = {
  human: () => visibleLines(asText(describeRules())),
  json: () =>
    visibleJson(
      JSON.stringify(
        describeRules().map((rule) => ({ ...rule, rego: REGO_RULES.has(rule.rule) })),
        undefined,
        2,
      ),
    ),
  rego: () => visibleLines(regoPolicy().trimEnd().split('\n')),
};

const HEADINGS: Readonly<Record<RuleDescription['of'], string>> = {
  creation: 'At creation, and in an update for what it changes',
  update: 'In an update',
  account: 'Limits of the account, from its type configuration',
  template: 'In a template',
};

function asText(rules: readonly RuleDescription[]): string[] {
  const { bold } = styles();
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  return Object.entries(HEADINGS).flatMap(([of, heading]) => [
    bold(heading),
    ...rules
      .filter((each) => each.of === of)
      .flatMap(({ rule, description }) => wrapped(description, `  ${rule.padEnd(width)}  `)),
    '',
  ]);
}
