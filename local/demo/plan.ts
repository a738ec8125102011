/** The plan of an update, from `pangea-lustre diff`. */
import { diff } from '../../src/review/diff/diff';
import type { Change } from '../../src/review/diff/change';
import type { WantedResource } from '../stack/resources';

/** The changes of the file systems of a type, from the existing resources to the wanted ones. */
export function planOf(
  typeName: string,
  before: readonly WantedResource[],
  after: readonly WantedResource[],
  region: string,
): readonly Change[] {
  const [old, wanted] = [before, after].map((resources) =>
    templateOf(resources.filter((resource) => resource.typeName === typeName)),
  );
  return diff(old, wanted, { region, cost: { region } }).changes;
}

const templateOf = (resources: readonly WantedResource[]): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      resources.map(({ logicalId, typeName, properties, deletionPolicy, updateReplacePolicy }) => [
        logicalId,
        {
          Type: typeName,
          DeletionPolicy: deletionPolicy,
          UpdateReplacePolicy: updateReplacePolicy,
          Properties: properties,
        },
      ]),
    ),
  });

/** The plan for one file system, in sentences. The first is about its data. */
export function planSentences({ verdict, reasons, steps, monthlyCost }: Change): string[] {
  const { before, after } = monthlyCost;
  const [from, to] = [before, after].map((usd) => usd?.toFixed(2) ?? 'unknown');
  return [
    verdict,
    ...reasons.map(({ message }) => message),
    ...steps.map(({ properties, interruption }, index) => {
      const subjects = Object.keys(properties).join(', ');
      return `${index + 1}. ${subjects}: ${interruption}.`;
    }),
    `${from === to ? from : `${from ?? ''} → ${to ?? ''}`} USD a month.`,
  ];
}
