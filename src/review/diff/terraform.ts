/** What a Terraform plan does to Lustre file systems. The provider determines whether one is replaced, and the plan shows it. */
import { defined, isObject, without, type Json } from '../../lustre/json';
import { insteadOf } from '../../lustre/changes/create-only';
import { planUpdate } from '../../lustre/changes/changes';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import { checkPartial } from '../../lustre/unresolved/check';
import { unknownsIn } from '../../lustre/unknown';
import { errorsOf, type Violation } from '../../lustre/violations';
import { NATIVE_DEFAULTS } from '../resource-types';
import type { Change, PropertyChange, Reason, Verdict } from './change';
import { mayBeAccepted, uncertain } from './creation';
import type { Fate } from './data';
import type { Diff, DiffOptions } from './diff';
import { amountsOf, figuresOf } from './figures';
import { oneCall } from './native-updates';
import { DELETED, MAY_BE_REPLACED, REPLACED, RESTORED, SENTENCES } from './sentences';
import { oneStep, shown, tagStep } from './steps';
import { withDataOfAssociations } from './terraform-associations';
import {
  addressOf,
  changedIn,
  isComputed,
  listOf,
  plannedChanges,
  planIn,
  RESOURCE_TYPE,
  type Planned,
} from './terraform-plan';
import { NEVER_SENT, removedFrom } from './terraform-provider';

type Name = keyof LustreProperties;

/**
 * What a plan, as `terraform show -json` prints it, does to each Lustre file system. Sensitive values are compared, but never
 * shown.
 *
 * @throws Unreadable if the text is not such a plan.
 */
export function diffTerraform(
  text: string,
  { file = 'plan', ...options }: Pick<DiffOptions, 'file' | 'cost' | 'date' | 'region'>,
): Diff {
  const plan = planIn(text);
  const planned = plannedChanges(plan, options);
  const changes = planned.map((each): Change => ({
    logicalId: each.address,
    type: RESOURCE_TYPE,
    file,
    ...verdictOf(each),
  }));
  const ids = planned.map(({ id }) => id);
  return {
    changes: withDataOfAssociations(plan, changes, ids, file),
    notes: notesOn(plan, file),
    parameterNames: [],
  };
}

/** What is missing in a plan. https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
function notesOn(plan: Json, file: string): readonly string[] {
  const deferred = listOf(plan.deferred_changes).flatMap((each) => {
    const { resource_change: change } = isObject(each) ? each : {};
    return isObject(change) && change.type === RESOURCE_TYPE ? addressOf(change) : [];
  });
  return [
    ...(plan.errored === true
      ? [`${file} is the plan of a run that failed: changes may be missing in it, and Terraform does not apply it.`] // oxfmt-ignore
      : plan.complete === false
        ? [`${file} is not complete: Terraform planned only some of the changes, as with -target, and a later plan has the others.`] // oxfmt-ignore
        : []),
    ...(deferred.length > 0
      ? [`${file}: Terraform defers what it does to ${deferred.join(', ')} to a later plan.`]
      : []),
  ];
}

function verdictOf(planned: Planned): Verdict {
  const actions = planned.actions.join(' ');
  switch (actions) {
    case 'no-op':
    case 'read':
      return { ...base(planned), change: 'none', verdict: SENTENCES.none, ...figures(planned, 'before', 'before') }; // oxfmt-ignore
    case 'create':
      return created(planned);
    case 'update':
      return updated(planned);
    case 'delete':
      return deleted(planned, fateOf(planned));
    case 'forget':
      return deleted(planned, 'kept');
    case 'delete create':
    case 'create delete':
      return replaced(planned, fateOf(planned), actions === 'create delete');
    case 'create forget':
      return replaced(planned, 'kept', true);
    default:
      return {
        ...base(planned),
        change: 'unknown',
        dataLoss: true,
        verdict: MAY_BE_REPLACED.lost,
        reasons: [{ property: 'actions', message: `This version does not know the Terraform actions ${actions}.` }], // oxfmt-ignore
        ...figures(planned, 'before', 'after'),
      };
  }
}

const base = (
  planned: Planned,
): Pick<Verdict, 'dataLoss' | 'reasons' | 'steps' | 'differences'> => ({
  dataLoss: false,
  reasons: [],
  steps: [],
  differences: differencesOf(planned),
});

function differencesOf(planned: Planned): readonly PropertyChange[] {
  const { before, after, actions, replacing } = planned;
  if (!actions.includes('update') && actions.length < 2) return [];
  return changedIn(planned)
    .filter((name) => replacing.includes(name) || !isComputed(after[name]))
    .map((name) => ({
      property: name,
      ...(before[name] !== undefined && { before: shown(before[name]) }),
      ...(after[name] !== undefined && { after: shown(after[name]) }),
    }));
}

type Side = 'before' | 'after' | 'created' | 'nothing';

function figures(
  planned: Planned,
  from: Side,
  to: Side,
): Pick<Verdict, 'throughput' | 'monthlyCost' | 'costBasis'> {
  // oxfmt-ignore
  const [before, after] = [from, to].map((side) =>
    figuresOf(side === 'nothing' ? undefined : planned[side], planned.options.cost, NATIVE_DEFAULTS),
  );
  const nothing = figuresOf(undefined, planned.options.cost, NATIVE_DEFAULTS);
  return amountsOf(before ?? nothing, after ?? nothing);
}

/**
 * The provider requests a final backup if skip_final_backup is false. FSx makes none of scratch file systems, nor of those
 * that are linked to S3 by ImportPath: https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-backups-fsx.html
 */
