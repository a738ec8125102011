/** deploy/hook.yaml: its code is that of the sources, it fits on a command line, and its roles may do no more than they need. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { parse } from 'yaml';
import { CODE, NATIVE, OURS, resourceEvent, ROOT } from './support';
import { SCRATCH_2 } from '../lustre/configurations';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  Principal?: unknown;
}
interface Role {
  AssumeRolePolicyDocument: { Statement: Statement[] };
  Policies: { PolicyDocument: { Statement: Statement[] } }[];
}
interface HookTemplate {
  Parameters: Record<
    string,
    { Type: string; Default: unknown; AllowedValues?: unknown[]; AllowedPattern?: string }
  >;
  Resources: {
    Hook: { Type: string; Properties: Record<string, unknown> };
    InvocationRole: { Properties: Role };
    FunctionRole: { Properties: Role };
    Function: { Properties: Record<string, unknown> & { Code: { ZipFile: string } } };
  };
}

const text = readFileSync(join(ROOT, 'deploy', 'hook.yaml'), 'utf8');
const tags = ['!Ref', '!GetAtt', '!If', '!Not', '!Equals', '!Join'].map((tag) => ({
  tag,
  resolve: (value: unknown) => `${tag} ${String(value)}`,
}));
const template = parse(text, { logLevel: 'silent', customTags: tags }) as HookTemplate;
const { Function, FunctionRole, Hook, InvocationRole } = template.Resources;
const { ZipFile } = Function.Properties.Code;

/** What the program unpacks. */
function unpacked(program: string): string {
  const [, size = ''] = /size = (\d+)/.exec(program) ?? [];
  const [, packed = ''] = /text = '([^']*)'/.exec(program) ?? [];
  const digits = Array.from(packed, (each) => '!~'.includes(each) ? (each === '!' ? 4 : 57) : each.charCodeAt(0) - 35); // oxfmt-ignore
  const pairs = digits.flatMap((low, at) => (at % 2 === 0 ? low + 91 * (digits[at + 1] ?? 0) : []));
  const bits = pairs.map((pair) => pair.toString(2).padStart(13, '0')).toReversed().join(''); // oxfmt-ignore
  const bytes = Buffer.from(Array.from({ length: Number(size) }, (_, at) => parseInt(bits.slice(bits.length - 8 * at - 8, bits.length - 8 * at), 2))); // oxfmt-ignore
  return brotliDecompressSync(bytes).toString();
}
const program = (code: string): string =>
  code.replace(/size = \d+/, '').replace(/text = '[^']*'/, '');

test('the code is that of the sources; `npm run docs` writes it', () => {
  const built = readFileSync(CODE, 'utf8');
  // Versions of Node compress in bytes of their own.
  expect(unpacked(ZipFile) === unpacked(built)).toBe(true);
  expect(program(ZipFile).trim()).toBe(program(built).trim());
});

test('it is a template of 51,200 bytes at most, and what CloudFormation would resolve is not in it', () => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(51_200);
  expect(text).not.toMatch(/[^\n -~]/);
  expect(ZipFile).not.toContain('{{resolve:');
});

test('tools that write the template anew have nothing to escape in the code', () => {
  const [, packed] = /text = '([^']*)'/.exec(ZipFile) ?? [];
  expect(packed).not.toMatch(/["\\]/);
  expect(packed).toHaveLength(JSON.stringify(packed).length - 2);
});

test('the code runs as Lambda runs it, alone in a file', () => {
  const event = resourceEvent({ properties: { ...SCRATCH_2, StorageCapacity: 5000 } });
  const script = `
    const module = { exports: {} };
    new Function('module', 'exports', 'require', ${JSON.stringify(ZipFile)})(module, module.exports, require);
    console.log = () => undefined;
    module.exports.handler(${JSON.stringify(event)}).then((answer) => process.stdout.write(JSON.stringify(answer)));`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1' };
  const said = execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  expect(JSON.parse(said)).toMatchObject({ hookStatus: 'FAILED', clientRequestToken: 'token' });
});

