import type { InspectedFileSystem } from '../../local/fsx/admin/inspection';
import type { OpenedFsx } from '../../local/fsx/server';
import { checkedProgress } from '../../local/registry/contract';
import { firstEvent, nextEvent, type Sender } from '../../local/registry/events';
import type {
  Action,
  HandlerEvent,
  ProgressEvent,
  Properties,
} from '../../local/registry/protocol';
import { ATTEMPTS, isRetriable, retryDelay } from '../../local/registry/retries';
import { lustreFileSystem } from '../../local/registry/type-schema';
import type { Disturber, Of } from './disturber';
import type { SimulatedFunction } from './simulated-function';

/** How an operation ends for CloudFormation: with an answer, given up after a kill, or not at all. */
export interface End {
  status: 'SUCCESS' | 'FAILED' | 'GIVEN UP' | 'NEVER';
  errorCode?: string | undefined;
  message?: string | undefined;
}

const SENDER: Sender = {
  typeName: lustreFileSystem.typeName,
  identifier: 'FileSystemId',
  region: 'us-east-1',
  accountId: '123456789012',
  stackName: 'history',
  stackTags: {},
  scalars: 'text',
  reinvokeWith: 'desired-and-identifier',
};
const STACK = 'arn:aws:cloudformation:us-east-1:123456789012:stack/history/1';

const INVALID_CONFIGURATION = { Validation: 'LOOSE' };

/**
 * Seconds of an operation in which CloudFormation comes back as soon as it is told to; later on, and where nothing goes
 * wrong, it is busy with others.
 */
const PROMPT = 150;
const BUSY = 240;

/** Seconds within which an event may arrive a second time. */
const LATEST = 60;

/** More events than any operation needs that ends. */
const MOST_EVENTS = 400;

interface Late {
  event: HandlerEvent;
  dueAt: number;
}

/** One resource of a stack, and CloudFormation, which sends its events. */
export class StackResource {
  /** The physical ID, as the last progress event had it. */
  id: string | undefined;
  events = 0;
  readonly messages: string[] = [];
  readonly told: string[] = [];
  /** The file systems that deletions were asked for, as they were then. */
  readonly removed = new Map<string, InspectedFileSystem>();
  private operations = 0;
  private late: Late[] = [];

  constructor(
    private readonly lambda: SimulatedFunction,
    private readonly fsx: OpenedFsx,
    private readonly disturber: Disturber,
  ) {}

  create(desired: Properties, givenUpAfter?: number): Promise<End> {
    return this.operate('CREATE', { desired }, { givenUpAfter });
  }

  update(desired: Properties, previous: Properties, rollback: boolean): Promise<End> {
    const identifier = { FileSystemId: this.id };
    const subject = {
      desired: { ...desired, ...identifier },
      previous: { ...previous, ...identifier },
    };
    return this.operate('UPDATE', subject, { rollback });
  }

  delete(template: Properties): Promise<End> {
    const fileSystem = this.fsx.fileSystems.get(this.id ?? '');
    if (fileSystem) this.removed.set(fileSystem.FileSystemId, fileSystem);
    const identifier = this.id === undefined ? {} : { FileSystemId: this.id };
    return this.operate('DELETE', { desired: { ...template, ...identifier } }, {});
  }

  private async operate(
    action: Action,
    subject: { desired: Properties; previous?: Properties },
    { rollback = false, givenUpAfter }: { rollback?: boolean; givenUpAfter?: number | undefined },
  ): Promise<End> {
    this.disturber.begin();
    this.operations += 1;
    const bearerToken = `operation-${this.operations}`;
    let event = firstEvent(action, SENDER, STACK, subject, { bearerToken, rollback });
    const start = this.fsx.clock.now();
    const limit = (lustreFileSystem.timeoutMinutes[action] ?? 120) * 60_000;
    const isPlain =
      action !== 'UPDATE' && !this.disturber.isConcerned && givenUpAfter === undefined;
    const prompt = isPlain ? 0 : PROMPT;
    let attempt = 1;
    for (let count = 0; count < MOST_EVENTS; count += 1) {
      const answer = await this.deliver(event, count);
      if (answer === undefined) return this.end({ status: 'GIVEN UP' });
      const known = subject.desired.FileSystemId ?? this.id;
      const identifier = 'FileSystemId';
      const progress = checkedProgress(answer, { action, identifier, known });
      if (isRetriable(progress) && attempt < ATTEMPTS) {
        await this.sleep(retryDelay(attempt));
        attempt += 1;
        continue;
      }
      attempt = 1;
      const returned = progress.resourceModel?.FileSystemId;
      if (typeof returned === 'string') this.id = returned;
      if (progress.status !== 'IN_PROGRESS') {
        const { status, errorCode, message } = progress;
        return this.end({ status, errorCode, message });
      }
      const elapsed = (this.fsx.clock.now() - start) / 1000;
      const told = progress.callbackDelaySeconds ?? 0;
      const delay = elapsed >= prompt ? Math.max(told, BUSY) : told;
      if (givenUpAfter !== undefined && elapsed + delay >= givenUpAfter) {
        await this.sleep(Math.max(0, givenUpAfter - elapsed));
        return this.end({ status: 'GIVEN UP' });
      }
      await this.sleep(delay);
      if (this.fsx.clock.now() - start > limit) break;
      event = nextEvent(event, SENDER, subject, progress);
    }
    return this.end({ status: 'NEVER' });
  }

