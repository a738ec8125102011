import { ATTRIBUTE_NAMES } from '../properties/shapes';
import type { Violation } from '../violations';

/**
 * The read-only attributes that a model gives a value. A template cannot give them; `checkModel` passes over them, because
 * handlers are also sent models that they returned.
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
