/** The limits that an account sets in the type configuration. Each violation names its guardrail. */
import { LONGEST_RETENTION, OFFERINGS, type Offering } from '../catalog/catalog';
import { applicabilityOf, offeringsFor } from '../catalog/offerings';
import { partitionOf } from '../catalog/partitions';
import type { DeploymentType, LustreProperties } from '../properties';
import { LEFT_OUT } from '../properties/left-out';
import type { Violation } from '../violations';
import { joinWithOr, formatValue } from '../wording';

/** Limits for all file systems of an account. An absent limit is not checked. */
export interface Guardrails {
  AllowedDeploymentTypes?: DeploymentType[];
  /** GiB. */
  MaxStorageCapacity?: number;
  /** USD. */
  MaxEstimatedMonthlyCost?: number;
  RequireKmsKey?: boolean;
  RequireBackups?: boolean;
  RequiredTagKeys?: string[];
}

type Name = keyof Guardrails;

/**
 * What the account does not allow although FSx would. With BackupId, FSx takes missing properties from the backup, where a
 * guardrail cannot see them, so the properties that a guardrail checks must be given.
 *
 * @param properties `Tags` are all tags that the file system will have, those of the stack included.
 * @param monthlyCost The estimate, in USD.
 * @param region The region of the deployment.
 */
export function checkGuardrails(
  properties: LustreProperties,
  guardrails: Guardrails,
  monthlyCost?: number,
  region?: string,
): Violation[] {
  return [
    deploymentType(properties, guardrails),
    storageCapacity(properties, guardrails),
    kmsKey(properties, guardrails),
    backups(properties, guardrails),
    ...tags(properties, guardrails),
    cost(properties, guardrails, monthlyCost, region),
  ].filter((violation) => violation !== undefined);
}

/** Reads only the properties that its guardrail limits, which may be unknown; without a limit, none. */
type Check = (properties: LustreProperties, guardrails: Guardrails) => Violation | undefined;

const deploymentType: Check = (properties, { AllowedDeploymentTypes: allowed }) => {
  if (allowed === undefined) return undefined;
  const { DeploymentType: given, BackupId } = properties;
  if (given === undefined && BackupId === undefined) return undefined;
  if (given !== undefined && allowed.includes(given)) return undefined;
  const use = allowed.length > 0 ? `use ${joinWithOr(allowed)}` : 'it allows none';
  return given === undefined
    ? unseen('AllowedDeploymentTypes', 'DeploymentType', use)
    : broken(
        'AllowedDeploymentTypes',
        'DeploymentType',
        given,
        `DeploymentType ${given} is not allowed by`,
        use,
        { repairs: allowed.map((DeploymentType) => ({ DeploymentType })) },
      );
};

const storageCapacity: Check = (properties, { MaxStorageCapacity: most }) => {
  if (most === undefined) return undefined;
  const { StorageCapacity: given, BackupId, StorageType } = properties;
  const use = `use at most ${most} GiB`;
  if (given !== undefined) {
    return given <= most
      ? undefined
      : broken(
          'MaxStorageCapacity',
          'StorageCapacity',
          given,
          `StorageCapacity ${given} is above`,
          use,
          { exceeding: given },
        );
  }
  return BackupId === undefined || StorageType === 'INTELLIGENT_TIERING'
    ? undefined
    : unseen('MaxStorageCapacity', 'StorageCapacity', use);
};

/** FSx does not use a key on every offering, so a key alone does not satisfy the guardrail. */
const kmsKey: Check = (properties, { RequireKmsKey }) => {
  if (RequireKmsKey !== true) return undefined;
  const { KmsKeyId } = properties;
  const offerings = offeringsFor(properties);
  const isUsed = offerings.some((offering) => isTaker('KmsKeyId', offering));
  if (KmsKeyId !== undefined && isUsed) return undefined;
  const what =
    KmsKeyId === undefined
      ? 'KmsKeyId is missing'
      : `KmsKeyId ${formatValue(KmsKeyId)} might not be used on ${offerings.map(({ name }) => name).join(', ')}`;
  return broken(
    'RequireKmsKey',
    'KmsKeyId',
    KmsKeyId,
    `${what}, which violates`,
    `give a KMS key, on ${takers('KmsKeyId')}`,
  );
};

