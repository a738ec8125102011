import { ASSOCIATION_VERSION } from '../catalog/catalog';
import type { NamesWhere } from '../properties/property-table';

type CreateOnly = NamesWhere<'update', 'create-only'>;

const NEW = 'Create a new file system and copy the data';

// https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html
const ASSOCIATION = `An existing file system is linked to S3 by a data repository association (AWS::FSx::DataRepositoryAssociation) instead, if it was created without ImportPath, has Lustre ${ASSOCIATION_VERSION} or later, and is neither SCRATCH_1 nor INTELLIGENT_TIERING.`;

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
    'Clients in other subnets, and in VPCs that are connected with this one, can mount the file system where it is. To move a persistent one, make a backup and restore it in the other subnet with BackupId.',
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
  SecurityGroupIds:
    'No new file system is needed: change the rules of its groups, or give other groups to each of its NetworkInterfaceIds with `aws ec2 modify-network-interface-attribute --network-interface-id ENI --groups SG`, and to those that FSx adds when the file system grows.',
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/encryption-at-rest.html
  KmsKeyId:
    'Rotating the key needs no change here. For another key, make a backup and restore it with BackupId and the other KmsKeyId.',
  BackupId:
    'FSx restores a backup into a new file system only: create one with this BackupId, and copy what you need from there.',
  ImportPath: ASSOCIATION,
  ExportPath: ASSOCIATION,
  ImportedFileChunkSize: ASSOCIATION,
  CopyTagsToBackups:
    'Tag the backups themselves, with `aws fsx tag-resource`; FinalBackupTags are for the final one.',
  DriveCacheType: `${NEW}, or raise StorageCapacity: the throughput grows with it.`,
  // https://docs.aws.amazon.com/fsx/latest/LustreGuide/efa-file-systems.html
  EfaEnabled: `${NEW}. A file system with EFA can also be mounted by clients without it.`,
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
