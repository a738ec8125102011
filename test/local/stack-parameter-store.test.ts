import { ValidationError } from '../../local/stack/refusals';
import { only, scriptedStack } from './stacks';

test('a parameter may have a name that every object of JavaScript has', async () => {
  const { create, update, stack } = scriptedStack();
  const text = `${only('StorageCapacity: !Ref constructor')}Parameters: { constructor: { Type: Number, Default: 1200 } }`;
  await create(text);
  expect(stack.parameters).toEqual({ constructor: '1200' });
  await update(`${text}\nOutputs: { Out: { Value: x } }`, { previousParameters: ['constructor'] });
  expect(stack.parameters).toEqual({ constructor: '1200' });
  await update(text, { parameters: { constructor: '2400' } });
  expect(stack.parameters).toEqual({ constructor: '2400' });
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
describe('a parameter of Systems Manager', () => {
  const text = (type: string, value = '!Ref P') =>
    `${only()}Parameters: { P: { Type: ${JSON.stringify(type)} } }\nOutputs: { Out: { Value: ${value} } }`;
  const parameterStore = { '/size': '2400', '/groups': 'a, b', '/subnet': 'subnet-1234567' };
  const deployed = async (type: string, P: string, value = '!Ref P') => {
    const { create, stack } = scriptedStack({ parameterStore });
    await create(text(type, value), { parameters: { P } });
    return stack.outputs.Out;
  };

  test.each([
    ['AWS::SSM::Parameter::Value<String>', '/size', '2400', '!Ref P'],
    ['AWS::SSM::Parameter::Name', '/size', '/size', '!Ref P'],
    ['AWS::SSM::Parameter::Value<List<String>>', '/groups', 'a-b', '!Join ["-", !Ref P]'],
    ['AWS::SSM::Parameter::Value<CommaDelimitedList>', '/groups', 'b', '!Select [1, !Ref P]'],
    ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', '/aws/service/al2023', 'ami-0123456789abcdef0', '!Ref P'], // oxfmt-ignore
  ])('of type %s, %s, is %s', async (type, name, value, expression) => {
    expect(await deployed(type, name, expression)).toBe(value);
  });

  test.each([
    ['AWS::SSM::Parameter::Value<String>', '/none', 'Unable to fetch parameters [/none] from parameter store for this account.'], // oxfmt-ignore
    ['AWS::SSM::Parameter::Name', '/none', 'Unable to fetch parameters [/none] from parameter store for this account.'], // oxfmt-ignore
    ['AWS::SSM::Parameter::Value<AWS::EC2::Subnet::Id>', '/subnet', 'Parameter validation failed: parameter value subnet-1234567 for parameter name P does not exist'], // oxfmt-ignore
    ['AWS::SSM::Parameter::Value<Nothing>', '/size', 'Template format error: Unrecognized parameter type: AWS::SSM::Parameter::Value<Nothing>'], // oxfmt-ignore
    ['AWS::SSM::Parameter::Text', '/size', 'Template format error: Unrecognized parameter type: AWS::SSM::Parameter::Text'], // oxfmt-ignore
  ])('of type %s, %s, is refused', async (type, name, words) => {
    await expect(deployed(type, name)).rejects.toThrow(new ValidationError(words));
  });

  test('is compared by its value in the rule that the CDK adds to each template', async () => {
    const name = '/cdk-bootstrap/hnb659fds/version';
    const rule = {
      Assertions: [
        {
          Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] },
          AssertDescription: 'Run cdk bootstrap.',
        },
      ],
    };
    const parameter = { Type: 'AWS::SSM::Parameter::Value<String>', Default: name };
    const template = `${only()}Parameters: ${JSON.stringify({ BootstrapVersion: parameter })}\nRules: ${JSON.stringify({ CheckBootstrapVersion: rule })}`; // oxfmt-ignore
    const deploy = (version: string) =>
      scriptedStack({ parameterStore: { [name]: version } }).create(template);
    await deploy('30');
    await expect(deploy('2')).rejects.toThrow('Run cdk bootstrap.');
  });
});
