/**
 * What CloudFormation takes, of the quotas that cannot be raised. Where its page says "1 MB", AWS's own linter counts
 * 1,000,000 bytes, and other sizes of the page are powers of two: what lies between may be refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/helpers.py
 */
export const QUOTAS = {
  /** Bytes of a template in S3. The 51,200 bytes of a template in a request are no limit of the template. */
  templateBytes: { accepted: 1_000_000, most: 1_048_576 },
  /** Entries of a section, after each Fn::ForEach is written out. */
  entries: { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 },
  /** Attributes of a mapping. */
  mappingAttributes: 200,
  /** Characters of the name of a resource, parameter, output, mapping or attribute of a mapping. */
  nameCharacters: 255,
  /** Bytes of the value of a parameter. */
  parameterBytes: 4096,
  /** Bytes of the description of a template. */
  descriptionBytes: 1024,
} as const;

/** Bytes of a text in UTF-8. */
export const bytesIn = (text: string): number => new TextEncoder().encode(text).length;
