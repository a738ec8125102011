/** `Pangea::FSx::LustreFileSystem` in TypeScript: a typed resource that is checked when it is constructed. */
export { lustreFileSystem, LustreFileSystem } from './typed/lustre-file-system';
export type {
  Estimates,
  GetAtt,
  Ref,
  ResourceAttributes,
  ResourceOptions,
} from './typed/lustre-file-system';
export { InvalidFileSystem } from './typed/error';
export type { FileSystemProperties, Templated } from './typed/properties';
export type { FunctionCall, Resolvable, Token } from './typed/tokens';
export type { Violation } from './lustre/violations';
export type {
  DataReadCacheConfiguration,
  DeploymentType,
  DriveCacheType,
  LogConfiguration,
  LustreProperties,
  MetadataConfiguration,
  MonthlyCostBreakdown,
  RootSquashConfiguration,
  StorageType,
  Tag,
} from './lustre/properties';
