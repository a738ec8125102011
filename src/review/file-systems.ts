/** Finds the Lustre file systems of a template, and what each is in every deployment. */
import type { Deployment } from '../template/deployment';
import { forEachDeployment } from '../template/deployments';
import { evaluate, isCreated, type Context, type ContextualEntry } from '../template/intrinsics';
import { QUOTAS } from '../template/limits';
import type { Model } from '../lustre/unresolved/model';
import type { Violation } from '../lustre/violations';
import { member, textOf, type Node } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';
import { bind, type Bindings } from '../template/text';
import { isUnknown, scalarText, unknown, type NoValue, type Value } from '../template/values';
import { countedEntries, isTooLong } from './checks/check-quotas';
import { withoutPlaceholders } from './checks/placeholders';
import type { LustreProperties } from '../lustre/properties';
import {
  FILE_SYSTEM_TYPE,
  NATIVE,
  NATIVE_TYPE,
  NESTED,
  OURS,
  type ResourceType,
} from './resource-types';

const LUSTRE = 'LUSTRE';

/** A resource that describes a file system. */
export interface FileSystem {
  readonly logicalId: string;
  readonly type: ResourceType;
  /** Offset of the logical ID. */
  readonly at: number;
  readonly node: Node;
  readonly bindings: Bindings;
}

/** The file system that a backup was made of. */
export interface BackedUp {
  readonly logicalId: string;
  /** The known properties, with the defaults. */
  readonly properties: LustreProperties;
  /** The properties with unknown values. */
  readonly open: ReadonlySet<string>;
}

/** A file system in one deployment of its template. */
export interface Outcome {
  /** The conditions that were evaluated. */
  readonly conditions: ReadonlyMap<string, boolean>;
  /** Values that were read and differ between deployments, such as those of parameters. */
  readonly values: ReadonlyMap<string, string>;
  /** The names of everything that differs between deployments. */
  readonly varied: ReadonlySet<string>;
  /** Whether every parameter with a default has its default. */
  readonly byDefault: boolean;
  /** The parameters with another value than their default. */
  readonly nonDefaultParameters: ReadonlySet<string>;
  /** The region, if the deployment is one for a region that the template names. */
  readonly region?: string;
  /** The file system whose backup it is restored from, if the template has both and the option is set. */
  readonly backup?: BackedUp;
  /** Its properties as far as they are known. Undefined if it is not created, or is not of type LUSTRE. */
  readonly properties?: Exclude<Value, NoValue>;
}

/** An outcome in which the file system is created. */
export type Created = Outcome & Required<Pick<Outcome, 'properties'>>;

/** The options of a review. */
export interface ReviewOptions extends DeploymentOptions {
  /** The name of the template in findings. */
  readonly file?: string;
  /** Today, YYYY-MM-DD. Errors that are based on a table older than a year are then warnings. */
  readonly date?: string;
  /** Leaves the allowed numbers (capacities, tiers, IOPS, versions) to FSx. */
  readonly deferToFsx?: boolean;
  /** Whether Lustre file systems of type AWS::FSx::FileSystem are reviewed. Default: true. */
  readonly native?: boolean;
  /** Further rules for the properties, such as the guardrails of an account. */
  readonly limits?: (model: Model, type: ResourceType) => Violation[];
}

/**
 * The Lustre file systems of a template, of this type and of AWS::FSx::FileSystem. Those in an Fn::ForEach are found once for
 * each iteration.
 */
export function findFileSystems(template: Template, options: ReviewOptions): FileSystem[] {
  // CloudFormation refuses the template because of resources beyond the quota and names that are too long, so these are not
  // reviewed.
  const resources = [...countedEntries(template, 'Resources', options)]
    .slice(0, QUOTAS.entries.Resources)
    .filter(({ key }) => !isTooLong(key));
  const ofType = (type: ResourceType): FileSystem[] =>
    resources
      .filter(
        ({ node, context: { bindings } }) =>
          bind(textOf(member(node, 'Type')) ?? '', bindings) === type.name,
      )
      .map((resource) => fileSystem(resource, type));
  const native = options.native === false ? [] : ofType(NATIVE);
  return [...ofType(OURS), ...native.filter((each) => mayBeLustre(template, each, options))];
}

const fileSystem = (
  { key, at, node, context: { bindings } }: ContextualEntry,
  type: ResourceType,
): FileSystem => ({ logicalId: key, type, at, node, bindings });

