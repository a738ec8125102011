/** The construct: what it puts into a template, and how it fails. */
import {
  App,
  Aspects,
  Aws,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  Lazy,
  RemovalPolicy,
  Stack,
  Tags,
  Validations,
} from 'aws-cdk-lib/core';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Connections, Peer, SecurityGroup, Subnet, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { LustreFileSystem, PangeaLustreValidator, type LustreFileSystemProps } from '../../src/cdk';
import { checkTemplate } from '../../src/rules';
import schema from '../../schema.json';

const TYPE = 'Pangea::FSx::LustreFileSystem';

const SCRATCH = { storageCapacity: 4800 };
const PERSISTENT = {
  storageCapacity: 4800,
  deploymentType: 'PERSISTENT_2',
  perUnitStorageThroughput: 250,
} as const;

interface Made {
  readonly stack: Stack;
  readonly vpc: IVpc;
  readonly fs: LustreFileSystem;
}

function make(
  props: Omit<LustreFileSystemProps, 'vpc'>,
  region?: string,
  more: (vpc: IVpc, stack: Stack) => Partial<LustreFileSystemProps> = () => ({}),
): Made {
  const stack = new Stack(
    new App({ builtinCloudFormationValidation: false }),
    'Stack',
    region === undefined ? {} : { env: { region } },
  );
  // The CDK's types are not written for exactOptionalPropertyTypes.
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 }) as IVpc;
  const fs = new LustreFileSystem(stack, 'Fs', { vpc, ...props, ...more(vpc, stack) });
  return { stack, vpc, fs };
}

/** Never called: what the compiler says of it is the test. */
export function refusedByTheCompiler(scope: Stack, vpc: IVpc): void {
  // @ts-expect-error -- required
  new LustreFileSystem(scope, 'A', SCRATCH);
  // @ts-expect-error -- the network gives it
  new LustreFileSystem(scope, 'A', { vpc, ...SCRATCH, subnetIds: ['subnet-0a1b2c3d4e5f60718'] });
  // @ts-expect-error -- the name of a construct begins with a small letter
  new LustreFileSystem(scope, 'A', { vpc, StorageCapacity: 4800 });
  // @ts-expect-error -- no such value
  new LustreFileSystem(scope, 'A', { vpc, ...SCRATCH, deploymentType: 'SCRATCH_3' });
  // @ts-expect-error -- a number
  new LustreFileSystem(scope, 'A', { vpc, storageCapacity: '4800' });
  // @ts-expect-error -- no such member
  new LustreFileSystem(scope, 'A', { vpc, ...SCRATCH, logConfiguration: { to: 'x' } });
  // @ts-expect-error -- required
  LustreFileSystem.fromAttributes(scope, 'A', { fileSystemId: 'fs-01234567' });
  // @ts-expect-error -- no such option
  new PangeaLustreValidator({ regions: ['eu-west-1'] });
  // @ts-expect-error -- no such value
  new PangeaLustreValidator({ configuration: { Validation: 'NEVER' } });
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

const resourcesOf = (stack: Stack, type: string): Readonly<Record<string, Resource>> =>
  Template.fromStack(stack).findResources(type) as Record<string, Resource>;

const fileSystemOf = (stack: Stack): Resource => {
  const [only] = Object.values(resourcesOf(stack, TYPE));
  if (!only) throw new Error('there is no file system');
  return only;
};

test('properties are those of the type, whole: in objects and lists too', () => {
  const { stack } = make({
    ...PERSISTENT,
    metadataConfiguration: { mode: 'USER_PROVISIONED', iops: 12000 },
    rootSquashConfiguration: { rootSquash: '65534:65534', noSquashNids: ['10.0.1.6@tcp'] },
    logConfiguration: { level: 'DISABLED' },
    efaEnabled: false,
    kmsKeyId: undefined,
    skipFinalBackup: false,
    finalBackupTags: [{ key: 'kept', value: 'yes' }],
    tags: [{ key: 'team', value: 'hpc' }],
  });
  Tags.of(stack).add('cost-center', '42');
  expect(fileSystemOf(stack).Properties).toEqual({
    StorageCapacity: 4800,
    DeploymentType: 'PERSISTENT_2',
    PerUnitStorageThroughput: 250,
    MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 12000 },
    RootSquashConfiguration: { RootSquash: '65534:65534', NoSquashNids: ['10.0.1.6@tcp'] },
    LogConfiguration: { Level: 'DISABLED' },
    EfaEnabled: false,
    SkipFinalBackup: false,
    FinalBackupTags: [{ Key: 'kept', Value: 'yes' }],
    SubnetIds: [{ Ref: expect.stringContaining('PrivateSubnet1') as string }],
    SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching('FsSecurityGroup'), 'GroupId'] }],
    Tags: [
      { Key: 'cost-center', Value: '42' },
      { Key: 'team', Value: 'hpc' },
    ],
  });
});

