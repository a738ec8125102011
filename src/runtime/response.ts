import type { HandlerErrorCode } from '../handler-error';

/** The result of one invocation, under the names of the registry protocol. */
export interface HandlerResponse {
  status: 'SUCCESS' | 'IN_PROGRESS' | 'FAILED';
  errorCode?: HandlerErrorCode;
  message?: string;
  callbackContext?: object;
  callbackDelaySeconds?: number;
  resourceModel?: object;
  resourceModels?: readonly object[];
  nextToken?: string;
}
