/**
 * The published handler contract as tests: one test per sentence, in our own words, for every input set.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html
 *
 * Each set lives one life from creation to deletion, driven as AWS's contract suite drives it; the tests look at what
 * was said on the way. That the handlers answer in time, with a progress event of the right form, is the registry's
 * own condition for going on: a life that could be told kept it.
 */
import Ajv from 'ajv';
import type { AdministrativeAction } from '../../local/fsx/types';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/registry/protocol';
import type { OperationOptions } from '../../local/registry/events';
import type { Registry } from '../../local/registry/registry';
import schema from '../../schema.json';
import { inputSets, type InputSet } from '../protocol/fixtures';
import { model, promptThenBusy, startWorld, type World } from '../protocol/harness';

/** One answer of a handler, and what FSx had of the file system at that moment. */
export interface Moment {
  event: HandlerEvent;
  progress: ProgressEvent;
  /** FSx's own word for its state; absent where FSx knows no such file system. */
  lifecycle: string | undefined;
  /** Whether FSx shows an update that it is not done with; it may be AVAILABLE all the while. */
  isUpdating: boolean;
}

export interface Operation {
  moments: Moment[];
  end: ProgressEvent;
}

/** What was said in one life, in its order. */
export interface Life {
  set: InputSet;
  refused: Operation;
  created: Operation;
  readCreated: Operation;
  listCreated: Operation;
  updated: Operation;
  readUpdated: Operation;
  listUpdated: Operation;
  deleted: Operation;
  /** At every wait of the deletion. */
  readsDeleting: Operation[];
  listsDeleting: Operation[];
  readDeleted: Operation;
  updateDeleted: Operation;
  deleteDeleted: Operation;
  listDeleted: Operation;
  createdAgain: Operation;
  /** How many file systems, and how many changes, FSx was asked for until the update was over. */
  creations: number;
  changes: number;
}

export const IDENTIFIER = 'FileSystemId';
export const WRITE_ONLY = names(schema.writeOnlyProperties);
export const READ_ONLY = names(schema.readOnlyProperties);
export const CREATE_ONLY = names(schema.createOnlyProperties);

const SECOND = 1000;
const SEVEN_HOURS = 7 * 3_600_000;

/** How long CloudFormation stays away, in milliseconds, when a handler tells it to come back in so many seconds. */
type Pace = (seconds: number) => number;
/** Punctual at first, and then busy: FSx goes on for minutes with what the first looks have shown. */
function prompt(): Pace {
  const waitFor = promptThenBusy();
  return (seconds) => waitFor(seconds) * SECOND;
}
/** A handler must be content with that as well, and hours of growth take few invocations. */
const late: Pace = (seconds) => seconds * 60 * SECOND;
/** Late after a few looks within the seconds in which FSx does not show yet what it has accepted. */
export function tooEarly(): Pace {
  let looks = 0;
  return (seconds) => (looks++ < EARLY_LOOKS ? SECOND : late(seconds));
}
export const EARLY_LOOKS = 3;

type Action = 'create' | 'read' | 'update' | 'delete' | 'list';

/**
 * Describes the contract for every input set, each with its life and the world that it was lived in. FSx takes as long
 * as the real one. CloudFormation is prompt in the operation that the sentences are about, and late in the others.
 */
export function contract(
  name: Action,
  sentences: (life: () => Life, world: () => World) => void,
): void {
  describe.each(cases())(`${name}, input set $set.number in $region`, ({ region, set }) => {
    let world: World;
    let life: Life;
    beforeAll(async () => {
      world = await startWorld({ region });
      life = await lived(world, set, name);
    });
    afterAll(() => world.close());
    sentences(
      () => life,
      () => world,
    );
  });
}

interface Case {
  region: string;
  set: InputSet;
}

const HOME = 'us-east-1';

/** Every set where it is written for, and in the other partitions one that names a key and a log group. */
function cases(): Case[] {
  const sets = inputSets();
  const named = sets.filter(({ create }) => create.KmsKeyId && create.LogConfiguration);
  return [
    ...sets.map((set) => ({ region: HOME, set })),
    ...named.map((set) => moved(set, 'us-gov-west-1', 'aws-us-gov')),
    // There is no PERSISTENT_2 in China.
    ...named.map((set) => moved(set, 'cn-north-1', 'aws-cn', PERSISTENT_1)),
  ];
}

