/** Data repository associations in the template of a file system: combinations of the two that FSx refuses. */
import {
  ASSOCIATION_VERSION,
  compareVersions,
  LUSTRE_VERSIONS,
  MOST_ASSOCIATIONS,
  OFFERINGS,
} from '../../lustre/catalog/catalog';
import { without } from '../../lustre/json';
import { formatValue, joinWithOr } from '../../lustre/wording';
import { BUCKET_NAME, expectation, type TextShape } from '../../lustre/properties/shapes';
import { FOLDER, REPOSITORY_PATH } from '../../lustre/properties/association-shapes';
import { matches } from '../../lustre/rules/formats';
import { mayHaveForm } from '../../lustre/unresolved/sample-values';
import { head, parseProperties } from '../../lustre/properties/parse';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { unknownsIn } from '../../lustre/unknown';
import type { Deployment } from '../../template/deployment';
import { forEachDeployment } from '../../template/deployments';
import { conditionHolds, entries, evaluate, outside } from '../../template/intrinsics';
import { entry, member, textOf } from '../../template/node';
import type { Template } from '../../template/template';
import { isUnknown, scalarText, valueText, type Value } from '../../template/values';
import {
  outcomeIn,
  variantOf,
  type FileSystem,
  type Outcome,
  type ReviewOptions,
} from '../file-systems';
import { findingAt, type Finding } from '../finding';
import { referencesIn } from '../references';
import { modelOf, offsetOf } from '../resource-model';
import { NATIVE, OURS } from '../resource-types';
import { whenOf } from '../when';
import { unlessPlaceholder } from './placeholders';
import { withReferenceAdvice } from './reference-advice';

/** The type of a data repository association. */
export const ASSOCIATION = 'AWS::FSx::DataRepositoryAssociation';

interface Association {
  readonly logicalId: string;
  /** Offset of FileSystemId. */
  readonly at: number;
  /** Its FileSystemPath and DataRepositoryPath, as far as they are texts. */
  readonly paths: readonly Path[];
  /** Problems of its properties, whatever the file system is. */
  readonly malformed: readonly Problem[];
}

/** One of the two paths of an association. */
interface Path {
  readonly property: string;
  readonly at: number;
  /** The path in messages. */
  readonly text: string;
  /** The path with the keys of the unknown values that it contains, and a slash at its end. */
  readonly key: string;
}

interface Problem {
  readonly logicalId: string;
  readonly property: string;
  readonly at: number;
  readonly rule: string;
  readonly message: string;
}

/** The problems of the associations of each file system, in the deployments that have both. */
export function checkAssociations(
  template: Template,
  fileSystems: readonly FileSystem[],
  options: ReviewOptions,
): Finding[] {
  const hasAny = template
    .section('Resources')
    ?.entries.some(({ value }) => textOf(member(value, 'Type')) === ASSOCIATION);
  if (!hasAny) return [];
  return fileSystems.flatMap((fileSystem) => checkOne(template, fileSystem, options));
}

function checkOne(template: Template, fileSystem: FileSystem, options: ReviewOptions): Finding[] {
  const found = new Map<string, { problem: Problem; in: Set<Outcome> }>();
  const { results } = forEachDeployment(template, options, (deployment) => {
    const outcome = outcomeIn(deployment, fileSystem);
    const problems = associationProblems(deployment, fileSystem, outcome);
    return { variant: variantOf(deployment), problems };
  });
  for (const { variant, problems } of results)
    for (const problem of problems) {
      const key = [problem.at, problem.rule].join(' ');
      const known = found.get(key) ?? { problem, in: new Set() };
      found.set(key, { ...known, in: known.in.add(variant) });
    }
  return [...found.values()].map(({ problem, in: affected }) => {
    const when = whenOf(
      affected,
      results.map(({ variant }) => variant),
      template.work,
    );
    return findingAt(template, problem, { ...problem, when });
  });
}

/** The problems of the associations of a file system in a deployment; none if it is not created there. */
export const associationProblems = (
  deployment: Deployment,
  fileSystem: FileSystem,
  outcome: Outcome,
): Problem[] =>
  outcome.properties ? problemsOf(fileSystem, outcome, associationsIn(deployment, fileSystem)) : [];

