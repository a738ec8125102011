/** The commands of the AWS CLI that `make live` runs. */
import { Aws, AwsError, commandLine } from '../../scripts/aws';

import { install, useAccounts } from './live-support';

useAccounts();

test('commands: names become flags, lists and objects JSON', () => {
  expect(
    commandLine('eu-west-1', 'cloudformation', ['wait', 'stack-create-complete'], {
      StackName: 'a b',
      ResourcesToImport: [{ ResourceType: 'X' }],
      FileSystemIds: ['fs-1'],
    }),
  ).toEqual([
    'cloudformation',
    'wait',
    'stack-create-complete',
    '--region',
    'eu-west-1',
    '--output',
    'json',
    '--stack-name',
    'a b',
    '--resources-to-import',
    '[{"ResourceType":"X"}]',
    '--file-system-ids',
    '["fs-1"]',
  ]);
});

test('the AWS CLI answers; its errors carry the code of the service', async () => {
  install();
  const aws = new Aws('us-east-1');
  expect(await aws.call('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
  process.env.FAKE_AWS_FAIL = 'sts get-caller-identity';
  const failed = aws.call('sts', 'get-caller-identity');
  await expect(failed).rejects.toMatchObject({ code: 'InternalError' });
  await expect(failed).rejects.toThrow('aws sts get-caller-identity: An error occurred');
});

test('it is said where there is no AWS CLI', async () => {
  process.env.PATH = '';
  const missing = new Aws('us-east-1').call('sts', 'get-caller-identity');
  await expect(missing).rejects.toThrow(AwsError);
  await expect(missing).rejects.toThrow('not installed');
});
