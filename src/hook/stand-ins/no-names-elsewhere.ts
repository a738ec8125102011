/**
 * Replaces the names of other tools in the hook: CloudFormation has already validated the names of its resources, and the
 * code of the hook must fit into a template.
 */
export const NAMES_ELSEWHERE: readonly never[] = [];
