import { call, children, member, textOf } from '../../src/template/node';
import type { Node } from '../../src/template/node';
import { PSEUDO_PARAMETERS, type Deployment } from '../../src/template/deployment';
import { brokenRule } from '../../src/template/rules-section';
import { NotModeled, SAYS, ValidationError } from './refusals';
import type { Parameter } from './template';

type Parameters = Readonly<Record<string, Parameter>>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
const FUNCTIONS = new Set([
  'Ref',
  'Fn::And',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::Equals',
  'Fn::Not',
  'Fn::Or',
]);
/** These query the resources of the account, or are documented but refused when they are used. */
const NOT_MODELED = new Set(['Fn::If', 'Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll']);

/** Other members of an assertion are not refused: a published solution of AWS has one that is misspelled. https://github.com/aws-cloudformation/aws-cloudformation-templates/blob/main/Solutions/VPCPeering/templates/VPCPeering-Requester-Setup.cfn.yaml */
const MEMBERS = ['RuleCondition', 'Assertions'];

/**
 * Refuses Rules that are not well formed, whatever the parameters.
 *
 * @throws ValidationError; NotModeled for functions that need an account.
 */
export function checkRules(rules: Node | undefined, parameters: Parameters): void {
  for (const [name, rule] of rules ? children(rules) : []) {
    const assertions = member(rule, 'Assertions');
    if (assertions?.kind !== 'list' || assertions.items.length === 0) {
      throw new ValidationError(SAYS.ruleAssertions(name), `Rules.${name}`);
    }
    checkMembers(rule, name);
    const condition = member(rule, 'RuleCondition');
    if (condition) checkFunction(condition, name, parameters);
    for (const assertion of assertions.items) {
      const assert = member(assertion, 'Assert');
      if (!assert) throw new ValidationError(SAYS.ruleAssertions(name), `Rules.${name}`);
      checkFunction(assert, name, parameters);
    }
  }
}

function checkMembers(node: Node, name: string): void {
  const unknown = children(node).find(([key]) => !MEMBERS.includes(key));
  if (!unknown) return;
  throw new ValidationError(SAYS.unknownRuleProperty(unknown[0]), `Rules.${name}`);
}

/**
 * The condition of a rule must be a function that returns true or false, and so must the arguments of Fn::And, Fn::Or and
 * Fn::Not.
 */
function checkFunction(node: Node, name: string, parameters: Parameters): void {
  const called = call(node);
  if (!called || called.key === 'Ref') {
    throw new ValidationError(SAYS.ruleFunction(name), `Rules.${name}`);
  }
  checkCalls(node, name, parameters);
}

function checkCalls(node: Node, name: string, parameters: Parameters): void {
  const called = call(node);
  if (called && NOT_MODELED.has(called.key)) throw new NotModeled(`${called.key} in Rules`);
  if (called && !FUNCTIONS.has(called.key)) {
    throw new ValidationError(SAYS.unknownFunction(called.key, [...FUNCTIONS]), `Rules.${name}`);
  }
  checkReference(node, name, parameters);
  for (const [, child] of children(node)) checkCalls(child, name, parameters);
}

/**
 * Checks the values of the parameters in a deployment against the Rules of its template.
 *
 * @throws ValidationError if a rule refuses them.
 */
export function checkByRules(deployment: Deployment): void {
  const broken = brokenRule(deployment);
  if (!broken) return;
  const { name, description } = broken;
  throw new ValidationError(SAYS.brokenRule(name, description), `Rules.${name}`);
}

/**
 * Rules may refer to parameters and pseudo parameters. A parameter that names one in Systems Manager is compared by the value
 * there, on which the rule relies that the CDK adds to each template.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/stack-synthesizers/stack-synthesizer.ts
 */
function checkReference(node: Node, name: string, parameters: Parameters): void {
  const called = call(node);
  if (called?.key !== 'Ref') return;
  const to = textOf(called.value) ?? '';
  if (Object.hasOwn(parameters, to) || PSEUDO_PARAMETERS.has(to)) return;
  if (to === 'AWS::NoValue') throw new NotModeled(`${to} in Rules`);
  throw new ValidationError(SAYS.unresolvedInRules(to), `Rules.${name}`);
}
