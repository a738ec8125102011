/** What FSx took by default, and this type would not: it has to be written down. */
import { OFFERINGS } from '../../lustre/catalog/catalog';
import { defaultVersionOf } from '../../lustre/catalog/offerings';
import { CREATION_DEFAULTS, withDefaults } from '../../lustre/properties';
import { ManualConversionRequired, isCalled, listNode, mapNode, textNode } from './edits';
import { NATIVE_DEFAULTS } from '../resource-types';
import { call, descendants, member, textOf, type Node, type ScalarNode } from '../../template/node';
import { plainValue } from '../../template/yaml-scalars';

/** A value that may depend on conditions; undefined is AWS::NoValue. */
export type Choice = string | undefined | { condition: ScalarNode; yes: Choice; no: Choice };

export interface Defaults {
  /** Members to add. */
  readonly added: readonly (readonly [name: string, value: Choice])[];
  /** AWS::NoValue, and what stands there instead. */
  readonly replaced: ReadonlyMap<Node, Choice>;
  readonly notes: readonly string[];
}

/** @throws ManualConversionRequired where it cannot be told whether a member is left out. */
export function writtenDefaults(properties: Node, nested: Node | undefined): Defaults {
  const backup = member(properties, 'BackupId');
  const deployment = member(nested, 'DeploymentType');
  const notes = new Set<string>();
  const withoutBackup = (known: Known, otherwise: (known: Known) => Choice): Choice =>
    choose('BackupId', backup, known, (given, now) => (given ? undefined : otherwise(now)));
  const type = (known: Known): Choice =>
    withoutBackup(known, () => withDefaults({}, NATIVE_DEFAULTS).DeploymentType);
  const version = (known: Known): Choice =>
    withoutBackup(known, (now) =>
      choose('DeploymentType', deployment, now, (given) =>
        versionOf(given, member(nested, 'MetadataConfiguration'), notes),
      ),
    );
  const filled = [
    fill('DeploymentType', deployment, type),
    fill('FileSystemTypeVersion', member(properties, 'FileSystemTypeVersion'), version),
  ];
  return {
    added: filled.flatMap(({ added }) => added),
    replaced: new Map(filled.flatMap(({ replaced }) => replaced)),
    notes: [...notes],
  };
}

const UNKNOWN_VERSION =
  'FileSystemTypeVersion is left out where the template does not tell the DeploymentType, and this type takes ' +
  `${CREATION_DEFAULTS.FileSystemTypeVersion}: give the version that you have.`;

/** The version that FSx gave to a deployment. */
function versionOf(
  deployment: Node | undefined,
  metadata: Node | undefined,
  notes: Set<string>,
): Choice {
  const chosen = textOf(deployment);
  if (deployment && (chosen === undefined || !/^(SCRATCH|PERSISTENT)_\d$/.test(chosen))) {
    notes.add(UNKNOWN_VERSION);
    return undefined;
  }
  const version = defaultVersionOf(chosen ?? withDefaults({}, NATIVE_DEFAULTS).DeploymentType);
  const doubtful = OFFERINGS.find(({ deployment: each }) => each === chosen)?.documentedDefault;
  if (doubtful !== undefined && !isPlain(metadata))
    notes.add(
      `FileSystemTypeVersion is ${version ?? ''}, as FSx is recorded to create such file systems without MetadataConfiguration. AWS documents ${doubtful}: compare it with what aws fsx describe-file-systems shows.`,
    );
  return version;
}

/** Whether a member is given whatever the deployment. */
const isPlain = (node: Node | undefined): boolean => node !== undefined && !isCalled(node);

/** The conditions on the way to a place, each as it turned out. */
type Known = ReadonlyMap<string, boolean>;

type Written =
  | { kind: 'given'; node: Node }
  | { kind: 'left out' }
  | { kind: 'if'; condition: ScalarNode; yes: Node; no: Node };

/**
 * How a member is written.
 * @throws ManualConversionRequired where a function may leave it out in a way that cannot be followed.
 */
function writing(name: string, node: Node | undefined): Written {
  if (!node || isNoValue(node)) return { kind: 'left out' };
  if (node.kind === 'scalar' && node.value === null)
    throw new ManualConversionRequired(`its ${name} has no value`);
  const called = call(node);
  if (called?.key === 'Fn::If' && called.value.kind === 'list') {
    const [condition, yes, no] = called.value.items;
    if (condition?.kind === 'scalar' && yes && no) return { kind: 'if', condition, yes, no };
  }
  if (isCalled(node) && [...descendants(node)].some((each) => isNoValue(each) || isMacro(each)))
    throw new ManualConversionRequired(`its ${name} is given by a function that may leave it out`);
  return { kind: 'given', node };
}

