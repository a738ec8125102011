/** Something about a configuration that FSx, or the account's own limits, will not have. */
export interface Violation {
  /** Name of the rule, for tools: kebab-case, stable. */
  rule: string;
  /** Property or path, such as `StorageCapacity` or `MetadataConfiguration.Iops`. */
  property: string;
  /** The value given, where there is one. */
  value?: unknown;
  /** One sentence or two: what is wrong, what is allowed, what to do. */
  message: string;
  /**
   * `contradiction`: can never be right. `table`: rests on a table of numbers that grows when AWS launches a tier, and
   * can be left to FSx (type configuration `Validation: DEFER_TO_FSX`).
   */
  kind: 'contradiction' | 'table';
}
