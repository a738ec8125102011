import { isDeepStrictEqual } from 'node:util';

/** A record until a time. Undefined: it did not exist before. */
interface Version<T> {
  id: string;
  until: number;
  record: T | undefined;
}

/** Milliseconds after which no description shows an old record; descriptionLagSeconds is at most an hour. */
const LONGEST_LAG = 3_600_000;

/**
 * Previous records of file systems, for lagging descriptions. Only requests change a record, and the description at a time
 * depends on the record and the time only.
 */
export class History<T extends { id: string }> {
  private versions: Version<T>[] = [];

  /** Runs a change of the records, and keeps the previous ones. */
  during<R>(now: number, records: () => T[], change: () => R): R {
    const before = structuredClone(records());
    try {
      return change();
    } finally {
      const after = records();
      for (const record of before) {
        const same = after.find(({ id }) => id === record.id);
        if (!isDeepStrictEqual(record, same)) this.keep(record.id, now, record);
      }
      for (const { id } of after)
        if (!before.some((record) => record.id === id)) this.keep(id, now, undefined);
      this.versions = this.versions.filter(({ until }) => now - until <= LONGEST_LAG);
    }
  }

  /** The records that were in effect at a time, given the current ones. */
  at(moment: number, records: readonly T[]): T[] {
    const later = this.versions.filter(({ until }) => until > moment);
    const ids = new Set([...later, ...records].map(({ id }) => id));
    return [...ids].flatMap((id) => {
      const version = later.find((candidate) => candidate.id === id);
      const record = version ? version.record : records.find((candidate) => candidate.id === id);
      return record ? [record] : [];
    });
  }

  private keep(id: string, until: number, record: T | undefined): void {
    this.versions.push({ id, until, record });
  }
}
