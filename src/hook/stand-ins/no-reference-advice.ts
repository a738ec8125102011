/** Replaces the advice on references in the hook: CloudFormation has resolved them. */

export const withReferenceAdvice = (message: string): string => message;

export const withBucketAdvice = withReferenceAdvice;
