import { ATTRIBUTE_NAMES } from '../properties/shapes';
import type { Violation } from '../violations';

/**
 * The read-only properties that a model sets. A template must not set them. `checkModel` ignores them, because handlers also
 * receive models that they have returned.
 */
export function givenAttributes(model: Readonly<Record<string, unknown>>): Violation[] {
  return ATTRIBUTE_NAMES.filter((name) => model[name] != null).map((name) => ({
    rule: 'read-only',
    property: name,
    value: model[name],
    message: `${name} is read-only: the resource type returns it. Remove it, and use Fn::GetAtt to read it.`,
    kind: 'contradiction',
    repairs: [{ [name]: undefined }],
  }));
}
