/** What a Terraform plan does to Lustre file systems. The provider determines whether one is replaced, and the plan shows it. */
import { defined, isObject, without, type Json } from '../../lustre/json';
import { isRegion } from '../../lustre/catalog/partitions';
import { insteadOf } from '../../lustre/changes/create-only';
import { planUpdate } from '../../lustre/changes/changes';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import { PROPERTY_NAMES } from '../../lustre/properties/shapes';
import { checkPartial } from '../../lustre/unresolved/check';
import type { Model } from '../../lustre/unresolved/model';
import { Unknown, unknownsIn } from '../../lustre/unknown';
import { errorsOf, type Violation } from '../../lustre/violations';
import { Unreadable } from '../../template/source-tree';
import { NATIVE_DEFAULTS } from '../resource-types';
import type { Change, PropertyChange, Reason, Verdict } from './change';
import { differenceOf } from './comparison';
import type { Fate } from './data';
import type { Diff, DiffOptions } from './diff';
import { amountsOf, figuresOf } from './figures';
import { oneCall } from './native-updates';
import { DELETED, MAY_BE_REPLACED, REPLACED, RESTORED, SENTENCES } from './sentences';
import { oneStep, shown, tagStep } from './steps';
import { expressionsOf, marksOfWritten } from './terraform-configuration';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system */
const RESOURCE_TYPE = 'aws_fsx_lustre_file_system';

const COMPUTED = '(known after apply)';

type Name = keyof LustreProperties;

/** A change in a plan, with the property names of this type. */
interface Planned {
  readonly address: string;
  readonly actions: readonly string[];
  readonly actionReason: string | undefined;
  readonly before: Model;
  readonly after: Model;
  /** What the provider sends to FSx if it creates the file system: `after` without what FSx chooses. */
  readonly created: Model;
  /** The properties whose change makes the provider replace the file system. */
  readonly replacing: readonly Name[];
  readonly options: Pick<DiffOptions, 'cost' | 'date' | 'region'>;
}

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
  const changes = plannedChanges(text, options).map((planned): Change => ({
    logicalId: planned.address,
    type: RESOURCE_TYPE,
    file,
    ...verdictOf(planned),
  }));
  return { changes, notes: [], parameterNames: [] };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function plannedChanges(text: string, options: Planned['options']): readonly Planned[] {
  const plan = parsed(text);
  if (!isObject(plan) || typeof plan.format_version !== 'string' || !('planned_values' in plan))
    throw new Unreadable(
      'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`',
    );
  return listOf(plan.resource_changes)
    .filter(isObject)
    .filter(({ type, mode }) => type === RESOURCE_TYPE && mode !== 'data')
    .map((resource) => plannedChange(plan, resource, options));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('this is not JSON: use `terraform show -json plan.tfplan`');
  }
}

function plannedChange(plan: Json, resource: Json, options: Planned['options']): Planned {
  const address = typeof resource.address === 'string' ? resource.address : '';
  const change = isObject(resource.change) ? resource.change : {};
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change;
  const secrets = new Secrets(before, after);
  const expressions = expressionsOf(plan, address);
  const planned = modelOf(after, after_sensitive, after_unknown, secrets);
  const region = [after, before].flatMap((each) =>
    isObject(each) && typeof each.region === 'string' && isRegion(each.region) ? each.region : [],
  )[0];
  return {
    address,
    actions: listOf(change.actions).filter((each) => typeof each === 'string'),
    actionReason: typeof resource.action_reason === 'string' ? resource.action_reason : undefined,
    before: modelOf(before, before_sensitive, undefined, secrets),
    after: planned,
    created: expressions
      ? modelOf(after, after_sensitive, marksOfWritten(after_unknown, expressions), secrets, false)
      : planned,
    replacing: listOf(change.replace_paths).flatMap(
      (path) => nameOf(String(listOf(path)[0])) ?? [],
    ),
    options:
      region === undefined ? options : { ...options, region, cost: { ...options.cost, region } },
  };
}

/** Tells which sensitive values are equal, without showing them. */
class Secrets {
  constructor(
    private readonly before: unknown,
    private readonly after: unknown,
  ) {}

  /** An unknown that represents the sensitive value of a property. */
  stand(attribute: string, side: unknown): Unknown {
    const [before, after] = [this.before, this.after].map((each) =>
      JSON.stringify(isObject(each) ? each[attribute] : undefined),
    );
    const isSame = before === after;
    const which = isSame ? '' : side === this.before ? ' before' : ' after';
    return new Unknown('(sensitive value)', {
      why: 'Terraform marks it as sensitive',
      key: `sensitive ${attribute}${which}`,
    });
  }
}

