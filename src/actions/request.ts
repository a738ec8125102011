import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { mergeTags } from '../fsx/tags';
import { estimateCost } from '../lustre/estimates/cost';
import { checkGuardrails } from '../lustre/account/guardrails';
import { parseProperties } from '../lustre/properties/parse';
import type { LustreProperties, Tag } from '../lustre/properties';
import { givenAttributes } from '../lustre/rules/read-only';
import { checkModel, checkProperties, type CheckOptions } from '../lustre/rules/rules';
import { tags as tagRule } from '../lustre/rules/tags';
import type { TypeConfiguration } from '../lustre/account/type-configuration';
import { describeViolations, errorsOf, type Violation } from '../lustre/violations';
import type { HandlerRequest } from './action';

export { fileSystemId, notFound } from './file-system-id';

/** Properties as numbers and booleans; a value of the wrong kind is refused. */
export function parse(input: Readonly<Record<string, unknown>>): LustreProperties {
  const { properties, violations } = parseProperties(input);
  refuse(violations);
  return properties;
}

/** That the account's type configuration is not valid, with every reason. */
export function invalidConfiguration(problems: readonly string[]): HandlerError {
  return new HandlerError(
    'InvalidTypeConfiguration',
    `The configuration of this type is not valid: ${problems.join(' ')}`,
  );
}

/** What a creation asks for, with defaults and all tags; refused, with every reason at once, when it cannot be had. */
export function parseCreation(invocation: HandlerRequest): {
  properties: LustreProperties;
  tags: Tag[];
} {
  const { configuration, desired, pricing, stackTags } = invocation;
  const options = { ...checkOptions(configuration), region: pricing.region, date: today() };
  const asked = checkModel(desired, options);
  const tags = mergeTags(stackTags, asked.properties.Tags);
  // What is wrong with the tags of the template is told as they came: of two with the same key, merging leaves one.
  const isSound = !asked.violations.some(({ property }) => property.startsWith('Tags'));
  // Stack tags count among the fifty.
  const { properties, violations } =
    isSound && tags.length > 0 ? checkModel({ ...desired, Tags: tags }, options) : asked;
  refuse([...givenAttributes(desired), ...violations, ...guardrails(properties, invocation)]);
  return { properties, tags };
}

/** Keys that the tags of a template have more than once; merging them with those of the stack leaves one of each. */
export const repeatedTags = ({ Tags }: LustreProperties): Violation[] =>
  checkProperties(Tags ? { Tags } : {}, {}, [tagRule]).filter(({ rule }) => rule === 'tag-unique');

const today = (): string => new Date(Date.now()).toISOString().slice(0, 10);

/** What every check is told. Where a file system is to be, only a creation asks: what exists is somewhere. */
export function checkOptions({ Validation }: TypeConfiguration): CheckOptions {
  return { deferToFsx: Validation === 'DEFER_TO_FSX' };
}

/** The account's own limits, held against what the file system would be. */
export function guardrails(
  properties: LustreProperties,
  { configuration, pricing }: Pick<HandlerRequest, 'configuration' | 'pricing'>,
): Violation[] {
  const { Guardrails } = configuration;
  if (!Guardrails) return [];
  const { region } = pricing;
  return checkGuardrails(
    properties,
    Guardrails,
    estimateCost(properties, pricing)?.monthly,
    region,
  );
}

/** Ends the operation when there are errors, with all of them in the message. What is only likely is left to FSx. */
export function refuse(
  violations: readonly Violation[],
  code: HandlerErrorCode = 'InvalidRequest',
): void {
  const errors = errorsOf(violations);
  if (errors.length > 0) throw new HandlerError(code, describeViolations(errors));
}
