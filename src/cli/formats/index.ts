import type { Report } from '../finding';

/** Writes a report; empty text where there is nothing to write. */
export type Format = (report: Report) => string;

type Load = () => Promise<{ format: Format }>;

export const FORMATS: Readonly<Record<string, Load>> & { readonly human: Load } = {
  human: () => import('./human'),
  json: () => import('./json'),
  sarif: () => import('./sarif'),
  github: () => import('./github'),
};
