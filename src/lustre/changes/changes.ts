import { CREATE_ONLY, insteadOf } from './create-only';
import { wrongDirections } from './directions';
import { without } from '../json';
import { LEFT_OUT } from '../properties/left-out';
import type { LustreProperties } from '../properties';
import { head } from '../properties/parse';
import { checkProperties, type CheckOptions } from '../rules/rules';
import {
  namesWhere,
  rowOf,
  STEP_NAMES,
  type NamesWhere,
  type StepName,
} from '../properties/property-table';
import { isEquivalentProperty } from '../properties/equality';
import { withoutDeferred, newViolations, type Violation } from '../violations';

/** One call of UpdateFileSystem: its name, and the changed members with their new values. */
export interface Step {
  name: StepName;
  properties: LustreProperties;
}

/** The states that an update compares. */
export interface UpdateStates {
  /** What FSx describes now. */
  current: LustreProperties;
  /** The previous model. Write-only properties may be missing. */
  previous: LustreProperties;
  /** The desired model. */
  desired: LustreProperties;
}

/** The calls of an update, or the reasons why it is refused. */
export interface UpdatePlan {
  /** Why the update is refused; then there are no steps. */
  refusals: Violation[];
  /** The remaining calls, in order. Empty once FSx describes the desired state. */
  steps: Step[];
}

/** The properties that steps can change. */
type Changed = NamesWhere<'update', StepName>;

const STEPS = STEP_NAMES.map((name) => ({ name, members: namesWhere('update', name) }));

const RESET = STEPS.flatMap(({ members }) => members).filter(isReset);

function isReset(name: keyof LustreProperties): name is NamesWhere<'takenOut', 'reset'> & Changed {
  return rowOf(name).takenOut === 'reset';
}

/** Options of a plan, in addition to those of the rules. */
export interface PlanOptions extends CheckOptions {
  /** Whether CloudFormation is rolling back a failed stack update. */
  rollback?: boolean;
}

/**
 * Plans an update: the ordered calls from what FSx describes to the desired state, or the reasons why FSx would refuse them.
 */
export function planUpdate(states: UpdateStates, options: PlanOptions = {}): UpdatePlan {
  const wanted = withoutIrreversibleChanges(
    states,
    withoutOthersBackups(states, wantedProperties(states), options),
    options,
  );
  const steps = STEPS.map(({ name, members }) => ({
    name,
    properties: Object.fromEntries(
      members
        .filter((member) => !isEquivalentProperty(member, wanted[member], states.current[member]))
        .map((member) => [member, wanted[member]]),
    ),
  })).filter(({ properties }) => Object.keys(properties).length > 0);
  const refusals = [
    ...createOnlyChanges(states),
    ...withoutDeferred(wrongDirections(states.current, wanted), options.deferToFsx ?? false),
    ...creationRules(states, wanted, options),
  ];
  return { refusals, steps };
}

function wantedProperties({ current, previous, desired }: UpdateStates): LustreProperties {
  const reset = RESET.filter(
    (name) =>
      desired[name] === undefined && previous[name] !== undefined && current[name] !== undefined,
  );
  const { RootSquashConfiguration: squash } = desired;
  const { RootSquash } = LEFT_OUT.RootSquashConfiguration;
  const off = previous.RootSquashConfiguration?.RootSquash !== undefined && { RootSquash };
  return {
    ...desired,
    // FSx keeps the members that an update does not name.
    ...(squash && { RootSquashConfiguration: { NoSquashNids: [], ...off, ...squash } }),
    ...Object.fromEntries(reset.map((name) => [name, LEFT_OUT[name]])),
  };
}

const BACKUPS = ['AutomaticBackupRetentionDays', 'DailyAutomaticBackupStartTime'] as const;

/**
 * If the template does not change them, keeps backup settings that were changed outside of it: setting them back could delete
 * backups.
 */
function withoutOthersBackups(
  { previous, desired }: UpdateStates,
  wanted: LustreProperties,
  { rollback = false }: PlanOptions,
): LustreProperties {
  const kept = BACKUPS.filter(
    (name) =>
      !rollback &&
      previous[name] !== undefined &&
      isEquivalentProperty(name, desired[name], previous[name]),
  );
  return without(wanted, kept);
}

/**
 * The desired state without changes that FSx cannot undo and this update does not ask for. A file system that was enlarged or
 * upgraded, or got more IOPS, outside the template keeps that as long as the template stays the same. So does one whose stack
 * update is rolled back after FSx carried it out. A template that itself asks for less is refused.
 */
function withoutIrreversibleChanges(
  { current, previous, desired }: UpdateStates,
  wanted: LustreProperties,
  { rollback = false }: PlanOptions,
): LustreProperties {
  const unchanged = (name: keyof LustreProperties) =>
    rollback ||
    (previous[name] !== undefined && isEquivalentProperty(name, desired[name], previous[name]));
  const unasked = wrongDirections(current, wanted)
    .filter(({ irreversible }) => irreversible)
    .map(({ property }) => head(property) as keyof LustreProperties)
    .filter(unchanged);
  // The read cache of USER_PROVISIONED has grown with the throughput, and keeps that size.
  if (unasked.includes('ThroughputCapacity') && unchanged('DataReadCacheConfiguration'))
    unasked.push('DataReadCacheConfiguration');
  return without(wanted, unasked);
}

function createOnlyChanges({ current, previous, desired }: UpdateStates): Violation[] {
  return CREATE_ONLY.filter((name) => {
    const value = desired[name];
    if (value === undefined) return false;
    const known = [current[name], previous[name]].filter((state) => state !== undefined);
    // FSx never returns some of these properties, and a previous model may lack them. Then there is nothing to compare with.
    if (known.length === 0) return rowOf(name).described !== 'never' && !isOff(value);
    return !known.some((state) => isEquivalentProperty(name, value, state));
  }).map((name) => ({
    rule: 'create-only',
    property: name,
    value: desired[name],
    message: `${name} cannot be changed after creation (current value: ${shown(current[name] ?? previous[name] ?? 'none')}). To apply the other changes, revert it. ${insteadOf(name)}`,
    kind: 'contradiction',
  }));
}

/** Whether a value of a property means that the feature is not used. */
function isOff(value: unknown): boolean {
  return value === false || value === 'NONE';
}

/**
 * The creation rules, applied to what the file system would become. Violations that it already has do not count: a file
 * system that was created elsewhere, or under older rules, can still be changed in other respects.
 */
function creationRules(
  { current, desired }: UpdateStates,
  wanted: LustreProperties,
  options: CheckOptions,
): Violation[] {
  // FSx assigns a backup window to every persistent file system. Only a window that the template gives needs backups.
  const { DailyAutomaticBackupStartTime } =
    wanted.AutomaticBackupRetentionDays === undefined ? wanted : desired;
  const target: LustreProperties = { ...current, ...wanted };
  if (DailyAutomaticBackupStartTime === undefined) delete target.DailyAutomaticBackupStartTime;
  else target.DailyAutomaticBackupStartTime = DailyAutomaticBackupStartTime;
  return newViolations(checkProperties(target, options), checkProperties(current, options));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
