import type { Format } from './format';

type Load = () => Promise<{ format: Format }>;

export const FORMATS: Readonly<Record<string, Load>> & { readonly human: Load } = {
  human: () => import('./human'),
  json: () => import('./json'),
  sarif: () => import('./sarif'),
  github: () => import('./github'),
};
