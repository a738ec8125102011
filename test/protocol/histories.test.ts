import fc from 'fast-check';
import type { Operation } from '../../local/fsx/server';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/protocol';
import { scalarsAsText } from '../../local/protocol';
import type { Registry } from '../../local/registry';
import { startWorld, SUBNET, type World } from './world';

/** Histories in CI; `HISTORIES=100000 npx jest histories` runs longer. */
const HISTORIES = Number(process.env.HISTORIES ?? 1000);
/** Histories that go on at once, on one FSx: each one's faults and waits are the others' weather. */
const AT_ONCE = 50;

const HOUR = 3_600_000;
const TRANSIENT = ['Throttling', 'ServiceInternalError', 'NetworkFailure'];

let world: World;
beforeAll(async () => {
  world = await startWorld({
    world: {
      quotas: {
        fileSystems: 10_000,
        storageGiB: 1_000_000_000,
        throughputCapacityMbps: 1_000_000,
        userInitiatedBackups: 10_000,
      },
    },
  });
});
afterAll(() => world.close());

/** What must be true of one resource, as far as its owner knows. */
interface Known {
  /** The template that is deployed; undefined: there is no resource. */
  template?: Properties | undefined;
  id?: unknown;
}

/** One resource of one stack, and CloudFormation, which may lose answers and ask again. */
class Subject {
  private static count = 0;
  readonly owner = `history-${(Subject.count += 1)}`;
  readonly registry: Registry;
  losses = 0;

  constructor(scalars: 'text' | 'as-given') {
    this.registry = world.registry({
      scalars,
      invoke: (event) => this.invoke(event),
      // The clock is everybody's, and others skip days.
      timeoutMinutes: { CREATE: Infinity, UPDATE: Infinity, DELETE: Infinity },
      // Longer than asked, so that a history is short; never shorter.
      sleep: (seconds) => {
        world.fsx.clock.advance(Math.max(seconds, 300) * 1000);
        return Promise.resolve();
      },
    });
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

  private async invoke(event: HandlerEvent): Promise<ProgressEvent> {
    for (; this.losses > 0; this.losses -= 1) await world.invoke(JSON.parse(JSON.stringify(event)));
    return JSON.parse(
      JSON.stringify(await world.invoke(JSON.parse(JSON.stringify(event)))),
    ) as ProgressEvent;
  }
}

type Command = fc.AsyncCommand<Known, Subject, true>;

const tagged = (template: Properties, owner: string): Properties => ({
  ...template,
  Tags: [{ Key: 'Owner', Value: owner }, ...((template.Tags as object[] | undefined) ?? [])],
});

/** The state after an operation that may have failed: exactly one file system as known, or none. */
async function hold(known: Known, subject: Subject): Promise<void> {
  const existing = subject.existing();
  expect(existing.map(({ FileSystemId }) => FileSystemId)).toEqual(
    known.id === undefined ? [] : [known.id],
  );
  if (known.template === undefined) return;
  const read = await subject.registry.read({ FileSystemId: known.id });
  if (read.status === 'FAILED') expect(TRANSIENT).toContain(read.errorCode);
  else
    expect(comparable(read.resourceModel ?? {})).toMatchObject(
      comparable(tagged(known.template, subject.owner)),
    );
}

function comparable({ Tags, ...rest }: Properties): Properties {
  const tags = ((Tags ?? []) as { Key: string; Value: string }[])
    .map(({ Key, Value }) => `${Key}=${Value}`)
    .sort();
  return { ...(scalarsAsText(rest) as Properties), Tags: tags };
}

/** What is there of the members of a template, the owner's tag aside. */
async function found(subject: Subject, id: unknown, template: Properties): Promise<Properties> {
  let read = await subject.registry.read({ FileSystemId: id });
  while (read.status === 'FAILED') read = await subject.registry.read({ FileSystemId: id });
  const { Tags, ...rest } = read.resourceModel ?? {};
  const others = ((Tags ?? []) as { Key: string }[]).filter(({ Key }) => Key !== 'Owner');
  const members = Object.keys(template).filter((name) => name in rest);
  return { ...Object.fromEntries(members.map((name) => [name, rest[name]])), Tags: others };
}

class Create implements Command {
  constructor(private readonly template: Properties) {}
  check = ({ template }: Readonly<Known>) => Promise.resolve(template === undefined);
  async run(known: Known, subject: Subject) {
    const answer = await subject.registry.create(tagged(this.template, subject.owner));
    if (answer.status === 'SUCCESS') {
      known.template = this.template;
      known.id = answer.resourceModel?.FileSystemId;
    }
    await hold(known, subject);
  }
  toString = () => `create ${JSON.stringify(this.template)}`;
}

class Update implements Command {
  constructor(
    private readonly change: (template: Properties) => Properties,
    private readonly name: string,
  ) {}
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    world.fsx.clock.advance(48 * HOUR);
    const before = known.template ?? {};
    const after = this.change(before);
    const answer = await subject.registry.update(tagged(after, subject.owner), {
      ...tagged(before, subject.owner),
      FileSystemId: known.id,
    });
    if (answer.status === 'SUCCESS') known.template = after;
    else {
      expect(['InvalidRequest', 'NotUpdatable', 'NotStabilized', ...TRANSIENT]).toContain(
        answer.errorCode,
      );
      expect(answer.message).not.toBe('');
      // What the type refuses changes nothing; what FSx refuses or fails may come half-way, so the owner looks again.
      const before = known.template ?? {};
      const halfWay = answer.errorCode !== 'InvalidRequest' || answer.message?.startsWith('FSx ');
      if (halfWay) known.template = await found(subject, known.id, before);
    }
    await hold(known, subject);
  }
  toString = () => `update ${this.name}`;
}

