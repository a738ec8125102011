/** A validation plugin for the CDK: reviews the synthesized templates of an app. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  CfnElement,
  CfnResource,
  Stack,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolatingResource,
  type PolicyViolation,
} from 'aws-cdk-lib/core';
import { appError } from './app-error';
import { addressOf, checkProperties, checkTemplate, RULE_NAMES } from '../rules';
import type { Finding, TypeConfiguration } from '../rules';
import { today } from '../today';

/** The options of the plugin. */
export interface PangeaLustreValidatorProps {
  /**
   * Whether Lustre file systems of type `AWS::FSx::FileSystem` are also checked, for any construct.
   *
   * @default true
   */
  readonly native?: boolean | undefined;
  /**
   * The type configuration of the account. Its guardrails apply to `Pangea::FSx::LustreFileSystem`.
   *
   * @default - no guardrails
   */
  readonly configuration?: TypeConfiguration | undefined;
  /**
   * The region for stacks without one, such as eu-west-1. Other stacks are checked for their own region.
   *
   * @default - stacks without a region are not checked for what it offers
   */
  readonly region?: string | undefined;
}

/** A template of the app, and its stack. */
interface StackTemplate {
  readonly path: string;
  readonly region: string | undefined;
  readonly stack: Stack | undefined;
}

/** Rules whose findings name a reference instead of a property. */
const ABOUT_REFERENCES: ReadonlySet<string> = new Set([
  'unknown-attribute',
  'attribute-not-text',
  'unknown-reference',
]);

/** The rule name for a template that cannot be checked. */
const UNREADABLE = 'unreadable';

/**
 * Reports what FSx would refuse of the Lustre file systems in an app, for any construct, with the path of the construct and
 * the name of the rule. `Validations.of(construct).acknowledge({ id: 'pangea-lustre::RULE', reason })` silences a rule in a
 * construct and those inside it.
 */
export class PangeaLustreValidator implements IPolicyValidationPlugin {
  readonly name = 'pangea-lustre';
  readonly version: string = process.env.PANGEA_LUSTRE_VERSION ?? '0.0.0';
  readonly ruleIds: string[] = [...RULE_NAMES];
  readonly #props: PangeaLustreValidatorProps;

  /** @throws TypeError if an option is not valid. */
  constructor(props: PangeaLustreValidatorProps = {}) {
    // Invalid options fail before synthesis.
    const problem = problemOf(props);
    if (problem !== undefined) throw appError(problem, PangeaLustreValidator);
    this.#props = props;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatesOf(context).flatMap((template) => this.#violationsIn(template));
    return {
      success: violations.every(({ severity }) => severity !== 'error'),
      violations: merged(violations),
    };
  }

  #violationsIn({ path, region, stack }: StackTemplate): PolicyViolation[] {
    const { native, configuration, region: fallback } = this.#props;
    const text = readFileSync(path, 'utf8');
    // Most stacks of an app have no file system, and parsing a template takes longer than everything else.
    if (!text.includes('::FSx::')) return [];
    if (lacksContext(path)) return [noteOf(LOOKS_UP, stackPlace(path, stack))];
    try {
      const options = { native, configuration, date: today(), region: region ?? fallback };
      const { findings, notes } = checkTemplate(text, options);
      return [
        ...findings.map((finding) => violationOf(finding, path, stack)),
        ...notes
          .filter(({ always }) => always)
          .map(({ logicalId, message }) => noteOf(message, placeOf(logicalId, [], path, stack))),
      ];
    } catch (error) {
      return [failureOf(error, path, stack)];
    }
  }
}

const OPTIONS = ['native', 'configuration', 'region'];