test('tokens are passed on', () => {
  const { stack } = make({ storageCapacity: 1200 }, undefined, (_, scope) => ({
    storageCapacity: new CfnParameter(scope, 'Size', { type: 'Number' }).valueAsNumber,
    importPath: `s3://${Aws.ACCOUNT_ID}-data/in`,
    weeklyMaintenanceStartTime: Fn.importValue('Window'),
  }));
  expect(fileSystemOf(stack).Properties).toMatchObject({
    StorageCapacity: { Ref: 'Size' },
    ImportPath: { 'Fn::Join': ['', ['s3://', { Ref: 'AWS::AccountId' }, '-data/in']] },
    WeeklyMaintenanceStartTime: { 'Fn::ImportValue': 'Window' },
  });
});

test.each<[string, Omit<LustreFileSystemProps, 'vpc'>, string]>([
  ['persistent storage', PERSISTENT, 'Retain'],
  ['scratch', SCRATCH, 'Delete'],
  ['a backup, which is of persistent storage', { backupId: 'backup-0123456789abcdef0' }, 'Retain'],
  ['what a token decides', { ...SCRATCH, deploymentType: Fn.importValue('Kind') as never }, 'Retain'],
  ['what the app says', { ...PERSISTENT, removalPolicy: RemovalPolicy.DESTROY }, 'Delete'],
])('the removal policy of %s', (_, props, policy) => {
  expect(fileSystemOf(make(props).stack)).toMatchObject({
    DeletionPolicy: policy,
    UpdateReplacePolicy: policy,
  });
}); // oxfmt-ignore

test('there is a token for every attribute of the schema', () => {
  const { stack, fs } = make(PERSISTENT);
  const tokens = {
    ResourceARN: fs.fileSystemArn,
    DNSName: fs.dnsName,
    MountName: fs.mountName,
    MountCommand: fs.mountCommand,
    NetworkInterfaceIds: fs.networkInterfaceIds,
    VpcId: fs.vpcId,
    OwnerId: fs.ownerId,
    EstimatedBaselineThroughput: fs.estimatedBaselineThroughput,
    EstimatedBurstThroughput: fs.estimatedBurstThroughput,
    EstimatedMonthlyCost: fs.estimatedMonthlyCost,
    EstimatedCostBasis: fs.estimatedCostBasis,
  };
  for (const [name, token] of Object.entries(tokens))
    expect(stack.resolve(token)).toEqual({ 'Fn::GetAtt': [expect.any(String), name] });
  expect(stack.resolve(fs.fileSystemId)).toEqual({ Ref: expect.stringMatching(/^Fs/) as string });
  const all = schema.readOnlyProperties.map((path) => path.split('/')[2] ?? '');
  const others = ['FileSystemId', 'EstimatedMonthlyCostBreakdown'];
  expect([...Object.keys(tokens), ...others].sort()).toEqual([...new Set(all)].sort());
});

test('what it gives and costs is known while the app is synthesized, at the prices of its region', () => {
  const { fs } = make(PERSISTENT, 'us-east-2');
  expect(fs.estimate).toMatchObject({
    throughput: { baseline: 1200, burst: 2400 },
    cost: { monthly: 1008, breakdown: { Storage: 696, ThroughputTier: 312 } },
  });
  expect(fs.estimate.cost?.basis).toContain('us-east-2');
});

