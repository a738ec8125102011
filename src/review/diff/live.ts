/** Compares existing file systems with a template: what happens to them when it is deployed. */
import { isEquivalentProperty } from '../../lustre/properties/equality';
import type { LustreProperties } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import { rowOf } from '../../lustre/properties/property-table';
import { PROPERTY_NAMES, propertyNamed } from '../../lustre/properties/shapes';
import { joinWithAnd } from '../../lustre/wording';
import { unknownsIn } from '../../lustre/unknown';
import { forEachDeployment, refuseParameters } from '../../template/deployments';
import { Unreadable } from '../../template/source-tree';
import { Template } from '../../template/template';
import { findFileSystems, variantOf, type FileSystem } from '../file-systems';
import type { Reason, Verdict } from './change';
import { branchesOf, changeOf, type Diff, type DiffOptions } from './diff';
import { judge } from './judge';
import { References } from './replaced-references';
import { stateIn, type State } from './state';

/** An existing Lustre file system. */
export interface Existing {
  /** Such as fs-0123456789abcdef0. */
  readonly id: string;
  /** The logical ID and the stack name from the tags that CloudFormation set. */
  readonly logicalId?: string;
  readonly stackName?: string;
  readonly properties: LustreProperties;
}

/** The options of a comparison with existing file systems. */
export interface LiveOptions extends Omit<DiffOptions, 'oldParameters'> {
  /** The IDs of file systems by logical ID, for those without tags of CloudFormation. */
  readonly fileSystemIds?: ReadonlyMap<string, string>;
}

/**
 * What happens to existing file systems, each of which belongs to a resource of the template.
 *
 * @throws Unreadable if the text is not a template, or the file systems cannot be matched to its resources.
 */
export function diffLive(
  existing: readonly Existing[],
  text: string,
  { file = 'template', fileSystemIds = new Map<string, string>(), ...options }: LiveOptions,
): Diff {
  const template = Template.read(file, text);
  const deployments = {
    ...options,
    nonDefault: 'deciding' as const,
    hidesNoEcho: true,
  };
  refuseParameters(template, deployments);
  const fileSystems = findFileSystems(template, deployments);
  const matched = match(existing, fileSystems, fileSystemIds);
  const notes: string[] = [];
  const changes = fileSystems.flatMap((fileSystem) => {
    const found = matched.get(fileSystem.logicalId);
    const { results, complete } = forEachDeployment(template, deployments, (deployment) => {
      const after = stateIn(deployment, fileSystem);
      const before = after && found && asState(found, after);
      const references = new References(deployment, deployment, new Set());
      const verdict = judge(before, after, options, references);
      const outcome = variantOf(deployment);
      return { outcome, verdict: after && verdict && withComparison(verdict, after, found) };
    });
    if (!complete)
      notes.push(`${file} has too many combinations of conditions: not all of them were compared.`);
    const branches = branchesOf(results, template.work);
    const [worst] = branches;
    const place = template.placeAt(fileSystem.at);
    return worst ? [changeOf(branches, worst, fileSystem.logicalId, fileSystem, file, place)] : [];
  });
  const used = new Set([...matched.values()].map(({ id }) => id));
  const others = existing.filter(({ id }) => !used.has(id));
  if (others.length > 0)
    notes.push(
      `${others.map(({ id }) => id).join(', ')}: no match in ${file}. For each that belongs to it, specify --file-system LogicalId=${others[0]?.id ?? ''}.`,
    );
  return { changes, notes, parameterNames: template.parameterNames };
}

/** Matches existing file systems to those of the template: as given, by their tags, or because there is only one of each. */
function match(
  existing: readonly Existing[],
  fileSystems: readonly FileSystem[],
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, Existing> {
  const names = fileSystems.map(({ logicalId }) => logicalId);
  const matched = new Map<string, Existing>();
  for (const [logicalId, id] of given) {
    if (!names.includes(logicalId))
      throw new Unreadable(
        `there is no Lustre file system ${logicalId} in it: it has ${names.join(', ') || 'none'}`,
      );
    const found = existing.find((each) => each.id === id);
    if (!found) throw new Unreadable(`${id} is not among the described file systems`);
    matched.set(logicalId, found);
  }
  const free = () => existing.filter((each) => ![...matched.values()].includes(each));
  for (const logicalId of names) {
    if (matched.has(logicalId)) continue;
    const [first, second] = free().filter((each) => each.logicalId === logicalId);
    if (first && second)
      throw new Unreadable(
        `${first.id}${ofStack(first)} and ${second.id}${ofStack(second)} both have the logical ID ${logicalId}: choose one with --file-system ${logicalId}=${first.id}`,
      );
    if (first) matched.set(logicalId, first);
  }
  const [only, another] = free();
  const [name, otherName] = names.filter((each) => !matched.has(each));
  if (only && !another && name !== undefined && otherName === undefined && !only.logicalId)
    matched.set(name, only);
  return matched;
}

const ofStack = ({ stackName }: Existing): string =>
  stackName === undefined ? '' : ` (stack ${stackName})`;

/**
 * An existing file system as the state of a previous template. That template has the same text as the new one for every
 * property with the same value. Properties that FSx does not describe, and values of the new template that are not known,
 * count as unchanged.
 */
function asState({ properties }: Existing, after: State): State {
  const wanted = parseProperties(after.model).properties;
  const model = Object.fromEntries(
    Object.entries(after.model).map(([name, value]) => {
      const known = propertyNamed(name);
      const isCompared = known && isComparable(known, after);
      const isSame = !isCompared || isMet(known, wanted, properties);
      return [name, isSame ? value : properties[known]];
    }),
  );
  return { ...after, model, described: properties };
}

/** Whether a file system has the wanted value. Tags that the template does not set, such as those of the stack, are ignored. */
function isMet(
  name: keyof LustreProperties,
  wanted: LustreProperties,
  current: LustreProperties,
): boolean {
  if (name !== 'Tags') return isEquivalentProperty(name, wanted[name], current[name]);
  return (wanted.Tags ?? []).every(({ Key, Value }) =>
    current.Tags?.some((tag) => tag.Key === Key && tag.Value === Value),
  );
}

const isComparable = (name: keyof LustreProperties, { model }: State): boolean =>
  rowOf(name).described !== 'never' && unknownsIn(model[name]).length === 0;

/** The verdict, with the file system that it is about and the properties that could not be compared. */
function withComparison(
  verdict: Verdict,
  { model, type }: State,
  found: Existing | undefined,
): Verdict {
  if (!found)
    return {
      ...verdict,
      reasons: [
        ...verdict.reasons,
        {
          property: 'FileSystemId',
          message: 'No existing file system matches it.',
        },
      ],
    };
  const left = PROPERTY_NAMES.filter(
    (name) =>
      model[name] !== undefined &&
      rowOf(name).update !== 'none' &&
      (rowOf(name).described === 'never' || unknownsIn(model[name]).length > 0),
  );
  const reason: Reason = {
    property: 'FileSystemId',
    message: `Compared with ${found.id}${left.length === 0 ? '' : `, except for ${joinWithAnd(left.map((name) => type.path(name)))}: not described by FSx, or known only at deployment`}.`,
  };
  return { ...verdict, reasons: [...verdict.reasons, reason] };
}
