/**
 * Options with which Ajv compiles a schema in a third of the time, for schemas of this project that validate a few values in a
 * process. Their results are the same. Ajv does not check the schemas, which `test/local/schemas.test.ts` does, and does not
 * shorten the code that it generates.
 */
export const QUICKLY_COMPILED = { validateSchema: false, code: { optimize: false } } as const;
