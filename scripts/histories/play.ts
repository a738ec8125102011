/** Plays one history: CloudFormation on one side, a local FSx on the other, the function between them. */
import { openLocalFsx, type OpenedFsx, type Operation } from '../../local/fsx/server';
import { ContractViolation } from '../../local/registry/contract';
import type { Properties } from '../../local/registry/protocol';
import { Disturber } from './disturber';
import { canBeBackedUp, CHANGES, TEMPLATES, type History } from './history';
import { StackResource, type End } from './stack-resource';
import type { SimulatedFunction } from './simulated-function';
import { differences } from './truth';

/** An end that is not true: what kind of it, and the particulars. */
export interface Untrue {
  kind: string;
  detail: string;
}

export interface Played {
  untrue: Untrue[];
  /** File systems that nobody owns, but which a message names, or says where to look for where FSx could not be reached. */
  named: number;
  /** Requests to FSx. */
  calls: number;
  events: number;
  /** Operations and their ends, in words. */
  told: string[];
}

const START = Date.UTC(2026, 0, 5, 12);
const HOUR = 3_600_000;
/** Times that the owner of the stack asks again, undisturbed, before an operation counts as refused. */
const TRIES = 3;
/** Milliseconds that the function takes from FSx's last refusal of a backup to the deletion. */
const UNUSED = 5_000;
/** Longer than FSx takes to create any file system. */
const CREATION = 7 * 60_000;

export async function play(history: History, lambda: SimulatedFunction): Promise<Played> {
  const fsx = openLocalFsx({
    manualClock: true,
    startTime: START,
    otherFileSystems: false,
    // By how much each description lags follows from the history.
    seed: JSON.stringify(history),
    world: { descriptionLagSeconds: history.lag },
  });
  const disturber = new Disturber(history.disturbances, fsx);
  lambda.connect(fsx, (operation: Operation) => disturber.request(operation));
  const player = new Player(history, fsx, disturber, lambda);
  await player.play();
  return player.played();
}

class Player {
  private readonly resource: StackResource;
  private readonly untrue: Untrue[] = [];
  private readonly told: string[] = [];
  private readonly messages: string[] = [];
  private template: Properties;
  private named = 0;
  /** Ends of deletions that said that there is no file system any more, by ID. */
  private readonly gone = new Set<string>();

  constructor(
    private readonly history: History,
    private readonly fsx: OpenedFsx,
    private readonly disturber: Disturber,
    private readonly lambda: SimulatedFunction,
  ) {
    this.template = {
      ...TEMPLATES[history.template],
      ...(history.finalBackup &&
        canBeBackedUp(history.template) && {
          SkipFinalBackup: false,
          FinalBackupTags: [{ Key: 'Kept', Value: 'yes' }],
        }),
    };
    this.resource = new StackResource(lambda, fsx, disturber);
  }

  played(): Played {
    const { calls } = this.disturber;
    const { untrue, named, told } = this;
    return { untrue, named, calls, events: this.resource.events, told };
  }

  async play(): Promise<void> {
    try {
      if (await this.create()) {
        for (const update of this.history.updates)
          await this.update(CHANGES[update.change](this.template), update.isTakenBack);
      }
      await this.delete();
      await this.expectNothingLeft();
    } catch (error) {
      if (!(error instanceof ContractViolation)) throw error;
      this.fault('contract violation', error.message);
    }
  }

  private fault(kind: string, detail: string): void {
    this.untrue.push({ kind, detail });
    this.told.push(`  UNTRUE ${kind}: ${detail}`);
  }

  /** Whether the stack goes on with the file system. */
  private async create(): Promise<boolean> {
    const { creationGivenUpAfter } = this.history;
    const end = await this.tell(
      'CREATE',
      this.resource.create(this.template, creationGivenUpAfter),
    );
    this.expectNoSecond();
    if (end.status !== 'SUCCESS') return false;
    const id = this.resource.id ?? '';
    const wish = { desired: this.template, previous: {}, isRollback: false };
    this.expectTrue('CREATE', id, wish);
    return true;
  }

  private async update(desired: Properties, isTakenBack: boolean): Promise<void> {
    const { id = '' } = this.resource;
    const previous = this.template;
    this.wait(previous, desired);
    const seen = this.disturber.count;
    const end = await this.tell('UPDATE', this.resource.update(desired, previous, false));
    if (end.status === 'SUCCESS') {
      this.expectTrue('UPDATE', id, { desired, previous, isRollback: false });
      if (!isTakenBack) {
        this.template = desired;
        return;
      }
    } else if (this.disturber.count === seen && !this.disturber.isConfigurationInvalid)
      this.fault('update refused', end.message ?? '');
    this.fsx.clock.advance(this.history.gap * 1000);
    await this.rollBack(previous, desired);
  }

