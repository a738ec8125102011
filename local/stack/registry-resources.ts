import { randomUUID } from 'node:crypto';
import { ContractViolation } from '../registry/contract';
import { FunctionError } from '../lambda/invoke';
import type { ProgressEvent, Properties } from '../registry/protocol';
import { SAYS } from './refusals';
import type { Registry, Step, WatchedOptions } from '../registry/registry';
import type { RegistryType } from '../registry/type-schema';
import { PropertyValidator } from './property-validation';
import { differing, memberAt } from './resource-type';
import type {
  DeleteRequest,
  Outcome,
  PhysicalResource,
  ResourceRequest,
  ResourceType,
  UpdateRequest,
} from './resource-type';

/** Resources of a registered type, which its handlers create, update and delete. */
export class RegistryResources implements ResourceType {
  readonly takesStackTags = true;
  readonly #type: RegistryType;
  readonly #registry: Registry;
  readonly #validator: PropertyValidator;

  constructor(type: RegistryType, registry: Registry) {
    this.#type = type;
    this.#registry = registry;
    this.#validator = new PropertyValidator(type);
  }

  get typeName(): string {
    return this.#type.typeName;
  }

  problems(properties: Properties): string[] {
    return this.#validator.problems(properties);
  }

  replacing(before: Properties, after: Properties): string[] {
    return differing(this.#type.createOnly, before, after);
  }

  hasAttribute(name: string): boolean {
    return this.#type.attributes.includes(name);
  }

  attribute({ model }: PhysicalResource, name: string): unknown {
    return memberAt(model, name);
  }

  create(request: ResourceRequest): Promise<Outcome> {
    const properties = this.#validator.typed(request.properties);
    return this.#operate(request, (options) => this.#registry.create(properties, options));
  }

  update(request: UpdateRequest): Promise<Outcome> {
    const { resource, previous, rollback } = request;
    const properties = this.#validator.typed(request.properties);
    const before = this.#model(previous.properties, resource.physicalId);
    return this.#operate(
      request,
      (options) =>
        this.#registry.update(properties, before, {
          ...options,
          previousStackTags: previous.tags,
          rollback,
        }),
      resource.physicalId,
    );
  }

  async delete(request: DeleteRequest): Promise<Outcome> {
    const { physicalId } = request;
    const model = this.#model(request.properties, physicalId);
    const remove = async (options: WatchedOptions): Promise<ProgressEvent> => {
      const progress = await this.#registry.delete(model, options);
      return progress.errorCode === 'NotFound' ? { status: 'SUCCESS' } : progress;
    };
    return this.#operate(request, remove, physicalId);
  }

  /** The registry decides how to send scalars, so it receives them with their own types. */
  #model(properties: Properties, physicalId: string): Properties {
    return { ...this.#validator.typed(properties), [this.#type.identifier]: physicalId };
  }

  async #operate(
    { logicalId, tags, stack, begun }: ResourceRequest,
    operation: (options: WatchedOptions) => Promise<ProgressEvent>,
    known?: string,
  ): Promise<Outcome> {
    let physicalId = known;
    const bearerToken = randomUUID();
    const observe = ({ progress }: Step): void => {
      const id = progress.resourceModel?.[this.#type.identifier];
      if (typeof id !== 'string' || physicalId !== undefined) return;
      physicalId = id;
      begun?.(id);
    };
    const failed = (reason: string): Outcome => ({
      succeeded: false,
      reason,
      ...(physicalId !== undefined && { physicalId }),
    });
    try {
      const options = {
        logicalResourceId: logicalId,
        bearerToken,
        stackTags: tags,
        stack,
        observe,
      };
      const progress = await operation(options);
      const { status, errorCode = '', message = '', resourceModel = {} } = progress;
      if (status !== 'SUCCESS') return failed(SAYS.handler(message, bearerToken, errorCode));
      return { succeeded: true, physicalId: physicalId ?? '', model: resourceModel };
    } catch (error) {
      // A handler that does not respond, or violates the contract, fails only its own operation.
      if (!(error instanceof ContractViolation || error instanceof FunctionError)) throw error;
      return failed(SAYS.handler(error.message, bearerToken, 'HandlerInternalFailure'));
    }
  }
}
