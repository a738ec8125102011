import fc from 'fast-check';
import type { Operation } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/registry/protocol';
import { scalarsAsText } from '../../local/registry/protocol';
import { ValidationError } from '../../local/stack/refusals';
import type { Registry } from '../../local/registry/registry';
import type { ResourceEvent, StackResource } from '../../local/stack/resources';
import type { Stack, StackInput, StackStatus } from '../../local/stack/stack';
import { parseTemplate } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { startWorld, SUBNET, type World } from './harness';

/** Histories in CI; `HISTORIES=100000 npx jest histories` runs longer. */
const HISTORIES = Number(process.env.HISTORIES ?? 1000);
/**
 * Histories that go on at once, on one FSx: each one's faults and waits are the others' weather. Over a network so many that a
 * list has several pages; without one fewer, since each list describes the file systems of all.
 */
const AT_ONCE = { network: 50, noNetwork: 10 };

const HOUR = 3_600_000;
const TRANSIENT = ['Throttling', 'ServiceInternalError', 'NetworkFailure'];
/** What FSx cannot take back: an update that failed half-way may leave it changed. */
const IRREVERSIBLE = ['StorageCapacity', 'MetadataConfiguration'];
/** Times that the owner of a stack asks again where the weather was too bad. */
const PATIENCE = 20;

/** Seconds that CloudFormation stays away at the least: longer than it is asked to, so that a history is short. */
const WAIT = 300;
/** The same for what takes hours, after so many looks. */
const LATER = { looks: 10, wait: 1800 };

let world: World;
const startRoomyWorld = (overNetwork: boolean): Promise<World> =>
  startWorld({
    overNetwork,
    world: {
      quotas: {
        fileSystems: 10_000,
        storageGiB: 1_000_000_000,
        throughputCapacityMbps: 1_000_000,
        userInitiatedBackups: 10_000,
      },
    },
  });

/** The policies of a resource; both Delete where nothing is written. */
interface Policies {
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** What must be true of one stack, as far as its owner knows. */
interface Known {
  /** The properties that are deployed; undefined: there is no resource. */
  template?: Properties | undefined;
  policies: Policies;
  /** What FSx has instead, since it cannot be taken back. */
  instead: Properties;
  id?: unknown;
}

/** One stack with one resource, and CloudFormation, which may lose answers and ask again. */
class Subject {
  private static count = 0;
  readonly owner = `history-${(Subject.count += 1)}`;
  readonly registry: Registry;
  readonly stack: Stack;
  /** Physical ids that CloudFormation has let go of: its policies keep them, or it could not delete them. */
  readonly letGo = new Set<unknown>();
  losses = 0;
  /** Of the operation that is under way, so far. */
  private invocations = 0;

  constructor(scalars: 'text' | 'as-given') {
    const options = {
      scalars,
      invoke: (event: HandlerEvent) => this.invoke(event),
      // The clock is everybody's, and others skip days.
      timeoutMinutes: { CREATE: Infinity, UPDATE: Infinity, DELETE: Infinity },
      sleep: (seconds: number) => {
        const least = this.invocations > LATER.looks ? LATER.wait : WAIT;
        world.fsx.clock.advance(Math.max(seconds, least) * 1000);
        return Promise.resolve();
      },
    };
    this.registry = world.registry(options);
    this.stack = world.stack(
      {
        name: this.owner,
        observeResource: (event) => {
          this.observe(event);
        },
      },
      options,
    );
  }

  /** The file systems that carry the owner's tag and are not on their way out. */
  existing() {
    return world.fsx.fileSystems
      .all()
      .filter(
        ({ Tags, Lifecycle }) =>
          Lifecycle !== 'DELETING' && Tags.some(({ Value }) => Value === this.owner),
      );
  }

  get resource(): StackResource | undefined {
    return this.stack.resources[0];
  }

