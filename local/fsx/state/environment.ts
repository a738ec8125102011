import {
  checkMembers,
  json,
  listOf,
  number,
  text,
  type Members,
  type Subject,
} from '../api/members';

/** The resources around FSx, and the quotas of the account. Every well-formed resource exists unless it is listed here. */
export interface Environment {
  /** Security groups that block Lustre's port 988. */
  closedSecurityGroups: string[];
  /** Security groups that do not allow all traffic among their members, as EFA requires. */
  securityGroupsClosedToEfa: string[];
  missingSecurityGroups: string[];
  missingSubnets: string[];
  /** Key IDs, aliases or ARNs. */
  missingKmsKeys: string[];
  missingBuckets: string[];
  missingLogGroups: string[];
  quotas: Quotas;
  /** Each description shows the state up to this many seconds ago. A later description may show an earlier state. */
  descriptionLagSeconds: number;
  /** How long descriptions do not show the action of an update. The time scale divides it. */
  hiddenUpdateSeconds: number;
}

/** Absent: unlimited. Quotas are for scratch, PERSISTENT_1 and PERSISTENT_2 separately. */
export interface Quotas {
  fileSystems?: number;
  storageGiB?: number;
  throughputCapacityMbps?: number;
  userInitiatedBackups?: number;
}

/** IDs that fail without preparation, for manual tests. */
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
  hiddenUpdateSeconds: 4,
};

/** More than the age of any description. */
const LONGEST_LAG_SECONDS = 3600;

const names = listOf(text(2048), 10_000, 'a list of strings, at most 10000 of 2048 characters');
const quota = number(0, Number.MAX_SAFE_INTEGER);

const QUOTAS: Members<Quotas> = {
  fileSystems: quota,
  storageGiB: quota,
  throughputCapacityMbps: quota,
  userInitiatedBackups: quota,
};

const ENVIRONMENT: Subject = {
  wrong: 'Not an environment',
  unknown: 'Not an environment: it cannot have',
};
const OF_QUOTAS: Subject = { wrong: 'Not a quota', unknown: 'There is no quota' };

const MEMBERS: Members<Environment> = {
  closedSecurityGroups: names,
  securityGroupsClosedToEfa: names,
  missingSecurityGroups: names,
  missingSubnets: names,
  missingKmsKeys: names,
  missingBuckets: names,
  missingLogGroups: names,
  quotas: json,
  descriptionLagSeconds: number(0, LONGEST_LAG_SECONDS),
  hiddenUpdateSeconds: number(0, LONGEST_LAG_SECONDS),
};

/**
 * Checks an environment, or a part of one.
 *
 * @throws RangeError with one sentence.
 */
function checkEnvironment(change: unknown): asserts change is Partial<Environment> {
  checkMembers(ENVIRONMENT, MEMBERS, change);
  const { quotas } = change as Partial<Environment>;
  if (quotas !== undefined) checkMembers(OF_QUOTAS, QUOTAS, quotas);
}

/** Changes the environment in place. An invalid change is refused as a whole. */
export function changeEnvironment(environment: Environment, change: unknown): void {
  checkEnvironment(change);
  const given = Object.entries(change).filter(([, value]) => (value as unknown) !== undefined);
  Object.assign(environment, structuredClone(Object.fromEntries(given)));
}
