import { describeViolations, type Violation } from '../lustre/violations';

/** What FSx would refuse, all of it, with the repairs. */
export class InvalidFileSystem extends Error {
  override readonly name = 'InvalidFileSystem';

  constructor(
    logicalId: string,
    readonly violations: readonly Violation[],
  ) {
    super(`${logicalId}: ${describeViolations(violations, Infinity)}`);
  }
}
