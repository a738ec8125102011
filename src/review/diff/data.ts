/** What happens to the data of a file system that is deleted or replaced. */
import { withDefaults } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import type { State } from './state';

/** `kept`: the file system stays, outside the stack. `in a backup`: the file system is deleted after a final backup. */
export type Fate = 'kept' | 'in a backup' | 'lost';

/**
 * When a resource is removed from its template, CloudFormation uses the policy of the deployed template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function fateOfDeleted(before: State): Fate {
  const { deletionPolicy } = before;
  const keeps = deletionPolicy === 'Retain' || deletionPolicy === 'RetainExceptOnCreate';
  return keeps ? 'kept' : backedUp(before);
}

/**
 * AWS does not document which of the two templates' policies applies to a replacement, so both must keep the file system.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function fateOfReplaced(before: State, after: State | undefined): Fate {
  const keeps = [before, after ?? before].every(
    ({ updateReplacePolicy }) => updateReplacePolicy === 'Retain',
  );
  return keeps ? 'kept' : backedUp(before);
}

/** The type creates a final backup if the deployed template asks for one. If FSx cannot create it, the deletion fails. */
function backedUp({ model, type }: State): Fate {
  const { properties } = parseProperties(model);
  const { SkipFinalBackup, DeploymentType } = withDefaults(properties, type.defaults);
  const isMade = SkipFinalBackup === false && DeploymentType?.startsWith('PERSISTENT');
  return isMade ? 'in a backup' : 'lost';
}
