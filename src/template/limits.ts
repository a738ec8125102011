/**
 * CloudFormation's quotas that cannot be increased. Where its documentation says "1 MB", AWS's own linter counts 1,000,000
 * bytes, but other sizes in the documentation are powers of two. CloudFormation may refuse sizes in between.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/helpers.py
 */
export const QUOTAS = {
  /** Bytes of a template in S3. The limit of 51,200 bytes is for a template inside a request only. */
  templateBytes: { accepted: 1_000_000, most: 1_048_576 },
  /** Entries of a section, after expansion of each Fn::ForEach. */
  entries: { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 },
  /** Attributes of a mapping. */
  mappingAttributes: 200,
  /** Characters of the name of a resource, parameter, output, mapping, or attribute of a mapping. */
  nameCharacters: 255,
  /** Bytes of the value of a parameter. */
  parameterBytes: 4096,
  /** Bytes of the description of a template. */
  descriptionBytes: 1024,
} as const;

/** Bytes of a text in UTF-8. */
export const bytesIn = (text: string): number => new TextEncoder().encode(text).length;
