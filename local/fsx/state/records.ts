import { digest } from './ids';

/** The changes since they were last taken. */
export interface Changes<T> {
  put: T[];
  removed: string[];
}

interface Placed<T> {
  place: string;
  record: T;
}

/**
 * Records of one kind, which can be found by ID, by group, and in the order of listings without visiting the others. Tracks
 * which records were added, changed and removed, so that only these must be written.
 */
export class Records<T extends object> implements Iterable<T> {
  private readonly records = new Map<string, T>();
  private readonly groups = new Map<string, Set<T>>();
  /** In the order of listings. Created for the first listing. */
  private order: Placed<T>[] | undefined;
  private changes = new Set<string>();
  /** The number of records that have been visited. */
  visited = 0;

  constructor(
    private readonly idOf: (record: T) => string,
    private readonly groupOf: (record: T) => string = () => '',
    /** Called for every record that is added or changed. */
    private readonly observe: (record: T) => void = () => undefined,
  ) {}

  get size(): number {
    return this.records.size;
  }

  get(id: string): T | undefined {
    this.visited += 1;
    return this.records.get(id);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const record of this.records.values()) {
      this.visited += 1;
      yield record;
    }
  }

  /** Adds a record, or replaces the one with its ID. */
  add(record: T): void {
    const id = this.idOf(record);
    this.detach(id);
    // A record that replaces another one keeps its position.
    this.records.set(id, record);
    const group = this.groupOf(record);
    if (group !== '') this.groups.set(group, (this.groups.get(group) ?? new Set()).add(record));
    if (this.order) {
      const place = placeOf(id);
      this.order.splice(this.indexAfter(place), 0, { place, record });
    }
    this.changed(record);
  }

  remove(id: string): void {
    this.detach(id);
    if (this.records.delete(id)) this.changes.add(id);
  }

  private detach(id: string): void {
    const record = this.records.get(id);
    if (!record) return;
    const group = this.groups.get(this.groupOf(record));
    group?.delete(record);
    if (group?.size === 0) this.groups.delete(this.groupOf(record));
    this.order?.splice(this.indexAfter(placeOf(id)) - 1, 1);
  }

  /** Must be called for a record that was changed in place. */
  changed(record: T): void {
    this.changes.add(this.idOf(record));
    this.observe(record);
  }

  inGroup(group: string): T[] {
    const found = [...(this.groups.get(group) ?? [])];
    this.visited += found.length;
    return found;
  }

  /** The records after a position in the order of listings, with their positions. */
  *behind(place: string): Generator<Placed<T>> {
    this.order ??= [...this.records]
      .map(([id, record]) => ({ place: placeOf(id), record }))
      .sort((one, other) => (one.place < other.place ? -1 : 1));
    for (let index = this.indexAfter(place); index < this.order.length; index += 1) {
      const found = this.order[index];
      if (!found) return;
      this.visited += 1;
      yield found;
    }
  }

  /** The changes since the last call; undefined if there are none. */
  takeChanges(): Changes<T> | undefined {
    if (this.changes.size === 0) return undefined;
    const put: T[] = [];
    const removed: string[] = [];
    for (const id of this.changes) {
      const record = this.records.get(id);
      if (record) put.push(record);
      else removed.push(id);
    }
    this.changes = new Set();
    return { put, removed };
  }

  /** The index of the first record after a position, by binary search. */
  private indexAfter(place: string): number {
    const { order = [] } = this;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((order[middle]?.place ?? '') <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** "The order is unspecified" (AWS FSx API reference, DescribeFileSystems). Here it is the order of a hash of the ID. */
export const placeOf = (id: string): string => digest('order', id).slice(0, 24);