function fateOf({ before }: Planned): Fate {
  const { SkipFinalBackup, DeploymentType, ImportPath } = before;
  const isPersistent =
    typeof DeploymentType === 'string' && DeploymentType.startsWith('PERSISTENT');
  const isMade = SkipFinalBackup === false && isPersistent && ImportPath === undefined;
  return isMade ? 'in a backup' : 'lost';
}

function creationErrors({ created: model, options }: Planned): readonly Violation[] {
  const { date, region } = options;
  const surroundings = defined({ region, date });
  const sent = without(model, NEVER_SENT);
  return errorsOf(checkPartial(sent, { defaults: NATIVE_DEFAULTS, ...surroundings }));
}

const plain = ({ property, message }: Pick<Violation, 'property' | 'message'>): Reason => ({
  property,
  message,
});

function created(planned: Planned): Verdict {
  const refusals = creationErrors(planned).map(plain);
  const isRefused = refusals.length > 0;
  const sentence = planned.after.BackupId === undefined ? SENTENCES.create : SENTENCES.restore;
  return {
    ...base(planned),
    change: isRefused ? 'refused' : 'create',
    verdict: isRefused ? SENTENCES.creationRefused : sentence,
    reasons: refusals,
    ...figures(planned, 'nothing', isRefused ? 'nothing' : 'created'),
  };
}

function deleted(planned: Planned, fate: Fate): Verdict {
  const amounts = figures(planned, 'before', 'nothing');
  return {
    ...base(planned),
    change: 'delete',
    dataLoss: fate === 'lost',
    verdict: DELETED[fate],
    reasons: [planned.isDeposed ? DEPOSED : adviceOn(fate, 'delete')],
    ...amounts,
    ...(fate === 'kept' && { keptMonthlyCost: amounts.monthlyCost.before }),
  };
}

/** https://developer.hashicorp.com/terraform/internals/json-format#resource-change-representation */
const DEPOSED: Reason = {
  property: 'deposed',
  message: 'An earlier apply replaced this file system with create_before_destroy and could not delete it. This apply deletes it: copy what is needed before.', // oxfmt-ignore
};

/** How to keep the data, first of all. */
const TO_KEEP = {
  // https://developer.hashicorp.com/terraform/language/block/removed
  delete:
    'To keep the data, restore the resource in the configuration; if it has a new address, add a moved block; or remove it from the state with a removed block that has lifecycle { destroy = false }.',
  replace: 'To keep the data, undo the change that forces the replacement.',
} as const;

