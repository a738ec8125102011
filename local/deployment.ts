import type { ProgressEvent, Properties } from './protocol';
import type { Registry } from './registry';
import { attributeRows, brief, changes, linesWith } from './report';
import type { Screen } from './screen';
import type { Stack } from './stack';
import type { RegistryType } from './type';

/** A step of the deployment did not succeed; the message says why. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** What an update changes, by logical id. */
export type Updates = Record<string, Properties>;

interface Deployed {
  logicalId: string;
  /** As the template has them. */
  properties: Properties;
  /** As the handlers returned them, after the creation and now. */
  created: Properties;
  model: Properties;
}

/** Takes a template through the life of a stack: create, read, list, update, delete, each as CloudFormation would. */
export class Deployment {
  readonly #stack: Stack;
  readonly #registry: Registry;
  readonly #screen: Screen;
  readonly #type: RegistryType;
  readonly #deployed: Deployed[] = [];

  constructor(stack: Stack, registry: Registry, screen: Screen, type: RegistryType) {
    this.#stack = stack;
    this.#registry = registry;
    this.#screen = screen;
    this.#type = type;
  }

  /** @throws DeploymentError at the first step that does not succeed. */
  async run(updates: Updates): Promise<void> {
    for (const logicalId of this.#stack.logicalIds) await this.#create(logicalId);
    await this.#list(true);
    for (const deployed of this.#deployed) await this.#update(deployed, updates);
    this.#showDependents();
    for (const deployed of this.#deployed.toReversed()) await this.#delete(deployed);
    await this.#list(false);
    this.#showAttributes();
  }

  async #create(logicalId: string): Promise<void> {
    const properties = this.#stack.propertiesOf(logicalId);
    this.#screen.heading('Create', logicalId, summary(properties));
    const options = { logicalResourceId: logicalId };
    const progress = await this.#registry.create(properties, options);
    const model = succeeded(`Creation of ${logicalId}`, progress);
    const deployed = { logicalId, properties, created: model, model };
    this.#deployed.push(deployed);
    await this.#read(deployed);
    deployed.created = deployed.model;
  }

  async #read(deployed: Deployed): Promise<void> {
    const { logicalId } = deployed;
    this.#screen.heading('Read', logicalId);
    const options = { logicalResourceId: logicalId };
    const progress = await this.#registry.read(deployed.model, options);
    deployed.model = succeeded(`Reading ${logicalId}`, progress);
    this.#stack.created(logicalId, deployed.model);
    const shown = ['DNSName', 'MountName', 'EstimatedBaselineThroughput', 'EstimatedMonthlyCost'];
    this.#screen.table(attributeRows(shown, deployed.model, deployed.model));
  }

  async #list(present: boolean): Promise<void> {
    this.#screen.heading('List', this.#type.typeName);
    const progress = await this.#registry.list();
    succeeded('Listing', progress);
    const listed = (progress.resourceModels ?? []).map((model) => this.#id(model));
    if (listed.length > 0) this.#screen.note(listed.join(', '));
    for (const { model } of this.#deployed) {
      const id = this.#id(model);
      if (listed.includes(id) === present) continue;
      throw new DeploymentError(`${id} is ${present ? 'missing from' : 'still in'} the list.`);
    }
  }

  async #update(deployed: Deployed, updates: Updates): Promise<void> {
    const { logicalId, properties, model } = deployed;
    const desired = { ...properties, ...(updates[logicalId] ?? anotherTag(properties)) };
    this.#screen.heading('Update', logicalId, changes(properties, desired));
    const previous = { ...properties, ...this.#identifier(model) };
    const options = { logicalResourceId: logicalId };
    const progress = await this.#registry.update(desired, previous, options);
    deployed.model = succeeded(`Update of ${logicalId}`, progress);
    deployed.properties = desired;
    await this.#read(deployed);
  }

  #showDependents(): void {
    const models = this.#deployed.map(({ model }) => model);
    for (const dependent of this.#stack.dependents()) {
      this.#screen.heading('Resolved in', dependent.logicalId, dependent.type);
      for (const line of linesWith(dependent, models)) this.#screen.note(line);
    }
  }

  async #delete({ logicalId, properties, model }: Deployed): Promise<void> {
    this.#screen.heading('Delete', logicalId, this.#id(model));
    const last = { ...properties, ...this.#identifier(model) };
    const progress = await this.#registry.delete(last, { logicalResourceId: logicalId });
    succeeded(`Deletion of ${logicalId}`, progress);
  }

  #showAttributes(): void {
    for (const { logicalId, created, model } of this.#deployed) {
      this.#screen.heading('Attributes of', logicalId);
      this.#screen.table(attributeRows(this.#type.attributes, created, model));
    }
  }

  #id(model: Properties): string {
    return String(model[this.#type.identifier]);
  }

  #identifier(model: Properties): Properties {
    return { [this.#type.identifier]: model[this.#type.identifier] };
  }
}

/** The model of an operation that succeeded; where it did not, the screen has shown the reason. */
function succeeded(what: string, { status, errorCode, resourceModel }: ProgressEvent): Properties {
  if (status === 'SUCCESS') return resourceModel ?? {};
  throw new DeploymentError(`${what} failed: ${errorCode ?? 'no error code'}.`);
}

/** Tags can be changed on every file system, whatever it is. */
function anotherTag({ Tags: tags }: Properties): Properties {
  const given: unknown[] = Array.isArray(tags) ? tags : [];
  return { Tags: [...given, { Key: 'UpdatedBy', Value: 'demo' }] };
}

function summary(properties: Properties): string {
  return ['StorageCapacity', 'StorageType', 'DeploymentType', 'PerUnitStorageThroughput']
    .filter((name) => name in properties)
    .map((name) => `${name} ${brief(properties[name])}`)
    .join(', ');
}
