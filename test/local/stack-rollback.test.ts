import { ValidationError } from '../../local/stack/refusals';
import {
  answering,
  failure,
  handler,
  id,
  lustre,
  only,
  resources,
  scriptedStack,
  sent,
  createdStack,
} from './stacks';

describe('a rollback of an update', () => {
  const text = (capacity: number, ...more: string[]) =>
    resources({
      First: lustre(`StorageCapacity: ${capacity}`),
      Second: lustre(`StorageCapacity: ${capacity}`, 'DependsOn: First,'),
      ...Object.fromEntries(more.map((name) => [name, lustre('', 'DependsOn: First,')])),
    });
  const refusesSecond = answering({ 'UPDATE Second': [failure('InvalidRequest', 'It shrinks.')] });

  test('asks the handlers to go back, with the properties swapped and told that it is a rollback', async () => {
    const { update, events, story, stack } = await createdStack(text(2400), {
      script: refusesSecond,
    });
    expect(await update(text(1200))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story.slice(3)).toEqual([
      `Second UPDATE_IN_PROGRESS ${id(2)}`,
      `Second UPDATE_FAILED ${id(2)}: ${handler('InvalidRequest', 'It shrinks.')}`,
      'UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Second].',
      `First UPDATE_IN_PROGRESS ${id(1)}`,
      `First UPDATE_COMPLETE ${id(1)}`,
      `Second UPDATE_IN_PROGRESS ${id(2)}`,
      `Second UPDATE_COMPLETE ${id(2)}`,
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
    for (const { rollback, requestData } of events.slice(-2)) {
      expect(rollback).toBe(true);
      expect(requestData).toMatchObject({
        resourceProperties: { StorageCapacity: '2400' },
        previousResourceProperties: { StorageCapacity: '1200' },
      });
    }
    expect(stack.resources.map(({ properties }) => properties.StorageCapacity)).toEqual([
      '2400',
      '2400',
    ]);
    expect(await update(text(3600))).toBe('UPDATE_COMPLETE');
  });

  test('of the tags of the stack sends them swapped as well', async () => {
    const { create, update, events } = scriptedStack({
      script: answering({ 'UPDATE Scratch': [failure('InvalidRequest')] }),
    });
    await create(only(), { tags: { Team: 'a' } });
    await update(only(), { tags: { Team: 'b' } });
    expect(events.at(-1)?.requestData).toMatchObject({
      stackTags: { Team: 'a' },
      previousStackTags: { Team: 'b' },
    });
    await expect(update(only())).rejects.toThrow('No updates');
  });

  test.each([
    ['Delete', true],
    ['Retain', false],
    ['RetainExceptOnCreate', true],
  ])('with DeletionPolicy %s deletes a new resource: %p', async (policy, isDeleted) => {
    const { update, events, story, stack } = await createdStack(text(1200), {
      script: refusesSecond,
    });
    const changed = text(2400, 'Third').replace(
      'Third: { ',
      `Third: { DeletionPolicy: ${policy}, `,
    );
    // The new one is created before the one that fails.
    const ordered = changed.replace(/(Second: .*DependsOn: )First/, '$1[First, Third]');
    expect(await update(ordered)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent(events, 'DELETE').map(({ of }) => of)).toEqual(isDeleted ? ['Third'] : []);
    expect(story.some((line) => line.startsWith('Third DELETE_SKIPPED'))).toBe(!isDeleted);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second']);
  });

  test('that fails stops there, and can be continued', async () => {
    const { update, events, story, stack } = await createdStack(text(2400), {
      script: answering({
        'UPDATE Second': [failure('InvalidRequest'), failure('NotStabilized', 'Not yet.')],
      }),
    });
    expect(await update(text(1200))).toBe('UPDATE_ROLLBACK_FAILED');
    expect(story.slice(-2)).toEqual([
      `Second UPDATE_FAILED ${id(2)}: ${handler('NotStabilized', 'Not yet.')}`,
      'UPDATE_ROLLBACK_FAILED: The following resource(s) failed to update: [Second].',
    ]);
    await expect(update(text(3600))).rejects.toThrow(
      'is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
    );
    const done = events.length;
    expect(await stack.continueUpdateRollback()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.slice(done).map(({ requestData }) => requestData.logicalResourceId)).toEqual([
      'Second',
    ]);
    await expect(stack.continueUpdateRollback()).rejects.toThrow(ValidationError);
    expect(await update(text(3600))).toBe('UPDATE_COMPLETE');
  });

  test('that fails leaves a stack that can be deleted', async () => {
    const { update, stack } = await createdStack(only(), {
      script: ({ action }) => (action === 'UPDATE' ? failure('NotFound') : undefined),
    });
    expect(await update(only('StorageCapacity: 1200'))).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
  });

  test('needs no handler for a resource that was refused before', async () => {
    const { update, events } = await createdStack(only());
    expect(await update(only('StorageCapacity: many'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent(events, 'UPDATE')).toEqual([]);
  });

  test('of outputs that come to no text takes every resource back', async () => {
    const { create, update, events, story, stack } = scriptedStack({
      script: ({ action, requestData }) =>
        action === 'UPDATE'
          ? {
              status: 'SUCCESS',
              resourceModel: {
                ...requestData.resourceProperties,
                MountName: 5,
              },
            }
          : undefined,
    });
    const output = 'Outputs: { Out: { Value: !GetAtt Scratch.MountName } }';
    await create(resources({ Scratch: lustre() }, 'Outputs: { Out: { Value: a } }'));
    const changed = resources({ Scratch: lustre('StorageCapacity: 1200') }, output);
    expect(await update(changed)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story).toContain(
      'UPDATE_ROLLBACK_IN_PROGRESS: Template format error: Every Value member must be a string.',
    );
    expect(sent(events, 'UPDATE').map(({ rollback }) => rollback)).toEqual([undefined, true]);
    expect(stack.outputs).toEqual({ Out: 'a' });
  });

  test('is left out with --disable-rollback, but for what failed', async () => {
    const { update, events, story, stack } = await createdStack(text(2400), {
      script: refusesSecond,
    });
    expect(await update(text(1200), { disableRollback: true })).toBe('UPDATE_FAILED');
    expect(story.at(-1)).toBe(
      'UPDATE_FAILED: The following resource(s) failed to update: [Second].',
    );
    expect(sent(events, 'UPDATE').map(({ of, rollback }) => [of, rollback])).toEqual([
      ['First', undefined],
      ['Second', undefined],
      ['Second', true],
    ]);
    expect(stack.resources.map(({ properties }) => properties.StorageCapacity)).toEqual([
      '1200',
      '2400',
    ]);
    expect(await update(text(1200), { disableRollback: true })).toBe('UPDATE_COMPLETE');
  });
});

describe('a rollback restores what the stack knows of a resource whose properties did not change', () => {
  const bucket = (members = ''): string => `{ Type: AWS::S3::Bucket, ${members} }`;
  const text = (members: string, capacity: number): string =>
    resources({
      Kept: lustre('', members),
      Plain: bucket(members),
      Changed: lustre(`StorageCapacity: ${capacity}`, 'DependsOn: [Kept, Plain],'),
    });
  const known = ({ stack }: Awaited<ReturnType<typeof createdStack>>): unknown[] =>
    stack.resources.map(
      ({ logicalId, deletionPolicy, updateReplacePolicy, metadata, dependencies, tags }) =>
        ({ logicalId, deletionPolicy, updateReplacePolicy, metadata, dependencies, tags }), // oxfmt-ignore
    );
  const ATTRIBUTES: [before: string, after: string][] = [
    ['', 'DeletionPolicy: Retain,'],
    ['DeletionPolicy: Retain,', 'DeletionPolicy: Delete,'],
    ['DeletionPolicy: RetainExceptOnCreate,', ''],
    ['UpdateReplacePolicy: Retain,', 'UpdateReplacePolicy: Delete,'],
    ['Metadata: { a: b },', 'Metadata: { a: c },'],
  ];
  const script = answering({ 'UPDATE Changed': [failure('InvalidRequest')] });
  const failing = (times: number) =>
    answering({ 'UPDATE Changed': Array.from({ length: times }, () => failure('InvalidRequest')) });

  test.each(ATTRIBUTES)('%s, not %s', async (before, after) => {
    const created = await createdStack(text(before, 1200), { script });
    const old = known(created);
    const { update, events, stack } = created;
    expect(await update(text(after, 2400), { tags: {} })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(known(created)).toEqual(old);
    const asked = events.filter(({ action }) => action === 'UPDATE');
    expect(asked.map(({ requestData }) => requestData.logicalResourceId)).toEqual(['Changed', 'Changed']); // oxfmt-ignore
    created.story.length = 0;
    await stack.delete();
    const isKept = before.startsWith('DeletionPolicy: Retain');
    expect(created.story.join().includes(`Kept DELETE_SKIPPED ${id(1)}`)).toBe(isKept);
  });

  test.each(ATTRIBUTES)('%s, not %s, where the rollback is continued', async (before, after) => {
    const created = await createdStack(text(before, 1200), { script: failing(2) });
    const old = known(created);
    expect(await created.update(text(after, 2400))).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await created.stack.continueUpdateRollback()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(known(created)).toEqual(old);
  });

  test.each(ATTRIBUTES)('%s, not %s, by RollbackStack', async (before, after) => {
    const created = await createdStack(text(before, 1200), { script });
    const old = known(created);
    const { update, stack, events } = created;
    expect(await update(text(after, 2400), { disableRollback: true })).toBe('UPDATE_FAILED');
    const told = events.length;
    expect(await stack.rollback()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(known(created)).toEqual(old);
    expect(events).toHaveLength(told);
  });

  test('the tags of a placeholder', async () => {
    const created = await createdStack(text('', 1200), {
      tags: { Team: 'a' },
      script: failing(1),
    });
    const old = known(created);
    expect(await created.update(text('', 2400), { tags: { Team: 'b' } })).toBe(
      'UPDATE_ROLLBACK_COMPLETE',
    );
    expect(known(created)).toEqual(old);
  });
});
