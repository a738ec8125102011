/** What CloudFormation registers: one zip, the same bytes for the same sources, whoever makes it and when. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { NOTICES } from './bundled';

/** Cold starts grow with the bundle, and this one has no reason to grow. */
export const MOST_BYTES = 900_000;

export interface PackageSources {
  /** `.rpdk-config`. */
  config: Uint8Array;
  /** `schema.json`. */
  schema: Uint8Array;
  /** `handlers.js`. */
  bundle: Uint8Array;
  /** The licenses of what the bundle holds, as text. */
  notices: Uint8Array;
}

/**
 * The package that the registry takes as SchemaHandlerPackage.
 * @throws Error where the bundle is larger than it may be.
 */
export function registryPackage({ bundle, config, notices, schema }: PackageSources): Uint8Array {
  if (bundle.length > MOST_BYTES) {
    throw new Error(`The bundle has ${bundle.length} bytes; at most ${MOST_BYTES} are allowed.`);
  }
  return zip({
    '.rpdk-config': config,
    'schema.json': schema,
    'configuration-schema.json': strToU8(configurationSchema(schema)),
    'ResourceProvider.zip': zip({
      'dist/handlers.js': bundle,
      [`dist/${NOTICES}`]: notices,
    }),
  });
}

/** The registry takes the type configuration as a schema of its own. */
function configurationSchema(schema: Uint8Array): string {
  const { definitions, typeConfiguration, typeName } = JSON.parse(
    new TextDecoder().decode(schema),
  ) as Record<string, object>;
  return JSON.stringify({ ...typeConfiguration, definitions, typeName }, null, 2);
}

function zip(files: Zippable): Uint8Array {
  return zipSync(files, {
    level: 9,
    // Zips hold the local time of their files: the same local time, wherever.
    mtime: new Date(1980, 0, 1),
    // Files of Unix that everybody may read, as Lambda wants them.
    os: 3,
    attrs: 0o100644 * 2 ** 16,
  });
}
