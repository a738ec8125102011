/** Finds the file system whose backup another one is restored from, if a template has both. */
import { head } from '../../lustre/properties/parse';
import { withDefaults, type LustreProperties } from '../../lustre/properties';
import { restoreConflicts, UNCHANGING } from '../../lustre/rules/restore';
import { readPartial } from '../../lustre/unresolved/model';
import type { Violation } from '../../lustre/violations';
import type { Deployment } from '../../template/deployment';
import { evaluate, outside } from '../../template/intrinsics';
import { member, textOf } from '../../template/node';
import { isUnknown, type Value } from '../../template/values';
import { outcomeIn, type BackedUp, type FileSystem, type Outcome } from '../file-systems';
import { modelOf } from '../resource-model';
import { NATIVE, OURS } from '../resource-types';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-backup.html */
const BACKUP_TYPE = 'AWS::FSx::Backup';

/** The file system in a deployment, with the one that its backup was made of. */
export function withBackup(deployment: Deployment, fileSystem: FileSystem): Outcome {
  const outcome = outcomeIn(deployment, fileSystem);
  const backup = outcome.properties && backedUp(outcome.properties, deployment);
  return backup ? { ...outcome, backup } : outcome;
}

function backedUp(restored: Value, deployment: Deployment): BackedUp | undefined {
  if (restored.kind !== 'object') return undefined;
  const { template } = deployment;
  const [backupId = '', attribute = 'BackupId'] = referred(restored.members.get('BackupId')?.value);
  const backup = template.resource(backupId)?.value;
  if (textOf(member(backup, 'Type')) !== BACKUP_TYPE || attribute !== 'BackupId') return undefined;
  const of = member(member(backup, 'Properties'), 'FileSystemId');
  const [logicalId = ''] = referred(of && evaluate(of, outside(deployment)));
  const resource = template.resource(logicalId);
  const type = [OURS, NATIVE].find(({ name }) => name === textOf(member(resource?.value, 'Type')));
  if (resource === undefined || type === undefined) return undefined;
  const { at, value: node } = resource;
  const { properties } = outcomeIn(deployment, { logicalId, type, at, node, bindings: new Map() });
  if (properties?.kind !== 'object') return undefined;
  const { known, open, violations } = readPartial(modelOf(properties, type), type.defaults);
  const unread = new Set([...open.keys(), ...violations.map(({ property }) => property)].map(head));
  // A missing property may depend on an unknown one, so it is unknown too.
  return {
    logicalId,
    properties: unread.size > 0 ? known : withDefaults(known, type.defaults),
    open: unread,
  };
}

/** The logical ID, and the attribute, of a Ref or Fn::GetAtt whose value only the deployment knows. */
function referred(value: Value | undefined): readonly (string | undefined)[] {
  if (value === undefined || !isUnknown(value)) return [];
  const [, logicalId, attribute] = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(value.unknown.text) ?? [];
  return [logicalId, attribute];
}

/**
 * Properties given with a backup that FSx would not restore. For properties that can change on an existing file system, these
 * are warnings, because the backup may be older than the change.
 */
export function conflictsWith(
  { logicalId, properties, open }: BackedUp,
  model: Readonly<Record<string, unknown>>,
): Violation[] {
  const { known } = readPartial(model);
  return restoreConflicts(properties, known)
    .filter(({ property }) => isTold(property, properties, open))
    .map((violation): Violation =>
      UNCHANGING.has(violation.property)
        ? { ...violation, message: `${violation.message} The backup is of ${logicalId}.` }
        : {
            ...violation,
            severity: 'warning',
            message: `${violation.message} The backup is of ${logicalId}: if ${logicalId} has changed since, FSx uses its values from when the backup was made.`,
          },
    );
}

/**
 * Whether the template determines the value of a property in the backup. A file system that is itself restored has the values
 * of its backup.
 */
function isTold(
  property: string,
  properties: LustreProperties,
  open: ReadonlySet<string>,
): boolean {
  if (open.has(property)) return false;
  const mayFollow = open.size > 0 || properties.BackupId !== undefined;
  return !mayFollow || properties[property as keyof LustreProperties] !== undefined;
}
