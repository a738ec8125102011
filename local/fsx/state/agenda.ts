interface Entry {
  at: number;
  id: string;
}

/** The times at which records must be visited again, so that the passage of time costs nothing for the others. */
export class Agenda {
  /** A binary heap: no entry is earlier than the one at half its index. */
  private readonly entries: Entry[] = [];
  private readonly moments = new Map<string, number>();
  private soon = new Set<string>();

  /** Schedules a record for the next visit, because it has changed. */
  next(id: string): void {
    this.soon.add(id);
  }

  /** Schedules a record for a time; Infinity means never. Of several times, the earliest counts. */
  at(moment: number, id: string): void {
    if (moment === Infinity || moment >= (this.moments.get(id) ?? Infinity)) return;
    this.moments.set(id, moment);
    this.entries.push({ at: moment, id });
    this.rise(this.entries.length - 1);
  }

  /** Removes and returns the records that are due, each once. */
  take(now: number): string[] {
    const taken = this.soon;
    this.soon = new Set();
    for (;;) {
      const [first] = this.entries;
      if (!first || first.at > now) return [...taken];
      taken.add(first.id);
      this.moments.delete(first.id);
      this.removeFirst();
    }
  }

  private removeFirst(): void {
    const last = this.entries.pop();
    if (!last || this.entries.length === 0) return;
    this.entries[0] = last;
    this.sink(0);
  }

  private rise(index: number): void {
    const parent = (index - 1) >>> 1;
    if (index === 0 || this.moment(parent) <= this.moment(index)) return;
    this.swap(index, parent);
    this.rise(parent);
  }

  private sink(index: number): void {
    const left = 2 * index + 1;
    const earlier = this.moment(left + 1) < this.moment(left) ? left + 1 : left;
    if (this.moment(earlier) >= this.moment(index)) return;
    this.swap(index, earlier);
    this.sink(earlier);
  }

  private moment(index: number): number {
    return this.entries[index]?.at ?? Infinity;
  }

  private swap(one: number, other: number): void {
    const [first, second] = [this.entries[one], this.entries[other]];
    if (!first || !second) return;
    this.entries[one] = second;
    this.entries[other] = first;
  }
}
