/** A file system as text to paste: into a template, an app of the CDK, a Terraform configuration. */
import { TYPE_NAME, withDefaults, type LustreProperties } from '../lustre/properties';

/** Values are numbers, booleans, plain words, and objects of those. */
type Value = string | number | boolean | Readonly<Record<string, unknown>>;

const entriesOf = (properties: object): [string, Value][] =>
  Object.entries(properties) as [string, Value][];

/** The resource as YAML, to stand under Resources of a template, as lines. */
export const yamlLines = (properties: LustreProperties): string[] => [
  '  FileSystem:',
  `    Type: ${TYPE_NAME}`,
  '    Properties:',
  ...[
    ...entriesOf(properties).flatMap(yamlOf),
    'SubnetIds: [!Ref SubnetId]',
    'SecurityGroupIds: [!Ref LustreSecurityGroup]',
  ].map((line) => `      ${line}`),
];

const yamlOf = ([name, value]: [string, Value]): string[] =>
  typeof value === 'object'
    ? [`${name}:`, ...entriesOf(value).map((entry) => `  ${yamlOf(entry).join('')}`)]
    : [`${name}: ${String(value)}`];

/** The resource in TypeScript, to stand in a stack of the CDK, as lines. */
export const cdkLines = (properties: LustreProperties): string[] => [
  "// import { CfnResource } from 'aws-cdk-lib';",
  "new CfnResource(this, 'FileSystem', {",
  `  type: '${TYPE_NAME}',`,
  '  properties: {',
  ...entriesOf(properties).flatMap((entry) => typescriptOf(entry).map((line) => `    ${line}`)),
  '    SubnetIds: vpc.privateSubnets.slice(0, 1).map(({ subnetId }) => subnetId),',
  '    SecurityGroupIds: [securityGroup.securityGroupId],',
  '  },',
  '});',
];

const typescriptOf = ([name, value]: [string, Value]): string[] =>
  typeof value === 'object'
    ? [`${name}: {`, ...entriesOf(value).map((each) => `  ${typescriptOf(each).join('')}`), '},']
    : [`${name}: ${typeof value === 'string' ? `'${value}'` : String(value)},`];

/**
 * The same file system as a resource of Terraform's AWS provider, which creates it without this type, as lines. Defaults that
 * are this type's own are written out.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system
 */
export function terraformLines(properties: LustreProperties): string[] {
  const entries = entriesOf(withDefaults(properties));
  const blocks = entries.filter(([, value]) => typeof value === 'object');
  const attributes: [string, string][] = [
    ...entries
      .filter(([, value]) => typeof value !== 'object')
      .map(([name, value]): [string, string] => [attributeOf(name), JSON.stringify(value)]),
    ['subnet_ids', '[var.subnet_id]'],
    ['security_group_ids', '[aws_security_group.lustre.id]'],
  ];
  return [
    'resource "aws_fsx_lustre_file_system" "file_system" {',
    ...aligned(attributes, '  '),
    ...blocks.flatMap(([name, value]) => [
      '',
      `  ${attributeOf(name)} {`,
      ...aligned(
        entriesOf(value as object).map(([member, each]) => [attributeOf(member), JSON.stringify(each)]), // prettier-ignore
        '    ',
      ),
      '  }',
    ]),
    '}',
  ];
}

/** As the provider calls it: in lower case with underscores, but for one. */
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
