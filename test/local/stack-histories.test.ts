import fc from 'fast-check';
import type { HandlerEvent, ProgressEvent, Properties } from '../../local/registry/protocol';
import { scalarsAsText } from '../../local/registry/protocol';
import { ValidationError } from '../../local/stack/refusals';
import { Registry } from '../../local/registry/registry';
import { RegistryResources } from '../../local/stack/registry-resources';
import type { ResourceEvent } from '../../local/stack/resources';
import { Stack } from '../../local/stack/stack';
import type { StackInput } from '../../local/stack/stack';
import { parseTemplate } from '../../local/stack/template';
import { lustreFileSystem } from '../../local/registry/type-schema';
import { SUBNET } from './stacks';

/** How one request ends; `begun` is a creation that fails when there is something already. */
type Fate = 'done' | 'failed' | 'begun';

/** Handlers that keep file systems in memory and fail as they are told. */
class Handlers {
  readonly live = new Map<string, Properties>();
  readonly references: string[] = [];
  private readonly fates: Fate[];
  private count = 0;

  constructor(fates: readonly Fate[]) {
    this.fates = [...fates];
  }

  /** From now on everything succeeds. */
  mend(): void {
    this.fates.length = 0;
  }

  answer({ action, requestData, callbackContext }: HandlerEvent): ProgressEvent {
    const { FileSystemId, ...properties } = requestData.resourceProperties;
    const id = String(FileSystemId);
    const failed = (errorCode: string): ProgressEvent => ({ status: 'FAILED', errorCode });
    if (callbackContext) return failed('NotStabilized');
    const fate = this.fates.shift() ?? 'done';
    if (action === 'CREATE') return this.create(properties, fate);
    if (!this.live.has(id)) return failed('NotFound');
    if (fate !== 'done') return failed('InvalidRequest');
    if (action === 'DELETE') {
      this.live.delete(id);
      return { status: 'SUCCESS' };
    }
    this.change(id, properties);
    return { status: 'SUCCESS', resourceModel: { ...properties, FileSystemId: id } };
  }

  private create(properties: Properties, fate: Fate): ProgressEvent {
    if (fate === 'failed') return { status: 'FAILED', errorCode: 'InvalidRequest' };
    const id = `fs-${String((this.count += 1)).padStart(17, '0')}`;
    this.change(id, properties);
    const resourceModel = { ...properties, FileSystemId: id, NetworkInterfaceIds: ['eni-1'] };
    return fate === 'done'
      ? { status: 'SUCCESS', resourceModel }
      : { status: 'IN_PROGRESS', resourceModel, callbackContext: {} };
  }

  /** Whatever a file system refers to has to exist when it is made to refer to it. */
  private change(id: string, properties: Properties): void {
    const [{ Value: of = '' } = {}] = (properties.Tags ?? []) as { Value?: string }[];
    if (of !== '' && !this.live.has(of)) this.references.push(`${id} refers to ${of}`);
    this.live.set(id, properties);
  }
}

/** A resource of a template: B may refer to A, and C may come after B. */
interface Wanted {
  isThere: boolean;
  capacity: number;
  deployment: string;
  isLinked: boolean;
  deletionPolicy: string;
  updateReplacePolicy: string;
}

interface Operation {
  kind: 'deploy' | 'continue' | 'delete';
  resources: Record<'A' | 'B' | 'C', Wanted>;
  isDoomed: boolean;
  disableRollback: boolean;
}

function template({ resources, isDoomed }: Operation): StackInput['template'] {
  const { A, B, C } = resources;
  const members: [string, unknown][] = [];
  const add = (name: string, wanted: Wanted, more: Properties, tags: unknown[]): void => {
    const { capacity, deployment, deletionPolicy, updateReplacePolicy } = wanted;
    const properties = {
      SubnetIds: [SUBNET],
      StorageCapacity: capacity,
      DeploymentType: deployment,
      ...(tags.length > 0 && { Tags: tags }),
    };
    members.push([
      name,
      {
        Type: lustreFileSystem.typeName,
        DeletionPolicy: deletionPolicy,
        UpdateReplacePolicy: updateReplacePolicy,
        Properties: properties,
        ...more,
      },
    ]);
  };
  if (C.isThere) add('C', C, C.isLinked && B.isThere ? { DependsOn: 'B' } : {}, []);
  const refersToA = B.isLinked && A.isThere;
  if (B.isThere) add('B', B, {}, refersToA ? [{ Key: 'of', Value: { Ref: 'A' } }] : []);
  if (A.isThere) add('A', A, {}, []);
  // There is always something, and an output that comes to a list fails the stack in the end.
  members.push(['Other', { Type: 'Custom::Thing' }]);
  const [first] = members[0] ?? [];
  const Outputs = { Out: { Value: { 'Fn::GetAtt': [first, 'NetworkInterfaceIds'] } } };
  const isFailing = isDoomed && members.length > 1;
  return parseTemplate(
    JSON.stringify({ Resources: Object.fromEntries(members), ...(isFailing && { Outputs }) }),
  );
}

