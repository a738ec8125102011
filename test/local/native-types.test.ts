import type { Operation } from '../../local/fsx/api/shapes';
import { parseTemplate } from '../../local/stack/template';
import type { Stack, StackInput } from '../../local/stack/stack';
import { startWorld, SUBNET } from '../protocol/harness';
import type { World } from '../protocol/harness';
import { call, control } from './support';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const FILE_SYSTEM = `
  FileSystem:
    Type: Pangea::FSx::LustreFileSystem
    Properties:
      StorageCapacity: 1200
      DeploymentType: PERSISTENT_2
      PerUnitStorageThroughput: 125
      SubnetIds: [${SUBNET}]`;

interface Deployed {
  stack: Stack;
  story: string[];
  deploy: (resources: string, more?: Partial<StackInput>) => Promise<string>;
}

/** A stack whose resources are the file system and those given, created or updated. */
function deployment(): Deployed {
  const story: string[] = [];
  const stack = world.stack({
    observeResource: ({ logicalId, status, physicalId, reason }) =>
      story.push([logicalId, status, physicalId, reason].filter((word) => word).join(' ')),
  });
  const deploy = (resources: string, more: Partial<StackInput> = {}) => {
    const template = parseTemplate(`Resources:${FILE_SYSTEM}${resources}`);
    const input = { template, ...more };
    return stack.status === undefined ? stack.create(input) : stack.update(input);
  };
  return { stack, story, deploy };
}

const asked = (operation: Operation) => world.fsx.requests.of(operation);

describe('AWS::FSx::Backup', () => {
  const backup = (tags = '') => `
  Backup:
    Type: AWS::FSx::Backup
    Properties:
      FileSystemId: !Ref FileSystem
      Tags: [{ Key: Of, Value: night }${tags}]
Outputs:
  Ref: { Value: !Ref Backup }
  Id: { Value: !GetAtt Backup.BackupId }
  Made: { Value: !GetAtt Backup.CreationTime }
  State: { Value: !GetAtt Backup.Lifecycle }`;

  test('is made by FSx, and waited for until it is available', async () => {
    const { stack, deploy } = deployment();
    expect(await deploy(backup(), { tags: { Team: 'a', Of: 'stack' } })).toBe('CREATE_COMPLETE');
    const { Ref: arn = '', Id: id = '', ...others } = stack.outputs;
    expect(arn).toMatch(new RegExp(`^arn:aws:fsx:us-east-1:\\d+:backup/${id}$`));
    expect(others).toEqual({
      State: 'AVAILABLE',
      Made: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    const { body } = await call(world.fsx, 'DescribeBackups', { BackupIds: [id] });
    expect(body.Backups).toMatchObject([
      {
        Lifecycle: 'AVAILABLE',
        Tags: [
          { Key: 'Team', Value: 'a' },
          { Key: 'Of', Value: 'night' },
        ],
      },
    ]);
  });

  test('changes its tags in place, and goes with its stack', async () => {
    const { stack, deploy } = deployment();
    await deploy(backup(), { tags: { Team: 'a' } });
    const { Id: id = '' } = stack.outputs;
    expect(await deploy(backup(', { Key: New, Value: more }'), { tags: {} })).toBe(
      'UPDATE_COMPLETE',
    );
    expect(stack.outputs.Id).toBe(id);
    const { body } = await call(world.fsx, 'DescribeBackups', { BackupIds: [id] });
    expect(body.Backups).toMatchObject([
      {
        Tags: [
          { Key: 'Of', Value: 'night' },
          { Key: 'New', Value: 'more' },
        ],
      },
    ]);
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(await call(world.fsx, 'DescribeBackups', {})).toMatchObject({ body: { Backups: [] } });
  });

  test('of another file system is another backup, made before the old one is deleted', async () => {
    const { deploy, story } = deployment();
    const other = `
  Other:${FILE_SYSTEM.replace('\n  FileSystem:', '')}`;
    await deploy(other + backup());
    story.length = 0;
    expect(await deploy(other + backup().replace('!Ref FileSystem', '!Ref Other'))).toBe(
      'UPDATE_COMPLETE',
    );
    const backups = story.filter((line) => line.startsWith('Backup'));
    expect(backups.map((line) => line.split(' ')[1])).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
      'DELETE_IN_PROGRESS',
      'DELETE_COMPLETE',
    ]);
  });

  test('fails with what FSx says, and takes the stack back', async () => {
    const { deploy, story } = deployment();
    const scratch = FILE_SYSTEM.replace('FileSystem:', 'Scratch:')
      .replace(/PERSISTENT_2\n.*/, 'SCRATCH_2')
      .concat(backup().replace('!Ref FileSystem', '!Ref Scratch'));
    expect(await deploy(scratch)).toBe('ROLLBACK_COMPLETE');
    expect(story.find((line) => line.startsWith('Backup CREATE_FAILED'))).toMatch(
      /^Backup CREATE_FAILED Resource handler returned message: "Backups are not supported for .* \(Service: FSx, Status Code: 400, Request ID: [-\w]+\)" \(RequestToken: [-\w]+, HandlerErrorCode: InvalidRequest\)$/,
    );
  });

  test('is asked for once, however often its event is sent', async () => {
    const { deploy } = deployment();
    await control(world.fsx, 'POST', 'faults', {
      operation: 'CreateBackup',
      fault: 'error',
      code: 'ThrottlingException',
      times: 1,
    });
    expect(await deploy(backup())).toBe('CREATE_COMPLETE');
    const tokens = asked('CreateBackup').map(({ input }) => JSON.stringify(input));
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  test.each([
    ['FileSystemId: fs-1', '#/FileSystemId: failed validation constraint for keyword [pattern]'],
    ['FileSystemId: !Ref FileSystem, BackupId: a', '#: extraneous key [BackupId] is not permitted'],
    ['FileSystemId: !Ref FileSystem, Copy: true', '#: extraneous key [Copy] is not permitted'],
    ['Tags: []', '#: required key [FileSystemId] not found'],
  ])('with { %s } is refused before FSx is asked', async (properties, problem) => {
    const { deploy, story } = deployment();
    const resource = `
  Backup: { Type: AWS::FSx::Backup, Properties: { ${properties} } }`;
    expect(await deploy(resource)).toBe('ROLLBACK_COMPLETE');
    expect(story.join()).toContain(problem);
    expect(asked('CreateBackup')).toEqual([]);
  });
});
