/** The account's own limits, from the type configuration. They read like rules and name the guardrail. */
import { OFFERINGS } from './catalog';
import { fitOf } from './offerings';
import type { DeploymentType, LustreProperties } from './properties';
import type { Repair, Violation } from './violations';
import { either, show } from './wording';

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
 * What the account does not allow, though FSx would. `monthlyCost` is the estimate in USD, `properties.Tags` all tags the
 * file system will have. What a backup would bring unseen cannot be held against a limit: with BackupId, the properties
 * that a guardrail looks at must be given.
 */
export function checkGuardrails(
  properties: LustreProperties,
  guardrails: Guardrails,
  monthlyCost?: number,
): Violation[] {
  return [
    deploymentType(properties, guardrails),
    storageCapacity(properties, guardrails),
    kmsKey(properties, guardrails),
    backups(properties, guardrails),
    tags(properties, guardrails),
    cost(properties, guardrails, monthlyCost),
  ].filter((violation) => violation !== undefined);
}

type Check = (properties: LustreProperties, guardrails: Guardrails) => Violation | undefined;

const deploymentType: Check = (
  { DeploymentType: given, BackupId },
  { AllowedDeploymentTypes: allowed },
) => {
  if (allowed === undefined || (given === undefined && BackupId === undefined)) return undefined;
  if (given !== undefined && allowed.includes(given)) return undefined;
  const use = allowed.length > 0 ? `use ${either(allowed)}` : 'it allows none';
  return given === undefined
    ? unseen('AllowedDeploymentTypes', 'DeploymentType', use)
    : broken(
        'AllowedDeploymentTypes',
        'DeploymentType',
        given,
        `DeploymentType ${given} is not allowed by`,
        use,
        [...allowed.map((DeploymentType) => ({ DeploymentType }))],
      );
};

const storageCapacity: Check = (properties, { MaxStorageCapacity: most }) => {
  const { StorageCapacity: given, BackupId, StorageType } = properties;
  if (most === undefined) return undefined;
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
        );
  }
  return BackupId === undefined || StorageType === 'INTELLIGENT_TIERING'
    ? undefined
    : unseen('MaxStorageCapacity', 'StorageCapacity', use);
};

const kmsKey: Check = ({ KmsKeyId }, { RequireKmsKey }) =>
  RequireKmsKey !== true || KmsKeyId !== undefined
    ? undefined
    : broken(
        'RequireKmsKey',
        'KmsKeyId',
        undefined,
        'KmsKeyId is missing, against',
        `give a KMS key, on ${takers('KmsKeyId')}`,
      );

const backups: Check = ({ AutomaticBackupRetentionDays: days }, { RequireBackups }) =>
  RequireBackups !== true || (days !== undefined && days > 0)
    ? undefined
    : broken(
        'RequireBackups',
        'AutomaticBackupRetentionDays',
        days,
        `AutomaticBackupRetentionDays ${days === undefined ? 'is missing' : 'is 0'}, against`,
        `give 1 to 90 days, on ${takers('AutomaticBackupRetentionDays')} without ImportPath`,
      );

const tags: Check = ({ Tags }, { RequiredTagKeys }) => {
  const given = new Set(Tags?.map(({ Key }) => Key));
  const missing = (RequiredTagKeys ?? []).filter((key) => !given.has(key));
  if (missing.length === 0) return undefined;
  const keys = missing.map(show).join(', ');
  return broken(
    'RequiredTagKeys',
    'Tags',
    undefined,
    `Tags has no ${keys}, against`,
    'add what is missing',
  );
};

function cost(
  { BackupId }: LustreProperties,
  { MaxEstimatedMonthlyCost: most }: Guardrails,
  monthly?: number,
) {
  if (most === undefined || (monthly !== undefined && monthly <= most)) return undefined;
  const use = `stay within ${most} USD a month`;
  if (monthly !== undefined) {
    const what = `EstimatedMonthlyCost ${monthly} USD is above`;
    return broken('MaxEstimatedMonthlyCost', 'EstimatedMonthlyCost', monthly, what, use);
  }
  // Without a backup, what the estimate lacks is refused as missing.
  return BackupId === undefined
    ? undefined
    : unseen(
        'MaxEstimatedMonthlyCost',
        'StorageCapacity',
        `${use}; DeploymentType, StorageType and the tier are needed too`,
      );
}

function broken(
  guardrail: Name,
  property: string,
  value: unknown,
  what: string,
  use: string,
  repairs?: readonly Repair[],
): Violation {
  return {
    rule: `guardrail-${guardrail.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase()}`,
    property,
    ...(value !== undefined && { value }),
    message: `${what} guardrail ${guardrail} of this account: ${use}.`,
    kind: 'contradiction',
    ...(repairs && { repairs }),
  };
}

/** A limit on what only the backup knows. */
const unseen = (guardrail: Name, property: string, use: string): Violation =>
  broken(
    guardrail,
    property,
    undefined,
    `${property} comes from the backup unseen and must be given`,
    use,
  );

/** The deployment types that a property goes with. */
function takers(property: keyof LustreProperties): string {
  const deployments = OFFERINGS.filter((offering) => fitOf(property, offering) !== 'refused').map(
    ({ deployment }) => deployment,
  );
  return either([...new Set(deployments)]);
}
