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
  /** The input sets of the contract suite, by file name, as `inputs` has them. */
  inputs: Readonly<Record<string, Uint8Array>>;
}

/**
 * The package that the registry takes as SchemaHandlerPackage.
 * @throws Error where the bundle is larger than it may be.
 */
export function registryPackage({
  bundle,
  config,
  inputs,
  notices,
  schema,
}: PackageSources): Uint8Array {
  if (bundle.length > MOST_BYTES) {
    throw new Error(`The bundle has ${bundle.length} bytes; at most ${MOST_BYTES} are allowed.`);
  }
  return zip({
    '.rpdk-config': config,
    'schema.json': schema,
    'configuration-schema.json': strToU8(configurationSchema(schema)),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, content]) => [`inputs/${name}`, withExports(content)]),
    ),
    'ResourceProvider.zip': zip({
      'dist/handlers.js': bundle,
      [`dist/${NOTICES}`]: notices,
    }),
  });
}

/** What inputs name of an account, by the export of deploy/prerequisites.yaml that stands for it in another one. */
const EXPORTS = {
  'subnet-0123456789abcdef0': 'PangeaLustreSubnetId',
  'sg-0123456789abcdef0': 'PangeaLustreSecurityGroupId',
} as const;

/**
 * An input as CloudFormation's contract tests take it, which put in the values of the account's exports.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test.html
 */
function withExports(content: Uint8Array): Uint8Array {
  const text = Object.entries(EXPORTS).reduce(
    (left, [id, name]) => left.replaceAll(id, `{{${name}}}`),
    new TextDecoder().decode(content),
  );
  return strToU8(text);
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