const PERSISTENT_1 = {
  create: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 100 },
  update: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 200 },
  invalid: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 300 },
};

/** A set as it would be written for another region: with its ARNs, and with what is had there. */
function moved(
  set: InputSet,
  region: string,
  partition: string,
  { create, update, invalid }: Partial<Record<string, Properties>> = {},
): Case {
  const there = (properties: Properties, changes: Properties | undefined): Properties => {
    const text = JSON.stringify(properties).replaceAll(`arn:aws:`, `arn:${partition}:`);
    return { ...(JSON.parse(text.replaceAll(HOME, region)) as Properties), ...changes };
  };
  return {
    region,
    set: {
      number: set.number,
      create: there(set.create, create),
      update: there(set.update, update),
      invalid: there(set.invalid, invalid),
    },
  };
}

interface Habits {
  pace?: Pace;
  /** What else happens whenever CloudFormation waits. */
  meanwhile?: (() => Promise<void>) | undefined;
  observe?: (moment: Moment) => void;
}

/** CloudFormation as the contract suite plays it: real JSON types, and the returned model sent back. */
export function contractRegistry(
  world: World,
  { pace = late, meanwhile, observe }: Habits = {},
): Registry {
  return world.registry({
    region: world.region,
    scalars: 'as-given',
    reinvokeWith: 'returned-model',
    sleep: async (seconds) => {
      await meanwhile?.();
      world.fsx.clock.advance(pace(seconds));
    },
    observe: ({ event, progress }) => {
      const id =
        progress.resourceModel?.[IDENTIFIER] ?? event.requestData.resourceProperties[IDENTIFIER];
      const fileSystem = world.fsx.fileSystems.get(String(id));
      const isUpdating = fileSystem?.AdministrativeActions?.some(isUnderWay) ?? false;
      observe?.({ event, progress, lifecycle: fileSystem?.Lifecycle, isUpdating });
    },
  });
}

/** Optimization goes on for hours after an update and is none itself. */
const isUnderWay = ({ AdministrativeActionType, Status }: AdministrativeAction): boolean =>
  AdministrativeActionType === 'FILE_SYSTEM_UPDATE' &&
  (Status === 'PENDING' || Status === 'IN_PROGRESS');

/** An operation with every moment of it. */
export async function told(
  world: World,
  run: (registry: Registry) => Promise<ProgressEvent>,
  habits: Habits = {},
): Promise<Operation> {
  const moments: Moment[] = [];
  const observe = (moment: Moment) => moments.push(moment);
  const end = await run(contractRegistry(world, { ...habits, observe }));
  return { moments, end };
}

async function lived(world: World, set: InputSet, subject: Action): Promise<Life> {
  const paceOf = (action: Action) => ({ pace: action === subject ? prompt() : late });
  const create = (input: Properties) =>
    told(world, (registry) => registry.create(input), paceOf('create'));
  const read = (model: Properties) => told(world, (registry) => registry.read(model));
  const update = (desired: Properties, previous: Properties) =>
    told(world, (registry) => registry.update(desired, previous), paceOf('update'));
  const remove = (model: Properties, meanwhile?: () => Promise<void>) =>
    told(world, (registry) => registry.delete(model), { ...paceOf('delete'), meanwhile });
  const list = () => told(world, (registry) => registry.list());

  const refused = await create(set.invalid);
  const created = await create(set.create);
  const before = model(created.end);
  const readCreated = await read(before);
  const listCreated = await list();

  world.fsx.clock.advance(SEVEN_HOURS); // FSx rests between changes
  const desired = updateInput(set, before);
  const updated = await update(desired, before);
  const after = model(updated.end);
  const readUpdated = await read(after);
  const listUpdated = await list();
  const creations = world.fsx.requests.count('CreateFileSystem');
  const changes = world.fsx.requests.count('UpdateFileSystem');

  const identifier = { [IDENTIFIER]: after[IDENTIFIER] };
  const readsDeleting: Operation[] = [];
  const listsDeleting: Operation[] = [];
  const deleted = await remove(identifier, async () => {
    readsDeleting.push(await read(identifier));
    listsDeleting.push(await list());
  });
  return {
    set,
    refused,
    created,
    readCreated,
    listCreated,
    updated,
    readUpdated,
    listUpdated,
    creations,
    changes,
    deleted,
    readsDeleting,
    listsDeleting,
    readDeleted: await read(identifier),
    updateDeleted: await update(desired, before),
    deleteDeleted: await remove(identifier),
    listDeleted: await list(),
    createdAgain: await create(set.create),
  };
}

