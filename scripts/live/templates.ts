import { estimateCost } from '../../src/lustre/cost';
import { TYPE_NAME } from '../../src/lustre/properties';

export const LOGICAL_ID = 'FileSystem';

/** The smallest file system that FSx offers, and the cheapest. */
const SMALLEST = {
  StorageCapacity: 1200,
  StorageType: 'SSD',
  DeploymentType: 'SCRATCH_2',
  FileSystemTypeVersion: '2.15',
} as const;
const HOURS_A_MONTH = 730;

export interface FileSystemOptions {
  subnet: string;
  maintenance: string;
  tags: Record<string, string>;
}

/** A template with the one file system. */
export function template(
  { maintenance, subnet, tags }: FileSystemOptions,
  DeletionPolicy: 'Delete' | 'Retain' = 'Delete',
) {
  return {
    Description: `Proves ${TYPE_NAME} in this account; may be deleted at any time`,
    Resources: {
      [LOGICAL_ID]: {
        Type: TYPE_NAME,
        DeletionPolicy,
        UpdateReplacePolicy: 'Delete',
        Properties: {
          ...SMALLEST,
          SubnetIds: [subnet],
          WeeklyMaintenanceStartTime: maintenance,
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      },
    },
    Outputs: {
      FileSystemId: { Value: { Ref: LOGICAL_ID } },
      MountCommand: { Value: { 'Fn::GetAtt': [LOGICAL_ID, 'MountCommand'] } },
      MonthlyCost: { Value: { 'Fn::GetAtt': [LOGICAL_ID, 'EstimatedMonthlyCost'] } },
    },
  };
}

/** The same without outputs: an import may not add any. */
export function importTemplate({ Description, Resources }: ReturnType<typeof template>) {
  return { Description, Resources };
}

/** What the file system costs an hour in USD, by the list prices of the region, and where they come from. */
export function hourlyCost(region: string): { usd: number; basis: string } {
  const { basis = '', monthly = 0 } = estimateCost(SMALLEST, { region }) ?? {};
  return { usd: monthly / HOURS_A_MONTH, basis };
}
