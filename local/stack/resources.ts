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
  `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}` | 'DELETE_SKIPPED';

/** A resource that a template asks for, its functions carried out. */
export interface WantedResource {
  logicalId: string;
  typeName: string;
  properties: Properties;
  /** Those of the stack. */
  tags: Tags;
  metadata: unknown;
  /** The resources that have to be there before it, and to go after it. */
  dependencies: string[];
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: UpdateReplacePolicy;
}

/** A resource of a stack. */
export interface StackResource extends WantedResource {
  /** Absent where its creation failed before there was one. */
  physicalId?: string;
  /** As its type has returned it last. */
  model: Properties;
  status: ResourceStatus;
}

export interface ResourceEvent {
  logicalId: string;
  physicalId?: string;
  resourceType: string;
  status: ResourceStatus;
  reason?: string;
  /** What the resource is to be, or was. */
  properties: Properties;
  /** Of an update: what it was, and whether it takes a failed one back. */
  previous?: Properties;
  rollback?: boolean;
  /** Of a replacement: the create-only properties that make it one, and what becomes of the old resource. */
  replacement?: { properties: string[]; keepsOld: boolean };
}

/** What an operation has done to one resource. */
export interface Step {
  kind: 'create' | 'update' | 'replace';
  before?: StackResource;
  /** What it has become, or was to become. */
  after: StackResource;
  failed: boolean;
  /** Whether its type was asked for anything: what was refused before needs no taking back. */
  begun: boolean;
}

export interface Removal {
  /** The resources were created by the operation that removes them. */
  createdNow?: boolean;
  /** The cleanup after an update or its rollback: each is tried several times, and then let go of. */
  isCleanup?: boolean;
  /** These are left alone, whatever their policies. */
  retain?: string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-resource-removed-not-deleted */
const CLEANUP_ATTEMPTS = 3;

/** The resources of one stack: creates, changes, restores and removes them one at a time, and tells of each. */
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

  /** What templates see of a resource that exists. */
  visible(logicalId: string): Visible | undefined {
    const { physicalId, model, typeName } = this.#resources.get(logicalId) ?? {};
    if (physicalId === undefined || model === undefined || typeName === undefined) return undefined;
    const type = this.#typeOf(typeName);
    return {
      ref: physicalId,
      attribute: (name) => type.attribute({ physicalId, model }, name),
    };
  }

  /** What is wrong with properties that are all known. */
  problems({ typeName, properties }: Pick<WantedResource, 'typeName' | 'properties'>): string[] {
    return this.#typeOf(typeName).problems(properties);
  }

  /** Whether the resource that is there is not the one that is wanted. */
  differs(wanted: WantedResource): boolean {
    const before = this.#resources.get(wanted.logicalId);
    return (
      before === undefined ||
      isFailed(before) ||
      this.#isUpdate(before, wanted) ||
      !sameInTemplate(before.metadata, wanted.metadata)
    );
  }

  /** Tells that a resource fails before anything is asked of its type. */
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

  /** Makes a resource what is wanted; undefined where it is already. */
  async deploy(
    wanted: WantedResource,
    { canReplace, policy }: { canReplace: boolean; policy?: StackPolicy | undefined },
  ): Promise<Step | undefined> {
    const before = this.#resources.get(wanted.logicalId);
    if (before && !this.#isUpdate(before, wanted)) {
      this.#resources.set(wanted.logicalId, { ...before, ...wanted });
      return undefined;
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

  /** Takes one step of a failed update back; false where that fails. */
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

  /** Leaves a resource as a failed rollback has left it, and takes it for what it was before. */
  skip({ before, after }: Step): void {
    if (!before) return;
    const skipped: StackResource = { ...before, model: after.model, status: 'UPDATE_COMPLETE' };
    this.#resources.set(skipped.logicalId, skipped);
    this.#tell(skipped, skipped.status);
  }

  /**
   * Deletes resources, each before those that it depends on, as their policies say. What a resource that cannot be
   * deleted depends on is left alone, but for a cleanup.
   * @returns those that could not be deleted.
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

  /** The resource is no longer the stack's. */
  #forget({ logicalId, physicalId }: StackResource): void {
    if (this.#resources.get(logicalId)?.physicalId === physicalId) {
      this.#resources.delete(logicalId);
    }
  }

  #isUpdate(before: StackResource, wanted: WantedResource): boolean {
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

  /** The new one first; the old one goes when everything refers to the new one. */
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
    return this.#act(wanted, (type) => type.create({ ...wanted, stack: this.#stack, begun }));
  }

  #ask(wanted: StackResource, before: StackResource, rollback: boolean): Promise<Outcome> {
    const { physicalId = '', model } = wanted;
    return this.#act(wanted, (type) =>
      type.update({
        ...wanted,
        stack: this.#stack,
        resource: { physicalId, model },
        previous: { properties: before.properties, tags: before.tags },
        rollback,
      }),
    );
  }

  /** Every request to a resource's type passes here, once its properties are known and valid. */
  #act(
    { typeName }: WantedResource,
    ask: (type: ResourceType) => Promise<Outcome>,
  ): Promise<Outcome> {
    return ask(this.#typeOf(typeName));
  }

  async #delete(resource: StackResource, removal: Removal): Promise<boolean> {
    const { createdNow = false, isCleanup = false, retain = [] } = removal;
    const { logicalId, physicalId, deletionPolicy } = resource;
    const isRetained =
      retain.includes(logicalId) ||
      deletionPolicy === 'Retain' ||
      (deletionPolicy === 'RetainExceptOnCreate' && !createdNow);
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
      const outcome = await this.#act(resource, (type) =>
        type.delete({ ...resource, physicalId, stack: this.#stack }),
      );
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

/** A resource that was never there whole: the next operation deletes it. */
export const isFailed = ({ status }: StackResource): boolean => status === 'CREATE_FAILED';

/**
 * Whether what a replacement leaves behind stays. Which of the two templates decides is not on record, so both have to
 * say so. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
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

/** Each before those that it depends on. */
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
