/** How a fault changes the result of an accepted operation. */
export interface Outcome {
  /** The started operation ends FAILED with this message; an update of an association ends MISCONFIGURED. */
  endsFailed?: string;
}
