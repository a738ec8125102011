/** The Lustre file systems of a template, and what each of them turns out to be. */
import type { Deployment } from '../template/deployment';
import { forEachDeployment } from '../template/deployments';
import { conditionHolds, evaluate, type ContextualEntry } from '../template/intrinsics';
import { QUOTAS } from '../template/limits';
import type { Model } from '../lustre/unresolved/model';
import type { Violation } from '../lustre/violations';
import { member, textOf, type Node } from '../template/node';
import type { DeploymentOptions, Template } from '../template/template';
import { bind, type Bindings } from '../template/text';
import { scalarText, unknown, valueText, type NoValue, type Value } from '../template/values';
import { countedEntries, isTooLong } from './check-quotas';
import { withoutPlaceholders } from './placeholders';
import type { LustreProperties } from '../lustre/properties';
import {
  FILE_SYSTEM_TYPE,
  NATIVE,
  NATIVE_TYPE,
  NESTED,
  OURS,
  type ResourceType,
} from './resource-types';

/** A resource that describes a file system. */
export interface FileSystem {
  readonly logicalId: string;
  readonly type: ResourceType;
  /** Offset of the logical id. */
  readonly at: number;
  readonly node: Node;
  readonly bindings: Bindings;
}

/** The file system that a backup is of. */
export interface BackedUp {
  readonly logicalId: string;
  /** What is known of it, with its defaults. */
  readonly properties: LustreProperties;
  /** The properties that are not known. */
  readonly open: ReadonlySet<string>;
}

/** What a file system turns out to be in one of the deployments of its template. */
export interface Outcome {
  /** The conditions that were asked. */
  readonly conditions: ReadonlyMap<string, boolean>;
  /** What was asked for and has another value elsewhere, such as a parameter. */
  readonly values: ReadonlyMap<string, string>;
  /** What has another value in another deployment. */
  readonly varied: ReadonlySet<string>;
  /** Whether every parameter that has a default has that. */
  readonly byDefault: boolean;
  /** The parameters that have a default, and another value here. */
  readonly nonDefaultParameters: ReadonlySet<string>;
  /** The region, where the deployment is one of a region that the template names. */
  readonly region?: string;
  /** The file system whose backup it is restored from, where that is looked for and the template shows it. */
  readonly backup?: BackedUp;
  /** What is known of its properties, whatever was written there; undefined where it is not created, or not Lustre. */
  readonly properties?: Exclude<Value, NoValue>;
}

/** An outcome in which the file system is created. */
export type Created = Outcome & Required<Pick<Outcome, 'properties'>>;

/** Which template is reviewed, and what of it. */
export interface ReviewOptions extends DeploymentOptions {
  /** Name of the template in what is found. */
  readonly file?: string;
  /** Today, YYYY-MM-DD: what a table says that has grown old by then is a warning. */
  readonly date?: string;
  /** Leave the tables of numbers to FSx. */
  readonly deferToFsx?: boolean;
  /** Whether AWS::FSx::FileSystem of type LUSTRE is looked at; it is where this is absent. */
  readonly native?: boolean;
  /** What else is held against the properties, such as the limits of an account. */
  readonly limits?: (model: Model, type: ResourceType) => Violation[];
}

/**
 * The Lustre file systems of a template, of this type and of the native one; those in an Fn::ForEach once for each round.
 */
export function findFileSystems(template: Template, options: ReviewOptions): FileSystem[] {
  // CloudFormation refuses the template for those behind the last one that it takes, and for names that are too long.
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
  if (kind?.kind === 'scalar') return bind(textOf(kind) ?? '', fileSystem.bindings) === 'LUSTRE';
  return outcomesOf(template, fileSystem, options).created.length > 0;
}

/**
 * The outcomes that differ for a file system: one for each way that its conditions and those of its properties can turn
 * out, and of those the ones in which it is created. `complete` tells whether there are no others.
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

/** What a deployment has that may be otherwise in another one. */
export const variantOf = ({
  conditions,
  values,
  varied,
  kind: { byDefault },
  nonDefaultParameters,
}: Deployment): Outcome => ({ conditions, values, varied, byDefault, nonDefaultParameters });

/** What a file system is in a deployment. */
export function outcomeIn(
  deployment: Deployment,
  { node, bindings, at, type }: FileSystem,
): Outcome {
  const variant = variantOf(deployment);
  const context = { deployment, bindings };
  const condition = member(node, 'Condition');
  if (condition && !conditionHolds(valueText(evaluate(condition, context)), deployment))
    return variant;
  const written = member(node, 'Properties');
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

/** The properties, whatever they are; none are empty ones. */
function asGiven(value: Value | undefined, at: number): Created['properties'] {
  const isAbsent =
    value === undefined ||
    value.kind === 'no value' ||
    (value.kind === 'scalar' && value.value === null);
  return isAbsent ? { kind: 'object', members: new Map(), at } : value;
}

/** The properties of a native file system, if it is one of type LUSTRE. */
export function lustreOnly(properties: Created['properties']): Created['properties'] | undefined {
  if (properties.kind !== 'object') return properties;
  const kind = properties.members.get(FILE_SYSTEM_TYPE)?.value;
  if (kind?.kind === 'unknown') {
    const { text, why } = kind.unknown;
    return unknown(text, `its FileSystemType is not (${why})`, kind.at);
  }
  if (!kind || scalarText(kind) !== 'LUSTRE') return undefined;
  const nested = properties.members.get(NESTED)?.value;
  return nested?.kind === 'unknown' ? nested : properties;
}