  private async rollBack(desired: Properties, previous: Properties): Promise<void> {
    const { id = '' } = this.resource;
    const refusals = this.disturber.refusals;
    let end = await this.tell('ROLLBACK', this.resource.update(desired, previous, true));
    for (let tries = 0; end.status !== 'SUCCESS' && tries < TRIES; tries += 1) {
      const isExcused = this.disturber.refusals > refusals || end.status === 'GIVEN UP';
      if (!isExcused) this.fault('rollback refused', `${end.errorCode ?? ''} ${end.message ?? ''}`);
      this.disturber.stop();
      this.fsx.clock.advance(this.history.gap * 1000);
      end = await this.tell('ROLLBACK', this.resource.update(desired, previous, true));
      if (end.status !== 'SUCCESS' && tries === TRIES - 1)
        this.fault('rollback refused', `${end.errorCode ?? ''} ${end.message ?? ''}`);
    }
    if (end.status === 'SUCCESS')
      this.expectTrue('ROLLBACK', id, { desired, previous, isRollback: true });
  }

  private async delete(): Promise<void> {
    this.fsx.clock.advance(this.history.gap * 1000);
    for (let tries = 0; tries <= TRIES; tries += 1) {
      const { id } = this.resource;
      const end = await this.tell('DELETE', this.resource.delete(this.template));
      this.expectGone(end, id);
      if (end.status === 'SUCCESS' || end.errorCode === 'NotFound') return;
      this.disturber.stop();
      const { Lifecycle } = this.fsx.fileSystems.get(id ?? '') ?? {};
      if (Lifecycle === 'FAILED') this.goWithoutBackup();
      else if (tries === TRIES) this.fault('deletion refused', end.message ?? '');
    }
  }

  /** FSx makes no backup of a file system that is FAILED; its owner deletes it without one. */
  private goWithoutBackup(): void {
    const template = { ...this.template };
    delete template.SkipFinalBackup;
    delete template.FinalBackupTags;
    this.template = template;
  }

  /** CloudFormation believes that the file system is gone, or is about to be. */
  private expectGone(end: End, id: string | undefined): void {
    if (id === undefined) return;
    if (end.status !== 'SUCCESS' && end.errorCode !== 'NotFound') return;
    this.gone.add(id);
    const { Lifecycle } = this.fsx.fileSystems.get(id) ?? {};
    if (Lifecycle !== undefined && Lifecycle !== 'DELETING')
      this.fault('deletion untrue', `${end.errorCode ?? end.status} while ${Lifecycle}`);
  }

  private async expectNothingLeft(): Promise<void> {
    this.disturber.stop();
    if (this.template.SkipFinalBackup === false && !this.disturber.failsCreation)
      for (const [id, { CreationTime }] of this.resource.removed)
        if (!(await this.hasBackup(id))) this.expectUnused(id, CreationTime * 1000);
    this.fsx.clock.advance(3 * HOUR);
    for (const { FileSystemId: id } of this.fsx.fileSystems.all()) {
      if (this.gone.has(id)) continue;
      const isTold = (text: string) => this.messages.some((message) => message.includes(text));
      if (isTold(id) || isTold('FSx could not be reached')) {
        this.named += 1;
        this.told.push(`  left, and named: ${id}`);
      } else if (isTold('may have created')) this.fault('orphan with a warning', id);
      else this.fault('orphan', id);
    }
  }

  /** Its deletion was accepted before anybody could have used it. */
  private expectUnused(id: string, createdAt: number): void {
    const deletedAt = this.disturber.deletedAt.get(id) ?? Infinity;
    if (deletedAt - createdAt > CREATION + UNUSED) this.fault('final backup missing', id);
  }

  private async hasBackup(id: string): Promise<boolean> {
    const filter = { Name: 'file-system-id', Values: [id] };
    const { Backups = [] } = await this.lambda.call('DescribeBackups', { Filters: [filter] });
    return (Backups as { Type: string }[]).some(({ Type }) => Type === 'USER_INITIATED');
  }

  private expectNoSecond(): void {
    const living = this.fsx.fileSystems.all().filter(({ Lifecycle }) => Lifecycle !== 'DELETING');
    if (living.length > 1) this.fault('double create', String(living.length));
  }

  private expectTrue(
    action: string,
    id: string,
    wish: Omit<Parameters<typeof differences>[2], 'touched'>,
  ): void {
    const { touched } = this.disturber;
    for (const difference of differences(this.fsx, id, { ...wish, touched }))
      this.fault(`${action} untrue: ${difference.split(' ')[0] ?? ''}`, difference);
  }

  /** FSx takes no two changes of capacity, throughput or IOPS within six hours. */
  private wait(previous: Properties, desired: Properties): void {
    const names = ['StorageCapacity', 'PerUnitStorageThroughput', 'MetadataConfiguration'];
    const isSlow = names.some(
      (name) => JSON.stringify(previous[name]) !== JSON.stringify(desired[name]),
    );
    this.fsx.clock.advance(isSlow ? 48 * HOUR : this.history.gap * 1000);
  }

  private async tell(action: string, operation: Promise<End>): Promise<End> {
    this.told.push(action);
    const end = await operation;
    this.messages.push(...this.resource.messages.splice(0));
    this.told.push(...this.resource.told.splice(0));
    this.told.push(`  ${end.status} ${end.errorCode ?? ''} ${end.message ?? ''}`);
    if (end.errorCode === 'InternalFailure') this.fault('InternalFailure', end.message ?? '');
    if (end.status === 'NEVER') this.fault('never ends', action);
    return end;
  }
}