/** The update's input with what the type returned, as the contract suite sends it. */
export function updateInput(set: InputSet, created: Properties): Properties {
  return { ...only(created, READ_ONLY), ...set.update };
}

export const options = (bearerToken: string): OperationOptions => ({ bearerToken });

export const only = (properties: Properties, wanted: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => wanted.includes(name)));

export const without = (properties: Properties, unwanted: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !unwanted.includes(name)));

/** What the contract leaves out when it holds a model against the schema: what is required. */
const SHAPE = JSON.parse(
  JSON.stringify(
    { type: 'object', definitions: schema.definitions, properties: schema.properties },
    (name, value: unknown) => (name === 'required' ? undefined : value),
  ),
) as object;
const ajv = new Ajv({ strict: false, allErrors: true });
const fits = ajv.compile({ ...SHAPE, additionalProperties: false });
const valid = ajv.compile({
  type: 'object',
  definitions: schema.definitions,
  properties: schema.properties,
  required: schema.required,
  additionalProperties: false,
});

export function expectShape(properties: Properties | undefined): void {
  fits(properties);
  expect(fits.errors ?? []).toEqual([]);
}

/** A whole input, with all that is required. */
export function expectValid(properties: Properties): void {
  valid(properties);
  expect(valid.errors ?? []).toEqual([]);
}

/** Tags have no order; everything else is compared as it is. */
export function expectSame(model: Properties, wanted: Properties): void {
  expect(model).toMatchObject(
    Object.fromEntries(
      Object.entries(wanted).map(([name, value]) => [
        name,
        Array.isArray(value) ? (expect.arrayContaining(value) as unknown) : value,
      ]),
    ),
  );
  for (const [name, value] of Object.entries(wanted))
    if (Array.isArray(value)) expect(model[name]).toHaveLength(value.length);
}

/** Everything that FSx describes of every file system, and all that this type returns. */
export function expectComplete(model: Properties): void {
  // AWS bills in CNY in China: there is no estimate in USD.
  const isPriced = !String(model.ResourceARN).startsWith('arn:aws-cn:');
  const returned = READ_ONLY.filter((name) => isPriced || !name.includes('Cost'));
  expect(Object.keys(model)).toEqual(expect.arrayContaining(returned));
  expect(Object.keys(model)).toEqual(
    expect.arrayContaining(['StorageType', 'DeploymentType', 'FileSystemTypeVersion', 'SubnetIds']),
  );
}

/** Paths of members without a value. */
export function empty(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => empty(member, `${path}/${name}`));
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
const ERROR_CODES = [
  'AccessDenied',
  'AlreadyExists',
  'GeneralServiceException',
  'InternalFailure',
  'InvalidCredentials',
  'InvalidRequest',
  'NetworkFailure',
  'NotFound',
  'NotStabilized',
  'NotUpdatable',
  'ResourceConflict',
  'ServiceInternalError',
  'ServiceLimitExceeded',
  'Throttling',
];

/** A failure with a code of the published list and a message for the user. */
export function expectFailure(
  end: ProgressEvent,
  code: string,
  words: string | RegExp = /\w/,
): void {
  expect(ERROR_CODES).toContain(code);
  expect(end).toMatchObject({ status: 'FAILED', errorCode: code });
  expect(end.message).toMatch(words);
}

/** Top-level names of the paths `/properties/NAME`. */
function names(paths: readonly string[]): readonly string[] {
  return paths
    .map((path) => path.split('/').slice(2))
    .flatMap(([name, inner]) => (name !== undefined && inner === undefined ? [name] : []));
}
