/** What the AWS provider of Terraform sends to FSx, as data: it differs from CloudFormation and from this type. */
import type { LustreProperties } from '../../lustre/properties';
import { namesWhere } from '../../lustre/properties/property-table';

type Name = keyof LustreProperties;

/**
 * The properties that the provider sends when it deletes a file system only.
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/fsx/lustre_file_system.go
 */
export const NEVER_SENT: readonly Name[] = namesWhere('update', 'none');

/** What the provider sends for an attribute that is removed from the configuration: 0 for a number, and no block. */
const ZEROS: readonly Name[] = ['PerUnitStorageThroughput', 'StorageCapacity', 'ThroughputCapacity']; // oxfmt-ignore

/** How to turn off what a block turned on. */
const OFF: Readonly<Partial<Record<Name, string>>> = {
  RootSquashConfiguration: 'root_squash = "0:0"',
  DataReadCacheConfiguration: 'sizing_mode = "NO_CACHE"',
  LogConfiguration: 'level = "DISABLED"',
};

/** What happens if a property is removed from the configuration, and the provider does not replace the file system for it. */
export function removedFrom(property: Name): {
  readonly property: Name;
  readonly isRefused: boolean;
  readonly message: string;
} {
  if (ZEROS.includes(property))
    return {
      property,
      isRefused: true,
      message: `${property} is removed from the configuration, for which the provider sends 0, and FSx refuses that: keep the old value.`,
    };
  const off = OFF[property];
  const instead = off === undefined ? '' : ` To turn it off, write ${off}.`;
  return {
    property,
    isRefused: false,
    message: `${property} is removed from the configuration, for which the provider sends nothing: the file system keeps it.${instead}`,
  };
}
