/** Data repository associations in the template of a file system: combinations of the two that FSx refuses. */
import {
  ASSOCIATION_VERSION,
  compareVersions,
  LUSTRE_VERSIONS,
  MOST_ASSOCIATIONS,
  OFFERINGS,
} from '../../lustre/catalog/catalog';
import { without } from '../../lustre/json';
import { joinWithOr } from '../../lustre/wording';
import { head, parseProperties } from '../../lustre/properties/parse';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { unknownsIn } from '../../lustre/unknown';
import type { Deployment } from '../../template/deployment';
import { entries, evaluate, isCreated, outside, type Context } from '../../template/intrinsics';
import { entry, member, textOf, type Entry, type Node } from '../../template/node';
import type { Template } from '../../template/template';
import type { FileSystem, Outcome, ReviewOptions } from '../file-systems';
import { referencesIn } from '../references';
import { modelOf, offsetOf } from '../resource-model';
import { overlaps, pathsIn, wrongId, type Linked } from './association-properties';
import {
  findInDeployments,
  type DeploymentProblem as Problem,
  type Reported,
} from './deployment-problems';

/** The type of a data repository association. */
export const ASSOCIATION = 'AWS::FSx::DataRepositoryAssociation';

interface Association extends Linked {
  /** Offset of FileSystemId. */
  readonly at: number;
  /** Problems of its properties, whatever the file system is. */
  readonly malformed: readonly Problem[];
}

/** The problems of the associations of each file system, in the deployments that have both. */
export function checkAssociations(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
): Reported {
  const hasAny = template
    .section('Resources')
    ?.entries.some(({ value }) => textOf(member(value, 'Type')) === ASSOCIATION);
  return findInDeployments(
    template,
    hasAny ? fileSystems : [],
    options,
    (deployment, outcome, fileSystem) => associationProblems(deployment, fileSystem, outcome),
  );
}

/** The problems of the associations of a file system in a deployment; none if it is not created there. */
export const associationProblems = (
  deployment: Deployment,
  fileSystem: FileSystem,
  outcome: Outcome,
): Problem[] =>
  outcome.properties ? problemsOf(fileSystem, outcome, associationsIn(deployment, fileSystem)) : [];

/** An association as it is written. */
export interface WrittenAssociation {
  readonly logicalId: string;
  readonly properties: Node | undefined;
  /** Its FileSystemId. */
  readonly link: Entry;
  readonly context: Context;
}

/** The associations of a file system that a deployment creates. */
export function writtenAssociations(
  deployment: Deployment,
  { logicalId: fileSystem }: FileSystem,
): WrittenAssociation[] {
  const section = deployment.template.section('Resources');
  const resources = section ? [...entries(section, outside(deployment))] : [];
  return resources.flatMap(({ key: logicalId, node, context }) => {
    if (textOf(member(node, 'Type')) !== ASSOCIATION) return [];
    if (!isCreated(node, context)) return [];
    const properties = member(node, 'Properties');
    const link = entry(properties, 'FileSystemId');
    const refersTo = link && [...referencesIn(link.value, context)].map(({ name }) => name);
    return link && refersTo?.includes(fileSystem) ? { logicalId, properties, link, context } : [];
  });
}

const associationsIn = (deployment: Deployment, fileSystem: FileSystem): Association[] =>
  writtenAssociations(deployment, fileSystem).map(({ logicalId, properties, link, context }) => {
    const { paths, malformed } = pathsIn(logicalId, properties, context);
    const wrong = wrongId(logicalId, evaluate(link.value, context, link.at));
    return { logicalId, at: link.at, paths, malformed: [...wrong, ...malformed] };
  });

