import schema from '../schema.json';
import type { Action } from './protocol';

/** What CloudFormation takes from a type's schema. */
export interface RegistryType {
  typeName: string;
  /** Name of the property that is the primary identifier, which is what Ref stands for. */
  identifier: string;
  /** The properties that Fn::GetAtt may name. */
  attributes: string[];
  timeoutMinutes: Partial<Record<Action, number>>;
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
  timeoutMinutes: Object.fromEntries(
    Object.entries(handlers)
      .filter(([, { timeoutInMinutes }]) => timeoutInMinutes !== undefined)
      .map(([name, { timeoutInMinutes }]) => [name.toUpperCase(), timeoutInMinutes]),
  ),
};
