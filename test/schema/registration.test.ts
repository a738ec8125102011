/** The function in deploy/register.yaml that sets the type configuration, run as Lambda runs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { shortForms } from '../../local/short-forms';

const template = parse(readFileSync(join(__dirname, '../../deploy/register.yaml'), 'utf8'), {
  customTags: shortForms,
}) as { Resources: { ConfigurationFunction: { Properties: { Code: { ZipFile: string } } } } };
const code = template.Resources.ConfigurationFunction.Properties.Code.ZipFile;

const EVENT = {
  RequestType: 'Create',
  ResponseURL: 'https://example.com/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Configuration',
  ResourceProperties: { TypeArn: 'arn:type', Configuration: '{"Validation":"DEFER_TO_FSX"}' },
};

/** What the function sets, and what it tells CloudFormation. */
async function handled(event: object, refusal?: Error) {
  const set = jest.fn(() => (refusal ? Promise.reject(refusal) : Promise.resolve({})));
  const put = jest.fn<Promise<void>, [url: string, init: { method: string; body: string }]>();
  const exports: { handler?: (event: object) => Promise<void> } = {};
  class CloudFormation {
    setTypeConfiguration = set;
  }
  runInNewContext(code, { require: () => ({ CloudFormation }), exports, fetch: put });
  await exports.handler?.(event);
  const [url, init] = put.mock.calls[0] ?? [];
  return { set, url, method: init?.method, answer: JSON.parse(init?.body ?? '{}') as unknown };
}

test.each(['Create', 'Update'])('%s sets the configuration and reports it', async (RequestType) => {
  const { answer, method, set, url } = await handled({ ...EVENT, RequestType });
  expect(set.mock.calls).toEqual([[EVENT.ResourceProperties]]);
  expect([method, url]).toEqual(['PUT', EVENT.ResponseURL]);
  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'arn:type',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Configuration',
  });
});

test('Delete goes back to the defaults', async () => {
  const { answer, set } = await handled({ ...EVENT, RequestType: 'Delete' });
  expect(set.mock.calls).toEqual([[{ TypeArn: 'arn:type', Configuration: '{}' }]]);
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
});

test('what CloudFormation refuses fails with its reason, but never holds up a deletion', async () => {
  const refusal = new Error('Validation must be STRICT or DEFER_TO_FSX');
  expect((await handled(EVENT, refusal)).answer).toMatchObject({
    Status: 'FAILED',
    Reason: refusal.message,
  });
  expect((await handled({ ...EVENT, RequestType: 'Delete' }, refusal)).answer).toMatchObject({
    Status: 'SUCCESS',
  });
});
