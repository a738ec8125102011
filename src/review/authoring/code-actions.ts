/** Code actions for a finding, as edits of the text. */
import { TYPE_NAME } from '../../lustre/properties';
import { PROPERTY_SHAPES, type Shape } from '../../lustre/properties/shapes';
import { joinWithAnd } from '../../lustre/wording';
import { commentsOf } from '../../template/comments';
import { Work } from '../../lustre/explore';
import { lineStarts, newlineOf } from '../../template/lines';
import { entry, type Entry, type MapNode, type Node } from '../../template/node';
import { treeOrNone } from '../../template/source-tree';
import { Template } from '../../template/template';
import { checkTemplate } from '../check';
import {
  applyEdits,
  listNode,
  mapNode,
  ManualConversionRequired,
  saysTheSame,
  textNode,
  type Change,
  type Edit,
} from '../conversion/edits';
import { convert } from '../conversion/convert';
import { memberEdits, scalarRead } from '../conversion/member-edits';
import { beginsLine, indentAt, isFlow } from '../conversion/source-text';
import { findFileSystems, type FileSystem, type ReviewOptions } from '../file-systems';
import type { Finding } from '../finding';
import {
  appliedFixOrNone,
  isJson,
  type AppliedFix,
  type Fix,
  type PropertyChange,
} from '../fixes/fix';
import { NESTED } from '../resource-types';

/** A code action: a short title, and the edits that carry it out. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A template and its findings. */
export interface Checked {
  readonly template: Template;
  readonly fileSystems: readonly FileSystem[];
  readonly findings: readonly Finding[];
  readonly options: ReviewOptions;
}

/**
 * One action for each repair of a finding that can be carried out in the text. It includes the repairs that become necessary:
 * another storage type requires another tier. An action that leaves a finding behind is offered only if every action does.
 */
export function repairOffers(
  { template, fileSystems, findings, options }: Checked,
  finding: Finding,
): Offer[] {
  const before = countsOf(findings);
  const offers = finding.repairs.flatMap((repair): Completed[] => {
    const carried = appliedFixOrNone(template, fileSystems, finding, repair);
    return carried ? [completed(template, finding, carried, before, options)] : [];
  });
  const clean = offers.filter(({ isClean }) => isClean);
  const given = (
    clean.length > 0 ? clean.filter((each) => !isMoreThanNeeded(each, clean)) : offers
  ).map(({ changes, edits }): Offer => {
    const [first = '', ...others] = changes.map(({ title }) => title);
    return { title: joinWithAnd([first, ...others.map(lowered)]), edits };
  });
  return distinctOffers(template.text, given);
}

/** Repairs that require others may end in the same text, in the same changes in another order, or where they began. */
function distinctOffers(text: string, offers: readonly Offer[]): Offer[] {
  const seen = new Set([text]);
  return offers.filter(({ title, edits }) => {
    const after = applyEdits(text, edits);
    const isNew = title !== '' && !seen.has(title) && !seen.has(after);
    seen.add(title).add(after);
    return isNew;
  });
}

/** Whether another repair does with fewer changes what this one does: one that ends in removing the property anyway. */
const isMoreThanNeeded = ({ changes }: Completed, all: readonly Completed[]): boolean =>
  all.some(
    (other) =>
      other.changes.length < changes.length &&
      other.changes.every(({ key, to }) =>
        changes.some((each) => each.key === key && each.to === to),
      ),
  );

interface Completed {
  readonly changes: readonly TitledChange[];
  readonly edits: readonly Edit[];
  /** Whether the text then has no new findings. */
  readonly isClean: boolean;
}

/** The most repairs that may follow from one. */
const MOST_FOLLOWING = 6;

/** A repair, followed by the first repair of each finding that it causes. */
function completed(
  { file, text: original }: Template,
  finding: Finding,
  repair: AppliedFix,
  before: ReadonlyMap<string, number>,
  options: ReviewOptions,
): Completed {
  const { edits } = repair.fix;
  const rounds: [Round, ...Round[]] = [{ finding, fix: repair.fix }];
  const alone = { changes: changesOf(rounds), edits, isClean: false };
  let { text, tree } = repair;
  for (let round = 0; ; round++) {
    const template = Template.read(file, text, new Work(), tree);
    const { findings } = checkTemplate(template, options);
    const [next] = newOnes(findings, before);
    if (!next) {
      if (countsOf(findings).get(saidOf(finding)) === before.get(saidOf(finding))) return alone;
      const all = round === 0 ? edits : [changedPart(original, text) ?? NOTHING];
      return { changes: changesOf(rounds), edits: all, isClean: true };
    }
    const following = round < MOST_FOLLOWING ? firstRepair(template, next, options) : undefined;
    if (!following) return alone;
    rounds.push({ finding: next, fix: following.fix });
    ({ text, tree } = following);
  }
}

const NOTHING: Edit = { at: 0, end: 0, text: '' };

