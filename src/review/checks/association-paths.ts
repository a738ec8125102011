/**
 * The two paths of data repository associations: their forms, and those that are inside each other.
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html
 */
import { BUCKET_NAME, PROPERTY_SHAPES, text, type TextShape } from '../../lustre/properties/shapes';
import { matches } from '../../lustre/rules/formats';
import { formatValue } from '../../lustre/wording';
import { evaluate, type Context } from '../../template/intrinsics';
import { entry, type Node } from '../../template/node';
import { scalarText, type Value } from '../../template/values';

const PATHS = ['FileSystemPath', 'DataRepositoryPath'] as const;

type PathName = (typeof PATHS)[number];

interface Path {
  /** Offset in the template. */
  readonly at: number;
  readonly value: Value;
}

/** An association with its paths, as far as the template has them. */
export interface Linked {
  readonly logicalId: string;
  readonly paths: ReadonlyMap<PathName, Path>;
}

/** What is wrong with an association or its file system, at an offset. */
export interface AssociationProblem {
  readonly logicalId: string;
  readonly property: string;
  readonly at: number;
  readonly rule: string;
  readonly message: string;
}

/** The paths of an association with these properties. */
export const pathsIn = (properties: Node | undefined, context: Context): Linked['paths'] =>
  new Map(
    PATHS.flatMap((name) => {
      const path = entry(properties, name);
      return path ? [[name, { at: path.at, value: evaluate(path.value, context) }] as const] : [];
    }),
  );

/** A form, and how every path of this form begins. */
type PathForm = TextShape & { readonly begins: string };

/** [API CreateDataRepositoryAssociation] */
const FORMS: Readonly<Record<PathName, PathForm>> = {
  FileSystemPath: {
    ...text('a path that begins with a slash', {
      // oxlint-disable-next-line no-control-regex -- as AWS has it
      pattern: /^\/[^\u0000\u0085\u2028\u2029\r\n]*$/,
      length: [1, 4096],
      example: '/data',
    }),
    begins: '/',
  },
  DataRepositoryPath: { ...PROPERTY_SHAPES.ImportPath, begins: 's3://' },
};

/** Paths that FSx does not accept. Where a path is not known, its beginning may be. */
export const malformedPaths = ({ logicalId, paths }: Linked): AssociationProblem[] =>
  PATHS.flatMap((property) => {
    const path = paths.get(property);
    if (!path || isPossible(path.value, property)) return [];
    const { expected, example = '', length } = FORMS[property];
    return [
      {
        logicalId,
        property,
        at: path.at,
        rule: 'association-path',
        message: `${property} ${shown(path)} is not valid: use ${expected}, such as ${example}, of at most ${length?.[1] ?? 0} characters.`,
      },
    ];
  });

function isPossible(value: Value, property: PathName): boolean {
  const { begins } = FORMS[property];
  if (value.kind === 'unknown') {
    const { parts, like } = value.unknown.known;
    const beginnings = typeof parts?.[0] === 'string' ? [parts[0]] : (like ?? ['']);
    return beginnings.some((each) => each.startsWith(begins) || begins.startsWith(each));
  }
  const path = scalarText(value);
  if (path === undefined) return true;
  const [bucket = ''] = path.slice(begins.length).split('/');
  const isBucket = property !== 'DataRepositoryPath' || matches(BUCKET_NAME, bucket);
  return matches(FORMS[property], path) && isBucket;
}

/**
 * Paths of an association that are inside those of others: "/ns1/ns2" is inside "/ns1/", every path is inside "/", and every
 * prefix of a bucket is inside the bucket.
 */
export const overlappingPaths = (
  { logicalId, paths }: Linked,
  others: readonly Linked[],
): AssociationProblem[] =>
  PATHS.flatMap((property) => {
    const path = paths.get(property);
    if (!path) return [];
    for (const other of others) {
      const its = other.paths.get(property);
      if (!its || !areNested(path, its)) continue;
      const instead = property === 'FileSystemPath' ? 'folders' : 'buckets or prefixes';
      const message = `${property} ${shown(path)} overlaps with ${shown(its)} of ${other.logicalId}: use ${instead} that are not inside each other.`;
      return [{ logicalId, property, at: path.at, rule: 'association-overlap', message }];
    }
    return [];
  });

function areNested(...both: readonly [Path, Path]): boolean {
  const [short = '', long = ''] = both
    .map(({ value }) => comparable(value))
    .map((path) => path && `${path.replace(/\/+$/, '')}/`)
    .sort((a = '', b = '') => a.length - b.length);
  return short !== '' && long.startsWith(short);
}

/**
 * The path as a text in which an unknown part, such as a bucket of the template, is equal for equal expressions only;
 * undefined if the path may be absent.
 */
function comparable(value: Value): string | undefined {
  if (value.kind !== 'unknown') return scalarText(value);
  const { known } = value.unknown;
  if (known.mayBeAbsent) return undefined;
  return (known.parts ?? [value.unknown])
    .map((part) => (typeof part === 'string' ? part : `\u0000${part.key}\u0000`))
    .join('');
}

const shown = ({ value }: Path): string =>
  formatValue(value.kind === 'unknown' ? value.unknown.text : scalarText(value));
