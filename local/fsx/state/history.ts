import { isDeepStrictEqual } from 'node:util';

/** A record as it was until a moment; without one it did not exist before. */
interface Version<T> {
  id: string;
  until: number;
  record: T | undefined;
}

/** Milliseconds after which no description is as old as that; descriptionLagSeconds is at most an hour. */
const LONGEST_LAG = 3_600_000;

/**
 * What the records of file systems were before they were changed, for descriptions that lag behind. A record changes by
 * requests only, and what a description shows at a moment follows from the record and the moment.
 */
export class History<T extends { id: string }> {
  private versions: Version<T>[] = [];

  /** Runs a change of the records at a moment, and keeps what they were before. */
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

  /** The records that were in force at a moment, given those of now. */
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