function adviceOn(fate: Fate, change: keyof typeof TO_KEEP): Reason {
  switch (fate) {
    case 'lost':
      return {
        property: 'prevent_destroy',
        message: `${TO_KEEP[change]} lifecycle { prevent_destroy = true } makes Terraform refuse such a plan; skip_final_backup = false, applied first, makes FSx create a final backup of a persistent file system.`,
      };
    case 'in a backup':
      return {
        property: 'skip_final_backup',
        message: 'FSx creates the backup before the deletion. Restore it with backup_id; it is billed until you delete it.', // oxfmt-ignore
      };
    case 'kept':
      return {
        property: 'lifecycle',
        message: 'Terraform removes it from its state, and the file system stays. Delete it with `aws fsx delete-file-system` when its data is no longer needed.', // oxfmt-ignore
      };
  }
}

function replaced(planned: Planned, fate: Fate, isCreatedFirst: boolean): Verdict {
  const violations = creationErrors(planned);
  if (isCreatedFirst && mayBeAccepted(violations))
    return {
      ...base(planned),
      change: 'unknown',
      dataLoss: fate === 'lost',
      verdict: MAY_BE_REPLACED[fate],
      reasons: [...violations.map(uncertain), ...replacingReasons(planned), adviceOn(fate, 'replace')], // oxfmt-ignore
      ...figures(planned, 'before', 'created'),
    };
  const refusals = violations.map(plain);
  if (refusals.length > 0 && isCreatedFirst)
    return { ...base(planned), change: 'refused', verdict: SENTENCES.refused, reasons: refusals, ...figures(planned, 'before', 'before') }; // oxfmt-ignore
  const amounts = figures(planned, 'before', 'created');
  const nothingLeft = {
    property: 'actions',
    message: 'Terraform deletes the old file system first, and the new one is refused: no file system remains.', // oxfmt-ignore
  };
  return {
    ...base(planned),
    change: 'replace',
    dataLoss: fate === 'lost',
    verdict: (planned.after.BackupId === undefined ? REPLACED : RESTORED)[fate],
    reasons: [
      ...(refusals.length > 0 ? [nothingLeft, ...refusals] : []),
      ...replacingReasons(planned),
      adviceOn(fate, 'replace'),
    ],
    ...amounts,
    ...(fate === 'kept' && { keptMonthlyCost: amounts.monthlyCost.before }),
  };
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const ACTION_REASONS: Readonly<Partial<Record<string, string>>> = {
  replace_because_tainted: 'It is tainted: the apply that created it failed.',
  replace_by_request: 'The plan was made with -replace.',
  replace_by_triggers: 'replace_triggered_by refers to something that changes.',
};

function replacingReasons(planned: Planned): readonly Reason[] {
  const { replacing, before, after, actionReason } = planned;
  const why = actionReason === undefined ? undefined : ACTION_REASONS[actionReason];
  return [
    ...replacing.map((name) => {
      const [old, wanted] = [before[name], after[name]].map((each) => each === undefined ? 'none' : shown(each)); // oxfmt-ignore
      return {
        property: name,
        message: `${name} changes from ${old ?? ''} to ${wanted ?? ''}, so the provider replaces the file system. ${insteadOfReplacing(name, planned)}`,
      };
    }),
    ...(why === undefined ? [] : [{ property: 'action_reason', message: why }]),
  ];
}

/** What to do instead of a change for which the provider replaces the file system. */
function insteadOfReplacing(name: Name, planned: Planned): string {
  const { before, after } = planned;
  if (isComputed(after[name]))
    return 'Terraform does not know the new value before the apply, and plans a replacement even if the value stays the same. Write a value that is known, or apply what it depends on first.'; // oxfmt-ignore
  const advice = insteadOf(name);
  if (advice !== undefined) return advice;
  if ([before, after].some((model) => unknownsIn(model[name]).length > 0))
    return 'FSx cannot make this change on an existing file system: keep the old value.';
  return callFor([name], planned).refusals.length > 0
    ? 'FSx cannot make this change on an existing file system: keep the old value.'
    : 'FSx makes this change in place, but this version of the provider does not: use a newer version, or make the change with `aws fsx update-file-system` first.'; // oxfmt-ignore
}

/** The call with which the provider changes these properties. It does not send others. */
function callFor(names: readonly Name[], { before, after }: Planned) {
  const [old, wanted] = [before, after].map(
    (model) => parseProperties(withoutUnknown(without(model, ['Tags']))).properties,
  );
  const current = withDefaults(old ?? {}, NATIVE_DEFAULTS);
  const desired = pick(wanted ?? {}, names);
  const { steps, refusals } = planUpdate({ current, previous: {}, desired });
  return { current, steps, refusals: errorsOf(refusals).map(plain) };
}

/** The provider changes everything in one call. */
function updated(planned: Planned): Verdict {
  const { before, after, isDefaultTagged } = planned;
  const changed = changedIn(planned);
  // Clients do not notice any change of tags.
  const names = changed.filter((name) => name !== 'Tags' && !NEVER_SENT.includes(name));
  const removed = names.filter((name) => after[name] === undefined);
  const given = names.filter((name) => !removed.includes(name));
  const hidden = given.filter((name) => [before, after].some((model) => unknownsIn(model[name]).length > 0)); // oxfmt-ignore
  const { current, steps, refusals } = callFor(
    given.filter((name) => !hidden.includes(name)),
    planned,
  );
  const leftOut = removed.map((name) => removedFrom(name));
  const refused = [...refusals, ...leftOut.filter(({ isRefused }) => isRefused).map(plain)];
  if (refused.length > 0)
    return {
      ...base(planned),
      change: 'refused',
      verdict: SENTENCES.refused,
      reasons: refused,
      ...figures(planned, 'before', 'before'),
    };
  const call = oneCall(
    steps.flatMap(({ properties }) => Object.keys(properties) as Name[]),
    'the provider',
  );
  const open: readonly Reason[] = [
    ...hidden.map((property) => ({
      property,
      message: `Whether ${property} changes, and how, is not known: its value is sensitive, or known after the apply only.`,
    })),
    ...(call?.outcome === 'unknown' ? [plain(call)] : []),
  ];
  const isOpen = open.length > 0;
  const isTagged = changed.includes('Tags') || isDefaultTagged;
  const all = [...(isTagged ? [tagStep(after)] : []), ...oneStep(steps, current, after)];
  const kept = { ...planned, after: { ...after, ...pick(before, removed) } };
  return {
    ...base(planned),
    change: isOpen ? 'unknown' : 'in-place',
    verdict: isOpen ? SENTENCES.undecided : all.length > 0 ? SENTENCES.inPlace : SENTENCES.nothingToDo, // oxfmt-ignore
    reasons: [
      ...open,
      ...(call?.outcome === 'refused' ? [ORDER] : []),
      ...leftOut.map(plain),
      ...remarks(changed, planned),
    ],
    steps: all,
    ...figures(kept, 'before', 'after'),
  };
}

// https://github.com/hashicorp/terraform-provider-aws/pull/44456
const ORDER: Reason = {
  property: 'MetadataConfiguration',
  message: 'Versions of the provider without its pull request 44456 change both in one call, which FSx refuses: use a newer version.', // oxfmt-ignore
};

/** What a reader might not expect of a change in place. */
function remarks(changed: readonly Name[], { before, isDefaultTagged }: Planned): Reason[] {
  return [
    ...NEVER_SENT.filter((name) => changed.includes(name)).map((property) => ({
      property,
      message:
        property === 'SkipFinalBackup' && before[property] === false
          ? 'After this change, a deletion makes no final backup.'
          : `No call to FSx is made now: ${property} is used when the file system is deleted.`,
    })),
    ...(isDefaultTagged
      ? [{ property: 'Tags', message: 'The tags that change are the default tags of the provider.' }] // oxfmt-ignore
      : []),
  ];
}

function pick<T extends object>(members: T, names: readonly (keyof T & string)[]): Partial<T> {
  const left = Object.keys(members).filter((name) => !names.some((each) => each === name));
  return without(members, left);
}

const withoutUnknown = (model: Planned['after']): Planned['after'] =>
  without(model, Object.keys(model).filter((name) => unknownsIn(model[name]).length > 0)); // oxfmt-ignore
