/**
 * What names of other tools mean here: the hook is asked about resources whose names CloudFormation knows, and its code has to
 * fit into a template.
 */
export const NAMES_ELSEWHERE: readonly never[] = [];
