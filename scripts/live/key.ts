import type { Account } from './account';
import { awsCommand, type Leftover, type LeftoverCheck, leftoverIf } from './leftovers';
import type { Model, Removal, Dependency } from './dependency';

interface KeyMetadata {
  KeyId: string;
  KeyState: string;
  /** Seconds since 1970, or a date, as the AWS CLI is set. */
  DeletionDate?: number | string;
}

/** The shortest time that KMS keeps a key whose deletion is scheduled, in days. */
const SHORTEST = '7';

/** The customer managed key that encrypts the file system, and the alias that the template names it by. */
export class Key implements Dependency {
  readonly #alias: string;
  #begun = false;
  #id: string | undefined;
  #deletionDate: string | undefined;

  /**
   * @param name the tag `Name` and the alias of the key, where it is made
   * @param given what names a key that was there before: then nothing of it is changed.
   */
  constructor(
    private readonly name: string,
    private readonly given?: string,
  ) {
    this.#alias = `alias/${name}`;
  }

  get plan(): string {
    return this.given === undefined
      ? `a KMS key with the alias ${this.#alias}, for 1 USD a month until its deletion is scheduled`
      : `the KMS key ${this.given}, which is there and stays as it is`;
  }

  get remnant(): string | undefined {
    return (
      this.#deletionDate &&
      `KMS deletes the key ${this.#id ?? ''} on ${this.#deletionDate}, the soonest it can, and does not bill it until then.`
    );
  }

  async create(account: Account): Promise<void> {
    if (this.given !== undefined) return;
    this.#begun = true;
    const { KeyMetadata } = (await account.aws.call('kms', 'create-key', {
      Description: 'Made by make live; may be deleted at any time',
      Tags: [{ TagKey: 'Name', TagValue: this.name }],
    })) as { KeyMetadata: KeyMetadata };
    this.#id = KeyMetadata.KeyId;
    await account.aws.call('kms', 'create-alias', {
      AliasName: this.#alias,
      TargetKeyId: KeyMetadata.KeyId,
    });
  }

  properties(): Record<string, unknown> {
    return { KmsKeyId: this.given ?? this.#alias };
  }

  /** FSx answers with the ARN, whatever names the key. */
  isShownBy({ KmsKeyId }: Model): boolean {
    return /^arn:[^:]+:kms:[^:]+:\d{12}:key\/./.test(String(KmsKeyId));
  }

  async remove({ account }: Removal): Promise<void> {
    if (!this.#begun) return;
    this.#id ??= await this.#tagged(account);
    if (this.#id === undefined) return;
    if (await keyOf(account, this.#alias))
      await account.aws.call('kms', 'delete-alias', { AliasName: this.#alias });
    if (await this.#isUsable(account))
      await account.aws.call('kms', 'schedule-key-deletion', {
        KeyId: this.#id,
        PendingWindowInDays: SHORTEST,
      });
  }

  leftoverChecks({ account }: Omit<Removal, 'pause'>): LeftoverCheck[] {
    if (!this.#begun) return [];
    const { region } = account.aws;
    const alias: Leftover = {
      what: this.#alias,
      command: awsCommand(region, `kms delete-alias --alias-name ${this.#alias}`),
    };
    const key = this.#left(region);
    return [
      [alias, () => leftoverIf(alias, keyOf(account, this.#alias))],
      [key, () => leftoverIf(key, this.#isUsable(account))],
    ];
  }

  #left(region: string): Leftover {
    const tagged =
      `resourcegroupstaggingapi get-resources --resource-type-filters kms:key ` +
      `--tag-filters Key=Name,Values=${this.name} --query "ResourceTagMappingList[].ResourceARN"`;
    const schedule = `kms schedule-key-deletion --pending-window-in-days ${SHORTEST} --key-id`;
    return this.#id === undefined
      ? { what: `a key with the tag Name=${this.name}`, command: awsCommand(region, tagged) }
      : { what: `key ${this.#id}`, command: awsCommand(region, `${schedule} ${this.#id}`) };
  }

  /** Whether there is the key, and its deletion is not scheduled. */
  async #isUsable(account: Account): Promise<boolean> {
    this.#id ??= await this.#tagged(account);
    const key = this.#id === undefined ? undefined : await keyOf(account, this.#id);
    if (key?.KeyState === 'PendingDeletion') this.#deletionDate = day(key.DeletionDate);
    return key !== undefined && key.KeyState !== 'PendingDeletion';
  }

  /** A key whose creation did not answer. */
  async #tagged(account: Account): Promise<string | undefined> {
    const { ResourceTagMappingList = [] } = (await account.aws.call(
      'resourcegroupstaggingapi',
      'get-resources',
      {
        ResourceTypeFilters: ['kms:key'],
        TagFilters: [{ Key: 'Name', Values: [this.name] }],
      },
    )) as { ResourceTagMappingList?: { ResourceARN: string }[] };
    return ResourceTagMappingList[0]?.ResourceARN;
  }
}

async function keyOf(account: Account, KeyId: string): Promise<KeyMetadata | undefined> {
  const answer = await account.ask('kms', 'describe-key', { KeyId }, 'NotFoundException');
  return (answer as { KeyMetadata: KeyMetadata } | undefined)?.KeyMetadata;
}

const day = (date: number | string | undefined): string =>
  (typeof date === 'number' ? new Date(date * 1000).toISOString() : (date ?? '')).slice(0, 10);