function associationsIn(deployment: Deployment, { logicalId }: FileSystem): Association[] {
  const section = deployment.template.section('Resources');
  const resources = section ? [...entries(section, outside(deployment))] : [];
  return resources.flatMap(({ key, node, context }) => {
    if (textOf(member(node, 'Type')) !== ASSOCIATION) return [];
    const condition = member(node, 'Condition');
    if (condition && !conditionHolds(valueText(evaluate(condition, context)), deployment))
      return [];
    const properties = member(node, 'Properties');
    const link = entry(properties, 'FileSystemId');
    const refersTo = link && [...referencesIn(link.value, context)].map(({ name }) => name);
    if (!link || !refersTo?.includes(logicalId)) return [];
    const written = FORMS.flatMap((form) => {
      const found = entry(properties, form.property);
      if (!found) return [];
      const value = evaluate(found.value, context, found.at);
      return [{ form, value: unlessPlaceholder(value, form.shape) }];
    });
    const malformed = [
      ...wrongId(key, evaluate(link.value, context, link.at)),
      ...written.flatMap(({ form, value }) => wrongForm(key, form, value)),
    ];
    const paths = written.flatMap(({ form, value }) => pathOf(form.property, value));
    return { logicalId: key, at: link.at, paths, malformed };
  });
}

/** The form of a property of an association. */
interface Form {
  readonly property: string;
  readonly shape: TextShape;
  /** The property of a file system that takes the same. */
  readonly like: string;
}

const FORMS: readonly Form[] = [
  { property: 'FileSystemPath', shape: FOLDER, like: '' },
  { property: 'DataRepositoryPath', shape: REPOSITORY_PATH, like: 'ImportPath' },
];

function wrongForm(logicalId: string, { property, shape, like }: Form, value: Value): Problem[] {
  const written = isUnknown(value) ? value.unknown : scalarText(value);
  if (written === undefined) return [];
  const isRight =
    typeof written === 'string'
      ? matches(shape, written) && hasBucket(written)
      : mayHaveForm(written, shape);
  if (isRight) return [];
  const shown = formatValue(typeof written === 'string' ? written : written.text);
  const message = `${property} ${shown} is not valid: use ${expectation(shape)}.`;
  const advised = withReferenceAdvice(message, like, written);
  return [{ logicalId, property, at: value.at, rule: 'association-format', message: advised }];
}

/** Whether an S3 path begins with the name that a bucket may have. */
function hasBucket(path: string): boolean {
  const [, bucket] = /^s3:\/\/([^/]*)/.exec(path) ?? [];
  return bucket === undefined || matches(BUCKET_NAME, bucket);
}

/** The problem of an attribute that is not the id of the file system. */
function wrongId(logicalId: string, value: Value): Problem[] {
  const { reference } = isUnknown(value) ? value.unknown.known : {};
  const type = [OURS, NATIVE].find(({ name }) => name === reference?.type);
  const { attribute, logicalId: of = '' } = reference ?? {};
  if (!type?.attributes.includes(attribute ?? '') || IDS.has(attribute ?? '')) return [];
  const message = `FileSystemId \${${of}.${attribute ?? ''}} is not valid: use the ID of the file system. Write !Ref ${of}.`;
  return [
    { logicalId, property: 'FileSystemId', at: value.at, rule: 'association-format', message },
  ];
}

/** The attributes that are the id of a file system. */
const IDS: ReadonlySet<string> = new Set(['FileSystemId', 'Id']);

function pathOf(property: string, value: Value): Path[] {
  const text = isUnknown(value) ? value.unknown.text : scalarText(value);
  if (text === undefined) return [];
  const parts = isUnknown(value) ? (value.unknown.known.parts ?? [value.unknown]) : [text];
  // No path contains a NUL.
  const keys = parts.map((part) => (typeof part === 'string' ? part : `\0${part.key}\0`));
  return [{ property, at: value.at, text, key: `${keys.join('').replace(/\/+$/, '')}/` }];
}

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

/**
 * "/ns1/" and "/ns1/ns2" overlap, and "/" overlaps with every path. "Two data repository associations cannot have overlapping
 * file system paths", nor overlapping data repository paths.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-linked-dra.html
 */
function overlaps(associations: readonly Association[]): Problem[] {
  const taken: (Path & { readonly logicalId: string })[] = [];
  return associations.flatMap(({ logicalId, paths }) => {
    const problems = paths.flatMap((path) => {
      const { property, at, text } = path;
      const other = taken.find((each) => each.property === property && isWithin(path, each));
      if (!other) return [];
      const message = `${property} ${text} overlaps with ${other.text} of ${other.logicalId}: use ${property === 'FileSystemPath' ? 'folders' : 'prefixes'} that are not inside each other.`;
      return [{ logicalId, property, at, rule: 'association-overlap', message }];
    });
    taken.push(...paths.map((path) => ({ ...path, logicalId })));
    return problems;
  });
}

/** Whether one path is inside the other, whatever their unknown parts will be. */
const isWithin = ({ key: one }: Path, { key: other }: Path): boolean =>
  one.length < other.length ? other.startsWith(one) : one.startsWith(other);
