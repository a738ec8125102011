import { constants, createContext, Script, type Context } from 'node:vm';

/** What code calls itself. */
const SOURCE = /\/\/# sourceURL=(.+)$/;

/** By their code: a script that has been compiled once runs in every realm. */
const scripts = new Map<string, Script>();

/** A JavaScript realm with globals of its own. */
export class Realm {
  /** Without interceptors: they are asked at each use of a global, and take longer than most of what is done with it. */
  private readonly context: Context = createContext(constants.DONT_CONTEXTIFY);

  /** @param sandbox globals beside those of the language */
  constructor(sandbox: Readonly<Record<string, unknown>>) {
    Object.assign(this.context, sandbox, {
      eval: (code: string) => this.evaluate(code, SOURCE.exec(code)?.[1]),
    });
  }

  /**
   * The value of an expression in this realm.
   * @param filename what stack traces call it
   */
  evaluate(expression: string, filename?: string): unknown {
    let script = scripts.get(expression);
    if (!script) scripts.set(expression, (script = new Script(`(${expression}\n)`, { filename })));
    return script.runInContext(this.context);
  }
}
