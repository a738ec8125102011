import type { Fsx } from '../fsx/client';
import type { FinalBackup } from '../fsx/requests';
import type { CostOptions } from '../lustre/estimates/cost';
import type { LustreAttributes, LustreProperties } from '../lustre/properties';
import type { TypeConfiguration } from '../lustre/account/type-configuration';

/** What an action is asked, once the registry protocol is behind it. */
export interface HandlerRequest {
  fsx: Fsx;
  /** The resource as CloudFormation sends it: every scalar may be text. */
  desired: Readonly<Record<string, unknown>>;
  /** The same before the update; empty for other actions. */
  previous: Readonly<Record<string, unknown>>;
  stackTags: Readonly<Record<string, string>>;
  previousStackTags: Readonly<Record<string, string>>;
  /** Stays the same over all invocations of one operation on one resource. */
  token: string;
  /** What the last invocation of this operation left for this one; empty at first. */
  callback: CallbackContext;
  /** CloudFormation is taking a failed stack update back. */
  rollback: boolean;
  /** LIST only. */
  nextToken?: string;
  configuration: TypeConfiguration;
  /** What is wrong with the type configuration, one sentence each. CREATE and UPDATE do not begin with it. */
  configurationProblems: readonly string[];
  pricing: CostOptions;
}

/** What one invocation leaves for the next. Progress itself is told by describing the file system. */
export interface CallbackContext {
  /** Create: the call was made. */
  started?: boolean;
  /** Delete: FSx has described the file system, so that its absence is our doing. */
  seen?: boolean;
  /** Create: descriptions in a row that did not have the file system yet. */
  unseen?: number;
  /** Update, delete: the value of `waited` since which no description has had the file system. */
  absentFrom?: number;
  /** Create: why FSx could not create the file system, which is then deleted. */
  failed?: string;
  /** Seconds this operation has been told to wait so far. */
  waited?: number;
  /** Invocations in a row that FSx answered with a transient error other than throttling. */
  setbacks?: number;
  /** Seconds between two invocations that FSx's throttling has led to; absent while it throttles nothing. */
  pace?: number | undefined;
  /** The value of `waited` at the first of the invocations in a row, up to the last one, that FSx has throttled. */
  throttledFrom?: number | undefined;
  /** The value of `waited` when FSx first described the state, unknown to this type, that it still describes. */
  unknownFrom?: number;
  /** Delete: the final backup that the template asks for. */
  finalBackup?: FinalBackup;
  /** Delete: in what the final backup is not as the template asks for it, and why. */
  note?: string;
  /** Delete: when the operation began, milliseconds since 1970 by the function's clock. */
  begun?: number;
  /** Delete: the value of `waited` when FSx accepted the deletion, or first described it. */
  acceptedAt?: number;
  /** Delete: the value of `waited` since which FSx has described the file system as CREATING, where a backup is wanted. */
  creatingFrom?: number;
  /** Update, delete: the value of `waited` when FSx first refused what is to be asked again. */
  refusedAt?: number;
  /**
   * Update: RequestTime of the newest update when the operation began, milliseconds since 1970, 0 without any. Later ones
   * are its own.
   */
  since?: number;
  /** The update step that was asked for last. */
  step?: RequestedStep;
  /** Names of the update steps that this operation has asked for, one for each time. */
  taken?: string[];
  /** Update: the value of `waited` at the last call that changes something. */
  askedAt?: number;
  /** Update: the value of `waited` when the tags were changed last, and how often they were. */
  taggedAt?: number;
  tagCalls?: number;
  /** Update steps that a rollback leaves undone, because FSx refuses them in the state that the file system is in. */
  left?: LeftStep[];
  /** Seconds spent waiting for FSx to allow another change of the file system's servers. */
  cooling?: number;
}

export interface RequestedStep {
  name: string;
  /** Descriptions since then that showed neither the action nor its result. */
  unseen: number;
  /** The value of `waited` at the call. */
  askedAt?: number;
  /** The Lifecycle that the file system had then. */
  state?: string;
  /** RequestTime of its action, milliseconds since 1970, where FSx's answer showed one. */
  requestedAt?: number;
}

export interface LeftStep {
  name: string;
  /** The properties that stay as they are. */
  subjects: string;
}

export type Model = LustreProperties & LustreAttributes;

/** How an invocation ends; failures are thrown as HandlerError. */
export type ActionResult =
  | {
      status: 'SUCCESS';
      model?: Model;
      models?: Model[];
      nextToken?: string;
      /** What the user should know all the same. */
      message?: string;
    }
  | {
      status: 'IN_PROGRESS';
      model: Model;
      callback: CallbackContext;
      delaySeconds: number;
      message: string;
    };

export type Action = (invocation: HandlerRequest) => Promise<ActionResult>;
