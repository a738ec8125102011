import type { StackIdentity } from '../registry/events';
import type { Properties, Tags } from '../registry/protocol';
import { sameInTemplate } from '../registry/same-in-template';
import { SAYS } from './refusals';
import type { StackPolicy } from './stack-policy';
import type { DeletionPolicy, UpdateReplacePolicy } from './template';
import type { Outcome, ResourceType, ResourceTypes } from './resource-type';
import type { Hooks } from './hooks';
import type { Visible } from './stack-template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
export type ResourceStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'DELETE_SKIPPED';

/** A resource that a template describes, with its functions evaluated. */
export interface WantedResource {
  logicalId: string;
  typeName: string;
  properties: Properties;
  /** The tags of the stack. */
  tags: Tags;
  metadata: unknown;
  /** The resources that must be created before it, and deleted after it. */
  dependencies: string[];
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: UpdateReplacePolicy;
}

/** A resource of a stack. */
export interface StackResource extends WantedResource {
  /** Absent if its creation failed before there was one. */
  physicalId?: string;
  /** The model that its type returned last. */
  model: Properties;
  status: ResourceStatus;
}

export interface ResourceEvent {
  logicalId: string;
  physicalId?: string;
  resourceType: string;
  status: ResourceStatus;
  reason?: string;
  /** The properties that the resource is to have, or had. */
  properties: Properties;
  /** For an update: the previous properties, and whether it rolls back a failed one. */
  previous?: Properties;
  rollback?: boolean;
  /** For a replacement: the create-only properties that cause it, and whether the old resource is kept. */
  replacement?: { properties: string[]; keepsOld: boolean };
}

/** The result of an operation on one resource. */
export interface Step {
  kind: 'create' | 'update' | 'replace';
  before?: StackResource;
  /** The resource afterward, or as it was intended. */
  after: StackResource;
  failed: boolean;
  /** Whether its type was called. If not, there is nothing to roll back. */
  begun: boolean;
}

export interface Removal {
  /** Whether the resources were created by the operation that removes them. */
  createdNow?: boolean;
  /** Whether those are then deleted even with the deletion policy Retain. */
  retainExceptOnCreate?: boolean;
  /** Whether this is the cleanup after an update or its rollback: each deletion is tried several times, and then given up. */
  isCleanup?: boolean;
  /** Resources that are not deleted, whatever their policies. */
  retain?: string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-resource-removed-not-deleted */
const CLEANUP_ATTEMPTS = 3;

/** The resources of one stack. Creates, updates, restores and deletes them one at a time, and reports events. */
export class Resources {
  readonly #types: ResourceTypes;
  readonly #stack: StackIdentity;
  readonly #hooks: Hooks;
  readonly #announce: (event: ResourceEvent) => void;
  readonly #resources = new Map<string, StackResource>();

  constructor(
    types: ResourceTypes,
    stack: StackIdentity,
    hooks: Hooks,
    announce: (event: ResourceEvent) => void,
  ) {
    this.#types = types;
    this.#stack = stack;
    this.#hooks = hooks;
    this.#announce = announce;
  }

