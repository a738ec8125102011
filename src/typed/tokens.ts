/** Values that CloudFormation or the CDK puts in later. */
import { Unknown } from '../lustre/partial';

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

/** `{ 'Fn::Sub': '...' }`: one function, and nothing beside it. */
export type FunctionCall = {
  [Name in FunctionName]: Readonly<Record<Name, unknown>>;
}[FunctionName];

/** A token of the CDK: `IResolvable`. */
export interface Resolvable {
  readonly creationStack: string[];
  resolve: (context: never) => unknown;
}

/** A value that is not known here. */
export type Token = { readonly Ref: string } | FunctionCall | Resolvable;

/**
 * The value with every token in it replaced by an `Unknown`, so that the rules pass it over. The CDK also writes tokens
 * as text, numbers and lists.
 */
export function withUnknowns(value: unknown): unknown {
  if (typeof value === 'string') return /[$#]\{Token\[/.test(value) ? new Unknown(value) : value;
  if (typeof value === 'number') return isNumberToken(value) ? new Unknown('a token') : value;
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[];
    if (others.length === 0 && typeof first === 'string' && first.startsWith('#{Token['))
      return new Unknown(first);
    return value.map(withUnknowns);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isToken(value)) return new Unknown(textOf(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withUnknowns(member)]),
  );
}

/** The CDK hides the number of a token in a double below any that a property takes. */
const isNumberToken = (value: number): boolean => Number.isFinite(value) && value < -1e280;

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
