/**
 * The time that the local FSx lives in.
 *
 * Times it reports are ordinary times (a client compares them with its own clock); it is the
 * durations of FSx that the time scale divides. A manual clock stands still until it is advanced,
 * so that a seven-minute creation takes no time and always goes the same way.
 */
export interface Clock {
  now(): number;
  advance(milliseconds: number): void;
  /** A duration of the real FSx, in milliseconds of this clock. */
  scaled(milliseconds: number): number;
}

export interface ClockOptions {
  timeScale: number;
  manual: boolean;
  /** Where a manual clock starts, and the earliest time that any clock shows. */
  startTime?: number;
}

export function createClock({ timeScale, manual, startTime }: ClockOptions): Clock {
  if (!(timeScale > 0) || !Number.isFinite(timeScale)) {
    throw new RangeError(`The time scale must be a number above 0, not ${timeScale}`);
  }
  const wall = Date.now();
  let standing = startTime ?? wall;
  let ahead = Math.max(0, standing - wall);
  return {
    now: () => (manual ? standing : Date.now() + ahead),
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(`A clock only goes forward: cannot advance by ${milliseconds}`);
      }
      standing += milliseconds;
      ahead += milliseconds;
    },
    scaled: (milliseconds) => milliseconds / timeScale,
  };
}