  all(): StackResource[] {
    return [...this.#resources.values()];
  }

  get(logicalId: string): StackResource | undefined {
    return this.#resources.get(logicalId);
  }

  /** The values of an existing resource that templates can use. */
  visible(logicalId: string): Visible | undefined {
    const { physicalId, model, typeName } = this.#resources.get(logicalId) ?? {};
    if (physicalId === undefined || model === undefined || typeName === undefined) return undefined;
    const type = this.#typeOf(typeName);
    return {
      ref: physicalId,
      attribute: (name) => type.attribute({ physicalId, model }, name),
    };
  }

  /** The problems of properties that are all known. */
  problems({ typeName, properties }: Pick<WantedResource, 'typeName' | 'properties'>): string[] {
    return this.#typeOf(typeName).problems(properties);
  }

  /** Whether the existing resource differs from the wanted one. */
  differs(wanted: WantedResource): boolean {
    const before = this.#resources.get(wanted.logicalId);
    return (
      before === undefined ||
      isFailed(before) ||
      this.isUpdate(before, wanted) ||
      !sameInTemplate(before.metadata, wanted.metadata)
    );
  }

  /** Reports that a resource fails before its type is called. */
  refuse(wanted: WantedResource, reason: string): Step {
    const before = this.#resources.get(wanted.logicalId);
    const after: StackResource = {
      ...wanted,
      ...(before?.physicalId !== undefined && { physicalId: before.physicalId }),
      model: {},
      status: before ? 'UPDATE_FAILED' : 'CREATE_FAILED',
    };
    this.#tell(after, after.status, reason);
    if (!before) this.#resources.set(after.logicalId, after);
    return {
      kind: before ? 'update' : 'create',
      ...(before && { before }),
      after,
      failed: true,
      begun: false,
    };
  }

  /** Creates or updates a resource. If it already is as wanted, only what the stack knows of it changes, such as its policies. */
  async deploy(
    wanted: WantedResource,
    { canReplace, policy }: { canReplace: boolean; policy?: StackPolicy | undefined },
  ): Promise<Step> {
    const before = this.#resources.get(wanted.logicalId);
    if (before && !this.isUpdate(before, wanted)) {
      const after = { ...before, ...wanted };
      this.#resources.set(wanted.logicalId, after);
      return { kind: 'update', before, after, failed: false, begun: false };
    }
    const refusal = await this.#hooks.refusal(wanted, before);
    if (refusal !== undefined) return this.refuse(wanted, refusal);
    if (!before) return this.#create(wanted);
    const type = this.#typeOf(wanted.typeName);
    const replacing = type.replacing(before.properties, wanted.properties);
    const action = replacing.length > 0 ? 'Update:Replace' : 'Update:Modify';
    const denial = policy?.denial(action, wanted);
    if (denial !== undefined) return this.refuse(wanted, denial);
    return replacing.length > 0
      ? this.#replace(before, wanted, replacing, canReplace)
      : this.#update(before, wanted);
  }

  /** Rolls back one step of a failed update; false if that fails. */
  async restore({ before, after, begun, kind }: Step): Promise<boolean> {
    if (!before) return true;
    const { logicalId } = before;
    if (kind === 'replace' || !begun) {
      this.#resources.set(logicalId, before);
      if (begun) this.#tell(before, 'UPDATE_COMPLETE');
      return true;
    }
    const { properties: previous } = after;
    this.#tell(before, 'UPDATE_IN_PROGRESS', undefined, { previous, rollback: true });
    const refusal = await this.#hooks.refusal(before, after);
    const outcome: Outcome =
      refusal === undefined
        ? await this.#ask(before, after, true)
        : { succeeded: false, reason: refusal };
    if (!outcome.succeeded) {
      this.#tell(before, 'UPDATE_FAILED', outcome.reason);
      return false;
    }
    const restored = settled(before, outcome, 'UPDATE_COMPLETE');
    this.#resources.set(logicalId, restored);
    this.#tell(restored, restored.status);
    return true;
  }

  /** Leaves a resource as a failed rollback left it, and treats it as if it had its previous state. */
  skip({ before, after }: Step): void {
    if (!before) return;
    const skipped: StackResource = { ...before, model: after.model, status: 'UPDATE_COMPLETE' };
    this.#resources.set(skipped.logicalId, skipped);
    this.#tell(skipped, skipped.status);
  }

  /**
   * Deletes resources according to their policies, each before those that it depends on. If a resource cannot be deleted,
   * those that it depends on are kept, except in a cleanup.
   *
   * @returns The resources that could not be deleted.
   */
  async remove(resources: StackResource[], removal: Removal = {}): Promise<StackResource[]> {
    const failed: StackResource[] = [];
    const left: StackResource[] = [];
    for (const resource of dependentsFirst(resources)) {
      const isNeeded = left.some(({ dependencies }) => dependencies.includes(resource.logicalId));
      if (isNeeded && !removal.isCleanup) {
        left.push(resource);
        continue;
      }
      const isGone = await this.#delete(resource, removal);
      if (!isGone) failed.push(resource);
      if (isGone || removal.isCleanup) this.#forget(resource);
      else left.push(resource);
    }
    return failed;
  }

  /** The resource no longer belongs to the stack. */
  #forget({ logicalId, physicalId }: StackResource): void {
    if (this.#resources.get(logicalId)?.physicalId === physicalId) {
      this.#resources.delete(logicalId);
    }
  }

