/** S3 paths that one which is not known may be, beside the other: FSx exports to the bucket that it imports from. */
import { Unknown } from '../unknown';

/** How the name of a path's bucket begins. */
interface Bucket {
  readonly beginning: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

const ANY_BUCKET: Bucket = { beginning: '', isWhole: false };

/** Two ends that a name may have: a message that quotes one of them is seen to do so. */
const ENDS = ['bucket', 'data'];

/**
 * Paths that stand for one of which no more is known than its beginning. They are in the bucket of the other path where
 * they may be.
 */
export function samplePaths(path: Unknown, other: unknown): readonly string[] {
  const own = bucketOf(path);
  const theirs = bucketOf(other);
  const shared = sharedBy(own, theirs) ?? own;
  const names = shared.isWhole ? [''] : ENDS;
  return names.map((end) => `s3://${shared.beginning}${end}`);
}

function bucketOf(path: unknown): Bucket {
  const [known = '', ...more] = path instanceof Unknown ? (path.known.parts ?? []) : [path];
  const written = typeof known === 'string' ? /^s3:\/\/([^/]*)(\/)?/.exec(known) : null;
  return written
    ? { beginning: written[1] ?? '', isWhole: written[2] !== undefined || more.length === 0 }
    : ANY_BUCKET;
}

/** The bucket that two paths may both be in; undefined where they cannot. */
function sharedBy(one: Bucket, other: Bucket): Bucket | undefined {
  const [short, long] = [one, other].sort((a, b) => a.beginning.length - b.beginning.length) as [
    Bucket,
    Bucket,
  ];
  const isOne = short.beginning === long.beginning;
  if (!long.beginning.startsWith(short.beginning) || (short.isWhole && !isOne)) return undefined;
  return { beginning: long.beginning, isWhole: long.isWhole || (isOne && short.isWhole) };
}
