import type { Properties } from '../../local/registry/protocol';
import type { ResourceEvent } from '../../local/stack/resources';
import type { Stack, StackEvent, StackInput } from '../../local/stack/stack';
import { nodeOf, parseTemplate } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { startWorld, SUBNET, type World } from './harness';

/** Stacks of the shipped function on a local FSx, operated as CloudFormation operates them. */
let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

const HOUR = 3_600_000;
const SCRATCH = { StorageCapacity: 1200, SubnetIds: [SUBNET] };
const PERSISTENT = { ...SCRATCH, DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125 };

function input(properties: Properties, members: Properties = {}): StackInput {
  const Scratch = { Type: lustreFileSystem.typeName, ...members, Properties: properties };
  const Nodes = {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { UserData: { 'Fn::GetAtt': ['Scratch', 'MountCommand'] } } },
  };
  const Outputs = { Dns: { Value: { 'Fn::GetAtt': ['Scratch', 'DNSName'] } } };
  return { template: parseTemplate(JSON.stringify({ Resources: { Scratch, Nodes }, Outputs })) };
}

interface Deployed {
  stack: Stack;
  id: string;
  story: (StackEvent | ResourceEvent)[];
}

async function deployed(properties: Properties, members?: Properties): Promise<Deployed> {
  const story: (StackEvent | ResourceEvent)[] = [];
  const observe = (event: StackEvent | ResourceEvent) => story.push(event);
  const stack = world.stack({ observe, observeResource: observe });
  expect(await stack.create(input(properties, members))).toBe('CREATE_COMPLETE');
  world.fsx.clock.advance(48 * HOUR);
  story.length = 0;
  world.steps.length = 0;
  return { stack, id: idOf(stack), story };
}

const idOf = (stack: Stack): string =>
  stack.resources.find(({ logicalId }) => logicalId === 'Scratch')?.physicalId ?? '';

const existing = (): unknown[] =>
  world.fsx.fileSystems
    .all()
    .filter(({ Lifecycle }) => Lifecycle !== 'DELETING')
    .map(({ FileSystemId }) => FileSystemId);

const reasons = (story: Deployed['story']): string =>
  story.map(({ status, reason = '' }) => `${status} ${reason}`).join('\n');

test('a create-only change replaces the file system, and whatever mounts it follows', async () => {
  const { stack, id } = await deployed(SCRATCH);
  expect(await stack.update(input(PERSISTENT))).toBe('UPDATE_COMPLETE');
  const replacement = idOf(stack);
  expect(replacement).not.toBe(id);
  expect(existing()).toEqual([replacement]);
  expect(stack.outputs.Dns).toContain(replacement);
  expect(JSON.stringify(stack.readableProperties('Nodes'))).toContain(replacement);
  // The handlers see a creation and a deletion; no update is sent a create-only change.
  expect([...new Set(world.steps.map(({ action }) => action))]).toEqual(['CREATE', 'DELETE']);
});

test('a property that is added with its default value replaces the file system as well', async () => {
  const { stack, id } = await deployed(SCRATCH);
  expect(await stack.update(input({ ...SCRATCH, StorageType: 'SSD' }))).toBe('UPDATE_COMPLETE');
  expect(existing()).toEqual([idOf(stack)]);
  expect(idOf(stack)).not.toBe(id);
});

test('the old file system stays where UpdateReplacePolicy says so, and outlives the stack', async () => {
  const policy = { UpdateReplacePolicy: 'Retain' };
  const { stack, id } = await deployed(SCRATCH, policy);
  expect(await stack.update(input(PERSISTENT, policy))).toBe('UPDATE_COMPLETE');
  expect(existing().sort()).toEqual([id, idOf(stack)].sort());
  expect(await stack.delete()).toBe('DELETE_COMPLETE');
  expect(existing()).toEqual([id]);
});

test('the old file system is backed up where it is to be, whatever the new one says', async () => {
  const { stack } = await deployed({ ...PERSISTENT, SkipFinalBackup: false });
  expect(await stack.update(input({ ...PERSISTENT, StorageType: 'SSD' }))).toBe('UPDATE_COMPLETE');
  const deletions = world.fsx.requests
    .of('DeleteFileSystem')
    .map(({ input: sent }) => (sent as Properties).LustreConfiguration);
  expect(deletions).toEqual([{ SkipFinalBackup: false }]);
});