/** The names of this type, by those of the provider, which are in lower case with underscores. */
const NAMES: ReadonlyMap<string, Name> = new Map(
  PROPERTY_NAMES.map((name) => [name.toLowerCase(), name]),
);

const nameOf = (attribute: string): Name | undefined =>
  NAMES.get(attribute.replaceAll('_', '').toLowerCase());

/**
 * The properties of a state or plan, with the names of this type.
 *
 * @param mayBeAbsent Whether what is known after the apply only may not be written at all.
 */
function modelOf(
  values: unknown,
  sensitive: unknown,
  unknown: unknown,
  secrets: Secrets,
  mayBeAbsent = true,
): Model {
  if (!isObject(values) && !isObject(unknown)) return {};
  const attributes = new Set([
    ...Object.keys(isObject(values) ? values : {}),
    ...Object.keys(isObject(unknown) ? unknown : {}),
  ]);
  const model: Record<string, unknown> = {};
  for (const attribute of attributes) {
    const name = nameOf(attribute);
    if (name === undefined) continue;
    const isHidden = sensitive === true || holdsTrue(isObject(sensitive) && sensitive[attribute]);
    const value = holdsTrue(isObject(unknown) && unknown[attribute])
      ? new Unknown(COMPUTED, { why: 'it is known only after the apply', mayBeAbsent })
      : isHidden
        ? secrets.stand(attribute, values)
        : propertyOf(name, isObject(values) ? values[attribute] : undefined);
    if (value !== undefined) model[name] = value;
  }
  return model;
}

/** Whether a value, or a part of it, is marked. */
function holdsTrue(mark: unknown): boolean {
  if (Array.isArray(mark)) return mark.some(holdsTrue);
  return isObject(mark) ? Object.values(mark).some(holdsTrue) : mark === true;
}

/**
 * A value in the form of this type. In a plan, a block is a list with one item, tags are a map, and a value that is not set
 * is empty or zero.
 */
function propertyOf(name: Name, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (value === 0 && name !== 'AutomaticBackupRetentionDays') return undefined;
  if (name === 'Tags' || name === 'FinalBackupTags') {
    const tags = isObject(value) ? Object.entries(value) : [];
    return tags.length === 0 ? undefined : tags.map(([Key, Value]) => ({ Key, Value }));
  }
  if (!Array.isArray(value) || !isObject(value[0]))
    return Array.isArray(value) && value.length === 0 ? undefined : value;
  const block = Object.entries(value[0])
    .map(([member, each]) => [MEMBERS[member] ?? member, each] as const)
    .filter(([, each]) => each !== null && each !== '' && each !== 0);
  const { Iops, ...rest } = Object.fromEntries(block);
  // With Mode AUTOMATIC, the provider also stores the IOPS that FSx returns.
  return Iops === undefined || rest.Mode === 'AUTOMATIC' ? rest : { ...rest, Iops };
}

/** Members of blocks whose name is not that of this type in lower case. */
const MEMBERS: Readonly<Record<string, string>> = {
  destination: 'Destination',
  iops: 'Iops',
  level: 'Level',
  mode: 'Mode',
  no_squash_nids: 'NoSquashNids',
  root_squash: 'RootSquash',
  size: 'SizeGiB',
  sizing_mode: 'SizingMode',
};

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

function differencesOf({ before, after, actions, replacing }: Planned): readonly PropertyChange[] {
  if (!actions.includes('update') && actions.length < 2) return [];
  return PROPERTY_NAMES.filter(
    (name) =>
      isDifferent(before[name], after[name]) &&
      (replacing.includes(name) || !isComputed(after[name])),
  ).map((name) => ({
    property: name,
    ...(before[name] !== undefined && { before: shown(before[name]) }),
    ...(after[name] !== undefined && { after: shown(after[name]) }),
  }));
}

const isDifferent = (before: unknown, after: unknown): boolean =>
  differenceOf(before, after, { ofSame: () => 'none' }) !== 'none';

/** A value that is known after the apply only is not a change by itself. */
const isComputed = (value: unknown): boolean => value instanceof Unknown && value.text === COMPUTED;

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

