/**
 * The published handler contract as tests: one test per sentence, in our own words, for every input set.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html
 *
 * Each set lives one life from creation to deletion, driven as AWS's contract suite drives it; the tests look at what
 * was said on the way. That the handlers answer in time, with a progress event of the right form, is the registry's
 * own condition for going on: a life that could be told kept it.
 */
import Ajv from 'ajv';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/protocol';
import type { OperationOptions } from '../../local/events';
import type { Registry } from '../../local/registry';
import schema from '../../schema.json';
import { inputSets, type InputSet } from '../protocol/fixtures';
import { model, startWorld, type World } from '../protocol/world';

/** One answer of a handler, and what FSx had of the file system at that moment. */
export interface Moment {
  event: HandlerEvent;
  progress: ProgressEvent;
  /** FSx's own word for its state; absent where FSx knows no such file system. */
  lifecycle: string | undefined;
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
  readDeleted: Operation;
  updateDeleted: Operation;
  deleteDeleted: Operation;
  listDeleted: Operation;
  createdAgain: Operation;
  /** How many file systems FSx was asked for until the update was over. */
  creations: number;
}

export const IDENTIFIER = 'FileSystemId';
export const WRITE_ONLY = names(schema.writeOnlyProperties);
export const READ_ONLY = names(schema.readOnlyProperties);
export const CREATE_ONLY = names(schema.createOnlyProperties);

/** FSx is that much faster than the real one, so that hours of growth take few invocations. */
const TIME_SCALE = 60;
const SEVEN_HOURS = 7 * 3_600_000;

/** Describes the contract for every input set, each with its life and the world that it was lived in. */
export function contract(
  name: string,
  sentences: (life: () => Life, world: () => World) => void,
): void {
  describe.each(inputSets())(`${name}, input set $number`, (set) => {
    let world: World;
    let life: Life;
    beforeAll(async () => {
      world = await startWorld({ timeScale: TIME_SCALE });
      life = await lived(world, set);
    });
    afterAll(() => world.close());
    sentences(
      () => life,
      () => world,
    );
  });
}

/** CloudFormation as the contract suite plays it: real JSON types, and the returned model sent back. */
export function contractRegistry(world: World, observe?: (moment: Moment) => void): Registry {
  return world.registry({
    scalars: 'as-given',
    reinvokeWith: 'returned-model',
    observe: ({ event, progress }) => {
      const id =
        progress.resourceModel?.[IDENTIFIER] ?? event.requestData.resourceProperties[IDENTIFIER];
      const lifecycle = world.fsx.fileSystems.get(String(id))?.Lifecycle;
      observe?.({ event, progress, lifecycle });
    },
  });
}

async function lived(world: World, set: InputSet): Promise<Life> {
  const told = async (run: (registry: Registry) => Promise<ProgressEvent>): Promise<Operation> => {
    const moments: Moment[] = [];
    const end = await run(contractRegistry(world, (moment) => moments.push(moment)));
    return { moments, end };
  };
  const read = (subject: Properties) => told((registry) => registry.read(subject));
  const list = () => told((registry) => registry.list());

  const refused = await told((registry) => registry.create(set.invalid));
  const created = await told((registry) => registry.create(set.create));
  const before = model(created.end);
  const readCreated = await read(before);
  const listCreated = await list();

  world.fsx.clock.advance(SEVEN_HOURS); // FSx rests between changes
  const desired = updateInput(set, before);
  const updated = await told((registry) => registry.update(desired, before));
  const after = model(updated.end);
  const readUpdated = await read(after);
  const listUpdated = await list();
  const creations = world.fsx.requests.of('CreateFileSystem').length;

  const identifier = { [IDENTIFIER]: after[IDENTIFIER] };
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
    deleted: await told((registry) => registry.delete(identifier)),
    readDeleted: await read(identifier),
    updateDeleted: await told((registry) => registry.update(desired, before)),
    deleteDeleted: await told((registry) => registry.delete(identifier)),
    listDeleted: await list(),
    createdAgain: await told((registry) => registry.create(set.create)),
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
  expect(Object.keys(model)).toEqual(expect.arrayContaining([...READ_ONLY]));
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
