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
import { today } from '../today';
import type { HandlerRequest } from './action';

export { fileSystemId, notFound } from './file-system-id';

/**
 * The parsed properties.
 *
 * @throws HandlerError InvalidRequest for a value of the wrong type.
 */
export function parse(input: Readonly<Record<string, unknown>>): LustreProperties {
  const { properties, violations } = parseProperties(input);
  refuse(violations);
  return properties;
}

/** The error for an invalid type configuration, with every problem. */
export function invalidConfiguration(problems: readonly string[]): HandlerError {
  return new HandlerError(
    'InvalidTypeConfiguration',
    `The configuration of this type is not valid: ${problems.join(' ')}`,
  );
}

/**
 * The properties of a creation, with defaults and all tags.
 *
 * @throws HandlerError InvalidRequest with every violation.
 */
export function parseCreation(invocation: HandlerRequest): {
  properties: LustreProperties;
  tags: Tag[];
} {
  const { configuration, desired, pricing, stackTags } = invocation;
  const options = { ...checkOptions(configuration), region: pricing.region, date: today() };
  const asked = checkModel(desired, options);
  const tags = mergeTags(stackTags, asked.properties.Tags);
  // Violations of tags are reported for the template's own tags, because merging leaves one of two tags with the same key.
  const isSound = !asked.violations.some(({ property }) => property.startsWith('Tags'));
  // Stack tags count towards the limit of fifty.
  const { properties, violations } =
    isSound && tags.length > 0 ? checkModel({ ...desired, Tags: tags }, options) : asked;
  refuse([...givenAttributes(desired), ...violations, ...guardrails(properties, invocation)]);
  return { properties, tags };
}

/** Keys that the tags of a template have more than once. They are checked before merging, which leaves one of each. */
export const repeatedTags = ({ Tags }: LustreProperties): Violation[] =>
  checkProperties(Tags ? { Tags } : {}, {}, [tagRule]).filter(({ rule }) => rule === 'tag-unique');

/**
 * The options of all checks. The region is an option of creations only, because an existing file system is already in its
 * region.
 */
export function checkOptions({ Validation }: TypeConfiguration): CheckOptions {
  return { deferToFsx: Validation === 'DEFER_TO_FSX' };
}

/** The guardrails of the account, applied to what the file system would become. */
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

/** @throws HandlerError with all messages, if there are errors. Warnings are left to FSx. */
export function refuse(
  violations: readonly Violation[],
  code: HandlerErrorCode = 'InvalidRequest',
): void {
  const errors = errorsOf(violations);
  if (errors.length > 0) throw new HandlerError(code, describeViolations(errors));
}
