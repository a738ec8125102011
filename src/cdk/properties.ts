/** The properties of the type with names of constructs: `storageCapacity` for StorageCapacity. */
import { Token, type IResolvable } from 'aws-cdk-lib/core';
import type { LustreProperties } from '../rules';

/**
 * A value of which every part may be a token. Tokens that are encoded as strings, numbers and lists have these types already.
 */
export type Valued<T> =
  | IResolvable
  | (T extends readonly (infer Item)[]
      ? readonly Valued<Item>[]
      : T extends object
        ? {
            readonly [Name in keyof T as Uncapitalize<Name & string>]?: Valued<T[Name]> | undefined;
          }
        : T);

/** The properties that the network and the tags of the app determine. */
type Given = 'SubnetIds' | 'SecurityGroupIds' | 'Tags';

/** The properties of a file system, without its network. */
export type FileSystemValues = {
  readonly [Name in Exclude<keyof LustreProperties, Given> as Uncapitalize<Name>]?:
    | Valued<NonNullable<LustreProperties[Name]>>
    | undefined;
};

/** The properties under the names of the type, as in a template. Undefined values are omitted, and null, which CloudFormation refuses. */
export function templateProperties(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), written(value)]),
  );
}

function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  return Array.isArray(value) ? value.map(written) : templateProperties(value);
}
