/** `make live` against an AWS CLI that stands in for the real one, with an account of its own for each test. */
import { EventEmitter } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { live, type LiveIo } from '../../scripts/live';
import { outcome } from './fake-aws.cjs';

const { PATH = '' } = process.env;
export const CALL = ['--region', 'us-east-1', '--subnet', 'subnet-0123456789abcdef0'];
export const NAME = 'pangea-lustre-live-rs';
export const ID = 'fs-0123456789abcdef0';
/** Where the account is. */
export let folder = '';

/** Gives each test of a file an account of its own. */
export function useAccounts(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fake-aws-'));
    process.env.FAKE_AWS = folder;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    for (const name of Object.keys(process.env))
      if (name.startsWith('FAKE_AWS')) Reflect.deleteProperty(process.env, name);
  });
}

/** The fake as a command of this computer. */
export function install(): void {
  copyFileSync(join(__dirname, 'fake-aws.cjs'), join(folder, 'aws'));
  chmodSync(join(folder, 'aws'), 0o755);
  process.env.PATH = [folder, PATH].join(delimiter);
}

/** Answers `yes`, on a computer where every command ends at once and whose clock stands still. */
export async function run(words = CALL, io: Partial<LiveIo> = {}) {
  const said: string[] = [];
  const status = await live(words, {
    say: (line) => said.push(line),
    ask: (question) => {
      said.push(question);
      return Promise.resolve('yes');
    },
    pause: () => Promise.resolve(),
    command: (command) => Promise.resolve(outcome(command)),
    signals: new EventEmitter(),
    now: () => 1000,
    ...io,
  });
  return { status, said: said.join('\n') };
}

/** The commands so far: service and operation. */
export function calls(): string[] {
  const file = join(folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

export const account = () =>
  JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as Record<string, unknown>;
export const LOOKS = [
  'sts get-caller-identity',
  'ec2 describe-subnets',
  'cloudformation describe-type',
];

interface FakeAccount {
  stacks: Record<string, unknown>;
  buckets: Record<string, string[]>;
  keys: Record<string, { KeyState: string }>;
  aliases: Record<string, string>;
  logGroups: string[];
  roles: Record<string, number>;
}

/** Nothing but what somebody else has in the account, and a key that waits for its end. */
export function expectNothingLeft(): void {
  expect(account()).not.toHaveProperty('fileSystem');
  const { aliases, buckets, keys, logGroups, roles, stacks } = account() as unknown as FakeAccount;
  expect({ aliases, buckets, logGroups, stacks }).toEqual({
    stacks: {},
    buckets: { 'bucket-of-somebody': ['a', 'b'] },
    aliases: { 'alias/of-somebody': 'key-of-somebody' },
    logGroups: ['/aws/fsx/lustre'],
  });
  expect(Object.values(roles).filter((looks) => looks > 0)).toEqual([]);
  const { 'key-of-somebody': theirs, ...ours } = keys;
  expect(theirs?.KeyState).toBe('Enabled');
  for (const { KeyState } of Object.values(ours)) expect(KeyState).toBe('PendingDeletion');
}
