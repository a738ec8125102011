import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { partitionOf } from '../../src/lustre/catalog/partitions';
import type { Properties, Tags } from '../registry/protocol';
import { checkCapabilities } from './capabilities';
import type { Capability } from './capabilities';
import { NotModeled, SAYS, ValidationError } from './refusals';
import type { Template } from './template';
import { Exports } from './exports';
import { Hooks } from './hooks';
import type { HookOptions } from './hooks';
import { maskedEvent } from './masking';
import type { ParameterStore } from './parameters';
import type { ResourceType, ResourceTypes } from './resource-type';
import { isFailed, keepsReplaced, Resources } from './resources';
import type { Removal, ResourceEvent, StackResource, Step, WantedResource } from './resources';
import { StandInResources } from './stand-in-resources';
import type { Place } from './stand-in-resources';
import { StackPolicy } from './stack-policy';
import { checkTags } from './stack-tags';
import { isListedType } from './type-names';
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
  /** Up to 128 letters, digits and hyphens. Default: `demo`. */
  name?: string;
  region?: string;
  accountId?: string;
  /** The registered types of the account. All other types, except AWS's own, are unknown. */
  registered?: ResourceType[];
  /** The hooks of the account. */
  hooks?: readonly HookOptions[];
  /** The exports of the other stacks in the account, and of this one. */
  exports?: Exports;
  /** The parameters in Systems Manager, in addition to those of AWS. Default: none. */
  parameterStore?: ParameterStore;
  observe?: (event: StackEvent) => void;
  observeResource?: (event: ResourceEvent) => void;
}

/** The desired state of a stack. */
export interface StackInput {
  template: Template;
  parameters?: Record<string, string>;
  /** Parameters that keep the values that the stack has (UsePreviousValue). Others have their given values or defaults. */
  previousParameters?: readonly string[];
  /** The stack's tags. Default: the current ones. */
  tags?: Tags;
  /** Whether a failed operation keeps what has succeeded. */
  disableRollback?: boolean;
  /** What happens after a failed creation. Default: ROLLBACK. Cannot be used with disableRollback. */
  onFailure?: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  /** Whether a rollback also deletes new resources with the deletion policy Retain. */
  retainExceptOnCreate?: boolean;
  /** The acknowledged capabilities. */
  capabilities?: Capability[];
  /** The new stack policy, as JSON. */
  policy?: string;
  /** The stack policy for this update only. */
  policyDuringUpdate?: string;
  /** Whether termination protection is enabled for the new stack. */
  terminationProtection?: boolean;
}

/** One operation, with its progress. */
interface Operation {
  wanted: StackTemplate;
  tags: Tags;
  disableRollback: boolean;
  retainExceptOnCreate: boolean;
  /** What an update may do. Absent: everything. */
  policy?: StackPolicy | undefined;
  steps: Step[];
}

