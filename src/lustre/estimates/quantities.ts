/** Parses sizes and rates as users write them. */

/** A number in the unit of the FSx API, or what is wrong with the text, as the end of a sentence that begins with it. */
export type Quantity = { readonly value: number } | { readonly problem: string };

const BYTES: Readonly<Record<string, number>> = {
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

/** A size such as `20TiB`, in GiB. A number without a unit is in `unit`. */
export function capacityIn(text: string, unit = 'GiB'): Quantity {
  const read = parts(text);
  if (read === undefined)
    return { problem: 'is not a size: use one such as 20TiB, 4800GiB or 50TB.' };
  const bytes = named(BYTES, read.unit || unit);
  if (bytes === undefined) return { problem: 'is not known: use GiB, TiB, PiB, GB, TB or PB.' };
  return { value: (read.value * bytes) / 2 ** 30 };
}

const RATES: Readonly<Record<string, number>> = {
  MB: 1,
  GB: 1000,
  TB: 1e6,
  MiB: 2 ** 20 / 1e6,
  GiB: 2 ** 30 / 1e6,
  TiB: 2 ** 40 / 1e6,
};

/** A rate such as `4GB/s`, in MB/s. A number without a unit is in `unit`. */
export function rateIn(text: string, unit = 'MB/s'): Quantity {
  const read = parts(text);
  if (read === undefined)
    return { problem: 'is not a rate: use one such as 4GB/s, 500MB/s or 2GiB/s.' };
  const given = read.unit || unit;
  if (/bit|b\/s$|bps$/.test(given))
    return { problem: 'is in bits: use bytes, such as MB/s or GB/s.' };
  const rate = named(RATES, given.replace(/(\/s|ps)$/i, ''));
  return rate === undefined || !/(\/s|ps)$/i.test(given)
    ? { problem: 'is not known: use MB/s, GB/s, MiB/s or GiB/s.' }
    : { value: read.value * rate };
}

function parts(text: string): { value: number; unit: string } | undefined {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z/]*)\s*$/.exec(text) ?? [];
  const value = Number(number);
  return number === '' || value <= 0 ? undefined : { value, unit };
}

/** The unit, in any letter case. */
const named = (units: Readonly<Record<string, number>>, unit: string): number | undefined =>
  Object.entries(units).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
