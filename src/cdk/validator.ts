/** A validation plugin of the CDK: the review of the templates that an app is synthesized to. */
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

export interface PangeaLustreValidatorProps {
  /**
   * Whether `AWS::FSx::FileSystem` of type LUSTRE is looked at, of whichever construct.
   * @default true
   */
  readonly native?: boolean | undefined;
  /**
   * The type configuration of the account: its limits are held of `Pangea::FSx::LustreFileSystem`.
   * @default - no limits
   */
  readonly configuration?: TypeConfiguration | undefined;
  /**
   * The region of stacks that have none of their own, such as eu-west-1. Others are held to what their own region has.
   * @default - what a region lacks is not told
   */
  readonly region?: string | undefined;
}

/** A template of the app, and the construct that it is of. */
interface StackTemplate {
  readonly path: string;
  readonly region: string | undefined;
  readonly stack: Stack | undefined;
}

/** Rules whose findings name what is referred to, and no property. */
const ABOUT_REFERENCES: ReadonlySet<string> = new Set(['unknown-attribute', 'unknown-reference']);

/** What is wrong with a template as a whole. */
const UNREADABLE = 'unreadable';

/**
 * Reports what FSx would refuse of the Lustre file systems of an app, whichever construct they are of, with the path of the
 * construct and the name of the rule. `Validations.of(construct).acknowledge({ id: 'pangea-lustre::RULE', reason })` silences
 * a rule in a construct and those below it.
 */
export class PangeaLustreValidator implements IPolicyValidationPlugin {
  readonly name = 'pangea-lustre';
  readonly version: string = process.env.PANGEA_LUSTRE_VERSION ?? '0.0.0';
  readonly ruleIds: string[] = [...RULE_NAMES];
  readonly #props: PangeaLustreValidatorProps;

  /** @throws TypeError where an option is not valid. */
  constructor(props: PangeaLustreValidatorProps = {}) {
    // An app is told before it is synthesized.
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
    // Most stacks of an app have no file system, and reading a template takes longer than all else.
    if (!text.includes('::FSx::')) return [];
    const date = new Date().toISOString().slice(0, 10);
    try {
      const options = { native, configuration, date, region: region ?? fallback };
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

/** What is wrong with options, in a sentence: apps in JavaScript have no compiler that tells. */
function problemOf(props: unknown): string | undefined {
  if (typeof props !== 'object' || props === null)
    return 'PangeaLustreValidator takes an object with native, configuration and region, or nothing.';
  const strange = Object.keys(props).find((name) => !OPTIONS.includes(name));
  if (strange !== undefined)
    return `PangeaLustreValidator has no option ${strange}: there are native, configuration and region.`;
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

/** The templates of an app, those of nested stacks too, which the CDK does not name. */
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
  const locations = ABOUT_REFERENCES.has(rule) ? [] : [`Properties.${property}`];
  return {
    ruleName: rule,
    description: when === undefined ? message : `${message} (where ${when})`,
    severity,
    ...(repairs.length > 0 && { fix: repairs.map(inWords).join(', or ') }),
    ruleMetadata: { documentation: addressOf(rule) },
    violatingResources: [placeOf(logicalId, locations, path, stack)],
  };
}

/** A change of properties, such as `StorageCapacity: 4800, without DriveCacheType`. */
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

/** A template that cannot be checked is an error, as it is for the command line. */
function failureOf(error: unknown, path: string, stack: Stack | undefined): PolicyViolation {
  const message = error instanceof Error ? error.message : String(error);
  return {
    ruleName: UNREADABLE,
    description: `This template could not be checked: ${message}.`,
    severity: 'error',
    violatingResources: [
      { constructPath: stack?.node.path ?? '', templatePath: path, locations: [] },
    ],
  };
}

/** The resource of a logical id, of which the CDK finds the construct; else that of another element, or the stack. */
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

/** One violation for each message of a rule, with all the resources that have it. */
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
