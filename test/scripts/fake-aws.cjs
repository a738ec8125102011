#!/usr/bin/env node
// Stands in for the AWS CLI, as a command or as a function. It keeps one account in FAKE_AWS/account.json and notes every
// command in FAKE_AWS/calls. What the environment says of it:
// FAKE_AWS_FAIL        the commands that fail, with a comma between them
// FAKE_AWS_LOST        the commands that are carried out, and whose answer is lost
// FAKE_AWS_ORPHAN      a creation fails and leaves its file system, `unknown` to the stack or `untagged`
// FAKE_AWS_STUBBORN    the file system never takes another maintenance window
// FAKE_AWS_FORGETS     the property that the file system does not read back
// FAKE_AWS_ROLE_STAYS  the role of a link cannot be used with its file system
// FAKE_AWS_UNREGISTERED  the type is not registered
// FAKE_AWS_SLOW        the command that ends only when there is a file FAKE_AWS/go, where the fake is a command
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');

const ID = 'fs-0123456789abcdef0';
const ROLE = `AWSServiceRoleForFSxS3Access_${ID}`;
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const keyArn = (id) => `arn:aws:kms:us-east-1:123456789012:key/${id}`;
const LOST = 254;

/** The service says no. */
class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
const refuse = (code, message) => {
  throw new Refusal(code, message);
};

const flag = (words, name) => words[words.indexOf(`--${name}`) + 1];
/** Service and operation. */
const commandOf = (words) =>
  words
    .slice(
      0,
      words.findIndex((word) => word.startsWith('--')),
    )
    .join(' ');

/** What there is in the account, whoever made it. */
const empty = () => ({
  stacks: {},
  buckets: { 'bucket-of-somebody': ['a', 'b'] },
  keys: { 'key-of-somebody': { KeyState: 'Enabled' } },
  aliases: { 'alias/of-somebody': 'key-of-somebody' },
  logGroups: ['/aws/fsx/lustre'],
  roles: {},
});

const bucketOf = ({ buckets }, words, no = 'NoSuchBucket') =>
  buckets[flag(words, 'bucket')] ?? refuse(no, 'no such bucket');

