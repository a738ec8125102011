/** Resources that a file system refers to and that the update replaces, so that the values of the references change. */
import type { Knowledge, Unknown } from '../../lustre/unknown';
import { entries, evaluate, outside } from '../../template/intrinsics';
import { member, textOf, type Entry, type Node } from '../../template/node';
import type { Deployment } from '../../template/deployment';
import { plain } from '../resource-model';
import { differenceOf, isSameNode } from './comparison';
import type { Comparison, Difference } from './difference';

/**
 * The properties whose change replaces a resource, for the types that file systems refer to: createOnlyProperties and
 * conditionalCreateOnlyProperties of their schemas, read in November 2026.
 * https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip
 */
export const REPLACING: Readonly<Partial<Record<string, readonly string[]>>> = Object.assign(
  Object.create(null) as Partial<Record<string, readonly string[]>>,
  {
    'AWS::EC2::SecurityGroup': ['GroupDescription', 'GroupName', 'VpcId'],
    'AWS::EC2::Subnet': [
      'AvailabilityZone',
      'AvailabilityZoneId',
      'CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6CidrBlock',
      'Ipv6IpamPoolId',
      'Ipv6Native',
      'Ipv6NetmaskLength',
      'OutpostArn',
      'VpcId',
    ],
    'AWS::EC2::VPC': ['CidrBlock', 'InstanceTenancy', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],
    'AWS::KMS::Alias': ['AliasName'],
    'AWS::KMS::Key': [],
    'AWS::Logs::LogGroup': ['LogGroupName'],
    'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace'],
  },
);

/**
 * The attributes, beside what Ref returns, of resources whose values AWS assigns, so that no two resources have the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
const ASSIGNED: Readonly<Partial<Record<string, readonly string[]>>> = {
  'AWS::EC2::SecurityGroup': ['GroupId', 'Id'],
  'AWS::EC2::Subnet': ['SubnetId'],
  'AWS::FSx::Backup': ['BackupId', 'ResourceARN'],
  'AWS::KMS::Key': ['Arn', 'KeyId'],
};

/** A resource that is replaced, or may be, so that references to it change. */
export interface ReplacedReference {
  readonly logicalId: string;
  readonly isCertain: boolean;
  readonly why: string;
}

/** Finds the replaced resources that an expression refers to. */
export class References {
  readonly #seen = new Map<string, ReplacedReference | undefined>();

  /** @param changedSecrets The parameters with NoEcho whose values differ. */
  constructor(
    private readonly before: Deployment,
    private readonly after: Deployment,
    private readonly changedSecrets: ReadonlySet<string>,
  ) {}

  /** How to compare the values of two nodes. The nodes may be missing. */
  comparing(before: Node | undefined, after: Node | undefined): Comparison {
    return {
      ofSame: (unknown) => {
        // The key of a function that only CloudFormation can evaluate is its name alone.
        if (/^Fn::\w+$/.test(unknown.key) && !isSameNode(before, after)) return 'unknown';
        return this.#differenceOfSame(unknown);
      },
      ofOthers: (one, other) => this.#differenceOfOthers(one, other),
    };
  }

  #differenceOfSame(unknown: Unknown): Difference {
    const found = this.of(unknown);
    return found === undefined ? 'none' : found.isCertain ? 'certain' : 'unknown';
  }

  /** The ID of another resource is another one, and that of a new resource is none that the stack has had. */
  #differenceOfOthers(before: Unknown, after: Unknown): Difference {
    const [from, to] = [before.known.reference, after.known.reference];
    if (!to || !isAssigned(to)) return 'unknown';
    if (from?.logicalId === to.logicalId) {
      const [samples, others] = [before, after].map(({ known }) => known.like?.join(' '));
      const isSynonym = samples !== undefined && samples === others;
      return isSynonym ? this.#differenceOfSame(after) : 'unknown';
    }
    const isOther = from !== undefined && isAssigned(from);
    return isOther || !mayHave(this.before, to.logicalId) ? 'certain' : 'unknown';
  }

  /** The first replaced resource, or changed parameter, that an expression depends on. */
  of(unknown: Unknown): ReplacedReference | undefined {
    for (const name of namesIn(`${unknown.text} ${unknown.key}`)) {
      if (this.changedSecrets.has(name))
        return { logicalId: name, isCertain: true, why: `the value of ${name} changes` };
      const found = this.#replaced(name);
      if (found) return found;
    }
    return undefined;
  }

  #replaced(logicalId: string): ReplacedReference | undefined {
    if (this.#seen.has(logicalId)) return this.#seen.get(logicalId);
    // Breaks cycles: a resource counts as not replaced until its own result is known.
    this.#seen.set(logicalId, undefined);
    const found = this.#look(logicalId);
    this.#seen.set(logicalId, found);
    return found;
  }

  #look(logicalId: string): ReplacedReference | undefined {
    const [before, after] = [this.before, this.after].map(({ template }) =>
      template.resource(logicalId),
    );
    if (!before && !after) return undefined;
    if (!before || !after) {
      const why = `${logicalId} is ${after ? 'new' : 'no longer'} in the template`;
      return { logicalId, isCertain: true, why };
    }
    const type = textOf(member(after.value, 'Type')) ?? '';
    const names = REPLACING[type];
    if (names === undefined) return this.#unknownType(logicalId, type, before, after);
    for (const name of names) {
      const difference = this.#difference(before, after, name);
      if (difference === 'none') continue;
      const isCertain = difference === 'certain';
      const why = `CloudFormation ${isCertain ? 'replaces' : 'may replace'} ${logicalId}, because its ${name} ${isCertain ? 'changes' : 'may change'}`;
      return { logicalId, isCertain, why };
    }
    return undefined;
  }

  #unknownType(
    logicalId: string,
    type: string,
    before: Entry,
    after: Entry,
  ): ReplacedReference | undefined {
    const [one, other] = [before, after].map(({ value }) => member(value, 'Properties'));
    if (isSameNode(one, other)) return undefined;
    const why = `${logicalId} changes too, and it is not known here which changes replace a resource of type ${type}`;
    return { logicalId, isCertain: false, why };
  }

  #difference(before: Entry, after: Entry, name: string): Difference {
    const [one, other] = [before, after].map(({ value }) =>
      member(member(value, 'Properties'), name),
    );
    const [left, right] = [
      one && plain(evaluate(one, outside(this.before))),
      other && plain(evaluate(other, outside(this.after))),
    ];
    return differenceOf(left, right, this.comparing(one, other));
  }
}

const isAssigned = ({ type, attribute }: NonNullable<Knowledge['reference']>): boolean => {
  const attributes = Object.hasOwn(ASSIGNED, type) ? ASSIGNED[type] : undefined;
  return attributes !== undefined && (attribute === undefined || attributes.includes(attribute));
};

/** Whether a deployment may have a resource of this name, also by Fn::ForEach or a macro. */
function mayHave(deployment: Deployment, logicalId: string): boolean {
  const { template } = deployment;
  const section = template.section('Resources');
  const names = section ? [...entries(section, outside(deployment))] : [];
  return template.mayGainNames || names.some(({ key }) => key === logicalId);
}

/** The logical IDs in an expression: `Subnet` of `${Subnet}`, `Key` of `${Key.Arn}`. */
function* namesIn(text: string): Generator<string> {
  for (const [, name = ''] of text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.[^{}]*)?\}/g)) yield name;
}
