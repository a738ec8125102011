/** The stack that a template is deployed to, for an evaluation that is not only a review. */
import type { Value } from './values';

/** A function call that CloudFormation refuses. */
export interface Refused {
  readonly name: string;
  /** For Fn::Sub: the variable that is not a text, and whether it is in the map of Fn::Sub. */
  readonly variable?: { readonly name: string; readonly isOwn: boolean };
  /** For Fn::Select: the index that the list does not have. */
  readonly index?: string;
  /** For Fn::FindInMap: the keys that Mappings does not have. */
  readonly keys?: readonly string[];
}

/**
 * A stack that a template is deployed to. It has the values that the template does not have, and refuses what CloudFormation
 * refuses.
 */
export interface Stack {
  /** The value of a parameter, pseudo parameter or resource; undefined if it is not known yet. */
  ref(name: string, at: number): Value | undefined;
  /** The value of a function that depends on the stack or the account; undefined if it is not known yet. */
  call(name: string, argument: readonly Value[], at: number): Value | undefined;
  /** Called for a function with an invalid argument. */
  refuse(refused: Refused, at: number): never;
}
