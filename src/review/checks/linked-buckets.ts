/** An export to another bucket of the template than that of the import. The rules do not know which buckets are different. */
import { Unknown } from '../../lustre/unknown';
import type { ObjectValue } from '../../template/values';
import { modelOf, offsetOf } from '../resource-model';
import type { ResourceType } from '../resource-types';

/** The problem, if both paths begin with references to buckets, and these are different ones. */
export function otherBucket(properties: ObjectValue, type: ResourceType) {
  const { ImportPath, ExportPath } = modelOf(properties, type);
  const [from, to] = [bucketIn(ImportPath), bucketIn(ExportPath)];
  if (!from || !to || from.logicalId === to.logicalId || !(ExportPath instanceof Unknown))
    return [];
  const property = type.path('ExportPath');
  return [
    {
      property,
      rule: 's3-bucket',
      message: `ExportPath "${ExportPath.text}" is not in the bucket of ImportPath, ${from.text}: FSx exports to the bucket it imports from. Use s3://${from.text}${to.rest}, or omit it.`,
      at: offsetOf(properties, property),
    },
  ];
}

/** The bucket of a path such as `s3://${Bucket}/results`, and the rest of the path. */
export function bucketIn(path: unknown) {
  const [scheme, bucket, ...others] = path instanceof Unknown ? (path.known.parts ?? []) : [];
  const { reference } = bucket instanceof Unknown ? bucket.known : {};
  const rest = others.map((part) => (typeof part === 'string' ? part : part.text)).join('');
  const isWhole = rest === '' || rest.startsWith('/');
  if (scheme !== 's3://' || !(bucket instanceof Unknown) || !isWhole) return undefined;
  if (reference?.type !== 'AWS::S3::Bucket' || reference.attribute !== undefined) return undefined;
  return { logicalId: reference.logicalId, text: bucket.text, rest };
}
