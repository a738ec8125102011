/** What the configuration of a Terraform plan writes, beside what the provider fills in. */
import { isObject, type Json } from '../../lustre/json';

/**
 * The expressions of a resource in the configuration of a plan.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export interface Written {
  /** By attribute. A block is a list of such objects. */
  readonly expressions: Json;
  /** Whether Terraform knows all values that an expression depends on when it plans. */
  isKnown(expression: unknown): boolean;
  /** Whether an attribute has a value after the apply: it refers to attributes of resources only. */
  isSurelyGiven(attribute: string): boolean;
}

/** A module of the configuration, and the calls from the root module to it. */
interface Module {
  readonly content: unknown;
  /** The values that the caller gives to its variables; undefined for the root module, whose variables are always known. */
  readonly inputs?: Json;
  readonly caller?: Module;
}

/**
 * What the configuration writes for a resource; undefined if the plan does not show it.
 *
 * @param address The address of an instance, such as `module.a["x"].aws_fsx_lustre_file_system.this[0]`.
 */
export function writtenIn(plan: Json, address: string): Written | undefined {
  const steps = address.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '').split('.');
  let module: Module = { content: memberOf(plan.configuration, 'root_module') };
  while (steps[0] === 'module') {
    const [, name = ''] = steps.splice(0, 2);
    module = calledFrom(module, name);
  }
  const { content } = module;
  const resources = isObject(content) && Array.isArray(content.resources) ? content.resources : [];
  const resource: unknown = resources.find(
    (each) => isObject(each) && each.address === steps.join('.'),
  );
  const expressions = memberOf(resource, 'expressions');
  if (!isObject(expressions)) return undefined;
  return {
    expressions,
    isKnown: (expression) => isKnownIn(module, expression),
    isSurelyGiven: (attribute) => {
      const references = referencesOf(expressions[attribute]);
      return references.length > 0 && references.every(isOfOneResource);
    },
  };
}

function calledFrom(caller: Module, name: string): Module {
  const call = memberOf(memberOf(caller.content, 'module_calls'), name);
  const inputs = memberOf(call, 'expressions');
  return { content: memberOf(call, 'module'), inputs: isObject(inputs) ? inputs : {}, caller };
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

function referencesOf(expression: unknown): readonly string[] {
  const references = memberOf(expression, 'references');
  return Array.isArray(references) ? references.filter((each) => typeof each === 'string') : [];
}

/** Values of variables can be traced. Those of locals and others are not in a plan. */
function isKnownIn({ inputs, caller }: Module, expression: unknown): boolean {
  return referencesOf(expression).every((reference) => {
    const [, name] = /^var\.([^.[]+)/.exec(reference) ?? [];
    if (name === undefined) return false;
    return !inputs || !caller || isKnownIn(caller, memberOf(inputs, name));
  });
}

/** Of a resource without count or for_each, any other reference may turn out to be null. */
const isOfOneResource = (reference: string): boolean =>
  /^[a-z][a-z0-9]*_[a-z0-9_]+\.[^.[]+(?:\.|$)/i.test(reference);

/**
 * The marks of what is known after the apply only, without the attributes that are not written: the provider reads them from
 * FSx, and does not send them. An expression whose values are all known, and whose result is not, is null: that is not written.
 *
 * @param marks `after_unknown` of a change.
 */
export function marksOfWritten(
  marks: unknown,
  { expressions, isKnown }: Pick<Written, 'expressions' | 'isKnown'>,
): unknown {
  if (!isObject(marks)) return marks;
  return Object.fromEntries(
    Object.entries(marks).flatMap(([attribute, mark]) => {
      const written = expressions[attribute];
      if (written === undefined) return mark === true ? [] : [[attribute, mark]];
      // Dynamic blocks are not shown, so only the members of a block that is shown are known to be left out.
      const block: unknown = Array.isArray(written) ? written[0] : undefined;
      if (!isObject(block)) return mark === true && isKnown(written) ? [] : [[attribute, mark]];
      if (!Array.isArray(mark)) return [[attribute, mark]];
      return [[attribute, mark.map((each) => marksOfWritten(each, { expressions: block, isKnown }))]]; // oxfmt-ignore
    }),
  );
}
