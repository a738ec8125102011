/** What exists around FSx, and the account's quotas. Everything well-formed exists unless named. */
export interface Environment {
  /** Security groups that do not let Lustre's port 988 through. */
  closedSecurityGroups: string[];
  /** Security groups that do not allow all traffic among their members, which EFA needs. */
  securityGroupsClosedToEfa: string[];
  missingSecurityGroups: string[];
  missingSubnets: string[];
  /** Key ids, aliases or ARNs. */
  missingKmsKeys: string[];
  missingBuckets: string[];
  missingLogGroups: string[];
  quotas: Quotas;
  /** Each description is as of a moment up to so many seconds ago, a later one perhaps of an earlier moment. */
  descriptionLagSeconds: number;
}

/** Absent means unlimited. Counts are per class: scratch, PERSISTENT_1, PERSISTENT_2. */
export interface Quotas {
  fileSystems?: number;
  storageGiB?: number;
  throughputCapacityMbps?: number;
  userInitiatedBackups?: number;
}

/** Ids that fail without any preparation, for trying things out by hand. */
export const STANDARD_ENVIRONMENT: Environment = {
  closedSecurityGroups: ['sg-00000000000000988'],
  securityGroupsClosedToEfa: ['sg-00000000000000efa'],
  missingSecurityGroups: ['sg-00000000000000404'],
  missingSubnets: ['subnet-00000000000000404'],
  missingKmsKeys: ['00000000-0000-0000-0000-000000000404', 'alias/missing'],
  missingBuckets: ['missing-bucket'],
  missingLogGroups: ['/aws/fsx/missing'],
  quotas: {},
  descriptionLagSeconds: 0,
};

/** Changes the world in place; a change that is not one is refused whole. */
export function changeEnvironment(
  world: Environment,
  change: Partial<Record<keyof Environment, unknown>>,
): void {
  for (const [name, value] of Object.entries(change)) {
    if (!Object.hasOwn(world, name)) {
      throw new RangeError(
        `Nothing in the world is called ${name}; there are ${Object.keys(world).join(', ')}.`,
      );
    }
    if (name === 'quotas') checkQuotaValues(value);
    else if (name === 'descriptionLagSeconds') checkLag(value);
    else if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
      throw new RangeError(`${name} must be a list of strings.`);
    }
  }
  Object.assign(world, structuredClone(change));
}

const LONGEST_LAG_SECONDS = 3600;

function checkLag(value: unknown): void {
  if (typeof value !== 'number' || !(value >= 0 && value <= LONGEST_LAG_SECONDS)) {
    throw new RangeError(
      `descriptionLagSeconds must be a number of 0 to ${LONGEST_LAG_SECONDS} seconds.`,
    );
  }
}

const QUOTA_NAMES = [
  'fileSystems',
  'storageGiB',
  'throughputCapacityMbps',
  'userInitiatedBackups',
] as const satisfies readonly (keyof Quotas)[];

function checkQuotaValues(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError('quotas must be an object.');
  }
  for (const [name, quota] of Object.entries(value)) {
    if (!(QUOTA_NAMES as readonly string[]).includes(name)) {
      throw new RangeError(`There is no quota ${name}; there are ${QUOTA_NAMES.join(', ')}.`);
    }
    if (typeof quota !== 'number' || quota < 0) {
      throw new RangeError(`The quota ${name} must be a number of 0 or more.`);
    }
  }
}
