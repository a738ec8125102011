/** What CloudFormation makes of a change of AWS::FSx::FileSystem, as data. */
import type { LustreProperties } from '../../lustre/properties';
import { capitalized } from '../../lustre/wording';
import { rowOf, type StepName } from '../../lustre/properties/property-table';

type Name = keyof LustreProperties;

/**
 * `replace`: CloudFormation replaces the file system. `unsupported`: AWS's reference says "No interruption", and no member of
 * UpdateFileSystem carries it.
 */
type NativeUpdate = 'replace' | 'unsupported';

/**
 * The properties that CloudFormation, or FSx, does not change in place. The first five are createOnlyProperties of the type's
 * schema (https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip, read in November 2026), FileSystemType
 * is the sixth; the others are from "Update requires" of the reference, which has more than the schema:
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

export const NATIVE_REPLACING = namesOf('replace');
export const NATIVE_UNSUPPORTED = namesOf('unsupported');

/** What to expect of a change of one of those that are not supported; `property` as the type writes it. */
export const unsupportedChange = (property: string): string =>
  `AWS's reference says that ${property} changes without interruption, and FSx has no call that changes it: AWS does not document whether the update fails or has no effect.`;

function namesOf(update: NativeUpdate): readonly Name[] {
  return (Object.keys(NATIVE_UPDATES) as Name[]).filter((name) => NATIVE_UPDATES[name] === update);
}

/** The subjects of which FSx has so far been seen to take one in a call. */
const SUBJECTS: ReadonlySet<string> = new Set<StepName>([
  'throughput',
  'metadata',
  'storage',
  'throughput-capacity',
  'version',
]);

/** What FSx makes of one call that holds all changes, which is how the native type asks. */
export interface OneCall {
  readonly outcome: 'refused' | 'unknown';
  readonly property: Name;
  readonly message: string;
}

/** What is wrong with asking for some properties in one call, as `who` does; undefined where nothing is. */
export function oneCall(names: readonly Name[], who: string): OneCall | undefined {
  const subjects = new Map(names.map((name) => [rowOf(name).update, name]));
  const [storage, metadata] = [subjects.get('storage'), subjects.get('metadata')];
  if (storage && metadata)
    // https://github.com/hashicorp/terraform-provider-aws/issues/44432
    return {
      outcome: 'refused',
      property: storage,
      message: `FSx refuses StorageCapacity and MetadataConfiguration in one call, and ${who} asks for both at once. Raise the metadata IOPS in one deployment, and StorageCapacity in the next.`,
    };
  const several = [...subjects].filter(([subject]) => SUBJECTS.has(subject));
  const [[, first] = []] = several;
  return several.length < 2 || first === undefined
    ? undefined
    : {
        outcome: 'unknown',
        property: first,
        message: `${capitalized(who)} asks FSx for all changes in one call. Whether FSx takes ${several.map(([, name]) => name).join(' and ')} together is not documented. Change them in separate deployments.`,
      };
}
