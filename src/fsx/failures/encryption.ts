import type { Failure } from './failure';
import type { Row } from './row';

/** An access key is a credential. */
const KEY =
  /\bkms\b|customer (master|managed) key|(?<!\baccess )\bkey (arn:|id\b|policy\b|state\b)|\balias\//i;
/** The key of an S3 bucket is another key than that of the file system. */
const BUCKET = /\bbucket\b|\bs3\b/i;
const isAboutKey = ({ said }: Failure): boolean => KEY.test(said) && !BUCKET.test(said);

/**
 * Failures of the KMS key of a file system. FSx's messages about it are not public, so these patterns match those of KMS.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/encryption-at-rest.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html#API_CreateGrant_Errors
 */
export const ENCRYPTION: readonly Row[] = (
  [
    // KMSInvalidStateException: "arn:aws:kms:... is pending deletion."
    [
      /pending deletion/i,
      'The key is scheduled for deletion, and the data that it encrypts would be lost. Its administrator can cancel the deletion with aws kms cancel-key-deletion and aws kms enable-key; or specify another key in KmsKeyId.',
    ],
    [
      /pending import/i,
      'The key has no key material yet. Its administrator must import it; or specify another key in KmsKeyId.',
    ],
    // DisabledException: "arn:aws:kms:... is disabled."
    [
      /\bdisabled\b|not enabled/i,
      'The administrator of the key can enable it with aws kms enable-key; or specify another key in KmsKeyId.',
    ],
    [
      /\bregion\b/i,
      'The key must be in the region of the file system: specify a key of this region in KmsKeyId, or the replica of a multi-Region key in this region.',
    ],
    // NotFoundException: "Key 'arn:aws:kms:...' does not exist", "Alias arn:aws:kms:... is not found."
    [
      /not exist|not found|invalid|cannot be found/i,
      'KmsKeyId must be the ID, ARN or alias (alias/NAME) of a key that exists in the region of the file system. For a key in another account, specify its ARN; its key policy must allow the execution role of the type.',
    ],
    [
      /asymmetric|symmetric|key (usage|spec)/i,
      'FSx supports only symmetric encryption keys: specify another key in KmsKeyId.',
    ],
    [
      undefined,
      'The key in KmsKeyId must be enabled, in the region of the file system, and symmetric, and both the key policy and the execution role of the type must allow kms:CreateGrant, kms:DescribeKey, kms:Decrypt and kms:GenerateDataKeyWithoutPlaintext.',
    ],
  ] as const
).map(([says, advice]) => ({
  when: isAboutKey,
  ...(says && { says }),
  code: 'InvalidRequest',
  advice,
}));
