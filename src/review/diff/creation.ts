/** What CloudFormation, the type and FSx do with a file system that an update creates. */
import type { CostOptions } from '../../lustre/estimates/cost';
import { defined } from '../../lustre/json';
import { checkPartial } from '../../lustre/unresolved/check';
import { errorsOf, type Violation } from '../../lustre/violations';
import type { ResourceType } from '../resource-types';
import type { Reason, Verdict } from './change';
import { amountsOf, figuresOf } from './figures';
import { SENTENCES } from './sentences';
import type { State } from './state';

/** The options of a verdict. */
export interface JudgeOptions {
  /** The region of the deployment, such as eu-west-1. A creation is refused if the region lacks something. */
  readonly region?: string;
  /** Today, YYYY-MM-DD. */
  readonly date?: string;
  readonly cost: CostOptions;
}

/** A violation with the paths of a resource type. */
export const reasonOf =
  (type: ResourceType) =>
  ({ property, message }: Pick<Violation, 'property' | 'message'>): Reason => ({
    property: type.path(property),
    message,
  });

/** The verdict on a file system that only the new template has. */
export function created(after: State, options: JudgeOptions): Verdict {
  const { model, type, whyUnknown } = after;
  const refusals = [
    ...after.refused,
    ...(whyUnknown === undefined ? creationErrors(after, options) : []),
  ];
  const isRefused = refusals.length > 0;
  const nothing = figuresOf(undefined, options.cost, type.defaults);
  const figures = figuresOf(whyUnknown === undefined ? model : null, options.cost, type.defaults);
  const sentence = model.BackupId === undefined ? SENTENCES.create : SENTENCES.restore;
  return {
    change: isRefused ? 'refused' : 'create',
    dataLoss: false,
    verdict: isRefused ? SENTENCES.creationRefused : sentence,
    reasons: [
      ...refusals,
      ...(whyUnknown === undefined ? [] : [{ property: 'Properties', message: whyUnknown }]),
    ],
    steps: [],
    differences: [],
    ...amountsOf(nothing, isRefused ? nothing : figures),
  };
}

/** The errors that refuse the creation of a file system. What is empty is not also missing. */
const creationErrors = (after: State, options: JudgeOptions): readonly Reason[] =>
  creationViolations(after, options)
    .map(reasonOf(after.type))
    .filter(({ property }) => !after.refused.some((each) => each.property === property));

/** The same, with their kinds. */
export const creationViolations = (
  { model, type }: State,
  { region, date }: JudgeOptions,
): readonly Violation[] =>
  errorsOf(
    checkPartial(model, {
      defaults: type.defaults,
      ...defined({ region, date }),
    }),
  );

/**
 * Whether FSx may accept what the rules refuse: they are based on tables of numbers, which grow. Only this type refuses such a
 * creation itself.
 */
export const mayBeAccepted = (refusals: readonly Pick<Violation, 'kind'>[]): boolean =>
  refusals.length > 0 && refusals.every(({ kind }) => kind === 'table');

/** A refusal of which it is not certain that FSx makes it. */
export const uncertain = ({ property, message }: Pick<Reason, 'property' | 'message'>): Reason => ({
  property,
  message: `${message} FSx may have begun to accept it after this version was made, and then the file system is replaced.`,
});
