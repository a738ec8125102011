import { parseArgs } from 'node:util';
import { flagsOf, UsageError } from '../../local/flags';
import { FSX_FLAGS, FSX_FLAGS_HELP, fsxOptions } from '../../local/fsx/flags';
import { call, closeAll, manualFsx } from './support';

afterEach(closeAll);

const optionsOf = (...args: string[]) => fsxOptions(parseArgs({ args, options: FSX_FLAGS }).values);

test('without flags, the defaults', () => {
  expect(optionsOf()).toEqual({
    manualClock: false,
    backups: false,
    otherFileSystems: false,
    rateLimits: {},
    faults: [],
  });
});

test('every flag', async () => {
  const options = optionsOf(
    ...['--region', 'eu-west-1', '--account-id', '999999999999', '--page-size', '1'],
    ...['--manual-clock', '--backups', '--other-types', '--hidden-updates', '0'],
    ...['--rate-limit', 'DescribeFileSystems=0.5', '--rate-limit', 'CreateFileSystem=10'],
    ...['--fault', 'expiredToken', '--fault', '{"fault":"slow","delay":1}'],
    ...['--allow-host', 'Host.Docker.Internal', '--allow-host', 'fsx'],
  );
  expect(options).toEqual({
    region: 'eu-west-1',
    accountId: '999999999999',
    pageSize: 1,
    manualClock: true,
    backups: true,
    otherFileSystems: true,
    world: { hiddenUpdateSeconds: 0 },
    rateLimits: {
      DescribeFileSystems: { perSecond: 0.5, burst: 1 },
      CreateFileSystem: { perSecond: 10, burst: 10 },
    },
    faults: [{ fault: 'expiredToken' }, { fault: 'slow', delay: 1 }],
    allowedHosts: ['host.docker.internal', 'fsx'],
  });
  const fsx = await manualFsx(options);
  const refused = await call(fsx, 'DescribeBackups', {});
  expect(refused.body.__type).toBe('ExpiredTokenException');
  const { body } = await call(fsx, 'DescribeBackups', {});
  expect(body.Backups).toMatchObject([{ OwnerId: '999999999999' }]);
});

test.each([
  ['--rate-limit', 'DescribeFileSystems'],
  ['--rate-limit', 'DescribeFileSystems=-1'],
  ['--rate-limit', 'Everything=1'],
  ['--fault', '{"fault"'],
  ['--hidden-updates', '3601'],
  ['--hidden-updates', 'soon'],
  ['--allow-host', 'http://here'],
  ['--allow-host', 'here:4567'],
  ['--allow-host', ''],
])('%s %s is refused', (...args) => {
  expect(() => optionsOf(...args)).toThrow(UsageError);
});

test('the help names every flag', () => {
  const named = [...FSX_FLAGS_HELP.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) => match[1]);
  expect(named).toEqual(Object.keys(FSX_FLAGS));
});

test.each([
  ['no value', ['--region']],
  ['another flag', ['--region', '--backups']],
  ['a value with a hyphen', ['--page-size', '-1']],
])('%s is told with how to write it', (_, args) => {
  const [flag = ''] = args;
  expect(() => flagsOf({ args, options: FSX_FLAGS })).toThrow(
    `${flag} needs a value; write ${flag}=VALUE where it begins with a hyphen. --help lists the flags.`,
  );
});
