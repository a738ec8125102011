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
      'The bucket must exist, and the execution role of the type requires s3:Get*, s3:List* and s3:PutObject on it. If the bucket belongs to another account, its bucket policy must allow this too; if a KMS key encrypts it, the key policy must allow kms:Decrypt and kms:GenerateDataKey. With AutoImportPolicy the bucket must be in the region of the file system.',
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
      'Automatic import requires a bucket in the region of the file system: set AutoImportPolicy to NONE, or use such a bucket.',
  },
  {
    // "Backups cannot be created on S3-linked file systems" (recorded answer of UpdateFileSystem)
    says: /backups?\b.*\b(s3|data repositor|linked)/i,
    code: 'InvalidRequest',
    advice:
      'FSx does not back up a file system that is linked to S3: omit SkipFinalBackup and AutomaticBackupRetentionDays after exporting changes to the bucket; or remove the link first, if it is a data repository association.',
  },
  {
    errors: ['InvalidImportPath', 'InvalidDataRepositoryType'],
    code: 'InvalidRequest',
    advice:
      'ImportPath must be s3://BUCKET or s3://BUCKET/PREFIX, with a bucket that exists and that the execution role of the type can read.',
  },
  {
    errors: ['InvalidExportPath'],
    code: 'InvalidRequest',
    advice:
      'ExportPath must be s3://BUCKET or s3://BUCKET/PREFIX in the bucket of ImportPath, which the execution role of the type can write to.',
  },
  {
    // "If the specified CloudWatch Logs log group doesn't exist, the request fails with BadRequest"
    // (API reference, LustreLogCreateConfiguration; https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html)
    says: /log group|cloudwatch logs|log(ging)? destination/i,
    code: 'InvalidRequest',
    advice:
      'LogConfiguration.Destination must be the ARN of a log group that exists, in the partition, region and account of the file system, with a name that begins with /aws/fsx/. Resource policies of CloudWatch Logs must not deny logs:PutLogEvents there. Without Destination, FSx uses /aws/fsx/lustre.',
  },
];
