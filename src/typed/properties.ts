import type { LustreProperties } from '../lustre/properties';
import type { NoCall, Token } from './tokens';

/** A type whose every part may be a token. */
export type Templated<T> =
  | Token
  | (T extends readonly (infer Item)[]
      ? readonly Templated<Item>[]
      : T extends object
        ? NoCall & { readonly [Name in keyof T]: Templated<T[Name]> | undefined }
        : T);

/** What a file system is made of: the properties of the type, where every value may be a token. */
export type FileSystemProperties = {
  readonly [Name in Exclude<keyof LustreProperties, 'SubnetIds'>]?:
    Templated<NonNullable<LustreProperties[Name]>> | undefined;
} & {
  /** The one subnet that the file system lives in. */
  readonly SubnetIds: Templated<string[]>;
};
