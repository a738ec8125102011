import { failure, id, lustre, only, resources, sent, createdStack } from './stacks';

describe('a deletion', () => {
  const chain = (members = '') =>
    resources({ First: lustre('', members), Second: lustre('', 'DependsOn: First,') });

  test('deletes each resource before those that it needs', async () => {
    const { events, story, stack } = await createdStack(chain());
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(sent(events, 'DELETE').map(({ of }) => of)).toEqual(['Second', 'First']);
    expect(story).toEqual([
      'DELETE_IN_PROGRESS: User Initiated',
      `Second DELETE_IN_PROGRESS ${id(2)}`,
      `Second DELETE_COMPLETE ${id(2)}`,
      `First DELETE_IN_PROGRESS ${id(1)}`,
      `First DELETE_COMPLETE ${id(1)}`,
      'DELETE_COMPLETE',
    ]);
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
  });

  test('of what is not there any more succeeds', async () => {
    const { stack, story } = await createdStack(only(), {
      script: ({ action }) => (action === 'DELETE' ? failure('NotFound') : undefined),
    });
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(story).toContain(`Scratch DELETE_COMPLETE ${id(1)}`);
  });

  test('that fails can be tried again, and told to leave what stays', async () => {
    const { stack, story } = await createdStack(chain(), {
      script: ({ action }) => (action === 'DELETE' ? failure('InvalidRequest') : undefined),
    });
    expect(await stack.delete()).toBe('DELETE_FAILED');
    expect(story.at(-1)).toBe(
      'DELETE_FAILED: The following resource(s) failed to delete: [Second].',
    );
    expect(await stack.delete({ retain: ['First', 'Second'] })).toBe('DELETE_COMPLETE');
    expect(story.filter((line) => line.includes('DELETE_SKIPPED'))).toHaveLength(2);
  });

  test.each(['Retain', 'RetainExceptOnCreate'])(
    'keeps what has DeletionPolicy %s',
    async (policy) => {
      const { events, story, stack } = await createdStack(chain(`DeletionPolicy: ${policy},`));
      expect(await stack.delete()).toBe('DELETE_COMPLETE');
      expect(sent(events, 'DELETE').map(({ of }) => of)).toEqual(['Second']);
      expect(story).toContain(`First DELETE_SKIPPED ${id(1)}`);
    },
  );
});
