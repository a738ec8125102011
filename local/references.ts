import { isObject } from './protocol';
import { TemplateError } from './template';
import type { Template } from './template';

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}`, which stands for itself. */
export const PLACEHOLDER = /\$\{(!?)([^{}]+)\}/g;

/** The logical ids, parameters and pseudo parameters that a value refers to, in either form. */
export function references(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (name === 'Ref' && typeof member === 'string') found.add(member);
      else if (name === 'Fn::GetAtt') found.add(owner(member));
      else if (name === 'Fn::Sub') collectSub(member, found);
      else collect(member, found);
    }
  }
}

function owner(argument: unknown): string {
  const [first = ''] = (
    Array.isArray(argument) ? argument : String(argument).split('.')
  ) as unknown[];
  return String(first);
}

function collectSub(argument: unknown, found: Set<string>): void {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument]) as unknown[];
  const own = isObject(variables) ? variables : {};
  collect(Object.values(own), found);
  for (const [, literal, name = ''] of String(text).matchAll(PLACEHOLDER)) {
    const [id = ''] = name.trim().split('.');
    if (!literal && !Object.hasOwn(own, name.trim())) found.add(id);
  }
}

/**
 * Every resource after those that it depends on.
 * @throws TemplateError where resources depend on each other in a circle, or on one that is not there.
 */
export function dependencyOrder({ file, resources }: Template): string[] {
  const ordered = new Set<string>();
  const visit = (id: string, path: string[]): void => {
    if (ordered.has(id)) return;
    if (path.includes(id)) {
      const circle = [...path.slice(path.indexOf(id)), id].join(' -> ');
      throw new TemplateError(`${file} has a circular reference: ${circle}.`);
    }
    const { dependsOn, properties } = resources[id] ?? { dependsOn: [], properties: {} };
    const missing = dependsOn.find((other) => !Object.hasOwn(resources, other));
    if (missing !== undefined) {
      throw new TemplateError(`${file}: ${id} depends on ${missing}, which is not a resource.`);
    }
    for (const other of [...dependsOn, ...references(properties)]) {
      if (Object.hasOwn(resources, other)) visit(other, [...path, id]);
    }
    ordered.add(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
  return [...ordered];
}
