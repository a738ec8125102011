import type { Operation } from './shapes';

export interface LoggedRequest {
  operation: Operation;
  input: unknown;
  requestId: string;
  /** Milliseconds of the server's clock. */
  at: number;
  /** The error that was answered. */
  error?: string;
  /** The fault that the request met. */
  fault?: string;
}

/** The requests that were received, oldest first; the counts go on when old entries are dropped. */
export interface RequestLog {
  all(): LoggedRequest[];
  of(operation: Operation): LoggedRequest[];
  count(operation?: Operation): number;
  counts(): Partial<Record<Operation, number>>;
  reset(): void;
}

const KEPT = 10_000;

export class Requests implements RequestLog {
  private entries: LoggedRequest[] = [];
  private tally = new Map<Operation, number>();

  record(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > 2 * KEPT) this.entries = this.entries.slice(-KEPT);
    this.tally.set(entry.operation, this.count(entry.operation) + 1);
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
    this.tally.clear();
  }
}