  /** @param isDoomed the stack fails after its resources have succeeded: an output is no text */
  input(properties: Properties, policies: Policies, isDoomed = false): StackInput {
    const resource = {
      Type: lustreFileSystem.typeName,
      ...policies,
      Properties: tagged(properties, this.owner),
    };
    const Outputs = { Doom: { Value: { 'Fn::GetAtt': ['Scratch', 'NetworkInterfaceIds'] } } };
    const template = { Resources: { Scratch: resource }, ...(isDoomed && { Outputs }) };
    return { template: parseTemplate(JSON.stringify(template)) };
  }

  /** Deletes the stack, and does it again where the weather was too bad. */
  async delete(): Promise<void> {
    let status: StackStatus | undefined;
    for (let tries = 0; status !== 'DELETE_COMPLETE' && tries < PATIENCE; tries += 1) {
      status = await this.stack.delete();
    }
    expect(status).toBe('DELETE_COMPLETE');
  }

  private observe({ status, physicalId }: ResourceEvent): void {
    const isCleanup = this.stack.status?.endsWith('CLEANUP_IN_PROGRESS') === true;
    if (status === 'DELETE_SKIPPED' || (status === 'DELETE_FAILED' && isCleanup)) {
      this.letGo.add(physicalId);
    }
  }

