/**
 * What IAM makes of a policy of Allow statements.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | boolean | string[]>>;
}

/** The condition keys of a request; one that a request does not have is left out. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** Whether one of the statements allows the action on the resource. Nothing else ever does. */
export function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: Context = {},
): boolean {
  return statements.some(
    ({ Action, Condition = {}, Effect, Resource }) =>
      Effect === 'Allow' &&
      [Action].flat().some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
      [Resource].flat().some((pattern) => likeArn(pattern, resource)) &&
      Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, context)),
  );
}

/** `*` is any text, `?` any character. */
function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

/** A wildcard stays within its segment of the ARN; the last segment, the resource, is the whole rest. */
function likeArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const segments = (text: string) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text);
  const [, ...wanted] = segments(pattern) ?? [];
  const [, ...actual] = segments(arn) ?? [];
  return wanted.length > 0 && wanted.every((segment, index) => like(segment, actual[index] ?? ''));
}

function holds(
  operator: string,
  keys: Readonly<Record<string, string | boolean | string[]>>,
  context: Context,
): boolean {
  const compare = COMPARISONS[operator];
  if (!compare) throw new Error(`no condition ${operator} here`);
  return Object.entries(keys).every(([key, wanted]) => {
    const patterns = [wanted].flat().map(String);
    const values = [context[key] ?? []].flat();
    return values.some((value) => patterns.some((pattern) => compare(pattern, value)));
  });
}

const COMPARISONS: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  Bool: (pattern, value) => pattern === value,
  StringLike: like,
  'ForAnyValue:StringLike': like,
};
