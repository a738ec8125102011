/** An app whose file systems are checked while it is synthesized: one of this type, and one that AWS's own type describes. */
import { App, CfnOutput, Stack, Validations, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, MachineImage, Instance, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { LustreFileSystem, PangeaLustreValidator } from 'pangea-lustre/cdk';

const GIB = 2 ** 30;

class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 1 });

    // It is retained when it leaves the stack, as its storage is persistent.
    const data = new LustreFileSystem(this, 'Data', {
      vpc,
      storageCapacity: 4800,
      deploymentType: 'PERSISTENT_2',
      perUnitStorageThroughput: 250,
      dataCompressionType: 'LZ4',
      metadataConfiguration: { mode: 'AUTOMATIC' },
    });
    const bucket = new Bucket(this, 'Bucket');
    data.addDataRepositoryAssociation('Samples', {
      fileSystemPath: '/samples',
      dataRepositoryPath: bucket.s3UrlForObject(),
      s3: { autoImportPolicy: { events: ['NEW', 'CHANGED', 'DELETED'] } },
    });
    new Alarm(this, 'AlmostFull', {
      metric: data.metricFreeDataStorageCapacity(),
      threshold: 480 * GIB,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
    });

    const client = new Instance(this, 'Client', {
      vpc,
      instanceType: new InstanceType('c7i.large'),
      machineImage: MachineImage.latestAmazonLinux2023(),
    });
    data.connections.allowDefaultPortFrom(client);
    client.userData.addCommands('dnf install -y lustre-client', 'mkdir -p /fsx', data.mountCommand);

    // What is known while the app is synthesized: a budget is best kept here.
    const { monthly = Infinity } = data.estimate.cost ?? {};
    if (monthly > 2000) throw new Error(`The training data costs ${monthly} USD a month.`);
    new CfnOutput(this, 'MountCommand', { value: data.mountCommand });
    new CfnOutput(this, 'MonthlyCost', { value: data.estimatedMonthlyCost });
  }
}

class ScratchStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 1 });
    // `npx cdk synth -c capacity=5000` shows how it is refused.
    const capacity = Number(this.node.tryGetContext('capacity') ?? 4800);
    new CfnFileSystem(this, 'Scratch', {
      fileSystemType: 'LUSTRE',
      fileSystemTypeVersion: '2.15',
      storageCapacity: capacity,
      subnetIds: vpc.selectSubnets({ subnets: vpc.privateSubnets }).subnetIds,
      lustreConfiguration: { deploymentType: 'SCRATCH_2', dataCompressionType: 'LZ4' },
    });
  }
}

const app = new App();
Validations.of(app).addPlugins(new PangeaLustreValidator({ region: 'eu-west-1' }));
new TrainingStack(app, 'Training');
new ScratchStack(app, 'Scratch');
