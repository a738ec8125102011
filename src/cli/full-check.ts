/** `check` with all that a plain one does without: SARIF, the limits of an account, repairs made. */
import type { ReviewOptions } from '../review/file-systems';
import { forAccount } from '../review/account';
import type { Arguments, Run } from './arguments';
import { checkTemplates } from './check';
import { configurationIn } from './configuration';
import { regionOf } from './option-values';
import { sarif } from './sarif';

/** Reports what FSx would refuse, and the account. */
export const run: Run = (given) => checkTemplates(given, { formats: { sarif }, settings });

function settings(options: Arguments['options']): Partial<ReviewOptions> {
  const file = options.get('configuration')?.[0];
  return file === undefined ? {} : forAccount(configurationIn(file), regionOf(options));
}
