import { estimateCost } from '../../src/lustre/estimates/cost';
import { type LustreProperties, TYPE_NAME } from '../../src/lustre/properties';

export const LOGICAL_ID = 'FileSystem';

/** The deployments that a run can have. */
export const DEPLOYMENTS = ['SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

/** The tier that costs least, where there are any. */
const TIERS: Readonly<Record<Deployment, { PerUnitStorageThroughput?: number }>> = {
  SCRATCH_2: {},
  PERSISTENT_1: { PerUnitStorageThroughput: 50 },
  PERSISTENT_2: { PerUnitStorageThroughput: 125 },
};
const HOURS_A_MONTH = 730;

/** The smallest file system of a deployment, and the cheapest. */
export function smallest(DeploymentType: Deployment): LustreProperties {
  return {
    StorageCapacity: 1200,
    StorageType: 'SSD',
    DeploymentType,
    ...TIERS[DeploymentType],
    FileSystemTypeVersion: '2.15',
  };
}

export interface FileSystemOptions {
  subnet: string;
  maintenance: string;
  tags: Record<string, string>;
  /** What it is, and what it is connected with. */
  properties: Readonly<Record<string, unknown>>;
}

/** A template with the one file system. */
export function template(
  { maintenance, properties, subnet, tags }: FileSystemOptions,
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
          ...properties,
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

/** What a file system costs an hour in USD, by the list prices of the region, and where they come from. */
export function hourlyCost(
  properties: LustreProperties,
  region: string,
): { usd: number; basis: string } {
  const { basis = '', monthly = 0 } = estimateCost(properties, { region }) ?? {};
  return { usd: monthly / HOURS_A_MONTH, basis };
}