  /** What arrives late arrives before the next operation begins. */
  private async end(end: End): Promise<End> {
    await this.deliverLate(Infinity);
    return end;
  }

  private async sleep(seconds: number): Promise<void> {
    const until = this.fsx.clock.now() + seconds * 1000;
    await this.deliverLate(until);
    this.fsx.clock.advance(Math.max(0, until - this.fsx.clock.now()));
  }

  private async deliverLate(until: number): Promise<void> {
    const due = this.late.filter(({ dueAt }) => dueAt <= until);
    this.late = this.late.filter((late) => !due.includes(late));
    for (const { event, dueAt } of due) {
      this.fsx.clock.advance(Math.max(0, dueAt - this.fsx.clock.now()));
      await this.invoke(event, 'arrives again');
    }
  }

  /** The answer that CloudFormation gets in the end; undefined where it gives up. */
  private async deliver(event: HandlerEvent, count: number): Promise<ProgressEvent | undefined> {
    const delivery = this.disturber.event(count);
    if (delivery?.how === 'late')
      this.late.push({
        event,
        dueAt: this.fsx.clock.now() + Math.min(LATEST, delivery.seconds) * 1000,
      });
    const second = this.disturber.secondInvocation(count);
    for (let sent = 0; ; sent += 1) {
      const answer = await this.invoke(event, '', sent === 0 ? second : undefined);
      if (answer === undefined) {
        if (this.disturber.again === undefined) return undefined;
        await this.sleep(this.disturber.again);
        continue;
      }
      if (delivery?.how === 'answer lost') {
        await this.sleep(delivery.seconds);
        return (await this.invoke(event, 'again, its answer was lost')) ?? answer;
      }
      if (delivery?.how === 'twice') return (await this.invoke(event, 'twice')) ?? answer;
      return answer;
    }
  }

  private async invoke(
    event: HandlerEvent,
    how: string,
    second?: Of<'twoAtOnce'>,
  ): Promise<ProgressEvent | undefined> {
    this.events += 1;
    const typeConfiguration = this.disturber.isConfigurationInvalid ? INVALID_CONFIGURATION : null;
    const { calls } = this.disturber;
    const sent = { ...event, requestData: { ...event.requestData, typeConfiguration } };
    const answers =
      second === undefined
        ? [await this.lambda.invoke(sent)]
        : await this.lambda.invokeTwice(sent, second.call);
    this.disturber.noteDeletions();
    for (const answer of answers) {
      this.tell(event, second === undefined ? how : 'in two at once', this.disturber.calls - calls, answer); // oxfmt-ignore
      if (answer?.message) this.messages.push(answer.message);
    }
    const counting = second?.counts === 'first' ? answers : answers.toReversed();
    return counting.find((answer) => answer !== undefined);
  }

  private tell(
    { requestContext }: HandlerEvent,
    how: string,
    calls: number,
    answer: ProgressEvent | undefined,
  ): void {
    const time = new Date(this.fsx.clock.now()).toISOString().slice(11, 19);
    const { status = 'KILLED', errorCode = '', message = '', callbackContext } = answer ?? {};
    const context = JSON.stringify(callbackContext ?? {});
    this.told.push(
      `  ${time} event ${requestContext.invocation} ${how} (${calls} calls): ${status} ${errorCode} ${message} ${context}`,
    );
  }
}
