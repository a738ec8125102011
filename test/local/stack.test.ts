import { Exports } from '../../local/stack/exports';
import { ValidationError } from '../../local/stack/refusals';
import { FILE_SYSTEM, failure, id, scriptedStack, sent, SUBNET } from './stacks';
import type { Script } from './stacks';

/** One resource of ours in a template: its properties, and other members. */
const lustre = (properties = '', members = ''): string =>
  `{ Type: ${FILE_SYSTEM}, ${members} Properties: { SubnetIds: [${SUBNET}], ${properties} } }`;

const resources = (members: Record<string, string>, rest = ''): string =>
  `Resources:\n${Object.entries(members)
    .map(([name, text]) => `  ${name}: ${text}`)
    .join('\n')}\n${rest}`;

const only = (properties = '', members = ''): string =>
  resources({ Scratch: lustre(properties, members) });

const handler = (code: string, message = 'no'): string =>
  `Resource handler returned message: "${message}" (RequestToken: T, HandlerErrorCode: ${code})`;

/** Answers some requests, by action and logical id, as often as there are answers. */
const answering =
  (answers: Record<string, ReturnType<Script>[]>): Script =>
  ({ action, requestData }, before) =>
    answers[`${action} ${requestData.logicalResourceId}`]?.[before];

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
    const { create, update, stack } = scriptedStack({
      script: answering({ 'CREATE Scratch': [failure('InvalidRequest')] }),
    });
    await create(only());
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

/** CloudFormation's answers to the attributes of another resource that are numbers, recorded one by one. */
describe('an attribute that is no text', () => {
  const attributes: Script = ({ action, requestData }) =>
    action === 'CREATE'
      ? {
          status: 'SUCCESS',
          resourceModel: {
            ...requestData.resourceProperties,
            FileSystemId: id(1),
            EstimatedBaselineThroughput: 960,
            NetworkInterfaceIds: ['eni-1', 'eni-2'],
            EstimatedMonthlyCostBreakdown: { Storage: '672.00' },
          },
        }
      : undefined;
  const NUMBER = 'Scratch.EstimatedBaselineThroughput';
  const JOIN =
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
  const withOutput = (value: string) =>
    resources({ Scratch: lustre() }, `Outputs: { Out: { Value: ${value} } }`);

  test.each([
    [`!GetAtt ${NUMBER}`, 'Template format error: Every Value member must be a string.'],
    [
      '!GetAtt Scratch.NetworkInterfaceIds',
      'Template format error: Every Value member must be a string.',
    ],
    [
      '!GetAtt Scratch.EstimatedMonthlyCostBreakdown',
      'Template format error: Every Value member must be a string.',
    ],
    [
      `!Sub '\${${NUMBER}}'`,
      `Template error: variable ${NUMBER} in Fn::Sub expression does not resolve to a string`,
    ],
    [
      `!Sub ['\${A}', { A: !GetAtt ${NUMBER} }]`,
      'Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string',
    ],
    [`!Join ['', [!GetAtt ${NUMBER}]]`, JOIN],
    [
      '!GetAtt Scratch.EstimatedMonthlyCostBreakdown.ReadCache',
      'Template error: resource Scratch has no value for attribute EstimatedMonthlyCostBreakdown.ReadCache in Fn::GetAtt',
    ],
  ])('in an output, %s: the file system is created, and deleted again', async (value, words) => {
    const { create, story, stack } = scriptedStack({ script: attributes });
    expect(await create(withOutput(value))).toBe('ROLLBACK_COMPLETE');
    expect(story.slice(-5)).toEqual([
      `Scratch CREATE_COMPLETE ${id(1)}`,
      `ROLLBACK_IN_PROGRESS: ${words} Rollback requested by user.`,
      `Scratch DELETE_IN_PROGRESS ${id(1)}`,
      `Scratch DELETE_COMPLETE ${id(1)}`,
      'ROLLBACK_COMPLETE',
    ]);
    expect(stack.outputs).toEqual({});
  });

  test.each([
    ["!Join [',', !GetAtt Scratch.NetworkInterfaceIds]", 'eni-1,eni-2'],
    ['!Select [1, !GetAtt Scratch.NetworkInterfaceIds]', 'eni-2'],
    ['!GetAtt Scratch.EstimatedMonthlyCostBreakdown.Storage', '672.00'],
    ['1', '1'],
    ['true', 'true'],
    ["!Join ['', [1]]", '1'],
  ])('in an output, %s is text', async (value, expected) => {
    const { create, stack } = scriptedStack({ script: attributes });
    expect(await create(withOutput(value))).toBe('CREATE_COMPLETE');
    expect(stack.outputs).toEqual({ Out: expected });
  });

  test('in a property that wants text fails that resource', async () => {
    const { create, story } = scriptedStack({ script: attributes });
    const text = resources({
      Scratch: lustre(),
      Other: lustre(`KmsKeyId: !GetAtt ${NUMBER}`),
    });
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(story).toContain(
      'Other CREATE_FAILED: Properties validation failed for resource Other with message:\n#/KmsKeyId: expected type: String, found: Integer',
    );
  });

  test('in a function of a property fails that resource', async () => {
    const { create, story } = scriptedStack({ script: attributes });
    const text = resources({
      Scratch: lustre(),
      Other: lustre(`KmsKeyId: !Sub '\${${NUMBER}}'`),
    });
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(story).toContain(
      `Other CREATE_FAILED: Template error: variable ${NUMBER} in Fn::Sub expression does not resolve to a string`,
    );
  });
});

