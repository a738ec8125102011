/** The order of messages that the protocol requires: `initialize` first and once, and only `exit` after `shutdown`. */
import {
  ErrorCodes,
  Message,
  type MessageStrategy,
  type MessageWriter,
  type ResponseMessage,
} from 'vscode-languageserver/node';

type State = 'before initialize' | 'serving' | 'after shutdown';

/**
 * Passes on the messages that are in order. Other requests are answered with the error of the protocol, other notifications
 * are dropped.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
export function inOrder(writer: MessageWriter): MessageStrategy {
  let state: State = 'before initialize';
  return {
    handleMessage(message, next) {
      if (Message.isResponse(message)) return next(message);
      const { method } = message as Message & { readonly method: string };
      const refused = method === 'exit' ? undefined : refusal(method, state);
      if (!refused) {
        if (method === 'initialize') state = 'serving';
        else if (method === 'shutdown') state = 'after shutdown';
        return next(message);
      }
      if (!Message.isRequest(message)) return undefined;
      const response: ResponseMessage = { jsonrpc: '2.0', id: message.id, error: refused };
      return writer.write(response);
    },
  };
}

/** The error for a message that is out of order. */
function refusal(method: string, state: State): ResponseMessage['error'] {
  if (state === 'before initialize')
    return method === 'initialize'
      ? undefined
      : {
          code: ErrorCodes.ServerNotInitialized,
          message: `${method} came before initialize: send initialize first.`,
        };
  if (state === 'after shutdown')
    return {
      code: ErrorCodes.InvalidRequest,
      message: `${method} came after shutdown: send exit, and start the server again.`,
    };
  return method === 'initialize'
    ? {
        code: ErrorCodes.InvalidRequest,
        message: 'initialize came twice: start another server.',
      }
    : undefined;
}
