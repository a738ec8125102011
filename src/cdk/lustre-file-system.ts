/** `Pangea::FSx::LustreFileSystem` as a construct. */
import { Metric, Stats, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import {
  Connections,
  Port,
  SecurityGroup,
  type IConnectable,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import {
  CfnDataRepositoryAssociation,
  type CfnDataRepositoryAssociationProps,
} from 'aws-cdk-lib/aws-fsx';
import {
  Annotations,
  CfnResource,
  RemovalPolicy,
  Resource,
  TagManager,
  TagType,
  Token,
  Validations,
  type CfnTag,
  type IResource,
  type ITaggableV2,
} from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { InvalidFileSystem, lustreFileSystem, type FileSystemProperties } from '../index';
import { checkProperties, estimateProperties, type Estimate, type Violation } from '../rules';
import { appError } from './app-error';
import { templateProperties, type FileSystemValues } from './properties';

const TYPE = 'Pangea::FSx::LustreFileSystem';

/** A Lustre file system, created or imported by an app. */
export interface ILustreFileSystem extends IResource, IConnectable {
  /** Such as fs-0123456789abcdef0. */
  readonly fileSystemId: string;
  /**
   * A metric of the file system in the namespace AWS/FSx. Those of one server or storage target need a further dimension:
   * `{ dimensionsMap: { FileServer: 'OSS0000' } }`, `{ dimensionsMap: { StorageTargetId: 'OST0000' } }`.
   */
  metric(name: string, options?: MetricOptions): Metric;
  /** Bytes that clients read. Statistic: sum. */
  metricDataReadBytes(options?: MetricOptions): Metric;
  /** Bytes that clients write. Statistic: sum. */
  metricDataWriteBytes(options?: MetricOptions): Metric;
  /** Metadata operations. Statistic: sum. */
  metricMetadataOperations(options?: MetricOptions): Metric;
  /** Free storage capacity of all storage targets, in bytes. */
  metricFreeDataStorageCapacity(options?: MetricOptions): Metric;
  /** The number of connected clients. */
  metricClientConnections(options?: MetricOptions): Metric;
}

/** The properties of the type, without its network. Every value may be a token. */
export interface LustreFileSystemProps extends FileSystemValues {
  /** The VPC of the file system. */
  readonly vpc: IVpc;
  /**
   * The subnet of the file system.
   *
   * @default - the first private subnet of the VPC or, if there is none, the first isolated or public one
   */
  readonly vpcSubnet?: ISubnet | undefined;
  /**
   * The security groups. They must allow Lustre traffic among their members.
   *
   * @default - a new security group that allows it
   */
  readonly securityGroups?: ISecurityGroup[] | undefined;
  /**
   * Tags in addition to those that `Tags.of(...)` adds.
   *
   * @default - none
   */
  readonly tags?: CfnTag[] | undefined;
  /**
   * What happens to the file system when it is removed from the stack or replaced.
   *
   * @default RemovalPolicy.RETAIN for persistent storage, or if a token decides; RemovalPolicy.DESTROY for scratch
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/** The attributes of an existing file system. */
export interface LustreFileSystemAttributes {
  readonly fileSystemId: string;
  /** The security groups of the file system, to which `connections` adds rules. */
  readonly securityGroups: ISecurityGroup[];
}

/** The properties of `AWS::FSx::DataRepositoryAssociation`, without the file system. */
export type DataRepositoryAssociationOptions = Omit<
  CfnDataRepositoryAssociationProps,
  'fileSystemId'
>;

/**
 * The TCP ports that Lustre needs, among the servers and between them and clients, in both directions.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
 */
const LUSTRE_PORTS = [Port.tcp(988), Port.tcpRange(1018, 1023)] as const;

/** EFA needs all traffic, allowed by rules that name security groups. See "EFA-enabled security groups" on the same page. */
const ALL_TRAFFIC = Port.allTraffic();

/**
 * The connections of a file system. Its servers also open connections to clients, so each rule is added in both directions.
 * The default port, which `allowToDefaultPort` of other constructs uses, can be only one range, so it includes both.
 */
class LustreConnections extends Connections {
  readonly #ports: readonly Port[];
  readonly #hasEfa: boolean;

  constructor(securityGroups: ISecurityGroup[], hasEfa: boolean) {
    const defaultPort = hasEfa ? Port.allTraffic() : Port.tcpRange(988, 1023);
    super({ securityGroups, defaultPort });
    this.#hasEfa = hasEfa;
    this.#ports = hasEfa ? [ALL_TRAFFIC] : LUSTRE_PORTS;
  }

  override allowDefaultPortFrom(other: IConnectable, description?: string): void {
    for (const port of this.#ports) {
      const clients = other.connections.securityGroups;
      if (clients.some((client) => this.#isElsewhere(client)))
        for (const client of clients) this.#allowFromStackOf(client, port, description);
      else this.allowFrom(other, port, description);
      other.connections.allowFrom(this, port, description);
    }
  }

  #isElsewhere(client: ISecurityGroup): boolean {
    return this.securityGroups.some(({ stack }) => stack !== client.stack);
  }

  /** Adds the rules in the stack of the client, which depends on that of the file system anyway. */
  #allowFromStackOf(client: ISecurityGroup, port: Port, description?: string): void {
    for (const group of this.securityGroups) {
      group.addIngressRule(client, port, description, true);
      if (!client.allowAllOutbound) client.addEgressRule(group, port, description);
    }
  }

  override allowDefaultPortTo(other: IConnectable, description?: string): void {
    this.allowDefaultPortFrom(other, description);
  }

  override allowDefaultPortInternally(description?: string): void {
    for (const port of this.#ports)
      for (const group of this.securityGroups) {
        group.addIngressRule(group, port, description);
        if (this.#hasEfa) group.addEgressRule(group, port, description);
      }
  }

  override allowDefaultPortFromAnyIpv4(description?: string): void {
    for (const port of this.#ports) this.allowFromAnyIpv4(port, description);
  }
}

abstract class LustreFileSystemBase extends Resource implements ILustreFileSystem {
  abstract readonly fileSystemId: string;
  /** The connections: `fileSystem.connections.allowDefaultPortFrom(clients)` opens the ports of Lustre. */
  abstract readonly connections: Connections;

  /** https://docs.aws.amazon.com/fsx/latest/LustreGuide/fs-metrics.html */
  metric(metricName: string, options: MetricOptions = {}): Metric {
    return new Metric({
      namespace: 'AWS/FSx',
      metricName,
      ...options,
      dimensionsMap: { FileSystemId: this.fileSystemId, ...options.dimensionsMap },
    }).attachTo(this);
  }

  metricDataReadBytes(options?: MetricOptions): Metric {
    return this.metric('DataReadBytes', { statistic: Stats.SUM, ...options });
  }

  metricDataWriteBytes(options?: MetricOptions): Metric {
    return this.metric('DataWriteBytes', { statistic: Stats.SUM, ...options });
  }

  metricMetadataOperations(options?: MetricOptions): Metric {
    return this.metric('MetadataOperations', { statistic: Stats.SUM, ...options });
  }

  metricFreeDataStorageCapacity(options?: MetricOptions): Metric {
    return this.metric('FreeDataStorageCapacity', { statistic: Stats.SUM, ...options });
  }

  metricClientConnections(options?: MetricOptions): Metric {
    return this.metric('ClientConnections', { statistic: Stats.MAXIMUM, ...options });
  }
}

/** The resource in the template, to which `Tags.of(...)` applies. */
class CfnLustreFileSystem extends CfnResource implements ITaggableV2 {
  readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, properties: Record<string, unknown>, tags: CfnTag[]) {
    super(scope, id, { type: TYPE, properties });
    const given = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
    this.cdkTagManager = new TagManager(TagType.KEY_VALUE, TYPE, given, {
      tagPropertyName: 'Tags',
    });
  }

  /** The properties as the template has them: with overrides, what aspects change, and values of `Lazy`. */
  get written(): Record<string, unknown> {
    const { Resources = {} } = this.stack.resolve(this._toCloudFormation()) as Written;
    const [resource] = Object.values(Resources);
    return resource?.Properties ?? {};
  }
}

interface Written {
  readonly Resources?: Readonly<Record<string, { readonly Properties?: Record<string, unknown> }>>;
}

/**
 * A Lustre file system. Synthesis fails for what FSx would refuse, with the path of the construct and the repair. Values that
 * a token decides are checked at deployment.
 */
export class LustreFileSystem extends LustreFileSystemBase {
  /** Imports an existing file system. @throws TypeError if an attribute is missing. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: LustreFileSystemAttributes,
  ): ILustreFileSystem {
    // oxlint-disable-next-line typescript/unbound-method -- for the stack trace only
    const called = LustreFileSystem.fromAttributes;
    const { fileSystemId, securityGroups } = attributesOf(attributes, called);
    class Import extends LustreFileSystemBase {
      readonly fileSystemId = fileSystemId;
      readonly connections = new LustreConnections(securityGroups, false);
    }
    return new Import(scope, id);
  }

  readonly fileSystemId: string;
  readonly connections: Connections;
  readonly fileSystemArn: string;
  readonly dnsName: string;
  readonly mountName: string;
  /** The command that mounts the file system at /fsx. */
  readonly mountCommand: string;
  readonly networkInterfaceIds: string[];
  readonly vpcId: string;
  readonly ownerId: string;
  /** MB/s, as a string such as 1440. */
  readonly estimatedBaselineThroughput: string;
  /** MB/s, as a string such as 6240. */
  readonly estimatedBurstThroughput: string;
  /** USD a month, as a string such as 672.00. */
  readonly estimatedMonthlyCost: string;
  readonly estimatedCostBasis: string;
  /** The estimate, as far as it is known during synthesis. */
  readonly estimate: Estimate;

  constructor(scope: Construct, id: string, props: LustreFileSystemProps) {
    super(scope, id);
    const problem = problemOf(props);
    if (problem !== undefined) throw appError(`${this.node.path}: ${problem}`, LustreFileSystem);
    const { vpc, vpcSubnet, securityGroups, tags, removalPolicy, ...values } = props;
    // Groups for EFA are also right without it, so a token gets them.
    const hasEfa = (values.efaEnabled ?? false) !== false;
    const groups = securityGroups ?? [newSecurityGroup(this, vpc, hasEfa)];
    this.connections = new LustreConnections(groups, hasEfa);
    if (!securityGroups) this.connections.allowDefaultPortInternally('Lustre servers');

    const { subnetId } = vpcSubnet ?? subnetOf(vpc);
    const properties: Record<string, unknown> = {
      ...templateProperties(values),
      SubnetIds: [subnetId],
      SecurityGroupIds: groups.map(({ securityGroupId }) => securityGroupId),
    };
    const whole = { ...properties, ...(tags && { Tags: tags.map(templateProperties) }) };
    const region = regionOf(this);
    this.estimate = estimateProperties(whole, { region });

    const resource = new CfnLustreFileSystem(this, 'Resource', properties, tags ?? []);
    warn(this, checkProperties(whole, { region }));
    refuse(this, () => checkProperties(resource.written, { region }));
    resource.applyRemovalPolicy(removalPolicy ?? policyOf(whole));
    // FSx checks the rules of the groups when it creates the file system, and rules that name a group are separate resources.
    resource.node.addDependency(...groups);

    const text = (name: string): string => resource.getAtt(name).toString();
    this.fileSystemId = resource.ref;
    this.fileSystemArn = text('ResourceARN');
    this.dnsName = text('DNSName');
    this.mountName = text('MountName');
    this.mountCommand = text('MountCommand');
    this.networkInterfaceIds = Token.asList(resource.getAtt('NetworkInterfaceIds'));
    this.vpcId = text('VpcId');
    this.ownerId = text('OwnerId');
    this.estimatedBaselineThroughput = text('EstimatedBaselineThroughput');
    this.estimatedBurstThroughput = text('EstimatedBurstThroughput');
    this.estimatedMonthlyCost = text('EstimatedMonthlyCost');
    this.estimatedCostBasis = text('EstimatedCostBasis');
  }

  /** Links a folder of the file system to S3 with an `AWS::FSx::DataRepositoryAssociation`. */
  addDataRepositoryAssociation(
    id: string,
    options: DataRepositoryAssociationOptions,
  ): CfnDataRepositoryAssociation {
    const { fileSystemId } = this;
    return new CfnDataRepositoryAssociation(this, id, { ...options, fileSystemId });
  }
}

/** The attributes as they were given. Apps in JavaScript have no compiler to report a missing one. */
function attributesOf(given: unknown, called: CallableFunction): LustreFileSystemAttributes {
  const { fileSystemId, securityGroups } = (given ?? {}) as Partial<LustreFileSystemAttributes>;
  if (typeof fileSystemId !== 'string')
    throw appError('fileSystemId is required: specify the ID of the file system.', called);
  if (!Array.isArray(securityGroups))
    throw appError('securityGroups is required: specify the groups of the file system.', called);
  return { fileSystemId, securityGroups };
}

/** The property of the construct that replaces a property of the type. */
const TAKEN_FROM = { subnetIds: 'vpc or vpcSubnet', securityGroupIds: 'securityGroups' } as const;

/** What is wrong with the properties of the construct, as a sentence. Apps in JavaScript have no compiler to report it. */
function problemOf(props: unknown): string | undefined {
  const given = (props ?? {}) as Partial<Record<string, unknown>>;
  if (typeof given.vpc !== 'object' || given.vpc === null)
    return 'vpc is required: specify the VPC of the file system.';
  for (const [name, instead] of Object.entries(TAKEN_FROM))
    if (given[name] !== undefined)
      return `${name} is not a property of this construct: use ${instead}.`;
  if (given.removalPolicy === RemovalPolicy.SNAPSHOT)
    return 'removalPolicy SNAPSHOT cannot be used, because CloudFormation makes no snapshots of a file system: use RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY.';
  const { tags, securityGroups } = given;
  if (securityGroups !== undefined && !Array.isArray(securityGroups))
    return 'securityGroups is not a list of security groups.';
  const areTags = (list: unknown): boolean =>
    Array.isArray(list) && list.every((tag) => typeof tag === 'object' && tag !== null);
  if (tags !== undefined && !areTags(tags))
    return 'tags is not a list of objects with key and value: tokens can stand only for their strings.';
  return undefined;
}

/** The region of a stack, if it is known. An invalid region fails synthesis. */
function regionOf({ stack, node }: Resource): string | undefined {
  const { region } = stack;
  if (Token.isUnresolved(region)) return undefined;
  try {
    checkProperties({}, { region });
    return region;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { message } = error;
    node.addValidation({ validate: () => [message] });
    return undefined;
  }
}

/** With EFA, outbound rules must name the group's id: a rule for all addresses does not suffice. */
const newSecurityGroup = (scope: Construct, vpc: IVpc, hasEfa: boolean): SecurityGroup =>
  new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'FSx for Lustre',
    allowAllOutbound: !hasEfa,
  });

/** @throws TypeError if the VPC has no subnet. */
function subnetOf({ privateSubnets, isolatedSubnets, publicSubnets, node }: IVpc): ISubnet {
  const [first] = [...privateSubnets, ...isolatedSubnets, ...publicSubnets];
  if (first) return first;
  throw appError(`${node.path} has no known subnets: specify vpcSubnet.`, LustreFileSystem);
}

/** Persistent data is kept even if its resource is removed from the code. */
function policyOf(properties: Readonly<Record<string, unknown>>): RemovalPolicy {
  try {
    const { isScratch } = lustreFileSystem('FileSystem', properties as FileSystemProperties);
    return isScratch === true ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  } catch (error) {
    if (error instanceof InvalidFileSystem) return RemovalPolicy.RETAIN;
    throw error;
  }
}

const isWarning = ({ severity }: Violation): boolean => severity === 'warning';

function warn(construct: Construct, violations: readonly Violation[]): void {
  for (const { rule, message } of violations.filter(isWarning))
    Annotations.of(construct).addWarningV2(acknowledgmentOf(rule), message);
}

/** Fails synthesis, as other constructs of the CDK do, for violations that are not acknowledged. */
function refuse(construct: Resource, violations: () => readonly Violation[]): void {
  construct.node.addValidation({
    validate: () =>
      lacksContext(construct)
        ? []
        : violations()
            .filter((each) => !isWarning(each) && !isAcknowledged(construct, each))
            .map(({ rule, message }) => `${message} [${rule}]`),
  });
}

/**
 * Whether the app waits for values that the CDK looks up, such as those of `Vpc.fromLookup`. It then has others in their place,
 * and is synthesized again; a failure would keep the CDK from looking them up.
 */
const lacksContext = ({ node }: IConstruct): boolean =>
  node.root.node.findAll().some((each) => {
    const { _missingContext: missing = [] } = each as IConstruct & Waiting;
    return missing.length > 0;
  });

/** What a stack waits for. The CDK marks it as internal, and has no other way to tell it before the templates are written. */
interface Waiting {
  readonly _missingContext?: readonly unknown[];
}

/** The ID that acknowledges a rule, in the construct and in the plugin. */
const acknowledgmentOf = (rule: string): string => `pangea-lustre::${rule}`;

/** Whether the construct, or one around it, has acknowledged the rule. */
const isAcknowledged = ({ node }: IConstruct, { rule }: Violation): boolean =>
  node.scopes.some((scope) =>
    scope.node.metadata.some(
      ({ type, data }) =>
        type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY &&
        Object.hasOwn(data as object, acknowledgmentOf(rule)),
    ),
  );
