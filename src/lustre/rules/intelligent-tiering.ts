/** INTELLIGENT_TIERING: ThroughputCapacity and its SSD read cache. */
import { READ_CACHE, THROUGHPUT_CAPACITY } from '../catalog/catalog';
import { kindOf, type Refuse, type Rule, type RuleContext } from './context';

import { allows, describeAllowed, INTEGER_MAXIMUM, nearest } from '../catalog/allowed-numbers';
import { nearestWords } from '../wording';

/** Rules for ThroughputCapacity and DataReadCacheConfiguration. */
export const intelligentTiering: Rule = (context, refuse) => {
  // On other storage types, the rule of applicability refuses both properties.
  if (!context.offerings.some(({ storage }) => storage === 'INTELLIGENT_TIERING')) return;
  checkThroughput(context, refuse);
  checkReadCache(context, refuse);
};

function checkThroughput(
  { properties: { ThroughputCapacity: given } }: RuleContext,
  refuse: Refuse,
): void {
  if (given === undefined || allows(THROUGHPUT_CAPACITY, given)) return;
  const near = nearest(THROUGHPUT_CAPACITY, given);
  refuse({
    rule: 'throughput-capacity',
    property: 'ThroughputCapacity',
    value: given,
    message: `ThroughputCapacity ${given} is not valid: use ${describeAllowed(THROUGHPUT_CAPACITY)} (MB/s)${nearestWords(near)}.`,
    kind: kindOf(given),
    repairs: near.map((ThroughputCapacity) => ({ ThroughputCapacity })),
  });
}

const READ_CACHE_RANGE = `${READ_CACHE.smallest} to ${READ_CACHE.largest} GiB for every ${READ_CACHE.server} MB/s of ThroughputCapacity`;

/** The smallest and the largest read cache in GiB. Only a valid throughput determines them; otherwise they are those of any. */
function readCacheSizes(throughput: number | undefined) {
  const known = throughput !== undefined && allows(THROUGHPUT_CAPACITY, throughput);
  const { multipleOf, maximum = INTEGER_MAXIMUM } = THROUGHPUT_CAPACITY;
  const [least, most] = known ? [throughput, throughput] : [multipleOf, maximum];
  return {
    known,
    smallest: (READ_CACHE.smallest * least) / READ_CACHE.server,
    largest: (READ_CACHE.largest * most) / READ_CACHE.server,
  };
}

/** The valid sizes of a read cache as text: `32 to 131072 GiB`. */
export function describeReadCacheSizes(throughput: number | undefined): string {
  const { known, smallest, largest } = readCacheSizes(throughput);
  return known ? `${smallest} to ${largest} GiB` : READ_CACHE_RANGE;
}

function checkReadCache({ properties }: RuleContext, refuse: Refuse): void {
  const { DataReadCacheConfiguration: cache, ThroughputCapacity: throughput } = properties;
  if (cache?.SizingMode === undefined) return;
  const property = 'DataReadCacheConfiguration.SizeGiB';
  const { SizingMode, SizeGiB } = cache;

  if (SizingMode !== 'USER_PROVISIONED') {
    if (SizeGiB === undefined) return;
    refuse({
      rule: 'read-cache-mode',
      property,
      value: SizeGiB,
      message: `${property} ${SizeGiB} cannot be used with SizingMode ${SizingMode}: omit it, or use SizingMode USER_PROVISIONED.`,
      // The mode was chosen explicitly, so the repair keeps it and removes the size.
      repairs: [{ DataReadCacheConfiguration: { SizingMode } }],
    });
    return;
  }

  const { known, smallest, largest } = readCacheSizes(throughput);
  const range = READ_CACHE_RANGE;
  if (SizeGiB === undefined) {
    refuse({
      rule: 'required',
      property,
      message: `${property} is required with SizingMode USER_PROVISIONED: use ${range}.`,
    });
    return;
  }
  if (SizeGiB >= smallest && SizeGiB <= largest) return;
  const near = SizeGiB < smallest ? smallest : largest;
  refuse({
    rule: 'read-cache-size',
    property,
    value: SizeGiB,
    message: `${property} ${SizeGiB} is not valid: use ${range}${known ? `, which is ${smallest} to ${largest} at ${throughput}` : ''}, nearest ${near}.`,
    kind: kindOf(SizeGiB),
    repairs: [{ DataReadCacheConfiguration: { SizingMode, SizeGiB: near } }],
  });
}
