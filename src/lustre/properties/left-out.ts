/** What a property means that the description of a file system does not have. */
import type { LustreProperties } from '../properties';
import type { NamesWhere } from './property-table';

/**
 * The value that FSx means when a description does not have the property. A template may give that value explicitly, and then
 * expects it in the read-back. AutoImportPolicy applies only with ImportPath, and DriveCacheType only on HDD. [API
 * FileSystem, LustreFileSystemConfiguration, DataRepositoryConfiguration]
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

/** The value of `LEFT_OUT` for a property whose name is known at run time only. */
export function leftOut(name: keyof LustreProperties): unknown {
  const values: LustreProperties = LEFT_OUT;
  return values[name];
}
