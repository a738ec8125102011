import {
  answering,
  failure,
  handler,
  id,
  lustre,
  only,
  resources,
  sent,
  createdStack,
} from './stacks';

describe('a replacement', () => {
  const REASON =
    'Requested update requires the creation of a new physical resource; hence creating one.';
  const text = (deployment: string, members = '') =>
    resources({
      Scratch: lustre(`DeploymentType: ${deployment}`, members),
      Reader: lustre("Tags: [{ Key: of, Value: !Sub '${Scratch}' }]"),
    });

  test('creates the new one, changes what refers to it, and deletes the old one last', async () => {
    const { update, events, story, stack } = await createdStack(text('SCRATCH_1'));
    expect(await update(text('SCRATCH_2'))).toBe('UPDATE_COMPLETE');
    expect(story).toEqual([
      'UPDATE_IN_PROGRESS: User Initiated',
      `Scratch UPDATE_IN_PROGRESS ${id(1)}: ${REASON}`,
      `Scratch UPDATE_IN_PROGRESS ${id(3)}: Resource creation Initiated`,
      `Scratch UPDATE_COMPLETE ${id(3)}`,
      `Reader UPDATE_IN_PROGRESS ${id(2)}`,
      `Reader UPDATE_COMPLETE ${id(2)}`,
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      `Scratch DELETE_IN_PROGRESS ${id(1)}`,
      `Scratch DELETE_COMPLETE ${id(1)}`,
      'UPDATE_COMPLETE',
    ]);
    expect(sent(events, 'UPDATE')).toEqual([
      expect.objectContaining({ of: 'Reader', Tags: [{ Key: 'of', Value: id(3) }] }),
    ]);
    expect(sent(events, 'DELETE')).toEqual([
      expect.objectContaining({ FileSystemId: id(1), DeploymentType: 'SCRATCH_1' }),
    ]);
    expect(stack.resources.map(({ physicalId }) => physicalId)).toEqual([id(3), id(2)]);
  });

  test('is every change of a create-only property, and no change of another is one', async () => {
    const { update, events } = await createdStack(only());
    const changes = [
      'StorageType: SSD',
      'StorageType: HDD',
      'SecurityGroupIds: [sg-0123456789abcdef0, sg-0123456789abcdef1]',
      'SecurityGroupIds: [sg-0123456789abcdef1, sg-0123456789abcdef0]',
    ];
    for (const change of changes) expect(await update(only(change))).toBe('UPDATE_COMPLETE');
    expect(sent(events, 'CREATE')).toHaveLength(1 + changes.length);
    expect(sent(events, 'UPDATE')).toEqual([]);
    expect(await update(only(`${changes.at(-1) ?? ''}, StorageCapacity: 1200`))).toBe(
      'UPDATE_COMPLETE',
    );
    expect(sent(events, 'UPDATE')).toHaveLength(1);
  });

  test.each([
    ['', '', 'deleted'],
    ['UpdateReplacePolicy: Retain,', 'UpdateReplacePolicy: Retain,', 'kept'],
    ['UpdateReplacePolicy: Snapshot,', 'UpdateReplacePolicy: Snapshot,', 'deleted'],
    ['DeletionPolicy: Retain,', 'DeletionPolicy: Retain,', 'deleted'],
    // Which template decides is not on record.
    ['UpdateReplacePolicy: Retain,', '', 'deleted'],
    ['', 'UpdateReplacePolicy: Retain,', 'deleted'],
  ])('with %j and then %j: the old one is %s', async (first, second, fate) => {
    const { update, story, events, stack } = await createdStack(text('SCRATCH_1', first));
    expect(await update(text('SCRATCH_2', second))).toBe('UPDATE_COMPLETE');
    const deleted = sent(events, 'DELETE').map(({ FileSystemId }) => FileSystemId);
    expect(deleted).toEqual(fate === 'kept' ? [] : [id(1)]);
    expect(story.includes(`Scratch DELETE_SKIPPED ${id(1)}`)).toBe(fate === 'kept');
    expect(stack.resources.some(({ physicalId }) => physicalId === id(1))).toBe(false);
  });

  test('that fails leaves the old one, and deletes what it had begun', async () => {
    const begun = {
      status: 'IN_PROGRESS' as const,
      resourceModel: { FileSystemId: id(7) },
      callbackContext: {},
    };
    const { update, events, story, stack } = await createdStack(text('SCRATCH_1'), {
      script: answering({
        'CREATE Scratch': [undefined, begun, failure('NotStabilized')],
      }),
    });
    expect(await update(text('SCRATCH_2'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story.slice(3)).toEqual([
      `Scratch UPDATE_FAILED ${id(7)}: ${handler('NotStabilized')}`,
      'UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Scratch].',
      `Scratch UPDATE_COMPLETE ${id(1)}`,
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      `Scratch DELETE_IN_PROGRESS ${id(7)}`,
      `Scratch DELETE_COMPLETE ${id(7)}`,
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(sent(events, 'DELETE').map(({ FileSystemId }) => FileSystemId)).toEqual([id(7)]);
    expect(stack.resources[0]).toMatchObject({
      physicalId: id(1),
      properties: { DeploymentType: 'SCRATCH_1' },
    });
  });

  test('that is taken back lets everything refer to the old one again', async () => {
    const { update, events, story, stack } = await createdStack(text('SCRATCH_1'), {
      script: answering({ 'UPDATE Reader': [failure('InvalidRequest')] }),
    });
    expect(await update(text('SCRATCH_2'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent(events, 'UPDATE')).toEqual([
      expect.objectContaining({ of: 'Reader', Tags: [{ Key: 'of', Value: id(3) }] }),
      expect.objectContaining({
        of: 'Reader',
        Tags: [{ Key: 'of', Value: id(1) }],
        rollback: true,
      }),
    ]);
    expect(story.slice(-4)).toEqual([
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      `Scratch DELETE_IN_PROGRESS ${id(3)}`,
      `Scratch DELETE_COMPLETE ${id(3)}`,
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(stack.resources.map(({ physicalId }) => physicalId)).toEqual([id(1), id(2)]);
  });

  test('is not possible without rollback', async () => {
    const { update, events, story } = await createdStack(text('SCRATCH_1'));
    expect(await update(text('SCRATCH_2'), { disableRollback: true })).toBe('UPDATE_FAILED');
    expect(story).toContain(
      `Scratch UPDATE_FAILED ${id(1)}: Replacement type updates not supported on stack with disable-rollback.`,
    );
    expect(sent(events, 'CREATE')).toHaveLength(2);
  });

  test('reaches a file system through the security group that it needs', async () => {
    const grouped = (description: string) =>
      resources({
        Group: `{ Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: ${description} } }`,
        Scratch: lustre('SecurityGroupIds: [!GetAtt Group.GroupId]'),
      });
    const { update, events } = await createdStack(grouped('a'));
    expect(await update(grouped('b'))).toBe('UPDATE_COMPLETE');
    const [first, second] = sent(events, 'CREATE').map(({ SecurityGroupIds }) => SecurityGroupIds);
    expect(second).not.toEqual(first);
    expect(sent(events, 'UPDATE')).toEqual([]);
  });

  test.each([
    ['DeploymentType: SCRATCH_1', 'DeploymentType: SCRATCH_2', true],
    ['CopyTagsToBackups: true', 'CopyTagsToBackups: false', true],
    ['CopyTagsToBackups: true', "CopyTagsToBackups: 'true'", undefined],
    ['DeploymentType: SCRATCH_2', '', true],
    ['PerUnitStorageThroughput: 125', 'PerUnitStorageThroughput: 250', false],
  ])('of a native file system from { %s } to { %s }: %p', async (before, after, isReplaced) => {
    const native = (configuration: string) =>
      resources({
        Fs: `{ Type: AWS::FSx::FileSystem, Properties: { FileSystemType: LUSTRE, LustreConfiguration: { ${configuration} } } }`,
      });
    const { update, stack } = await createdStack(native(before));
    const [old] = stack.resources;
    const updated = update(native(after));
    if (isReplaced === undefined) return expect(updated).rejects.toThrow('No updates');
    expect(await updated).toBe('UPDATE_COMPLETE');
    expect(stack.resources[0]?.physicalId !== old?.physicalId).toBe(isReplaced);
  });

  test('of a native resource with a name of its own is refused by CloudFormation', async () => {
    const named = (type: string) =>
      resources({
        Machine: `{ Type: AWS::StepFunctions::StateMachine, Properties: { StateMachineName: m, StateMachineType: ${type} } }`,
      });
    const { update, story } = await createdStack(named('STANDARD'));
    expect(await update(named('EXPRESS'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story.find((line) => line.startsWith('Machine UPDATE_FAILED'))).toContain(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ',
    );
  });
});