test('code that does not load lets everything pass', () => {
  const broken = ZipFile.replace(/text = '.{100}/, "text = '");
  const script = `
    const module = { exports: {} };
    new Function('module', 'exports', 'require', ${JSON.stringify(broken)})(module, module.exports, require);
    console.log = () => undefined;
    module.exports.handler({ clientRequestToken: 'token' }).then((answer) => process.stdout.write(JSON.stringify(answer)));`;
  const said = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect(JSON.parse(said)).toMatchObject({
    hookStatus: 'SUCCESS',
    message: expect.stringContaining('cannot be loaded') as string,
    clientRequestToken: 'token',
  });
});

test('the hook is asked about both types, before they are created and updated', () => {
  expect(Hook.Type).toBe('AWS::CloudFormation::LambdaHook');
  expect(Hook.Properties).toMatchObject({
    HookStatus: 'ENABLED',
    TargetOperations: '!Ref TargetOperations',
    TargetFilters: {
      Actions: ['CREATE', 'UPDATE'],
      InvocationPoints: ['PRE_PROVISION'],
      TargetNames: [NATIVE, OURS],
    },
  });
  expect(template.Parameters.TargetOperations?.Default).toBe('RESOURCE');
});

/** By CloudFormation's own schema: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-lambdahook.html */
test.each([
  ['Alias', ['Pangea::FSx::LustreHook', 'Private::Lambda::Mine'], ['AWS::FSx::Hook', 'awsHook::FSx::Hook', 'Pangea::FSx', 'P::FSx::Hook', 'Pangea::FS-x::Hook']],
  ['IncludedStackNames', ['*', 'team-*', '?eam', 'Mine'], ['', '-a', '1a', 'a_b', 'a'.repeat(129)]],
  ['ExcludedStackNames', ['team-?'], ['a b']],
  ['ExcludedStackRoles', ['arn:aws:iam::123456789012:role/mine', 'arn:*:iam::*:role/*exempt*', 'arn:aws-us-gov:iam::1234*:role/x'], ['arn:aws:iam::123:role/mine', 'role/mine', 'arn:aws:iam::123456789012:user/x']],
])('%s takes what the hook takes', (name, taken, refused) => {
  const pattern = new RegExp(`^(?:${template.Parameters[name]?.AllowedPattern ?? ''})$`);
  for (const value of taken) expect(value).toMatch(pattern);
  for (const value of refused) expect(value).not.toMatch(pattern);
}); // oxfmt-ignore

test('it warns unless told otherwise', () => {
  expect(template.Parameters.FailureMode).toMatchObject({ Default: 'WARN', AllowedValues: ['WARN', 'FAIL'] }); // oxfmt-ignore
  expect(template.Parameters.Replacement).toMatchObject({ Default: 'WARN', AllowedValues: ['WARN', 'FAIL', 'ALLOW'] }); // oxfmt-ignore
});

test('one role invokes this function, the other writes its log, and neither may do more', () => {
  const rights = (role: { Properties: Role }): Statement[] =>
    role.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  expect(rights(InvocationRole)).toEqual([
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '!GetAtt Function.Arn' },
  ]);
  expect(rights(FunctionRole)).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '!GetAtt LogGroup.Arn' }, // oxfmt-ignore
  ]);
  const principals = [InvocationRole, FunctionRole].map(
    (role) => role.Properties.AssumeRolePolicyDocument.Statement[0]?.Principal,
  );
  expect(principals).toEqual([
    { Service: 'hooks.cloudformation.amazonaws.com' },
    { Service: 'lambda.amazonaws.com' },
  ]);
  for (const role of [InvocationRole, FunctionRole])
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
});

test('the function has an end before CloudFormation stops waiting', () => {
  expect(Function.Properties.Timeout).toBeLessThan(30);
  expect(Function.Properties.Handler).toBe('index.handler');
});

/** What running the function takes, as numbers that depend on no machine. */
test('budget: little code, and no module of Node but that which unpacks it', () => {
  expect(unpacked(ZipFile).length).toBeLessThan(125_000);
  expect(Buffer.byteLength(ZipFile)).toBeLessThan(44_000);
  const script = `
    const before = new Set(process.moduleLoadList);
    require(${JSON.stringify(CODE)});
    process.stdout.write(JSON.stringify(process.moduleLoadList.filter((name) => !before.has(name))));`;
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }),
  ) as string[];
  for (const slow of ['crypto', 'https', 'fs/promises', 'http'])
    expect(loaded).not.toContain(`NativeModule ${slow}`);
});
