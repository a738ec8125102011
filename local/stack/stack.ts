import { randomUUID } from 'node:crypto';
import { partitionOf } from '../../src/lustre/catalog/partitions';
import type { Properties, Tags } from '../registry/protocol';
import { checkCapabilities } from './capabilities';
import type { Capability } from './capabilities';
import { SAYS, ValidationError } from './refusals';
import type { Template } from './template';
import { Exports } from './exports';
import { Hooks } from './hooks';
import type { HookOptions } from './hooks';
import { maskedEvent } from './masking';
import type { ParameterStore } from './parameters';
import type { ResourceType, ResourceTypes } from './resource-type';
import { isFailed, keepsReplaced, Resources } from './resources';
import type { ResourceEvent, StackResource, Step, WantedResource } from './resources';
import { StandInResources } from './stand-in-resources';
import type { Place } from './stand-in-resources';
import { StackPolicy } from './stack-policy';
import { StackTemplate } from './stack-template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes */
export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

export interface StackEvent {
  stackName: string;
  status: StackStatus;
  reason?: string;
}

export interface StackOptions {
  /** Up to 128 letters, digits and hyphens; `demo` unless given. */
  name?: string;
  region?: string;
  accountId?: string;
  /** The types of the account's registry; every other that is not AWS's own is unknown. */
  registered?: ResourceType[];
  /** The hooks of the account. */
  hooks?: readonly HookOptions[];
  /** What the other stacks of the account export, and what this one will. */
  exports?: Exports;
  /** What Systems Manager holds for the account, beside the parameters of AWS; nothing unless given. */
  parameterStore?: ParameterStore;
  observe?: (event: StackEvent) => void;
  observeResource?: (event: ResourceEvent) => void;
}

/** What a stack is to be. */
export interface StackInput {
  template: Template;
  parameters?: Record<string, string>;
  /** The stack's tags; those that it has unless given. */
  tags?: Tags;
  /** A failed operation leaves what has succeeded as it is. */
  disableRollback?: boolean;
  /** What becomes of a creation that fails; ROLLBACK unless given, and not beside disableRollback. */
  onFailure?: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  /** What has to be acknowledged of the template. */
  capabilities?: Capability[];
  /** The stack's policy from now on, as JSON. */
  policy?: string;
  /** What stands in for it during this update alone. */
  policyDuringUpdate?: string;
  /** Whether the stack that is created can be deleted only once that is taken back. */
  terminationProtection?: boolean;
}

/** One operation, as far as it has come. */
interface Operation {
  wanted: StackTemplate;
  tags: Tags;
  disableRollback: boolean;
  /** What an update may do; all where there is none. */
  policy?: StackPolicy | undefined;
  steps: Step[];
}

/** In which a stack can be updated, and in which without rollback. */
const UPDATABLE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
]);
const UPDATABLE_WITHOUT_ROLLBACK: ReadonlySet<string> = new Set([
  ...UPDATABLE,
  'CREATE_FAILED',
  'UPDATE_FAILED',
]);

/**
 * A stack: creates, updates, rolls back and deletes its resources in the order, with the statuses and by the policies
 * of CloudFormation. One resource at a time, where CloudFormation works on several that do not depend on each other.
 *
 * Every operation returns the status that it ends in. What CloudFormation refuses before it begins is thrown as a
 * ValidationError, and the stack stays as it was.
 */
export class Stack {
  readonly name: string;
  readonly id: string;
  readonly #place: Place;
  readonly #types: ResourceTypes;
  readonly #exports: Exports;
  readonly #parameterStore: ParameterStore;
  readonly #resources: Resources;
  readonly #observe: ((event: StackEvent) => void) | undefined;
  #status: StackStatus | undefined;
  /** Values that no event may show. */
  #secrets: string[] = [];
  #tags: Tags = {};
  #deployed: StackTemplate | undefined;
  #outputs: Record<string, string> = {};
  /** The update that a failed rollback has not taken back whole, and the resources at which it has failed. */
  #halfTakenBack: { operation: Operation; failed: string[] } | undefined;
  /** What resources were before updates that failed without rollback; undefined for those that were not there. */
  readonly #stable = new Map<string, StackResource | undefined>();
  #policy: StackPolicy | undefined;
  #isProtected = false;

