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
  SUBNET,
  createdStack,
} from './stacks';

describe('a creation', () => {
  test('tells of the stack and its resources as CloudFormation does', async () => {
    const { create, story, stack } = scriptedStack();
    const text = resources(
      { Scratch: lustre() },
      'Outputs: { Name: { Value: !GetAtt Scratch.DNSName } }',
    );
    expect(await create(text)).toBe('CREATE_COMPLETE');
    expect(story).toEqual([
      'CREATE_IN_PROGRESS: User Initiated',
      'Scratch CREATE_IN_PROGRESS',
      `Scratch CREATE_IN_PROGRESS ${id(1)}: Resource creation Initiated`,
      `Scratch CREATE_COMPLETE ${id(1)}`,
      'CREATE_COMPLETE',
    ]);
    expect(stack.outputs).toEqual({ Name: `${id(1)}.example` });
    await expect(create(text)).rejects.toThrow(new ValidationError('Stack [demo] already exists'));
  });

  test('creates each resource after those that it needs, and only where its condition holds', async () => {
    const { create, events } = scriptedStack();
    const text = resources(
      {
        Last: lustre('', 'DependsOn: [Second, Never],'),
        Second: lustre("Tags: [{ Key: after, Value: !Sub '${Between}' }]"),
        Between: '{ Type: AWS::S3::Bucket, Properties: { BucketName: !GetAtt First.DNSName } }',
        First: lustre(),
        Never: lustre('', 'Condition: Unmet,'),
      },
      'Conditions: { Unmet: !Equals [a, b] }',
    );
    expect(await create(text)).toBe('CREATE_COMPLETE');
    expect(sent(events, 'CREATE').map(({ of }) => of)).toEqual(['First', 'Second', 'Last']);
    expect(sent(events, 'CREATE')[1]).toMatchObject({
      Tags: [{ Key: 'after', Value: `${id(1)}.example` }],
    });
  });

  test('that fails deletes what it has created, the last first', async () => {
    const { create, story, events, stack } = scriptedStack({
      script: answering({ 'CREATE Third': [failure('InvalidRequest', 'No such capacity.')] }),
    });
    const text = resources({
      First: lustre(),
      Second: lustre('', 'DependsOn: First,'),
      Third: lustre('', 'DependsOn: Second,'),
      Fourth: lustre('', 'DependsOn: Third,'),
    });
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(story.slice(-8)).toEqual([
      `Third CREATE_FAILED: ${handler('InvalidRequest', 'No such capacity.')}`,
      'ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Third]. Rollback requested by user.',
      'Third DELETE_COMPLETE',
      `Second DELETE_IN_PROGRESS ${id(2)}`,
      `Second DELETE_COMPLETE ${id(2)}`,
      `First DELETE_IN_PROGRESS ${id(1)}`,
      `First DELETE_COMPLETE ${id(1)}`,
      'ROLLBACK_COMPLETE',
    ]);
    expect(sent(events, 'CREATE').map(({ of }) => of)).not.toContain('Fourth');
    await expect(create(text)).rejects.toThrow('already exists');
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(await create(only())).toBe('CREATE_COMPLETE');
  });

  test('that has failed cannot be updated, only deleted', async () => {
    const { update, stack } = await createdStack(only(), {
      script: answering({ 'CREATE Scratch': [failure('InvalidRequest')] }),
    });
    await expect(update(only('StorageCapacity: 1200'))).rejects.toThrow(
      new ValidationError(
        `Stack:${stack.id} is in ROLLBACK_COMPLETE state and can not be updated.`,
      ),
    );
    expect(stack.id).toMatch(
      /^arn:aws:cloudformation:us-east-1:123456789012:stack\/demo\/[-\da-f]+$/,
    );
  });

  test('that fails after the resource had an id deletes it with its properties', async () => {
    const FileSystemId = id(9);
    const begun = {
      status: 'IN_PROGRESS' as const,
      resourceModel: { FileSystemId },
      callbackContext: { a: 1 },
    };
    const { create, events, story } = scriptedStack({
      script: answering({ 'CREATE Scratch': [begun, failure('NotStabilized')] }),
    });
    expect(await create(only('SkipFinalBackup: false'))).toBe('ROLLBACK_COMPLETE');
    expect(sent(events, 'DELETE')).toEqual([
      { of: 'Scratch', SubnetIds: [SUBNET], SkipFinalBackup: 'false', FileSystemId },
    ]);
    expect(story).toContain(`Scratch CREATE_FAILED ${FileSystemId}: ${handler('NotStabilized')}`);
  });

  test('ends in ROLLBACK_FAILED where something cannot be deleted, and leaves what that needs', async () => {
    const { create, story, stack } = scriptedStack({
      script: answering({
        'CREATE Fourth': [failure('InvalidRequest')],
        'DELETE Third': [failure('InvalidRequest', 'A task is running.')],
      }),
    });
    const text = resources({
      First: lustre(),
      Second: lustre('', 'DependsOn: First,'),
      Third: lustre('', 'DependsOn: Second,'),
      Fourth: lustre('', 'DependsOn: Third,'),
    });
    expect(await create(text)).toBe('ROLLBACK_FAILED');
    expect(story.slice(-2)).toEqual([
      `Third DELETE_FAILED ${id(3)}: ${handler('InvalidRequest', 'A task is running.')}`,
      'ROLLBACK_FAILED: The following resource(s) failed to delete: [Third].',
    ]);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second', 'Third']);
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(stack.resources).toEqual([]);
  });

  test.each([
    ['Delete', ['Scratch DELETE_IN_PROGRESS', 'Scratch DELETE_COMPLETE']],
    ['Retain', ['Scratch DELETE_SKIPPED']],
    ['RetainExceptOnCreate', ['Scratch DELETE_IN_PROGRESS', 'Scratch DELETE_COMPLETE']],
  ])('rolled back with DeletionPolicy %s', async (policy, told) => {
    const { create, story } = scriptedStack({
      script: answering({ 'CREATE Other': [failure('InvalidRequest')] }),
    });
    const text = resources({
      Scratch: lustre('', `DeletionPolicy: ${policy},`),
      Other: lustre('', 'DependsOn: Scratch,'),
    });
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(story.filter((line) => line.startsWith('Scratch DELETE'))).toEqual(
      told.map((line) => `${line} ${id(1)}`),
    );
  });

  test('without rollback keeps what it has, goes on where it can, and is tried again by an update', async () => {
    const { create, update, events, story, stack } = scriptedStack({
      script: answering({ 'CREATE Second': [failure('InvalidRequest')] }),
    });
    const text = resources({
      First: lustre(),
      Second: lustre(),
      After: lustre('', 'DependsOn: Second,'),
      Third: lustre(),
    });
    expect(await create(text, { disableRollback: true })).toBe('CREATE_FAILED');
    expect(story.at(-1)).toBe(
      'CREATE_FAILED: The following resource(s) failed to create: [Second].',
    );
    expect(sent(events, 'CREATE').map(({ of }) => of)).toEqual(['First', 'Second', 'Third']);
    expect(sent(events, 'DELETE')).toEqual([]);
    await expect(update(text)).rejects.toThrow('is in CREATE_FAILED state and can not be updated.');
    expect(await update(text, { disableRollback: true })).toBe('UPDATE_COMPLETE');
    expect(stack.resources.map(({ logicalId }) => logicalId).sort()).toEqual([
      'After',
      'First',
      'Second',
      'Third',
    ]);
  });
});