/** What is wrong with the options, as a sentence. Apps in JavaScript have no compiler to report it. */
function problemOf(props: unknown): string | undefined {
  if (typeof props !== 'object' || props === null)
    return 'PangeaLustreValidator takes an object with native, configuration and region, or nothing.';
  const strange = Object.keys(props).find((name) => !OPTIONS.includes(name));
  if (strange !== undefined)
    return `PangeaLustreValidator has no option ${strange}: use native, configuration and region.`;
  const { native, configuration, region } = props as PangeaLustreValidatorProps;
  if (!['undefined', 'boolean'].includes(typeof native))
    return `native ${String(native)} is not valid: use true or false.`;
  try {
    checkProperties({}, { configuration, region });
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

/** The templates of an app, including those of nested stacks, which the CDK does not list. */
function templatesOf({ stackTemplates, appConstruct }: IPolicyValidationContext): StackTemplate[] {
  const stacks = appConstruct.node.findAll().filter((each) => Stack.isStack(each));
  return stackTemplates.flatMap(({ stackConstructPath, templatePath, region }) => [
    {
      path: templatePath,
      region,
      stack: stacks.find(({ node }) => node.path === stackConstructPath),
    },
    ...stacks
      .filter((each) => each.nestedStackParent && topOf(each).node.path === stackConstructPath)
      .map((stack) => ({ path: join(dirname(templatePath), stack.templateFile), region, stack })),
  ]);
}

const topOf = (stack: Stack): Stack =>
  stack.nestedStackParent ? topOf(stack.nestedStackParent) : stack;

function violationOf(finding: Finding, path: string, stack: Stack | undefined): PolicyViolation {
  const { logicalId, property, rule, message, severity, repairs, when } = finding;
  const location = rule === 'resource-attribute' ? property : `Properties.${property}`;
  const locations = ABOUT_REFERENCES.has(rule) ? [] : [location];
  return {
    ruleName: rule,
    description: when === undefined ? message : `${message} (where ${when})`,
    severity,
    ...(repairs.length > 0 && { fix: repairs.map(inWords).join(', or ') }),
    ruleMetadata: { documentation: addressOf(rule) },
    violatingResources: [placeOf(logicalId, locations, path, stack)],
  };
}

/** A repair as text, such as `StorageCapacity: 4800, without DriveCacheType`. */
const inWords = (repair: Finding['repairs'][number]): string =>
  Object.entries(repair)
    .map(([name, value]) =>
      value === null || value === undefined ? `without ${name}` : `${name}: ${textOf(value)}`,
    )
    .join(', ');

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const noteOf = (description: string, place: PolicyViolatingResource): PolicyViolation => ({
  ruleName: 'note',
  description,
  severity: 'info',
  violatingResources: [place],
});

/** A template that cannot be checked is an error, as on the command line. */
function failureOf(error: unknown, path: string, stack: Stack | undefined): PolicyViolation {
  const message = error instanceof Error ? error.message : String(error);
  return {
    ruleName: UNREADABLE,
    description: `This template could not be checked: ${message}.`,
    severity: 'error',
    violatingResources: [stackPlace(path, stack)],
  };
}

const stackPlace = (templatePath: string, stack: Stack | undefined): PolicyViolatingResource => ({
  constructPath: stack?.node.path ?? '',
  templatePath,
  locations: [],
});

const LOOKS_UP =
  'Not checked yet: the CDK first looks up values of this app, such as those of Vpc.fromLookup, and then synthesizes it again.';

/**
 * Whether the cloud assembly of a template lists values that the CDK has yet to look up. Other values are in their place until
 * then, and a failure would keep the CDK from looking them up.
 */
function lacksContext(templatePath: string): boolean {
  try {
    const manifest = readFileSync(join(dirname(templatePath), 'manifest.json'), 'utf8');
    const { missing } = JSON.parse(manifest) as { readonly missing?: readonly unknown[] };
    return missing !== undefined && missing.length > 0;
  } catch {
    return false;
  }
}

/** The resource with a logical ID, for which the CDK finds the construct; otherwise that of another element, or the stack. */
function placeOf(
  logicalId: string,
  locations: string[],
  templatePath: string,
  stack: Stack | undefined,
): PolicyViolatingResource {
  const element = stack?.node
    .findAll()
    .find((each) => CfnElement.isCfnElement(each) && idOf(each, stack) === logicalId);
  return !stack || (element && CfnResource.isCfnResource(element))
    ? { resourceLogicalId: logicalId, templatePath, locations }
    : { constructPath: (element ?? stack).node.path, templatePath, locations: [] };
}

const idOf = (element: CfnElement, stack: Stack): string | undefined =>
  element.stack === stack ? (stack.resolve(element.logicalId) as string) : undefined;

/** Merges violations of a rule with the same message into one that lists all their resources. */
function merged(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const alike = new Map<string, PolicyViolation>();
  for (const violation of violations) {
    const { ruleName, description, severity, fix } = violation;
    const key = JSON.stringify([ruleName, description, severity, fix]);
    const known = alike.get(key);
    if (known) known.violatingResources.push(...violation.violatingResources);
    else alike.set(key, violation);
  }
  return [...alike.values()];
}