function mayBeLustre(
  template: Template,
  fileSystem: FileSystem,
  options: DeploymentOptions,
): boolean {
  const kind = member(member(fileSystem.node, 'Properties'), FILE_SYSTEM_TYPE);
  if (kind?.kind === 'scalar') return bind(textOf(kind) ?? '', fileSystem.bindings) === LUSTRE;
  // One that is not Lustre by default may become so.
  const { nonDefault } = options;
  const wide = nonDefault === 'none' ? { ...options, nonDefault: 'deciding' as const } : options;
  return outcomesOf(template, fileSystem, wide).created.length > 0;
}

/**
 * The distinct outcomes of a file system: one for each combination of the conditions that it depends on. `complete` tells
 * whether these are all.
 */
export function outcomesOf(
  template: Template,
  fileSystem: FileSystem,
  options: DeploymentOptions,
  visit = outcomeIn,
): { outcomes: readonly Outcome[]; created: readonly Created[]; complete: boolean } {
  const { results: outcomes, complete } = forEachDeployment(template, options, (deployment) =>
    visit(deployment, fileSystem),
  );
  const created = outcomes.filter((each): each is Created => each.properties !== undefined);
  return { outcomes, created, complete };
}

/** The parts of a deployment in which it differs from others. */
export const variantOf = ({
  conditions,
  values,
  varied,
  kind: { byDefault },
  nonDefaultParameters,
}: Deployment): Outcome => ({ conditions, values, varied, byDefault, nonDefaultParameters });

/** The smallest number of parameters with other values than their defaults. */
export const fewestNonDefaults = (outcomes: Iterable<Outcome>): number =>
  Math.min(...Array.from(outcomes, ({ nonDefaultParameters }) => nonDefaultParameters.size));

/** A file system in a deployment. */
export function outcomeIn(
  deployment: Deployment,
  { node, bindings, at, type }: FileSystem,
): Outcome {
  const variant = variantOf(deployment);
  const context = { deployment, bindings };
  if (!isCreated(node, context)) return variant;
  const written = member(node, 'Properties');
  if (type.name === NATIVE_TYPE) decideKind(member(written, FILE_SYSTEM_TYPE), context);
  const given = asGiven(written && evaluate(written, context, at), at);
  const properties = type.name === NATIVE_TYPE ? lustreOnly(given) : given;
  if (!properties) return variant;
  const told = deployment.knownValue('AWS::Region');
  const region = told && scalarText(told);
  return {
    ...variant,
    properties: properties.kind === 'object' ? withoutPlaceholders(properties) : properties,
    ...(region !== undefined && { region }),
  };
}

/** Makes a deployment in which the type of a file system is LUSTRE, if that is one of several allowed values. */
function decideKind(written: Node | undefined, context: Context): void {
  if (!written || written.kind === 'scalar') return;
  const { deployment } = context;
  const kind = evaluate(written, context);
  const parameter = (kind.kind === 'scalar' ? kind.origin?.parameter : undefined) ?? '';
  const allowed = isUnknown(kind)
    ? kind.unknown.values
    : deployment.template.allowedValues(parameter);
  if (!allowed?.includes(LUSTRE)) return;
  deployment.lookUp(
    deployment.evaluateKeys(() => evaluate(written, context)),
    [LUSTRE],
  );
}

/** The properties, of any kind; empty properties if none are given. */
function asGiven(value: Value | undefined, at: number): Created['properties'] {
  const isAbsent =
    value === undefined ||
    value.kind === 'no value' ||
    (value.kind === 'scalar' && value.value === null);
  return isAbsent ? { kind: 'object', members: new Map(), at } : value;
}

/** The properties of an AWS::FSx::FileSystem if it is of type LUSTRE, else undefined. */
export function lustreOnly(properties: Created['properties']): Created['properties'] | undefined {
  if (properties.kind !== 'object') return properties;
  const kind = properties.members.get(FILE_SYSTEM_TYPE)?.value;
  if (kind?.kind === 'unknown') {
    if (!kind.unknown.mayBe(LUSTRE)) return undefined;
    const { text, why } = kind.unknown;
    return unknown(text, `its FileSystemType is not (${why})`, kind.at);
  }
  if (!kind || scalarText(kind) !== LUSTRE) return undefined;
  const nested = properties.members.get(NESTED)?.value;
  return nested?.kind === 'unknown' ? nested : properties;
}
