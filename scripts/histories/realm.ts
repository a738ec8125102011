import { createContext, Script, type Context } from 'node:vm';

/** The globals of the realm that it is run in, by name. Nothing else can be called what is left out. */
const GLOBALS = new Script(`Object.fromEntries(
  Object.getOwnPropertyNames(globalThis)
    .filter((name) => !['NaN', 'Infinity', 'undefined'].includes(name))
    .map((name) => [name, globalThis[name]]),
)`);

/** What code calls itself. */
const SOURCE = /\/\/# sourceURL=(.+)$/;

/** By their code: a script that has been compiled once runs in every realm. */
const scripts = new Map<string, Script>();

/**
 * A JavaScript realm with globals of its own. Code that runs in it has its globals as parameters: V8 asks a hook each time
 * that a global of a context is used, which takes longer than most of what is done with it.
 */
export class Realm {
  private readonly context: Context;
  private readonly globals: Readonly<Record<string, unknown>>;

  /** @param sandbox globals beside those of the language */
  constructor(sandbox: Readonly<Record<string, unknown>>) {
    this.context = createContext({ ...sandbox });
    const globals = GLOBALS.runInContext(this.context) as Record<string, unknown>;
    this.globals = {
      ...globals,
      eval: (code: string) => this.evaluate(code, SOURCE.exec(code)?.[1]),
    };
  }

  /**
   * The value of an expression in this realm.
   * @param filename what stack traces call it
   */
  evaluate(expression: string, filename?: string): unknown {
    const code = `(function (${Object.keys(this.globals).join(', ')}) { return ${expression}\n})`;
    let script = scripts.get(code);
    if (!script) scripts.set(code, (script = new Script(code, { filename })));
    const run = script.runInContext(this.context) as (...globals: unknown[]) => unknown;
    return run(...Object.values(this.globals));
  }
}
