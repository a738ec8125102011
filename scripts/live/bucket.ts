import { type Account, until } from './account';
import { awsCommand, type Leftover, type LeftoverCheck, leftoverIf } from './leftovers';
import type { Model, Removal, Dependency } from './dependency';

/** One object is enough for a file system to have something to import. */
const OBJECT = 'imported-by-a-file-system';
/** FSx removes the role of a link itself, some time after the file system. */
const ROLE_PATIENCE = { seconds: 30, attempts: 20 };

/** Whether there is a bucket of that name that the caller may look at. */
export const bucketExists = async (account: Account, Bucket: string): Promise<boolean> =>
  (await account.ask('s3api', 'head-bucket', { Bucket }, '404')) !== undefined;

/** The bucket that the file system is linked to, and the role that FSx makes for the link. */
export class Bucket implements Dependency {
  #begun = false;

  /** @param isThere whether it was there before: then nothing in it is changed. */
  constructor(
    private readonly name: string,
    private readonly isThere: boolean,
  ) {}

  get plan(): string {
    return this.isThere
      ? `the bucket ${this.name}, which is there: FSx lists its objects, and nothing in it is changed; the execution role must be allowed to use it`
      : `a bucket ${this.name} with one empty object, which FSx imports and watches; the execution role must be allowed to use it`;
  }

  async create(account: Account): Promise<void> {
    if (this.isThere) return;
    this.#begun = true;
    const { region } = account.aws;
    await account.aws.call('s3api', 'create-bucket', {
      Bucket: this.name,
      // The region that has no constraint.
      ...(region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region } }),
    });
    await account.aws.call('s3api', 'put-object', { Bucket: this.name, Key: OBJECT });
  }

  properties(): Record<string, unknown> {
    const ImportPath = `s3://${this.name}`;
    if (this.isThere) return { ImportPath };
    return { ImportPath, ExportPath: `${ImportPath}/export`, AutoImportPolicy: 'NEW' };
  }

  isShownBy({ ImportPath }: Model): boolean {
    return String(ImportPath).replace(/\/$/, '') === `s3://${this.name}`;
  }

  async remove({ account, fileSystems, pause }: Removal): Promise<void> {
    if (this.#begun && (await bucketExists(account, this.name))) await this.#delete(account);
    for (const id of fileSystems) await removeRole(account, roleName(id), pause);
  }

  async #delete(account: Account): Promise<void> {
    const { Contents = [] } = (await account.aws.call('s3api', 'list-objects-v2', {
      Bucket: this.name,
    })) as { Contents?: { Key: string }[] };
    for (const { Key } of Contents)
      await account.aws.call('s3api', 'delete-object', { Bucket: this.name, Key });
    await account.aws.call('s3api', 'delete-bucket', { Bucket: this.name });
  }

  leftoverChecks({ account, fileSystems }: Omit<Removal, 'pause'>): LeftoverCheck[] {
    const { region } = account.aws;
    const bucket: Leftover = {
      what: `bucket ${this.name}`,
      command: awsCommand(region, `s3 rb s3://${this.name} --force`),
    };
    const roles = fileSystems.map((id): LeftoverCheck => {
      const command = `iam delete-service-linked-role --role-name ${roleName(id)}`;
      const role: Leftover = { what: `role ${roleName(id)}`, command: awsCommand(region, command) };
      return [role, () => leftoverIf(role, roleExists(account, roleName(id)))];
    });
    return [
      ...(this.#begun
        ? [[bucket, () => leftoverIf(bucket, bucketExists(account, this.name))] as const]
        : []),
      ...roles,
    ];
  }
}

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-service-linked-roles.html */
const roleName = (fileSystem: string): string => `AWSServiceRoleForFSxS3Access_${fileSystem}`;

const roleExists = async (account: Account, RoleName: string): Promise<boolean> =>
  (await account.ask('iam', 'get-role', { RoleName }, 'NoSuchEntity')) !== undefined;

async function removeRole(
  account: Account,
  RoleName: string,
  pause: Removal['pause'],
): Promise<void> {
  const isGone = async () => !(await roleExists(account, RoleName));
  const patience = { ...ROLE_PATIENCE, pause, what: `the end of ${RoleName}` };
  try {
    await until(isGone, patience);
  } catch {
    await account.aws.call('iam', 'delete-service-linked-role', { RoleName });
    await until(isGone, patience);
  }
}
