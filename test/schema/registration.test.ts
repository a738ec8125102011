/** deploy/register.yaml: the function that sets the type configuration, run as Lambda runs it, and what it may do. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runInNewContext } from 'node:vm';
import { plainOf } from '../../src/template/node';
import { readTree } from '../../src/template/source-tree';
import { ACCOUNT, deployed } from './deployed';
import { allows, type Statement as PolicyStatement } from './policy';

interface Statement {
  Action: string | string[];
  Resource: unknown;
}
const registerYaml = readFileSync(join(__dirname, '../../deploy/register.yaml'), 'utf8');
const { Resources } = plainOf(readTree(registerYaml).root) as {
  Resources: {
    ConfigurationFunction: { Properties: { Code: { ZipFile: string } } };
    ConfigurationRole: {
      Properties: { Policies: { PolicyDocument: { Statement: Statement[] } }[] };
    };
    LogGroup: { Properties: { LogGroupName: string } };
  };
};
const code = Resources.ConfigurationFunction.Properties.Code.ZipFile;

const EVENT = {
  RequestType: 'Create',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Configuration',
  ResourceProperties: { TypeArn: 'arn:type', Configuration: '{"Validation":"DEFER_TO_FSX"}' },
};

/** Where CloudFormation waits for the answer: an address that is signed for a request without a content type. */
let cloudFormation: Server;
let url = '';
let received: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;

beforeAll(async () => {
  cloudFormation = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ method: request.method, headers: request.headers, body });
      response.writeHead(request.headers['content-type'] ? 403 : status).end();
    });
  });
  await new Promise<void>((listening) => cloudFormation.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}/answer`;
});
beforeEach(() => {
  received = [];
  status = 200;
});
afterAll(() => {
  cloudFormation.closeAllConnections();
  cloudFormation.close();
});

/** What the function sets, and what it tells CloudFormation. */
async function handled(event: object, refusal?: Error) {
  const set = jest.fn(() => (refusal ? Promise.reject(refusal) : Promise.resolve({})));
  const exports: { handler?: (event: object) => Promise<void> } = {};
  class CloudFormation {
    setTypeConfiguration = set;
  }
  runInNewContext(code, { require: () => ({ CloudFormation }), exports, fetch });
  await exports.handler?.({ ...event, ResponseURL: url });
  const [answer] = received.slice(-1);
  return { set, answer: JSON.parse(answer?.body ?? '{}') as unknown };
}

test.each(['Create', 'Update'])('%s sets the configuration and reports it', async (RequestType) => {
  const { answer, set } = await handled({ ...EVENT, RequestType });
  expect(set.mock.calls).toEqual([[EVENT.ResourceProperties]]);
  expect(received.map(({ method }) => method)).toEqual(['PUT']);
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

test('the answer has the empty content type that its address is signed for', async () => {
  await handled(EVENT);
  expect(received.map(({ headers }) => headers['content-type'])).toEqual(['']);
});

test('an answer that was not taken is a failure of the function, which Lambda tries again', async () => {
  status = 403;
  await expect(handled(EVENT)).rejects.toThrow('CloudFormation did not accept the response: 403');
});

test('a long reason is cut to what an answer may hold', async () => {
  const { answer } = await handled(EVENT, new Error('\u20ac'.repeat(5000)));
  expect(answer).toMatchObject({ Status: 'FAILED' });
  expect(Buffer.byteLength(received[0]?.body ?? '')).toBeLessThan(4096);
});

test('the configuration is set with a right that names no ARN, because the action knows no resources', () => {
  const statements = Resources.ConfigurationRole.Properties.Policies.flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  expect(statements).toEqual([
    { Effect: 'Allow', Action: 'cloudformation:SetTypeConfiguration', Resource: '*' },
  ]);
});

test('the log group is not the one of cfn submit, so that one way of registering can follow the other', () => {
  const { LogGroupName } = Resources.LogGroup.Properties;
  expect(LogGroupName).not.toBe('pangea-fsx-lustrefilesystem-logs');
  const { LogDeliveryRole } = Resources as unknown as Record<string, unknown>;
  expect(JSON.stringify(LogDeliveryRole)).toContain(`:log-group:${LogGroupName}*`);
});

describe('the policy in manual/permissions.md for whoever registers the type', () => {
  const page = readFileSync(join(__dirname, '../../manual/permissions.md'), 'utf8');
  const [, json = '{}'] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const { Statement: statements } = JSON.parse(json) as { Statement: PolicyStatement[] };
  const { resources } = deployed('deploy/register.yaml', { Package: 's3://my-artifacts/a.zip' });
  const named = (type: string, arn: string) =>
    Object.keys(resources)
      .filter((id) => resources[id]?.type === type)
      .map((id) => `arn:aws:${arn}pangea-fsx-lustrefilesystem-${id}-1A2B3C4D5E6F`);
  const roles = named('AWS::IAM::Role', `iam::${ACCOUNT}:role/`);
  const functions = named('AWS::Lambda::Function', `lambda:eu-west-1:${ACCOUNT}:function:`);

  test.each([
    [
      'cloudformation:CreateChangeSet',
      [`arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/pangea-fsx-lustrefilesystem/1`],
    ],
    ['cloudformation:RegisterType', ['*']],
    ['cloudformation:SetTypeDefaultVersion', ['*']],
    ['s3:GetObject', ['arn:aws:s3:::my-artifacts/pangea-fsx-lustrefilesystem/a.zip']],
    ['iam:CreateRole', roles],
    ['iam:PutRolePolicy', roles],
    ['iam:AttachRolePolicy', roles],
    ['iam:PassRole', roles],
    ['lambda:CreateFunction', functions],
    ['lambda:InvokeFunction', functions],
    [
      'logs:CreateLogGroup',
      [`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:pangea-fsx-lustrefilesystem-handlers`],
    ],
  ])('allows %s', (action, on) => {
    expect(on).not.toEqual([]);
    for (const one of on) expect(allows(statements, action, one)).toBe(true);
  });

  test.each([
    ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/Admin`],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Admin`],
    ['lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:other`],
    ['cloudformation:DeleteStack', `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/other/1`],
    ['s3:PutObject', 'arn:aws:s3:::other/a'],
  ])('does not allow %s on %s', (action, on) => {
    expect(allows(statements, action, on)).toBe(false);
  });

  test('knows every resource type of the template', () => {
    const types = [...new Set(Object.values(resources).map(({ type }) => type))].sort();
    expect(types).toEqual([
      'AWS::CloudFormation::ResourceDefaultVersion',
      'AWS::CloudFormation::ResourceVersion',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'Custom::TypeConfiguration',
    ]);
  });
});