  private async invoke(event: HandlerEvent): Promise<ProgressEvent> {
    this.invocations = event.requestContext.invocation;
    for (; this.losses > 0; this.losses -= 1) await world.deliver(event);
    return world.deliver(event);
  }
}

type Command = fc.AsyncCommand<Known, Subject, true>;

const tagged = (template: Properties, owner: string): Properties => ({
  ...template,
  Tags: [{ Key: 'Owner', Value: owner }, ...((template.Tags as object[] | undefined) ?? [])],
});

/** The state after any operation: exactly the file system that is known, and those that were let go of. */
async function hold(known: Known, subject: Subject): Promise<void> {
  const existing = subject.existing().map(({ FileSystemId }) => FileSystemId);
  const kept = existing.filter((id) => subject.letGo.has(id));
  expect(existing.filter((id) => !kept.includes(id))).toEqual(
    known.id === undefined ? [] : [known.id],
  );
  expect(subject.resource?.physicalId).toBe(known.id);
  if (known.template === undefined) return;
  const read = await subject.registry.read({ FileSystemId: known.id });
  if (read.status === 'FAILED') expect(TRANSIENT).toContain(read.errorCode);
  else
    expect(comparable(read.resourceModel ?? {})).toMatchObject(
      comparable({ ...tagged(known.template, subject.owner), ...known.instead }),
    );
}

function comparable({ Tags, ...rest }: Properties): Properties {
  const tags = ((Tags ?? []) as { Key: string; Value: string }[])
    .map(({ Key, Value }) => `${Key}=${Value}`)
    .sort();
  return { ...(scalarsAsText(rest) as Properties), Tags: tags };
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(scalarsAsText({ value: one })) === JSON.stringify(scalarsAsText({ value: other }));

/** What FSx has of the properties that it cannot take back, where that is not what the template says. */
async function found(subject: Subject, id: unknown, template: Properties): Promise<Properties> {
  let read = await subject.registry.read({ FileSystemId: id });
  while (read.status === 'FAILED') read = await subject.registry.read({ FileSystemId: id });
  const { resourceModel = {} } = read;
  return Object.fromEntries(
    IRREVERSIBLE.filter(
      (name) => name in template && !same(template[name], resourceModel[name]),
    ).map((name) => [name, resourceModel[name]]),
  );
}

const doomed = (isDoomed: boolean): string => (isDoomed ? ', and fails in the end' : '');

class Create implements Command {
  constructor(
    private readonly template: Properties,
    private readonly policies: Policies,
    private readonly isDoomed: boolean,
  ) {}
  check = ({ template }: Readonly<Known>) => Promise.resolve(template === undefined);
  async run(known: Known, subject: Subject) {
    const { template, policies, isDoomed } = this;
    const status = await subject.stack.create(subject.input(template, policies, isDoomed));
    if (status === 'CREATE_COMPLETE') {
      expect(isDoomed).toBe(false);
      Object.assign(known, { template, policies, instead: {} });
      known.id = subject.resource?.physicalId;
    } else {
      expect(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']).toContain(status);
      await subject.delete();
    }
    await hold(known, subject);
  }
  toString = () =>
    `create ${JSON.stringify({ ...this.policies, ...this.template })}${doomed(this.isDoomed)}`;
}

class Update implements Command {
  constructor(
    private readonly change: (template: Properties) => Properties,
    private readonly name: string,
    private readonly isDoomed: boolean,
  ) {}
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    world.fsx.clock.advance(48 * HOUR);
    const before = known.template ?? {};
    const after = this.change(before);
    const status = await this.update(subject, subject.input(after, known.policies, this.isDoomed));
    if (status === 'UPDATE_COMPLETE') this.succeeded(known, subject, before, after);
    else if (status !== 'No updates are to be performed.') {
      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      known.instead = await found(subject, known.id, before);
    } else expect(same(tagged(before, ''), tagged(after, ''))).toBe(true);
    await hold(known, subject);
  }
  toString = () => `update ${this.name}${doomed(this.isDoomed)}`;

  private async update(subject: Subject, input: StackInput): Promise<string> {
    try {
      let status = await subject.stack.update(input);
      for (let tries = 0; status === 'UPDATE_ROLLBACK_FAILED' && tries < PATIENCE; tries += 1) {
        status = await subject.stack.continueUpdateRollback();
      }
      return status;
    } catch (error) {
      if (error instanceof ValidationError) return error.message;
      throw error;
    }
  }

  private succeeded(known: Known, subject: Subject, before: Properties, after: Properties): void {
    expect(this.isDoomed).toBe(false);
    const id = subject.resource?.physicalId;
    const isReplaced = lustreFileSystem.createOnly.some((name) => !same(before[name], after[name]));
    expect(id === known.id).toBe(!isReplaced);
    if (isReplaced && known.policies.UpdateReplacePolicy === 'Retain') {
      expect(subject.letGo).toContain(known.id);
    }
    known.id = id;
    known.template = after;
    // What the template changes is the template's again; what it says as before stays as FSx has it.
    known.instead = Object.fromEntries(
      Object.entries(known.instead).filter(
        ([name]) => !isReplaced && same(before[name], after[name]),
      ),
    );
  }
}

class Remove implements Command {
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    await subject.delete();
    const isKept = known.policies.DeletionPolicy !== undefined;
    expect(subject.letGo.has(known.id)).toBe(isKept);
    known.template = known.id = undefined;
    await hold(known, subject);
  }
  toString = () => 'delete';
}

class List implements Command {
  check = () => Promise.resolve(true);
  async run(known: Known, subject: Subject) {
    const { status, resourceModels = [], errorCode } = await subject.registry.list();
    if (status === 'FAILED') expect(TRANSIENT).toContain(errorCode);
    else
      expect(resourceModels.filter(({ FileSystemId }) => FileSystemId === known.id)).toHaveLength(
        known.id === undefined ? 0 : 1,
      );
  }
  toString = () => 'list';
}

/** Somebody deletes the file system by hand: the stack can only be deleted, and created again. */
class Vanish implements Command {
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    world.fsx.fileSystems.remove(String(known.id));
    const read = await subject.registry.read({ FileSystemId: known.id });
    expect(['NotFound', ...TRANSIENT]).toContain(read.errorCode);
    const changed = { ...known.template, Tags: [{ Key: 'Vanished', Value: 'by hand' }] };
    expect(await subject.stack.update(subject.input(changed, known.policies))).toBe(
      'UPDATE_ROLLBACK_FAILED',
    );
    await subject.delete();
    known.template = known.id = undefined;
    await hold(known, subject);
  }
  toString = () => 'deleted by hand';
}

