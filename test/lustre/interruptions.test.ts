/** What an update does to clients, beside the guide's words; and that no step of an update is forgotten. */
import fc from 'fast-check';
import { planUpdate, type Step } from '../../src/lustre/changes/changes';
import { CREATE_ONLY } from '../../src/lustre/changes/create-only';
import {
  IMPACTS,
  interruptionPhrase,
  INTERRUPTIONS,
  interruptionsOf,
  type Impact,
} from '../../src/lustre/changes/interruptions';
import type { LustreProperties } from '../../src/lustre/properties';
import { PROPERTY_NAMES } from '../../src/lustre/properties/shapes';
import { accepted } from './arbitraries';
import { ELASTIC, PERSISTENT_1, PERSISTENT_2, SCRATCH_2 } from './configurations';

const METADATA = { Mode: 'USER_PROVISIONED', Iops: 12000 } as const;
const own = (SizeGiB: number) => ({ SizingMode: 'USER_PROVISIONED' as const, SizeGiB });

/** The steps from one state to another. */
function steps(current: LustreProperties, change: LustreProperties): readonly Step[] {
  const desired = { ...current, ...change };
  return planUpdate({ current, previous: current, desired }).steps;
}

test.each<[string, LustreProperties, LustreProperties, Impact, string, number | undefined]>([
  // managing-throughput-capacity: "Your file system will be unavailable for up to an hour during throughput capacity scaling."
  [
    'a higher tier',
    PERSISTENT_1,
    { PerUnitStorageThroughput: 200 },
    'hour',
    'clients may wait for up to an hour',
    60,
  ],
  [
    'a lower tier',
    PERSISTENT_2,
    { PerUnitStorageThroughput: 125 },
    'hour',
    'clients may wait for up to an hour',
    60,
  ],
  [
    'more throughput',
    ELASTIC,
    { ThroughputCapacity: 8000 },
    'hour',
    'clients may wait for up to an hour',
    60,
  ],
  // managing-metadata-performance: "the file system may be unavailable for a few minutes. File operations [...] will transparently retry".
  [
    'more metadata IOPS',
    ELASTIC,
    { MetadataConfiguration: METADATA },
    'minutes',
    'clients may wait for a few minutes',
    undefined,
  ],
  // managing-storage-capacity: the same.
  [
    'more capacity',
    SCRATCH_2,
    { StorageCapacity: 9600 },
    'minutes',
    'clients may wait for a few minutes',
    undefined,
  ],
  // managing-ssd-read-cache: "Any time you modify the SSD read cache, all of its contents will be erased."
  [
    'another read cache',
    ELASTIC,
    { DataReadCacheConfiguration: own(32) },
    'cold cache',
    'reads are slower until the read cache is refilled',
    undefined,
  ],
  // managing-lustre-version: "all clients must be disconnected before the upgrade starts"; "typically under 30 minutes".
  [
    'a newer version',
    { ...SCRATCH_2, FileSystemTypeVersion: '2.12' },
    { FileSystemTypeVersion: '2.15' },
    'unmounted',
    'clients must keep the file system unmounted until the update is complete',
    30,
  ],
  [
    'compression',
    SCRATCH_2,
    { DataCompressionType: 'LZ4' },
    'none',
    'no impact on clients',
    undefined,
  ],
])('%s', (_, before, change, clients, phrase, minutes) => {
  const current = { ...before, ...(before === PERSISTENT_1 && { PerUnitStorageThroughput: 50 }) };
  const [step, ...others] = steps(current, change);
  expect(others).toEqual([]);
  if (step === undefined) throw new Error('no step');
  expect(interruptionsOf(step, current)).toMatchObject([{ clients }]);
  expect(interruptionsOf(step, current)[0]?.minutes).toBe(minutes);
  expect(interruptionPhrase(step, current)).toBe(phrase);
});

describe('throughput and read cache in one step', () => {
  const current = { ...ELASTIC, DataReadCacheConfiguration: own(1000) };

  // increase-throughput-capacity: "Amazon FSx will automatically scale your data read cache to avoid clearing the cache contents."
  test('a cache that grows with its servers is kept', () => {
    const change = { ThroughputCapacity: 8000, DataReadCacheConfiguration: own(2000) };
    const [step] = steps(current, change);
    expect(step && interruptionsOf(step, current).map(({ erases }) => erases)).toEqual([undefined]);
  });

  test('another mode erases it', () => {
    const change: LustreProperties = {
      ThroughputCapacity: 8000,
      DataReadCacheConfiguration: { SizingMode: 'PROPORTIONAL_TO_THROUGHPUT_CAPACITY' },
    };
    const [step] = steps(current, change);
    expect(step && interruptionPhrase(step, current)).toBe(
      'clients may wait for up to an hour, and reads are slower until the read cache is refilled',
    );
  });
});

test('only a version upgrade takes a backup first', () => {
  expect(INTERRUPTIONS.filter(({ backup }) => backup).map(({ step }) => step)).toEqual(['version']);
});

test('six hours rest after a change of throughput, metadata, capacity and read cache', () => {
  expect(INTERRUPTIONS.filter(({ rest }) => rest).flatMap(({ properties }) => properties)).toEqual([
    'PerUnitStorageThroughput',
    'MetadataConfiguration',
    'StorageCapacity',
    'ThroughputCapacity',
    'DataReadCacheConfiguration',
  ]);
});

test('every property that an update changes is in one row', () => {
  const never = [...CREATE_ONLY, 'Tags', 'SkipFinalBackup', 'FinalBackupTags'];
  const changed = PROPERTY_NAMES.filter((name) => !never.includes(name));
  const rows = INTERRUPTIONS.flatMap(({ properties }) => properties);
  expect(rows.toSorted()).toEqual(changed.toSorted());
});

test('whatever the update, every step says what it does, the worst first', () => {
  fc.assert(
    fc.property(accepted, accepted, (current, desired) => {
      for (const step of planUpdate({ current, previous: current, desired }).steps) {
        const impacts = interruptionsOf(step, current).map(({ clients }) =>
          IMPACTS.indexOf(clients),
        );
        expect(impacts.length).toBeGreaterThan(0);
        expect(impacts).toEqual(impacts.toSorted((a, b) => b - a));
        expect(interruptionPhrase(step, current)).not.toBe('');
      }
    }),
  );
});
