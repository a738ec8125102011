import { regoPolicy, REGO_RULES } from '../rego/rego';
import { describeRules, type RuleDescription } from '../review/rule-table';
import { UsageError, type Run } from './arguments';
import { styles, writeStdout } from './streams';
import { wrapped } from './table';
import { visibleJson, visibleLines } from './visible-text';

/** Writes the rules: for people, for programs, or for AWS's template engine. */
export const run: Run = ({ positional, options }) => {
  const [word] = positional;
  if (word !== undefined)
    throw new UsageError(`rules takes no file: ${word} is not used. To check a file, use check.`);
  writeStdout(FORMATS[options.get('format')?.[0] ?? 'human']?.() ?? visibleLines([]));
  return 0;
};

const FORMATS: Readonly<Record<string, () => ReturnType<typeof visibleLines>>> = {
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
  creation: 'What FSx takes at creation, and of what an update changes',
  update: 'In an update',
  account: "The account's own limits, from its type configuration",
  template: 'In a template',
};

function asText(rules: readonly RuleDescription[]): string[] {
  const { bold } = styles();
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  return Object.entries(HEADINGS).flatMap(([of, heading]) => [
    bold(heading),
    ...rules
      .filter((each) => each.of === of)
      .flatMap(({ rule, description }) =>
        wrapped(description, `  ${''.padEnd(width)}  `).map((line, index) =>
          index === 0 ? `  ${rule.padEnd(width)}  ${line.trimStart()}` : line,
        ),
      ),
    '',
  ]);
}
