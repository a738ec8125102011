/** Defaults of FSx that differ from those of this type, and that a conversion must therefore write into the template. */
import { OFFERINGS } from '../../lustre/catalog/catalog';
import { defaultVersionOf } from '../../lustre/catalog/offerings';
import { CREATION_DEFAULTS, withDefaults } from '../../lustre/properties';
import { ManualConversionRequired, allOf, isCalled, listNode, mapNode, textNode } from './edits';
import { NATIVE_DEFAULTS } from '../resource-types';
import { call, descendants, member, textOf, type Node, type ScalarNode } from '../../template/node';
import { forEachDeployment } from '../../template/deployments';
import { conditionHolds, evaluate, outside } from '../../template/intrinsics';
import type { DeploymentOptions, Template } from '../../template/template';
import { isUnknown, scalarText } from '../../template/values';
import { plainValue } from '../../template/yaml-scalars';

/** A value that may depend on conditions; undefined is AWS::NoValue. */
export type Choice = string | undefined | { condition: ScalarNode; yes: Choice; no: Choice };

/** What to write into a converted resource. */
export interface Defaults {
  /** Members to add. */
  readonly added: readonly (readonly [name: string, value: Choice])[];
  /** The AWS::NoValue nodes, and what replaces each. */
  readonly replaced: ReadonlyMap<Node, Choice>;
  readonly notes: readonly string[];
}

/** @throws ManualConversionRequired if it is not known whether the template gives a member. */
export function writtenDefaults(
  template: Template,
  properties: Node,
  nested: Node | undefined,
): Defaults {
  const backup = member(properties, 'BackupId');
  const deployment = member(nested, 'DeploymentType');
  const notes = new Set<string>();
  const withoutBackup = (known: Known, otherwise: (known: Known) => Choice): Choice =>
    choose('BackupId', backup, known, (given, now) => (given ? undefined : otherwise(now)));
  const type = (known: Known): Choice =>
    withoutBackup(known, () => withDefaults({}, NATIVE_DEFAULTS).DeploymentType);
  const version = (known: Known): Choice =>
    withoutBackup(known, (now) =>
      choose('DeploymentType', deployment, now, (given, then) =>
        versionOf(template, given, member(nested, 'MetadataConfiguration'), then, notes),
      ),
    );
  const filled = allOf([
    () => fill('DeploymentType', deployment, type),
    () => fill('FileSystemTypeVersion', member(properties, 'FileSystemTypeVersion'), version),
  ]);
  return {
    added: filled.flatMap(({ added }) => added),
    replaced: new Map(filled.flatMap(({ replaced }) => replaced)),
    notes: [...notes],
  };
}

const UNKNOWN_VERSION =
  'FileSystemTypeVersion is omitted, and DeploymentType is not known. This type then uses ' +
  `${CREATION_DEFAULTS.FileSystemTypeVersion}: specify the version of the file system.`;

/**
 * The version that FSx used for a deployment type. If the template allows several deployment types, one version is returned
 * only if they all have it.
 */
function versionOf(
  template: Template,
  deployment: Node | undefined,
  metadata: Node | undefined,
  known: Known,
  notes: Set<string>,
): Choice {
  const chosen = textOf(deployment);
  const isWritten = deployment === undefined || (chosen !== undefined && !chosen.includes('${'));
  if (isWritten) return isDeployment(chosen) ? defaultVersion(chosen, metadata, notes) : unknownVersion(notes); // oxfmt-ignore
  const possible = possibleTexts(template, deployment, known);
  if (!possible?.every(({ text }) => isDeployment(text))) return unknownVersion(notes);
  const told = new Set<string>();
  const versions = possible.map(({ text }) => defaultVersion(text, metadata, told));
  const [first] = versions;
  const isOne = versions.every((each) => sameChoice(each, first));
  const version = isOne ? { version: first } : byCondition(template, possible, versions);
  if (!version) return unknownVersion(notes);
  for (const note of told) notes.add(note);
  return version.version;
}

const isDeployment = (text: string | undefined): boolean =>
  text === undefined || /^(SCRATCH|PERSISTENT)_\d$/.test(text);

function unknownVersion(notes: Set<string>): Choice {
  notes.add(UNKNOWN_VERSION);
  return undefined;
}

