/** What becomes of the data of a file system that is deleted or replaced. */
import { withDefaults } from '../../lustre/properties';
import { parseProperties } from '../../lustre/properties/parse';
import type { State } from './state';

/** `kept`: the file system stays, outside the stack. `in a backup`: it goes, and a final backup holds its data. */
export type Fate = 'kept' | 'in a backup' | 'lost';

/**
 * Where a resource leaves its template, the policy that counts is that of the template that the stack has.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function fateOfDeleted(before: State): Fate {
  const { deletionPolicy } = before;
  const keeps = deletionPolicy === 'Retain' || deletionPolicy === 'RetainExceptOnCreate';
  return keeps ? 'kept' : backedUp(before);
}

/**
 * Which of the two templates decides on what a replacement leaves behind is not on record, so both have to say so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function fateOfReplaced(before: State, after: State | undefined): Fate {
  const keeps = [before, after ?? before].every(
    ({ updateReplacePolicy }) => updateReplacePolicy === 'Retain',
  );
  return keeps ? 'kept' : backedUp(before);
}

/** The type makes a final backup where the template that the stack has asks for one, and stops where FSx makes none. */
function backedUp({ model, type }: State): Fate {
  const { properties } = parseProperties(model);
  const { SkipFinalBackup, DeploymentType } = withDefaults(properties, type.defaults);
  const isMade = SkipFinalBackup === false && DeploymentType?.startsWith('PERSISTENT');
  return isMade ? 'in a backup' : 'lost';
}