/** The statuses in which a stack can be updated, and in which it can be updated without rollback. */
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
 * A stack: creates, updates, rolls back and deletes its resources in CloudFormation's order, with its statuses and policies.
 * It works on one resource at a time, while CloudFormation works on several that do not depend on each other.
 *
 * Every operation returns its final status. If CloudFormation would refuse it before it starts, it throws a ValidationError
 * and the stack stays unchanged.
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
  /** Values that no event may contain: those of this operation, and of earlier ones, to which a rollback returns. */
  readonly #secrets = new Set<string>();
  #tags: Tags = {};
  #deployed: StackTemplate | undefined;
  #outputs: Record<string, string> = {};
  /** The update that a failed rollback has not rolled back completely, and the resources at which it failed. */
  #incompleteRollback: { operation: Operation; failed: string[] } | undefined;
  /** The resources before updates that failed without rollback; undefined for those that did not exist. */
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
      options.observeResource?.(maskedEvent(event, [...this.#secrets]));
    });
  }

  /** Undefined before the stack is created. */
  get status(): StackStatus | undefined {
    return this.#status;
  }

  get resources(): StackResource[] {
    return this.#resources.all();
  }

  /** The outputs of the last operation that succeeded. */
  get outputs(): Readonly<Record<string, string>> {
    return this.#outputs;
  }

  /** The parameters of the last operation that succeeded, with asterisks for those with NoEcho. */
  get parameters(): Readonly<Record<string, string>> {
    return this.#deployed?.shownParameters ?? {};
  }

  /** Whether termination protection is enabled. */
  set terminationProtection(isProtected: boolean) {
    if (this.#status === undefined) throw new ValidationError(SAYS.noStack(this.name));
    this.#isProtected = isProtected;
  }

  /**
   * Sets the stack policy, as JSON.
   *
   * @throws ValidationError if it is not valid.
   */
  set policy(body: string) {
    this.#policy = new StackPolicy(body);
  }

  /** The properties of a deployed resource, with the text of Fn::Base64 left readable. */
  readableProperties(logicalId: string): Properties {
    return this.#deployed?.properties(logicalId, this.#lookup, true) ?? {};
  }

  /**
   * A template as the desired state of this stack.
   *
   * @throws ValidationError if CloudFormation refuses it.
   */
  accept({ template, parameters = {}, previousParameters = [] }: StackInput): StackTemplate {
    const previous = previousParameters.map((name) => [name, this.#previousValue(name)]);
    const given = { ...parameters, ...(Object.fromEntries(previous) as Record<string, string>) };
    return new StackTemplate(template, given, {
      stackId: this.id,
      place: this.#place,
      types: this.#types,
      exports: this.#exports,
      parameterStore: this.#parameterStore,
    });
  }

  #previousValue(parameter: string): string {
    const value = this.#deployed?.givenValue(parameter);
    if (value === undefined) throw new ValidationError(SAYS.noPreviousValue(parameter));
    return value;
  }

  /**
   * The resources that an update to a template would result in, with their functions evaluated. Those that cannot be
   * evaluated are omitted.
   *
   * @throws ValidationError if CloudFormation refuses the template.
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
    const { disableRollback, retainExceptOnCreate } = operation;
    if (disableRollback) return this.#tell('CREATE_FAILED', failure);
    const removal = { createdNow: true, retainExceptOnCreate };
    if (onFailure === 'DELETE') return this.#deleteAll(SAYS.deleteByUser(failure), removal);
    this.#tell('ROLLBACK_IN_PROGRESS', SAYS.byUser(failure));
    const left = await this.#resources.remove(this.#resources.all(), removal);
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
   * Continues a failed rollback.
   *
   * @param skip Resources at which the rollback failed and that stay as they are.
   */
  async continueUpdateRollback({ skip = [] }: { skip?: string[] } = {}): Promise<StackStatus> {
    const open = this.#incompleteRollback;
    if (this.#status !== 'UPDATE_ROLLBACK_FAILED' || !open) {
      throw new ValidationError(SAYS.cannotContinue(this.id, String(this.#status)));
    }
    const others = skip.filter((id) => !open.failed.includes(id));
    if (others.length > 0) throw new ValidationError(SAYS.cannotSkip(others));
    this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', SAYS.initiated);
    return this.#rollBack(open.operation, skip);
  }

  /**
   * Rolls back a stack whose creation or update failed without rollback to its last stable state. A stack that never had one
   * is deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
   */
  async rollback({
    retainExceptOnCreate = false,
  }: Pick<StackInput, 'retainExceptOnCreate'> = {}): Promise<StackStatus> {
    if (this.#status !== 'CREATE_FAILED' && this.#status !== 'UPDATE_FAILED') {
      throw new ValidationError(SAYS.cannotRollBack(this.id, String(this.#status)));
    }
    const wanted = this.#deployed;
    if (!wanted) {
      return this.#deleteAll(SAYS.initiated, { createdNow: true, retainExceptOnCreate });
    }
    this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', SAYS.initiated);
    const steps = [...this.#stable].flatMap(([id, before]): Step[] => {
      const after = this.#resources.get(id);
      const isRestored = before?.properties === after?.properties && before?.tags === after?.tags;
      if (!after || isRestored) return [];
      const begun = !before || this.#resources.isUpdate(after, before);
      const step = { after, failed: false, begun };
      return [before ? { ...step, kind: 'update', before } : { ...step, kind: 'create' }];
    });
    const operation = { wanted, tags: this.#tags, disableRollback: false, retainExceptOnCreate };
    return this.#rollBack({ ...operation, steps });
  }

  /** @param retain Resources to keep, which CloudFormation allows after a failed deletion. */
  async delete({ retain = [] }: { retain?: string[] } = {}): Promise<StackStatus> {
    // The deletion of a stack that does not exist succeeds, and changes nothing.
    if (this.#status === undefined || this.#status === 'DELETE_COMPLETE') return 'DELETE_COMPLETE';
    if (this.#isProtected) throw new ValidationError(SAYS.protectedStack(this.name));
    this.#checkIdle();
    if (retain.length > 0 && this.#status !== 'DELETE_FAILED') {
      throw new ValidationError(SAYS.retainAfterFailure(this.id));
    }
    const unknown = retain.filter((id) => !this.#resources.get(id));
    if (unknown.length > 0) throw new ValidationError(SAYS.cannotRetain(unknown));
    return this.#deleteAll(SAYS.initiated, { retain });
  }

  /** @throws NotModeled for a deletion that cancels a creation. */
  #checkIdle(): void {
    const status = String(this.#status);
    if (status === 'CREATE_IN_PROGRESS' || status === 'DELETE_IN_PROGRESS') {
      throw new NotModeled(`the deletion of a stack in ${status}`);
    }
    if (status.endsWith('_IN_PROGRESS')) {
      throw new ValidationError(SAYS.cannotDelete(this.id, status));
    }
  }

  async #deleteAll(reason: string, removal: Removal): Promise<StackStatus> {
    this.#tell('DELETE_IN_PROGRESS', reason);
    const inUse = this.#exports.conflict(this.name, new Map());
    if (inUse !== undefined) return this.#tell('DELETE_FAILED', inUse);
    const left = await this.#resources.remove(this.#allResources(), removal);
    if (left.length > 0) return this.#tell('DELETE_FAILED', SAYS.failedTo('delete', idsOf(left)));
    this.#incompleteRollback = undefined;
    this.#deployed = undefined;
    this.#stable.clear();
    this.#exports.publish(this.name, new Map(), new Set());
    this.#outputs = {};
    return this.#tell('DELETE_COMPLETE');
  }

  #operation(input: StackInput, tags: Tags): Operation {
    checkTags(input.tags ?? {});
    const wanted = this.accept(input);
    const { disableRollback = false, retainExceptOnCreate = false, capabilities = [] } = input;
    checkCapabilities(wanted.template, capabilities);
    for (const secret of wanted.secrets) this.#secrets.add(secret);
    return { wanted, tags: input.tags ?? tags, disableRollback, retainExceptOnCreate, steps: [] };
  }

  #checkUpdate(operation: Operation): void {
    const { wanted, disableRollback } = operation;
    if (this.#status === undefined) throw new ValidationError(SAYS.noStack(this.name));
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html: a failed stack is updated
    // without rollback, because there is no state to roll back to.
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
   * Whether there are updates to perform. Changes of conditions and policies alone do not count, but those of outputs do,
   * although the guide names them too.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-no-updates-to-perform
   * https://github.com/aws/aws-cdk/pull/2029
   */
  #changes(operation: Operation): boolean {
    const { logicalIds } = operation.wanted;
    if (this.#deployed && !this.#sameOutputs(this.#deployed, operation.wanted)) return true;
    if (this.#resources.all().some(({ logicalId }) => !logicalIds.includes(logicalId))) return true;
    if (logicalIds.some((id) => !this.#resources.get(id))) return true;
    return logicalIds.some((id) => {
      const resource = this.#attempted(id, operation);
      return !('properties' in resource) || this.#resources.differs(resource);
    });
  }

  /** Whether two templates have the same outputs with the resources that exist now. Those that have none are different. */
  #sameOutputs(...templates: StackTemplate[]): boolean {
    try {
      const [before, after] = templates.map((template) => template.shownOutputs(this.#lookup));
      return isDeepStrictEqual(before, after);
    } catch (error) {
      if (error instanceof ValidationError) return false;
      throw error;
    }
  }

  /** Provisions the resources and publishes the outputs. Returns why that failed; undefined on success. */
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

  /** Validates all properties that do not depend on other resources, before anything starts. */
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

  /** Checks the removed resources against the stack policy, before anything starts. */
  #denied({ wanted, policy, steps }: Operation): string | undefined {
    const denied = this.#removed(wanted).flatMap((resource) => {
      const denial = policy?.denial('Update:Delete', resource);
      return denial === undefined ? [] : [this.#resources.refuse(resource, denial)];
    });
    steps.push(...denied);
    return failureOf(denied);
  }

  /** The resources of the stack that a template no longer has. */
  #removed({ logicalIds }: StackTemplate): StackResource[] {
    return this.#resources.all().filter(({ logicalId }) => !logicalIds.includes(logicalId));
  }

  async #provision(operation: Operation): Promise<string | undefined> {
    const { wanted, disableRollback, steps } = operation;
    const failed: Step[] = [];
    const blocked = new Set<string>();
    for (const id of wanted.logicalIds) {
      // Without rollback, independent resources continue after a failure.
      if (wanted.dependencies(id).some((other) => blocked.has(other))) {
        blocked.add(id);
        continue;
      }
      const step = await this.#provisionOne(id, operation);
      steps.push(step);
      if (!step.failed) continue;
      failed.push(step);
      blocked.add(id);
      if (!disableRollback) break;
    }
    return failureOf(failed);
  }

  async #provisionOne(id: string, operation: Operation): Promise<Step> {
    const { wanted, tags, disableRollback, policy } = operation;
    const resource = this.#attempted(id, operation);
    return 'properties' in resource
      ? this.#resources.deploy(resource, { canReplace: !disableRollback, policy })
      : this.#resources.refuse(this.#wanted(id, wanted, tags, {}), resource.refusal);
  }

  /** A resource with its functions evaluated, or why they cannot be. */
  #attempted(id: string, { wanted, tags }: Operation): WantedResource | { refusal: string } {
    try {
      return this.#wanted(id, wanted, tags);
    } catch (error) {
      if (error instanceof ValidationError) return { refusal: error.message };
      throw error;
    }
  }

  /** Evaluates the outputs, and claims the names of the exports. */
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

  /** Removes what a failed operation without rollback has left and that has no previous state. */
  async #removeFailed(): Promise<string | undefined> {
    const failed = this.#resources.all().filter(isFailed);
    const left = await this.#resources.remove(failed, { createdNow: true });
    return left.length === 0 ? undefined : SAYS.failedTo('delete', idsOf(left));
  }

  async #failUpdate(operation: Operation, failure: string): Promise<StackStatus> {
    if (!operation.disableRollback) {
      this.#tell('UPDATE_ROLLBACK_IN_PROGRESS', failure);
      return this.#rollBack(operation);
    }
    // Failed resources return to their previous state, and the others are kept.
    for (const step of operation.steps.filter(({ failed }) => failed)) {
      await this.#resources.restore(step);
    }
    for (const { after, before } of operation.steps) {
      if (!this.#stable.has(after.logicalId)) this.#stable.set(after.logicalId, before);
    }
    return this.#tell('UPDATE_FAILED', failure);
  }

  async #rollBack(operation: Operation, skip: readonly string[] = []): Promise<StackStatus> {
    const open = operation.steps.filter(({ before }) => before);
    for (const step of this.#inFormerOrder(open)) {
      const { logicalId } = step.after;
      if (skip.includes(logicalId)) this.#resources.skip(step);
      else if (!(await this.#resources.restore(step))) {
        this.#incompleteRollback = { operation, failed: [logicalId] };
        return this.#tell('UPDATE_ROLLBACK_FAILED', SAYS.failedTo('update', [logicalId]));
      }
      // Prevents a second rollback of the step when a failed rollback is continued.
      operation.steps.splice(operation.steps.indexOf(step), 1, ...newOf(step));
    }
    this.#incompleteRollback = undefined;
    this.#stable.clear();
    this.#tell('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    const created = operation.steps.flatMap(newOf).map(({ after }) => after);
    const { retainExceptOnCreate } = operation;
    const removal = { createdNow: true, isCleanup: true, retainExceptOnCreate };
    const left = await this.#resources.remove(created, removal);
    return this.#tell('UPDATE_ROLLBACK_COMPLETE', left.length > 0 ? SAYS.notDeleted : undefined);
  }

  /** In the order of the previous template. */
  #inFormerOrder(steps: Step[]): Step[] {
    const order = this.#deployed?.logicalIds ?? [];
    const at = ({ after }: Step): number => order.indexOf(after.logicalId);
    return [...steps].sort((one, other) => at(one) - at(other));
  }

  /** The resources to delete after a successful update: the replaced and the removed ones. */
  #obsolete({ wanted, steps }: Operation): StackResource[] {
    const replaced = steps.flatMap(({ kind, before, after }) =>
      kind === 'replace' && before ? [withReplacePolicy(before, after)] : [],
    );
    return [...replaced, ...this.#removed(wanted)];
  }

  /** The resources of the stack, including both resources of a replacement that was not rolled back completely. */
  #allResources(): StackResource[] {
    const open = this.#incompleteRollback?.operation.steps ?? [];
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
    const { type, deletionPolicy, updateReplacePolicy } = wanted.resource(logicalId);
    const dependencies = wanted.dependencies(logicalId);
    return {
      logicalId,
      typeName: type,
      properties,
      tags,
      metadata: wanted.attribute(logicalId, 'Metadata', this.#lookup),
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

/** AWS's own types are simulated; third-party types must be registered. */
function resourceTypes(registered: ResourceType[], place: Place): ResourceTypes {
  const types = new Map(registered.map((type) => [type.typeName, type]));
  return (typeName) => {
    const known = types.get(typeName);
    const isSimulated = typeName.startsWith('Custom::') || isListedType(typeName);
    if (known || !isSimulated) return known;
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

/** The resource that a step has created and a rollback must delete. */
function newOf({ kind, after, failed, begun }: Step): Step[] {
  return kind === 'update' || !begun ? [] : [{ kind: 'create', after, failed, begun }];
}

/** The old resource of a replacement. Only UpdateReplacePolicy decides whether it is deleted or kept. */
function withReplacePolicy(before: StackResource, after: StackResource): StackResource {
  return { ...before, deletionPolicy: keepsReplaced(before, after) ? 'Retain' : 'Delete' };
}
