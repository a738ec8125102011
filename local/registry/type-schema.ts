import schema from '../../schema.json';
import type { Action } from './protocol';

/** What CloudFormation reads from a type's schema, with properties by their dotted names. */
export interface RegistryType {
  typeName: string;
  /** The property that is the primary identifier, which is also the value of Ref. */
  identifier: string;
  /** The properties that Fn::GetAtt accepts, and that a template must not set. */
  attributes: string[];
  /** The properties whose change is a replacement. */
  createOnly: string[];
  timeoutMinutes: Partial<Record<Action, number>>;
  /** The properties that a template may set: a JSON schema of draft 7. */
  schema: PropertiesSchema;
}

/** A JSON schema of properties, with the keywords that are needed to traverse it. */
export interface PropertiesSchema {
  $ref?: string;
  type?: string;
  definitions?: Record<string, PropertiesSchema>;
  properties?: Record<string, PropertiesSchema>;
  items?: PropertiesSchema;
  required?: readonly string[];
  additionalProperties?: boolean;
  /** All other keywords. */
  [keyword: string]: unknown;
}

/** The parts of a type's schema that CloudFormation uses. */
export interface TypeSchema {
  typeName: string;
  primaryIdentifier: readonly string[];
  readOnlyProperties: readonly string[];
  createOnlyProperties: readonly string[];
  handlers?: Record<string, { permissions: readonly string[]; timeoutInMinutes?: number }>;
  definitions: Record<string, PropertiesSchema>;
  properties: Record<string, PropertiesSchema>;
  required: readonly string[];
  additionalProperties: boolean;
}

/**
 * A JSON pointer of a schema as a dotted name: `/properties/Ports/From` is `Ports.From`, where `*` stands for every item of a
 * list.
 */
const nameOf = (pointer: string): string =>
  pointer.replace('/properties/', '').replaceAll('/', '.');

/** A type, from its schema. */
export function registryType(schema: TypeSchema): RegistryType {
  const { typeName, definitions, properties, required, additionalProperties } = schema;
  return {
    typeName,
    identifier: schema.primaryIdentifier.map(nameOf).join('|'),
    attributes: schema.readOnlyProperties.map(nameOf),
    createOnly: schema.createOnlyProperties.map(nameOf),
    timeoutMinutes: Object.fromEntries(
      Object.entries(schema.handlers ?? {})
        .filter(([, { timeoutInMinutes }]) => timeoutInMinutes !== undefined)
        .map(([name, { timeoutInMinutes }]) => [name.toUpperCase(), timeoutInMinutes]),
    ),
    schema: { type: 'object', definitions, properties, required, additionalProperties },
  };
}

/** `Pangea::FSx::LustreFileSystem`. */
export const lustreFileSystem: RegistryType = registryType(schema);
