/** An advised configuration as source text: for a template, a CDK app, or a Terraform configuration. */
import { s3LinkOf } from '../lustre/catalog/features';
import type { Advice, Need } from '../lustre/estimates/advice';
import { TYPE_NAME, withDefaults } from '../lustre/properties';

type Advised = Pick<Advice, 'properties' | 'offering'>;

/** Numbers, booleans, plain words, and objects of these. */
type Value = string | number | boolean | Readonly<Record<string, unknown>>;

const entriesOf = (properties: object): [string, Value][] =>
  Object.entries(properties) as [string, Value][];

/** How it is linked to S3, if the need asks for that. */
const linkOf = ({ offering }: Advised, { features }: Need): ReturnType<typeof s3LinkOf> =>
  features?.includes('s3') ? s3LinkOf(offering) : undefined;

/** The resources as YAML, as lines for the Resources section of a template. */
export function yamlLines(advised: Advised, need: Need): string[] {
  const link = linkOf(advised, need);
  return [
    '  FileSystem:',
    `    Type: ${TYPE_NAME}`,
    '    Properties:',
    ...[
      ...entriesOf(advised.properties).flatMap(yamlOf),
      ...(link === 'ImportPath' ? ['ImportPath: !Sub s3://${BucketName}'] : []),
      'SubnetIds: [!Ref SubnetId]',
      'SecurityGroupIds: [!Ref LustreSecurityGroup]',
    ].map((line) => `      ${line}`),
    ...(link === 'association'
      ? [
          '  DataRepository:',
          '    Type: AWS::FSx::DataRepositoryAssociation',
          '    Properties:',
          '      FileSystemId: !Ref FileSystem',
          '      FileSystemPath: /data',
          '      DataRepositoryPath: !Sub s3://${BucketName}',
        ]
      : []),
  ];
}

const yamlOf = ([name, value]: [string, Value]): string[] =>
  typeof value === 'object'
    ? [`${name}:`, ...entriesOf(value).map((entry) => `  ${yamlOf(entry).join('')}`)]
    : [`${name}: ${String(value)}`];

/** The resources in TypeScript, as lines for a stack of the CDK. */
export function cdkLines(advised: Advised, need: Need): string[] {
  const link = linkOf(advised, need);
  return [
    "// import { CfnResource } from 'aws-cdk-lib';",
    ...(link === 'association'
      ? ["// import { CfnDataRepositoryAssociation } from 'aws-cdk-lib/aws-fsx';"]
      : []),
    "const fileSystem = new CfnResource(this, 'FileSystem', {",
    `  type: '${TYPE_NAME}',`,
    '  properties: {',
    ...entriesOf(advised.properties)
      .flatMap(typescriptOf)
      .map((line) => `    ${line}`),
    ...(link === 'ImportPath' ? ['    ImportPath: `s3://${bucket.bucketName}`,'] : []),
    '    SubnetIds: vpc.privateSubnets.slice(0, 1).map(({ subnetId }) => subnetId),',
    '    SecurityGroupIds: [securityGroup.securityGroupId],',
    '  },',
    '});',
    ...(link === 'association'
      ? [
          "new CfnDataRepositoryAssociation(this, 'DataRepository', {",
          '  fileSystemId: fileSystem.ref,',
          "  fileSystemPath: '/data',",
          '  dataRepositoryPath: `s3://${bucket.bucketName}`,',
          '});',
        ]
      : []),
  ];
}

const typescriptOf = ([name, value]: [string, Value]): string[] =>
  typeof value === 'object'
    ? [`${name}: {`, ...entriesOf(value).map((each) => `  ${typescriptOf(each).join('')}`), '},']
    : [`${name}: ${typeof value === 'string' ? `'${value}'` : String(value)},`];

/**
 * The resources for Terraform's AWS provider, as lines. They create the file system without this type, so defaults of this
 * type are written explicitly.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system
 */
export function terraformLines(advised: Advised, need: Need): string[] {
  const link = linkOf(advised, need);
  const entries = entriesOf(withDefaults(advised.properties));
  const blocks = entries.flatMap(([name, value]) =>
    typeof value === 'object' ? [[name, value] as const] : [],
  );
  const attributes: [string, string][] = [
    ...entries
      .filter(([, value]) => typeof value !== 'object')
      .map(([name, value]): [string, string] => [attributeOf(name), JSON.stringify(value)]),
    ...(link === 'ImportPath' ? [['import_path', BUCKET] as [string, string]] : []),
    ['subnet_ids', '[var.subnet_id]'],
    ['security_group_ids', '[aws_security_group.lustre.id]'],
  ];
  return [
    'resource "aws_fsx_lustre_file_system" "lustre" {',
    ...aligned(attributes, '  '),
    ...blocks.flatMap(([name, value]) => [
      '',
      `  ${attributeOf(name)} {`,
      ...aligned(
        entriesOf(value).map(([member, each]) => [attributeOf(member), JSON.stringify(each)]),
        '    ',
      ),
      '  }',
    ]),
    '}',
    ...(link === 'association'
      ? [
          '',
          'resource "aws_fsx_data_repository_association" "data" {',
          ...aligned(
            [
              ['file_system_id', 'aws_fsx_lustre_file_system.lustre.id'],
              ['file_system_path', '"/data"'],
              ['data_repository_path', BUCKET],
            ],
            '  ',
          ),
          '}',
        ]
      : []),
  ];
}

const BUCKET = '"s3://${var.bucket}"';

/** The name of the attribute in the provider: in lower case with underscores, with one exception. */
const attributeOf = (name: string): string =>
  name === 'SizeGiB'
    ? 'size'
    : name.replace(
        /[A-Z]/g,
        (letter, at: number) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`,
      );

function aligned(attributes: readonly (readonly [string, string])[], indent: string): string[] {
  const width = Math.max(0, ...attributes.map(([name]) => name.length));
  return attributes.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}`);
}
