import { compareVersions, type Offering } from '../lustre/catalog/catalog';
import type { CostOptions } from '../lustre/estimates/cost';
import { applicabilityOf, offeringsFor } from '../lustre/catalog/offerings';
import { head } from '../lustre/properties/parse';
import { checkPartial } from '../lustre/unresolved/check';
import { unknownsIn } from '../lustre/unknown';
import { errorsOf } from '../lustre/violations';
import { estimatePartial, type PartialEstimate } from '../lustre/unresolved/estimate';
import type {
  LustreAttributes,
  LustreProperties,
  MonthlyCostBreakdown,
} from '../lustre/properties';
import { TYPE_NAME, withDefaults } from '../lustre/properties';
import { InvalidFileSystem } from './error';
import type { FileSystemProperties } from './properties';
import { withUnknowns } from './tokens';

export interface Ref {
  readonly Ref: string;
}

export interface GetAtt {
  readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string];
}

/** What a resource has beside its type and properties. */
export interface ResourceAttributes {
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface ResourceOptions extends ResourceAttributes {
  /** The region whose prices count; us-east-1 where it is left out. */
  readonly region?: string;
}

/** What the file system gives and costs; what a token decides is absent. */
export interface Estimates {
  /** MB/s. */
  readonly baselineThroughput?: number;
  /** MB/s. */
  readonly burstThroughput?: number;
  /** USD. */
  readonly monthlyCost?: number;
  readonly monthlyCostBreakdown?: MonthlyCostBreakdown;
  /** Whose prices, of when, how sure. */
  readonly costBasis?: string;
}

/**
 * A Lustre file system to put into a template. What FSx would refuse is refused here, with the messages of the resource
 * type; what a token decides is left to the deployment.
 * @throws InvalidFileSystem
 */
export function lustreFileSystem(
  logicalId: string,
  properties: FileSystemProperties,
  options: ResourceOptions = {},
): LustreFileSystem {
  return new LustreFileSystem(logicalId, properties, options);
}

/** A checked file system: its resource, references to what it returns, estimates, and what it can do. */
export class LustreFileSystem {
  /** The resource, as it stands in a template under its logical id. */
  readonly resource: ResourceAttributes & {
    readonly Type: typeof TYPE_NAME;
    readonly Properties: Readonly<Record<string, unknown>>;
  };
  readonly estimates: Estimates;
  /** What FSx may refuse, though no refusal is on record. */
  readonly warnings: readonly string[];
  readonly #known: LustreProperties;
  /** The properties that a token decides, and whether it may decide for none. */
  readonly #open: ReadonlyMap<string, { readonly mayBeAbsent: boolean }>;

  /** @throws InvalidFileSystem */
  constructor(
    readonly logicalId: string,
    properties: FileSystemProperties,
    { region = 'us-east-1', ...attributes }: ResourceOptions = {},
  ) {
    if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
      throw new TypeError(
        `${JSON.stringify(logicalId)} is not a valid logical ID: use letters and digits.`,
      );
    }
    const model = withUnknowns(properties) as Record<string, unknown>;
    const violations = checkPartial(model);
    const errors = errorsOf(violations);
    if (errors.length > 0) throw new InvalidFileSystem(logicalId, errors);
    this.warnings = violations.map(({ message }) => message);
    const estimate = estimatePartial(model, { region } satisfies CostOptions);
    this.estimates = estimatesOf(estimate);
    this.#open = new Map(
      unknownsIn(model).map(([path, { known }]) => [
        head(path),
        { mayBeAbsent: path === head(path) && known.mayBeAbsent === true },
      ]),
    );
    const open = Object.fromEntries([...this.#open.keys()].map((name) => [name, undefined]));
    this.#known = { ...withDefaults(estimate.properties), ...open };
    this.resource = { Type: TYPE_NAME, ...attributes, Properties: without(properties) };
  }

  /** The resource by its logical id, to spread into the Resources of a template. */
  get resources(): Readonly<Record<string, LustreFileSystem['resource']>> {
    return { [this.logicalId]: this.resource };
  }

  /** The file system id. */
  get ref(): Ref {
    return { Ref: this.logicalId };
  }

  get fileSystemId(): GetAtt {
    return this.#attribute('FileSystemId');
  }

  get resourceArn(): GetAtt {
    return this.#attribute('ResourceARN');
  }

  get dnsName(): GetAtt {
    return this.#attribute('DNSName');
  }

  get mountName(): GetAtt {
    return this.#attribute('MountName');
  }

  get mountCommand(): GetAtt {
    return this.#attribute('MountCommand');
  }

  /** A list: join it where CloudFormation wants text, as in outputs. */
  get networkInterfaceIds(): GetAtt {
    return this.#attribute('NetworkInterfaceIds');
  }

  get vpcId(): GetAtt {
    return this.#attribute('VpcId');
  }

  get ownerId(): GetAtt {
    return this.#attribute('OwnerId');
  }

  /** MB/s, as text such as 1440 or 14.4. */
  get estimatedBaselineThroughput(): GetAtt {
    return this.#attribute('EstimatedBaselineThroughput');
  }

  /** MB/s, as text such as 6240 or 14.4. */
  get estimatedBurstThroughput(): GetAtt {
    return this.#attribute('EstimatedBurstThroughput');
  }

  /** USD, as text such as 672.00. */
  get estimatedMonthlyCost(): GetAtt {
    return this.#attribute('EstimatedMonthlyCost');
  }

  /** Each of its components; CloudFormation finds no attribute where one does not apply. */
  get estimatedMonthlyCostBreakdown(): Readonly<Record<keyof MonthlyCostBreakdown, GetAtt>> {
    const component = (name: keyof MonthlyCostBreakdown) =>
      this.#attribute(`EstimatedMonthlyCostBreakdown.${name}`);
    return {
      Storage: component('Storage'),
      ThroughputTier: component('ThroughputTier'),
      MetadataIops: component('MetadataIops'),
      ReadCache: component('ReadCache'),
      ThroughputCapacity: component('ThroughputCapacity'),
    };
  }

  get estimatedCostBasis(): GetAtt {
    return this.#attribute('EstimatedCostBasis');
  }

  #attribute(
    name: keyof LustreAttributes | `EstimatedMonthlyCostBreakdown.${keyof MonthlyCostBreakdown}`,
  ): GetAtt {
    return { 'Fn::GetAtt': [this.logicalId, name] };
  }