const wanted = fc.record<Wanted>({
  isThere: fc.integer({ min: 0, max: 3 }).map((die) => die > 0),
  capacity: fc.constantFrom(1200, 2400),
  deployment: fc.constantFrom('SCRATCH_1', 'SCRATCH_2'),
  isLinked: fc.boolean(),
  deletionPolicy: fc.constantFrom('Delete', 'Delete', 'Retain', 'RetainExceptOnCreate'),
  updateReplacePolicy: fc.constantFrom('Delete', 'Delete', 'Retain'),
});

const operations = fc.array(
  fc.record<Operation>({
    kind: fc.constantFrom('deploy', 'deploy', 'deploy', 'deploy', 'continue', 'delete'),
    resources: fc.record({ A: wanted, B: wanted, C: wanted }),
    isDoomed: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
    disableRollback: fc.integer({ min: 0, max: 4 }).map((die) => die === 0),
  }),
  { minLength: 2, maxLength: 8, size: 'max' },
);

const fates = fc.array(fc.constantFrom<Fate>('done', 'done', 'done', 'failed', 'begun'), {
  maxLength: 60,
  size: 'max',
});

/** A stack on such handlers, and what it has let go of: kept by a policy, or not to be deleted in a cleanup. */
function stackOn(handlers: Handlers) {
  const letGo = new Set<string>();
  const registry = new Registry({
    invoke: (event) => Promise.resolve(handlers.answer(event)),
    sleep: () => Promise.resolve(),
    now: () => 0,
  });
  const stack: Stack = new Stack({
    registered: [new RegistryResources(lustreFileSystem, registry)],
    observeResource: ({ status, physicalId = '' }: ResourceEvent) => {
      const isCleanup = stack.status?.endsWith('CLEANUP_IN_PROGRESS') === true;
      if (status === 'DELETE_SKIPPED' || (status === 'DELETE_FAILED' && isCleanup)) {
        letGo.add(physicalId);
      }
    },
  });
  return { stack, letGo };
}

const ours = (stack: Stack) =>
  stack.resources.filter(({ typeName }) => typeName === lustreFileSystem.typeName);

/** What is deployed: ids and properties by logical id. */
const state = (stack: Stack): Record<string, unknown> =>
  Object.fromEntries(
    ours(stack).map(({ logicalId, physicalId, properties }) => [
      logicalId,
      { physicalId, properties: scalarsAsText(properties) },
    ]),
  );

async function operate(stack: Stack, operation: Operation): Promise<string> {
  const { kind, disableRollback } = operation;
  const input = { template: template(operation), disableRollback };
  try {
    if (kind === 'continue') return await stack.continueUpdateRollback();
    if (kind === 'delete') return await stack.delete();
    return await (stack.status === undefined || stack.status === 'DELETE_COMPLETE'
      ? stack.create(input)
      : stack.update(input));
  } catch (error) {
    if (error instanceof ValidationError) return 'refused';
    throw error;
  }
}

test('whatever fails, a stack loses no file system, and an update that is taken back changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(operations, fates, async (story, given) => {
      const handlers = new Handlers(given);
      const { stack, letGo } = stackOn(handlers);
      for (const operation of story) {
        const before = state(stack);
        const known = stack.status;
        const status = await operate(stack, operation);
        if (status === 'refused') expect([state(stack), stack.status]).toEqual([before, known]);
        if (status === 'UPDATE_ROLLBACK_COMPLETE' && operation.kind === 'deploy') {
          expect(state(stack)).toEqual(before);
        }
        if (/^(CREATE|UPDATE)_COMPLETE$/.test(status)) {
          for (const { physicalId = '', properties, status: own } of ours(stack)) {
            expect(own).not.toContain('FAILED');
            expect(handlers.live.get(physicalId)).toEqual(scalarsAsText(properties));
          }
          const names = Object.keys(operation.resources) as ('A' | 'B' | 'C')[];
          expect(Object.keys(state(stack)).sort()).toEqual(
            names.filter((name) => operation.resources[name].isThere),
          );
        }
        const lost = [...handlers.live.keys()].filter(
          (id) => !letGo.has(id) && !ours(stack).some(({ physicalId }) => physicalId === id),
        );
        // Half-way back a replacement has two file systems, of which one shows; the deletion finds both.
        const isHalfWay = ['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'].includes(
          String(stack.status),
        );
        if (!isHalfWay) expect(lost).toEqual([]);
        expect(handlers.references).toEqual([]);
      }
      handlers.mend();
      if (stack.status !== undefined) expect(await stack.delete()).toBe('DELETE_COMPLETE');
      expect([...handlers.live.keys()].filter((id) => !letGo.has(id))).toEqual([]);
      expect(stack.resources).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('a rollback that is continued until it succeeds leaves the stack as it was', async () => {
  await fc.assert(
    fc.asyncProperty(operations, fates, async (story, given) => {
      const handlers = new Handlers(given);
      const { stack } = stackOn(handlers);
      for (const operation of story.filter(({ disableRollback }) => !disableRollback)) {
        const before = state(stack);
        let status = await operate(stack, { ...operation, kind: 'deploy' });
        if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED') await stack.delete();
        if (status !== 'UPDATE_ROLLBACK_FAILED') continue;
        for (let tries = 0; status === 'UPDATE_ROLLBACK_FAILED' && tries < 100; tries += 1) {
          status = await stack.continueUpdateRollback();
        }
        expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
        expect(state(stack)).toEqual(before);
      }
    }),
    { numRuns: 500 },
  );
});