  /** Whether the type of a resource is asked to change it. */
  isUpdate(before: StackResource, wanted: WantedResource): boolean {
    const isRetagged =
      this.#typeOf(wanted.typeName).takesStackTags && !sameInTemplate(before.tags, wanted.tags);
    return isRetagged || !sameInTemplate(before.properties, wanted.properties);
  }

  async #create(wanted: WantedResource): Promise<Step> {
    this.#tell(wanted, 'CREATE_IN_PROGRESS');
    const invalid = this.problems(wanted);
    if (invalid.length > 0) return this.refuse(wanted, SAYS.invalid(wanted.logicalId, invalid));
    const outcome = await this.#make(wanted, 'CREATE_IN_PROGRESS');
    const after = settled(wanted, outcome, outcome.succeeded ? 'CREATE_COMPLETE' : 'CREATE_FAILED');
    this.#resources.set(after.logicalId, after);
    this.#tell(after, after.status, reasonOf(outcome));
    return { kind: 'create', after, failed: !outcome.succeeded, begun: true };
  }

  async #update(before: StackResource, wanted: WantedResource): Promise<Step> {
    const asked = { ...before, ...wanted };
    this.#tell(asked, 'UPDATE_IN_PROGRESS', undefined, { previous: before.properties });
    const invalid = this.problems(wanted);
    if (invalid.length > 0) return this.refuse(wanted, SAYS.invalid(wanted.logicalId, invalid));
    const outcome = await this.#ask(asked, before, false);
    const failed = !outcome.succeeded;
    const after = settled(asked, outcome, failed ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE');
    if (!failed) this.#resources.set(after.logicalId, after);
    this.#tell(after, after.status, reasonOf(outcome));
    return { kind: 'update', before, after, failed, begun: true };
  }

