/** Tokens: values that CloudFormation or the CDK resolves later. */
import { Unknown } from '../lustre/unknown';

type FunctionName =
  | 'Fn::Base64'
  | 'Fn::Cidr'
  | 'Fn::FindInMap'
  | 'Fn::GetAtt'
  | 'Fn::GetAZs'
  | 'Fn::If'
  | 'Fn::ImportValue'
  | 'Fn::Join'
  | 'Fn::Length'
  | 'Fn::Select'
  | 'Fn::Split'
  | 'Fn::Sub'
  | 'Fn::ToJsonString'
  | 'Fn::Transform';

/** A function call such as `{ Ref: '...' }` or `{ 'Fn::Sub': '...' }`, without other members. */
export type FunctionCall = {
  [Name in 'Ref' | FunctionName]: Readonly<Record<Name, Name extends 'Ref' ? string : unknown>> &
    NoCall<Exclude<'Ref' | FunctionName, Name>>;
}['Ref' | FunctionName];

/** An object that is not a function call. */
export type NoCall<Name extends string = 'Ref' | FunctionName> = Readonly<
  Partial<Record<Name, never>>
>;

/** A dynamic reference such as `{{resolve:ssm:/path}}`, alone or in a text. */
export type DynamicReference = `${string}{{resolve:${string}}}${string}`;

/** A token of the CDK: `IResolvable`. */
export interface Resolvable {
  readonly creationStack: string[];
  resolve: (context: never) => unknown;
}

/** A value that is not known before the deployment. */
export type Token = FunctionCall | DynamicReference | Resolvable;

/**
 * The value with each token replaced by an `Unknown`, which the rules do not check, and without `AWS::NoValue`. The CDK also
 * encodes tokens as strings, numbers and lists.
 */
export function withUnknowns(value: unknown): unknown {
  if (typeof value === 'string') return isTextToken(value) ? new Unknown(value) : value;
  if (typeof value === 'number') return isNumberToken(value) ? new Unknown('a token') : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return listWithUnknowns(value as unknown[]);
  if (isToken(value)) return new Unknown(textOf(value), { mayBeAbsent: mayBeAbsent(value) });
  const members = Object.entries(value).filter(([, member]) => !isNoValue(member));
  return Object.fromEntries(members.map(([name, member]) => [name, withUnknowns(member)]));
}

/** A list with an item that may be removed is unknown as a whole, because its length is unknown. */
function listWithUnknowns(list: readonly unknown[]): unknown {
  const items = list.filter((item) => !isNoValue(item));
  const [first, ...others] = items;
  if (others.length === 0 && typeof first === 'string' && first.startsWith('#{Token['))
    return new Unknown(first);
  return items.some(mayBeAbsent) ? new Unknown('a list') : items.map(withUnknowns);
}

const isTextToken = (value: string): boolean => /[$#]\{Token\[|\{\{resolve:/.test(value);

/** The CDK encodes the number of a token as a double below any that a property allows. */
const isNumberToken = (value: number): boolean => Number.isFinite(value) && value < -1e280;

const isNoValue = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  isToken(value) &&
  'Ref' in value &&
  value.Ref === 'AWS::NoValue';

/** Whether a token may resolve to no value, as a branch of Fn::If or a token of the CDK may. */
function mayBeAbsent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !isToken(value)) return false;
  if ('resolve' in value) return true;
  const branches = 'Fn::If' in value ? value['Fn::If'] : [];
  return (
    Array.isArray(branches) && branches.slice(1).some((one) => isNoValue(one) || mayBeAbsent(one))
  );
}

function isToken(value: object): boolean {
  if ('resolve' in value && typeof value.resolve === 'function') return true;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || (name?.startsWith('Fn::') ?? false));
}

function textOf(token: object): string {
  if ('Ref' in token) return `\${${String(token.Ref)}}`;
  const [name] = Object.keys(token);
  return name?.startsWith('Fn::') ? name : 'a token';
}
