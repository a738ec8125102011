import { SAYS } from './refusals';

interface Export {
  stack: string;
  value: string;
}

/** The exports of an account and region, and the stacks that import them. */
export class Exports {
  readonly #exports = new Map<string, Export>();
  readonly #imports = new Map<string, ReadonlySet<string>>();

  /** The value of an export. */
  value(name: string): string | undefined {
    return this.#exports.get(name)?.value;
  }

  /** Why a stack cannot have exactly these exports, with CloudFormation's message. */
  conflict(stack: string, wanted: ReadonlyMap<string, string>): string | undefined {
    for (const name of wanted.keys()) {
      const owner = this.#exports.get(name)?.stack;
      if (owner !== undefined && owner !== stack) return SAYS.exported(name, owner);
    }
    for (const [name, { stack: owner, value }] of this.#exports) {
      if (owner !== stack || wanted.get(name) === value) continue;
      const importer = this.#importerOf(name);
      if (importer === undefined) continue;
      return SAYS.exportInUse(name, importer, wanted.has(name) ? 'updated' : 'deleted');
    }
    return undefined;
  }

  /** Sets the exports and imports of a stack. */
  publish(
    stack: string,
    exported: ReadonlyMap<string, string>,
    imported: ReadonlySet<string>,
  ): void {
    for (const [name, { stack: owner }] of this.#exports) {
      if (owner === stack) this.#exports.delete(name);
    }
    for (const [name, value] of exported) this.#exports.set(name, { stack, value });
    this.#imports.set(stack, imported);
  }

  #importerOf(name: string): string | undefined {
    return [...this.#imports].find(([, names]) => names.has(name))?.[0];
  }
}