/** The key that an id, an ARN or an alias names. */
function keyOf({ aliases, keys }, name) {
  const id = (aliases[name] ?? name).replace(/^.*\//, '');
  return keys[id] ? { KeyId: id, ...keys[id] } : refuse('NotFoundException', `no key ${name}`);
}

/** More than AWS asks for: what a file system uses stays. */
function unused({ fileSystem }, name) {
  if (JSON.stringify(fileSystem ?? {}).includes(name)) refuse('InUse', `${name} is in use`);
}

/** What FSx looks at before it creates a file system. */
function connect(account, { ImportPath, KmsKeyId, LogConfiguration }) {
  if (ImportPath) {
    const [, , bucket] = ImportPath.split('/');
    if (!account.buckets[bucket]) refuse('BadRequest', 'unable to validate access to the bucket');
    account.roles[ROLE] = 3;
  }
  if (KmsKeyId && keyOf(account, KmsKeyId).KeyState !== 'Enabled') refuse('BadRequest', 'no key');
  const group = LogConfiguration?.Destination.replace(/^.*:log-group:|:\*$/g, '');
  if (group && !account.logGroups.includes(group)) refuse('BadRequest', 'no log group');
}

/** A stack takes its template; its file system comes and goes with it. */
function deploy(account, words) {
  const { Properties, DeletionPolicy } = JSON.parse(flag(words, 'template-body')).Resources
    .FileSystem;
  connect(account, Properties);
  account.stacks[flag(words, 'stack-name')] = { DeletionPolicy, Properties };
  account.fileSystem = { Lifecycle: 'AVAILABLE', ...account.fileSystem, ...Properties };
  if (process.env.FAKE_AWS_ORPHAN === 'untagged') account.fileSystem.Tags = [];
}

const stackOf = (account, words) =>
  account.stacks[flag(words, 'stack-name')] ?? refuse('ValidationError', 'does not exist');

function fileSystems({ fileSystem }) {
  if (!fileSystem) return [];
  const { Lifecycle, Tags, ...LustreConfiguration } = fileSystem;
  return [{ FileSystemId: ID, Lifecycle, Tags, LustreConfiguration }];
}

const ANSWERS = {
  'sts get-caller-identity': () => ({
    Account: '123456789012',
    Arn: 'arn:aws:sts::123456789012:assumed-role/Admin/me',
  }),
  'ec2 describe-subnets': () => ({ Subnets: [{ VpcId: 'vpc-1', AvailabilityZone: 'us-east-1a' }] }),
  'cloudformation describe-type': () =>
    process.env.FAKE_AWS_UNREGISTERED
      ? refuse('TypeNotFoundException', 'no such type')
      : { DefaultVersionId: '00000003' },
  'cloudformation create-stack': deploy,
  'cloudformation update-stack': (account, words) => {
    deploy(account, words);
    account.updating = 3;
  },
  'cloudformation wait stack-update-complete': (account) => {
    account.updating = 0;
  },
  'cloudformation create-change-set': deploy,
  'cloudformation execute-change-set': () => undefined,
  'cloudformation wait stack-create-complete': () =>
    process.env.FAKE_AWS_ORPHAN && refuse('Waiter', 'the stack is ROLLBACK_COMPLETE'),
  'cloudformation delete-stack': (account, words) => {
    const { DeletionPolicy } = stackOf(account, words);
    if (account.updating) refuse('ValidationError', 'cannot be deleted in UPDATE_IN_PROGRESS');
    if (DeletionPolicy === 'Delete' && !process.env.FAKE_AWS_ORPHAN) delete account.fileSystem;
    delete account.stacks[flag(words, 'stack-name')];
  },
  'cloudformation describe-stacks': (account, words) => {
    stackOf(account, words);
    const StackStatus = account.updating ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE';
    // Whoever looks again and again finds it done.
    if (account.updating) account.updating -= 1;
    const Outputs = [
      { OutputKey: 'FileSystemId', OutputValue: ID },
      { OutputKey: 'MountCommand', OutputValue: 'sudo mount' },
      { OutputKey: 'MonthlyCost', OutputValue: '168.00' },
    ];
    return { Stacks: [{ StackStatus, Outputs }] };
  },
  'cloudformation describe-stack-resources': (account, words) => {
    stackOf(account, words);
    const known = account.fileSystem && process.env.FAKE_AWS_ORPHAN !== 'unknown';
    return { StackResources: [{ ...(known && { PhysicalResourceId: ID }) }] };
  },
  'cloudformation describe-stack-events': () => ({
    StackEvents: [
      { LogicalResourceId: 'FileSystem', ResourceStatus: 'DELETE_COMPLETE' },
      {
        LogicalResourceId: 'Other',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: 'Resource creation cancelled',
      },
      {
        LogicalResourceId: 'FileSystem',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: 'unable to validate access to the S3 bucket',
      },
      { LogicalResourceId: 'FileSystem', ResourceStatus: 'CREATE_IN_PROGRESS' },
    ],
  }),
  'cloudformation detect-stack-drift': () => ({ StackDriftDetectionId: 'detection' }),
  'cloudformation describe-stack-drift-detection-status': (account) => {
    account.looks = (account.looks ?? 0) + 1;
    if (account.looks % 2 === 1) return { DetectionStatus: 'DETECTION_IN_PROGRESS' };
    const [stack] = Object.values(account.stacks);
    const same =
      stack.Properties.WeeklyMaintenanceStartTime === account.fileSystem.WeeklyMaintenanceStartTime;
    return {
      DetectionStatus: 'DETECTION_COMPLETE',
      StackDriftStatus: same ? 'IN_SYNC' : 'DRIFTED',
    };
  },
  // FSx answers with the ARN of the key and the log group without an ending.
  'cloudcontrol get-resource': (account) => {
    const { KmsKeyId, LogConfiguration, ...fileSystem } = account.fileSystem;
    const Destination = LogConfiguration?.Destination.replace(/:\*$/, '');
    const Properties = {
      ...fileSystem,
      ...(KmsKeyId && { KmsKeyId: keyArn(keyOf(account, KmsKeyId).KeyId) }),
      ...(LogConfiguration && { LogConfiguration: { ...LogConfiguration, Destination } }),
    };
    if (process.env.FAKE_AWS_FORGETS) delete Properties[process.env.FAKE_AWS_FORGETS];
    return { ResourceDescription: { Properties: JSON.stringify(Properties) } };
  },
  'fsx update-file-system': ({ fileSystem }, words) => {
    // One that never takes it keeps its window.
    if (!process.env.FAKE_AWS_STUBBORN)
      Object.assign(fileSystem, JSON.parse(flag(words, 'lustre-configuration')));
  },
  'fsx describe-file-systems': (account, words) => {
    const FileSystems = fileSystems(account);
    if (words.includes('--file-system-ids') && FileSystems.length === 0)
      refuse('FileSystemNotFound', 'gone');
    return { FileSystems };
  },
  'fsx delete-file-system': (account) => {
    delete account.fileSystem;
  },
  'fsx describe-backups': () => ({ Backups: [] }),
  's3api head-bucket': (account, words) => {
    bucketOf(account, words, '404');
  },
  's3api create-bucket': ({ buckets }, words) => {
    buckets[flag(words, 'bucket')] = [];
    return { Location: '/' };
  },
  's3api put-object': (account, words) => {
    bucketOf(account, words).push(flag(words, 'key'));
    return { ETag: 'tag' };
  },
  's3api list-objects-v2': (account, words) => {
    const keys = bucketOf(account, words);
    return keys.length > 0 ? { Contents: keys.map((Key) => ({ Key })) } : {};
  },
  's3api delete-object': (account, words) => {
    const keys = bucketOf(account, words);
    keys.splice(keys.indexOf(flag(words, 'key')), 1);
  },
  's3api delete-bucket': (account, words) => {
    const bucket = flag(words, 'bucket');
    if (bucketOf(account, words).length > 0) refuse('BucketNotEmpty', 'it is not empty');
    unused(account, bucket);
    delete account.buckets[bucket];
  },
  'kms create-key': ({ keys }, words) => {
    const Tags = JSON.parse(flag(words, 'tags'));
    keys[KEY_ID] = { KeyState: 'Enabled', name: Tags[0].TagValue };
    return { KeyMetadata: { KeyId: KEY_ID, KeyState: 'Enabled' } };
  },
  'kms create-alias': ({ aliases }, words) => {
    aliases[flag(words, 'alias-name')] = flag(words, 'target-key-id');
  },
  'kms delete-alias': ({ aliases }, words) => {
    delete aliases[flag(words, 'alias-name')];
  },
  'kms describe-key': (account, words) => ({ KeyMetadata: keyOf(account, flag(words, 'key-id')) }),
  'kms schedule-key-deletion': (account, words) => {
    const { KeyId, KeyState } = keyOf(account, flag(words, 'key-id'));
    if (KeyState !== 'Enabled') refuse('KMSInvalidStateException', 'its deletion is scheduled');
    unused(account, 'alias/');
    // Seconds, as the AWS CLI tells times unless it is set to tell dates.
    Object.assign(account.keys[KeyId], { KeyState: 'PendingDeletion', DeletionDate: 1796083200 });
    return { KeyId, KeyState: 'PendingDeletion' };
  },
  'resourcegroupstaggingapi get-resources': ({ keys }, words) => {
    const [{ Values }] = JSON.parse(flag(words, 'tag-filters'));
    const found = Object.keys(keys).filter((id) => Values.includes(keys[id].name));
    return { ResourceTagMappingList: found.map((id) => ({ ResourceARN: keyArn(id) })) };
  },
  'logs create-log-group': ({ logGroups }, words) => {
    logGroups.push(flag(words, 'log-group-name'));
  },
  'logs describe-log-groups': ({ logGroups }, words) => {
    const prefix = flag(words, 'log-group-name-prefix');
    const found = [...logGroups, `${prefix}-more`].filter((name) => name.startsWith(prefix));
    return { logGroups: found.map((logGroupName) => ({ logGroupName })) };
  },
  'logs delete-log-group': (account, words) => {
    unused(account, flag(words, 'log-group-name'));
    account.logGroups = account.logGroups.filter((name) => name !== flag(words, 'log-group-name'));
  },
  'iam get-role': (account, words) => {
    const name = flag(words, 'role-name');
    if (!account.roles[name]) refuse('NoSuchEntity', 'no such role');
    // FSx removes it, some time after the file system.
    if (!account.fileSystem && !process.env.FAKE_AWS_ROLE_STAYS) account.roles[name] -= 1;
    return { Role: { RoleName: name } };
  },
  'iam delete-service-linked-role': (account, words) => {
    delete account.roles[flag(words, 'role-name')];
    return { DeletionTaskId: 'task' };
  },
};

/** The waiters answer nothing. */
function known(command) {
  if (!command.startsWith('cloudformation wait ')) throw new Error(`no command ${command} here`);
  return () => undefined;
}

/** What the command answers, and whether it does. */
function outcome(words) {
  const file = `${process.env.FAKE_AWS}/account.json`;
  const account = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : empty();
  const command = commandOf(words);
  appendFileSync(`${process.env.FAKE_AWS}/calls`, `${command}\n`);
  try {
    if (process.env.FAKE_AWS_FAIL?.split(',').includes(command))
      refuse('InternalError', 'No luck today');
    // One that is not known here would pass whatever it does.
    const answer = (ANSWERS[command] ?? known(command))(account, words);
    writeFileSync(file, JSON.stringify(account));
    if (process.env.FAKE_AWS_LOST?.split(',').includes(command))
      refuse('RequestTimeout', 'the answer is lost');
    return { status: 0, stdout: answer ? JSON.stringify(answer) : '', stderr: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    const said = `An error occurred (${code}) when calling the ${command} operation: ${message}`;
    return { status: LOST, stdout: '', stderr: `\n${said}\n` };
  }
}

async function asCommand(words) {
  const { FAKE_AWS, FAKE_AWS_SLOW } = process.env;
  if (FAKE_AWS_SLOW === commandOf(words)) {
    writeFileSync(`${FAKE_AWS}/begun`, '');
    while (!existsSync(`${FAKE_AWS}/go`)) await wait(10);
  }
  const { status, stderr, stdout } = outcome(words);
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
}

module.exports = { commandOf, outcome };
if (require.main === module) void asCommand(process.argv.slice(2));
