/** What FSx means by leaving a property out of the description of a file system. */
import type { LustreProperties } from '../properties';
import type { NamesWhere } from './property-table';

/**
 * What FSx means by leaving a property out: a template may say the same in so many words, and then wants to read it back.
 * AutoImportPolicy means nothing without ImportPath, and DriveCacheType nothing but on HDD.
 * [API FileSystem, LustreFileSystemConfiguration, DataRepositoryConfiguration]
 */
export const LEFT_OUT = {
  AutoImportPolicy: 'NONE',
  AutomaticBackupRetentionDays: 0,
  CopyTagsToBackups: false,
  DataCompressionType: 'NONE',
  DriveCacheType: 'NONE',
  EfaEnabled: false,
  LogConfiguration: { Level: 'DISABLED' },
  RootSquashConfiguration: { RootSquash: '0:0', NoSquashNids: [] },
  Tags: [],
} satisfies Required<Pick<LustreProperties, NamesWhere<'described', 'left out'>>>;

/** The same, by any name. */
export function leftOut(name: keyof LustreProperties): unknown {
  const values: LustreProperties = LEFT_OUT;
  return values[name];
}
