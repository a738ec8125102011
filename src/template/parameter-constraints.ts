/** What the declaration of a parameter allows, in CloudFormation's words where it does not. */
import { member, textOf, type Node } from './node';

/**
 * Why CloudFormation would refuse a value for a parameter; undefined where the template allows it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function constraintProblem(name: string, declared: Node, value: string): string | undefined {
  const text = (key: string) => textOf(member(declared, key));
  const type = text('Type') ?? 'String';
  // Of what Systems Manager holds, the value is a name.
  if (type.startsWith('AWS::SSM::Parameter::Value')) return undefined;
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const isNumber = type === 'Number' || type === 'List<Number>';
  for (const item of isList ? value.split(',').map((each) => each.trim()) : [value]) {
    if (isNumber && (item.trim() === '' || !Number.isFinite(Number(item))))
      return `Parameter '${name}' must be a number`;
    const problem = isNumber
      ? outOfRange(item, text('MinValue'), text('MaxValue'))
      : wrongLength(item, text('MinLength'), text('MaxLength'));
    const broken = problem ?? notAllowed(item, declared) ?? noMatch(item, text('AllowedPattern'));
    if (broken === undefined) continue;
    const description = text('ConstraintDescription');
    return description === undefined
      ? `Parameter '${name}' ${broken}`
      : `Parameter ${name} failed to satisfy constraint: ${description}`;
  }
  return undefined;
}

function outOfRange(item: string, least?: string, most?: string): string | undefined {
  if (least !== undefined && Number(item) < Number(least))
    return `must be a number not less than ${least}`;
  if (most !== undefined && Number(item) > Number(most))
    return `must be a number not greater than ${most}`;
  return undefined;
}

function wrongLength(item: string, least?: string, most?: string): string | undefined {
  if (least !== undefined && item.length < Number(least))
    return `must contain at least ${least} characters`;
  if (most !== undefined && item.length > Number(most))
    return `must contain at most ${most} characters`;
  return undefined;
}

function notAllowed(item: string, declared: Node): string | undefined {
  const listed = member(declared, 'AllowedValues');
  if (listed?.kind !== 'list') return undefined;
  const allowed = listed.items.flatMap((each) => textOf(each) ?? []);
  // CloudFormation does not list them.
  return allowed.includes(item) ? undefined : `must be one of AllowedValues: ${allowed.join(', ')}`;
}

function noMatch(item: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  const expression = javaExpression(pattern);
  return expression === undefined || expression.test(item)
    ? undefined
    : `must match pattern ${pattern}`;
}

/** Undefined where only Java knows the form. */
function javaExpression(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
