/** Sample values for an unknown S3 path, given the other path: FSx exports to the bucket that it imports from. */
import { BUCKET_NAME } from '../properties/shapes';
import { matches } from '../rules/formats';
import { Unknown } from '../unknown';

/** The beginning of a bucket name. */
interface Bucket {
  readonly beginning: string;
  /** Whether that is the whole name. */
  readonly isWhole: boolean;
}

const ANY_BUCKET: Bucket = { beginning: '', isWhole: false };

/** Two ends for a name, so that a message that quotes a sample is recognized: it differs between them. */
const ENDS = ['bucket', 'data'];

/**
 * Sample values for an unknown path of which at most the beginning is known. They are in the bucket of the other path if that
 * is possible.
 */
export function samplePaths(path: Unknown, other: unknown): readonly string[] {
  const odd = oddBuckets(path);
  if (odd) return odd.map((bucket) => `s3://${bucket}`);
  const own = bucketOf(path);
  const theirs = bucketOf(other);
  const shared = sharedBy(own, theirs) ?? own;
  const names = shared.isWhole ? [''] : ENDS;
  return names.map((end) => `s3://${shared.beginning}${end}`);
}

/** Samples of what stands for the bucket, if no bucket can have such a name, as with the ARN of a bucket. */
function oddBuckets({ known: { parts = [] } }: Unknown): readonly string[] | undefined {
  const [scheme, bucket] = parts;
  const like = scheme === 's3://' && bucket instanceof Unknown ? bucket.known.like : undefined;
  const isOdd = like?.every((name) => !matches(BUCKET_NAME, name.replace(/\/.*/, '')));
  return isOdd ? like : undefined;
}

function bucketOf(path: unknown): Bucket {
  const [known = '', ...more] = path instanceof Unknown ? (path.known.parts ?? []) : [path];
  const written = typeof known === 'string' ? /^s3:\/\/([^/]*)(\/)?/.exec(known) : null;
  return written
    ? { beginning: written[1] ?? '', isWhole: written[2] !== undefined || more.length === 0 }
    : ANY_BUCKET;
}

/** The bucket that two paths may share; undefined if they cannot. */
function sharedBy(one: Bucket, other: Bucket): Bucket | undefined {
  const [short, long] = [one, other].sort((a, b) => a.beginning.length - b.beginning.length) as [
    Bucket,
    Bucket,
  ];
  const isOne = short.beginning === long.beginning;
  if (!long.beginning.startsWith(short.beginning) || (short.isWhole && !isOne)) return undefined;
  return { beginning: long.beginning, isWhole: long.isWhole || (isOne && short.isWhole) };
}