describe('an error of the handlers', () => {
  const RETRIABLE = ['NetworkFailure', 'ResourceConflict', 'ServiceInternalError', 'Throttling'];
  test.each(RETRIABLE)('%s is retried, with the same event', async (code) => {
    const { create, events } = scriptedStack({
      script: answering({ 'CREATE Scratch': [failure(code), failure(code)] }),
    });
    expect(await create(only())).toBe('CREATE_COMPLETE');
    expect(events).toHaveLength(3);
    for (const event of events) expect(event).toEqual(events[0]);
  });

  test.each(RETRIABLE)('%s is an answer the third time', async (code) => {
    const waits: number[] = [];
    const { create, events, story } = scriptedStack({
      script: ({ action }) => (action === 'CREATE' ? failure(code) : undefined),
      registry: { sleep: (seconds) => Promise.resolve(void waits.push(seconds)) },
    });
    expect(await create(only())).toBe('ROLLBACK_COMPLETE');
    expect(events.map(({ action }) => action)).toEqual(['CREATE', 'CREATE', 'CREATE']);
    expect(waits).toEqual([5, 10]);
    expect(story).toContain(`Scratch CREATE_FAILED: ${handler(code)}`);
  });

  test('in between counts anew after every other answer, and goes on from the last context', async () => {
    const waiting = (step: number) => ({
      status: 'IN_PROGRESS' as const,
      resourceModel: { FileSystemId: id(1) },
      callbackContext: { step },
    });
    const busy = failure('Throttling');
    const { create, events } = scriptedStack({
      script: answering({
        'CREATE Scratch': [busy, busy, waiting(1), busy, busy, waiting(2), busy],
      }),
    });
    expect(await create(only())).toBe('CREATE_COMPLETE');
    expect(events.map(({ callbackContext }) => callbackContext?.step)).toEqual([
      undefined,
      undefined,
      undefined,
      1,
      1,
      1,
      2,
      2,
    ]);
  });

  test.each([
    'AccessDenied',
    'AlreadyExists',
    'GeneralServiceException',
    'InternalFailure',
    'InvalidCredentials',
    'InvalidRequest',
    'NotFound',
    'NotStabilized',
    'NotUpdatable',
    'ServiceLimitExceeded',
  ])('%s is not retried', async (code) => {
    const { create, events } = scriptedStack({
      script: answering({ 'CREATE Scratch': [failure(code)] }),
    });
    expect(await create(only())).toBe('ROLLBACK_COMPLETE');
    expect(events).toHaveLength(1);
  });

  test.each([
    ['an answer that breaks the contract', { status: 'SUCCESS' as const }, 'SUCCESS must carry'],
    ['no answer', 'nothing' as never, 'the answer is not a progress event'],
  ])('%s fails the resource, not the stack', async (_, answer, words) => {
    const { create, story } = scriptedStack({ script: answering({ 'CREATE Scratch': [answer] }) });
    expect(await create(only())).toBe('ROLLBACK_COMPLETE');
    expect(story.find((line) => line.startsWith('Scratch CREATE_FAILED'))).toContain(words);
  });
});

test.each(['', '1a', 'a_b', 'a'.repeat(129)])('a stack cannot be called %j', (name) => {
  expect(() => scriptedStack({ name })).toThrow(ValidationError);
});
