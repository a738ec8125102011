import type { Report } from '../../review/finding';

/** Writes a report; empty text where there is nothing to write. */
export type Format = (report: Report) => string;