function problemsOf(
  fileSystem: FileSystem,
  { properties }: Outcome,
  associations: readonly Association[],
): Problem[] {
  if (properties?.kind !== 'object' || associations.length === 0) return [];
  const model = modelOf(properties, fileSystem.type);
  const open = new Set(unknownsIn(model).map(([path]) => head(path)));
  const parsed = parseProperties(model).properties;
  const all = withDefaults(parsed, fileSystem.type.defaults);
  // The version that FSx uses by default depends on the deployment type.
  if (open.has('DeploymentType')) open.add('FileSystemTypeVersion');
  const known = without(all, open);
  return [
    ...associations.flatMap(({ malformed }) => malformed),
    ...associations.flatMap((each) => unsupported(each, fileSystem, known)),
    ...besides(
      fileSystem,
      (property) => offsetOf(properties, fileSystem.type.path(property)),
      known,
    ),
    ...associations.slice(MOST_ASSOCIATIONS).map((each) => ({
      ...place(each),
      rule: 'association-count',
      message: `${fileSystem.logicalId} has ${associations.length} data repository associations: use at most ${MOST_ASSOCIATIONS}.`,
    })),
    ...overlaps(associations),
  ];
}

const place = ({ logicalId, at }: Association) => ({ logicalId, property: 'FileSystemId', at });

/** The deployment or storage types that at least one offering with associations has. */
const takers = (kind: 'deployment' | 'storage'): readonly string[] => [
  ...new Set(OFFERINGS.filter(({ associations }) => associations).map((each) => each[kind])),
];

/**
 * FSx's message on record: "This file system does not support data repository associations."
 * (CreateDataRepositoryAssociation)
 */
function unsupported(
  association: Association,
  { logicalId }: FileSystem,
  properties: LustreProperties,
): Problem[] {
  const why = whyUnsupported(properties);
  if (why === undefined) return [];
  const message = `${logicalId} cannot have a data repository association, because it has ${why}.`;
  return [{ ...place(association), rule: 'association-unsupported', message }];
}

function whyUnsupported({
  DeploymentType,
  StorageType,
  FileSystemTypeVersion: version,
}: LustreProperties): string | undefined {
  const deployments = takers('deployment');
  if (DeploymentType !== undefined && !deployments.includes(DeploymentType))
    return `${DeploymentType}: use ${joinWithOr(deployments)}`;
  const storages = takers('storage');
  if (StorageType !== undefined && !storages.includes(StorageType))
    return `${StorageType} storage: use ${joinWithOr(storages)}`;
  const isNew = (each: string) => compareVersions(each, ASSOCIATION_VERSION) >= 0;
  // A version that Lustre does not have is told as such.
  return version === undefined || isNew(version) || !LUSTRE_VERSIONS.includes(version)
    ? undefined
    : `Lustre ${version}: set FileSystemTypeVersion to ${joinWithOr(LUSTRE_VERSIONS.filter(isNew))}`;
}

/** Properties of a file system that exclude associations. */
function besides(
  { logicalId }: FileSystem,
  placeOf: (property: string) => number,
  { AutomaticBackupRetentionDays: days = 0, ImportPath, SkipFinalBackup }: LustreProperties,
): Problem[] {
  const link =
    'FSx does not back up a file system that is linked to S3. Omit it, or remove the association.';
  const problems: (Omit<Problem, 'logicalId' | 'at'> | false)[] = [
    ImportPath !== undefined && {
      property: 'ImportPath',
      rule: 'association-import-path',
      message:
        'ImportPath cannot be used with a data repository association: use only one of them to link the bucket.',
    },
    days > 0 && {
      property: 'AutomaticBackupRetentionDays',
      rule: 'association-backups',
      message: `AutomaticBackupRetentionDays ${days} cannot be used with a data repository association: ${link}`,
    },
    SkipFinalBackup === false && {
      property: 'SkipFinalBackup',
      rule: 'association-backups',
      message: `SkipFinalBackup false cannot be used with a data repository association, and deletion would fail: ${link}`,
    },
  ];
  return problems
    .filter((each) => each !== false)
    .map((each) => ({ ...each, logicalId, at: placeOf(each.property) }));
}