  constructor(options: StackOptions = {}) {
    const { name = 'demo', region = 'us-east-1', accountId = '123456789012' } = options;
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
      throw new ValidationError(SAYS.stackName(name));
    this.name = name;
    this.#place = {
      region,
      accountId,
      stackName: name,
      partition: partitionOf(region).name,
    };
    this.id = `arn:${this.#place.partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
    this.#types = resourceTypes(options.registered ?? [], this.#place);
    this.#exports = options.exports ?? new Exports();
    this.#parameterStore = options.parameterStore ?? {};
    this.#observe = options.observe;
    const hooks = new Hooks(options.hooks ?? [], { id: this.id, name });
    this.#resources = new Resources(this.#types, { id: this.id, name }, hooks, (event) => {
      options.observeResource?.(maskedEvent(event, this.#secrets));
    });
  }

  /** Undefined before the stack is created. */
  get status(): StackStatus | undefined {
    return this.#status;
  }

  get resources(): StackResource[] {
    return this.#resources.all();
  }

  /** Those of the last operation that succeeded. */
  get outputs(): Readonly<Record<string, string>> {
    return this.#outputs;
  }

  /** Those of the last operation that succeeded; asterisks stand for what must not be shown. */
  get parameters(): Readonly<Record<string, string>> {
    return this.#deployed?.shownParameters ?? {};
  }

  /** Whether the stack can be deleted only once this is taken back. */
  set terminationProtection(isProtected: boolean) {
    if (this.#status === undefined) throw new ValidationError(SAYS.noStack(this.name));
    this.#isProtected = isProtected;
  }

  /**
   * What updates may do from now on, as JSON.
   * @throws ValidationError where it is no policy.
   */
  set policy(body: string) {
    this.#policy = new StackPolicy(body);
  }

  /** The properties of a deployed resource, with the text of Fn::Base64 left readable. */
  readableProperties(logicalId: string): Properties {
    return this.#deployed?.properties(logicalId, this.#lookup, true) ?? {};
  }

  /**
   * What a template would become as this stack.
   * @throws ValidationError where CloudFormation refuses it.
   */
  accept({ template, parameters = {} }: StackInput): StackTemplate {
    return new StackTemplate(template, parameters, {
      stackId: this.id,
      place: this.#place,
      types: this.#types,
      exports: this.#exports,
      parameterStore: this.#parameterStore,
    });
  }

  /**
   * The resources that a template would make of what there is, their functions carried out; those that cannot be are left out.
   * @throws ValidationError where CloudFormation refuses the template.
   */
  preview(input: StackInput): WantedResource[] {
    const operation = this.#operation(input, this.#tags);
    return operation.wanted.logicalIds
      .map((id) => this.#attempted(id, operation))
      .filter((resource) => 'properties' in resource);
  }

  async create(input: StackInput): Promise<StackStatus> {
    const { onFailure, policy, terminationProtection = false } = input;
    if (onFailure !== undefined && input.disableRollback !== undefined) {
      throw new ValidationError(SAYS.rollbackTwice);
    }
    const staysAsItIs = input.disableRollback ?? onFailure === 'DO_NOTHING';
    const operation = this.#operation({ ...input, disableRollback: staysAsItIs }, {});
    if (this.#status !== undefined && this.#status !== 'DELETE_COMPLETE') {
      throw new ValidationError(SAYS.alreadyExists(this.name));
    }
    this.#policy = policy === undefined ? undefined : new StackPolicy(policy);
    this.#isProtected = terminationProtection;
    this.#tell('CREATE_IN_PROGRESS', SAYS.initiated);
    const failure = await this.#carryOut(operation);
    if (failure === undefined) return this.#tell('CREATE_COMPLETE');
    if (operation.disableRollback) return this.#tell('CREATE_FAILED', failure);
    if (onFailure === 'DELETE') return this.#deleteAll(SAYS.deleteByUser(failure), true);
    this.#tell('ROLLBACK_IN_PROGRESS', SAYS.byUser(failure));
    const left = await this.#resources.remove(this.#resources.all(), { createdNow: true });
    return left.length === 0
      ? this.#tell('ROLLBACK_COMPLETE')
      : this.#tell('ROLLBACK_FAILED', SAYS.failedTo('delete', idsOf(left)));
  }

  async update(input: StackInput): Promise<StackStatus> {
    const { policy, policyDuringUpdate } = input;
    const operation = this.#operation(input, this.#tags);
    this.#checkUpdate(operation);
    operation.policy =
      policyDuringUpdate === undefined ? this.#policy : new StackPolicy(policyDuringUpdate);
    if (policy !== undefined) this.policy = policy;
    this.#tell('UPDATE_IN_PROGRESS', SAYS.initiated);
    const failure = (await this.#removeFailed()) ?? (await this.#carryOut(operation));
    if (failure !== undefined) return this.#failUpdate(operation, failure);
    this.#stable.clear();
    this.#tell('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const left = await this.#resources.remove(this.#obsolete(operation), { isCleanup: true });
    return this.#tell('UPDATE_COMPLETE', left.length > 0 ? SAYS.notDeleted : undefined);
  }

  /**
   * Goes on with a rollback that failed.
   * @param skip resources that stay as they are, of those at which the rollback has failed
   */
  async continueUpdateRollback({ skip = [] }: { skip?: string[] } = {}): Promise<StackStatus> {
    const open = this.#halfTakenBack;
    if (this.#status !== 'UPDATE_ROLLBACK_FAILED' || !open) {
      throw new ValidationError(SAYS.cannotContinue(this.id, String(this.#status)));
    }
    const others = skip.filter((id) => !open.failed.includes(id));
    if (others.length > 0) throw new ValidationError(SAYS.cannotSkip(others));
    this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', SAYS.initiated);
    return this.#takeBack(open.operation, skip);
  }

  /**
   * Takes a stack whose creation or update has failed without rollback back to its last stable state; one that has never had
   * one is deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
   */
  async rollback(): Promise<StackStatus> {
    if (this.#status !== 'CREATE_FAILED' && this.#status !== 'UPDATE_FAILED') {
      throw new ValidationError(SAYS.cannotRollBack(this.id, String(this.#status)));
    }
    const wanted = this.#deployed;
    if (!wanted) return this.#deleteAll(SAYS.initiated, true);
    this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', SAYS.initiated);
    const steps = [...this.#stable].flatMap(([id, before]): Step[] => {
      const after = this.#resources.get(id);
      const isRestored = before?.properties === after?.properties && before?.tags === after?.tags;
      if (!after || isRestored) return [];
      const step = { after, failed: false, begun: true };
      return [before ? { ...step, kind: 'update', before } : { ...step, kind: 'create' }];
    });
    return this.#takeBack({ wanted, tags: this.#tags, disableRollback: false, steps });
  }

  /** @param retain resources that stay, which CloudFormation allows where a deletion has failed */
  async delete({ retain = [] }: { retain?: string[] } = {}): Promise<StackStatus> {
    if (this.#status === undefined) throw new ValidationError(SAYS.noStack(this.name));
    if (this.#status === 'DELETE_COMPLETE') return this.#status;
    if (this.#isProtected) throw new ValidationError(SAYS.protectedStack(this.name));
    if (retain.length > 0 && this.#status !== 'DELETE_FAILED') {
      throw new ValidationError(SAYS.retainAfterFailure(this.id));
    }
    return this.#deleteAll(SAYS.initiated, false, retain);
  }

  async #deleteAll(
    reason: string,
    createdNow: boolean,
    retain: string[] = [],
  ): Promise<StackStatus> {
    this.#tell('DELETE_IN_PROGRESS', reason);
    const inUse = this.#exports.conflict(this.name, new Map());
    if (inUse !== undefined) return this.#tell('DELETE_FAILED', inUse);
    const left = await this.#resources.remove(this.#everything(), { retain, createdNow });
    if (left.length > 0) return this.#tell('DELETE_FAILED', SAYS.failedTo('delete', idsOf(left)));
    this.#halfTakenBack = undefined;
    this.#deployed = undefined;
    this.#stable.clear();
    this.#exports.publish(this.name, new Map(), new Set());
    this.#outputs = {};
    return this.#tell('DELETE_COMPLETE');
  }

  #operation(input: StackInput, tags: Tags): Operation {
    const wanted = this.accept(input);
    const { disableRollback = false, capabilities = [] } = input;
    checkCapabilities(wanted.template, capabilities);
    this.#secrets = wanted.secrets;
    return { wanted, tags: input.tags ?? tags, disableRollback, steps: [] };
  }

  #checkUpdate(operation: Operation): void {
    const { wanted, disableRollback } = operation;
    if (this.#status === undefined) throw new ValidationError(SAYS.noStack(this.name));
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html: a failed stack is
    // updated without rollback, since there is nothing to roll back to.
    if (!(disableRollback ? UPDATABLE_WITHOUT_ROLLBACK : UPDATABLE).has(this.#status)) {
      throw new ValidationError(SAYS.cannotUpdate(this.id, this.#status));
    }
    const ofAnotherType = wanted.logicalIds.filter((id) => {
      const before = this.#resources.get(id);
      return before && before.typeName !== wanted.resource(id).type;
    });
    if (ofAnotherType.length > 0) throw new ValidationError(SAYS.otherType(ofAnotherType));
    if (!this.#changes(operation)) throw new ValidationError(SAYS.noUpdates);
  }

  /**
   * Whether there is an update to perform. Changes of outputs, conditions and policies alone are none.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-no-updates-to-perform
   */
  #changes(operation: Operation): boolean {
    const { logicalIds } = operation.wanted;
    if (this.#resources.all().some(({ logicalId }) => !logicalIds.includes(logicalId))) return true;
    if (logicalIds.some((id) => !this.#resources.get(id))) return true;
    return logicalIds.some((id) => {
      const resource = this.#attempted(id, operation);
      return !('properties' in resource) || this.#resources.differs(resource);
    });
  }

  /** Provisions the resources and publishes the outputs; why that failed, or undefined. */
  async #carryOut(operation: Operation): Promise<string | undefined> {
    const { wanted, tags } = operation;
    const failure =
      wanted.failsAtStart() ??
      this.#refused(operation) ??
      this.#denied(operation) ??
      (await this.#provision(operation));
    if (failure !== undefined) return failure;
    const unpublished = this.#publish(wanted);
    if (unpublished !== undefined) return unpublished;
    this.#deployed = wanted;
    this.#tags = tags;
    return undefined;
  }

  /** Looks at all properties that need nothing of other resources before anything is begun. */
  #refused(operation: Operation): string | undefined {
    const { wanted, tags } = operation;
    const refused = wanted.logicalIds.flatMap((id) => {
      const properties = wanted.knownProperties(id);
      if (!properties) return [];
      const resource = this.#wanted(id, wanted, tags, properties);
      const problems = this.#resources.differs(resource) ? this.#resources.problems(resource) : [];
      if (problems.length === 0) return [];
      const reason = SAYS.invalidFromTheStart(id, problems);
      operation.steps.push(this.#resources.refuse(resource, reason));
      return [id];
    });
    return refused.length === 0 ? undefined : SAYS.invalidResources(refused);
  }

  /** Holds what the template has no more against the stack's policy, before anything is begun. */
  #denied({ wanted, policy, steps }: Operation): string | undefined {
    const denied = this.#removed(wanted).flatMap((resource) => {
      const denial = policy?.denial('Update:Delete', resource);
      return denial === undefined ? [] : [this.#resources.refuse(resource, denial)];
    });
    steps.push(...denied);
    return failureOf(denied);
  }

  /** What the stack has, and a template has no more. */
  #removed({ logicalIds }: StackTemplate): StackResource[] {
    return this.#resources.all().filter(({ logicalId }) => !logicalIds.includes(logicalId));
  }

  async #provision(operation: Operation): Promise<string | undefined> {
    const { wanted, disableRollback, steps } = operation;
    const failed: Step[] = [];
    const blocked = new Set<string>();
    for (const id of wanted.logicalIds) {
      // Without rollback every path goes on until it fails.
      if (wanted.dependencies(id).some((other) => blocked.has(other))) {
        blocked.add(id);
        continue;
      }
      const step = await this.#provisionOne(id, operation);
      if (step) steps.push(step);
      if (!step?.failed) continue;
      failed.push(step);
      blocked.add(id);
      if (!disableRollback) break;
    }
    return failureOf(failed);
  }

  async #provisionOne(id: string, operation: Operation): Promise<Step | undefined> {
    const { wanted, tags, disableRollback, policy } = operation;
    const resource = this.#attempted(id, operation);
    return 'properties' in resource
      ? this.#resources.deploy(resource, { canReplace: !disableRollback, policy })
      : this.#resources.refuse(this.#wanted(id, wanted, tags, {}), resource.refusal);
  }

  /** A resource with its functions carried out, or why they cannot be. */
  #attempted(id: string, { wanted, tags }: Operation): WantedResource | { refusal: string } {
    try {
      return this.#wanted(id, wanted, tags);
    } catch (error) {
      if (error instanceof ValidationError) return { refusal: error.message };
      throw error;
    }
  }

  /** Resolves the outputs, and claims the names of the exports. */
  #publish(wanted: StackTemplate): string | undefined {
    try {
      const outputs = wanted.outputs(this.#lookup);
      const exported = new Map(
        outputs.flatMap(({ exportName, value }) =>
          exportName === undefined ? [] : [[exportName, value] as const],
        ),
      );
      const conflict = this.#exports.conflict(this.name, exported);
      if (conflict !== undefined) return conflict;
      this.#exports.publish(this.name, exported, wanted.imported);
      this.#outputs = Object.fromEntries(outputs.map(({ name, value }) => [name, value]));
      return undefined;
    } catch (error) {
      if (error instanceof ValidationError) return error.message;
      throw error;
    }
  }

  /** What a failed operation without rollback has left, which has no state to go back to. */
  async #removeFailed(): Promise<string | undefined> {
    const failed = this.#resources.all().filter(isFailed);
    const left = await this.#resources.remove(failed, { createdNow: true });
    return left.length === 0 ? undefined : SAYS.failedTo('delete', idsOf(left));
  }

  async #failUpdate(operation: Operation, failure: string): Promise<StackStatus> {
    if (!operation.disableRollback) {
      this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', failure);
      return this.#takeBack(operation);
    }
    // What failed goes back to the state that it had, and what did not stays.
    for (const step of operation.steps.filter(({ failed }) => failed)) {
      await this.#resources.restore(step);
    }
    for (const { after, before } of operation.steps) {
      if (!this.#stable.has(after.logicalId)) this.#stable.set(after.logicalId, before);
    }
    return this.#tell('UPDATE_FAILED', failure);
  }

  async #takeBack(operation: Operation, skip: readonly string[] = []): Promise<StackStatus> {
    const open = operation.steps.filter(({ before }) => before);
    for (const step of this.#inFormerOrder(open)) {
      const { logicalId } = step.after;
      if (skip.includes(logicalId)) this.#resources.skip(step);
      else if (!(await this.#resources.restore(step))) {
        this.#halfTakenBack = { operation, failed: [logicalId] };
        return this.#tell('UPDATE_ROLLBACK_FAILED', SAYS.failedTo('update', [logicalId]));
      }
      // Is not taken back a second time when a rollback that fails later goes on.
      operation.steps.splice(operation.steps.indexOf(step), 1, ...newOf(step));
    }
    this.#halfTakenBack = undefined;
    this.#stable.clear();
    this.#tell('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    const created = operation.steps.flatMap(newOf).map(({ after }) => after);
    const left = await this.#resources.remove(created, { createdNow: true, isCleanup: true });
    return this.#tell('UPDATE_ROLLBACK_COMPLETE', left.length > 0 ? SAYS.notDeleted : undefined);
  }

  /** In the order of the template that is gone back to. */
  #inFormerOrder(steps: Step[]): Step[] {
    const order = this.#deployed?.logicalIds ?? [];
    const at = ({ after }: Step): number => order.indexOf(after.logicalId);
    return [...steps].sort((one, other) => at(one) - at(other));
  }

  /** What an update that succeeded leaves to be deleted: what it replaced, and what the template has no more. */
  #obsolete({ wanted, steps }: Operation): StackResource[] {
    const replaced = steps.flatMap(({ kind, before, after }) =>
      kind === 'replace' && before ? [withReplacePolicy(before, after)] : [],
    );
    return [...replaced, ...this.#removed(wanted)];
  }

  /** The stack's resources, and both of each pair that an update has not been taken back to or from. */
  #everything(): StackResource[] {
    const open = this.#halfTakenBack?.operation.steps ?? [];
    const pairs = open.flatMap((step) => [
      ...(step.kind === 'replace' && step.before ? [step.before] : []),
      ...newOf(step).map(({ after }) => after),
    ]);
    const all = [...this.#resources.all(), ...pairs];
    return all.filter(
      ({ physicalId }, at) =>
        physicalId === undefined || all.findIndex((one) => one.physicalId === physicalId) === at,
    );
  }

  readonly #lookup = (logicalId: string): ReturnType<Resources['visible']> =>
    this.#resources.visible(logicalId);

  #wanted(
    logicalId: string,
    wanted: StackTemplate,
    tags: Tags,
    properties = wanted.properties(logicalId, this.#lookup),
  ): WantedResource {
    const { type, metadata, deletionPolicy, updateReplacePolicy } = wanted.resource(logicalId);
    const dependencies = wanted.dependencies(logicalId);
    return {
      logicalId,
      typeName: type,
      properties,
      tags,
      metadata,
      dependencies,
      deletionPolicy,
      updateReplacePolicy,
    };
  }

  #tell(status: StackStatus, reason?: string): StackStatus {
    this.#status = status;
    this.#observe?.({ stackName: this.name, status, ...(reason !== undefined && { reason }) });
    return status;
  }
}

/** AWS's own types are stood in for; a third party's is known where it is registered. */
function resourceTypes(registered: ResourceType[], place: Place): ResourceTypes {
  const types = new Map(registered.map((type) => [type.typeName, type]));
  return (typeName) => {
    const known = types.get(typeName);
    if (known ?? !/^(AWS|Alexa|Custom)::.+$/.test(typeName)) return known;
    const standIn = new StandInResources(typeName, place);
    types.set(typeName, standIn);
    return standIn;
  };
}

const idsOf = (resources: StackResource[]): string[] => resources.map(({ logicalId }) => logicalId);

function failureOf(failed: Step[]): string | undefined {
  const ids = (kind: 'create' | 'update'): string[] =>
    failed
      .filter(({ before }) => (before === undefined) === (kind === 'create'))
      .map(({ after }) => after.logicalId);
  const sentences = (['create', 'update'] as const)
    .filter((kind) => ids(kind).length > 0)
    .map((kind) => SAYS.failedTo(kind, ids(kind)));
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** The resource that a step has created, for a rollback to delete. */
function newOf(step: Step): Step[] {
  const { kind, after, begun } = step;
  if (kind === 'update' || !begun) return [];
  const created = { ...step, after };
  delete created.before;
  return [{ ...created, kind: 'create' }];
}

/** The old resource of a replacement, to be deleted or kept by that policy alone. */
function withReplacePolicy(before: StackResource, after: StackResource): StackResource {
  return { ...before, deletionPolicy: keepsReplaced(before, after) ? 'Retain' : 'Delete' };
}
