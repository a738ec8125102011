/**
 * Writes a template whose file system is checked by the compiler and the rules before there is a template.
 *
 *     make package
 *     cd examples/typescript && npm install
 *     node write-template.mts > template.json
 *
 * That needs Node 22.18 or newer, which runs TypeScript. What is wrong does not compile
 * (`DeploymentType: 'SCRATCH_3'`), or stops with the message and the repair (`StorageCapacity: 5000`).
 */
import { lustreFileSystem } from 'pangea-lustre';

const scratch = lustreFileSystem('HpcScratch', {
  StorageCapacity: 4800,
  DataCompressionType: 'LZ4',
  SubnetIds: [{ Ref: 'SubnetId' }],
  SecurityGroupIds: [{ Ref: 'SecurityGroupId' }],
  Tags: [{ Key: 'Name', Value: { 'Fn::Sub': '${AWS::StackName}-scratch' } }],
});

// Known while the template is written: a budget is best kept here.
const { monthlyCost = Infinity, baselineThroughput = 0 } = scratch.estimates;
if (monthlyCost > 1000) throw new Error(`The scratch space costs ${monthlyCost} USD a month.`);

const template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: `Scratch space of ${baselineThroughput} MB/s`,
  Parameters: {
    SubnetId: { Type: 'AWS::EC2::Subnet::Id' },
    SecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
  },
  Resources: { ...scratch.resources },
  Outputs: {
    FileSystemId: { Value: scratch.ref },
    MountCommand: { Value: scratch.mountCommand },
  },
};

process.stdout.write(`${JSON.stringify(template, undefined, 2)}\n`);
