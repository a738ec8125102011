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

/** What a guardrail does not allow: what is wrong, as the beginning of a sentence that goes on with its name, and what to do. */
interface Breach extends Pick<Violation, 'property' | 'value' | 'repairs' | 'exceeding'> {
  readonly what: string;
  readonly use: string;
}

interface Estimated {
  /** The estimate, in USD. */
  readonly monthly: number | undefined;
  /** The region of the deployment. */
  readonly region: string | undefined;
}

/** Reads only the properties that its guardrail limits, because others may be unknown. */
type Check<Each extends Name> = (
  limit: Required<Guardrails>[Each],
  properties: LustreProperties,
  estimated: Estimated,
) => Iterable<Breach>;

const CHECKS: { readonly [Each in Name]: Check<Each> } = {
  *AllowedDeploymentTypes(allowed, { DeploymentType: given, BackupId }) {
    const property = 'DeploymentType';
    const use = allowed.length > 0 ? `use ${joinWithOr(allowed)}` : 'it allows none';
    if (given === undefined) {
      if (BackupId !== undefined) yield { property, what: unseen(property), use };
    } else if (!allowed.includes(given)) {
      const repairs = allowed.map((DeploymentType) => ({ DeploymentType }));
      const what = `DeploymentType ${given} is not allowed by`;
      yield { property, value: given, what, use, repairs };
    }
  },

  *MaxStorageCapacity(most, { StorageCapacity: given, BackupId, StorageType }) {
    const property = 'StorageCapacity';
    const use = `use at most ${most} GiB`;
    if (given !== undefined && given > most)
      yield {
        property,
        value: given,
        what: `StorageCapacity ${given} exceeds`,
        use,
        exceeding: given,
      };
    if (given === undefined && BackupId !== undefined && StorageType !== 'INTELLIGENT_TIERING')
      yield { property, what: unseen(property), use };
  },

  // FSx does not use a key on every offering, so a key alone does not satisfy the guardrail.
  *RequireKmsKey(isRequired, properties) {
    if (!isRequired) return;
    const { KmsKeyId: value } = properties;
    const offerings = offeringsFor(properties);
    if (value !== undefined && offerings.some((each) => isTaker('KmsKeyId', each))) return;
    const what =
      value === undefined
        ? 'KmsKeyId is missing'
        : `KmsKeyId ${formatValue(value)} might have no effect on ${offerings.map(({ name }) => name).join(', ')}`;
    const use = `specify a KMS key, on ${takers('KmsKeyId')}`;
    yield { property: 'KmsKeyId', value, what: `${what}, which violates`, use };
  },

  // Without a backup, FSx takes a missing retention period for 0, so changing a missing value to 0 is not a change.
  *RequireBackups(isRequired, { AutomaticBackupRetentionDays: days, BackupId }) {
    if (!isRequired || (days !== undefined && days > 0)) return;
    const property = 'AutomaticBackupRetentionDays';
    yield {
      property,
      value: days ?? (BackupId === undefined ? LEFT_OUT[property] : undefined),
      what: `${property} ${days === undefined ? 'is missing' : 'is 0'}, which violates`,
      use: `specify 1 to ${LONGEST_RETENTION} days, on ${takers(property)} without ImportPath`,
    };
  },

  // One violation for each missing key, so that an update can tell a key that it removes from one that was never there.
  *RequiredTagKeys(keys, { Tags }) {
    const given = new Set(Tags?.map(({ Key }) => Key));
    for (const value of new Set(keys)) {
      const what = `Tags has no ${formatValue(value)}, which violates`;
      if (!given.has(value)) yield { property: 'Tags', value, what, use: 'add it' };
    }
  },

  *MaxEstimatedMonthlyCost(most, properties, { monthly, region = '' }) {
    if (monthly !== undefined && monthly <= most) return;
    const property = 'EstimatedMonthlyCost';
    const { currency } = partitionOf(region);
    const use = `stay within ${most} USD a month`;
    if (currency !== undefined)
      yield {
        property,
        what: `${property} is not known in ${region}, where AWS bills in ${currency}, and cannot be compared with`,
        use: 'remove it from the type configuration of this region',
      };
    else if (monthly !== undefined)
      yield {
        property,
        value: monthly,
        what: `${property} ${monthly} USD exceeds`,
        use,
        exceeding: monthly,
      };
    // Without a backup, the properties that the estimate lacks are refused as missing by other rules.
    else if (properties.BackupId !== undefined)
      yield {
        property,
        what: unseen(`The properties that determine ${property}`),
        use: `specify DeploymentType, StorageType, capacity and tier, and ${use}`,
      };
  },
};

/** The names of all guardrails. */
export const GUARDRAILS = Object.keys(CHECKS) as readonly Name[];

/**
 * What the account does not allow although FSx would. With BackupId, FSx takes missing properties from the backup, where a
 * guardrail cannot see them, so the properties that a guardrail checks must be given.
 *
 * @param properties `Tags` are all tags that the file system will have, those of the stack included.
 * @param monthly The estimate, in USD.
 * @param region The region of the deployment.
 */
export const checkGuardrails = (
  properties: LustreProperties,
  guardrails: Guardrails,
  monthly?: number,
  region?: string,
): Violation[] =>
  GUARDRAILS.flatMap((name) => checkOne(name, guardrails[name], properties, { monthly, region }));

function checkOne<Each extends Name>(
  name: Each,
  limit: Required<Guardrails>[Each] | undefined,
  properties: LustreProperties,
  estimated: Estimated,
): Violation[] {
  if (limit === undefined) return [];
  const check: Check<Each> = CHECKS[name];
  return Array.from(check(limit, properties, estimated), ({ what, use, value, ...breach }) => ({
    rule: guardrailRule(name),
    ...breach,
    ...(value !== undefined && { value }),
    message: `${what} guardrail ${name} of this account: ${use}.`,
    kind: 'contradiction',
  }));
}

/** The ID of a guardrail's rule, such as guardrail-max-storage-capacity. */
export const guardrailRule = (guardrail: Name): string =>
  `guardrail-${guardrail.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase()}`;

/** What is wrong with a property whose value only the backup has. */
const unseen = (property: string): string => `${property} must be specified with BackupId under`;

/** The deployment types that support a property. */
function takers(property: keyof LustreProperties): string {
  const deployments = OFFERINGS.filter((offering) => isTaker(property, offering)).map(
    ({ deployment }) => deployment,
  );
  return joinWithOr([...new Set(deployments)]);
}

const isTaker = (property: keyof LustreProperties, offering: Offering): boolean =>
  ['required', 'optional'].includes(applicabilityOf(property, offering));
