/** What the configuration of a Terraform plan writes, beside what the provider fills in. */
import { isObject, type Json } from '../../lustre/json';

/**
 * The expressions of a resource in the configuration of a plan, by attribute; undefined if the plan does not show them.
 *
 * @param address The address of an instance, such as `module.a["x"].aws_fsx_lustre_file_system.this[0]`.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export function expressionsOf(plan: Json, address: string): Json | undefined {
  const steps = address.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '').split('.');
  let module = memberOf(plan.configuration, 'root_module');
  while (steps[0] === 'module') {
    const [, name = ''] = steps.splice(0, 2);
    module = memberOf(memberOf(memberOf(module, 'module_calls'), name), 'module');
  }
  const resources = isObject(module) && Array.isArray(module.resources) ? module.resources : [];
  const resource: unknown = resources.find(
    (each) => isObject(each) && each.address === steps.join('.'),
  );
  const expressions = memberOf(resource, 'expressions');
  return isObject(expressions) ? expressions : undefined;
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/**
 * The marks of what is known after the apply only, without the attributes that are not written: the provider reads them from
 * FSx, and does not send them.
 *
 * @param marks `after_unknown` of a change.
 */
export function marksOfWritten(marks: unknown, expressions: Json): unknown {
  if (!isObject(marks)) return marks;
  return Object.fromEntries(
    Object.entries(marks).flatMap(([attribute, mark]) => {
      const written = expressions[attribute];
      if (written === undefined) return mark === true ? [] : [[attribute, mark]];
      // Dynamic blocks are not shown, so only the members of a block that is shown are known to be left out.
      const block: unknown = Array.isArray(written) ? written[0] : undefined;
      if (!isObject(block) || !Array.isArray(mark)) return [[attribute, mark]];
      return [[attribute, mark.map((each) => marksOfWritten(each, block))]];
    }),
  );
}