/** Bad weather for whoever calls next; throttling, which the SDK waits out for seconds, has tests of its own. */
class Fault implements Command {
  constructor(
    private readonly fault:
      | 'throttling'
      | 'internalError'
      | 'cutBefore'
      | 'cutAfter'
      | 'endsFailed',
    private readonly operation: Operation,
    private readonly after: number,
  ) {}
  check = () => Promise.resolve(true);
  run() {
    const { fault, operation, after } = this;
    const ends = operation === 'CreateFileSystem' || operation === 'UpdateFileSystem';
    if (fault !== 'endsFailed' || ends) world.fsx.faults.add({ fault, operation, after });
    return Promise.resolve();
  }
  toString = () => `${this.fault} at ${this.operation} after ${this.after}`;
}

/** The next answers are lost on their way to CloudFormation, which asks again. */
class Lose implements Command {
  constructor(private readonly losses: number) {}
  check = () => Promise.resolve(true);
  run(_: Known, subject: Subject) {
    subject.losses = this.losses;
    return Promise.resolve();
  }
  toString = () => `${this.losses} answers lost`;
}

const templates: fc.Arbitrary<Properties> = fc
  .constantFrom<Properties>(
    { StorageCapacity: 1200, DeploymentType: 'SCRATCH_2' },
    { StorageCapacity: 3600, DeploymentType: 'SCRATCH_1', DataCompressionType: 'LZ4' },
    {
      StorageCapacity: 2400,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 100,
      AutomaticBackupRetentionDays: 2,
    },
    {
      StorageCapacity: 6000,
      StorageType: 'HDD',
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 12,
      DriveCacheType: 'READ',
    },
    {
      StorageCapacity: 1200,
      DeploymentType: 'PERSISTENT_1',
      PerUnitStorageThroughput: 50,
      ImportPath: 's3://data',
      AutoImportPolicy: 'NEW',
    },
    {
      StorageCapacity: 4800,
      DeploymentType: 'PERSISTENT_2',
      PerUnitStorageThroughput: 250,
      MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
    },
    {
      StorageCapacity: 2400,
      DeploymentType: 'PERSISTENT_2',
      PerUnitStorageThroughput: 125,
      MetadataConfiguration: { Mode: 'AUTOMATIC' },
    },
  )
  .map((template) => ({ ...template, SubnetIds: [SUBNET] }));

const OTHER_SUBNET = 'subnet-0fedcba9876543210';

const without = (template: Properties, name: string): Properties =>
  Object.fromEntries(Object.entries(template).filter(([member]) => member !== name));

const increment = ({ DeploymentType, StorageType }: Properties) =>
  StorageType === 'HDD' ? 6000 : DeploymentType === 'SCRATCH_1' ? 3600 : 2400;

