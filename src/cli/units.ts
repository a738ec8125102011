/** Sizes and rates as people write them. */
import { UsageError } from './usage';

const BYTES: Readonly<Record<string, number>> = {
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

/** GiB of a size such as `20TiB`; a number alone is GiB, which is what StorageCapacity counts. @throws UsageError */
export function capacityOf(text: string): number {
  const { value, unit } = parts(text, '--capacity', '20TiB, 4800GiB or 50TB');
  if (unit === '') return value;
  const bytes = named(BYTES, unit);
  if (bytes === undefined) {
    throw new UsageError(`--capacity ${text} is not known: use GiB, TiB, PiB, GB, TB or PB.`);
  }
  return (value * bytes) / 2 ** 30;
}

const RATES: Readonly<Record<string, number>> = {
  MB: 1,
  GB: 1000,
  TB: 1e6,
  MiB: 2 ** 20 / 1e6,
  GiB: 2 ** 30 / 1e6,
  TiB: 2 ** 40 / 1e6,
};

/** MB/s of a rate such as `4GB/s`; a number alone is MB/s. @throws UsageError */
export function rateOf(text: string): number {
  const { value, unit } = parts(text, '--throughput', '4GB/s, 500MB/s or 2GiB/s');
  if (unit === '') return value;
  if (/bit|b\/s$|bps$/.test(unit)) {
    throw new UsageError(`--throughput ${text} is in bits: write bytes, such as MB/s or GB/s.`);
  }
  const rate = named(RATES, unit.replace(/(\/s|ps)$/i, ''));
  if (rate === undefined || !/(\/s|ps)$/i.test(unit)) {
    throw new UsageError(`--throughput ${text} is not known: use MB/s, GB/s, MiB/s or GiB/s.`);
  }
  return value * rate;
}

function parts(text: string, option: string, examples: string): { value: number; unit: string } {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z/]*)\s*$/.exec(text) ?? [];
  const value = Number(number);
  if (number === '' || value <= 0) {
    throw new UsageError(`${option} ${text} is not a size: write it like ${examples}.`);
  }
  return { value, unit };
}

/** The unit, however it is capitalised. */
const named = (units: Readonly<Record<string, number>>, unit: string): number | undefined =>
  Object.entries(units).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
