/** What a diff says, as lines, with all that its readers see. */
import type { Amounts, Change, Verdict } from '../../src/review/diff/change';
import type { Diff } from '../../src/review/diff/diff';
import { changeWords, costOf, increaseOf, summaryOf } from '../../src/review/diff/totals';
import { arrow, stepWords } from '../../src/review/diff/words';

const json = (value: unknown): string => JSON.stringify(value);

const amounts = (of: Amounts): string => arrow(of, String);

function verdictLines(verdict: Verdict): string[] {
  const { change, dataLoss, reasons, steps, differences, keptMonthlyCost, costBasis } = verdict;
  return [
    `${change}${dataLoss ? ' LOST' : ''} (${changeWords(verdict)}): ${verdict.verdict}`,
    ...reasons.map(({ property, message }) => `  ${property}: ${message}`),
    ...steps.flatMap((step) => [
      `  ${step.name} ${json(step.properties)} ${json(step.minutes)} min`,
      `    ${[stepWords(step).subject, ...stepWords(step).sentences].join(' | ')}`,
    ]),
    ...differences.map((each) => `  ${each.property}: ${each.before ?? '-'} → ${each.after ?? '-'}`), // oxfmt-ignore
    `  ${amounts(verdict.throughput)} MB/s, ${amounts(verdict.monthlyCost)} USD${keptMonthlyCost === undefined ? '' : `, kept: ${json(keptMonthlyCost)} USD`}`,
    // Its wording is that of estimates.
    ...costBasis.map((basis) => `  ${basis.slice(0, 60)}`),
  ];
}

function changeLines({ logicalId, type, file, place, when, branches, ...own }: Change): string[] {
  const where = `${file}${place ? `:${place.line}:${place.column}` : ''}`;
  return [
    `${logicalId} ${type} ${where}${when === undefined ? '' : ` [${when}]`}`,
    ...(branches ?? [own]).flatMap((branch) => [
      ...('when' in branch ? [`[${branch.when}]`] : []),
      ...verdictLines(branch),
    ]),
    // The worst of the branches stands for the file system.
    ...(branches ? [`worst: ${own.change}`] : []),
  ].map((line, index) => (index === 0 ? line : `  ${line}`));
}

export const linesOf = ({ changes, notes, parameterNames }: Diff): string[] => [
  ...changes.flatMap(changeLines),
  summaryOf(changes),
  `total ${json(costOf(changes))}, increase ${json(increaseOf(changes))}`,
  ...notes.map((note) => `Note: ${note}`),
  ...(parameterNames.length > 0 ? [`parameters: ${parameterNames.join()}`] : []),
];
