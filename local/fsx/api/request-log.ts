import type { Operation } from './shapes';

export interface LoggedRequest {
  operation: Operation;
  input: unknown;
  requestId: string;
  /** Milliseconds of the server's clock. */
  at: number;
  /** The name of the error response. */
  error?: string;
  /** The fault that affected the request. */
  fault?: string;
}

/** The received requests, oldest first. The counts include entries that have been dropped. */
export interface RequestLog {
  all(): LoggedRequest[];
  of(operation: Operation): LoggedRequest[];
  count(operation?: Operation): number;
  counts(): Partial<Record<Operation, number>>;
  reset(): void;
}

/**
 * At twice this number of entries, the older half is dropped. The oldest are also dropped when all entries together are too
 * long.
 */
const KEPT = 10_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;

export class Requests implements RequestLog {
  private entries: LoggedRequest[] = [];
  private readonly lengths = new WeakMap<LoggedRequest, number>();
  private characters = 0;
  private readonly tally = new Map<Operation, number>();

  /** @param length The number of characters of the request's body. */
  record(entry: LoggedRequest, length: number): void {
    this.entries.push(entry);
    this.lengths.set(entry, length);
    this.characters += length;
    if (this.entries.length > 2 * KEPT) this.drop(this.entries.length - KEPT);
    while (this.characters > MOST_CHARACTERS) this.drop(Math.ceil(this.entries.length / 2));
    this.tally.set(entry.operation, this.count(entry.operation) + 1);
  }

  private drop(count: number): void {
    for (const entry of this.entries.splice(0, count)) {
      this.characters -= this.lengths.get(entry) ?? 0;
    }
  }

  all(): LoggedRequest[] {
    return [...this.entries];
  }

  of(operation: Operation): LoggedRequest[] {
    return this.entries.filter((entry) => entry.operation === operation);
  }

  count(operation?: Operation): number {
    if (operation) return this.tally.get(operation) ?? 0;
    return [...this.tally.values()].reduce((sum, count) => sum + count, 0);
  }

  counts(): Partial<Record<Operation, number>> {
    return Object.fromEntries(this.tally);
  }

  reset(): void {
    this.entries = [];
    this.characters = 0;
    this.tally.clear();
  }
}
