/** What a Terraform plan deletes in file systems along with their data repository associations. */
import { isObject, type Json } from '../../lustre/json';
import type { Change, Reason } from './change';
import { addressOf, changesOf, listOf } from './terraform-plan';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_data_repository_association */
const ASSOCIATION_TYPE = 'aws_fsx_data_repository_association';

/** An association whose deletion also deletes the files of its folder in the file system. */
interface Deletion {
  readonly address: string;
  readonly fileSystemId: string | undefined;
  readonly reason: Reason;
}

/** The sentence for a file system that stays, but loses the files of a folder. */
const LOST =
  'DATA LOST: files are deleted from the file system along with a data repository association.';

/**
 * The changes of file systems, with what they lose along with associations. File systems that the plan does not contain are
 * added.
 *
 * @param ids The ids of the existing file systems, in the order of the changes.
 */
export function withDataOfAssociations(
  plan: Json,
  changes: readonly Change[],
  ids: readonly (string | undefined)[],
  file: string,
): readonly Change[] {
  const deletions = changesOf(plan, ASSOCIATION_TYPE).flatMap(deletionIn);
  const isOf = (id: string | undefined) => (deletion: Deletion) =>
    id !== undefined && deletion.fileSystemId === id;
  const others = deletions.filter((each) => !ids.some((id) => isOf(id)(each)));
  return [
    ...changes.map((change, index) => losing(change, deletions.filter(isOf(ids[index])))),
    ...others.map((each) => ofAnother(each, file)),
  ];
}

/** https://docs.aws.amazon.com/fsx/latest/APIReference/API_DeleteDataRepositoryAssociation.html */
function deletionIn(resource: Json): Deletion | readonly [] {
  const { actions, before } = isObject(resource.change) ? resource.change : {};
  if (!listOf(actions).includes('delete') || !isObject(before)) return [];
  if (before.delete_data_in_filesystem !== true) return [];
  const address = addressOf(resource);
  const { file_system_id: id } = before;
  return {
    address,
    fileSystemId: typeof id === 'string' ? id : undefined,
    reason: {
      property: 'delete_data_in_filesystem',
      message: `${address} is deleted with delete_data_in_filesystem = true: FSx deletes the files below its file_system_path from the file system. Those that were not exported to S3 are lost. To keep them, apply delete_data_in_filesystem = false first.`,
    },
  };
}

/** Terraform deletes associations before their file system, so a final backup has no such files either. */
function losing(change: Change, deletions: readonly Deletion[]): Change {
  if (deletions.length === 0) return change;
  const isGone = change.dataLoss && ['delete', 'replace'].includes(change.change);
  if (isGone) return change;
  const reasons = [...deletions.map(({ reason }) => reason), ...change.reasons];
  if (change.dataLoss) return { ...change, reasons };
  const kind = change.change === 'none' ? 'in-place' : change.change;
  return { ...change, change: kind, dataLoss: true, verdict: LOST, reasons };
}

/** A file system that another configuration manages. */
const ofAnother = ({ address, reason }: Deletion, file: string): Change => ({
  logicalId: address,
  type: ASSOCIATION_TYPE,
  file,
  change: 'in-place',
  dataLoss: true,
  verdict: LOST,
  reasons: [reason],
  steps: [],
  differences: [],
  throughput: { before: null, after: null },
  monthlyCost: { before: null, after: null },
  costBasis: [],
});
