import { ValidationError } from '../../local/stack/refusals';
import {
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

describe('an update', () => {
  const before = only('StorageCapacity: 1200');

  test.each([
    ['the same', before],
    ['numbers written as text', only("StorageCapacity: '1200'")],
    ['another condition', `${before}Conditions: { A: !Equals [a, b] }`],
    ['another policy', only('StorageCapacity: 1200', 'DeletionPolicy: Retain,')],
    ['another description', `Description: other\n${before}`],
  ])('with %s is none', async (_, text) => {
    const { update, story, events } = await createdStack(before);
    const told = story.length;
    await expect(update(text)).rejects.toThrow(
      new ValidationError('No updates are to be performed.'),
    );
    expect(story).toHaveLength(told);
    expect(events).toHaveLength(1);
  });

  test.each([
    ['a new output', '', 'Outputs: { A: { Value: b } }'],
    ['another value', 'Outputs: { A: { Value: a } }', 'Outputs: { A: { Value: b } }'],
    ['another description', 'Outputs: { A: { Value: b } }', 'Outputs: { A: { Value: b, Description: c } }'], // oxfmt-ignore
    ['an export', 'Outputs: { A: { Value: b } }', 'Outputs: { A: { Value: b, Export: { Name: c } } }'], // oxfmt-ignore
  ])('of the outputs alone is one: %s', async (_, old, wanted) => {
    const { update, events, stack } = await createdStack(`${before}${old}`);
    expect(await update(`${before}${wanted}`)).toBe('UPDATE_COMPLETE');
    expect(stack.outputs).toEqual({ A: 'b' });
    expect(events).toHaveLength(1);
    await expect(update(`${before}${wanted}`)).rejects.toThrow('No updates');
  });

  test('of a parameter that only Metadata uses is one', async () => {
    const text = `${only('', 'Metadata: { Size: !Ref Size },')}Parameters: { Size: { Type: Number, Default: 1 } }`;
    const { update } = await createdStack(text);
    await expect(update(text)).rejects.toThrow('No updates');
    expect(await update(text, { parameters: { Size: '2' } })).toBe('UPDATE_COMPLETE');
  });

  test('changes in place what has changed, and nothing else', async () => {
    const text = (capacity: number) =>
      resources({
        Scratch: lustre(`StorageCapacity: ${capacity}`),
        Other: lustre('', 'DependsOn: Scratch,'),
      });
    const { update, events, story, stack } = await createdStack(text(1200));
    expect(await update(text(2400))).toBe('UPDATE_COMPLETE');
    expect(story).toEqual([
      'UPDATE_IN_PROGRESS: User Initiated',
      `Scratch UPDATE_IN_PROGRESS ${id(1)}`,
      `Scratch UPDATE_COMPLETE ${id(1)}`,
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ]);
    const { requestData, rollback } = events.at(-1) ?? {};
    expect(requestData).toMatchObject({
      resourceProperties: { StorageCapacity: '2400', FileSystemId: id(1) },
      previousResourceProperties: { StorageCapacity: '1200', FileSystemId: id(1) },
    });
    expect(rollback).toBeUndefined();
    expect(stack.resources[0]?.model).toMatchObject({ StorageCapacity: '2400' });
  });

  test('to other values of the parameters', async () => {
    const { create, update, events } = scriptedStack();
    const text = `${only('StorageCapacity: !Ref Size')}Parameters: { Size: { Type: Number, Default: 1200 } }`;
    await create(text);
    await expect(update(text)).rejects.toThrow('No updates');
    expect(await update(text, { parameters: { Size: '2400' } })).toBe('UPDATE_COMPLETE');
    expect(sent(events, 'UPDATE')[0]).toMatchObject({ StorageCapacity: '2400' });
  });

  test('of the tags of the stack reaches the handlers, with the tags before', async () => {
    const { update, events } = await createdStack(before, { tags: { Team: 'a' } });
    await expect(update(before)).rejects.toThrow('No updates');
    expect(await update(before, { tags: { Team: 'b' } })).toBe('UPDATE_COMPLETE');
    expect(events.at(-1)?.requestData).toMatchObject({
      stackTags: { Team: 'b' },
      previousStackTags: { Team: 'a' },
    });
  });

  test('may add, take away and switch resources', async () => {
    const { create, update, events, story, stack } = scriptedStack();
    const text = (name: string) =>
      `${resources({
        Always: lustre(),
        [name]: lustre('', 'DependsOn: Always,'),
        A: lustre('', 'Condition: IsA,'),
        B: lustre('', 'Condition: IsB,'),
      })}Parameters: { P: { Type: String } }
Conditions: { IsA: !Equals [!Ref P, a], IsB: !Equals [!Ref P, b] }`;
    await create(text('Old'), { parameters: { P: 'a' } });
    story.length = 0;
    expect(await update(text('New'), { parameters: { P: 'b' } })).toBe('UPDATE_COMPLETE');
    expect(sent(events, 'CREATE').map(({ of }) => of)).toEqual(['Always', 'Old', 'A', 'New', 'B']);
    expect(story.filter((line) => !line.includes('CREATE'))).toEqual([
      'UPDATE_IN_PROGRESS: User Initiated',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      `A DELETE_IN_PROGRESS ${id(3)}`,
      `A DELETE_COMPLETE ${id(3)}`,
      `Old DELETE_IN_PROGRESS ${id(2)}`,
      `Old DELETE_COMPLETE ${id(2)}`,
      'UPDATE_COMPLETE',
    ]);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Always', 'New', 'B']);
  });

  test.each(['Retain', 'RetainExceptOnCreate'])(
    'that takes away a resource with DeletionPolicy %s keeps the file system',
    async (policy) => {
      const { create, update, events, story, stack } = scriptedStack();
      await create(resources({ Kept: lustre('', `DeletionPolicy: ${policy},`), Other: lustre() }));
      expect(await update(resources({ Other: lustre() }))).toBe('UPDATE_COMPLETE');
      expect(story).toContain(`Kept DELETE_SKIPPED ${id(1)}`);
      expect(sent(events, 'DELETE')).toEqual([]);
      expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Other']);
    },
  );

  test('cannot change the type of a resource', async () => {
    const { update } = await createdStack(only());
    await expect(update('Resources: { Scratch: { Type: AWS::S3::Bucket } }')).rejects.toThrow(
      new ValidationError(
        'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Scratch]',
      ),
    );
  });

  test('cannot be of a stack that is not there', async () => {
    await expect(scriptedStack().update(only())).rejects.toThrow(
      new ValidationError('Stack with id demo does not exist'),
    );
  });

  test('that leaves what it cannot delete tries three times and lets go of it', async () => {
    const { update, events, story, stack } = await createdStack(
      resources({ Old: lustre(), Other: lustre() }),
      {
        script: ({ action }) => (action === 'DELETE' ? failure('InvalidRequest') : undefined),
      },
    );
    expect(await update(resources({ Other: lustre() }))).toBe('UPDATE_COMPLETE');
    expect(sent(events, 'DELETE')).toHaveLength(3);
    expect(story.slice(-2)).toEqual([
      `Old DELETE_FAILED ${id(1)}: ${handler('InvalidRequest')}`,
      'UPDATE_COMPLETE: One or more resources could not be deleted.',
    ]);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Other']);
  });
});
