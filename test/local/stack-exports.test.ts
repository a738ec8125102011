import { Exports } from '../../local/stack/exports';
import { lustre, resources, scriptedStack, sent } from './stacks';

describe('exports', () => {
  const exporting = (value: string, name = 'shared') =>
    resources(
      { Scratch: lustre() },
      `Outputs: { Out: { Value: ${value}, Export: { Name: ${name} } } }`,
    );
  const importing = resources({ Scratch: lustre('SecurityGroupIds: [!ImportValue shared]') });
  const GROUP = 'sg-0123456789abcdef0';

  test('of another stack can be imported', async () => {
    const exports = new Exports();
    await scriptedStack({ name: 'one', exports }).create(exporting(GROUP));
    const two = scriptedStack({ name: 'two', exports });
    expect(await two.create(importing)).toBe('CREATE_COMPLETE');
    expect(sent(two.events, 'CREATE')[0]).toMatchObject({ SecurityGroupIds: [GROUP] });
  });

  test('that nobody has fail the stack before its first resource', async () => {
    const { create, story, events } = scriptedStack();
    expect(await create(importing)).toBe('ROLLBACK_COMPLETE');
    expect(events).toEqual([]);
    expect(story[1]).toBe(
      'ROLLBACK_IN_PROGRESS: No export named shared found. Rollback requested by user.',
    );
  });

  test('belong to one stack', async () => {
    const exports = new Exports();
    await scriptedStack({ name: 'one', exports }).create(exporting('a'));
    const two = scriptedStack({ name: 'two', exports });
    expect(await two.create(exporting('b'))).toBe('ROLLBACK_COMPLETE');
    expect(two.story).toContain(
      'ROLLBACK_IN_PROGRESS: Export with name shared is already exported by stack one. Rollback requested by user.',
    );
    expect(two.stack.resources).toEqual([]);
  });

  test('in use can neither be changed nor deleted', async () => {
    const exports = new Exports();
    const one = scriptedStack({ name: 'one', exports });
    const two = scriptedStack({ name: 'two', exports });
    await one.create(exporting(GROUP));
    await two.create(importing);
    const changed = (name: string) =>
      exporting('sg-0123456789abcdef1', name).replace(
        'SubnetIds',
        'StorageCapacity: 1200, SubnetIds',
      );
    for (const [name, deed] of [
      ['shared', 'updated'],
      ['other', 'deleted'],
    ] as const) {
      expect(await one.update(changed(name))).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(one.story).toContain(
        `UPDATE_ROLLBACK_IN_PROGRESS: Export shared cannot be ${deed} as it is in use by two.`,
      );
    }
    expect(await one.stack.delete()).toBe('DELETE_FAILED');
    expect(await two.stack.delete()).toBe('DELETE_COMPLETE');
    expect(await one.stack.delete()).toBe('DELETE_COMPLETE');
  });
});
