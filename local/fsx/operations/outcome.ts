/** What a fault makes of an operation that is otherwise accepted. */
export interface Outcome {
  /** What the operation starts will end FAILED with this message; an update of an association, MISCONFIGURED. */
  endsFailed?: string;
}
