import type { Format } from './format';

/** A list with one object for each finding. */
export const format: Format = ({ findings }) => JSON.stringify(findings, undefined, 2);