describe('an attribute that the type does not have', () => {
  test.each([
    [
      'an output',
      resources({ Scratch: lustre() }, 'Outputs: { Out: { Value: !GetAtt Scratch.Nope } }'),
      `/Outputs/Out/Value/Fn::GetAtt: Resource type ${FILE_SYSTEM} does not support attribute {Nope}.`,
    ],
    [
      'a property that is no attribute',
      resources(
        { Scratch: lustre() },
        "Outputs: { Out: { Value: !Sub '${Scratch.StorageCapacity}' } }",
      ),
      `/Outputs/Out/Value/Fn::Sub: Resource type ${FILE_SYSTEM} does not support attribute {StorageCapacity}.`,
    ],
    [
      'a resource',
      resources({
        Scratch: lustre(),
        Other: lustre('Tags: [{ Key: a, Value: !GetAtt Scratch.Nope }]'),
      }),
      `/Resources/Other/Properties/Tags/0/Value/Fn::GetAtt: Resource type ${FILE_SYSTEM} does not support attribute {Nope}.`,
    ],
  ])('in %s fails the stack before its first resource', async (_, text, words) => {
    const { create, story, events } = scriptedStack();
    expect(await create(text)).toBe('ROLLBACK_COMPLETE');
    expect(events).toEqual([]);
    expect(story).toEqual([
      'CREATE_IN_PROGRESS: User Initiated',
      `ROLLBACK_IN_PROGRESS: [Error] ${words} Rollback requested by user.`,
      'ROLLBACK_COMPLETE',
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

describe('an update', () => {
  const before = only('StorageCapacity: 1200');

  test.each([
    ['the same', before],
    ['numbers written as text', only("StorageCapacity: '1200'")],
    ['another output', `${before}Outputs: { A: { Value: a } }`],
    ['another condition', `${before}Conditions: { A: !Equals [a, b] }`],
    ['another policy', only('StorageCapacity: 1200', 'DeletionPolicy: Retain,')],
    ['another description', `Description: other\n${before}`],
  ])('with %s is none', async (_, text) => {
    const { create, update, story, events } = scriptedStack();
    await create(before);
    const told = story.length;
    await expect(update(text)).rejects.toThrow(
      new ValidationError('No updates are to be performed.'),
    );
    expect(story).toHaveLength(told);
    expect(events).toHaveLength(1);
  });

  test('changes in place what has changed, and nothing else', async () => {
    const { create, update, events, story, stack } = scriptedStack();
    const text = (capacity: number) =>
      resources({
        Scratch: lustre(`StorageCapacity: ${capacity}`),
        Other: lustre('', 'DependsOn: Scratch,'),
      });
    await create(text(1200));
    story.length = 0;
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
    const { create, update, events } = scriptedStack();
    await create(before, { tags: { Team: 'a' } });
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
    const { create, update } = scriptedStack();
    await create(only());
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
    const { create, update, events, story, stack } = scriptedStack({
      script: ({ action }) => (action === 'DELETE' ? failure('InvalidRequest') : undefined),
    });
    await create(resources({ Old: lustre(), Other: lustre() }));
    expect(await update(resources({ Other: lustre() }))).toBe('UPDATE_COMPLETE');
    expect(sent(events, 'DELETE')).toHaveLength(3);
    expect(story.slice(-2)).toEqual([
      `Old DELETE_FAILED ${id(1)}: ${handler('InvalidRequest')}`,
      'UPDATE_COMPLETE: One or more resources could not be deleted.',
    ]);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Other']);
  });
});

describe('a replacement', () => {
  const REASON =
    'Requested update requires the creation of a new physical resource; hence creating one.';
  const text = (deployment: string, members = '') =>
    resources({
      Scratch: lustre(`DeploymentType: ${deployment}`, members),
      Reader: lustre("Tags: [{ Key: of, Value: !Sub '${Scratch}' }]"),
    });

  test('creates the new one, changes what refers to it, and deletes the old one last', async () => {
    const { create, update, events, story, stack } = scriptedStack();
    await create(text('SCRATCH_1'));
    story.length = 0;
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
    const { create, update, events } = scriptedStack();
    await create(only());
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
    const { create, update, story, events, stack } = scriptedStack();
    await create(text('SCRATCH_1', first));
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
    const { create, update, events, story, stack } = scriptedStack({
      script: answering({
        'CREATE Scratch': [undefined, begun, failure('NotStabilized')],
      }),
    });
    await create(text('SCRATCH_1'));
    story.length = 0;
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
    const { create, update, events, story, stack } = scriptedStack({
      script: answering({ 'UPDATE Reader': [failure('InvalidRequest')] }),
    });
    await create(text('SCRATCH_1'));
    story.length = 0;
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
    const { create, update, events, story } = scriptedStack();
    await create(text('SCRATCH_1'));
    expect(await update(text('SCRATCH_2'), { disableRollback: true })).toBe('UPDATE_FAILED');
    expect(story).toContain(
      `Scratch UPDATE_FAILED ${id(1)}: Replacement type updates not supported on stack with disable-rollback.`,
    );
    expect(sent(events, 'CREATE')).toHaveLength(2);
  });

  test('reaches a file system through the security group that it needs', async () => {
    const { create, update, events } = scriptedStack();
    const grouped = (description: string) =>
      resources({
        Group: `{ Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: ${description} } }`,
        Scratch: lustre('SecurityGroupIds: [!GetAtt Group.GroupId]'),
      });
    await create(grouped('a'));
    expect(await update(grouped('b'))).toBe('UPDATE_COMPLETE');
    const [first, second] = sent(events, 'CREATE').map(({ SecurityGroupIds }) => SecurityGroupIds);
    expect(second).not.toEqual(first);
    expect(sent(events, 'UPDATE')).toEqual([]);
  });

  test('of a native resource with a name of its own is refused by CloudFormation', async () => {
    const { create, update, story } = scriptedStack();
    const named = (type: string) =>
      resources({
        Machine: `{ Type: AWS::StepFunctions::StateMachine, Properties: { StateMachineName: m, StateMachineType: ${type} } }`,
      });
    await create(named('STANDARD'));
    expect(await update(named('EXPRESS'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story.find((line) => line.startsWith('Machine UPDATE_FAILED'))).toContain(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ',
    );
  });
});

describe('a rollback of an update', () => {
  const text = (capacity: number, ...more: string[]) =>
    resources({
      First: lustre(`StorageCapacity: ${capacity}`),
      Second: lustre(`StorageCapacity: ${capacity}`, 'DependsOn: First,'),
      ...Object.fromEntries(more.map((name) => [name, lustre('', 'DependsOn: First,')])),
    });
  const refusesSecond = answering({ 'UPDATE Second': [failure('InvalidRequest', 'It shrinks.')] });

  test('asks the handlers to go back, with the properties swapped and told that it is a rollback', async () => {
    const { create, update, events, story, stack } = scriptedStack({ script: refusesSecond });
    await create(text(2400));
    story.length = 0;
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
    const { create, update, events, story, stack } = scriptedStack({ script: refusesSecond });
    await create(text(1200));
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
    const { create, update, events, story, stack } = scriptedStack({
      script: answering({
        'UPDATE Second': [failure('InvalidRequest'), failure('NotStabilized', 'Not yet.')],
      }),
    });
    await create(text(2400));
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
    const { create, update, stack } = scriptedStack({
      script: ({ action }) => (action === 'UPDATE' ? failure('NotFound') : undefined),
    });
    await create(only());
    expect(await update(only('StorageCapacity: 1200'))).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
  });

  test('needs no handler for a resource that was refused before', async () => {
    const { create, update, events } = scriptedStack();
    await create(only());
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
    const { create, update, events, story, stack } = scriptedStack({ script: refusesSecond });
    await create(text(2400));
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

describe('a deletion', () => {
  const chain = (members = '') =>
    resources({ First: lustre('', members), Second: lustre('', 'DependsOn: First,') });

  test('deletes each resource before those that it needs', async () => {
    const { create, events, story, stack } = scriptedStack();
    await create(chain());
    story.length = 0;
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
    const { create, stack, story } = scriptedStack({
      script: ({ action }) => (action === 'DELETE' ? failure('NotFound') : undefined),
    });
    await create(only());
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(story).toContain(`Scratch DELETE_COMPLETE ${id(1)}`);
  });

  test('that fails can be tried again, and told to leave what stays', async () => {
    const { create, stack, story } = scriptedStack({
      script: ({ action }) => (action === 'DELETE' ? failure('InvalidRequest') : undefined),
    });
    await create(chain());
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
      const { create, events, story, stack } = scriptedStack();
      await create(chain(`DeletionPolicy: ${policy},`));
      expect(await stack.delete()).toBe('DELETE_COMPLETE');
      expect(sent(events, 'DELETE').map(({ of }) => of)).toEqual(['Second']);
      expect(story).toContain(`First DELETE_SKIPPED ${id(1)}`);
    },
  );
});

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

test.each(['', '1a', 'a_b', 'a'.repeat(129)])('a stack cannot be called %j', (name) => {
  expect(() => scriptedStack({ name })).toThrow(ValidationError);
});
