/** The S3 link of scratch and PERSISTENT_1 file systems: ImportPath and the properties that require it. */
import { applicabilityOf } from '../catalog/offerings';
import type { LustreProperties } from '../properties';
import { matches } from './formats';
import { BUCKET_NAME, PROPERTY_SHAPES } from '../properties/shapes';
import type { Refuse, Rule, RuleContext } from './context';
import { formatValue } from '../wording';

/** These properties configure ImportPath, so they require it. [API CreateFileSystemLustreConfiguration] */
export const COMPANIONS = ['ExportPath', 'AutoImportPolicy', 'ImportedFileChunkSize'] as const;

/** Rules for ImportPath and the properties that require it. */
export const s3Links: Rule = (context, refuse) => {
  checkCompanions(context, refuse);
  checkBucketName('ImportPath', context.properties, refuse);
  checkBucketName('ExportPath', context.properties, refuse);
  checkBucket(context.properties, refuse);
  checkBackup(context.properties, refuse);
};

function checkCompanions({ properties, offerings }: RuleContext, refuse: Refuse): void {
  if (properties.ImportPath !== undefined) return;
  for (const property of COMPANIONS) {
    const value = properties[property];
    // If S3 links are refused, this property is refused too, and adding ImportPath would not help.
    if (
      value === undefined ||
      // The rule for the form of the property reports an empty value.
      value === '' ||
      offerings.every((offering) => applicabilityOf(property, offering) === 'refused')
    )
      continue;
    refuse({
      rule: 's3-link',
      property,
      value,
      message: `${property} ${formatValue(value)} requires ImportPath: specify one, such as s3://bucket/prefix, or omit ${property}.`,
      repairs: [...(property === 'ExportPath' ? imports(value) : []), { [property]: undefined }],
    });
  }
}

/** The repair that derives ImportPath from the bucket of ExportPath: FSx exports to the bucket that it imports from. */
function imports(path: unknown): { ImportPath: string }[] {
  const bucket = bucketOf(String(path));
  return bucket === undefined ? [] : [{ ImportPath: `s3://${bucket}` }];
}

/** Refuses a name that no S3 bucket can have. The form of a path is checked by its shape. */
function checkBucketName(
  property: 'ImportPath' | 'ExportPath',
  { [property]: path }: LustreProperties,
  refuse: Refuse,
): void {
  const bucket = bucketOf(path);
  if (path === undefined || bucket === undefined || !matches(PROPERTY_SHAPES[property], path))
    return;
  if (matches(BUCKET_NAME, bucket)) return;
  refuse({
    rule: 's3-bucket-name',
    property,
    value: path,
    message: `${property} ${formatValue(path)} is not valid: ${formatValue(bucket)} cannot be the name of an S3 bucket. Use the name of a bucket: ${BUCKET_NAME.expected}.`,
  });
}

function checkBucket({ ImportPath, ExportPath }: LustreProperties, refuse: Refuse): void {
  const [from, to] = [bucketOf(ImportPath), bucketOf(ExportPath)];
  if (ExportPath === undefined || from === undefined || to === undefined || from === to) return;
  const moved = `s3://${from}${ExportPath.slice(`s3://${to}`.length)}`;
  refuse({
    rule: 's3-bucket',
    property: 'ExportPath',
    value: ExportPath,
    message: `ExportPath ${formatValue(ExportPath)} is not in the bucket of ImportPath, ${formatValue(from)}: FSx exports to the bucket it imports from. Use ${formatValue(moved)}, or omit it.`,
    repairs: [{ ExportPath: moved }, { ExportPath: undefined }],
  });
}

/** The bucket of an S3 path; undefined of other texts. */
const bucketOf = (path: string | undefined): string | undefined =>
  /^s3:\/\/([^/]+)/.exec(path ?? '')?.[1];

/** Whether an S3 path begins with a name that a bucket can have. True of other texts. */
export function hasBucketName(path: string): boolean {
  const bucket = bucketOf(path);
  return bucket === undefined || matches(BUCKET_NAME, bucket);
}

/** S3-linked file systems have no backups, so a restored file system cannot have an S3 link. */
function checkBackup({ ImportPath, BackupId }: LustreProperties, refuse: Refuse): void {
  if (ImportPath === undefined || BackupId === undefined) return;
  refuse({
    rule: 's3-restore',
    property: 'ImportPath',
    value: ImportPath,
    message: `ImportPath ${formatValue(ImportPath)} cannot be used with BackupId: a restored file system cannot be linked to S3 by ImportPath. Omit ImportPath, or BackupId.`,
    misplaced: true,
    repairs: [{ ImportPath: undefined }, { BackupId: undefined }],
  });
}
