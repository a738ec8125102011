/** Replaces the advice on references in the hook: it gets the values, and its code must fit into a template. */

export const withReferenceAdvice = (message: string): string => message;
