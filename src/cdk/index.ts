/** FSx for Lustre in AWS CDK apps: synthesis reports what FSx would refuse. */
import './peers';

export { LustreFileSystem } from './lustre-file-system';
export type {
  DataRepositoryAssociationOptions,
  ILustreFileSystem,
  LustreFileSystemAttributes,
  LustreFileSystemProps,
} from './lustre-file-system';
export type { FileSystemValues, Valued } from './properties';
export { PangeaLustreValidator } from './validator';
export type { PangeaLustreValidatorProps } from './validator';
export type { Estimate } from '../rules';
