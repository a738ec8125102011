/** Facts of the catalog that no other test looks at, beside their sources. */
import { advise } from '../../src/lustre/estimates/advice';
import { DRIVE_CACHE, OFFERINGS, type Durability } from '../../src/lustre/catalog/catalog';
import { defaultVersionOf } from '../../src/lustre/catalog/offerings';
import { checkModel } from '../../src/lustre/rules/rules';
import { ELASTIC } from './configurations';

/**
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html: "For SSD and HDD-based file systems, data is
 * automatically replicated within the same Availability Zone [...]. For Intelligent-Tiering file systems, data is replicated
 * across multiple Availability Zones." "On a scratch file system [...] data isn't replicated."
 */
test.each<[string, Durability, string]>([
  ['SCRATCH_1', 'none', 'no replication'],
  ['SCRATCH_2', 'none', 'no replication'],
  ['PERSISTENT_1 SSD', 'zone', 'Replicated in its zone'],
  ['PERSISTENT_1 HDD', 'zone', 'Replicated in its zone'],
  ['PERSISTENT_2 SSD', 'zone', 'Replicated in its zone'],
  ['PERSISTENT_2 INTELLIGENT_TIERING', 'zones', 'Replicated across several zones'],
])('the data of %s: %s', (name, durability, words) => {
  const offering = OFFERINGS.find((each) => each.name === name);
  expect(offering?.durability).toBe(durability);
  const advice = advise({ capacity: 1200, throughput: 1 }, { region: 'us-east-1' }).filter(
    ({ properties }) =>
      properties.DeploymentType === offering?.deployment &&
      properties.StorageType === offering?.storage,
  );
  expect(advice).not.toEqual([]);
  for (const { why } of advice) expect(why).toContain(words);
});

/** Recorded creations without a version, us-east-2, 2026-10-09. */
test.each([
  ['SCRATCH_1', '2.10'],
  ['SCRATCH_2', '2.10'],
  ['PERSISTENT_1', '2.10'],
  ['PERSISTENT_2', '2.15'],
] as const)('FSx takes for %s Lustre %s where none is given', (deployment, version) => {
  const offerings = OFFERINGS.filter((offering) => offering.deployment === deployment);
  expect(new Set(offerings.map(({ defaultVersion }) => defaultVersion))).toEqual(
    new Set([version]),
  );
});

test('INTELLIGENT_TIERING runs 2.15 alone, which its metadata configuration needs', () => {
  const { violations } = checkModel({ ...ELASTIC, FileSystemTypeVersion: '2.12' });
  expect(violations.map(({ message }) => message)).toEqual([
    'FileSystemTypeVersion 2.12 is not valid for PERSISTENT_2 INTELLIGENT_TIERING: use 2.15.',
  ]);
});

/**
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html: "SSD read cache that is sized to 20% of your HDD
 * storage capacity"; https://docs.aws.amazon.com/fsx/latest/LustreGuide/ssd-storage.html: 200, in the column "MBps/TiB of
 * storage or SSD cache provisioned".
 */
test('the read cache of HDD', () => {
  expect(DRIVE_CACHE).toEqual({ share: 20, throughput: 200 });
});

test('the default version of a deployment is the same whatever its storage', () => {
  for (const { deployment, defaultVersion } of OFFERINGS)
    expect(defaultVersionOf(deployment)).toBe(defaultVersion);
});