const isNoValue = (node: Node): boolean => textOf(member(node, 'Ref')) === 'AWS::NoValue';

const isMacro = (node: Node): boolean => member(node, 'Fn::Transform') !== undefined;

/** The choice that follows from whether, and how, a member is given. */
function choose(
  name: string,
  node: Node | undefined,
  known: Known,
  leaf: (given: Node | undefined, known: Known) => Choice,
): Choice {
  const written = writing(name, node);
  if (written.kind !== 'if')
    return leaf(written.kind === 'given' ? written.node : undefined, known);
  const { condition } = written;
  const [yes, no] = [true, false].map((holds) =>
    isKnown(known, condition, !holds)
      ? undefined
      : { value: choose(name, written[holds ? 'yes' : 'no'], also(known, condition, holds), leaf) },
  );
  if (!yes || !no) return (yes ?? no)?.value;
  return sameChoice(yes.value, no.value) ? yes.value : { condition, yes: yes.value, no: no.value };
}

const isKnown = (known: Known, condition: ScalarNode, holds: boolean): boolean =>
  known.get(String(condition.value)) === holds;

const also = (known: Known, condition: ScalarNode, holds: boolean): Known =>
  new Map([...known, [String(condition.value), holds]]);

const sameChoice = (one: Choice, other: Choice): boolean =>
  JSON.stringify(shape(one)) === JSON.stringify(shape(other));

const shape = (choice: Choice): unknown =>
  typeof choice === 'object'
    ? [String(choice.condition.value), shape(choice.yes), shape(choice.no)]
    : (choice ?? null);

/** Gives a member its default wherever it is left out. */
function fill(
  name: string,
  node: Node | undefined,
  valueOf: (known: Known) => Choice,
): { added: [string, Choice][]; replaced: [Node, Choice][] } {
  if (!node) {
    const value = valueOf(new Map());
    return { added: value === undefined ? [] : [[name, value]], replaced: [] };
  }
  return { added: [], replaced: fillPlaces(name, node, new Map(), valueOf) };
}

function fillPlaces(
  name: string,
  node: Node,
  known: Known,
  valueOf: (known: Known) => Choice,
): [Node, Choice][] {
  const written = writing(name, node);
  if (written.kind === 'given') return [];
  // What stands in other places too is not this member's own.
  if (node.alias ?? node.anchored)
    throw new ManualConversionRequired(
      `an anchor or an alias shares its ${name} with another place, so write it out first`,
    );
  if (written.kind === 'left out') {
    const value = valueOf(known);
    return value === undefined ? [] : [[node, value]];
  }
  const { condition } = written;
  return [true, false].flatMap((holds) =>
    isKnown(known, condition, !holds)
      ? []
      : fillPlaces(name, written[holds ? 'yes' : 'no'], also(known, condition, holds), valueOf),
  );
}

/** A choice as it is read. */
export function choiceNode(choice: Choice): Node {
  if (choice === undefined) return mapNode([['Ref', textNode('AWS::NoValue')]]);
  if (typeof choice === 'string') return textNode(choice);
  const { condition, yes, no } = choice;
  return mapNode([['Fn::If', listNode([condition, choiceNode(yes), choiceNode(no)])]]);
}

/** A choice as it is written in a text; the names of its conditions are taken from there. */
export function choiceText(choice: Choice, text: string, json: boolean): string {
  if (choice === undefined) return json ? '{"Ref": "AWS::NoValue"}' : '!Ref AWS::NoValue';
  if (typeof choice === 'string') {
    if (json) return JSON.stringify(choice);
    return typeof plainValue(choice) === 'string' ? choice : `'${choice}'`;
  }
  const { condition, yes, no } = choice;
  if (condition.alias) throw new ManualConversionRequired('a condition is named by an alias');
  const parts = [
    text.slice(condition.at, condition.end),
    choiceText(yes, text, json),
    choiceText(no, text, json),
  ].join(', ');
  return json ? `{"Fn::If": [${parts}]}` : `!If [${parts}]`;
}
