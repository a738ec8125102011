/**
 * Names of resources of other services. FSx's own patterns allow nearly everything. A name that no bucket, key or log group
 * can have does not exist, so FSx does not find it.
 */

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const RESERVED_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const RESERVED_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/**
 * The current naming rules. Buckets from before March 2018 may violate them. It is not recorded whether FSx links such a
 * bucket, so it is refused. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const isBucketName = (name: string): boolean =>
  BUCKET.test(name) &&
  !ADDRESS.test(name) &&
  !name.includes('..') &&
  !RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
  !RESERVED_SUFFIXES.some((suffix) => name.endsWith(suffix));

const KEY_ID = /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;
const ALIAS = /^alias\/[a-zA-Z0-9:/_-]{1,250}$/;
const ARN = /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:(?:key\/([^/]+)|(alias\/.+))$/;

/**
 * The ID of a key, its alias, or the ARN of either.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function isKeyName(name: string): boolean {
  const [, id = name, alias = name] = ARN.exec(name) ?? [];
  return KEY_ID.test(id) || ALIAS.test(alias);
}

/**
 * A log group for FSx. The API reference requires the prefix /aws/fsx and the user guide /aws/fsx/; the stricter one is used.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export const isLogGroupName = (name: string): boolean =>
  name.startsWith('/aws/fsx/') && /^[.\-_/#A-Za-z0-9]{1,512}$/.test(name);
