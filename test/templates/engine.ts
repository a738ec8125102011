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

type Engine = InstanceType<typeof CompositeEngine>;

/** By their schemas, for all test files of a worker. */
const engines = new Map<string, Engine>();

function engineWith(schemas: readonly string[]): Engine {
  const key = schemas.join();
  let engine = engines.get(key);
  if (!engine) {
    const additionalSchemas = schemas.map((schema) => ({ schema }));
    engine = new CompositeEngine({ schemaValidatorConfig: { additionalSchemas } });
    engines.set(key, engine);
  }
  return engine;
}

/**
 * AWS's own validation of templates (cloudformation-validate), which knows our type by its schema. It works offline, and takes
 * seconds to start.
 * @param schemas Of further types.
 * @returns what it finds in a template, each as `FATAL F3002 FileSystem Properties.Nope: message`. What it only informs of
 * is left out: that a property is create-only, or that a resource has no tags.
 */
export function judge(...schemas: readonly string[]): (template: string) => string[] {
  const engine = engineWith([SCHEMA, ...schemas]);
  return (template) => {
    const { status, diagnostics } = engine.validateTemplate(new TemplateContent(template), {
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
