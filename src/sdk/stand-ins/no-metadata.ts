/**
 * Replaces `reflect-metadata`, which the runtime library uses only to find handlers that decorators registered. This type
 * registers its handlers without decorators, so there are none. The types that TypeScript would record at load for every
 * decorated property are also left out.
 */
Object.assign(Reflect, { getMetadata: () => undefined });
