#!/usr/bin/env node
// Stands in for the AWS CLI: notes every command in FAKE_AWS/calls, keeps one account in FAKE_AWS/account.json, and
// fails the command that FAKE_AWS_FAIL names.
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');

const folder = process.env.FAKE_AWS;
const [service, ...rest] = process.argv.slice(2);
const operation = rest.slice(
  0,
  rest.findIndex((word) => word.startsWith('--')),
);
const command = [service, ...operation].join(' ');
const flag = (name) => rest[rest.indexOf(`--${name}`) + 1];
const file = `${folder}/account.json`;
const account = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { stacks: {} };
const ID = 'fs-0123456789abcdef0';

appendFileSync(`${folder}/calls`, `${JSON.stringify(process.argv.slice(2))}\n`);
if (process.env.FAKE_AWS_FAIL === command) refuse('InternalError', 'No luck today');

function refuse(code, message) {
  process.stderr.write(
    `\nAn error occurred (${code}) when calling the ${operation[0]} operation: ${message}\n`,
  );
  process.exit(254);
}

/** A stack takes its template; its file system comes and goes with it. */
function deploy() {
  const template = JSON.parse(flag('template-body'));
  account.stacks[flag('stack-name')] = template.Resources.FileSystem;
  account.fileSystem = { ...account.fileSystem, ...template.Resources.FileSystem.Properties };
}

const answers = {
  'sts get-caller-identity': () => ({ Account: '123456789012' }),
  'ec2 describe-subnets': () => ({ Subnets: [{ VpcId: 'vpc-1', AvailabilityZone: 'us-east-1a' }] }),
  'cloudformation describe-type': () =>
    process.env.FAKE_AWS_UNREGISTERED
      ? refuse('TypeNotFoundException', 'no such type')
      : { DefaultVersionId: '00000003' },
  'cloudformation create-stack': deploy,
  'cloudformation update-stack': deploy,
  'cloudformation create-change-set': deploy,
  'cloudformation execute-change-set': () => ({}),
  'cloudformation delete-stack': () => {
    const name = flag('stack-name');
    if (account.stacks[name].DeletionPolicy === 'Delete') delete account.fileSystem;
    delete account.stacks[name];
  },
  'cloudformation describe-stacks': () =>
    account.stacks[flag('stack-name')]
      ? {
          Stacks: [
            {
              Outputs: [
                { OutputKey: 'FileSystemId', OutputValue: ID },
                { OutputKey: 'MountCommand', OutputValue: 'sudo mount' },
              ],
            },
          ],
        }
      : refuse('ValidationError', 'does not exist'),
  'cloudformation detect-stack-drift': () => ({ StackDriftDetectionId: 'detection' }),
  'cloudformation describe-stack-drift-detection-status': () => {
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
  'cloudcontrol get-resource': () => ({
    ResourceDescription: { Properties: JSON.stringify(account.fileSystem) },
  }),
  'fsx update-file-system': () => {
    Object.assign(account.fileSystem, JSON.parse(flag('lustre-configuration')));
  },
  'fsx describe-file-systems': () =>
    account.fileSystem
      ? { FileSystems: [{ LustreConfiguration: account.fileSystem }] }
      : refuse('FileSystemNotFound', 'gone'),
  'fsx delete-file-system': () => {
    delete account.fileSystem;
  },
  'fsx describe-backups': () => ({ Backups: [] }),
};

const answer = operation[0] === 'wait' ? undefined : answers[command]();
writeFileSync(file, JSON.stringify(account));
if (answer) process.stdout.write(JSON.stringify(answer));
