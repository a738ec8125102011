/**
 * The verdict is the one that happens: two templates are compared, and the same two are deployed and updated in the local
 * CloudFormation, through the shipped function, on a local FSx.
 */
import fc from 'fast-check';
import type { Properties } from '../../local/registry/protocol';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { ValidationError } from '../../local/stack/refusals';
import type { ResourceEvent } from '../../local/stack/resources';
import { parseTemplate } from '../../local/stack/template';
import { offeringsFor, tiersOf } from '../../src/lustre/catalog/offerings';
import type { LustreProperties } from '../../src/lustre/properties';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { diff } from '../../src/review/diff/diff';
import type { Change, ChangeKind } from '../../src/review/diff/change';
import { call } from '../local/support';
import { accepted, mixed } from '../lustre/arbitraries';
import { startWorld, type World } from '../protocol/harness';

/** More of them, and others, with DIFF_RUNS and DIFF_SEED. */
const RUNS = Number(process.env.DIFF_RUNS ?? 25);
const SEED = Number(process.env.DIFF_SEED ?? 18);

let world: World;
// FSx is quicker than CloudFormation looks, so that fewer looks are enough.
beforeAll(async () => (world = await startWorld({ timeScale: 20 })));
afterAll(() => world.close());

const HOUR = 3_600_000;
const { typeName } = lustreFileSystem;

interface Resource {
  readonly properties: LustreProperties;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
}

const textOf = (resource: Resource | undefined): string => {
  const { properties, deletionPolicy, updateReplacePolicy } = resource ?? {};
  return JSON.stringify({
    Resources: {
      // There is always something, and something that changes.
      Other: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: JSON.stringify(resource ?? {}).slice(0, 90) } },
      ...(properties && {
        Fs: {
          Type: typeName,
          ...(deletionPolicy && { DeletionPolicy: deletionPolicy }),
          ...(updateReplacePolicy && { UpdateReplacePolicy: updateReplacePolicy }),
          Properties: properties,
        },
      }),
    },
  });
}; // oxfmt-ignore

/** What happened, in the words of a verdict. */
interface Happened {
  readonly change: ChangeKind;
  readonly isOldThere: boolean;
  readonly hasBackup: boolean;
  /** EstimatedMonthlyCost and EstimatedBaselineThroughput of the resource; undefined where there is none. */
  readonly cost: unknown;
  readonly throughput: unknown;
  readonly reasons: readonly string[];
  readonly calls: readonly string[];
}

const SUCCEEDED = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);

