import { type Account, LiveError, until } from './account';
import {
  awsCommand,
  findLeftovers,
  type Leftover,
  type LeftoverCheck,
  reason,
  describeLeftovers,
  leftoverIf,
} from './leftovers';
import type { Removal, Dependency } from './dependency';

export interface CleanupOptions {
  /** The tag `Name` of the file system. */
  name: string;
  stacks: readonly string[];
  dependencies: readonly Dependency[];
  say: (line: string) => void;
  /** Waits between two looks. */
  pause: (seconds: number) => Promise<void>;
}

/** A stack is deleted while it is being created, but not in the middle of these. */
const BUSY = /^(UPDATE|IMPORT|ROLLBACK)_.*IN_PROGRESS$/;

/** Finds and removes what a run leaves in the account. */
export class Cleanup {
  readonly #ids = new Set<string>();

  constructor(
    private readonly account: Account,
    private readonly options: CleanupOptions,
  ) {}

  /** A file system that must not be left. */
  note(id: string): void {
    this.#ids.add(id);
  }

  /**
   * Removes everything, past whatever fails, and proves it.
   * @throws LiveError naming what is left.
   */
  async clear(): Promise<void> {
    for (const stack of this.options.stacks) {
      // A stack that is gone tells no more what it held.
      await this.#goOn(() => this.#noteFileSystemsOf(stack));
      await this.#goOn(() => this.#removeStack(stack));
    }
    await this.#goOn(() => this.#noteNamed());
    for (const id of this.#ids) await this.#goOn(() => this.#removeFileSystem(id));
    await this.#goOn(() => this.disconnect());
    await this.prove();
  }

  /**
   * Removes what was made around the file system, past whatever fails.
   * @throws LiveError where the file system is still there: it may be using it.
   */
  async disconnect(): Promise<void> {
    for (const id of this.#ids) {
      if (await this.account.fileSystem(id))
        throw new LiveError(`${id} is still there, so what it uses is kept`);
    }
    for (const dependency of this.options.dependencies)
      await this.#goOn(() => dependency.remove(this.#removal()));
  }

  #removal(): Removal {
    const { pause } = this.options;
    return { account: this.account, fileSystems: [...this.#ids], pause };
  }

  /** @throws LiveError naming what is left, or what could not be looked for, and how to remove it. */
  async prove(): Promise<void> {
    const left: Leftover[] = [];
    const looked: string[] = [];
    for (const look of this.#looks()) {
      looked.push(look[0].what);
      left.push(...(await findLeftovers(look)));
    }
    if (left.length > 0) throw new LiveError(describeLeftovers(left));
    this.options.say(`Nothing is left. Looked for: ${looked.join(', ')}.`);
    for (const { remnant } of this.options.dependencies) if (remnant) this.options.say(remnant);
  }

  /** The commands that remove what a run may have left, for whoever does not wait. */
  byHand(): string[] {
    return [
      ...this.options.stacks.map((stack) => this.#stack(stack)),
      this.#named(),
      ...[...this.#ids].map((id) => this.#fileSystem(id)),
      ...this.#dependencies().map(([left]) => left),
    ].map(({ command }) => command);
  }

  async #goOn(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.options.say(`FAILED, going on: ${reason(error)}`);
    }
  }

  async #noteFileSystemsOf(stack: string): Promise<void> {
    if (!(await this.account.stackStatus(stack))) return;
    for (const id of await this.account.fileSystemsOf(stack)) this.note(id);
  }

  async #noteNamed(): Promise<void> {
    for (const id of await this.account.fileSystemsNamed(this.options.name)) this.note(id);
  }

  async #removeStack(stack: string): Promise<void> {
    let status: string | undefined;
    const isAtRest = async () => {
      status = await this.account.stackStatus(stack);
      return !status || !BUSY.test(status);
    };
    await this.#until(isAtRest, `the end of what the stack ${stack} is doing`);
    if (status === undefined) return;
    this.options.say(`Deleting the stack ${stack}`);
    await this.account.deleteStack(stack);
  }

  async #removeFileSystem(id: string): Promise<void> {
    let asked = false;
    const isGone = async () => {
      const { Lifecycle } = (await this.account.fileSystem(id)) ?? {};
      // FSx takes no deletion before it has ended a creation.
      if (!asked && Lifecycle && Lifecycle !== 'CREATING' && Lifecycle !== 'DELETING') {
        this.options.say(`Deleting ${id}, which no stack has removed`);
        await this.account.deleteFileSystem(id);
        asked = true;
      }
      return Lifecycle === undefined;
    };
    await this.#until(isGone, `the end of ${id}`);
  }

  /** For half an hour at most: twice what the slowest deletion takes. */
  #until(isThere: () => Promise<boolean>, what: string): Promise<void> {
    return until(isThere, { pause: this.options.pause, seconds: 15, attempts: 120, what });
  }

  /** What may be left, and how to find out; one after the other, because a look tells what else to look for. */
  *#looks(): Generator<LeftoverCheck> {
    const { account } = this;
    for (const stack of this.options.stacks) {
      const left = this.#stack(stack);
      yield [left, () => leftoverIf(left, account.stackStatus(stack))];
    }
    // By name as well: a creation that failed before it told the ID leaves one that no stack knows.
    yield [this.#named(), () => this.#noteNamed().then(() => [])];
    for (const id of this.#ids) {
      const left = this.#fileSystem(id);
      yield [left, () => leftoverIf(left, account.fileSystem(id))];
      const backups = async () => (await account.backupsOf(id)).map((one) => this.#backup(one));
      yield [this.#backups(id), backups];
    }
    yield* this.#dependencies();
  }

  #dependencies(): LeftoverCheck[] {
    return this.options.dependencies.flatMap((one) => one.leftoverChecks(this.#removal()));
  }

  #stack(stack: string): Leftover {
    const command = this.#aws(`cloudformation delete-stack --stack-name ${stack}`);
    return { what: `stack ${stack}`, command };
  }

  #named(): Leftover {
    const { name } = this.options;
    const query = `FileSystems[?Tags[?Key=='Name' && Value=='${name}']].FileSystemId`;
    const command = this.#aws(`fsx describe-file-systems --query "${query}"`);
    return { what: `a file system with the tag Name=${name}`, command };
  }

  #fileSystem(id: string): Leftover {
    const command = this.#aws(`fsx delete-file-system --file-system-id ${id}`);
    return { what: `file system ${id}`, command };
  }

  #backups(id: string): Leftover {
    const filter = `--filters Name=file-system-id,Values=${id}`;
    const command = this.#aws(`fsx describe-backups ${filter} --query "Backups[].BackupId"`);
    return { what: `backups of ${id}`, command };
  }

  #backup(id: string): Leftover {
    return { what: `backup ${id}`, command: this.#aws(`fsx delete-backup --backup-id ${id}`) };
  }

  #aws(words: string): string {
    return awsCommand(this.account.aws.region, words);
  }
}
