/** The final backup of a deletion: what the template asks for, whether FSx can make it, and what to do if not. */
import type { FileSystem } from '@aws-sdk/client-fsx';
import { HandlerError } from '../handler-error';
import { isPersistent } from '../fsx/description';
import type { FinalBackup } from '../fsx/requests';
import { head, parseProperties } from '../lustre/properties/parse';
import { checkProperties } from '../lustre/rules/rules';
import { describeViolations, LONGEST_MESSAGE } from '../lustre/violations';
import { cut } from '../lustre/wording';
import { refuse } from './request';
import type { HandlerRequest } from './action';

/** The final backup that a template asks for; absent members if it asks for none. */
export interface FinalBackupWish {
  finalBackup?: FinalBackup;
  /** How it differs from what the template asks for, and why. */
  note?: string;
}

/**
 * What the template asks for. Invalid values of other properties do not stop a deletion, but whether a backup is wanted must
 * be clear. Tags that FSx would refuse are omitted, so that the backup is made.
 *
 * @throws HandlerError InvalidRequest if SkipFinalBackup is neither true nor false.
 */
export function wantedFinalBackup({ desired }: Pick<HandlerRequest, 'desired'>): FinalBackupWish {
  const { SkipFinalBackup, FinalBackupTags } = desired;
  const { properties, violations } = parseProperties({ SkipFinalBackup, FinalBackupTags });
  refuse(violations.filter(({ property }) => property === 'SkipFinalBackup'));
  if (properties.SkipFinalBackup !== false) return {};
  const wrong = [...violations, ...checkProperties(properties)].filter(
    ({ property }) => head(property) === 'FinalBackupTags',
  );
  if (wrong.length > 0)
    return { finalBackup: {}, note: untagged(describeViolations(wrong, LONGEST_REASON)) };
  const tags = properties.FinalBackupTags ?? [];
  return { finalBackup: tags.length > 0 ? { tags } : {} };
}

/** Characters of a reason. Leaves room for the advice. */
const LONGEST_REASON = 250;

/** Says that the backup is made without the tags of the template. */
export function untagged(reason: string): string {
  return `The final backup is created without FinalBackupTags, and has the tags of the file system only if CopyTagsToBackups is true: ${cut(reason, LONGEST_REASON)}`;
}

/** Whether a file system was never created completely, and so has nothing to back up. */
export function holdsNothing({ Lifecycle }: FileSystem): boolean {
  return Lifecycle === 'CREATING';
}

/** Why FSx can never back up this file system; undefined if it may. [LG using-backups-fsx] */
export function whyNoBackup(fileSystem: FileSystem): string | undefined {
  const { DataRepositoryConfiguration: repository, DeploymentType } =
    fileSystem.LustreConfiguration ?? {};
  if (!isPersistent(fileSystem))
    return `FSx does not back up ${DeploymentType ?? 'scratch'} file systems.`;
  return repository?.ImportPath === undefined
    ? undefined
    : `FSx does not back up a file system that is linked to S3 (ImportPath ${cut(repository.ImportPath, 100)}).`;
}

/**
 * The error for a file system that is not deleted because FSx cannot make its final backup: the reason, and the alternatives.
 * A stack whose deletion has failed cannot be updated, so the alternatives before and after that differ.
 *
 * @param refusal FSx's refusal; absent if FSx was not called, because it never makes a backup of this file system.
 */
export function keptForBackup(fileSystem: FileSystem, refusal?: HandlerError): HandlerError {
  const { FileSystemId: id = '' } = fileSystem;
  const never = whyNoBackup(fileSystem);
  const kept = `File system ${id} was not deleted: SkipFinalBackup is false, and no final backup can be created.`;
  const first = never
    ? 'Copy the data that you need, and'
    : 'Fix the cause and retry the deletion, or';
  const choice = isPersistent(fileSystem) ? ' --lustre-configuration SkipFinalBackup=true' : '';
  const ways = `${first} delete without a backup: set SkipFinalBackup to true in the template, update the stack, then delete. A stack in DELETE_FAILED cannot be updated: delete it with --retain-resources, then run \`aws fsx delete-file-system --file-system-id ${id}${choice}\`.`;
  const causes = refusal && !never ? [...causesOf(fileSystem, refusal)] : [];
  const rest = [...causes, ways].join(' ');
  const room = LONGEST_MESSAGE - kept.length - rest.length - 2;
  // For InvalidRequest, the causes say what to do. For a quota or a missing permission, the advice does.
  const said = refusal?.code === 'InvalidRequest' ? refusal.plain : refusal?.message;
  const why = cut(never ?? said ?? '', room, { tail: 60 });
  return new HandlerError(refusal?.code ?? 'InvalidRequest', [kept, why, rest].join(' '), {
    cause: refusal,
  });
}

/** Possible causes that FSx's message may not name: the state, and links to S3 that the description does not show. */
function* causesOf(
  { FileSystemId: id = '', Lifecycle }: FileSystem,
  { code }: HandlerError,
): Iterable<string> {
  if (Lifecycle !== 'AVAILABLE') yield `It is ${cut(Lifecycle ?? 'in no state', 64)}.`;
  if (code === 'InvalidRequest')
    yield `FSx does not back up a file system that has a data repository association; \`aws fsx describe-data-repository-associations --filters Name=file-system-id,Values=${id}\` lists them.`;
}
