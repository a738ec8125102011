/** Something in a template that will not work. */
export interface Finding {
  readonly file: string;
  readonly logicalId: string;
  /** Property or path as the template has it, such as `LustreConfiguration.DeploymentType`. */
  readonly property: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Name of the rule: kebab-case, stable. */
  readonly rule: string;
  /** What is wrong, what is allowed, what to do. */
  readonly message: string;
  /** The conditions under which it happens, where it does not always. */
  readonly when?: string;
}

/** A rule that could not be held, because only the deployment decides. */
export interface Note {
  readonly file: string;
  readonly logicalId: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A file that could not be read. */
export interface Failure {
  readonly file: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a check has to say. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly failures: readonly Failure[];
  readonly templates: number;
  readonly fileSystems: number;
  /** Native file systems of type LUSTRE that were passed over. */
  readonly passedOver: number;
}
