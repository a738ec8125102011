/** The regions in the ARNs of a key and a log group. The rules for the properties of a file system do not know its region. */
import { partitionOf } from '../../lustre/catalog/partitions';
import { Unknown, valueAt } from '../../lustre/unknown';
import { formatValue } from '../../lustre/wording';
import type { ObjectValue } from '../../template/values';
import { modelOf, offsetOf } from '../resource-model';
import type { ResourceType } from '../resource-types';
import type { Problem } from './problem';

type Model = Readonly<Record<string, unknown>>;

/** What FSx uses only in the region of the file system, and the service in its ARN. */
const USED = [
  { path: 'KmsKeyId', service: 'kms', what: 'key' },
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/cw-event-logging.html
  { path: 'LogConfiguration.Destination', service: 'logs', what: 'log group' },
] as const;

/** The region in the ARN of a key or a log group. */
export const regionInArns = ({ KmsKeyId, LogConfiguration }: Model): string | undefined =>
  /"arn:[a-z-]+:(?:kms|logs):([a-z0-9-]+):/.exec(JSON.stringify([KmsKeyId, LogConfiguration]))?.[1];

/**
 * The problems of ARNs that name another region, or another partition, than that of the file system.
 *
 * @param stated The region, if it is known. Otherwise it is that of the first ARN.
 */
export function arnsElsewhere(
  properties: ObjectValue,
  type: ResourceType,
  stated: string | undefined,
): Problem[] {
  const model = modelOf(properties, type);
  const region = stated ?? regionInArns(model);
  if (region === undefined) return [];
  return USED.flatMap(({ path, service, what }) => {
    const value = valueAt(model, path);
    const beginning = `arn:${partitionOf(region).name}:${service}:${region}:`;
    const named = new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:`).exec(
      knownBeginning(value),
    )?.[0];
    if (named === undefined || named === beginning) return [];
    const property = type.path(path);
    const shown = formatValue(value instanceof Unknown ? value.text : value);
    return {
      property,
      rule: 'arn-region',
      message: `${property} ${shown} is not in ${region}: FSx uses only a ${what} of the region of the file system. Use one of ${region}.`,
      at: offsetOf(properties, property),
      isOpen: value instanceof Unknown,
    };
  });
}

/** A text, or the text that an unknown one begins with. */
function knownBeginning(value: unknown): string {
  const [first] = value instanceof Unknown ? (value.known.parts ?? []) : [value];
  return typeof first === 'string' ? first : '';
}
