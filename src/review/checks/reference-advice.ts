/** What to write instead of a reference that returns something else than a property takes. */
import { Unknown } from '../../lustre/unknown';

/** By the type of the resource: the properties that take something of it, and the function that returns that. */
const FUNCTIONS: Readonly<
  Partial<Record<string, { of: readonly string[]; write: (logicalId: string) => string }>>
> = {
  'AWS::S3::Bucket': { of: ['ImportPath', 'ExportPath'], write: (id) => `!Sub s3://\${${id}}` },
  'AWS::Logs::LogGroup': {
    of: ['LogConfiguration.Destination'],
    write: (id) => `!GetAtt ${id}.Arn`,
  },
  'AWS::KMS::Key': { of: ['KmsKeyId'], write: (id) => `!GetAtt ${id}.Arn` },
  'AWS::FSx::Backup': { of: ['BackupId'], write: (id) => `!GetAtt ${id}.BackupId` },
  'AWS::EC2::Subnet': { of: ['SubnetIds'], write: (id) => `!Ref ${id}` },
  'AWS::EC2::SecurityGroup': { of: ['SecurityGroupIds'], write: (id) => `!GetAtt ${id}.GroupId` },
};

/** The message about the bucket of a path, with what to write if that is an attribute of a bucket instead of its name. */
export function withBucketAdvice(message: string, value: unknown): string {
  const {
    text,
    known: { parts = [] },
  } = value instanceof Unknown ? value : new Unknown('');
  const attribute = parts.find((part) => part instanceof Unknown && isOfBucket(part));
  if (!(attribute instanceof Unknown)) return message;
  const { logicalId = '' } = attribute.known.reference ?? {};
  return `${message.replace(/\.$/, ': use the name of the bucket.')} Write !Sub ${text.replace(attribute.text, `\${${logicalId}}`)}.`;
}

const isOfBucket = ({ known: { reference } }: Unknown): boolean =>
  reference?.type === 'AWS::S3::Bucket' && reference.attribute !== undefined;

/**
 * The message about the form of a value, with what to write if the value is a reference to a resource that has what is needed.
 *
 * @param path The path of the property in a model of this type.
 */
export function withReferenceAdvice(message: string, path: string, value: unknown): string {
  const { reference, like = [] } = (value as Partial<Unknown> | undefined)?.known ?? {};
  const known = reference && FUNCTIONS[reference.type];
  if (!known || !known.of.includes(path.replace(/\[\d+\]$/, ''))) return message;
  // The ARN of a log group with another name is not valid either.
  const isOther =
    reference.type === 'AWS::Logs::LogGroup' &&
    (reference.attribute !== undefined || !like.every((name) => name.startsWith('/aws/fsx')));
  if (isOther) return message;
  return `${message.replace(/; write [^;]*$/, '.')} Write ${known.write(reference.logicalId)}.`;
}
