/** The type configuration: settings of an account for all its file systems of the type. */
import type { Guardrails } from './guardrails';
import { isObject } from '../json';
import { read } from '../properties/reading';
import { checkShape } from '../rules/formats';
import {
  boolean,
  choice,
  decimal,
  integer,
  list,
  object,
  PROPERTY_SHAPES,
  text,
} from '../properties/shapes';
import { violationOf, type Violation } from '../violations';
import { closest, formatValue } from '../wording';

/** A parsed type configuration. */
export interface TypeConfiguration {
  /** Default: STRICT. DEFER_TO_FSX leaves the allowed numbers (capacities, tiers, IOPS, versions) to FSx. */
  Validation?: 'STRICT' | 'DEFER_TO_FSX';
  Pricing?: {
    /** Default: BOOK, the prices that come with the type. PRICE_LIST requests them from AWS at run time. */
    Source?: 'BOOK' | 'PRICE_LIST';
    /** Negotiated discount, 0 to 100. */
    DiscountPercent?: number;
  };
  Guardrails?: Guardrails;
}

const SHAPE = object('an object with Validation, Pricing and Guardrails', {
  Validation: choice('STRICT', 'DEFER_TO_FSX'),
  Pricing: object('an object with Source and DiscountPercent', {
    Source: choice('BOOK', 'PRICE_LIST'),
    DiscountPercent: decimal('', 0, 100),
  }),
  Guardrails: object('an object with limits', {
    AllowedDeploymentTypes: list('a list of deployment types', PROPERTY_SHAPES.DeploymentType),
    MaxStorageCapacity: integer(' (GiB)', 1),
    MaxEstimatedMonthlyCost: decimal(' (USD)'),
    RequireKmsKey: boolean(),
    RequireBackups: boolean(),
    RequiredTagKeys: list('a list of tag keys', text('a tag key', { length: [1, 128] })),
  }),
});

/**
 * Parses the type configuration, in which every scalar may be a string. Each entry of `problems` names the setting that is
 * wrong. A missing configuration is no problem.
 */
export function parseTypeConfiguration(input: unknown): {
  configuration: TypeConfiguration;
  problems: string[];
} {
  const violations: Violation[] = [];
  if (input !== undefined && input !== null && !isObject(input))
    return {
      configuration: {},
      problems: [`${formatValue(input)} is not a type configuration: expected ${SHAPE.expected}.`],
    };
  const configuration = (read(SHAPE, input, '', { violations, advice: settingAdvice }) ??
    {}) as TypeConfiguration;
  checkShape(
    SHAPE,
    configuration,
    '',
    () => ({}),
    (refusal) => violations.push(violationOf(refusal)),
  );
  return { configuration, problems: violations.map(({ message }) => message) };
}

/** Only the settings of this type are suggested: unlike properties, settings have no names in other tools. */
function settingAdvice(name: string, { known }: { known: readonly string[] }): string {
  const near = closest(name, known);
  return near === undefined ? 'omit it.' : `did you mean ${near}?`;
}
