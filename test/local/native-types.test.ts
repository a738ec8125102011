import type { Operation } from '../../local/fsx/api/shapes';
import { loadTemplate, parseTemplate } from '../../local/stack/template';
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

describe('AWS::FSx::DataRepositoryAssociation', () => {
  const association = (properties: string, members = '', id = 'Data') => `
  ${id}:
    Type: AWS::FSx::DataRepositoryAssociation
    ${members}
    Properties: { FileSystemId: !Ref FileSystem, ${properties} }`;
  const PATHS = 'FileSystemPath: /data, DataRepositoryPath: s3://bucket/data';
  const events = (name: string, list: string) => `${name}: { Events: [${list}] }`;
  const described = async () => {
    const { body } = await call(world.fsx, 'DescribeDataRepositoryAssociations', {});
    return body.Associations as Record<string, unknown>[];
  };

  test('is made by FSx, and waited for until it is available', async () => {
    const { stack, deploy } = deployment();
    const properties = `${PATHS}, BatchImportMetaDataOnCreate: 'true', ImportedFileChunkSize: '512', S3: { ${events('AutoImportPolicy', 'NEW, CHANGED')} }, Tags: [{ Key: Own, Value: a }]`;
    const outputs = `
Outputs:
  Ref: { Value: !Ref Data }
  Id: { Value: !GetAtt Data.AssociationId }
  Arn: { Value: !GetAtt Data.ResourceARN }`;
    const made = await deploy(association(properties) + outputs, { tags: { Team: 'a' } });
    expect(made).toBe('CREATE_COMPLETE');
    const { Ref: id = '', Id: same, Arn: arn } = stack.outputs;
    expect(id).toMatch(/^dra-[0-9a-f]{17}$/);
    expect(same).toBe(id);
    expect(arn).toMatch(new RegExp(`:association/fs-\\w+/${id}$`));
    expect(await described()).toMatchObject([
      {
        AssociationId: id,
        Lifecycle: 'AVAILABLE',
        FileSystemPath: '/data',
        BatchImportMetaDataOnCreate: true,
        ImportedFileChunkSize: 512,
        S3: { AutoImportPolicy: { Events: ['NEW', 'CHANGED'] } },
        Tags: [
          { Key: 'Team', Value: 'a' },
          { Key: 'Own', Value: 'a' },
        ],
      },
    ]);
  });

  test('changes chunk size, policies and tags in calls of their own, one after the other', async () => {
    const { stack, deploy } = deployment();
    const imported = `S3: { ${events('AutoImportPolicy', 'NEW')} }`;
    await deploy(association(`${PATHS}, ImportedFileChunkSize: 512, ${imported}`));
    const [before] = await described();
    const exported = `S3: { ${events('AutoExportPolicy', 'DELETED')} }`;
    const changed = `${PATHS}, ImportedFileChunkSize: 1024, ${exported}, Tags: [{ Key: a, Value: b }]`;
    expect(await deploy(association(changed))).toBe('UPDATE_COMPLETE');
    const id = before?.AssociationId;
    expect(asked('UpdateDataRepositoryAssociation').map(({ input }) => input)).toEqual([
      { AssociationId: id, ImportedFileChunkSize: 1024 },
      { AssociationId: id, S3: { AutoImportPolicy: { Events: [] } } },
      { AssociationId: id, S3: { AutoExportPolicy: { Events: ['DELETED'] } } },
    ]);
    expect(await described()).toMatchObject([
      {
        AssociationId: id,
        Lifecycle: 'AVAILABLE',
        ImportedFileChunkSize: 1024,
        S3: { AutoExportPolicy: { Events: ['DELETED'] } },
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    ]);
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
  });

  test('of other paths is another association, before the old one goes and leaves the files', async () => {
    const { deploy } = deployment();
    await deploy(association(PATHS));
    const [before] = await described();
    expect(await deploy(association(PATHS.replaceAll('data', 'other')))).toBe('UPDATE_COMPLETE');
    expect(await described()).toMatchObject([{ FileSystemPath: '/other', Lifecycle: 'AVAILABLE' }]);
    expect(asked('DeleteDataRepositoryAssociation').map(({ input }) => input)).toMatchObject([
      { AssociationId: before?.AssociationId, DeleteDataInFileSystem: false },
    ]);
  });

  test('cannot be replaced where one of its paths stays: the old one is still there', async () => {
    const { deploy, story } = deployment();
    await deploy(association(PATHS));
    const [before] = await described();
    expect(await deploy(association(`${PATHS}, BatchImportMetaDataOnCreate: true`))).toBe(
      'UPDATE_ROLLBACK_COMPLETE',
    );
    expect(story.find((line) => line.startsWith('Data UPDATE_FAILED'))).toContain(
      ' overlaps with ',
    );
    expect(await described()).toMatchObject([{ AssociationId: before?.AssociationId }]);
  });

  test.each([
    [PATHS.replace('s3://bucket', 'https://bucket'), 'Invalid DataRepositoryPath'],
    [PATHS.replace('/data', 'data'), 'FileSystemPath must begin with a forward slash'],
  ])('with { %s } fails with what FSx says', async (properties, words) => {
    const { deploy, story } = deployment();
    expect(await deploy(association(properties))).toBe('ROLLBACK_COMPLETE');
    const failed = story.find((line) => line.startsWith('Data CREATE_FAILED')) ?? '';
    expect(failed).toContain(words);
    expect(failed).toContain('HandlerErrorCode: InvalidRequest)');
    expect(await described()).toEqual([]);
  });

  test.each([
    ['S3: { AutoImportPolicy: {} }', '#/S3/AutoImportPolicy: required key [Events] not found'],
    [events('AutoImportPolicy', 'NEW'), '#: extraneous key [AutoImportPolicy] is not permitted'],
    ['ImportedFileChunkSize: 0', '#/ImportedFileChunkSize: '],
    ['AssociationId: dra-0123456789abcdef0', '#: extraneous key [AssociationId]'],
    [`S3: { ${events('AutoImportPolicy', 'ALL')} }`, '#/S3/AutoImportPolicy/Events/0: '],
  ])('with { %s } is refused before FSx is asked', async (properties, problem) => {
    const { deploy, story } = deployment();
    expect(await deploy(association(`${PATHS}, ${properties}`))).toBe('ROLLBACK_COMPLETE');
    expect(story.join()).toContain(problem);
    expect(asked('CreateDataRepositoryAssociation')).toEqual([]);
  });

  test('that FSx cannot make is not stabilized, and goes with the stack', async () => {
    const { deploy, story } = deployment();
    await control(world.fsx, 'POST', 'faults', {
      operation: 'CreateDataRepositoryAssociation',
      fault: 'endsFailed',
      times: 1,
    });
    expect(await deploy(association(PATHS))).toBe('ROLLBACK_COMPLETE');
    expect(story.find((line) => line.startsWith('Data CREATE_FAILED'))).toMatch(
      /Resource of type 'AWS::FSx::DataRepositoryAssociation' with identifier 'dra-\w+' did not stabilize\..*NotStabilized/,
    );
    expect(await described()).toEqual([]);
  });

  test('goes before its file system, and is gone where FSx has deleted it', async () => {
    const { stack, deploy, story } = deployment();
    await deploy(association(PATHS));
    const [{ AssociationId: id } = {}] = await described();
    await call(world.fsx, 'DeleteDataRepositoryAssociation', { AssociationId: id });
    world.fsx.clock.advance(3_600_000);
    story.length = 0;
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(story.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'Data DELETE_IN_PROGRESS',
      'Data DELETE_COMPLETE',
      'FileSystem DELETE_IN_PROGRESS',
      'FileSystem DELETE_COMPLETE',
    ]);
  });

  test('of ml-training-persistent2.yaml is made for real, and its file system stays without it', async () => {
    const { stack } = deployment();
    const template = loadTemplate('examples/ml-training-persistent2.yaml');
    expect(await stack.create({ template })).toBe('CREATE_COMPLETE');
    const { FileSystemId: of } = stack.outputs;
    expect(await described()).toMatchObject([
      { FileSystemId: of, FileSystemPath: '/datasets', Lifecycle: 'AVAILABLE' },
      { FileSystemId: of, FileSystemPath: '/results', Lifecycle: 'AVAILABLE' },
    ]);
    // The import of the names of all objects has ended.
    world.fsx.clock.advance(3_600_000);
    expect(await stack.delete()).toBe('DELETE_COMPLETE');
    expect(await described()).toEqual([]);
    const input = { FileSystemIds: [of] };
    const { body } = await call(world.fsx, 'DescribeFileSystems', input);
    expect(body.FileSystems).toMatchObject([{ FileSystemId: of, Lifecycle: 'AVAILABLE' }]);
  });
});

test('a tag of an association has only the characters that FSx accepts', async () => {
  const { story, deploy } = deployment();
  const tagged = (key: string): string => `
  Association:
    Type: AWS::FSx::DataRepositoryAssociation
    Properties:
      FileSystemId: fs-0123456789abcdef0
      FileSystemPath: /data
      DataRepositoryPath: s3://data
      Tags: [{ Key: '${key}', Value: a }]`;
  expect(await deploy(tagged('a#b'))).toBe('ROLLBACK_COMPLETE');
  expect(story.join()).toContain(
    '#/Tags/0/Key: failed validation constraint for keyword [pattern]',
  );
  expect(asked('CreateDataRepositoryAssociation')).toEqual([]);
});
