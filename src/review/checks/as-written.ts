/** Numbers that YAML reads as other ones than the template has. */
import { head } from '../../lustre/properties/parse';
import { valueAt } from '../../lustre/unknown';
import type { Model } from '../../lustre/unresolved/model';
import type { Violation } from '../../lustre/violations';
import { formatValue } from '../../lustre/wording';
import type { ObjectValue } from '../../template/values';
import { modelOf, writtenAt } from '../resource-model';
import type { ResourceType } from '../resource-types';

/**
 * Completes what is said of a number that YAML reads as another one, such as 0500 as 320. If the text is refused too, it is the
 * text that its author wants to put right. If it is valid, it only needs quotes.
 */
export function asWritten(
  properties: ObjectValue,
  type: ResourceType,
  model: Model,
  check: (model: Model) => Violation[],
): (violation: Violation) => Violation {
  let texts: { readonly model: Model; readonly violations: Violation[] } | undefined;
  return (violation) => {
    const { property, rule } = violation;
    const written = writtenAt(properties, type.path(property));
    if (written === undefined) return violation;
    if (!texts) {
      const asTexts = modelOf(properties, type, true);
      texts = { model: asTexts, violations: check(asTexts) };
    }
    const refused = texts.violations.filter((each) => each.property === property);
    const same = refused.find((each) => each.rule === rule);
    const value = formatValue(valueAt(model, property));
    if (rule === 'format' && refused.length === 0)
      return {
        ...violation,
        message: `${property} ${value} is not valid: write ${written} in quotes, because YAML reads it as ${value}.`,
        repairs: [{ [head(property)]: texts.model[head(property)] }],
      };
    const said = same ?? violation;
    return said.message.includes('YAML reads')
      ? said
      : { ...said, message: `${said.message} YAML reads ${written} as ${value}.` };
  };
}
