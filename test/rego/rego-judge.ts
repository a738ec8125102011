/** What AWS's engine finds with the rules in Rego, beside what the rules in TypeScript find. */
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { checkModel } from '../../src/lustre/rules/rules';
import { severityOf } from '../../src/lustre/violations';
import { regoPolicy } from '../../src/rego/rego';
import { NATIVE, nativePath, OURS, type ResourceType } from '../../src/review/resource-types';
import { customEngine, type Diagnostic } from '../templates/engine';

export type Model = Readonly<Record<string, unknown>>;

export const TYPES: readonly ResourceType[] = [OURS, NATIVE];

/** A resource of a type that has a model; what the type has no place for is left out. */
export function resourceOf(model: Model, type: ResourceType) {
  if (type === OURS) return { Type: type.name, Properties: model };
  const beside: Record<string, unknown> = { FileSystemType: 'LUSTRE' };
  const inside: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(nativeModel(model))) {
    const [first = '', second] = type.path(name).split('.');
    if (second === undefined) beside[first] = value;
    else inside[second] = value;
  }
  return { Type: type.name, Properties: { ...beside, LustreConfiguration: inside } };
}

const nativeModel = (model: Model): Model =>
  Object.fromEntries(
    Object.entries(model).filter(
      ([name]) => (PROPERTY_NAMES as string[]).includes(name) && nativePath(name) !== undefined,
    ),
  );

let engine: ReturnType<typeof customEngine> | undefined;

/** What the engine finds in a template with our rules alone. */
export const regoFindings = (template: unknown): Diagnostic[] =>
  (engine ??= customEngine(regoPolicy()))(
    typeof template === 'string' ? template : JSON.stringify(template),
  );

/** What the Rego finds in each of some models, as lines of rule, property, severity and message. */
export function byRego(models: readonly Model[], type: ResourceType): string[][] {
  const Resources = Object.fromEntries(
    models.map((model, index) => [`R${index}`, resourceOf(model, type)]),
  );
  const lines = models.map((): string[] => []);
  for (const { entity, ruleId, severity, propertyPath = '', message } of regoFindings({
    Resources,
  })) {
    const rule = ruleId.replace(/^pangea-lustre\./, '');
    const property = propertyPath.replace(/^Properties\./, '');
    lines[Number(entity?.logicalId.slice(1))]?.push(`${rule} ${property} ${severity} ${message}`);
  }
  return lines.map((each) => each.sort());
}

/** The same by TypeScript, with places as the engine writes them. */
export function byTypeScript(model: Model, type: ResourceType): string[] {
  const given = type === OURS ? model : nativeModel(model);
  const { violations } = checkModel(given, { defaults: type.defaults });
  return violations
    .map((violation) => {
      const path = type.path(violation.property).replace(/\[(\d+)\]/g, '.$1');
      const severity = severityOf(violation) === 'error' ? 'ERROR' : 'WARN';
      return `${violation.rule} ${path} ${severity} ${violation.message}`;
    })
    .sort();
}
