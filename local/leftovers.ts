import type { Registry, Step } from './registry';
import type { Screen } from './screen';

/** What a deployment has created and not yet deleted, as the events tell it. */
export class Leftovers {
  readonly #identifier: string;
  readonly #ids = new Map<string, string>();

  /** @param identifier name of the property that is the type's primary identifier */
  constructor(identifier: string) {
    this.#identifier = identifier;
  }

  observe({ action, logicalResourceId, progress, event }: Step): void {
    const id = progress.resourceModel?.[this.#identifier];
    if (action === 'CREATE' && typeof id === 'string') this.#ids.set(id, logicalResourceId);
    if (action === 'DELETE' && progress.status === 'SUCCESS') {
      this.#ids.delete(String(event.requestData.resourceProperties[this.#identifier]));
    }
  }

  /** Deletes it, the newest first, and says so where that does not work either. */
  async clear(registry: Registry, screen: Screen): Promise<void> {
    for (const [id, logicalResourceId] of [...this.#ids].toReversed()) {
      screen.heading('Clean up', logicalResourceId, id);
      try {
        const { errorCode } = await registry.delete(
          { [this.#identifier]: id },
          { logicalResourceId },
        );
        if (errorCode !== undefined && errorCode !== 'NotFound')
          screen.note(`${id} is still there.`);
      } catch (error) {
        screen.note(`${id} is still there: ${(error as Error).message}`);
      }
    }
  }
}
