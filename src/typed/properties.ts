import type { LustreProperties } from '../lustre/properties';
import type { NoCall, Token } from './tokens';

/** A type of which every part may be a token. */
export type Templated<T> =
  | Token
  | (T extends readonly (infer Item)[]
      ? readonly Templated<Item>[]
      : T extends object
        ? NoCall & { readonly [Name in keyof T]: Templated<T[Name]> | undefined }
        : T);

/** The properties of the type. Every value may be a token. */
export type FileSystemProperties = {
  readonly [Name in Exclude<keyof LustreProperties, 'SubnetIds'>]?:
    | Templated<NonNullable<LustreProperties[Name]>>
    | undefined;
} & {
  /** A list with the ID of one subnet. */
  readonly SubnetIds: Templated<string[]>;
};
