/** Whatever the handler refuses, the hook refuses, and nothing else: what the handler does not refuse, it asks FSx for. */
import fc from 'fast-check';
import type { Guardrails } from '../../src/lustre/account/guardrails';
import { CREATE_ONLY } from '../../src/lustre/changes/create-only';
import type { TypeConfiguration } from '../../src/lustre/account/type-configuration';
import { model, startWorld, type World } from '../protocol/harness';
import { registryEvent } from '../runtime/events';
import { accepted, mixed, VALUES } from '../lustre/arbitraries';
import { PERSISTENT_2 } from '../lustre/configurations';
import { ask, asNative, asText, NATIVE, type Answer, type Properties } from './support';

let world: World;
beforeEach(async () => (world = await startWorld()));
afterEach(() => world.close());

/** What an account may have set. A tag may come from the stack, which a hook is not told of: RequiredTagKeys is none of it. */
const guardrails: fc.Arbitrary<Guardrails> = fc.record(
  {
    AllowedDeploymentTypes: fc
      .subarray(['SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'] as const)
      .map((types) => [...types]),
    MaxStorageCapacity: fc.integer({ min: 1200, max: 50_000 }),
    MaxEstimatedMonthlyCost: fc.integer({ min: 100, max: 20_000 }),
    RequireKmsKey: fc.boolean(),
    RequireBackups: fc.boolean(),
  },
  { requiredKeys: [] },
);
const configurations: fc.Arbitrary<TypeConfiguration> = fc.record(
  {
    Validation: fc.constantFrom('STRICT' as const, 'DEFER_TO_FSX' as const),
    Pricing: fc.record({ DiscountPercent: fc.integer({ min: 0, max: 90 }) }),
    Guardrails: guardrails,
  },
  { requiredKeys: [] },
);

const LOOKS = ['DescribeFileSystems'];
let events = 0;

/** Whether the handler refuses an event by itself: it fails, and asks FSx for nothing. */
async function isRefusedByHandler(
  action: 'CREATE' | 'UPDATE',
  data: Properties,
  typeConfiguration: TypeConfiguration,
): Promise<boolean> {
  const before = world.fsx.requests.all().length;
  const event = registryEvent(
    { action, region: 'us-east-1', bearerToken: `agreement-${String((events += 1))}` },
    { ...data, typeConfiguration },
  );
  const { status } = await world.invoke(event);
  const asked = world.fsx.requests
    .all()
    .slice(before)
    .filter(({ operation }) => !LOOKS.includes(operation));
  return status === 'FAILED' && asked.length === 0;
}

const isRefused = ({ hookStatus, errorCode }: Answer): boolean =>
  hookStatus === 'FAILED' && errorCode === 'NonCompliant';

test.each<[string, fc.Arbitrary<unknown>]>([
  ['any', mixed],
  ['accepted', accepted],
])('creations: %s', async (_, properties) => {
  await fc.assert(
    fc.asyncProperty(
      properties as fc.Arbitrary<Properties>,
      configurations,
      fc.boolean(),
      async (given, configuration, areNumbers) => {
        const refused = await isRefusedByHandler(
          'CREATE',
          { resourceProperties: asText(given) },
          configuration,
        );
        const sent = areNumbers ? given : asText(given);
        expect(isRefused(await ask({ properties: sent }, { configuration }))).toBe(refused);
      },
    ),
    { numRuns: 300 },
  );
});

test('an ARN of another region is left to FSx', async () => {
  const KmsKeyId = 'arn:aws:kms:eu-west-1:123456789012:key/01234567-0123-0123-0123-0123456789ab';
  const properties = { ...PERSISTENT_2, KmsKeyId };
  expect(await isRefusedByHandler('CREATE', { resourceProperties: asText(properties) }, {})).toBe(
    false,
  );
  expect(isRefused(await ask({ properties }))).toBe(false);
});

const createOnly: readonly string[] = CREATE_ONLY;
const changeable = Object.fromEntries(
  Object.entries(VALUES).filter(([name]) => !createOnly.includes(name)),
);
const changes = fc.oneof(
  fc.record(changeable, { requiredKeys: [] }),
  fc.record(
    {
      StorageCapacity: fc.constantFrom(1200, 2400, 4800, 9600, 19_200),
      PerUnitStorageThroughput: fc.constantFrom(50, 100, 125, 200, 250, 500, 1000),
      ThroughputCapacity: fc.constantFrom(4000, 8000, 12_000),
      AutomaticBackupRetentionDays: fc.constantFrom(0, 7),
      MetadataConfiguration: fc.constantFrom(
        { Mode: 'AUTOMATIC' },
        { Mode: 'USER_PROVISIONED', Iops: 1500 },
        { Mode: 'USER_PROVISIONED', Iops: 12_000 },
      ),
      FileSystemTypeVersion: fc.constantFrom('2.12', '2.15'),
    },
    { requiredKeys: [] },
  ),
);

test('updates in place of a file system that is as its template says', async () => {
  await fc.assert(
    fc.asyncProperty(
      accepted,
      changes,
      fc.subarray(Object.keys(changeable)),
      configurations,
      async (previous, changed, left, configuration) => {
        const { FileSystemId } = model(await world.registry().create({ ...previous }));
        const kept = Object.entries({ ...previous, ...changed }).filter(
          ([name]) => !left.includes(name) || name in changed,
        );
        const desired = Object.fromEntries(kept);
        const refused = await isRefusedByHandler(
          'UPDATE',
          {
            resourceProperties: asText({ ...desired, FileSystemId }),
            previousResourceProperties: asText({ ...previous, FileSystemId }),
          },
          configuration,
        );
        const answer = await ask(
          { properties: asText(desired), previous: asText(previous) },
          { configuration },
        );
        expect(isRefused(answer)).toBe(refused);
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});

test('the native type: the same guardrails, for what FSx accepts', async () => {
  await fc.assert(
    fc.asyncProperty(accepted, guardrails, async (given, limits) => {
      const properties = asNative(given as Properties);
      fc.pre(properties !== undefined);
      const configuration = { Guardrails: limits };
      const [ours, native] = await Promise.all([
        ask({ properties: given }, { configuration }),
        ask({ type: NATIVE, properties }, { configuration }),
      ]);
      expect(native.hookStatus).toBe(ours.hookStatus);
      for (const { annotationName } of native.annotations ?? [])
        expect(annotationName).toMatch(/^guardrail-/);
    }),
    { numRuns: 200 },
  );
});
