/** What a template is carried out for, where it is not only looked at. */
import type { Value } from './values';

/** The call of a function that CloudFormation does not carry out. */
export interface Refused {
  readonly name: string;
  /** Of Fn::Sub: the variable that is no text, and whether Fn::Sub gives it a value of its own. */
  readonly variable?: { readonly name: string; readonly isOwn: boolean };
  /** Of Fn::Select: the index that the list does not have. */
  readonly index?: string;
  /** Of Fn::FindInMap: what Mappings does not have. */
  readonly keys?: readonly string[];
}

/** A stack that a template is carried out for: it has what a template leaves open, and refuses what CloudFormation refuses. */
export interface Stack {
  /** The value of a parameter, pseudo parameter or resource; undefined where it is not known yet. */
  ref(name: string, at: number): Value | undefined;
  /** What a function gives that takes a stack or an account; undefined where it is not known yet. */
  call(name: string, argument: readonly Value[], at: number): Value | undefined;
  /** A function is given what it does not take. */
  refuse(refused: Refused, at: number): never;
}