/** Without a backup, FSx takes a missing retention period for 0, so changing a missing value to 0 is not a change. */
const backups: Check = (properties, { RequireBackups }) => {
  if (RequireBackups !== true) return undefined;
  const { AutomaticBackupRetentionDays: days, BackupId } = properties;
  if (days !== undefined && days > 0) return undefined;
  return broken(
    'RequireBackups',
    'AutomaticBackupRetentionDays',
    days ?? (BackupId === undefined ? LEFT_OUT.AutomaticBackupRetentionDays : undefined),
    `AutomaticBackupRetentionDays ${days === undefined ? 'is missing' : 'is 0'}, which violates`,
    `give 1 to ${LONGEST_RETENTION} days, on ${takers('AutomaticBackupRetentionDays')} without ImportPath`,
  );
};

/** One violation for each missing key, so that an update can tell a key that it removes from one that was never there. */
function tags(properties: LustreProperties, { RequiredTagKeys = [] }: Guardrails): Violation[] {
  if (RequiredTagKeys.length === 0) return [];
  const given = new Set(properties.Tags?.map(({ Key }) => Key));
  return [...new Set(RequiredTagKeys)]
    .filter((key) => !given.has(key))
    .map((key) =>
      broken(
        'RequiredTagKeys',
        'Tags',
        key,
        `Tags has no ${formatValue(key)}, which violates`,
        'add it',
      ),
    );
}

function cost(
  properties: LustreProperties,
  { MaxEstimatedMonthlyCost: most }: Guardrails,
  monthly?: number,
  region?: string,
) {
  if (most === undefined || (monthly !== undefined && monthly <= most)) return undefined;
  const currency = region === undefined ? undefined : partitionOf(region).currency;
  if (currency !== undefined)
    return broken(
      'MaxEstimatedMonthlyCost',
      'EstimatedMonthlyCost',
      undefined,
      `EstimatedMonthlyCost is not known in ${String(region)}, where AWS bills in ${currency}, and cannot be compared with`,
      'take it out of the type configuration of this region',
    );
  const use = `stay within ${most} USD a month`;
  if (monthly !== undefined) {
    const what = `EstimatedMonthlyCost ${monthly} USD is above`;
    return broken('MaxEstimatedMonthlyCost', 'EstimatedMonthlyCost', monthly, what, use, {
      exceeding: monthly,
    });
  }
  // Without a backup, the properties that the estimate lacks are refused as missing by other rules.
  return properties.BackupId === undefined
    ? undefined
    : unseen(
        'MaxEstimatedMonthlyCost',
        'EstimatedMonthlyCost',
        `give DeploymentType, StorageType, capacity and tier, and ${use}`,
        'The properties that decide EstimatedMonthlyCost',
      );
}

function broken(
  guardrail: Name,
  property: string,
  value: unknown,
  what: string,
  use: string,
  more: Pick<Violation, 'repairs' | 'exceeding'> = {},
): Violation {
  return {
    rule: guardrailRule(guardrail),
    property,
    ...(value !== undefined && { value }),
    message: `${what} guardrail ${guardrail} of this account: ${use}.`,
    kind: 'contradiction',
    ...more,
  };
}

/** The id of a guardrail's rule, such as guardrail-max-storage-capacity. */
export const guardrailRule = (guardrail: Name): string =>
  `guardrail-${guardrail.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase()}`;

/** A limit on a property whose value only the backup has. */
const unseen = (guardrail: Name, property: string, use: string, what = property): Violation =>
  broken(guardrail, property, undefined, `${what} must be given with BackupId under`, use);

/** The deployment types that a property goes with. */
function takers(property: keyof LustreProperties): string {
  const deployments = OFFERINGS.filter((offering) => isTaker(property, offering)).map(
    ({ deployment }) => deployment,
  );
  return joinWithOr([...new Set(deployments)]);
}

const isTaker = (property: keyof LustreProperties, offering: Offering): boolean =>
  ['required', 'optional'].includes(applicabilityOf(property, offering));
