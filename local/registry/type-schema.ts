import schema from '../../schema.json';
import type { Action } from './protocol';

/** What CloudFormation takes from a type's schema. */
export interface RegistryType {
  typeName: string;
  /** Name of the property that is the primary identifier, which is what Ref stands for. */
  identifier: string;
  /** The properties that Fn::GetAtt may name, and that no template may give. */
  attributes: string[];
  /** The properties of which a change is a replacement. */
  createOnly: string[];
  timeoutMinutes: Partial<Record<Action, number>>;
  /** What a template may give: a JSON schema of draft 7. */
  schema: PropertiesSchema;
}

/** A schema of properties, of which only what is needed to walk it is described. */
export interface PropertiesSchema {
  $ref?: string;
  type?: string;
  definitions?: Record<string, PropertiesSchema>;
  properties?: Record<string, PropertiesSchema>;
  items?: PropertiesSchema;
  required?: string[];
  additionalProperties?: boolean;
}

const nameOf = (pointer: string): string =>
  pointer.replace('/properties/', '').replaceAll('/', '.');

const handlers: Record<string, { permissions: string[]; timeoutInMinutes?: number }> =
  schema.handlers;

/** `Pangea::FSx::LustreFileSystem`, as its schema describes it. */
export const lustreFileSystem: RegistryType = {
  typeName: schema.typeName,
  identifier: schema.primaryIdentifier.map(nameOf).join('|'),
  attributes: schema.readOnlyProperties.map(nameOf),
  createOnly: schema.createOnlyProperties.map(nameOf),
  timeoutMinutes: Object.fromEntries(
    Object.entries(handlers)
      .filter(([, { timeoutInMinutes }]) => timeoutInMinutes !== undefined)
      .map(([name, { timeoutInMinutes }]) => [name.toUpperCase(), timeoutInMinutes]),
  ),
  schema: {
    type: 'object',
    definitions: schema.definitions,
    properties: schema.properties,
    required: schema.required,
    additionalProperties: schema.additionalProperties,
  },
};
