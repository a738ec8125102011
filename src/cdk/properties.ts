/** The properties of the type as constructs write names: `storageCapacity` for StorageCapacity. */
import { Token, type IResolvable } from 'aws-cdk-lib/core';
import type { LustreProperties } from '../rules';

/** A value of which every part may be a token; tokens as text, numbers and lists are such already. */
export type Valued<T> =
  | IResolvable
  | (T extends readonly (infer Item)[]
      ? readonly Valued<Item>[]
      : T extends object
        ? {
            readonly [Name in keyof T as Uncapitalize<Name & string>]?: Valued<T[Name]> | undefined;
          }
        : T);

/** What the network and the tags of the app give. */
type Given = 'SubnetIds' | 'SecurityGroupIds' | 'Tags';

/** The properties of a file system, beside its network. */
export type FileSystemValues = {
  readonly [Name in Exclude<keyof LustreProperties, Given> as Uncapitalize<Name>]?:
    Valued<NonNullable<LustreProperties[Name]>> | undefined;
};

/** The same by the names of the type, as a template has them; what is undefined is left out. */
export function templateProperties(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), written(value)]),
  );
}

function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  return Array.isArray(value) ? value.map(written) : templateProperties(value);
}
