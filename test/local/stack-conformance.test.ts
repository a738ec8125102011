import { NotModeled, ValidationError } from '../../local/stack/refusals';
import { ROWS } from './stack-conformance-table';
import type { Step } from './stack-conformance-table';
import { failure, only, resources, scriptedStack } from './stacks';
import type { ScriptedStack } from './stacks';

/** How an operation ends: its status, or the words of its refusal. */
async function ended(scripted: ScriptedStack, step: Step): Promise<string> {
  const { stack, create, update } = scripted;
  try {
    if ('create' in step) return await create(step.create, step.with);
    if ('update' in step) return await update(step.update, step.with);
    if ('delete' in step) return await stack.delete(step.delete);
    if ('continue' in step) return await stack.continueUpdateRollback(step.continue);
    if ('protect' in step) stack.terminationProtection = step.protect;
    else if ('policy' in step) stack.policy = step.policy;
    else return await stack.rollback();
    return 'done';
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}

describe('CloudFormation', () => {
  test.each(ROWS)('$behavior', async ({ script, steps, ends, tells, says, outputs }) => {
    const scripted = scriptedStack(script && { script });
    let end = '';
    for (const step of steps) {
      scripted.story.length = 0;
      end = await ended(scripted, step);
    }
    const isStatus = /^[A-Z_]+$/.test(ends);
    expect(end).toEqual(isStatus ? ends : expect.stringContaining(ends));
    const story = scripted.story.map((line) => line.split(/ |: /).slice(0, 2).join(' '));
    if (tells) expect(story.filter((line) => /^\w+ [A-Z]+_/.test(line))).toEqual(tells);
    if (says !== undefined) expect(scripted.story.join('\n')).toContain(says);
    if (outputs) expect(scripted.stack.outputs).toEqual(outputs);
  });

  test('has a source for every behavior', () => {
    expect(ROWS.filter(({ source }) => !source.startsWith("https://docs.aws.amazon.com/"))).toEqual([]); // oxfmt-ignore
    expect(new Set(ROWS.map(({ behavior }) => behavior)).size).toBe(ROWS.length);
  });

  test.each([
    ['a nested stack', resources({ Nested: '{ Type: AWS::CloudFormation::Stack }' })],
    ['a rule that asks the account', `${only()}Parameters: { P: { Type: String, Default: a } }\nRules: { R: { Assertions: [{ Assert: !EachMemberIn [!ValueOfAll [a, b], [c]] }] } }`], // oxfmt-ignore
    ['a transform', `${only()}Transform: AWS::Serverless-2016-10-31`],
  ])('is not played where it would need %s', async (_, text) => {
    await expect(scriptedStack().create(text)).rejects.toThrow(NotModeled);
  });
});

test('the value of a parameter with NoEcho is in no event, and is shown as asterisks', async () => {
  const events: string[] = [];
  const { create, stack } = scriptedStack({
    observe: (event) => events.push(JSON.stringify(event)),
  });
  const text = `${only('Tags: [{ Key: of, Value: !Sub "a-${P}" }]')}Parameters: { P: { Type: String, NoEcho: true }, Q: { Type: CommaDelimitedList, Default: "a, b" } }`;
  await create(text, { parameters: { P: 'secret' } });
  expect(stack.parameters).toEqual({ P: '****', Q: 'a,b' });
  expect(events.join()).toContain('a-****');
  expect(events.join()).not.toContain('secret');
});

test('an update and its rollback show neither the new nor the previous secret', async () => {
  const events: string[] = [];
  const { create, update, stack } = scriptedStack({
    observe: (event) => events.push(JSON.stringify(event)),
    script: ({ action }) =>
      action === 'UPDATE' ? failure('InvalidRequest', 'Not second1, nor first.') : undefined,
  });
  const text = `${only('Tags: [{ Key: of, Value: !Ref P }]')}Parameters: { P: { Type: String, NoEcho: "TRUE" } }`;
  await create(text, { parameters: { P: 'first' } });
  await update(text, { parameters: { P: 'second1' } });
  await stack.continueUpdateRollback();
  expect(events.join()).toContain('Not ****, nor ****.');
  expect(events.join()).not.toMatch(/first|second/);
});

test('a secret that is part of another one hides nothing of it', async () => {
  const events: string[] = [];
  const { create } = scriptedStack({ observe: (event) => events.push(JSON.stringify(event)) });
  const text = `${only('Tags: [{ Key: of, Value: !Ref Q }, { Key: p, Value: !Ref P }]')}Parameters: { P: { Type: String, NoEcho: true }, Q: { Type: String, NoEcho: true } }`;
  await create(text, { parameters: { P: 'pass', Q: 'password' } });
  expect(events.join()).not.toContain('word');
});
