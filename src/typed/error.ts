import { describeViolations, type Violation } from '../lustre/violations';

/** Everything that FSx would refuse, with the repairs. */
export class InvalidFileSystem extends Error {
  override readonly name = 'InvalidFileSystem';

  constructor(
    logicalId: string,
    readonly violations: readonly Violation[],
  ) {
    super(`${logicalId}: ${describeViolations(violations, Infinity)}`);
  }
}
