/** Security groups in the same template: their rules must allow Lustre traffic among the members of the group. */
import { countedEntries } from './check-quotas';
import { findInDeployments, type DeploymentProblem, type Reported } from './deployment-problems';
import type { FileSystem, ReviewOptions } from '../file-systems';
import { referencesIn } from '../references';
import { modelOf } from '../resource-model';
import type { Deployment } from '../../template/deployment';
import { defaultDeployment } from '../../template/deployments';
import {
  branchOf,
  evaluate,
  isCreated,
  outside,
  type Context,
  type ContextualEntry,
} from '../../template/intrinsics';
import { entry, hasMadeEntries, member, textOf, type Entry, type Node } from '../../template/node';
import type { Template } from '../../template/template';
import { memberOf, scalarText, type Value } from '../../template/values';

/**
 * The TCP ports that Lustre needs, inbound and outbound.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
 */
const LNET = { from: 988, to: 988 };
const CLIENTS = { from: 1018, to: 1023 };

const GROUP = 'AWS::EC2::SecurityGroup';

/** The types of rules that are resources of their own. */
const SEPARATE = {
  ingress: 'AWS::EC2::SecurityGroupIngress',
  egress: 'AWS::EC2::SecurityGroupEgress',
};

interface Ports {
  readonly from: number;
  readonly to: number;
}

/** The ports that a rule opens; undefined if they are not known. */
type Opened = Ports | undefined;

/** What a rule opens that opens no TCP port. */
const NONE: Ports = { from: -1, to: -1 };

/**
 * Security groups that do not allow Lustre traffic, according to the rules in the template. A file system is skipped in
 * deployments in which the template does not show the rules of all its groups.
 */
export function checkSecurityGroups(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
): Reported {
  const resources =
    fileSystems.length > 0
      ? [...countedEntries(template, 'Resources', options)].filter(({ node }) =>
          [GROUP, ...Object.values(SEPARATE)].includes(textOf(member(node, 'Type')) ?? ''),
        )
      : [];
  const groups = new Map(
    resources
      .filter(({ node }) => textOf(member(node, 'Type')) === GROUP)
      .map((each) => [each.key, each]),
  );
  const context = outside(defaultDeployment(template, options));
  const refersToAny = (fileSystem: FileSystem): boolean => {
    const given = groupsOf(fileSystem);
    const { bindings } = fileSystem;
    const named = given ? [...referencesIn(given.value, { ...context, bindings })] : [];
    return named.some(({ name }) => groups.has(name));
  };
  const guarded = groups.size > 0 ? fileSystems.filter(refersToAny) : [];
  return findInDeployments(template, guarded, options, (deployment, { properties }, fileSystem) =>
    problemsIn(deployment, fileSystem, properties, { groups, resources }),
  );
}

/** SecurityGroupIds as written. */
const groupsOf = ({ node }: FileSystem): Entry | undefined =>
  entry(member(node, 'Properties'), 'SecurityGroupIds');

/** The security groups of a template, and the groups and rules that are resources of their own. */
interface Groups {
  readonly groups: ReadonlyMap<string, ContextualEntry>;
  readonly resources: readonly ContextualEntry[];
}

/** What the groups of a file system do not allow in a deployment. */
function problemsIn(
  deployment: Deployment,
  fileSystem: FileSystem,
  properties: Value,
  { groups, resources }: Groups,
): DeploymentProblem[] {
  const context = { deployment, bindings: fileSystem.bindings };
  const given = groupsOf(fileSystem);
  const written = given && branchOf(given.value, context);
  const own = written?.kind === 'list' ? written.items : [];
  const referred = own.map((item) => groupOf(item, context, groups));
  if (referred.includes(undefined)) return [];
  const names = [...new Set(referred.flatMap((name) => name ?? []))];
  if (!given || names.length === 0) return [];
  const about = {
    at: given.at,
    property: 'SecurityGroupIds',
    rule: 'security-group-ports',
  } as const;
  const inDeployment = resources
    .map((each) => ({ ...each, context: { ...each.context, deployment } }))
    .filter((each) => isCreated(each.node, each.context));
  const members = inDeployment.filter(({ key }) => names.includes(key));
  if (members.some(mayGainRules)) return [];
  const others = new Set([...groups.keys()].filter((name) => !names.includes(name)));
  const isOpenToEfa = (direction: Direction): boolean =>
    members.some((group) =>
      rulesOf(group, direction, inDeployment).some((rule) => mayAllowAll(rule, direction, names)),
    );
  if (hasEfa(properties, fileSystem) && !(isOpenToEfa('ingress') && isOpenToEfa('egress')))
    return [
      {
        ...about,
        message: `${names.join(', ')} ${names.length > 1 ? 'do' : 'does'} not allow all traffic to and from the members of the group, which EFA requires. Add an inbound and an outbound rule with IpProtocol -1 for the group itself; rules for IP addresses do not count.`,
      },
    ];
  return (['ingress', 'egress'] as const).flatMap((direction): DeploymentProblem[] => {
    const opened = members.flatMap((group) => openedBy(group, direction, inDeployment, others));
    const closed = [LNET, CLIENTS].find((ports) => closedOf(ports, opened).length > 0);
    if (!closed) return [];
    const ports = describePorts(closedOf(closed, opened));
    const inbound = direction === 'ingress';
    return [
      {
        ...about,
        message: `${names.join(', ')} ${names.length > 1 ? 'allow' : 'allows'} no ${inbound ? 'inbound' : 'outbound'} TCP traffic on ${ports}, which Lustre requires ${inbound ? 'from' : 'to'} the members of the group and the clients. Add a rule for ports 988 and 1018-1023 ${inbound ? 'from' : 'to'} the group itself.`,
        // FSx is recorded to refuse a group that blocks port 988, but not one that blocks the others only.
        severity: closed === LNET ? 'error' : 'warning',
      },
    ];
  });
}

