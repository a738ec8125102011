import fc from 'fast-check';
import type { LocalFsx } from '../../local/fsx/server';
import { OPERATIONS, REQUESTS, type Operation, type Shape } from '../../local/fsx/api/shapes';
import { call, closeAll, manualFsx, SUBNET } from './support';

/** Requests that nobody thought of: each is answered, and never by a fault of the server. */
let fsx: LocalFsx;
beforeAll(async () => {
  fsx = await manualFsx({ backups: true });
});
afterAll(closeAll);

/** Values that some rule or other cares about, so that requests get past the first check. */
const TEXTS = [
  ...[SUBNET, 's3://bucket/data', 's3://other', '2.10', '2.12', '2.15', '2.14', '0:0', '1:2'],
  ...['1:05:00', '05:00', 'alias/mine', 'backup-00000000000000001', 'fs-01234567', '10.0.0.1@tcp'],
  ...['arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/mine', 'aws:reserved', 'x', ''],
];
const NUMBERS = [
  0, 1, 12, 40, 50, 125, 250, 1200, 1500, 2400, 3000, 4000, 4800, 6000, 12000, 38400,
];

function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return shape.enum ? fc.constantFrom(...shape.enum) : fc.constantFrom(...TEXTS);
    case 'integer':
      return fc.constantFrom(...NUMBERS);
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(anyOf(shape.of), { minLength: shape.min ?? 0, maxLength: 2 });
    case 'foreign':
      return fc.constant(undefined);
    case 'structure':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [
            name,
            fc.option(anyOf(member), {
              nil: undefined,
              freq: shape.required.includes(name) ? 9 : 1,
            }),
          ]),
        ),
      );
  }
}

const SETTINGS = { seed: 20260302, numRuns: 60 };

async function isAnswered(operation: Operation, input: unknown): Promise<void> {
  const answer = await call(fsx, operation, input);
  expect([200, 400]).toContain(answer.status);
  if (answer.status === 400) expect(answer.body.__type).not.toBe('InternalServerError');
}

test.each(OPERATIONS)('any %s of the right shape', async (operation) => {
  await fc.assert(
    fc.asyncProperty(anyOf(REQUESTS[operation]), (input) => isAnswered(operation, input)),
    SETTINGS,
  );
});

test.each(OPERATIONS)('any %s of any shape', async (operation) => {
  const names = Object.keys(REQUESTS[operation].members);
  const input = fc.dictionary(fc.constantFrom('unknown', ...names), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(input, (body) => isAnswered(operation, body)),
    SETTINGS,
  );
});

test('whatever is done to a file system, it can be described and deleted', async () => {
  const updates = fc.array(anyOf(REQUESTS.UpdateFileSystem), { maxLength: 8 });
  const creation = anyOf(REQUESTS.CreateFileSystem);
  let made = 0;
  await fc.assert(
    fc.asyncProperty(creation, updates, async (input, changes) => {
      const lustre = (input as { LustreConfiguration?: object }).LustreConfiguration;
      const { body } = await call(fsx, 'CreateFileSystem', {
        FileSystemType: 'LUSTRE',
        SubnetIds: [SUBNET],
        StorageCapacity: 1200,
        LustreConfiguration: {
          ...lustre,
          DeploymentType: 'SCRATCH_2',
          PerUnitStorageThroughput: null,
        },
      });
      const id = (body.FileSystem as { FileSystemId: string } | undefined)?.FileSystemId;
      if (id === undefined) return;
      made += 1;
      for (const change of changes) {
        fsx.clock.advance(3_600_000);
        await isAnswered('UpdateFileSystem', { ...(change as object), FileSystemId: id });
      }
      const described = await call(fsx, 'DescribeFileSystems', { FileSystemIds: [id] });
      expect(described.status).toBe(200);
      expect((await call(fsx, 'DeleteFileSystem', { FileSystemId: id })).status).toBe(200);
    }),
    SETTINGS,
  );
  expect(made).toBeGreaterThan(10);
});
