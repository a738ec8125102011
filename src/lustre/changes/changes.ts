import { CREATE_ONLY, insteadOf } from './create-only';
import { wrongDirections } from './directions';
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
import { heldAgainst, newViolations, type Violation } from '../violations';

export { CREATE_ONLY };

/** One call of UpdateFileSystem: its name, and the members that change, with their new values. */
export interface Step {
  name: StepName;
  properties: LustreProperties;
}

export interface UpdateStates {
  /** What FSx describes now. */
  current: LustreProperties;
  /** What the previous template gave; write-only properties may be missing. */
  previous: LustreProperties;
  /** What the template gives now. */
  desired: LustreProperties;
}

export interface UpdatePlan {
  /** Why nothing may be done. */
  refusals: Violation[];
  /** What is left to do, in order; empty when FSx describes what is wanted. */
  steps: Step[];
}

/** The properties that a step may change. */
type Changed = NamesWhere<'update', StepName>;

const STEPS = STEP_NAMES.map((name) => ({ name, members: namesWhere('update', name) }));

const RESET = STEPS.flatMap(({ members }) => members).filter(isReset);

function isReset(name: keyof LustreProperties): name is NamesWhere<'takenOut', 'reset'> & Changed {
  return rowOf(name).takenOut === 'reset';
}

export interface PlanOptions extends CheckOptions {
  /** CloudFormation is taking a failed stack update back. */
  rollback?: boolean;
}

/** The ordered calls that lead from what FSx describes to what the template wants, or why that cannot be. */
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
        .filter(
          (member) =>
            wanted[member] !== undefined &&
            !isEquivalentProperty(member, wanted[member], states.current[member]),
        )
        .map((member) => [member, wanted[member]]),
    ),
  })).filter(({ properties }) => Object.keys(properties).length > 0);
  const refusals = [
    ...createOnlyChanges(states),
    ...heldAgainst(wrongDirections(states.current, wanted), options.deferToFsx ?? false),
    ...creationRules(states.current, wanted, options),
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

/** Backup settings that somebody changed outside the template stay while the template stays: setting them deletes backups. */
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
  return Object.fromEntries(
    Object.entries(wanted).filter(([name]) => !(kept as string[]).includes(name)),
  );
}

/**
 * What is wanted, without what FSx cannot take back and nobody asks it to now: a file system that grew, was upgraded or
 * got more IOPS outside the template keeps that while the template stays the same, and so does one whose stack update
 * is rolled back after FSx had carried it out. A template that asks for less is refused.
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
  // A read cache of the user's own size has grown with the throughput, and stays with it.
  if (unasked.includes('ThroughputCapacity') && unchanged('DataReadCacheConfiguration'))
    unasked.push('DataReadCacheConfiguration');
  return Object.fromEntries(
    Object.entries(wanted).filter(([name]) => !(unasked as string[]).includes(name)),
  );
}

function createOnlyChanges({ current, previous, desired }: UpdateStates): Violation[] {
  return CREATE_ONLY.filter((name) => {
    const value = desired[name];
    if (value === undefined) return false;
    const known = [current[name], previous[name]].filter((state) => state !== undefined);
    // FSx never returns some of them, and a previous state may lack them: then there is nothing to compare with.
    if (known.length === 0) return rowOf(name).described !== 'never' && !isOff(value);
    return !known.some((state) => isEquivalentProperty(name, value, state));
  }).map((name) => ({
    rule: 'create-only',
    property: name,
    value: desired[name],
    message: `${name} cannot be changed on an existing file system (it has ${shown(current[name] ?? previous[name] ?? 'none')}): FSx takes it at creation only. Set it back. ${insteadOf(name)}`,
    kind: 'contradiction',
  }));
}

/** The value by which a property says that it is not used. */
function isOff(value: unknown): boolean {
  return value === false || value === 'NONE';
}

/**
 * The rules of creation, for what the file system would become. What FSx already has is not held against the user: a
 * file system that was created elsewhere, or under older rules, can still be changed in other respects.
 */
function creationRules(
  current: LustreProperties,
  wanted: LustreProperties,
  options: CheckOptions,
): Violation[] {
  const target = { ...current, ...wanted };
  // FSx assigns a backup window to every persistent file system; only one that the template gives needs backups.
  if (wanted.DailyAutomaticBackupStartTime === undefined)
    delete target.DailyAutomaticBackupStartTime;
  return newViolations(checkProperties(target, options), checkProperties(current, options));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
