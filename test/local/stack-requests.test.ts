import { NotModeled, ValidationError } from '../../local/stack/refusals';
import { createdStack, failure, id, lustre, only, resources, scriptedStack } from './stacks';

/** What CloudFormation accepts of a request, apart from its template. */

const CONSTRAINT = (member: string, must: string): string =>
  `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must ${must}`;
const tags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

describe('the tags of a stack', () => {
  test.each([
    ['51', tags(51), CONSTRAINT('tags', 'have length less than or equal to 50')],
    ['without a key', { '': 'v' }, CONSTRAINT('tags.1.member.key', 'have length greater than or equal to 1')], // oxfmt-ignore
    ['with a key of 129 characters', { a: 'v', ['k'.repeat(129)]: 'v' }, CONSTRAINT('tags.2.member.key', 'have length less than or equal to 128')], // oxfmt-ignore
    ['without a value', { k: '' }, CONSTRAINT('tags.1.member.value', 'have length greater than or equal to 1')], // oxfmt-ignore
    ['with a value of 257 characters', { k: 'v'.repeat(257) }, CONSTRAINT('tags.1.member.value', 'have length less than or equal to 256')], // oxfmt-ignore
    ['of AWS', { 'aws:k': 'v' }, 'Tag keys that begin with aws: are reserved: aws:k'],
  ])('%s are refused, at creation and in an update', async (_, wrong, message) => {
    const { create, update, story, stack } = scriptedStack();
    await expect(create(only(), { tags: wrong })).rejects.toThrow(new ValidationError(message));
    expect(stack.status).toBeUndefined();
    await create(only());
    story.length = 0;
    await expect(update(only(), { tags: wrong })).rejects.toThrow(new ValidationError(message));
    expect(story).toEqual([]);
  });

  test('up to the limits are accepted', async () => {
    const most = { ...tags(49), ['k'.repeat(128)]: 'v'.repeat(256) };
    expect(await scriptedStack().create(only(), { tags: most })).toBe('CREATE_COMPLETE');
  });
});

