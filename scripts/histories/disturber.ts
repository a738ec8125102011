import type { OpenedFsx, Operation } from '../../local/fsx/server';
import type { Disturbance, OutsiderChange } from './history';
import type { Interruption } from './execution-environment';

export type Of<Kind extends Disturbance['kind']> = Extract<Disturbance, { kind: Kind }>;

const ACTING: readonly Operation[] = [
  'CreateFileSystem',
  'UpdateFileSystem',
  'DeleteFileSystem',
  'TagResource',
  'UntagResource',
];

/** The words of FSx, and of IAM, when they refuse. */
const REFUSALS = {
  BadRequest: 'The request is invalid for a reason that is not on record.',
  ServiceLimitExceeded: 'The account has reached a limit.',
  AccessDeniedException: 'No identity-based policy allows the action',
} as const;

/** Brings the disturbances of a history about, each at its request or event. */
export class Disturber {
  /** Requests to FSx so far. */
  calls = 0;
  /** Disturbances so far, and those of them after which an operation may fail. */
  count = 0;
  refusals = 0;
  /** Properties that somebody else has changed. */
  readonly touched = new Set<string>();
  /** The moments at which FSx accepted deletions, by file system. */
  readonly deletedAt = new Map<string, number>();
  isConfigurationInvalid = false;
  /** FSx ends the creation as FAILED. */
  failsCreation = false;
  /** Seconds until the event is sent again after the last kill; undefined: it is not. */
  again: number | undefined = 0;

  private left: Disturbance[];
  private operation = -1;
  private call = 0;
  private absentUntil = 0;

  constructor(
    disturbances: readonly Disturbance[],
    private readonly fsx: OpenedFsx,
  ) {
    this.left = [...disturbances];
  }

  /** An operation of CloudFormation begins. */
  begin(): void {
    this.operation += 1;
    this.call = 0;
    this.fsx.faults.clear();
    this.absentUntil = 0;
    const failing = this.take('endsFailed', () => true);
    if (failing) {
      this.refusals += 1;
      if (this.operation === 0) this.failsCreation = true;
      this.fsx.faults.add({ fault: 'endsFailed', message: 'FSx could not do it.' });
    }
  }

  /** Whether something is still to go wrong in this operation. */
  get isConcerned(): boolean {
    return this.left.some(({ operation }) => operation === this.operation);
  }

  /** Nothing goes wrong any more. */
  stop(): void {
    this.left = [];
    this.fsx.faults.clear();
    this.isConfigurationInvalid = false;
  }

  /** Told of each request to FSx. */
  request(operation: Operation): Interruption {
    const at = this.call;
    this.call += 1;
    this.calls += 1;
    this.endAbsence();
    const absent = this.take('absent', ({ call }) => call === at);
    if (absent) this.beginAbsence(absent);
    const fault = this.take('fault', ({ call }) => call === at);
    if (fault) this.fsx.faults.add({ fault: fault.fault, times: fault.times });
    const isActing = ACTING.includes(operation);
    const refusal = isActing && this.take('refusal', ({ call }) => call <= at);
    if (refusal) this.refuse(refusal, operation);
    const kill = this.take('kill', ({ call }) => call === at);
    if (kill) this.again = kill.again;
    return kill?.when;
  }

  /** Told of each event, before it is sent; what happens to it itself. */
  event(at: number): Of<'delivery'> | undefined {
    const outsider = this.take('outsider', ({ event }) => event === at);
    if (outsider) this.change(outsider.change);
    if (this.take('configuration', ({ event }) => event === at)) this.isConfigurationInvalid = true;
    return this.take('delivery', ({ event }) => event === at);
  }

  /** Told of each event: how it is sent a second time while the first invocation goes on. */
  secondInvocation(at: number): Of<'twoAtOnce'> | undefined {
    return this.take('twoAtOnce', ({ event }) => event === at);
  }

  private take<Kind extends Disturbance['kind']>(
    kind: Kind,
    isDue: (disturbance: Of<Kind>) => boolean,
  ): Of<Kind> | undefined {
    const found = this.left.find(
      (disturbance): disturbance is Of<Kind> =>
        disturbance.kind === kind &&
        disturbance.operation === this.operation &&
        isDue(disturbance as Of<Kind>),
    );
    if (!found) return undefined;
    this.count += 1;
    this.left = this.left.filter((disturbance) => disturbance !== found);
    return found;
  }

  private refuse({ code }: Of<'refusal'>, operation: Operation): void {
    this.refusals += 1;
    const message = REFUSALS[code];
    const members = code === 'ServiceLimitExceeded' ? { Limit: 'TOTAL_STORAGE' } : {};
    this.fsx.faults.add({ fault: 'error', code, message, members, operation });
  }

  private beginAbsence({ as, seconds }: Of<'absent'>): void {
    this.absentUntil = this.fsx.clock.now() + seconds * 1000;
    const operation = 'DescribeFileSystems';
    const always = { operation, times: 'always' } as const;
    this.fsx.faults.add(
      as === 'emptyList'
        ? { fault: 'emptyList', ...always }
        : { fault: 'error', code: as, message: 'File system does not exist.', ...always },
    );
  }

  private endAbsence(): void {
    if (this.absentUntil === 0 || this.fsx.clock.now() < this.absentUntil) return;
    this.absentUntil = 0;
    for (const { id, times } of this.fsx.faults.list())
      if (times === 'always') this.fsx.faults.remove(id);
  }

  /** Notes which file systems FSx has begun to delete. */
  noteDeletions(): void {
    for (const { FileSystemId, Lifecycle } of this.fsx.fileSystems.all())
      if (Lifecycle === 'DELETING' && !this.deletedAt.has(FileSystemId))
        this.deletedAt.set(FileSystemId, this.fsx.clock.now());
  }

  private change(change: OutsiderChange): void {
    const fileSystem = this.fsx.fileSystems
      .all()
      .find(({ Lifecycle }) => Lifecycle === 'AVAILABLE' || Lifecycle === 'UPDATING');
    if (!fileSystem) return;
    const { FileSystemId: id, Tags, LustreConfiguration: lustre = {} } = fileSystem;
    switch (change) {
      case 'tag':
        this.fsx.fileSystems.change(id, { tags: [...Tags, { Key: 'Other', Value: 'hand' }] });
        break;
      case 'retention':
        if (lustre.AutomaticBackupRetentionDays === undefined) return;
        this.touched.add('AutomaticBackupRetentionDays');
        this.fsx.fileSystems.change(id, {
          values: { LustreConfiguration: { AutomaticBackupRetentionDays: 30 } },
        });
        break;
      case 'compression':
        this.touched.add('DataCompressionType');
        this.fsx.fileSystems.change(id, {
          values: {
            LustreConfiguration: {
              DataCompressionType: lustre.DataCompressionType === 'LZ4' ? 'NONE' : 'LZ4',
            },
          },
        });
    }
  }
}