/** The provider requests a final backup if skip_final_backup is false. FSx makes none of scratch file systems. */
function fateOf({ before }: Planned): Fate {
  const { SkipFinalBackup, DeploymentType } = before;
  const isPersistent =
    typeof DeploymentType === 'string' && DeploymentType.startsWith('PERSISTENT');
  return SkipFinalBackup === false && isPersistent ? 'in a backup' : 'lost';
}

function creationErrors({ created: model, options }: Planned): readonly Reason[] {
  const { date, region } = options;
  const surroundings = defined({ region, date });
  return errorsOf(checkPartial(model, { defaults: NATIVE_DEFAULTS, ...surroundings })).map(plain);
}

const plain = ({ property, message }: Pick<Violation, 'property' | 'message'>): Reason => ({
  property,
  message,
});

function created(planned: Planned): Verdict {
  const refusals = creationErrors(planned);
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
    reasons: [adviceOn(fate, 'delete')],
    ...amounts,
    ...(fate === 'kept' && { keptMonthlyCost: amounts.monthlyCost.before }),
  };
}

/** How to keep the data, first of all. */
const TO_KEEP = {
  // https://developer.hashicorp.com/terraform/language/block/removed
  delete:
    'To keep the data, restore the resource in the configuration, or remove it from the state with a removed block that has lifecycle { destroy = false }.',
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
  const refusals = creationErrors(planned);
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

function replacingReasons({ replacing, before, after, actionReason }: Planned): readonly Reason[] {
  const why = actionReason === undefined ? undefined : ACTION_REASONS[actionReason];
  return [
    ...replacing.map((name) => {
      const [old, wanted] = [before[name], after[name]].map((each) => each === undefined ? 'none' : shown(each)); // oxfmt-ignore
      const advice =
        insteadOf(name) ??
        'FSx cannot reduce this on an existing file system: keep the old value, or use a larger one.';
      return {
        property: name,
        message: `${name} changes from ${old ?? ''} to ${wanted ?? ''}, so the provider replaces the file system. ${advice}`,
      };
    }),
    ...(why === undefined ? [] : [{ property: 'action_reason', message: why }]),
  ];
}

/** The provider changes everything in one call. */
function updated(planned: Planned): Verdict {
  const { before, after } = planned;
  const names = PROPERTY_NAMES.filter((name) => isDifferent(before[name], after[name]));
  // Clients do not notice any change of tags.
  const hidden = names.filter((name) => name !== 'Tags' && [before, after].some((model) => unknownsIn(model[name]).length > 0)); // oxfmt-ignore
  const [old, wanted] = [before, after].map(
    (model) => parseProperties(without(model, ['Tags', ...hidden])).properties,
  );
  const current = withDefaults(old ?? {}, NATIVE_DEFAULTS);
  const plan = planUpdate({ current, previous: old ?? {}, desired: wanted ?? {} });
  const refusals = errorsOf(plan.refusals);
  if (refusals.length > 0)
    return {
      ...base(planned),
      change: 'refused',
      verdict: SENTENCES.refused,
      reasons: refusals.map(plain),
      ...figures(planned, 'before', 'before'),
    };
  const call = oneCall(
    plan.steps.flatMap(({ properties }) => Object.keys(properties) as Name[]),
    'the provider',
  );
  // https://github.com/hashicorp/terraform-provider-aws/pull/44456
  const order = {
    property: 'MetadataConfiguration',
    message: 'Versions of the provider without its pull request 44456 change both in one call, which FSx refuses: use a newer version.', // oxfmt-ignore
  };
  const open: readonly Reason[] = [
    ...hidden.map((property) => ({
      property,
      message: `Whether ${property} changes, and how, is not known: its value is sensitive, or known after the apply only.`,
    })),
    ...(call?.outcome === 'unknown' ? [plain(call)] : []),
  ];
  const isOpen = open.length > 0;
  const steps = [...(names.includes('Tags') ? [tagStep(after)] : []), ...oneStep(plan.steps, current, after)]; // oxfmt-ignore
  return {
    ...base(planned),
    change: isOpen ? 'unknown' : 'in-place',
    verdict: isOpen ? SENTENCES.undecided : steps.length > 0 ? SENTENCES.inPlace : SENTENCES.nothingToDo, // oxfmt-ignore
    reasons: [...open, ...(call?.outcome === 'refused' ? [order] : [])],
    steps,
    ...figures(planned, 'before', 'after'),
  };
}
