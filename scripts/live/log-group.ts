import type { Account } from './account';
import { awsCommand, type Leftover, type LeftoverCheck, leftoverIf } from './leftovers';
import type { Model, Removal, Dependency } from './dependency';

/** Whose log groups: an account in a region. */
export interface Owner {
  partition: string;
  region: string;
  account: string;
}

/** The log group that FSx writes to. */
export class LogGroup implements Dependency {
  readonly #name: string;
  #begun = false;

  constructor(
    name: string,
    private readonly owner: Owner,
  ) {
    this.#name = `/aws/fsx/${name}`;
  }

  get plan(): string {
    return `a log group ${this.#name}`;
  }

  async create(account: Account): Promise<void> {
    this.#begun = true;
    await account.aws.call('logs', 'create-log-group', { LogGroupName: this.#name });
  }

  /** The ARN ends with `:*`, as that of GetAtt does, which FSx omits. */
  properties(): Record<string, unknown> {
    const { account, partition, region } = this.owner;
    const Destination = `arn:${partition}:logs:${region}:${account}:log-group:${this.#name}:*`;
    return { LogConfiguration: { Level: 'WARN_ERROR', Destination } };
  }

  isShownBy({ LogConfiguration }: Model): boolean {
    const { Destination = '' } = (LogConfiguration ?? {}) as { Destination?: string };
    return Destination.endsWith(`:log-group:${this.#name}`);
  }

  async remove({ account }: Removal): Promise<void> {
    if (this.#begun && (await this.#isThere(account)))
      await account.aws.call('logs', 'delete-log-group', { LogGroupName: this.#name });
  }

  leftoverChecks({ account }: Omit<Removal, 'pause'>): LeftoverCheck[] {
    if (!this.#begun) return [];
    const command = `logs delete-log-group --log-group-name ${this.#name}`;
    const left: Leftover = {
      what: `log group ${this.#name}`,
      command: awsCommand(account.aws.region, command),
    };
    return [[left, () => leftoverIf(left, this.#isThere(account))]];
  }

  async #isThere(account: Account): Promise<boolean> {
    const { logGroups = [] } = (await account.aws.call('logs', 'describe-log-groups', {
      LogGroupNamePrefix: this.#name,
    })) as { logGroups?: { logGroupName: string }[] };
    return logGroups.some(({ logGroupName }) => logGroupName === this.#name);
  }
}
