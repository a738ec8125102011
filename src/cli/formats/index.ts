import type { Format } from './format';
import { format as github } from './github';
import { format as human } from './human';
import { format as json } from './json';
import { format as sarif } from './sarif';

export const FORMATS: Readonly<Record<string, Format>> & { readonly human: Format } = {
  human,
  json,
  sarif,
  github,
};
