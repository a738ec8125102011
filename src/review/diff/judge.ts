/** What CloudFormation, the type and FSx do with one file system in an update. */
import { TYPE_NAME } from '../../lustre/properties';
import { manualPage } from '../manual';
import { NATIVE_TYPE } from '../resource-types';
import type { Verdict } from './change';
import { created, type JudgeOptions } from './creation';
import { deleted } from './deletion';
import { amountsOf, figuresOf } from './figures';
import type { References } from './replaced-references';
import { SENTENCES } from './sentences';
import { knownModelOf, type State } from './state';
import { Update } from './update';

/** The verdict on a file system; undefined if there is none before or after. */
export function judge(
  before: State | undefined,
  after: State | undefined,
  options: JudgeOptions,
  references: References,
): Verdict | undefined {
  if (!before) return after && created(after, options);
  if (!after) return deleted(before, options);
  if (before.type !== after.type)
    return typeChanged(before, { from: before.type.name, to: after.type.name }, options);
  return new Update(before, after, options, references).verdict();
}

/** CloudFormation cannot change the type of a resource. */
export function typeChanged(
  state: State,
  types: { readonly from: string; readonly to: string },
  options: JudgeOptions,
): Verdict {
  const figures = figuresOf(
    types.from === state.type.name ? knownModelOf(state) : undefined,
    options.cost,
    state.type.defaults,
  );
  const canMove = [types.from, types.to].every((name) => [NATIVE_TYPE, TYPE_NAME].includes(name));
  return {
    change: 'refused',
    dataLoss: false,
    verdict: SENTENCES.refused,
    reasons: [
      {
        property: 'Type',
        message: `CloudFormation cannot change the type of a resource from ${types.from} to ${types.to}. Use another logical ID${canMove ? `; to move an existing file system to this type, import it: see ${manualPage('migrate.md')}` : ''}.`,
      },
    ],
    steps: [],
    differences: [{ property: 'Type', before: types.from, after: types.to }],
    ...amountsOf(figures, figures),
  };
}
