interface HandlerOptions {
  abortSignal?: unknown;
}

/** The part of an SDK client that handles its requests. */
interface Client {
  config: {
    requestHandler: {
      handle(request: unknown, options?: HandlerOptions): Promise<unknown>;
    };
  };
}

/**
 * Gives each attempt of a client its own abort signal, which follows that of the call. The SDK removes its listener only when
 * the connection closes, which may be after the next attempt has started. On a signal shared by all calls, listeners would
 * accumulate.
 */
export function withSignalPerAttempt<C extends Client>(client: C): C {
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    const { abortSignal } = options ?? {};
    return abortSignal instanceof AbortSignal
      ? handle(request, { ...options, abortSignal: AbortSignal.any([abortSignal]) })
      : handle(request, options);
  };
  return client;
}
