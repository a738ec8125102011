import { ValidationError } from '../stack/refusals';
import type { ProgressEvent, Properties } from '../registry/protocol';
import type { Registry } from '../registry/registry';
import { attributeRows, brief, changes, linesWith } from './report';
import type { Screen } from './screen';
import { planOf, planSentences } from './plan';
import type { HookEvent } from '../stack/hooks';
import type { ResourceEvent, StackResource, WantedResource } from '../stack/resources';
import type { Stack, StackEvent, StackInput } from '../stack/stack';
import type { RegistryType } from '../registry/type-schema';

/** A step of the deployment failed. The message says why. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** Shows what a stack does with its resources, except with simulated ones. */
export class StackScreen {
  readonly #screen: Screen;
  /** The type whose resources have data. */
  readonly #main: string;
  readonly #shown: ReadonlySet<string>;

  constructor(screen: Screen, main: RegistryType, others: readonly { typeName: string }[]) {
    this.#screen = screen;
    this.#main = main.typeName;
    this.#shown = new Set([main, ...others].map(({ typeName }) => typeName));
  }

  stack({ stackName, status, reason }: StackEvent): void {
    this.#screen.stack(stackName, status, reason);
  }

  hook({ hookType, logicalId, failureMode, status, reason = '' }: HookEvent): void {
    const isPassed = status === 'HOOK_COMPLETE_SUCCEEDED' || failureMode === 'FAIL';
    const lets = isPassed ? '' : ' FailureMode is WARN: the operation continues.';
    this.#screen.hook(hookType, logicalId, status, `${reason}${lets}`);
  }

  resource(event: ResourceEvent): void {
    const { logicalId, status, reason, physicalId = '', properties, resourceType } = event;
    if (status.endsWith('_FAILED')) this.#screen.failure(logicalId, status, reason ?? '');
    if (!this.#shown.has(resourceType)) return;
    if (status === 'CREATE_IN_PROGRESS' && physicalId === '') {
      this.#screen.heading('Create', this.#named(event), summary(properties));
    } else if (status === 'UPDATE_IN_PROGRESS' && event.previous) {
      this.#update(event, changes(event.previous, properties));
    } else if (status === 'DELETE_IN_PROGRESS') {
      this.#screen.heading('Delete', this.#named(event), physicalId);
    } else if (status === 'DELETE_SKIPPED') {
      this.#screen.heading('Keep', this.#named(event), physicalId);
      this.#screen.remark(
        'Its policy retains it, with its data, outside the stack. It is billed until you delete it.',
      );
    }
  }

  /** The resource, with its type if that is not the main one. */
  #named({ logicalId, resourceType }: ResourceEvent): string {
    return resourceType === this.#main ? logicalId : `${logicalId} (${resourceType})`;
  }

  #update(event: ResourceEvent, detail: string): void {
    const { replacement, rollback, resourceType } = event;
    const action = replacement ? 'Replace' : rollback ? 'Roll back' : 'Update';
    this.#screen.heading(action, this.#named(event), detail || 'tags of the stack');
    if (!replacement) return;
    const names = replacement.properties.join(', ');
    const [added, data] =
      resourceType === this.#main
        ? ['a new, empty file system', ' and its data are']
        : ['a new resource', ' is'];
    const old = replacement.keepsOld
      ? 'the old one is retained with its data, and is still billed.'
      : `the old one${data} deleted.`;
    this.#screen.remark(
      `FSx accepts ${names} only at creation. CloudFormation replaces it: ${added}; ${old}`,
    );
  }
}

/** Creates, reads, lists, updates and deletes a template's stack, as CloudFormation does. */
export class Deployment {
  readonly #stack: Stack;
  readonly #registry: Registry;
  readonly #screen: Screen;
  readonly #type: RegistryType;
  readonly #region: string;
  readonly #created = new Map<string, Properties>();
  readonly #kept = new Set<string>();

  constructor(
    stack: Stack,
    registry: Registry,
    screen: Screen,
    type: RegistryType,
    region: string,
  ) {
    this.#region = region;
    this.#stack = stack;
    this.#registry = registry;
    this.#screen = screen;
    this.#type = type;
  }

  /** Resources that a policy keeps may still be listed at the end. */
  observe({ resourceType, status, physicalId = '' }: ResourceEvent): void {
    if (resourceType === this.#type.typeName && status === 'DELETE_SKIPPED') {
      this.#kept.add(physicalId);
    }
  }

