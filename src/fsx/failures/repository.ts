import type { Row } from './row';

/**
 * Failures of the link to an S3 bucket, and of logging.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/s3-validation-error.html
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/s3-server-side-encryption-support.html
 */
export const REPOSITORY: readonly Row[] = [
  {
    // "Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*,
    // s3:List* and s3:PutObject permissions to the S3 bucket prefix." (s3-validation-error)
    // "Access denied for import path." (BadRequest, https://github.com/aws-samples/aws-eks-deep-learning-benchmark/issues/8)
    says: /validate access to the s3 bucket|access denied for (the )?(import|export) path|(bucket|s3).*(access denied|forbidden|cannot be accessed)/i,
    code: 'AccessDenied',
    advice:
      'The bucket must exist, and the execution role of the type needs s3:Get*, s3:List* and s3:PutObject on it. Where the bucket belongs to another account, its bucket policy must allow this too; where a KMS key encrypts it, the key policy must allow kms:Decrypt and kms:GenerateDataKey. With AutoImportPolicy the bucket must be in the region of the file system.',
  },
  {
    // S3: "The specified bucket does not exist", NoSuchBucket.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    says: /\bbucket\b.*(not exist|not found|(cannot|could not) be found)|no ?such ?bucket/i,
    code: 'InvalidRequest',
    advice:
      'ImportPath and ExportPath take s3://BUCKET or s3://BUCKET/PREFIX of a bucket that exists. For a bucket of the same stack, write !Sub s3://${Bucket}. With AutoImportPolicy the bucket must be in the region of the file system.',
  },
  {
    // "Automatic import doesn't support cross-Region configurations."
    // https://docs.aws.amazon.com/fsx/latest/LustreGuide/overview-dra-data-repo.html#dra-regional-support
    says: /(bucket|s3|import path|auto ?import).*region|region.*(bucket|import path|auto ?import)/i,
    code: 'InvalidRequest',
    advice:
      'Automatic import needs a bucket in the region of the file system: set AutoImportPolicy to NONE, or use a bucket there.',
  },
  {
    // "Backups cannot be created on S3-linked file systems" (recorded answer of UpdateFileSystem)
    says: /backups?\b.*\b(s3|data repositor|linked)/i,
    code: 'InvalidRequest',
    advice:
      'FSx does not back up a file system that is linked to S3: leave SkipFinalBackup and AutomaticBackupRetentionDays out, after exporting what has changed to the bucket; or remove the link first, where it is a data repository association.',
  },
  {
    errors: ['InvalidImportPath', 'InvalidDataRepositoryType'],
    code: 'InvalidRequest',
    advice:
      'ImportPath takes s3://BUCKET or s3://BUCKET/PREFIX of a bucket that exists and that the execution role of the type may read.',
  },
  {
    errors: ['InvalidExportPath'],
    code: 'InvalidRequest',
    advice:
      'ExportPath takes s3://BUCKET or s3://BUCKET/PREFIX of the bucket in ImportPath, which the execution role of the type may write to.',
  },
  {
    // "If the specified CloudWatch Logs log group doesn't exist, the request fails with BadRequest"
    // (API reference, LustreLogCreateConfiguration; https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html)
    says: /log group|cloudwatch logs|log(ging)? destination/i,
    code: 'InvalidRequest',
    advice:
      'LogConfiguration.Destination takes the ARN of a log group that exists, in the partition, region and account of the file system, with a name that begins with /aws/fsx/. No resource policy of CloudWatch Logs may deny logs:PutLogEvents there. Without Destination, FSx uses /aws/fsx/lustre.',
  },
];
