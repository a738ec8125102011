/** File systems with a new logical ID, which CloudFormation treats as a deletion and a creation. */
import type { Deployment } from '../../template/deployment';
import { entries, evaluate, outside } from '../../template/intrinsics';
import { member } from '../../template/node';
import { keyed } from '../../template/values';
import type { Change, Reason } from './change';

/** Two file systems are similar if more than half of their properties, and more than one, are equal. */
const isAlike = (equal: number, all: number): boolean => equal > 1 && equal * 2 > all;

/** The changes, with a reason added to each deletion and creation that look like a rename. */
export function withRenames(
  changes: readonly Change[],
  before: Deployment,
  after: Deployment,
): readonly Change[] {
  const [old, wanted] = [propertiesIn(before), propertiesIn(after)];
  const created = changes.filter(({ change }) => change === 'create');
  const renamed = new Map<string, string>();
  for (const { change, logicalId, type } of changes) {
    if (change !== 'delete') continue;
    const others = created.filter((each) => each.type === type && !renamed.has(each.logicalId));
    const best = others
      .map((each) => ({
        to: each.logicalId,
        ...likeness(old.get(logicalId), wanted.get(each.logicalId)),
      }))
      .filter(({ equal, all }) => isAlike(equal, all))
      .toSorted((a, b) => b.equal - a.equal)[0];
    if (!best) continue;
    renamed.set(logicalId, best.to).set(best.to, logicalId);
  }
  return changes.map((change) => {
    const other = renamed.get(change.logicalId);
    if (other === undefined) return change;
    const reason = renameReason(change, other);
    const { branches } = change;
    return {
      ...change,
      reasons: [reason, ...change.reasons],
      ...(branches && {
        branches: branches.map((each) =>
          each.change === change.change ? { ...each, reasons: [reason, ...each.reasons] } : each,
        ),
      }),
    };
  });
}

const renameReason = ({ change, logicalId }: Change, other: string): Reason => ({
  property: 'LogicalId',
  message:
    change === 'delete'
      ? `It looks as if ${logicalId} was renamed to ${other}. CloudFormation does not rename resources: it creates ${other}, empty, and deletes ${logicalId}. Keep the logical ID ${logicalId}; or add DeletionPolicy: Retain, deploy that, remove it, and import it as ${other}.`
      : `It looks as if ${other} was renamed to ${logicalId}. CloudFormation does not rename resources: ${logicalId} is a new, empty file system, and ${other} is deleted.`,
});

type Properties = ReadonlyMap<string, string>;

/** The properties of all resources, each value as text. */
function propertiesIn(deployment: Deployment): ReadonlyMap<string, Properties> {
  const section = deployment.template.section('Resources');
  const found = new Map<string, Properties>();
  for (const { key, node, context } of section ? entries(section, outside(deployment)) : []) {
    const written = member(node, 'Properties');
    const value = written && evaluate(written, context);
    if (value?.kind !== 'object') continue;
    const members = [...value.members].map(([name, each]) => [name, keyed(each.value)] as const);
    found.set(key, new Map(members));
  }
  return found;
}

function likeness(
  one: Properties | undefined,
  other: Properties | undefined,
): { equal: number; all: number } {
  const names = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  const equal = [...names].filter((name) => one?.get(name) === other?.get(name)).length;
  return { equal, all: names.size };
}