test('a stack policy has at most 16,384 characters', async () => {
  const policy = (sid: number): string =>
    JSON.stringify({
      Statement: [{ Sid: 's'.repeat(sid), Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' }], // oxfmt-ignore
    });
  const room = 16_384 - policy(0).length;
  expect(await scriptedStack().create(only(), { policy: policy(room) })).toBe('CREATE_COMPLETE');
  await expect(scriptedStack().create(only(), { policy: policy(room + 1) })).rejects.toThrow(
    CONSTRAINT('stackPolicyBody', 'have length less than or equal to 16384'),
  );
});

test('an empty stack policy denies nothing', async () => {
  const { update } = await createdStack(only(), { policy: '{}' });
  expect(await update(only('StorageCapacity: 1200'))).toBe('UPDATE_COMPLETE');
});

test('a policy that cannot be read is refused in the words of CloudFormation', async () => {
  await expect(scriptedStack().create(only(), { policy: '{' })).rejects.toThrow(
    /^Error validating stack policy: Invalid stack policy \(/,
  );
});

test('a name that a stack cannot have is refused with the pattern that CloudFormation names', () => {
  expect(() => scriptedStack({ name: 'a_b' })).toThrow(
    "Value 'a_b' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
  );
});

describe('the previous value of a parameter', () => {
  const text = `${only('Tags: [{ Key: k, Value: !Ref P }, { Key: q, Value: !Ref Q }]')}Parameters:
  P: { Type: String, Default: default }
  Q: { Type: String, Default: '1' }`;
  const values = { P: 'given', Q: '2' };

  test('is kept in an update that asks for it; without that, the default counts', async () => {
    const { update, stack } = await createdStack(text, { parameters: values });
    await update(text, { previousParameters: ['P'], parameters: { Q: '3' } });
    expect(stack.parameters).toEqual({ P: 'given', Q: '3' });
    await update(text, { parameters: { Q: '4' } });
    expect(stack.parameters).toEqual({ P: 'default', Q: '4' });
    await update(text, { previousParameters: ['P', 'Q'], parameters: {}, tags: { a: 'b' } });
    expect(stack.parameters).toEqual({ P: 'default', Q: '4' });
  });

  test('is refused where the previous template has no such parameter', async () => {
    const { create, update } = scriptedStack();
    const message =
      'Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not in the previous template';
    await create(only());
    await expect(update(text, { previousParameters: ['P'] })).rejects.toThrow(
      new ValidationError(message),
    );
  });

  test('is refused where the new template has no such parameter', async () => {
    const { update } = await createdStack(text, { parameters: values });
    await expect(update(only(), { previousParameters: ['P'] })).rejects.toThrow(
      new ValidationError('Parameters: [P] do not exist in the template'),
    );
  });
});

describe('RetainExceptOnCreate of an operation', () => {
  const two = resources({
    A: lustre('', 'DeletionPolicy: Retain,'),
    B: lustre('', 'DependsOn: A, DeletionPolicy: Retain,'),
  });
  const script = ({
    action,
    requestData,
  }: {
    action: string;
    requestData: { logicalResourceId: string };
  }) =>
    action === 'CREATE' && requestData.logicalResourceId === 'B'
      ? failure('InvalidRequest')
      : undefined;

  test.each([
    [false, `A DELETE_SKIPPED ${id(1)}`],
    [true, `A DELETE_COMPLETE ${id(1)}`],
  ])('%s decides about what a failed creation has made', async (retainExceptOnCreate, told) => {
    const { create, story } = scriptedStack({ script });
    expect(await create(two, { retainExceptOnCreate })).toBe('ROLLBACK_COMPLETE');
    expect(story).toContain(told);
  });

  test.each([
    [false, `A DELETE_SKIPPED ${id(2)}`],
    [true, `A DELETE_COMPLETE ${id(2)}`],
  ])('%s decides about what a failed update has made', async (retainExceptOnCreate, told) => {
    const { update, story } = await createdStack(resources({ C: lustre() }), { script });
    const wanted = two.replace('Resources:', `Resources:\n  C: ${lustre()}`);
    expect(await update(wanted, { retainExceptOnCreate })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(story).toContain(told);
  });

  test('is one of RollbackStack too', async () => {
    const { create, stack, story } = scriptedStack({ script });
    expect(await create(two, { disableRollback: true })).toBe('CREATE_FAILED');
    expect(await stack.rollback({ retainExceptOnCreate: true })).toBe('DELETE_COMPLETE');
    expect(story).toContain(`A DELETE_COMPLETE ${id(1)}`);
  });

  test('leaves what was there before', async () => {
    const { stack, story, update } = await createdStack(
      resources({ A: lustre('', 'DeletionPolicy: Retain,') }),
      { script },
    );
    expect(await update(two, { retainExceptOnCreate: true })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['A']);
    expect(story.join()).not.toContain('A DELETE');
  });
});

describe('a deletion', () => {
  test('of a stack that does not exist succeeds, and is no event', async () => {
    const { stack, story } = scriptedStack();
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(story).toEqual([]);
    expect(stack.status).toBeUndefined();
  });

  test('is refused while an update is in progress', async () => {
    const { update, stack } = await createdStack(only());
    const updating = update(only('StorageCapacity: 1200'));
    await expect(stack.delete()).rejects.toThrow(
      new ValidationError(
        `Stack [${stack.id}] cannot be deleted while in status UPDATE_IN_PROGRESS`,
      ),
    );
    expect(await updating).toBe('UPDATE_COMPLETE');
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
  });

  test('of a stack that is being created is refused openly: it is not carried out here', async () => {
    const { create, stack } = scriptedStack();
    const creating = create(only());
    await Promise.resolve();
    await expect(stack.delete()).rejects.toThrow(NotModeled);
    expect(await creating).toBe('CREATE_COMPLETE');
  });

  test('keeps no resources that the stack does not have', async () => {
    const { stack } = await createdStack(only(), {
      script: ({ action }) => (action === 'DELETE' ? failure('InvalidRequest') : undefined),
    });
    expect(await stack.delete()).toBe('DELETE_FAILED');
    await expect(stack.delete({ retain: ['Scratch', 'Nope'] })).rejects.toThrow(
      new ValidationError(
        'The following resource(s) cannot be retained, since they are not in the stack: [Nope].',
      ),
    );
    expect(await stack.delete({ retain: ['Scratch'] })).toBe('DELETE_COMPLETE');
  });
});

test('operations of a stack do not run at the same time', async () => {
  const { update, stack } = await createdStack(only());
  const updating = update(only('StorageCapacity: 1200'));
  await expect(update(only('StorageCapacity: 2400'))).rejects.toThrow(
    'is in UPDATE_IN_PROGRESS state and can not be updated.',
  );
  await expect(stack.rollback()).rejects.toThrow('is in UPDATE_IN_PROGRESS state');
  await expect(stack.continueUpdateRollback()).rejects.toThrow('is in UPDATE_IN_PROGRESS state');
  expect(await updating).toBe('UPDATE_COMPLETE');
});
