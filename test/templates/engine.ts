import { createRequire } from 'node:module';
import { join } from 'node:path';
import schema from '../../schema.json';
import type * as Bundled from '../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate';

export const ROOT = join(__dirname, '..', '..');

// The package is found through the CDK, which brings it along: npm has it by itself in old betas only.
const { CompositeEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib'))(
  '@aws/cloudformation-validate',
) as typeof Bundled;

/** The type of this project with attributes that are no text, by their types. By its schema of today all are text. */
export const RETYPED = 'Pangea::FSx::RetypedFileSystem';
export const RETYPES = {
  DNSName: 'number',
  MountName: 'integer',
  VpcId: 'boolean',
  OwnerId: 'object',
} as const;

const retypes = Object.entries(RETYPES).map(([name, type]) => [name, { type }] as const);
const SCHEMAS = [
  schema,
  {
    ...schema,
    typeName: RETYPED,
    properties: { ...schema.properties, ...Object.fromEntries(retypes) },
  },
];

/** One for all test files of a worker. */
let engine: InstanceType<typeof CompositeEngine> | undefined;

function start(): NonNullable<typeof engine> {
  const additionalSchemas = SCHEMAS.map((each) => ({ schema: JSON.stringify(each) }));
  return new CompositeEngine({ schemaValidatorConfig: { additionalSchemas } });
}

/**
 * AWS's own validation of templates (cloudformation-validate), which knows our type by its schema. It works offline, and takes
 * seconds to start.
 * @returns what it finds in a template, each as `FATAL F3002 FileSystem Properties.Nope: message`. What it only informs of
 * is left out: that a property is create-only, or that a resource has no tags.
 */
export function judge(): (template: string) => string[] {
  return (template) => {
    const { status, diagnostics } = (engine ??= start()).validateTemplate(
      new TemplateContent(template),
      {
        severityLevel: 'WARN',
      },
    );
    const found = diagnostics.map(({ severity, ruleId, entity, propertyPath, message }) =>
      [severity, ruleId, entity?.logicalId, propertyPath]
        .filter(Boolean)
        .join(' ')
        .concat(`: ${message}`),
    );
    // A finding may be missing where it did not look at everything.
    return status === 'OK' || found.length > 0 ? found : [status];
  };
}

export type Diagnostic = Bundled.Diagnostic;

/**
 * The same engine with rules of ours in Rego, and none of its own.
 * @returns what the rules find in a template
 */
export function customEngine(policy: string): (template: string) => Diagnostic[] {
  const engine = new CompositeEngine({ regoRules: [{ name: 'rules.rego', content: policy }] });
  return (template) =>
    engine.validateTemplate(new TemplateContent(template), {
      disableBuiltinRules: true,
      detailLevel: 'STANDARD',
    }).diagnostics;
}
