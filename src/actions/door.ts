import { HandlerError, type HandlerErrorCode } from '../handler-error';
import { isFileSystemId } from '../fsx/ids';
import { mergeTags } from '../fsx/tags';
import { estimateCost } from '../lustre/cost';
import { checkGuardrails } from '../lustre/guardrails';
import { parseProperties } from '../lustre/parse';
import { ATTRIBUTE_NAMES } from '../lustre/shapes';
import type { LustreProperties, Tag } from '../lustre/properties';
import { checkModel, type CheckOptions } from '../lustre/rules';
import type { TypeConfiguration } from '../lustre/type-configuration';
import { describeViolations, type Violation } from '../lustre/violations';
import { cut } from '../lustre/wording';
import type { Invocation } from './invocation';

/** The id that a request names, or undefined when it is missing or cannot be one. */
export function fileSystemId({ desired }: Pick<Invocation, 'desired'>): string | undefined {
  return isFileSystemId(desired.FileSystemId) ? desired.FileSystemId : undefined;
}

/** NotFound, in the words that every action uses. */
export function notFound({ desired }: Pick<Invocation, 'desired'>): HandlerError {
  const id = desired.FileSystemId;
  return new HandlerError(
    'NotFound',
    typeof id === 'string' && id !== ''
      ? `There is no Lustre file system ${cut(id, 64)} in this account and region.`
      : 'There is no Lustre file system without a FileSystemId.',
  );
}

/** Properties as numbers and booleans; a value of the wrong kind is refused. */
export function parse(input: Readonly<Record<string, unknown>>): LustreProperties {
  const { properties, violations } = parseProperties(input);
  refuse(violations);
  return properties;
}

/** What a creation asks for, with defaults and all tags; refused, with every reason at once, when it cannot be had. */
export function parseCreation(invocation: Invocation): {
  properties: LustreProperties;
  tags: Tag[];
} {
  const { configuration, desired, stackTags } = invocation;
  const given = ATTRIBUTE_NAMES.filter((name) => desired[name] != null);
  const asked = parseProperties(desired);
  const tags = mergeTags(stackTags, asked.properties.Tags);
  // Stack tags count among the fifty; tags that could not be read are told as they came.
  const readable = !asked.violations.some(({ property }) => property.startsWith('Tags'));
  const { properties, violations } = checkModel(
    readable && tags.length > 0 ? { ...desired, Tags: tags } : desired,
    checkOptions(configuration),
  );
  refuse([...given.map(readOnly), ...violations, ...guardrails(properties, invocation)]);
  return { properties, tags };
}

export function checkOptions({ Validation }: TypeConfiguration): CheckOptions {
  return { deferToFsx: Validation === 'DEFER_TO_FSX' };
}

/** The account's own limits, held against what the file system would be. */
export function guardrails(
  properties: LustreProperties,
  { configuration, pricing }: Pick<Invocation, 'configuration' | 'pricing'>,
): Violation[] {
  const { Guardrails } = configuration;
  if (!Guardrails) return [];
  return checkGuardrails(properties, Guardrails, estimateCost(properties, pricing)?.monthly);
}

/** Ends the operation when there are violations, with all of them in the message. */
export function refuse(
  violations: readonly Violation[],
  code: HandlerErrorCode = 'InvalidRequest',
): void {
  if (violations.length > 0) throw new HandlerError(code, describeViolations(violations));
}

function readOnly(property: string): Violation {
  return {
    rule: 'read-only',
    property,
    message: `${property} is read-only: it is what the type returns. Remove it from the template.`,
    kind: 'contradiction',
  };
}
