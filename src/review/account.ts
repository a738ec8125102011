/** What the type configuration of an account changes about a review. */
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../lustre/account/type-configuration';
import { checkAccountLimits } from '../lustre/unresolved/account-limits';
import type { ReviewOptions } from './file-systems';
import { OURS } from './resource-types';

/**
 * The options of a review that hold what the account sets. It sets it for this type: a native file system is created
 * without asking. `region` is the one whose prices count.
 */
export const forAccount = (
  configuration: TypeConfiguration,
  region: string,
): Pick<ReviewOptions, 'deferToFsx' | 'limits'> => ({
  deferToFsx: configuration.Validation === 'DEFER_TO_FSX',
  limits: (model, type) =>
    type === OURS
      ? checkAccountLimits(model, configuration, { region, defaults: type.defaults })
      : [],
});

/**
 * A type configuration that a program gives, in plain form: every scalar may be a string.
 * @throws TypeError where it is none, with all that is wrong.
 */
export function configurationGiven(configuration: unknown): TypeConfiguration {
  const { configuration: read, problems } = parseTypeConfiguration(configuration);
  if (problems.length === 0) return read;
  throw new TypeError(`configuration is not a type configuration: ${problems.join(' ')}`);
}