const CHANGES: Readonly<Record<string, (template: Properties) => Properties>> = {
  nothing: (template) => template,
  'more capacity': (template) => ({
    ...template,
    StorageCapacity:
      (Math.floor(Number(template.StorageCapacity) / increment(template)) + 1) *
      increment(template),
  }),
  // FSx takes these at creation only: CloudFormation replaces the file system.
  'another subnet': (template) => ({
    ...template,
    SubnetIds: [same(template.SubnetIds, [SUBNET]) ? OTHER_SUBNET : SUBNET],
  }),
  'a default that is written down': (template) => ({ ...template, StorageType: 'SSD' }),
  'less capacity': (template) => ({ ...template, StorageCapacity: 1200 }),
  'another tier': (template) => ({
    ...template,
    ...(template.PerUnitStorageThroughput !== undefined && {
      PerUnitStorageThroughput: template.DeploymentType === 'PERSISTENT_2' ? 500 : 200,
    }),
  }),
  'more IOPS': (template) => ({
    ...template,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 12_000 },
  }),
  'more IOPS and capacity': (template) => ({
    ...template,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 12_000 },
    StorageCapacity: Number(template.StorageCapacity) + increment(template),
  }),
  compression: (template) => ({ ...template, DataCompressionType: 'LZ4' }),
  'no compression': (template) => without(template, 'DataCompressionType'),
  backups: (template) => ({ ...template, AutomaticBackupRetentionDays: 5 }),
  window: (template) => ({ ...template, WeeklyMaintenanceStartTime: '3:04:00' }),
  'everything at once': (template) => ({
    ...template,
    StorageCapacity: Number(template.StorageCapacity) + increment(template),
    DataCompressionType: 'LZ4',
    WeeklyMaintenanceStartTime: '5:05:00',
    Tags: [{ Key: 'All', Value: 'at once' }],
  }),
  tags: (template) => ({ ...template, Tags: [{ Key: 'Stage', Value: 'test' }] }),
  'no tags': (template) => without(template, 'Tags'),
};

const policies = fc.constantFrom<Policies>(
  {},
  {},
  { UpdateReplacePolicy: 'Retain' },
  { DeletionPolicy: 'RetainExceptOnCreate' },
);

const doom = fc.integer({ max: 7, min: 0 }).map((die) => die === 7);

const updates = fc
  .tuple(fc.constantFrom(...Object.entries(CHANGES)), doom)
  .map(([[name, change], isDoomed]) => new Update(change, name, isDoomed));

const creations = fc.tuple(templates, policies, doom).map((given) => new Create(...given));

/** Updates are drawn more often than the rest: what they leave is what later ones find. */
const commands = fc.commands<Known, Subject, true>(
  [
    creations,
    creations,
    updates,
    updates,
    updates,
    updates,
    updates,
    fc.constant(new Remove()),
    fc.constant(new List()),
    fc.constant(new Vanish()),
    fc
      .tuple(
        fc.constantFrom(
          'internalError' as const,
          'cutBefore' as const,
          'cutAfter' as const,
          'endsFailed' as const,
        ),
        fc.constantFrom<Operation>(
          'CreateFileSystem',
          'DescribeFileSystems',
          'UpdateFileSystem',
          'DeleteFileSystem',
          'TagResource',
        ),
        fc.nat(2),
      )
      .map((given) => new Fault(...given)),
    fc.integer({ min: 1, max: 3 }).map((losses) => new Lose(losses)),
  ],
  { maxCommands: 8, size: 'max' },
);

type History = [scalars: 'text' | 'as-given', creation: Create, commands: Iterable<Command>];

const history: fc.Arbitrary<History> = fc.tuple(
  fc.constantFrom('text' as const, 'as-given' as const),
  creations,
  commands,
);

/** Plays so many histories, and as many at once in a world of their own. */
const play = (count: number, atOnce: number, overNetwork: boolean) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(history, { minLength: atOnce, maxLength: atOnce }),
      async (several) => {
        world = await startRoomyWorld(overNetwork);
        try {
          await Promise.all(several.map(live));
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: Math.ceil(count / atOnce), endOnFailure: true },
  );

async function live([scalars, creation, commands]: History): Promise<void> {
  const real = new Subject(scalars);
  const model: Known = { policies: {}, instead: {} };
  await creation.run(model, real);
  await fc.asyncModelRun(() => ({ model, real }), commands);
}

describe.each([
  ['over a network', true, AT_ONCE.network, AT_ONCE.network],
  // Many times as fast, and the waits of the SDK are waits of the clock.
  ['without a network', false, Math.max(0, HISTORIES - AT_ONCE.network), AT_ONCE.noNetwork],
])('%s', (_, overNetwork, count, atOnce) => {
  test(`${count} random histories keep exactly the file systems that they should`, async () => {
    await play(count, atOnce, overNetwork);
  }, 600_000);
});