/** Deploys one text, and updates to the other; undefined where the first one cannot be deployed. */
async function deploy(before: string, after: string): Promise<Happened | undefined> {
  const events: ResourceEvent[] = [];
  const stack = world.stack({ observeResource: (event) => events.push(event) });
  const existing = (id: unknown) =>
    world.fsx.fileSystems
      .all()
      .some(({ FileSystemId, Lifecycle }) => FileSystemId === id && Lifecycle !== 'DELETING');
  const resource = () => stack.resources.find(({ logicalId }) => logicalId === 'Fs');
  try {
    const created = await stack.create({ template: parseTemplate(before) });
    if (created !== 'CREATE_COMPLETE') return undefined;
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
  world.fsx.clock.advance(48 * HOUR);
  events.length = 0;
  const requests = world.fsx.requests.of('UpdateFileSystem').length;
  const old = resource();
  let status: string;
  try {
    status = await stack.update({ template: parseTemplate(after) });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    status = error.message.includes('No updates are to be performed') ? 'UPDATE_COMPLETE' : 'REFUSED';
  } // oxfmt-ignore
  const now = resource();
  const own = events.filter(({ logicalId }) => logicalId === 'Fs');
  const isReplaced = own.some(({ replacement }) => replacement !== undefined);
  const change = !SUCCEEDED.has(status)
    ? 'refused'
    : !old && !now
      ? 'none'
      : !old
        ? 'create'
        : !now
          ? 'delete'
          : isReplaced
            ? 'replace'
            : own.length > 0
              ? 'in-place'
              : 'none';
  const happened: Happened = {
    change,
    isOldThere: old !== undefined && existing(old.physicalId),
    hasBackup: await hasBackup(old?.physicalId),
    cost: now?.model.EstimatedMonthlyCost,
    throughput: now?.model.EstimatedBaselineThroughput,
    reasons: own.flatMap(({ reason }) => reason ?? []),
    // The same one again is a call that FSx made wait.
    calls: [
      ...new Set(
        world.fsx.requests
          .of('UpdateFileSystem')
          .slice(requests)
          .map(({ input }) => callOf(input as Properties)),
      ),
    ],
  };
  await stack.delete();
  world.fsx.clock.advance(48 * HOUR);
  for (const { FileSystemId } of world.fsx.fileSystems.all()) world.fsx.fileSystems.remove(FileSystemId);
  return happened;
} // oxfmt-ignore

async function hasBackup(id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  const Filters = [{ Name: 'file-system-id', Values: [id] }];
  const { body } = await call(world.fsx, 'DescribeBackups', { Filters });
  return ((body.Backups ?? []) as unknown[]).length > 0;
}

/** The properties that a call of UpdateFileSystem changes. */
function callOf({ LustreConfiguration, ...beside }: Properties): string {
  const names = [...Object.keys(beside), ...Object.keys((LustreConfiguration ?? {}))];
  return names.filter((name) => PROPERTY_NAMES.some((each) => each === name)).sort().join();
} // oxfmt-ignore

const policy = fc.constantFrom(undefined, undefined, 'Retain', 'Delete');

const resource = (properties: fc.Arbitrary<LustreProperties>): fc.Arbitrary<Resource> =>
  fc.record({
    properties,
    deletionPolicy: fc.constantFrom(undefined, undefined, 'Retain', 'RetainExceptOnCreate'),
    updateReplacePolicy: policy,
  });

/** A file system, and another that differs from it in a few properties, in many, or is not there. */
const pair: fc.Arbitrary<readonly [Resource | undefined, Resource | undefined]> = resource(
  fc.tuple(accepted, fc.constantFrom(undefined, undefined, true, false), fc.boolean()).map(([each, skip, isTagged]) =>
    skip === undefined || each.DeploymentType?.startsWith('SCRATCH')
      ? each
      : { ...each, SkipFinalBackup: skip, ...(!skip && isTagged && { FinalBackupTags: [{ Key: 'Team', Value: 'cfd' }] }) },
  ),
).chain((before) =>
  fc.oneof(
    { weight: 10, arbitrary: changed(before) },
    { weight: 1, arbitrary: resource(accepted).map((after) => [before, after] as const) },
    { weight: 1, arbitrary: fc.constant([before, undefined] as const) },
    { weight: 1, arbitrary: fc.constant([undefined, before] as const) },
    { weight: 1, arbitrary: resource(mixed).map((after) => [before, after] as const) },
  ),
); // oxfmt-ignore

/** What goes with every deployment, and can be changed on it. */
const SETTINGS = [
  'DataCompressionType',
  'LogConfiguration',
  'RootSquashConfiguration',
  'Tags',
  'WeeklyMaintenanceStartTime',
] as const;

const SIZES = ['StorageCapacity', 'ThroughputCapacity', 'Iops', 'SizeGiB'] as const;

const REQUIRED: readonly string[] = ['SubnetIds', 'StorageCapacity', 'DeploymentType'];

/** The same with settings of another file system, grown or shrunk, at another tier, with other properties, or without some. */
function changed(before: Resource): fc.Arbitrary<readonly [Resource, Resource]> {
  const nothing = fc.constant<readonly (keyof LustreProperties)[]>([]);
  const given = PROPERTY_NAMES.filter((name) => before.properties[name] !== undefined);
  const tiers = offeringsFor(before.properties).flatMap(tiersOf);
  return fc
    .record({
      other: resource(accepted),
      settings: fc.subarray([...SETTINGS], { maxLength: 2 }),
      taken: fc.oneof(
        { weight: 3, arbitrary: nothing },
        { weight: 1, arbitrary: fc.subarray([...PROPERTY_NAMES], { minLength: 1, maxLength: 2 }) },
      ),
      left: fc.oneof(
        { weight: 3, arbitrary: nothing },
        { weight: 1, arbitrary: fc.subarray(given, { minLength: 1, maxLength: 3 }) },
      ),
      scaled: fc.subarray([...SIZES]),
      factor: fc.constantFrom(0.5, 2, 2, 2, 4),
      tier: fc.constantFrom(undefined, undefined, ...tiers),
      keepsPolicies: fc.boolean(),
    })
    .map(({ other, settings, taken, left, scaled, factor, tier, keepsPolicies }) => {
      let properties: Record<string, unknown> = { ...before.properties };
      for (const name of [...settings, ...taken])
        if (other.properties[name] !== undefined) properties[name] = other.properties[name];
      for (const name of scaled) scale(properties, name, factor);
      if (tier !== undefined) properties.PerUnitStorageThroughput = tier;
      const out: readonly string[] = left.filter((name) => !REQUIRED.includes(name));
      properties = Object.fromEntries(
        Object.entries(properties).filter(([name]) => !out.includes(name)),
      );
      const policies = keepsPolicies ? before : other;
      return [before, { ...policies, properties }] as const;
    });
}

function scale(properties: Record<string, unknown>, name: string, factor: number): void {
  const { MetadataConfiguration: metadata, DataReadCacheConfiguration: cache } = properties as LustreProperties; // oxfmt-ignore
  if (name === 'Iops' && metadata?.Iops !== undefined)
    properties.MetadataConfiguration = { ...metadata, Iops: metadata.Iops * factor };
  else if (name === 'SizeGiB' && cache?.SizeGiB !== undefined)
    properties.DataReadCacheConfiguration = { ...cache, SizeGiB: cache.SizeGiB * factor };
  else if (typeof properties[name] === 'number') properties[name] = properties[name] * factor;
}

const compared = (before: string, after: string): Change | undefined =>
  diff(before, after, { cost: { region: 'us-east-1' }, region: 'us-east-1' }).changes[0];

test('what a diff says is what happens', async () => {
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(pair, async ([old, wanted]) => {
      const [before, after] = [textOf(old), textOf(wanted)];
      const happened = await deploy(before, after);
      fc.pre(happened !== undefined);
      const change = compared(before, after);
      const said = change?.change ?? 'none';
      counts.set(said, (counts.get(said) ?? 0) + 1);
      const context = JSON.stringify({ happened, change }, undefined, 1);
      expect([said, context]).toEqual([happened.change, context]);
      if (!change) return;
      // Where something goes, its data is lost unless it is still there, or in a backup.
      const isGone = happened.change === 'delete' || happened.change === 'replace';
      const isLost = isGone && !happened.isOldThere && !happened.hasBackup;
      expect([change.dataLoss, context]).toEqual([isLost, context]);
      if (happened.cost !== undefined) {
        expect([change.monthlyCost.after?.toFixed(2) ?? 'unknown', context]).toEqual([happened.cost, context]);
        expect([String(change.throughput.after ?? 'unknown'), context]).toEqual([happened.throughput, context]);
      }
      if (happened.change === 'in-place') {
        const calls = change.steps.filter(({ name }) => name !== 'tags').map(({ properties }) => Object.keys(properties).sort().join());
        expect([calls, context]).toEqual([happened.calls, context]);
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  if (process.env.DIFF_RUNS) console.log(Object.fromEntries(counts));
  // None of the verdicts is left out, where there are enough to have all.
  const rare = RUNS < 200 ? [] : ['create'];
  for (const kind of [...rare, 'delete', 'in-place', 'none', 'refused', 'replace'])
    expect([...counts.keys()]).toContain(kind);
}, 3_600_000); // oxfmt-ignore
