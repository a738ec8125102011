/** What happens to a file system that is removed from its template, and to its data. */
import type { Reason, Verdict } from './change';
import type { JudgeOptions } from './creation';
import { NO_LONGER_LUSTRE } from './replacing';
import { fateOfDeleted, fateOfReplaced, type Fate } from './data';
import { amountsOf, figuresOf } from './figures';
import { DELETED, REPLACED } from './sentences';
import { knownModelOf, type State } from './state';

/** The verdict on a file system that is removed from its template. */
export function deleted(before: State, options: JudgeOptions): Verdict {
  const fate = fateOfDeleted(before);
  const verdict = {
    change: 'delete',
    verdict: DELETED[fate],
    reasons: deletionAdvice(fate, before),
  } as const;
  return gone(before, fate, verdict, options);
}

/** What becomes of a file system of which nothing of its type is left. */
function gone(
  before: State,
  fate: Fate,
  verdict: Pick<Verdict, 'change' | 'verdict' | 'reasons'>,
  { cost }: JudgeOptions,
): Verdict {
  const { defaults } = before.type;
  const figures = figuresOf(knownModelOf(before), cost, defaults);
  return {
    ...verdict,
    dataLoss: fate === 'lost',
    steps: [],
    differences: [],
    ...amountsOf(figures, figuresOf(undefined, cost, defaults)),
    ...(fate === 'kept' && { keptMonthlyCost: figures.monthlyCost }),
  };
}

function deletionAdvice(fate: Fate, before: State): readonly Reason[] {
  const property = 'DeletionPolicy';
  if (fate === 'kept')
    return [
      {
        property,
        message: 'Delete it with `aws fsx delete-file-system` when its data is no longer needed.',
      },
    ];
  if (fate === 'in a backup') return [{ property: 'SkipFinalBackup', message: BACKUP }];
  const linked = isLinked(before);
  return [
    {
      property,
      message:
        'To keep the data, restore the file system in the template, add DeletionPolicy: Retain, deploy that, and then remove it: CloudFormation uses the policy of the deployed template.',
    },
    ...linked,
  ];
}

/** How a final backup works. */
export const BACKUP =
  'FSx creates the final backup before the deletion; if it cannot, the deletion fails and the file system stays. Restore the backup with BackupId. It is billed until you delete it.';

/** The data of an S3-linked file system that is not lost with it. */
export function isLinked({ model, type }: State): readonly Reason[] {
  const { ImportPath } = model;
  return ImportPath === undefined
    ? []
    : [
        {
          property: type.path('ImportPath'),
          message:
            'Data that was imported from S3 or exported to it remains there. Data that was not exported is lost.',
        },
      ];
}

/** The resource is now a file system of another type, with which CloudFormation replaces the Lustre file system. */
export function replacedByAnother(before: State, options: JudgeOptions): Verdict {
  const fate = fateOfReplaced(before, undefined);
  const verdict = {
    change: 'replace',
    verdict: REPLACED[fate],
    reasons: [NO_LONGER_LUSTRE],
  } as const;
  return gone(before, fate, verdict, options);
}