function firstRepair(
  template: Template,
  finding: Finding,
  options: ReviewOptions,
): AppliedFix | undefined {
  const fileSystems = findFileSystems(template, options);
  for (const repair of finding.repairs) {
    const carried = appliedFixOrNone(template, fileSystems, finding, repair);
    if (carried) return carried;
  }
  return undefined;
}

/** How often there is each finding, by what identifies it and by what it says. */
function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of findings.flatMap((each) => [keyOf(each), saidOf(each)]))
    counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The findings that are new, or occur more often than before. */
function newOnes(findings: readonly Finding[], before: ReadonlyMap<string, number>): Finding[] {
  const rest = new Map(before);
  return findings.filter((each) => {
    const left = rest.get(keyOf(each)) ?? 0;
    rest.set(keyOf(each), left - 1);
    return left <= 0;
  });
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A repair, or one that follows from it, and the finding that it is for. */
interface Round {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A change of one property, from its first text to its last. */
interface TitledChange {
  readonly key: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly title: string;
}

/**
 * The changes of a repair and of those that follow from it. A property that changes twice has one, and one that changes back
 * has none.
 */
function changesOf([first, ...following]: readonly [Round, ...Round[]]): TitledChange[] {
  const titles = new Map<string, TitledChange>();
  for (const { finding, fix } of [first, ...following])
    for (const change of fix.changes) {
      const key = `${finding.logicalId} ${change.property}`;
      const { from } = titles.get(key) ?? change;
      const title = inWords({ ...change, from }, first.finding, finding !== first.finding);
      titles.set(key, { key, from, to: change.to, title });
    }
  return [...titles.values()].filter(({ from, to }) => from !== to);
}

/** A change, from what the template said before the first one of the same property. */
type Titled = Omit<PropertyChange, 'from'> & { readonly from: string | undefined };

/** The title of a change: `Change to 4800`, `Use PERSISTENT_2`, `Remove ImportPath`, `Add PerUnitStorageThroughput 250`. */
function inWords(
  { property, from, to, isMove }: Titled,
  finding: Finding,
  isFollowing: boolean,
): string {
  const name = property.startsWith(`${NESTED}.`) ? property.slice(NESTED.length + 1) : property;
  if (to === undefined) return `Remove ${name}`;
  const value = told(to);
  if (from === undefined) return `Add ${name} ${value}`;
  if (isMove) return `Write as ${value}`;
  if (property.split('.').at(-1) === from.replace(/^(['"])(.*)\1$/, '$2'))
    return `Rename to ${value}`;
  const isWord = /^[A-Z]/.test(value);
  if (property === finding.property && !isFollowing)
    return isWord ? `Use ${value}` : `Change to ${value}`;
  if (isWord && namesOneProperty(value)) return `Use ${value}`;
  return `Change ${name} to ${value}`;
}

/** A value without its quotes. */
const told = (written: string): string =>
  /^['"]/.test(written) ? String(scalarRead(written)) : written;

/** Whether only one property can have the value, so that the title need not name the property. */
const namesOneProperty = (value: string): boolean =>
  Object.values<Shape>(PROPERTY_SHAPES).filter(
    (shape) => shape.type === 'text' && shape.values?.includes(value),
  ).length === 1;

/**
 * The action that silences the rule of a finding where it occurs: with a comment above its line or, in JSON, with metadata of
 * its resource. Undefined if that would not silence the finding, or would change other findings.
 */
export function ignoreOffer(checked: Checked, finding: Finding): Offer | undefined {
  const { template } = checked;
  const drafts = isJson(template) ? [inMetadata] : [asComment, inMetadata];
  for (const draft of drafts) {
    const offer = draftOrNone(draft, template, finding);
    if (offer && silences(checked, finding, offer)) return offer;
  }
  return undefined;
}

type IgnoreDraft = Offer & Pick<Change, 'nodes'>;

function draftOrNone(
  draft: (template: Template, finding: Finding) => IgnoreDraft | undefined,
  ...of: Parameters<typeof draft>
): IgnoreDraft | undefined {
  try {
    return draft(...of);
  } catch (error) {
    if (error instanceof ManualConversionRequired) return undefined;
    throw error;
  }
}

/** Whether the edits change nothing in the template but the finding. */
function silences(
  { template: { file, text, root }, findings, options }: Checked,
  finding: Finding,
  draft: IgnoreDraft,
): boolean {
  const silenced = applyEdits(text, draft.edits);
  const tree = treeOrNone(silenced);
  if (!tree || !saysTheSame(root, draft, tree.root)) return false;
  const template = Template.read(file, silenced, new Work(), tree);
  const after = checkTemplate(template, options).findings.map(keyOf);
  const gone = keyOf(finding);
  const expected = findings.map(keyOf).filter((key) => key !== gone);
  return !after.includes(gone) && expected.every((key) => after.includes(key));
}

const keyOf = ({ logicalId, property, rule, when }: Finding): string =>
  [logicalId, property, rule, when].join(' ');

/** A finding by what it says: the items of a list change places when one is removed. */
const saidOf = ({ logicalId, rule, message, when }: Finding): string =>
  [logicalId, rule, message, when].join(' ');

const UNCHANGED: ReadonlyMap<Node, Node> = new Map();

function asComment({ text, placeAt }: Template, finding: Finding): IgnoreDraft {
  const at = lineStarts(text)[finding.line - 1] ?? text.length;
  const above = commentsOf(text).find(
    (comment) => placeAt(comment.at).line === finding.line - 1 && IGNORED.test(comment.text),
  );
  const title = `Ignore ${finding.rule} here`;
  // Appends the rule to an existing comment.
  if (above && beginsLine(text, above.at)) {
    const end = above.at + (IGNORED.exec(above.text)?.[0].length ?? 0);
    return { title, edits: [{ at: end, end, text: `, ${finding.rule}` }], nodes: UNCHANGED };
  }
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const comment = `${indent}# pangea-lustre: ignore ${finding.rule}${newlineOf(text)}`;
  return { title, edits: [{ at, end: at, text: comment }], nodes: UNCHANGED };
}

/** A comment that silences rules, up to the last rule name. */
const IGNORED = /^#\s*pangea-lustre:\s*ignore\s+[\w-]+(?:\s*,\s*[\w-]+)*/;

const METADATA = 'Metadata';
const OURS = 'PangeaLustre';
const IGNORE = 'Ignore';

function inMetadata(template: Template, { logicalId, rule }: Finding): IgnoreDraft | undefined {
  const resource = template.resource(logicalId)?.value;
  if (resource?.kind !== 'map') return undefined;
  const metadata = entry(resource, METADATA);
  const ours = metadata && entry(metadata.value, OURS);
  const ignore = ours && entry(ours.value, IGNORE);
  const title = `Ignore ${rule} in ${logicalId}`;
  if (ignore) return withItem(template, title, ignore, rule);
  const missing = [METADATA, OURS, IGNORE].slice(ours ? 2 : metadata ? 1 : 0);
  const map = (ours ?? metadata)?.value ?? resource;
  if (map.kind !== 'map') return undefined;
  const [name = IGNORE, ...inner] = missing;
  const value = inner.reduceRight<unknown>((held, each) => ({ [each]: held }), [rule]);
  const node = inner.reduceRight<Node>(
    (held, each) => mapNode([[each, held]]),
    listNode([textNode(rule)]),
  );
  const writing = { text: template.text, json: isJson(template) };
  return {
    title,
    edits: memberEdits(writing, map, [], [[name, value]]),
    nodes: new Map([[map, withMember(map, name, node)]]),
  };
}

const withMember = (map: MapNode, name: string, node: Node): Node =>
  mapNode([...map.entries.map(({ key, value }) => [key, value] as const), [name, node]]);

/** Appends an item to a list in flow or block style. */
function withItem(
  template: Template,
  title: string,
  { value: list }: Entry,
  rule: string,
): IgnoreDraft | undefined {
  const last = list.kind === 'list' ? list.items.at(-1) : undefined;
  if (list.kind !== 'list' || !last) return undefined;
  const name = isJson(template) ? JSON.stringify(rule) : rule;
  const text = isFlow(template.text, list)
    ? `, ${name}`
    : `${newlineOf(template.text)}${indentAt(template.text, last.at)}- ${name}`;
  return {
    title,
    edits: [{ at: last.end, end: last.end, text }],
    nodes: new Map([[list, listNode([...list.items, textNode(rule)])]]),
  };
}

/** The action that converts one AWS::FSx::FileSystem, or why it cannot be converted. */
export type ConversionOffer = Offer | { readonly title: string; readonly why: string };

/** The conversion of one AWS::FSx::FileSystem. Everything else in the text stays as it is. */
export function conversionOffer(
  template: Template,
  fileSystem: FileSystem,
  options: Pick<ReviewOptions, 'region' | 'date'>,
): ConversionOffer {
  const title = `Convert to ${TYPE_NAME}`;
  const { logicalId } = fileSystem;
  try {
    const { text, left } = convert(template.text, { ...options, logicalId });
    const [obstacle] = left;
    if (obstacle) return { title, why: `${logicalId} ${obstacle.why}` };
    const edit = changedPart(template.text, text);
    return edit
      ? { title, edits: [edit] }
      : { title, why: `${logicalId} is not a separate resource` };
  } catch (error) {
    if (!(error instanceof ManualConversionRequired)) throw error;
    return { title, why: error.obstacles.join('; ') };
  }
}

/** The part in which two texts differ, as one edit; undefined if they are equal. */
export function changedPart(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at++;
  let same = 0;
  while (same < most - at && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { at, end: before.length - same, text: after.slice(at, after.length - same) };
}
