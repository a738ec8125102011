import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Bundled from '../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate';

export const ROOT = join(__dirname, '..', '..');

// The package is found through the CDK, which brings it along: npm has it by itself in old betas only.
const { CompositeEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib'))(
  '@aws/cloudformation-validate',
) as typeof Bundled;

const SCHEMA = readFileSync(join(ROOT, 'schema.json'), 'utf8');
const schema = JSON.parse(SCHEMA) as { readonly properties: object };

/** Our type under another name, with some attributes that are no text. By the schema of today they all are text. */
export const RETYPED = {
  name: 'Pangea::FSx::RetypedFileSystem',
  types: { DNSName: 'number', MountName: 'integer', VpcId: 'boolean', OwnerId: 'object' },
} as const;

function retypedSchema(): string {
  const changed = Object.entries(RETYPED.types).map(([name, type]) => [name, { type }] as const);
  const properties = { ...schema.properties, ...Object.fromEntries(changed) };
  return JSON.stringify({ ...schema, typeName: RETYPED.name, properties });
}

let engine: InstanceType<typeof CompositeEngine> | undefined;

/** One for all test files of a worker. */
function sharedEngine(): InstanceType<typeof CompositeEngine> {
  const additionalSchemas = [SCHEMA, retypedSchema()].map((each) => ({ schema: each }));
  return (engine ??= new CompositeEngine({ schemaValidatorConfig: { additionalSchemas } }));
}

/**
 * AWS's own validation of templates (cloudformation-validate), which knows our type by its schema. It works offline, and takes
 * seconds to start.
 * @returns what it finds in a template, each as `FATAL F3002 FileSystem Properties.Nope: message`. What it only informs of
 * is left out: that a property is create-only, or that a resource has no tags.
 */
export function judge(): (template: string) => string[] {
  const shared = sharedEngine();
  return (template) => {
    const { status, diagnostics } = shared.validateTemplate(new TemplateContent(template), {
      severityLevel: 'WARN',
    });
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
