/**
 * Replaces the advice on unknown names in the hook: CloudFormation has already validated the names of its resources, and the
 * code of the hook must fit into a template.
 */
import { meaning, type Place } from '../../lustre/properties/name-meaning';

export const nameAdvice = (name: string, place: Place): string =>
  adviceIfKnown(name, place) ?? 'omit it.';

export function adviceIfKnown(name: string, place: Place): string | undefined {
  const found = meaning(name, place);
  return found && `did you mean ${found.name}?`;
}
