/**
 * Replaces the warnings about texts that CloudFormation may refuse in the hook, which is for what FSx refuses and whose code
 * must fit into a template.
 */

export const unconvertedTexts = (): readonly never[] => [];