  // Each of the following is undefined where a token decides.

  /** Whether the data is lost when a server fails. */
  get isScratch(): boolean | undefined {
    return this.#all(({ deployment }) => deployment.startsWith('SCRATCH'));
  }

  get isPersistent(): boolean | undefined {
    return this.#all(({ deployment }) => deployment.startsWith('PERSISTENT'));
  }

  /** Whether its storage grows by itself and is billed by use. */
  get isElastic(): boolean | undefined {
    return this.#all(({ storage }) => storage === 'INTELLIGENT_TIERING');
  }

  /** Whether StorageCapacity can be increased in place. */
  get canGrow(): boolean | undefined {
    return this.#all(({ grows }) => grows);
  }

  /** Whether it reads from S3 by ImportPath, which rules out backups. */
  get isLinkedToS3(): boolean | undefined {
    const open = this.#open.get('ImportPath');
    if (open) return open.mayBeAbsent ? undefined : true;
    return this.#known.ImportPath !== undefined;
  }

  get supportsBackups(): boolean | undefined {
    return this.#unlinked(
      this.#all((offering) => applicabilityOf('BackupId', offering) !== 'refused'),
    );
  }

  get supportsMetadataConfiguration(): boolean | undefined {
    return this.#all(
      (offering) => applicabilityOf('MetadataConfiguration', offering) !== 'refused',
    );
  }

  get supportsEfa(): boolean | undefined {
    return this.#all((offering) => applicabilityOf('EfaEnabled', offering) !== 'refused');
  }

  /** Whether AWS::FSx::DataRepositoryAssociation can link it to S3: from Lustre 2.12 on. */
  get supportsDataRepositoryAssociations(): boolean | undefined {
    const { FileSystemTypeVersion: version } = this.#known;
    const byKind = this.#all(
      ({ deployment, storage }) => deployment !== 'SCRATCH_1' && storage !== 'INTELLIGENT_TIERING',
    );
    if (version === undefined) return this.#unlinked(byKind === false ? false : undefined);
    return this.#unlinked(compareVersions(version, '2.12') >= 0 && byKind);
  }

  /** What a link to S3 rules out. */
  #unlinked(holds: boolean | undefined): boolean | undefined {
    const linked = this.isLinkedToS3;
    if (linked === undefined) return holds === false ? false : undefined;
    return linked ? false : holds;
  }

  /** What holds for every kind of file system that this may turn out to be; undefined where they differ. */
  #all(holds: (offering: Offering) => boolean): boolean | undefined {
    const [first, ...others] = offeringsFor(this.#known).map(holds);
    return others.every((other) => other === first) ? first : undefined;
  }
}

function estimatesOf({ throughput, cost }: PartialEstimate): Estimates {
  return {
    ...(throughput && {
      baselineThroughput: throughput.baseline,
      burstThroughput: throughput.burst,
    }),
    ...(cost && {
      monthlyCost: cost.monthly,
      monthlyCostBreakdown: cost.breakdown,
      costBasis: cost.basis,
    }),
  };
}

/** The properties that are given. */
const without = (properties: FileSystemProperties): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
