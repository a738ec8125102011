import type { Operation } from './shapes';

export interface RateLimit {
  /** Requests per second of the server's clock. The time scale does not change it. */
  perSecond: number;
  burst: number;
}
export type RateLimits = Partial<Record<Operation, RateLimit>>;

/** A token bucket for each operation. An empty one causes ThrottlingException. */
export class RateLimiter {
  private readonly buckets = new Map<Operation, { tokens: number; at: number }>();

  constructor(
    private readonly limits: RateLimits,
    private readonly now: () => number,
  ) {}

  allows(operation: Operation): boolean {
    const limit = this.limits[operation];
    if (!limit) return true;
    const now = this.now();
    const bucket = this.buckets.get(operation) ?? { tokens: limit.burst, at: now };
    const refilled = bucket.tokens + ((now - bucket.at) / 1000) * limit.perSecond;
    const tokens = Math.min(limit.burst, refilled);
    const allowed = tokens >= 1;
    this.buckets.set(operation, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }
}