  /**
   * @returns The IDs of the resources that a policy keeps.
   * @throws DeploymentError at the first step that fails.
   */
  async run(first: StackInput, second: StackInput): Promise<string[]> {
    const created = await this.#stack.create(first);
    if (created !== 'CREATE_COMPLETE') throw failed('create', created);
    for (const { logicalId } of this.#ours()) {
      this.#created.set(logicalId, await this.#read(logicalId));
    }
    this.#showOutputs();
    await this.#list(true);
    this.#showPlan(second);
    await this.#update(second);
    const models = new Map<string, Properties>();
    for (const { logicalId } of this.#ours()) models.set(logicalId, await this.#read(logicalId));
    this.#showDependents([...models.values()]);
    const deleted = await this.#stack.delete();
    if (deleted !== 'DELETE_COMPLETE') throw failed('delete', deleted);
    await this.#list(false);
    this.#showAttributes(models);
    return [...this.#kept];
  }

  #ours(): StackResource[] {
    return this.#stack.resources.filter(({ typeName }) => typeName === this.#type.typeName);
  }

  /** Shows the plan before the update. If CloudFormation refuses the update, its message is shown instead. */
  #showPlan(second: StackInput): void {
    const wanted = previewOf(this.#stack, second);
    if (!wanted) return;
    const changes = planOf(this.#type.typeName, this.#ours(), wanted, this.#region);
    for (const change of changes) {
      if (change.change === 'none') continue;
      this.#screen.heading('Plan for', change.logicalId);
      for (const sentence of planSentences(change)) this.#screen.remark(sentence);
    }
  }

  async #update(second: StackInput): Promise<void> {
    try {
      const updated = await this.#stack.update(second);
      if (updated !== 'UPDATE_COMPLETE') throw failed('update', updated);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      throw new DeploymentError(`CloudFormation refuses the update: ${error.message}`);
    }
  }

  async #read(logicalId: string): Promise<Properties> {
    this.#screen.heading('Read', logicalId);
    const { model } = this.#ours().find((resource) => resource.logicalId === logicalId) ?? {};
    const progress = await this.#registry.read(model ?? {}, { logicalResourceId: logicalId });
    const read = succeeded(`Reading ${logicalId}`, progress);
    const shown = ['DNSName', 'MountName', 'EstimatedBaselineThroughput', 'EstimatedMonthlyCost'];
    this.#screen.table(attributeRows(shown, read, read));
    return read;
  }

  async #list(present: boolean): Promise<void> {
    const expected = this.#ours().map(({ physicalId = '' }) => physicalId);
    this.#screen.heading('List', this.#type.typeName);
    const progress = await this.#registry.list();
    succeeded('Listing', progress);
    const listed = (progress.resourceModels ?? []).map((model) =>
      String(model[this.#type.identifier]),
    );
    if (listed.length > 0) this.#screen.note(listed.join(', '));
    const missing = expected.find((id) => !listed.includes(id));
    if (missing !== undefined) throw new DeploymentError(`${missing} is missing from the list.`);
    const left = present ? undefined : listed.find((id) => !this.#kept.has(id));
    if (left !== undefined) throw new DeploymentError(`${left} is still in the list.`);
  }

  #showOutputs(): void {
    const rows = Object.entries(this.#stack.outputs);
    if (rows.length === 0) return;
    this.#screen.heading('Outputs of', this.#stack.name);
    this.#screen.table(rows);
  }

  #showDependents(models: Properties[]): void {
    for (const { logicalId, typeName } of this.#stack.resources) {
      if (typeName === this.#type.typeName) continue;
      const lines = linesWith(this.#stack.readableProperties(logicalId), models);
      if (lines.length === 0) continue;
      this.#screen.heading('Resolved in', logicalId, typeName);
      for (const line of lines) this.#screen.note(line);
    }
  }

  #showAttributes(models: Map<string, Properties>): void {
    for (const [logicalId, model] of models) {
      this.#screen.heading('Attributes of', logicalId);
      const created = this.#created.get(logicalId) ?? model;
      this.#screen.table(attributeRows(this.#type.attributes, created, model));
    }
  }
}

function previewOf(stack: Stack, input: StackInput): WantedResource[] | undefined {
  try {
    return stack.preview(input);
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

const failed = (deed: string, status: string): DeploymentError =>
  new DeploymentError(`CloudFormation could not ${deed} the stack: ${status}.`);

/** The model of a successful operation. After a failure, the screen has already shown the reason. */
function succeeded(what: string, { status, errorCode, resourceModel }: ProgressEvent): Properties {
  if (status === 'SUCCESS') return resourceModel ?? {};
  throw new DeploymentError(`${what} failed: ${errorCode ?? 'no error code'}.`);
}

const SUMMARIZED = [
  'StorageCapacity',
  'StorageType',
  'DeploymentType',
  'PerUnitStorageThroughput',
  'FileSystemPath',
  'DataRepositoryPath',
];

function summary(properties: Properties): string {
  return SUMMARIZED.filter((name) => name in properties)
    .map((name) => `${name} ${brief(properties[name])}`)
    .join(', ');
}
