/** The calls of an update in place, for all values that the unknown properties may have. */
import { planUpdate, type PlanOptions, type UpdatePlan } from '../../lustre/changes/changes';
import { explore, LIMITS } from '../../lustre/explore';
import { defined, without } from '../../lustre/json';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { namesWhere, rowOf } from '../../lustre/properties/property-table';
import { propertyNamed } from '../../lustre/properties/shapes';
import { inTermsOf, readPartial, type Model } from '../../lustre/unresolved/model';
import { errorsOf } from '../../lustre/violations';
import { NATIVE_TYPE, type ResourceType } from '../resource-types';
import type { Reason } from './change';

/** A plan and the properties that the file system has before it. Refusals that are only likely are removed. */
export interface Plan extends UpdatePlan {
  readonly current: LustreProperties;
}

/** Options of the plans of an update. */
export interface PlanningOptions extends PlanOptions {
  /** What FSx describes. Absent if it was not requested: then the previous properties have their defaults. */
  readonly described?: LustreProperties | undefined;
}

/** What FSx never describes, so that the handler knows only the wanted values. */
const UNDESCRIBED = namesWhere('described', 'never');

/** One plan for each combination of values that are unknown, but the same before and after. */
export function plansOf(
  before: Model,
  after: Model,
  type: ResourceType,
  { described, ...options }: PlanningOptions = {},
): readonly Plan[] {
  const [old, wanted] = [readPartial(before, {}), readPartial(after, {})];
  return explore((choose) => {
    const previous = defined(old.properties(choose));
    const desired = defined(wanted.properties(choose));
    const current = described ?? without(withDefaults(previous, type.defaults), UNDESCRIBED);
    const plan = planUpdate({ current, previous, desired }, options);
    const refusals = errorsOf(plan.refusals).map((each) => inTermsOf(after, wanted, each));
    return { ...plan, refusals, current };
  }, LIMITS.estimates).results;
}

/** Whether only FSx knows the previous value of a property, because it comes from a backup or FSx chose it. */
export function isUnseen(name: string, before: Model, type: ResourceType): boolean {
  const property = propertyNamed(name);
  if (!property || before[property] !== undefined) return false;
  if (rowOf(property).described !== 'given') return false;
  const isChosen =
    type.name === NATIVE_TYPE &&
    name === 'FileSystemTypeVersion' &&
    before.DeploymentType === 'PERSISTENT_2';
  return before.BackupId !== undefined || isChosen;
}

/** Adapts a message to the type: AWS::FSx::FileSystem does not raise metadata IOPS by itself. */
export const forType =
  (type: ResourceType) =>
  <T extends Pick<Reason, 'message'>>(reason: T): T => ({
    ...reason,
    message:
      type.name === NATIVE_TYPE
        ? reason.message.replace(
            /Set MetadataConfiguration\.Iops to (\d+) or more in the same update; the type raises the IOPS first\./,
            'Raise MetadataConfiguration.Iops to $1 or more in a deployment before this one.',
          )
        : reason.message,
  });
