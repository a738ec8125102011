/** How CloudFormation changes the properties of AWS::FSx::FileSystem, as data. */
import type { LustreProperties } from '../../lustre/properties';
import { capitalized } from '../../lustre/wording';
import { rowOf, type StepName } from '../../lustre/properties/property-table';

type Name = keyof LustreProperties;

/**
 * `replace`: CloudFormation replaces the file system. `unsupported`: AWS's reference says "No interruption", but
 * UpdateFileSystem has no such member.
 */
type NativeUpdate = 'replace' | 'unsupported';

/**
 * The properties that CloudFormation or FSx does not change in place. The first five are createOnlyProperties of the type's
 * schema (https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip, read in November 2026), and so is
 * FileSystemType. The others are from "Update requires" in the reference, which lists more than the schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-fsx-filesystem-lustreconfiguration.html
 */
const NATIVE_UPDATES: Readonly<Partial<Record<Name, NativeUpdate>>> = {
  BackupId: 'replace',
  KmsKeyId: 'replace',
  SecurityGroupIds: 'replace',
  SubnetIds: 'replace',
  DeploymentType: 'replace',
  CopyTagsToBackups: 'replace',
  StorageType: 'unsupported',
  DriveCacheType: 'unsupported',
  EfaEnabled: 'unsupported',
  ExportPath: 'unsupported',
  ImportPath: 'unsupported',
  ImportedFileChunkSize: 'unsupported',
};

/** The properties for whose changes CloudFormation replaces an AWS::FSx::FileSystem. */
export const NATIVE_REPLACING = namesOf('replace');
/** The properties that AWS documents as updated in place, but that UpdateFileSystem does not have. */
export const NATIVE_UNSUPPORTED = namesOf('unsupported');

/**
 * What to expect of a change of an unsupported property.
 *
 * @param property The path in AWS::FSx::FileSystem.
 */
export const unsupportedChange = (property: string): string =>
  `AWS's reference says that ${property} changes without interruption, but FSx has no call that changes it: AWS does not document whether the update fails or has no effect.`;

function namesOf(update: NativeUpdate): readonly Name[] {
  return (Object.keys(NATIVE_UPDATES) as Name[]).filter((name) => NATIVE_UPDATES[name] === update);
}

/** The subjects of UpdateFileSystem, of which calls on record contain one at a time. */
const SUBJECTS: ReadonlySet<string> = new Set<StepName>([
  'throughput',
  'metadata',
  'storage',
  'throughput-capacity',
  'version',
]);

/** What FSx does with one call that contains all changes, as AWS::FSx::FileSystem makes it. */
export interface OneCall {
  readonly outcome: 'refused' | 'unknown';
  readonly property: Name;
  readonly message: string;
}

/**
 * What is wrong with changing properties in one call; undefined if nothing is.
 *
 * @param who Who makes the call, for the message.
 */
export function oneCall(names: readonly Name[], who: string): OneCall | undefined {
  const subjects = new Map(names.map((name) => [rowOf(name).update, name]));
  const [storage, metadata] = [subjects.get('storage'), subjects.get('metadata')];
  if (storage && metadata)
    // https://github.com/hashicorp/terraform-provider-aws/issues/44432
    return {
      outcome: 'refused',
      property: storage,
      message: `FSx refuses StorageCapacity and MetadataConfiguration in one call, and ${who} sends both at once. Raise the metadata IOPS in one deployment, and StorageCapacity in the next.`,
    };
  const several = [...subjects].filter(([subject]) => SUBJECTS.has(subject));
  const [[, first] = []] = several;
  return several.length < 2 || first === undefined
    ? undefined
    : {
        outcome: 'unknown',
        property: first,
        message: `${capitalized(who)} sends all changes to FSx in one call. AWS does not document whether FSx accepts ${several.map(([, name]) => name).join(' and ')} in the same call. Change them in separate deployments.`,
      };
}