describe('the network', () => {
  interface Rule {
    readonly Properties: {
      readonly IpProtocol: string;
      readonly FromPort?: number;
      readonly ToPort?: number;
      readonly GroupId: unknown;
    };
  }
  /** `group ports` of each rule that is a resource; the group by the beginning of its logical id. */
  const rulesOf = (stack: Stack, direction: 'Ingress' | 'Egress'): string[] =>
    Object.values(resourcesOf(stack, `AWS::EC2::SecurityGroup${direction}`))
      .map((rule) => (rule as unknown as Rule).Properties)
      .map(({ IpProtocol, FromPort, ToPort, GroupId }) => {
        const group = /(Fs|Clients|Here)/.exec(JSON.stringify(GroupId))?.[1] ?? '';
        return `${group} ${IpProtocol === '-1' ? 'all' : `${String(FromPort)}-${String(ToPort)}`}`;
      })
      .sort();
  const LUSTRE = ['1018-1023', '988-988'];
  const of = (group: string, ports: readonly string[]) => ports.map((each) => `${group} ${each}`);

  test('its own security group lets Lustre through, and exists with its rules before the file system', () => {
    const { stack } = make(SCRATCH);
    expect(rulesOf(stack, 'Ingress')).toEqual(of('Fs', LUSTRE));
    const rules = Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress'));
    expect(fileSystemOf(stack).DependsOn).toEqual(expect.arrayContaining(rules));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each<[string, (fs: LustreFileSystem, clients: SecurityGroup) => void]>([
    ['from clients', (fs, clients) => { fs.connections.allowDefaultPortFrom(clients); }],
    ['to clients', (fs, clients) => { fs.connections.allowDefaultPortTo(clients); }],
  ])('allowed %s, both ports are open in both directions', (_, allow) => {
    const { stack, vpc, fs } = make(SCRATCH);
    allow(fs, new SecurityGroup(stack, 'Clients', { vpc, allowAllOutbound: false }));
    expect(rulesOf(stack, 'Ingress')).toEqual([...of('Clients', LUSTRE), ...of('Fs', [...LUSTRE, ...LUSTRE].sort())]);
    expect(rulesOf(stack, 'Egress')).toEqual(of('Clients', LUSTRE));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  }); // oxfmt-ignore

  test('clients may be in another stack, which gets the rules', () => {
    const { stack, vpc, fs } = make(SCRATCH);
    const other = new Stack(stack.node.root, 'Other');
    fs.connections.allowDefaultPortFrom(new SecurityGroup(other, 'Clients', { vpc, allowAllOutbound: false })); // oxfmt-ignore
    fs.connections.allowDefaultPortFrom(new SecurityGroup(other, 'Open', { vpc }));
    new CfnOutput(other, 'Mount', { value: fs.mountCommand });
    Template.fromStack(other).resourceCountIs('AWS::EC2::SecurityGroupIngress', 8);
    // The groups of the file system and of the second clients allow all outbound traffic.
    Template.fromStack(other).resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
    Annotations.fromStack(other).hasNoWarning('*', Match.stringLikeRegexp('Egress'));
    expect(other.dependencies).toEqual([stack]);
    expect(stack.dependencies).toEqual([]);
  });

  test('clients with groups in both stacks are allowed by all of them', () => {
    const { stack, vpc, fs } = make(SCRATCH);
    const here = new SecurityGroup(stack, 'Here', { vpc });
    const there = new SecurityGroup(new Stack(stack.node.root, 'Other'), 'There', { vpc });
    fs.connections.allowDefaultPortFrom(new Connections({ securityGroups: [here, there] }));
    expect(rulesOf(stack, 'Ingress')).toEqual([...of('Fs', LUSTRE), ...of('Fs', LUSTRE), ...of('Here', LUSTRE)].sort()); // oxfmt-ignore
    Template.fromStack(there.stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 4);
  });

  test('clients that allow its default port reach both', () => {
    const { stack, vpc, fs } = make(SCRATCH);
    new SecurityGroup(stack, 'Clients', { vpc }).connections.allowToDefaultPort(fs);
    expect(rulesOf(stack, 'Ingress')).toContain('Fs 988-1023');
  });

  test('addresses may be allowed', () => {
    const { stack, vpc, fs } = make(SCRATCH);
    fs.connections.allowDefaultPortFrom(Peer.ipv4(vpc.vpcCidrBlock));
    fs.connections.allowDefaultPortFromAnyIpv4();
    const [group] = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup'));
    expect(group?.Properties.SecurityGroupIngress).toHaveLength(4);
  });

  test.each([
    ['EFA', true],
    ['EFA where a token says so', Fn.conditionEquals(Aws.REGION, 'us-east-1')],
  ])(
    'with %s, all traffic is allowed by the ids of groups, inbound and outbound',
    (_, efaEnabled) => {
      const efa = { ...PERSISTENT, perUnitStorageThroughput: 1000, efaEnabled, metadataConfiguration: { mode: 'AUTOMATIC' as const } }; // oxfmt-ignore
      const { stack, vpc, fs } = make(efa);
      fs.connections.allowDefaultPortFrom(new SecurityGroup(stack, 'Clients', { vpc, allowAllOutbound: false })); // oxfmt-ignore
      for (const direction of ['Ingress', 'Egress'] as const)
        expect(rulesOf(stack, direction)).toEqual(['Clients all', 'Fs all', 'Fs all']);
      const [group] = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup'));
      expect(JSON.stringify(group)).not.toContain('0.0.0.0/0');
    },
  );

  test('groups and a subnet of the app are used as they are', () => {
    const { stack } = make(SCRATCH, undefined, (_, scope) => ({
      vpcSubnet: Subnet.fromSubnetId(scope, 'Subnet', 'subnet-0a1b2c3d4e5f60718'),
      securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-0a1b2c3d4e5f60718')],
    }));
    expect(fileSystemOf(stack).Properties).toMatchObject({
      SubnetIds: ['subnet-0a1b2c3d4e5f60718'],
      SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
    });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).toEqual({});
  });

  test('a VPC without subnets that are known asks for one in a sentence', () => {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
    expect(() => new LustreFileSystem(stack, 'Fs', { vpc, ...SCRATCH })).toThrow(
      'Stack/Vpc has no known subnets: specify vpcSubnet.',
    );
  });
});

test('a data repository association links a folder', () => {
  const { stack, fs } = make(PERSISTENT);
  fs.addDataRepositoryAssociation('Samples', {
    fileSystemPath: '/samples',
    dataRepositoryPath: 's3://samples',
    batchImportMetaDataOnCreate: true,
  });
  const [only] = Object.values(resourcesOf(stack, 'AWS::FSx::DataRepositoryAssociation'));
  expect(only?.Properties).toEqual({
    FileSystemId: { Ref: expect.stringMatching(/^Fs/) as string },
    FileSystemPath: '/samples',
    DataRepositoryPath: 's3://samples',
    BatchImportMetaDataOnCreate: true,
  });
});

test('metrics are of the file system', () => {
  const { stack, fs } = make(SCRATCH);
  const metrics = [
    fs.metricDataReadBytes(),
    fs.metricDataWriteBytes(),
    fs.metricMetadataOperations(),
    fs.metricFreeDataStorageCapacity(),
    fs.metricClientConnections(),
    fs.metric('DataReadOperations', { statistic: 'Average' }),
  ];
  expect(metrics.map(({ metricName, statistic }) => [metricName, statistic])).toEqual([
    ['DataReadBytes', 'Sum'],
    ['DataWriteBytes', 'Sum'],
    ['MetadataOperations', 'Sum'],
    ['FreeDataStorageCapacity', 'Sum'],
    ['ClientConnections', 'Maximum'],
    ['DataReadOperations', 'Average'],
  ]);
  for (const { namespace, dimensions } of metrics)
    expect([namespace, stack.resolve(dimensions)]).toEqual([
      'AWS/FSx',
      { FileSystemId: stack.resolve(fs.fileSystemId) as unknown },
    ]);
});

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/fs-metrics.html#fsx-oss-metrics */
test('metrics of a server are of the file system, too', () => {
  const { stack, fs } = make(SCRATCH);
  const { dimensions } = fs.metric('NetworkThroughputUtilization', {
    dimensionsMap: { FileServer: 'OSS0000' },
  });
  expect(stack.resolve(dimensions)).toEqual({
    FileSystemId: stack.resolve(fs.fileSystemId) as unknown,
    FileServer: 'OSS0000',
  });
});

test('one that exists has its id, its metrics and its connections', () => {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
  const fs = LustreFileSystem.fromAttributes(stack, 'Fs', {
    fileSystemId: 'fs-0123456789abcdef0',
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d4e5f60718')],
  });
  expect(fs.fileSystemId).toBe('fs-0123456789abcdef0');
  expect(fs.metricDataReadBytes().dimensions).toEqual({ FileSystemId: 'fs-0123456789abcdef0' });
  expect(fs.connections).toBeInstanceOf(Connections);
  fs.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/16'));
  Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  Template.fromStack(stack).resourceCountIs(TYPE, 0);
});

describe('what FSx would refuse', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const wrong = { storageCapacity: 5000, perUnitStorageThroughput: 200 };
  const failureOf = (stack: Stack): string => {
    try {
      Template.fromStack(stack);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  test('fails the synthesis with the path, the message and the rule, all of it at once', () => {
    const message = failureOf(make(wrong).stack);
    expect(message).toMatch(/^Validation failed with the following errors:/);
    expect(message).toContain('[Stack/Fs] StorageCapacity 5000 is not valid for SCRATCH_2: use 1200 or a multiple of 2400, nearest 4800 or 7200. [storage-capacity]'); // oxfmt-ignore
    expect(message).toMatch(/\[Stack\/Fs\] PerUnitStorageThroughput .* \[not-applicable\]/);
  });

  const resourceOf = (fs: LustreFileSystem): CfnResource => fs.node.defaultChild as CfnResource;
  test.each<[string, Omit<LustreFileSystemProps, 'vpc'>, (fs: LustreFileSystem) => void]>([
    ['an override', SCRATCH, (fs) => { resourceOf(fs).addPropertyOverride('StorageCapacity', 5000); }],
    ['an aspect', SCRATCH, (fs) => { Aspects.of(fs).add({ visit: (node) => { if (CfnResource.isCfnResource(node)) node.addPropertyOverride('StorageCapacity', 5000); } }); }],
    ['a lazy value', { storageCapacity: Lazy.number({ produce: () => 5000 }) }, () => undefined],
    ['a tag of the app', SCRATCH, (fs) => { Tags.of(fs).add('aws:x', 'y'); }],
  ])('is refused of what %s writes', (_, props, act) => {
    const { stack, fs } = make(props);
    act(fs);
    expect(failureOf(stack)).toMatch(/\[Stack\/Fs\] .* \[(storage-capacity|tag-reserved)\]/);
  }); // oxfmt-ignore

  test.each<[string, Omit<LustreFileSystemProps, 'vpc'>, (resource: CfnResource) => void]>([
    ['changes', { storageCapacity: 5000 }, (resource) => { resource.addPropertyOverride('StorageCapacity', 4800); }],
    ['leaves to a macro', SCRATCH, (resource) => { resource.addOverride('Properties.Fn::Transform', { Name: 'AWS::Include', Parameters: { Location: 's3://my-parts/data.yaml' } }); }],
    ['deletes', { ...SCRATCH, perUnitStorageThroughput: 200 }, (resource) => { resource.addPropertyDeletionOverride('PerUnitStorageThroughput'); }],
  ])('is not refused where an override %s it', (_, props, act) => {
    const { stack, fs } = make(props);
    act(resourceOf(fs));
    expect(failureOf(stack)).toBe('');
  }); // oxfmt-ignore

  test('waits for the values that the CDK looks up', () => {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack', { env: { account: '123456789012', region: 'us-east-1' } }); // oxfmt-ignore
    const vpc = Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
    new LustreFileSystem(stack, 'Fs', { vpc, ...SCRATCH });
    expect(failureOf(stack)).toBe('');
  });

  test('and null is a property that is left out', () => {
    const { stack } = make({ ...SCRATCH, kmsKeyId: null } as never);
    expect(fileSystemOf(stack).Properties).not.toHaveProperty('KmsKeyId');
  });

  test('and null for EFA makes no group for EFA', () => {
    const groupsOf = (props: object) => resourcesOf(make({ ...SCRATCH, ...props }).stack, 'AWS::EC2::SecurityGroup'); // oxfmt-ignore
    expect(groupsOf({ efaEnabled: null })).toEqual(groupsOf({}));
  });

  test('is refused of a region too', () => {
    expect(failureOf(make(SCRATCH, 'ap-east-2').stack)).toMatch(
      /not available in ap-east-2, .* \[region\]/,
    );
    expect(failureOf(make(SCRATCH).stack)).toBe('');
  });

  test('and a name that is none, in JavaScript', () => {
    const props = { ...SCRATCH, storageCapasity: 1200 } as Omit<LustreFileSystemProps, 'vpc'>;
    expect(failureOf(make(props).stack)).toMatch(/StorageCapasity .*StorageCapacity/);
  });

  test('is left to FSx where the app acknowledges the rule', () => {
    const { stack, fs } = make({ storageCapacity: 5000 });
    Validations.of(fs).acknowledge({ id: 'pangea-lustre::storage-capacity', reason: 'a new step' });
    expect(failureOf(stack)).toBe('');
  });

  test('what it may refuse is a warning, which is acknowledged once for the construct and the plugin', () => {
    const { stack, fs } = make({ ...SCRATCH, kmsKeyId: 'alias/mine' });
    Validations.of(stack.node.root).addPlugins(new PangeaLustreValidator());
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('KmsKeyId alias/mine might not'));
    Validations.of(fs).acknowledge({ id: 'pangea-lustre::not-applicable', reason: 'tried' });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('KmsKeyId'));
  }); // oxfmt-ignore
});

