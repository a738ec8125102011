interface Timer {
  id: number;
  at: number;
  run: () => void;
}

/** What `setTimeout` returns in Node, as far as it is used. */
class Handle {
  constructor(readonly id: number) {}
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

/** `setTimeout` and `clearTimeout` on a clock that stands still until it is moved to the next timer. */
export class SimulatedTimers {
  private timers: Timer[] = [];
  private count = 0;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  readonly set = (run: (...given: unknown[]) => void, delay = 0, ...given: unknown[]): Handle => {
    this.count += 1;
    const id = this.count;
    const at = this.now() + Math.max(0, delay);
    this.timers.push({
      id,
      at,
      run: () => {
        run(...given);
      },
    });
    return new Handle(id);
  };

  readonly clear = (handle: unknown): void => {
    if (handle instanceof Handle) this.timers = this.timers.filter(({ id }) => id !== handle.id);
  };

  clearAll(): void {
    this.timers = [];
  }

  /** The moment of the next timer, in milliseconds since 1970; Infinity where there is none. */
  get nextAt(): number {
    return Math.min(...this.timers.map(({ at }) => at));
  }

  /** Takes the next timer, after the clock was moved to it; undefined where there is none. */
  next(moveTo: (at: number) => void): (() => void) | undefined {
    const [first, ...others] = this.timers.toSorted((one, other) => one.at - other.at);
    if (!first) return undefined;
    this.timers = others;
    moveTo(first.at);
    return first.run;
  }
}
