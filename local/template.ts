import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { isObject } from './protocol';
import type { Properties } from './protocol';
import { shortForms } from './short-forms';

/** The template cannot be used; the message says where and why. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export interface Parameter {
  Type: string;
  Default?: unknown;
  AllowedValues?: unknown[];
  AllowedPattern?: string;
}

export interface Resource {
  type: string;
  properties: Properties;
  dependsOn: string[];
  condition?: string;
}

/** A CloudFormation template, its short forms written out and nothing resolved yet. */
export interface Template {
  /** Its name in messages. */
  file: string;
  description: string;
  metadata: Properties;
  parameters: Record<string, Parameter>;
  mappings: Properties;
  conditions: Properties;
  resources: Record<string, Resource>;
  outputs: Properties;
}

/**
 * Reads a template, YAML or JSON.
 * @throws TemplateError where the file is missing or is not a template.
 */
export function loadTemplate(file: string): Template {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new TemplateError(`There is no file ${file}.`);
    throw new TemplateError(`${file} cannot be read: ${message}`);
  }
  return parseTemplate(text, file);
}

/** The template that a text holds; `file` names it in messages. */
export function parseTemplate(text: string, file = 'template'): Template {
  const document = parseDocument(text, { customTags: shortForms, logLevel: 'silent' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const [line = ''] = problem.message.split('\n');
    throw new TemplateError(`${file} cannot be parsed: ${line.replace(/:$/, '.')}`);
  }
  const content: unknown = document.toJS();
  if (!isObject(content) || !isObject(content.Resources)) {
    throw new TemplateError(`${file} is not a CloudFormation template: it has no Resources.`);
  }
  const section = (name: string): Properties => {
    const members = content[name] ?? {};
    if (!isObject(members)) throw new TemplateError(`${file}: ${name} has to be a mapping.`);
    return members;
  };
  const described = (name: string): Record<string, Properties> => {
    for (const [id, member] of Object.entries(section(name))) {
      if (!isObject(member) || typeof member.Type !== 'string') {
        throw new TemplateError(`${file}: ${name}.${id} has no Type.`);
      }
    }
    return section(name) as Record<string, Properties>;
  };
  return {
    file,
    description: typeof content.Description === 'string' ? content.Description.trim() : '',
    metadata: section('Metadata'),
    parameters: described('Parameters') as unknown as Record<string, Parameter>,
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    resources: Object.fromEntries(
      Object.entries(described('Resources')).map(([id, member]) => [id, resource(member)]),
    ),
    outputs: section('Outputs'),
  };
}

function resource(member: Properties): Resource {
  const dependsOn = [member.DependsOn ?? []].flat();
  return {
    type: String(member.Type),
    properties: isObject(member.Properties) ? member.Properties : {},
    dependsOn: dependsOn.filter((id) => typeof id === 'string'),
    ...(typeof member.Condition === 'string' ? { condition: member.Condition } : {}),
  };
}
