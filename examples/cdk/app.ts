/** A CDK stack with a Lustre file system that is checked while the app is synthesised. */
import { App, CfnOutput, CfnResource, Stack, Token, type StackProps } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { lustreFileSystem } from 'pangea-lustre';

export class ScratchStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 1 });
    // FSx looks at the rules when it creates the file system, and these are part of the group. Where a peer is a group, each
    // rule is a resource of its own: then add the dependency, resource.node.addDependency(securityGroup).
    const securityGroup = new SecurityGroup(this, 'Lustre', { vpc });
    for (const port of [Port.tcp(988), Port.tcpRange(1018, 1023)]) {
      securityGroup.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), port);
    }

    const scratch = lustreFileSystem('HpcScratch', {
      StorageCapacity: 4800,
      DataCompressionType: 'LZ4',
      SubnetIds: vpc.privateSubnets.slice(0, 1).map(({ subnetId }) => subnetId),
      SecurityGroupIds: [securityGroup.securityGroupId],
    });
    const { Type: type, Properties: properties } = scratch.resource;
    const resource = new CfnResource(this, scratch.logicalId, { type, properties });
    resource.overrideLogicalId(scratch.logicalId);

    new CfnOutput(this, 'MountCommand', { value: Token.asString(scratch.mountCommand) });
    new CfnOutput(this, 'MonthlyCost', { value: Token.asString(scratch.estimatedMonthlyCost) });
    if (scratch.isScratch) this.templateOptions.description = 'Scratch space: not backed up';
  }
}

const app = new App();
new ScratchStack(app, 'Scratch');
app.synth();