test('a replacement that FSx cannot create leaves the old one as it was', async () => {
  const { stack, id, story } = await deployed(SCRATCH);
  world.fsx.faults.add({
    fault: 'endsFailed',
    operation: 'CreateFileSystem',
    message: 'No capacity in this zone.',
  });
  expect(await stack.update(input(PERSISTENT))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(reasons(story)).toContain('No capacity in this zone.');
  expect(existing()).toEqual([id]);
  expect(idOf(stack)).toBe(id);
  expect(stack.outputs.Dns).toContain(id);
});

test('a creation that FSx ends as FAILED leaves nothing', async () => {
  world.fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem', message: 'No luck.' });
  const stack = world.stack();
  expect(await stack.create(input(SCRATCH))).toBe('ROLLBACK_COMPLETE');
  world.fsx.clock.advance(HOUR);
  expect(world.fsx.fileSystems.all()).toEqual([]);
});

test('a creation is asked for again where FSx gave no answer, and makes one file system', async () => {
  world.fsx.faults.add({ fault: 'cutAfter', operation: 'CreateFileSystem', times: 8 });
  const stack = world.stack();
  expect(await stack.create(input(SCRATCH))).toBe('CREATE_COMPLETE');
  const [failed, again] = world.steps;
  expect(failed?.progress).toMatchObject({ status: 'FAILED', errorCode: 'NetworkFailure' });
  expect(failed?.isRetried).toBe(true);
  expect(again?.event).toEqual(failed?.event);
  expect(existing()).toEqual([idOf(stack)]);
});

const output = (value: unknown) => ({ value: nodeOf(value) });

test('an update that is refused is taken back, and the stack can be updated again', async () => {
  const { stack, id, story } = await deployed({ ...SCRATCH, StorageCapacity: 2400 });
  const shrunk = { ...SCRATCH, DataCompressionType: 'LZ4' };
  expect(await stack.update(input(shrunk))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(reasons(story)).toContain('StorageCapacity cannot be decreased from 2400 to 1200 GiB');
  expect(world.steps.at(-1)?.event.rollback).toBe(true);
  const grown = { ...shrunk, StorageCapacity: 4800 };
  expect(await stack.update(input(grown))).toBe('UPDATE_COMPLETE');
  expect(world.fsx.fileSystems.get(id)).toMatchObject({ StorageCapacity: 4800 });
});

test('a rollback keeps what FSx cannot take back, and takes back the rest', async () => {
  const { stack, id } = await deployed(SCRATCH);
  const grown = { ...SCRATCH, StorageCapacity: 2400, DataCompressionType: 'LZ4' };
  const broken = input(grown);
  broken.template.outputs.List = output({ 'Fn::GetAtt': ['Scratch', 'NetworkInterfaceIds'] });
  expect(await stack.update(broken)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.fsx.fileSystems.get(id)).toMatchObject({
    StorageCapacity: 2400,
    LustreConfiguration: { DataCompressionType: 'NONE' },
  });
});

test('a rollback that cannot be carried out ends in UPDATE_ROLLBACK_FAILED, and the stack can still be deleted', async () => {
  const { stack, id, story } = await deployed(SCRATCH);
  world.fsx.fileSystems.remove(id);
  const grown = input({ ...SCRATCH, StorageCapacity: 2400 });
  expect(await stack.update(grown)).toBe('UPDATE_ROLLBACK_FAILED');
  expect(reasons(story)).toContain('HandlerErrorCode: NotFound');
  expect(await stack.continueUpdateRollback()).toBe('UPDATE_ROLLBACK_FAILED');
  expect(await stack.delete()).toBe('DELETE_COMPLETE');
});

test('a deletion keeps a file system with RetainExceptOnCreate, and a failed creation does not', async () => {
  const policy = { DeletionPolicy: 'RetainExceptOnCreate' };
  const { stack, id } = await deployed(SCRATCH, policy);
  expect(await stack.delete()).toBe('DELETE_COMPLETE');
  expect(existing()).toEqual([id]);
  const failing = input(SCRATCH, policy);
  failing.template.outputs.List = output({ 'Fn::GetAtt': ['Scratch', 'NetworkInterfaceIds'] });
  expect(await world.stack({ name: 'other' }).create(failing)).toBe('ROLLBACK_COMPLETE');
  expect(existing()).toEqual([id]);
});

test('a template that the schema refuses reaches no handler', async () => {
  const { stack, id } = await deployed(SCRATCH);
  const wrong = input({ ...SCRATCH, StorageCapacity: 'large' });
  expect(await stack.update(wrong)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.steps).toEqual([]);
  expect(existing()).toEqual([id]);
});

test('the estimates are text, so that outputs and functions take them', async () => {
  const asked = input(SCRATCH);
  Object.assign(asked.template.outputs, {
    Cost: output({ 'Fn::GetAtt': ['Scratch', 'EstimatedMonthlyCost'] }),
    Sentence: output({ 'Fn::Sub': '${Scratch.EstimatedBaselineThroughput} MB/s' }),
    Joined: output({
      'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Scratch', 'EstimatedBurstThroughput'] }, 'burst']],
    }),
    Part: output({ 'Fn::GetAtt': ['Scratch', 'EstimatedMonthlyCostBreakdown.Storage'] }),
  });
  const stack = world.stack();
  expect(await stack.create(asked)).toBe('CREATE_COMPLETE');
  expect(stack.outputs).toMatchObject({
    Cost: '168.00',
    Sentence: '240 MB/s',
    Joined: '1560/burst',
    Part: '168.00',
  });
});
