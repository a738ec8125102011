import schema from '../../schema.json';
import type { Action } from './protocol';

/** What CloudFormation takes from a type's schema, with properties by their dotted names. */
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
  required?: readonly string[];
  additionalProperties?: boolean;
  /** Every other keyword. */
  [keyword: string]: unknown;
}

/** A type's schema, as far as CloudFormation takes it into account. */
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

/** A JSON pointer of a schema as a dotted name: `/properties/Ports/From` is `Ports.From`, where `*` stands for every item of a list. */
const nameOf = (pointer: string): string =>
  pointer.replace('/properties/', '').replaceAll('/', '.');

/** A type, as its schema describes it. */
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
