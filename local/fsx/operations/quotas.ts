import type { Account } from '../state/account';
import { isScratch } from '../rules/catalog';
import { currentValues, exists } from './describe';
import { serviceLimitExceeded } from '../errors';
import type { DeploymentType } from '../types';

/** Scratch, PERSISTENT_1 and PERSISTENT_2 have separate quotas ("Service quotas" of the guide). */
const quotaClass = (deployment: DeploymentType): string =>
  isScratch(deployment) ? 'SCRATCH' : deployment;

export interface Demand {
  deployment: DeploymentType;
  fileSystems: number;
  storageGiB: number;
  throughputMbps: number;
}

export function checkQuotas(account: Account, demand: Demand): void {
  const { quotas } = account.state.world;
  if (Object.values(quotas).every((quota) => quota === undefined)) return;
  const now = account.clock.now();
  const used = { fileSystems: 0, storageGiB: 0, throughputMbps: 0 };
  for (const record of account.state.fileSystems) {
    const values = currentValues(record, now);
    const lustre = values.LustreConfiguration ?? {};
    const deployment = lustre.DeploymentType ?? 'SCRATCH_1';
    if (!exists(record, now) || quotaClass(deployment) !== quotaClass(demand.deployment)) continue;
    used.fileSystems += 1;
    used.storageGiB += values.StorageCapacity ?? 0;
    used.throughputMbps += lustre.ThroughputCapacity ?? 0;
  }
  const name = quotaClass(demand.deployment);
  for (const { limit, unit, wanted, sum, quota } of [
    {
      limit: 'FILE_SYSTEM_COUNT',
      unit: `${name} file systems`,
      wanted: demand.fileSystems,
      sum: used.fileSystems + demand.fileSystems,
      quota: quotas.fileSystems,
    },
    {
      limit: 'TOTAL_STORAGE',
      unit: `GiB of storage on ${name} file systems`,
      wanted: demand.storageGiB,
      sum: used.storageGiB + demand.storageGiB,
      quota: quotas.storageGiB,
    },
    {
      limit: 'TOTAL_THROUGHPUT_CAPACITY',
      unit: `MBps of throughput capacity on ${name} file systems`,
      wanted: demand.throughputMbps,
      sum: used.throughputMbps + demand.throughputMbps,
      quota: quotas.throughputCapacityMbps,
    },
  ]) {
    if (wanted > 0 && quota !== undefined && sum > quota) {
      throw serviceLimitExceeded(
        limit,
        `Your account can have at most ${quota} ${unit} in this region; this request would make it ${sum}.`,
      );
    }
  }
}
