import { ASSOCIATION_VERSION, compareVersions, type Offering } from '../lustre/catalog/catalog';
import type { CostOptions } from '../lustre/estimates/cost';
import { applicabilityOf, isScratch, offeringsFor } from '../lustre/catalog/offerings';
import { defined } from '../lustre/json';
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

/** A call of Ref. */
export interface Ref {
  readonly Ref: string;
}

/** A call of Fn::GetAtt. */
export interface GetAtt {
  readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string];
}

/** The attributes of a resource other than its type and properties. */
export interface ResourceAttributes {
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Options of `lustreFileSystem`. */
export interface ResourceOptions extends ResourceAttributes {
  /** The region whose prices are used. Default: us-east-1. */
  readonly region?: string;
}

/** The estimates of the file system. Those that a token decides are absent. */
export interface Estimates {
  /** MB/s. */
  readonly baselineThroughput?: number;
  /** MB/s. */
  readonly burstThroughput?: number;
  /** USD a month. */
  readonly monthlyCost?: number;
  readonly monthlyCostBreakdown?: MonthlyCostBreakdown;
  /** What the prices are based on, in sentences. */
  readonly costBasis?: string;
}

/**
 * A Lustre file system for a template. It is checked with the rules and messages of the resource type. Values that a token
 * decides are checked at deployment.
 *
 * @throws InvalidFileSystem
 */
export function lustreFileSystem(
  logicalId: string,
  properties: FileSystemProperties,
  options: ResourceOptions = {},
): LustreFileSystem {
  return new LustreFileSystem(logicalId, properties, options);
}

/** A checked file system: its resource, references to its attributes, estimates, and capabilities. */
export class LustreFileSystem {
  /** The resource, as it is in a template under its logical ID. */
  readonly resource: ResourceAttributes & {
    readonly Type: typeof TYPE_NAME;
    readonly Properties: Readonly<Record<string, unknown>>;
  };
  readonly estimates: Estimates;
  /** What FSx may refuse, although no refusal is recorded. */
  readonly warnings: readonly string[];
  readonly #known: LustreProperties;
  /** The properties that a token decides, and whether it may remove them. */
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
    this.resource = { Type: TYPE_NAME, ...attributes, Properties: defined(properties) };
  }

  /** The resource by its logical ID, to spread into the Resources of a template. */
  get resources(): Readonly<Record<string, LustreFileSystem['resource']>> {
    return { [this.logicalId]: this.resource };
  }

  /** A reference to the file system ID. */
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

  /** A list. Join it where CloudFormation expects a string, as in outputs. */
  get networkInterfaceIds(): GetAtt {
    return this.#attribute('NetworkInterfaceIds');
  }

  get vpcId(): GetAtt {
    return this.#attribute('VpcId');
  }

  get ownerId(): GetAtt {
    return this.#attribute('OwnerId');
  }

  /** MB/s, as a string such as 1440 or 14.4. */
  get estimatedBaselineThroughput(): GetAtt {
    return this.#attribute('EstimatedBaselineThroughput');
  }

  /** MB/s, as a string such as 6240 or 14.4. */
  get estimatedBurstThroughput(): GetAtt {
    return this.#attribute('EstimatedBurstThroughput');
  }

  /** USD a month, as a string such as 672.00. */
  get estimatedMonthlyCost(): GetAtt {
    return this.#attribute('EstimatedMonthlyCost');
  }

  /** The components of the cost. CloudFormation fails for a component that does not apply, because it is absent. */
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

  // The following are undefined if a token decides.

  /** Whether the data is lost if a server fails. */
  get isScratch(): boolean | undefined {
    return this.#all(isScratch);
  }

  get isPersistent(): boolean | undefined {
    return this.#all((offering) => !isScratch(offering));
  }

  /** Whether the storage grows by itself and is billed by usage. */
  get isElastic(): boolean | undefined {
    return this.#all(({ storage }) => storage === 'INTELLIGENT_TIERING');
  }

  /** Whether StorageCapacity can be increased in place. */
  get canGrow(): boolean | undefined {
    return this.#all(({ grows }) => grows);
  }

  /** Whether it is linked to S3 by ImportPath, which excludes backups. */
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

  /** Whether AWS::FSx::DataRepositoryAssociation can link it to S3, which requires Lustre 2.12 or newer. */
  get supportsDataRepositoryAssociations(): boolean | undefined {
    const { FileSystemTypeVersion: version } = this.#known;
    const byKind = this.#all(({ associations }) => associations);
    if (version === undefined) return this.#unlinked(byKind === false ? false : undefined);
    return this.#unlinked(compareVersions(version, ASSOCIATION_VERSION) >= 0 && byKind);
  }

  /** A capability that a link to S3 excludes. */
  #unlinked(holds: boolean | undefined): boolean | undefined {
    const linked = this.isLinkedToS3;
    if (linked === undefined) return holds === false ? false : undefined;
    return linked ? false : holds;
  }

  /** A capability that every possible kind of file system has; undefined if they differ. */
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
