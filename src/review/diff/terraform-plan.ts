/** The changes of Lustre file systems in a Terraform plan, read from its JSON with the property names of this type. */
import { isRegion } from '../../lustre/catalog/partitions';
import { isObject, type Json } from '../../lustre/json';
import type { LustreProperties } from '../../lustre/properties';
import { PROPERTY_NAMES } from '../../lustre/properties/shapes';
import { Unknown } from '../../lustre/unknown';
import type { Model } from '../../lustre/unresolved/model';
import { Unreadable } from '../../template/source-tree';
import { differenceOf } from './comparison';
import type { DiffOptions } from './diff';
import { marksOfWritten, writtenIn } from './terraform-configuration';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system */
export const RESOURCE_TYPE = 'aws_fsx_lustre_file_system';

const COMPUTED = '(known after apply)';

type Name = keyof LustreProperties;

/** A change in a plan, with the property names of this type. */
export interface Planned {
  readonly address: string;
  /** The id of the existing file system, such as fs-0123456789abcdef0. */
  readonly id: string | undefined;
  readonly actions: readonly string[];
  readonly actionReason: string | undefined;
  /** Whether an earlier apply has replaced the file system, and only the deletion of this one is left. */
  readonly isDeposed: boolean;
  readonly before: Model;
  readonly after: Model;
  /** What the provider sends to FSx if it creates the file system: `after` without what FSx chooses. */
  readonly created: Model;
  /** The properties whose change makes the provider replace the file system. */
  readonly replacing: readonly Name[];
  /** Whether tags change that the resource does not give itself: the default tags of the provider. */
  readonly isDefaultTagged: boolean;
  readonly options: Pick<DiffOptions, 'cost' | 'date' | 'region'>;
}

/** A list in a plan; empty if it is missing. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Parses a plan, as `terraform show -json` prints it.
 *
 * @throws Unreadable if the text is not such a plan.
 */
export function planIn(text: string): Json {
  const plan = parsed(text);
  if (!isObject(plan) || typeof plan.format_version !== 'string' || !('planned_values' in plan))
    throw new Unreadable(
      'this is not a Terraform plan in JSON: use `terraform show -json plan.tfplan`',
    );
  // https://developer.hashicorp.com/terraform/internals/json-format#format-summary: another major version is not compatible.
  if (!/^[01]\./.test(plan.format_version))
    throw new Unreadable(
      `this Terraform plan has the format version ${plan.format_version}, and only 0 and 1 are known here: use a newer version of pangea-lustre`,
    );
  return plan;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('this is not JSON: use `terraform show -json plan.tfplan`');
  }
}

/** The changes of the resources of a type in a plan. */
export const changesOf = (plan: Json, resourceType: string): readonly Json[] =>
  listOf(plan.resource_changes)
    .filter(isObject)
    .filter(({ type, mode }) => type === resourceType && mode !== 'data');

/** The changes of all Lustre file systems in a plan. */
export const plannedChanges = (plan: Json, options: Planned['options']): readonly Planned[] =>
  changesOf(plan, RESOURCE_TYPE).map((resource) => plannedChange(plan, resource, options));

/** The address of a resource in a plan. */
export const addressOf = ({ address }: Json): string =>
  typeof address === 'string' ? address : '';

function plannedChange(plan: Json, resource: Json, options: Planned['options']): Planned {
  const address = addressOf(resource);
  const change = isObject(resource.change) ? resource.change : {};
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change;
  const secrets = new Secrets(before, after);
  const written = writtenIn(plan, address);
  const { deposed } = resource;
  return {
    address: typeof deposed === 'string' ? `${address} (deposed ${deposed})` : address,
    id: isObject(before) && typeof before.id === 'string' ? before.id : undefined,
    actions: listOf(change.actions).filter((each) => typeof each === 'string'),
    actionReason: typeof resource.action_reason === 'string' ? resource.action_reason : undefined,
    isDeposed: typeof deposed === 'string',
    before: modelOf(before, before_sensitive, undefined, secrets),
    after: modelOf(after, after_sensitive, after_unknown, secrets),
    created: modelOf(
      after,
      after_sensitive,
      written ? marksOfWritten(after_unknown, written) : after_unknown,
      secrets,
      (attribute) => written?.isSurelyGiven(attribute) ?? false,
    ),
    replacing: listOf(change.replace_paths).flatMap(
      (path) => nameOf(String(listOf(path)[0])) ?? [],
    ),
    isDefaultTagged: isDefaultTagged(before, after),
    options: inRegionOf([after, before], options),
  };
}

function inRegionOf(states: readonly unknown[], options: Planned['options']): Planned['options'] {
  const [region] = states.flatMap((each) =>
    isObject(each) && typeof each.region === 'string' && isRegion(each.region) ? each.region : [],
  );
  return region === undefined ? options : { ...options, region, cost: { ...options.cost, region } };
}

/** The provider lists its default tags, together with those of the resource, in tags_all. It does not mark secrets there. */
function isDefaultTagged(before: unknown, after: unknown): boolean {
  if (!isObject(before) || !isObject(after)) return false;
  const [own, all] = (['tags', 'tags_all'] as const).map(
    (name) => differenceOf(before[name] ?? {}, after[name] ?? {}, { ofSame: () => 'none' }), // oxfmt-ignore
  );
  return isObject(after.tags_all) && own === 'none' && all !== 'none';
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
 * @param isSurelyGiven Whether an attribute that is known after the apply only is certain to have a value then.
 */
function modelOf(
  values: unknown,
  sensitive: unknown,
  unknown: unknown,
  secrets: Secrets,
  isSurelyGiven: (attribute: string) => boolean = () => false,
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
    const written = isObject(values) ? values[attribute] : undefined;
    const mark = isObject(unknown) && unknown[attribute];
    const value = holdsTrue(isAutomatic(written) ? withoutIops(mark) : mark)
      ? new Unknown(COMPUTED, { why: 'Terraform knows it after the apply only', mayBeAbsent: !isSurelyGiven(attribute) }) // oxfmt-ignore
      : isHidden
        ? secrets.stand(attribute, values)
        : propertyOf(name, written);
    if (value !== undefined) model[name] = value;
  }
  return model;
}

/** With Mode AUTOMATIC, the provider also stores the IOPS that FSx returns. */
const isAutomatic = (block: unknown): boolean => {
  const [first] = listOf(block);
  return isObject(first) && first.mode === 'AUTOMATIC';
};

const withoutIops = (mark: unknown): unknown =>
  Array.isArray(mark)
    ? mark.map((each: unknown) => (isObject(each) ? { ...each, iops: false } : each))
    : mark;

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
  return Iops === undefined || isAutomatic(value) ? rest : { ...rest, Iops };
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

/** A value that is known after the apply only is not a change by itself. */
export const isComputed = (value: unknown): boolean =>
  value instanceof Unknown && value.text === COMPUTED;

/** The properties that differ before and after. */
export const changedIn = ({ before, after }: Pick<Planned, 'before' | 'after'>): readonly Name[] =>
  PROPERTY_NAMES.filter(
    (name) => differenceOf(before[name], after[name], { ofSame: () => 'none' }) !== 'none',
  );