/** The condition of the template that decides the version; undefined if none does. */
function byCondition(
  template: Template,
  possible: readonly Possible[],
  versions: readonly Choice[],
): { version: Choice } | undefined {
  for (const { key, at, keyEnd } of template.section('Conditions')?.entries ?? []) {
    const [yes, no] = [true, false].map((holds) =>
      versions.filter((_, index) => possible[index]?.conditions.get(key) === holds),
    );
    if (!yes || !no || yes.length + no.length < versions.length) continue;
    const [ifSo, ifNot] = [yes[0], no[0]];
    const isTold = yes.every((each) => sameChoice(each, ifSo)) && no.every((each) => sameChoice(each, ifNot)); // oxfmt-ignore
    const condition: ScalarNode = { kind: 'scalar', value: key, at, end: keyEnd };
    if (isTold && yes.length > 0 && no.length > 0)
      return { version: { condition, yes: ifSo, no: ifNot } };
  }
  return undefined;
}

/** Options by which every parameter may have any value, not only its default. */
export const ofAnyParameters = (template: Template): DeploymentOptions => ({
  parameters: new Map(template.parameterNames.map((name) => [name, undefined])),
});

/** A possible value of a text, and the conditions under which it has it. */
interface Possible {
  readonly text: string;
  readonly conditions: ReadonlyMap<string, boolean>;
}

/** The possible values of a function when some conditions are known; undefined if they are not known. */
function possibleTexts(template: Template, node: Node, known: Known): Possible[] | undefined {
  const names = (template.section('Conditions')?.entries ?? [])
    .map(({ key }) => key)
    .filter((key) => !key.startsWith('Fn::'));
  const { results, complete } = forEachDeployment(
    template,
    ofAnyParameters(template),
    (deployment) => {
      const value = evaluate(node, outside(deployment));
      const text = scalarText(value);
      const texts =
        text === undefined ? (isUnknown(value) ? value.unknown.values : undefined) : [text];
      const conditions = new Map(names.map((name) => [name, conditionHolds(name, deployment)]));
      const isSo = [...known].every(([name, holds]) => conditions.get(name) === holds);
      return isSo ? texts?.map((each): Possible => ({ text: each, conditions })) : [];
    },
  );
  const all = results.flatMap((each) => each ?? []);
  return complete && all.length > 0 && !results.includes(undefined) ? all : undefined;
}

function defaultVersion(
  chosen: string | undefined,
  metadata: Node | undefined,
  notes: Set<string>,
): string | undefined {
  const version = defaultVersionOf(chosen ?? withDefaults({}, NATIVE_DEFAULTS).DeploymentType);
  const doubtful = OFFERINGS.find(({ deployment: each }) => each === chosen)?.documentedDefault;
  if (doubtful !== undefined && !isPlain(metadata))
    notes.add(
      `FileSystemTypeVersion is ${version ?? ''}, which FSx uses, as recorded, for such file systems without MetadataConfiguration. AWS documents ${doubtful}: compare it with the output of aws fsx describe-file-systems.`,
    );
  return version;
}

/** Whether a member is given in every deployment. */
const isPlain = (node: Node | undefined): boolean => node !== undefined && !isCalled(node);

/** The conditions on the way to a node, with their values. */
type Known = ReadonlyMap<string, boolean>;

type Written =
  | { kind: 'given'; node: Node }
  | { kind: 'left out' }
  | { kind: 'if'; condition: ScalarNode; yes: Node; no: Node };

/**
 * How a member is given.
 *
 * @throws ManualConversionRequired if a function may omit it under conditions that cannot be determined.
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
  if (isCalled(node) && descendants(node).some((each) => isNoValue(each) || isMacro(each)))
    throw new ManualConversionRequired(`its ${name} is set by a function that may omit it`);
  return { kind: 'given', node };
}

const isNoValue = (node: Node): boolean => textOf(member(node, 'Ref')) === 'AWS::NoValue';

const isMacro = (node: Node): boolean => member(node, 'Fn::Transform') !== undefined;

/** The choice that depends on whether, and how, a member is given. */
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

/** Gives a member its default wherever it is omitted. */
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
  // A node that is shared with other places must not be changed.
  if (node.alias ?? node.anchored)
    throw new ManualConversionRequired(
      `an anchor or an alias shares its ${name} with another place, so expand it first`,
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

/** A choice as a parsed node. */
export function choiceNode(choice: Choice): Node {
  if (choice === undefined) return mapNode([['Ref', textNode('AWS::NoValue')]]);
  if (typeof choice === 'string') return textNode(choice);
  const { condition, yes, no } = choice;
  return mapNode([['Fn::If', listNode([condition, choiceNode(yes), choiceNode(no)])]]);
}

/** A choice as text. The names of its conditions are copied from the template. */
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
