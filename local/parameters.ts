import { TemplateError } from './template';
import type { Parameter, Template } from './template';

/**
 * The values of a template's parameters: those given, else the defaults.
 * @throws TemplateError naming the parameter that has no value, or a value that is not allowed.
 */
export function parameterValues(
  { file, parameters }: Template,
  given: Record<string, string>,
): Record<string, unknown> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) {
    const names = Object.keys(parameters).join(', ') || 'none';
    throw new TemplateError(`${file} has no parameter ${unknown}; it has ${names}.`);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const value = given[name] ?? parameter.Default;
      if (value === undefined || value === null) {
        const remedy = `give one with --parameter ${name}=VALUE`;
        throw new TemplateError(`${file}: parameter ${name} has no default; ${remedy}.`);
      }
      return [name, checked(name, parameter, asText(value), file)];
    }),
  );
}

function checked(name: string, parameter: Parameter, value: string, file: string): unknown {
  const { Type: type, AllowedValues: allowed, AllowedPattern: pattern } = parameter;
  const isList = type === 'CommaDelimitedList' || type.includes('List<');
  const items = isList ? value.split(',').map((item) => item.trim()) : [value];
  for (const item of items) {
    const problem =
      allowed && !allowed.map(asText).includes(item)
        ? `is not one of ${allowed.map(asText).join(', ')}`
        : pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(item)
          ? `does not match ${pattern}`
          : /\bNumber\b/.test(type) && !Number.isFinite(Number(item || NaN))
            ? 'is not a number'
            : undefined;
    if (problem !== undefined) {
      throw new TemplateError(`${file}: parameter ${name}: ${JSON.stringify(item)} ${problem}.`);
    }
  }
  return isList ? items : value;
}

const asText = (value: unknown): string =>
  Array.isArray(value) ? value.map(asText).join(',') : String(value);