class Remove implements Command {
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    const answer = await subject.registry.delete({ ...known.template, FileSystemId: known.id });
    // With a lost answer the second deletion may find nothing, which CloudFormation takes for success.
    if (answer.status === 'FAILED') expect(answer.errorCode).toBe('NotFound');
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

/** Somebody deletes the file system by hand: from now on it is NotFound, and can be created again. */
class Vanish implements Command {
  check = ({ template }: Readonly<Known>) => Promise.resolve(template !== undefined);
  async run(known: Known, subject: Subject) {
    world.fsx.fileSystems.remove(String(known.id));
    for (const answer of [
      await subject.registry.read({ FileSystemId: known.id }),
      await subject.registry.update(tagged(known.template ?? {}, subject.owner), {
        ...known.template,
        FileSystemId: known.id,
      }),
      await subject.registry.delete({ FileSystemId: known.id }),
    ])
      expect(['NotFound', ...TRANSIENT]).toContain(answer.errorCode);
    known.template = known.id = undefined;
    await hold(known, subject);
  }
  toString = () => 'deleted by hand';
}

/** Bad weather for whoever calls next; throttling, which the SDK waits out for seconds, has tests of its own. */
class Fault implements Command {
  constructor(
    private readonly fault:
      'throttling' | 'internalError' | 'cutBefore' | 'cutAfter' | 'endsFailed',
    private readonly operation: Operation,
  ) {}
  check = () => Promise.resolve(true);
  run() {
    const { fault, operation } = this;
    const ends = operation === 'CreateFileSystem' || operation === 'UpdateFileSystem';
    if (fault !== 'endsFailed' || ends) world.fsx.faults.add({ fault, operation });
    return Promise.resolve();
  }
  toString = () => `${this.fault} at ${this.operation}`;
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

const commands = fc.commands<Known, Subject, true>(
  [
    templates.map((template) => new Create(template)),
    fc.constantFrom(...Object.entries(CHANGES)).map(([name, change]) => new Update(change, name)),
    fc.constantFrom(...Object.entries(CHANGES)).map(([name, change]) => new Update(change, name)),
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
      )
      .map(([fault, operation]) => new Fault(fault, operation)),
    fc.integer({ min: 1, max: 3 }).map((losses) => new Lose(losses)),
  ],
  { maxCommands: 12 },
);

const histories = fc.array(
  fc.tuple(fc.constantFrom('text' as const, 'as-given' as const), commands),
  {
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  },
);

test(`${HISTORIES} random histories keep exactly the file systems that they should`, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (several) => {
      const subjects: Subject[] = [];
      await Promise.all(
        several.map(([scalars, history]) => {
          const real = new Subject(scalars);
          subjects.push(real);
          return fc.asyncModelRun(() => ({ model: {}, real }), history);
        }),
      );
    }),
    {
      numRuns: HISTORIES / AT_ONCE,
      endOnFailure: true,
      plugins: [
        fc.afterEach(() => {
          world.fsx.faults.clear();
          for (const { FileSystemId } of world.fsx.fileSystems.all())
            world.fsx.fileSystems.remove(FileSystemId);
          world.fsx.requests.reset();
          world.steps.length = 0;
        }),
      ],
    },
  );
}, 600_000);
