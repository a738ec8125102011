import { isObject } from '../registry/protocol';
import type { Properties } from '../registry/protocol';
import { SAYS, ValidationError } from './refusals';

/**
 * The update actions of a policy: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export type PolicyAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

/** A resource that an update would change. */
interface Subject {
  logicalId: string;
  typeName: string;
}

interface Statement {
  allows: boolean;
  covers: (action: PolicyAction, subject: Subject) => boolean;
}

/**
 * A stack policy: which updates of which resources are allowed. Everything else is denied, unless the policy is an empty
 * object.
 */
export class StackPolicy {
  readonly #statements: readonly Statement[] | undefined;

  /** @throws ValidationError if the text is not a valid policy. */
  constructor(body: string) {
    this.#statements = statementsOf(body)?.map(statement);
  }

  /** Why an action on a resource is denied, with CloudFormation's message; undefined if it is allowed. */
  denial(action: PolicyAction, subject: Subject): string | undefined {
    if (!this.#statements) return undefined;
    const covering = this.#statements.filter(({ covers }) => covers(action, subject));
    const denying = covering.find(({ allows }) => !allows);
    if (denying) {
      return SAYS.deniedByPolicy(this.#statements.indexOf(denying) + 1, action, subject.logicalId);
    }
    return covering.length > 0 ? undefined : SAYS.notAllowedByPolicy(action, subject.logicalId);
  }
}

/** In characters. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_SetStackPolicy.html */
const LONGEST = 16_384;

function statementsOf(body: string): Properties[] | undefined {
  if (body.length > LONGEST) {
    throw new ValidationError(
      SAYS.constraint('stackPolicyBody', `have length less than or equal to ${LONGEST}`),
    );
  }
  const parsed = parsedJson(body);
  // As recorded from CloudFormation in tests/aws/services/cloudformation/api/test_stack_policies.py of
  // https://github.com/localstack/localstack (test_update_with_empty_policy).
  if (isObject(parsed) && Object.keys(parsed).length === 0) return undefined;
  const { Statement: given } = isObject(parsed) ? parsed : {};
  const statements: unknown[] = [given].flat();
  if (given !== undefined && statements.every(isObject)) return statements;
  throw invalid('a policy is an object with a list of Statement');
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

const MEMBERS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function statement(given: Properties): Statement {
  const { Effect: effect, Principal: principal } = given;
  const unknown = Object.keys(given).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a member of a statement`);
  if (effect !== 'Allow' && effect !== 'Deny') throw invalid('Effect is Allow or Deny');
  if (principal !== '*') throw invalid('Principal must be *');
  const action = selector(given, 'Action', /^Update:(Modify|Replace|Delete|\*)$/);
  const resource = selector(given, 'Resource', /^(\*|LogicalResourceId\/[A-Za-z0-9*?]+)$/);
  const type = condition(given.Condition);
  return {
    allows: effect === 'Allow',
    covers: (name, { logicalId, typeName }) =>
      action(name) && resource(`LogicalResourceId/${logicalId}`) && type(typeName),
  };
}

type Selector = (text: string) => boolean;

/** The member, or its negation. Exactly one of them is required. */
function selector(given: Properties, name: string, form: RegExp): Selector {
  const names = [name, `Not${name}`].filter((each) => each in given);
  const [member = ''] = names;
  const patterns: unknown[] = [given[member]].flat();
  const isWrong = patterns.some((text) => typeof text !== 'string' || !form.test(text));
  if (names.length !== 1 || isWrong) throw invalid(`a statement has no valid ${name}`);
  const matches = anyOf(patterns as string[]);
  return member === name ? matches : (text) => !matches(text);
}

function condition(given: unknown): Selector {
  if (given === undefined) return () => true;
  const [operator = '', ...others] = isObject(given) ? Object.keys(given) : [];
  const tested = isObject(given) ? given[operator] : undefined;
  const types: unknown[] = isObject(tested) ? [tested.ResourceType].flat() : [];
  const isValid =
    others.length === 0 &&
    ['StringEquals', 'StringLike'].includes(operator) &&
    types.length > 0 &&
    types.every((type) => typeof type === 'string');
  if (!isValid) throw invalid('a Condition is StringEquals or StringLike of ResourceType');
  return operator === 'StringLike' ? anyOf(types) : (type) => types.includes(type);
}

/** `*` matches any text. */
function anyOf(patterns: readonly string[]): Selector {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[^\w:/]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  });
  return (text) => expressions.some((expression) => expression.test(text));
}

const invalid = (why: string): ValidationError => new ValidationError(SAYS.invalidPolicy(why));