  /** Creates the new resource first. The old one is deleted after all references have changed. */
  async #replace(
    before: StackResource,
    wanted: WantedResource,
    properties: string[],
    canReplace: boolean,
  ): Promise<Step> {
    this.#tell({ ...before, ...wanted }, 'UPDATE_IN_PROGRESS', SAYS.replacement, {
      previous: before.properties,
      replacement: { properties, keepsOld: keepsReplaced(before, wanted) },
    });
    if (!canReplace) return this.refuse(wanted, SAYS.replacementNeedsRollback);
    const invalid = this.problems(wanted);
    if (invalid.length > 0) return this.refuse(wanted, SAYS.invalid(wanted.logicalId, invalid));
    const outcome = await this.#make(wanted, 'UPDATE_IN_PROGRESS');
    const failed = !outcome.succeeded;
    const after = settled(wanted, outcome, failed ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE');
    if (!failed) this.#resources.set(after.logicalId, after);
    this.#tell(after, after.status, reasonOf(outcome));
    return { kind: 'replace', before, after, failed, begun: true };
  }

  #make(wanted: WantedResource, status: ResourceStatus): Promise<Outcome> {
    const begun = (physicalId: string): void => {
      this.#tell({ ...wanted, physicalId }, status, SAYS.creationInitiated);
    };
    return this.#typeOf(wanted.typeName).create({ ...wanted, stack: this.#stack, begun });
  }

  #ask(wanted: StackResource, before: StackResource, rollback: boolean): Promise<Outcome> {
    const { physicalId = '', model } = wanted;
    return this.#typeOf(wanted.typeName).update({
      ...wanted,
      stack: this.#stack,
      resource: { physicalId, model },
      previous: { properties: before.properties, tags: before.tags },
      rollback,
    });
  }

  async #delete(resource: StackResource, removal: Removal): Promise<boolean> {
    const { createdNow = false, isCleanup = false, retain = [] } = removal;
    const { logicalId, physicalId, typeName } = resource;
    const isRetained = retain.includes(logicalId) || isKept(resource, createdNow, removal);
    if (physicalId === undefined) {
      this.#tell(resource, 'DELETE_COMPLETE');
      return true;
    }
    if (isRetained) {
      this.#tell(resource, 'DELETE_SKIPPED');
      return true;
    }
    this.#tell(resource, 'DELETE_IN_PROGRESS');
    for (let attempt = 1; ; attempt += 1) {
      const request = { ...resource, physicalId, stack: this.#stack };
      const outcome = await this.#typeOf(typeName).delete(request);
      if (outcome.succeeded) {
        this.#tell(resource, 'DELETE_COMPLETE');
        return true;
      }
      if (isCleanup && attempt < CLEANUP_ATTEMPTS) continue;
      this.#tell(resource, 'DELETE_FAILED', outcome.reason);
      return false;
    }
  }

  #typeOf(typeName: string): ResourceType {
    const type = this.#types(typeName);
    if (!type) throw new Error(`${typeName} is not known`);
    return type;
  }

  #tell(
    { logicalId, typeName, properties, ...rest }: WantedResource & { physicalId?: string },
    status: ResourceStatus,
    reason?: string,
    more: Pick<ResourceEvent, 'previous' | 'replacement' | 'rollback'> = {},
  ): void {
    this.#announce({
      logicalId,
      ...(rest.physicalId !== undefined && { physicalId: rest.physicalId }),
      resourceType: typeName,
      status,
      ...(reason !== undefined && { reason }),
      properties,
      ...more,
    });
  }
}

/** Whether its deletion policy keeps a resource. */
const isKept = (
  { deletionPolicy }: StackResource,
  createdNow: boolean,
  { retainExceptOnCreate = false }: Removal,
): boolean =>
  (deletionPolicy === 'Retain' && !(createdNow && retainExceptOnCreate)) ||
  (deletionPolicy === 'RetainExceptOnCreate' && !createdNow);

/** Whether a resource was never created completely. The next operation deletes it. */
export const isFailed = ({ status }: StackResource): boolean => status === 'CREATE_FAILED';

/**
 * Whether a replacement keeps the old resource. It is not recorded which of the two templates decides, so both must say so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export const keepsReplaced = (before: WantedResource, after: WantedResource): boolean =>
  before.updateReplacePolicy === 'Retain' && after.updateReplacePolicy === 'Retain';

const reasonOf = (outcome: Outcome): string | undefined =>
  outcome.succeeded ? undefined : outcome.reason;

function settled(
  wanted: WantedResource | StackResource,
  outcome: Outcome,
  status: ResourceStatus,
): StackResource {
  const known = 'model' in wanted ? wanted.model : {};
  const { physicalId } = outcome;
  return {
    ...wanted,
    ...(physicalId !== undefined && { physicalId }),
    model: outcome.succeeded ? outcome.model : known,
    status,
  };
}

/** Each resource before those that it depends on. */
function dependentsFirst(resources: StackResource[]): StackResource[] {
  const seen = new Set<StackResource>();
  const visit = (resource: StackResource): StackResource[] => {
    if (seen.has(resource)) return [];
    seen.add(resource);
    const dependents = resources.filter(
      (other) => other !== resource && other.dependencies.includes(resource.logicalId),
    );
    return [...dependents.flatMap(visit), resource];
  };
  return resources.toReversed().flatMap(visit);
}