test('the review finds nothing in what the construct writes', () => {
  const { stack, vpc, fs } = make(PERSISTENT);
  fs.connections.allowDefaultPortFrom(new SecurityGroup(stack, 'Clients', { vpc }));
  fs.addDataRepositoryAssociation('Data', {
    fileSystemPath: '/data',
    dataRepositoryPath: 's3://data',
  });
  const text = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(checkTemplate(text)).toMatchObject({ findings: [], fileSystems: 1 });
});

describe('what the compiler would refuse', () => {
  test.each<[string, object | undefined, string]>([
    ['no properties', undefined, 'Stack/Fs: vpc is required: specify the VPC of the file system.'],
    ['no VPC', { storageCapacity: 4800 }, 'Stack/Fs: vpc is required: specify the VPC of the file system.'],
    ['a tag that is null', { vpc: {}, tags: [null] }, 'Stack/Fs: tags is not a list of objects with key and value: tokens can stand only for their strings.'],
    ['a token for tags', { vpc: {}, tags: Fn.getAtt('A', 'B') }, 'Stack/Fs: tags is not a list of objects with key and value: tokens can stand only for their strings.'],
    ['security groups by their id', { vpc: {}, securityGroups: 'sg-1' }, 'Stack/Fs: securityGroups is not a list of security groups.'],
    ['subnets of the type', { vpc: {}, subnetIds: ['subnet-1'] }, 'Stack/Fs: subnetIds is not a property of this construct: use vpc or vpcSubnet.'],
    ['a snapshot, which CloudFormation makes for other types only', { vpc: {}, removalPolicy: RemovalPolicy.SNAPSHOT }, 'Stack/Fs: removalPolicy SNAPSHOT cannot be used, because CloudFormation makes no snapshots of a file system: use RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY.'],
  ])('%s is told in a sentence, at the line of the app', (_, props, message) => {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
    let error: unknown;
    try {
      new LustreFileSystem(stack, 'Fs', props as LustreFileSystemProps);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ message });
    expect((error as Error).stack).not.toMatch(/src\/cdk|cdk\.js/);
  }); // oxfmt-ignore

  test.each<[unknown, string]>([
    [undefined, 'fileSystemId is required: specify the ID of the file system.'],
    [{ fileSystemId: 'fs-0123456789abcdef0' }, 'securityGroups is required: specify the groups of the file system.'],
  ])('attributes that are missing are told in a sentence: %j', (attributes, message) => {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
    expect(() => LustreFileSystem.fromAttributes(stack, 'Fs', attributes as never)).toThrow(new TypeError(message));
  }); // oxfmt-ignore

  test('a region that is none fails the synthesis', () => {
    const { stack } = make(SCRATCH, 'mars-1');
    expect(stack.node.findChild('Fs').node.validate()).toEqual([
      'mars-1 is not a region: use one such as eu-west-1.',
    ]);
  });
});
