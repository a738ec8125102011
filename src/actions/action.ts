import type { Fsx } from '../fsx/client';
import type { FinalBackup } from '../fsx/requests';
import type { CostOptions } from '../lustre/estimates/cost';
import type { LustreAttributes, LustreProperties } from '../lustre/properties';
import type { TypeConfiguration } from '../lustre/account/type-configuration';

/** The request of an action, independent of the registry protocol. */
export interface HandlerRequest {
  fsx: Fsx;
  /** The desired model as CloudFormation sends it: every scalar may be a string. */
  desired: Readonly<Record<string, unknown>>;
  /** The previous model in an update; empty for other actions. */
  previous: Readonly<Record<string, unknown>>;
  stackTags: Readonly<Record<string, string>>;
  previousStackTags: Readonly<Record<string, string>>;
  /** The same in all invocations of one operation on one resource. */
  token: string;
  /** The callback context of the previous invocation; empty in the first. */
  callback: CallbackContext;
  /** Whether CloudFormation is rolling back a failed stack update. */
  rollback: boolean;
  /** For LIST only. */
  nextToken?: string;
  configuration: TypeConfiguration;
  /** The problems of the type configuration, one sentence each. CREATE and UPDATE fail because of them. */
  configurationProblems: readonly string[];
  pricing: CostOptions;
}

/** The callback context of the next invocation. It does not record progress, which FSx describes. */
export interface CallbackContext {
  /** Create: whether CreateFileSystem was called. */
  started?: boolean;
  /** Delete: whether FSx has described the file system, so that its absence means that it was deleted. */
  seen?: boolean;
  /** Create: the number of consecutive descriptions that did not yet have the file system. */
  unseen?: number;
  /** Update, delete: the value of `waited` since which FSx has not described the file system. */
  absentFrom?: number;
  /** Create: why FSx could not create the file system, which is then deleted. */
  failed?: string;
  /** The sum of the callback delays of this operation so far, in seconds. */
  waited?: number;
  /** The number of consecutive invocations with a transient error of FSx other than throttling. */
  setbacks?: number;
  /** Seconds between two invocations while FSx throttles; absent otherwise. */
  pace?: number | undefined;
  /** The value of `waited` at the first of the consecutive invocations, up to the last one, that FSx throttled. */
  throttledFrom?: number | undefined;
  /** The value of `waited` when FSx first described the current state, if this type does not know it. */
  unknownFrom?: number;
  /** Delete: the final backup that the template asks for. */
  finalBackup?: FinalBackup;
  /** Delete: how the final backup differs from what the template asks for, and why. */
  note?: string;
  /** When the operation began, in milliseconds since 1970 by the function's clock. */
  begun?: number;
  /** Delete: the value of `waited` when FSx accepted the deletion, or first described it. */
  acceptedAt?: number;
  /** Delete, with a final backup: the value of `waited` since which FSx has described the file system as CREATING. */
  creatingFrom?: number;
  /** Update, delete: the value of `waited` when FSx first refused the call that is to be retried. */
  refusedAt?: number | undefined;
  /**
   * Update: RequestTime of the newest administrative action when the operation began, in milliseconds since 1970; 0 without
   * any. Later actions are those of this operation.
   */
  since?: number;
  /** The update step that was requested last. */
  step?: RequestedStep;
  /** The names of the requested update steps, once for each request. */
  taken?: string[];
  /** Update: the value of `waited` at the last call that changes something. */
  askedAt?: number;
  /** Update: the value of `waited` at the last change of tags, and the number of changes. */
  taggedAt?: number;
  tagCalls?: number;
  /** The update steps that a rollback skips, because FSx refuses them in the current state of the file system. */
  left?: LeftStep[];
  /** Seconds spent in FSx's cooldown between changes of the file system. */
  cooling?: number;
}

/** An update step that was requested. */
export interface RequestedStep {
  name: string;
  /** The number of descriptions since then that showed neither the action nor its result. */
  unseen: number;
  /** The value of `waited` at the call. */
  askedAt?: number;
  /** The Lifecycle of the file system at the call. */
  state?: string;
  /** RequestTime of its administrative action, in milliseconds since 1970, if the response had one. */
  requestedAt?: number;
}

/** An update step that a rollback skips. */
export interface LeftStep {
  name: string;
  /** The properties that stay unchanged. */
  subjects: string;
}

/** The model of a file system, as handlers return it. */
export type Model = LustreProperties & LustreAttributes;

/** The result of an invocation after which CloudFormation is to invoke the action again. */
export interface InProgress {
  status: 'IN_PROGRESS';
  model: Model;
  callback: CallbackContext;
  delaySeconds: number;
  message: string;
}

/** The result of an invocation. Failures are thrown as HandlerError. */
export type ActionResult =
  | {
      status: 'SUCCESS';
      model?: Model;
      models?: Model[];
      nextToken?: string;
      /** Information for the user about a successful operation. */
      message?: string;
    }
  | InProgress;

/** An action of the registry protocol. */
export type Action = (invocation: HandlerRequest) => Promise<ActionResult>;
