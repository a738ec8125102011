/**
 * Replaces the guesses about values of another type in the handlers and the hook: CloudFormation has already validated the
 * types of values. Less code is read at a cold start, and the code of the hook must fit into a template.
 */

export const meantForm = (): undefined => undefined;
