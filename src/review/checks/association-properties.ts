/** The properties of data repository associations by themselves: their forms, and paths that are inside each other. */
import { FOLDER, REPOSITORY_PATH } from '../../lustre/properties/association-shapes';
import { expectation, type TextShape } from '../../lustre/properties/shapes';
import { matches } from '../../lustre/rules/formats';
import { hasBucketName } from '../../lustre/rules/s3';
import { mayHaveForm } from '../../lustre/unresolved/sample-values';
import { formatValue } from '../../lustre/wording';
import { evaluate, type Context } from '../../template/intrinsics';
import { entry, hasMadeEntries, type Node } from '../../template/node';
import { isUnknown, scalarText, type Value } from '../../template/values';
import { NATIVE, OURS } from '../resource-types';
import type { DeploymentProblem } from './deployment-problems';
import { unlessPlaceholder } from './placeholders';
import { withReferenceAdvice } from './reference-advice';

/** One of the two paths of an association. */
interface Path {
  readonly property: string;
  readonly at: number;
  /** The path in messages. */
  readonly text: string;
  /** The path with the keys of the unknown values that it contains, and a slash at its end. */
  readonly key: string;
}

/** An association, and its FileSystemPath and DataRepositoryPath as far as they are texts. */
export interface Linked {
  readonly logicalId: string;
  readonly paths: readonly Path[];
}

/** The paths of the association with these properties, and what is wrong with them whatever the file system is. */
export function pathsIn(
  logicalId: string,
  properties: Node | undefined,
  context: Context,
): { readonly paths: Path[]; readonly malformed: DeploymentProblem[] } {
  const written = FORMS.flatMap((form) => {
    const found = entry(properties, form.property);
    const value = found && evaluate(found.value, context, found.at);
    return value === undefined || value.kind === 'no value'
      ? []
      : [{ form, value: unlessPlaceholder(value, form.shape) }];
  });
  const isWhole = properties?.kind === 'map' && !hasMadeEntries(properties);
  const missing = FORMS.filter((form) => isWhole && !written.some((each) => each.form === form));
  return {
    paths: written.flatMap(({ form, value }) => pathOf(form.property, value)),
    malformed: [
      ...missing.map(({ property, shape }) => ({
        logicalId,
        property,
        at: properties?.at ?? 0,
        rule: 'association-format',
        message: `${property} is required: use ${expectation(shape)}.`,
      })),
      ...written.flatMap(({ form, value }) => wrongForm(logicalId, form, value)),
    ],
  };
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

function wrongForm(
  logicalId: string,
  { property, shape, like }: Form,
  value: Value,
): DeploymentProblem[] {
  const written = isUnknown(value) ? value.unknown : scalarText(value);
  if (written === undefined) return [];
  const isRight =
    typeof written === 'string'
      ? matches(shape, written) && hasBucketName(written)
      : mayHaveForm(written, shape);
  if (isRight) return [];
  const shown = formatValue(typeof written === 'string' ? written : written.text);
  const message = `${property} ${shown} is not valid: use ${expectation(shape)}.`;
  const advised = withReferenceAdvice(message, like, written);
  return [{ logicalId, property, at: value.at, rule: 'association-format', message: advised }];
}

/** The problem of an attribute that is not the ID of the file system. */
export function wrongId(logicalId: string, value: Value): DeploymentProblem[] {
  const { reference } = isUnknown(value) ? value.unknown.known : {};
  const type = [OURS, NATIVE].find(({ name }) => name === reference?.type);
  const { attribute, logicalId: of = '' } = reference ?? {};
  if (!type?.attributes.includes(attribute ?? '') || IDS.has(attribute ?? '')) return [];
  const message = `FileSystemId \${${of}.${attribute ?? ''}} is not valid: use the ID of the file system. Write !Ref ${of}.`;
  return [
    { logicalId, property: 'FileSystemId', at: value.at, rule: 'association-format', message },
  ];
}

/** The attributes that are the ID of a file system. */
const IDS: ReadonlySet<string> = new Set(['FileSystemId', 'Id']);

function pathOf(property: string, value: Value): Path[] {
  const text = isUnknown(value) ? value.unknown.text : scalarText(value);
  if (text === undefined) return [];
  const parts = isUnknown(value) ? (value.unknown.known.parts ?? [value.unknown]) : [text];
  // No path contains a NUL.
  const keys = parts.map((part) => (typeof part === 'string' ? part : `\0${part.key}\0`));
  return [{ property, at: value.at, text, key: `${keys.join('').replace(/\/+$/, '')}/` }];
}

/**
 * "/ns1/" and "/ns1/ns2" overlap, and "/" overlaps with every path. "Two data repository associations cannot have overlapping
 * file system paths", nor overlapping data repository paths.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-linked-dra.html
 */
export function overlaps(associations: readonly Linked[]): DeploymentProblem[] {
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
