import { inputSets } from '../protocol/fixtures';
import { model, startWorld } from '../protocol/harness';
import {
  contract,
  contractRegistry,
  empty,
  expectFailure,
  expectSame,
  expectValid,
  IDENTIFIER,
  options,
  READ_ONLY,
  without,
  WRITE_ONLY,
} from './life';
import { answersEveryInvocation, expectLooks, returnsTheResource, waiting } from './sentences';

contract('create', (life, world) => {
  test('is given input that is valid against the schema', () => {
    expectValid(life().set.create);
  });

  answersEveryInvocation(() => life().created);
  returnsTheResource(
    () => life().created,
    () => life().set.create,
  );

  test('returns the same primary identifier in every model', () => {
    const ids = life().created.moments.map(({ progress }) => progress.resourceModel?.[IDENTIFIER]);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^fs-[0-9a-f]{17}$/);
  });

  test('may leave the identifier out only where it fails before anything was created', () => {
    const { refused } = life();
    expectFailure(refused.end, 'InvalidRequest');
    expect(refused.moments).toHaveLength(1);
    expect(refused.moments[0]?.lifecycle).toBeUndefined();
  });

  test('does not succeed before everything that was asked for is applied', () => {
    const { created, readCreated, set } = life();
    expect(created.moments.at(-1)?.lifecycle).toBe('AVAILABLE');
    expectSame(model(readCreated.end), without(set.create, WRITE_ONLY));
  });

  test('is in progress as long as FSx is creating', () => {
    const moments = waiting(life().created);
    expectLooks(moments, 'CREATING');
    for (const { lifecycle } of moments) expect(lifecycle).toBe('CREATING');
  });

  test('returns, while in progress, what is set so far and nothing else', () => {
    for (const { progress } of waiting(life().created)) {
      const { resourceModel = {} } = progress;
      expect(empty(resourceModel)).toEqual([]);
      for (const name of WRITE_ONLY) expect(resourceModel).not.toHaveProperty(name);
      expect(resourceModel.SubnetIds).toEqual(life().set.create.SubnetIds);
    }
  });

  test('fails with the reason and a fitting code where the file system cannot come to be', async () => {
    const message = 'No capacity in this zone.';
    world().fsx.faults.add({ fault: 'endsFailed', operation: 'CreateFileSystem', message });
    const end = await contractRegistry(world()).create(life().set.create);
    expectFailure(end, 'NotStabilized', message);
  });

  test('is followed by a read that succeeds with the primary identifier alone', () => {
    const { created, readCreated } = life();
    expect(readCreated.moments[0]?.event.requestData.resourceProperties).toEqual({
      [IDENTIFIER]: model(created.end)[IDENTIFIER],
    });
    expect(model(readCreated.end)).toEqual(model(created.end));
  });

  test('is followed by a list with the primary identifier in it', () => {
    const { created, listCreated } = life();
    expect(listCreated.end.resourceModels?.map((one) => one[IDENTIFIER])).toContain(
      model(created.end)[IDENTIFIER],
    );
  });

  test('names everything as the partition of the region does', () => {
    const { region } = world();
    const partition = /^(cn|us-gov)-/.exec(region)?.[1];
    const arn = `arn:aws${partition ? `-${partition}` : ''}`;
    const created = model(life().created.end);
    const { DNSName, FileSystemId, KmsKeyId, MountCommand, ResourceARN } = created;
    expect(ResourceARN).toBe(
      `${arn}:fsx:${region}:123456789012:file-system/${String(FileSystemId)}`,
    );
    expect(KmsKeyId ?? arn).toMatch(new RegExp(`^${arn}(:|$)`));
    // The same in China: https://github.com/aws/aws-parallelcluster/issues/2181
    expect(DNSName).toBe(`${String(FileSystemId)}.fsx.${region}.amazonaws.com`);
    expect(MountCommand).toContain(` ${String(DNSName)}@tcp:/`);
  });

  test('creates one file system for one idempotency token', async () => {
    const registry = contractRegistry(world());
    const first = model(await registry.create(life().set.create, options('one-token')));
    const second = model(await registry.create(life().set.create, options('one-token')));
    expect(second[IDENTIFIER]).toBe(first[IDENTIFIER]);
  });

  // The identifier is FSx's, so AlreadyExists can never be the answer; adopting the other one would be worse.
  test('never adopts a file system that exists: the same properties make another one', async () => {
    const registry = contractRegistry(world());
    const one = model(await registry.create(life().set.create));
    const other = model(await registry.create(life().set.create));
    expect(other[IDENTIFIER]).not.toBe(one[IDENTIFIER]);
    expect(model(await registry.read(one))).toEqual(one);
  });

  test('takes what was read, less its read-only properties, as a template', async () => {
    const { readCreated } = life();
    const template = without(model(readCreated.end), READ_ONLY);
    expectValid(template);
    const again = model(await contractRegistry(world()).create(template));
    expectSame(again, template);
  });
});

test('create leaks nothing where the answer of FSx is lost', async () => {
  const world = await startWorld();
  world.fsx.faults.add({ fault: 'cutAfter', operation: 'CreateFileSystem' });
  const [set] = inputSets();
  const created = model(await contractRegistry(world).create(set?.create ?? {}));
  expect(world.fsx.fileSystems.all().map(({ FileSystemId }) => FileSystemId)).toEqual([
    created[IDENTIFIER],
  ]);
  await world.close();
});
