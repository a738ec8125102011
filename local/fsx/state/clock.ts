/**
 * The clock of the local FSx.
 *
 * It reports ordinary times, because clients compare them with their own clocks. The time scale divides the durations of FSx.
 * A manual clock stands still until it is advanced, so that a seven-minute creation takes no time and is reproducible.
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
  /** The start of a manual clock, and the earliest time of any clock. */
  startTime?: number;
}

/** The end of the year 9999. JavaScript supports later dates, but not every reader can parse them. */
const LAST_MOMENT = Date.UTC(9999, 11, 31);

export function createClock({ timeScale, manual, startTime }: ClockOptions): Clock {
  // Beyond this scale, durations of days exceed the precision of the clock.
  if (!(timeScale >= 0.001 && timeScale <= 1e9)) {
    throw new RangeError(
      `The time scale must be a number from 0.001 to 1000000000, not ${timeScale}`,
    );
  }
  if (startTime !== undefined && !(startTime >= 0 && startTime <= LAST_MOMENT)) {
    throw new RangeError(`A clock starts between the years 1970 and 9999, not at ${startTime}`);
  }
  const wall = Date.now();
  let standing = startTime ?? wall;
  let ahead = Math.max(0, standing - wall);
  return {
    now: () => (manual ? standing : Date.now() + ahead),
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(`A clock only goes forward: cannot advance by ${milliseconds}.`);
      }
      const moment = (manual ? standing : Date.now() + ahead) + milliseconds;
      if (moment > LAST_MOMENT) {
        throw new RangeError(
          `A clock cannot be set beyond the year 9999: cannot advance by ${milliseconds}.`,
        );
      }
      standing += milliseconds;
      ahead += milliseconds;
    },
    scaled: (milliseconds) => milliseconds / timeScale,
  };
}
