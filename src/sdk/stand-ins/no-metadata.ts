/**
 * `reflect-metadata` for the runtime library, which asks it for one thing: the handlers that decorators have registered.
 * Handlers are registered without decorators here, so there are none, and the types that TypeScript would record at load
 * for every decorated property are left out.
 */
Object.assign(Reflect, { getMetadata: () => undefined });
