import { ASSOCIATION_VERSION } from '../catalog/catalog';
import type { NamesWhere } from '../properties/property-table';

type CreateOnly = NamesWhere<'update', 'create-only'>;

const NEW = 'Create a new file system and copy the data';

// https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html
const ASSOCIATION = `Link an existing file system to S3 by a data repository association (AWS::FSx::DataRepositoryAssociation) instead, if it was created without ImportPath, has Lustre ${ASSOCIATION_VERSION} or later, and is neither SCRATCH_1 nor INTELLIGENT_TIERING.`;

/**
 * What to do instead of changing a property that FSx accepts at creation only, because UpdateFileSystem has no such member.
 *
 * Only Cloud Control API calls reach these messages: CloudFormation replaces the file system instead of updating it.
 */
const INSTEAD = {
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/restoring-backups.html
  DeploymentType: `${NEW}: FSx restores a backup with the same DeploymentType only.`,
  StorageType: `${NEW}: FSx restores a backup with the same StorageType only.`,
  SubnetIds:
    'Clients in other subnets and in connected VPCs can mount the file system where it is. To move a persistent file system, create a backup and restore it in the other subnet with BackupId.',
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
  SecurityGroupIds:
    'You do not need a new file system: change the rules of its groups, or assign other groups to each of its NetworkInterfaceIds with `aws ec2 modify-network-interface-attribute --network-interface-id ENI --groups SG`, and to those that FSx adds when the capacity increases.',
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/encryption-at-rest.html
  KmsKeyId:
    'Key rotation requires no change. To use another key, create a backup and restore it with BackupId and the new KmsKeyId.',
  BackupId:
    'FSx restores a backup only to a new file system: create one with this BackupId, and copy the data that you need.',
  ImportPath: ASSOCIATION,
  ExportPath: ASSOCIATION,
  ImportedFileChunkSize: ASSOCIATION,
  CopyTagsToBackups:
    'Tag the backups directly with `aws fsx tag-resource`; FinalBackupTags is for the final one.',
  DriveCacheType: `${NEW}, or increase StorageCapacity: the throughput grows with it.`,
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/efa-file-systems.html
  EfaEnabled: `${NEW}. Clients without EFA can also mount a file system with EFA.`,
} as const satisfies Readonly<Record<CreateOnly, string>>;

/** The names of the properties that FSx accepts at creation only. */
export const CREATE_ONLY = Object.keys(INSTEAD) as readonly CreateOnly[];

/** What to do on an existing file system instead of changing a property, in sentences; undefined if FSx can change it. */
export function insteadOf(property: CreateOnly): string;
export function insteadOf(property: string): string | undefined;
export function insteadOf(property: string): string | undefined {
  const sentences: Readonly<Partial<Record<string, string>>> = INSTEAD;
  return Object.hasOwn(INSTEAD, property) ? sentences[property] : undefined;
}
