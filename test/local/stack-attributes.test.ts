import { FILE_SYSTEM, id, lustre, resources, scriptedStack } from './stacks';
import type { Script } from './stacks';

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
    [
      'a name that every object of JavaScript has',
      resources(
        { Scratch: lustre(), Bucket: '{ Type: AWS::S3::Bucket }' },
        'Outputs: { Out: { Value: !GetAtt Bucket.constructor } }',
      ),
      '/Outputs/Out/Value/Fn::GetAtt: Resource type AWS::S3::Bucket does not support attribute {constructor}.',
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