/** The security group that an item of SecurityGroupIds refers to, if any; undefined if it is not in the template. */
function groupOf(
  item: Node,
  context: Context,
  groups: ReadonlyMap<string, unknown>,
): string | null | undefined {
  const written = branchOf(item, context);
  const [only, ...more] = [...referencesIn(written, context)];
  if (only?.name === 'AWS::NoValue') return null;
  return only && more.length === 0 && groups.has(only.name) && written.kind === 'map'
    ? only.name
    : undefined;
}

/** The ports that no rule opens. Several rules together may open a range. */
const closedOf = ({ from, to }: Ports, opened: readonly Opened[]): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
    (port) => !opened.some((each) => !each || (each.from <= port && each.to >= port)),
  );

/** `port 988`, `ports 1018-1020`, `ports 1018, 1023`. */
function describePorts(ports: readonly number[]): string {
  const [first = 0] = ports;
  const isRange = ports.every((port, index) => port === first + index);
  if (ports.length === 1) return `port ${first}`;
  return `ports ${isRange ? `${first}-${first + ports.length - 1}` : ports.join(', ')}`;
}

const WITHIN = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' };

type Direction = keyof typeof WITHIN;

/** The group at the other end of a rule. */
const PEER = { ingress: 'SourceSecurityGroupId', egress: 'DestinationSecurityGroupId' };

/**
 * The ports that the rules of a group open, including rules that are separate resources. Rules for other groups of the
 * template do not open any to the members of the group.
 */
function openedBy(
  group: ContextualEntry,
  direction: Direction,
  resources: readonly ContextualEntry[],
  groups: ReadonlySet<string>,
): Opened[] {
  const all = rulesOf(group, direction, resources).map((rule) =>
    groups.has(peerOf(rule, PEER[direction]) ?? '') ? NONE : portsOf(rule),
  );
  // Without outbound rules in the template, EC2 adds one that allows all traffic.
  return all.length === 0 && direction === 'egress' ? [undefined] : all;
}

/** The properties of a resource, those of the branch that Fn::If takes. */
const propertiesOf = ({ node, context }: ContextualEntry): Node | undefined => {
  const properties = member(node, 'Properties');
  return properties && branchOf(properties, context);
};

/** Whether a function makes properties of a group, such as Fn::Transform, so that the template does not show its rules. */
function mayGainRules(group: ContextualEntry): boolean {
  const properties = propertiesOf(group);
  return properties?.kind === 'map' && hasMadeEntries(properties);
}

/** The rules of a group, including those that are separate resources. */
function rulesOf(
  group: ContextualEntry,
  direction: Direction,
  resources: readonly ContextualEntry[],
): Value[] {
  const { key } = group;
  const written = member(propertiesOf(group), WITHIN[direction]);
  const rules = written ? evaluate(written, group.context) : undefined;
  const separate = resources.filter(
    (each) =>
      textOf(member(each.node, 'Type')) === SEPARATE[direction] &&
      [...referencesIn(member(each.node, 'Properties') ?? each.node, each.context)].some(
        ({ name }) => name === key,
      ),
  );
  const own = rules === undefined || rules.kind === 'no value' ? [] : itemsOf(rules);
  const others = separate.flatMap((each) => {
    const properties = member(each.node, 'Properties');
    const rule = properties && evaluate(properties, each.context);
    const of = rule && peerOf(rule, 'GroupId');
    return rule && (of === undefined || of === key) ? [rule] : [];
  });
  return [...own, ...others];
}

/** Whether a file system has EFA. */
const hasEfa = (properties: Value, { type }: FileSystem): boolean =>
  properties.kind === 'object' &&
  String(modelOf(properties, type).EfaEnabled).toLowerCase() === 'true';

/**
 * Whether a rule may allow all traffic between the members of the groups. A rule for IP addresses does not, for EFA.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
 */
function mayAllowAll(rule: Value, direction: Direction, names: readonly string[]): boolean {
  if (rule.kind !== 'object') return true;
  const protocol = textIn(rule, 'IpProtocol');
  const peer = memberOf(rule, PEER[direction]);
  const of = peerOf(rule, PEER[direction]);
  return (
    (protocol === undefined || protocol === '-1') &&
    peer !== undefined &&
    (of === undefined || names.includes(of))
  );
}

/** The logical ID of the resource that a member of a rule refers to, if it is in the template. */
function peerOf(rule: Value, member: string): string | undefined {
  const value = memberOf(rule, member);
  return value?.kind === 'unknown' ? value.unknown.known.reference?.logicalId : undefined;
}

const itemsOf = (value: Value): readonly Value[] => (value.kind === 'list' ? value.items : [value]);

function portsOf(rule: Value): Opened {
  if (rule.kind !== 'object') return undefined;
  const protocol = textIn(rule, 'IpProtocol');
  if (protocol === undefined || protocol === '-1') return undefined;
  if (protocol !== 'tcp' && protocol !== '6') return NONE;
  const [from, to] = [textIn(rule, 'FromPort'), textIn(rule, 'ToPort')];
  return from === undefined || to === undefined
    ? undefined
    : { from: Number(from), to: Number(to) };
}

const textIn = (rule: Value, name: string): string | undefined => {
  const value = memberOf(rule, name);
  return value && scalarText(value);
};
