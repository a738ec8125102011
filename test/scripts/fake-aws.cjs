#!/usr/bin/env node
// Stands in for the AWS CLI, as a command or as a function. It keeps one account in FAKE_AWS/account.json and notes every
// command in FAKE_AWS/calls. It fails the commands that FAKE_AWS_FAIL names, with a comma between them; a creation fails
// and leaves its file system where FAKE_AWS_ORPHAN says how: `unknown` to the stack, or `untagged`. As a command, the
// one that FAKE_AWS_SLOW names ends when there is a file FAKE_AWS/go.
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');

const ID = 'fs-0123456789abcdef0';
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

/** A stack takes its template; its file system comes and goes with it. */
function deploy(account, words) {
  const { Properties, DeletionPolicy } = JSON.parse(flag(words, 'template-body')).Resources
    .FileSystem;
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
  'sts get-caller-identity': () => ({ Account: '123456789012' }),
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
  'cloudcontrol get-resource': ({ fileSystem }) => ({
    ResourceDescription: { Properties: JSON.stringify(fileSystem) },
  }),
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
};

/** What the command answers, and whether it does. */
function outcome(words) {
  const file = `${process.env.FAKE_AWS}/account.json`;
  const account = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { stacks: {} };
  const command = commandOf(words);
  appendFileSync(`${process.env.FAKE_AWS}/calls`, `${command}\n`);
  try {
    if (process.env.FAKE_AWS_FAIL?.split(',').includes(command))
      refuse('InternalError', 'No luck today');
    const answer = ANSWERS[command]?.(account, words);
    writeFileSync(file, JSON.stringify(account));
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
