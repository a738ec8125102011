interface HandlerOptions {
  abortSignal?: unknown;
}

/** A client of the SDK, as far as its requests can be reached. */
interface Client {
  config: {
    requestHandler: {
      handle(request: unknown, options?: HandlerOptions): Promise<unknown>;
    };
  };
}

/**
 * Gives each attempt of a client a signal of its own, which follows the one that the call is given. The SDK takes its
 * listener off only when the connection closes, which may be after the next attempt has begun, so on a signal that all
 * calls share they would pile up.
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
