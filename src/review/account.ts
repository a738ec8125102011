/** How the type configuration of an account changes a review. */
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../lustre/account/type-configuration';
import { checkAccountLimits } from '../lustre/unresolved/account-limits';
import type { ReviewOptions } from './file-systems';
import { OURS } from './resource-types';

/**
 * The options of a review for an account. The account sets them for this type only: they do not apply to
 * AWS::FSx::FileSystem, which is created without them.
 *
 * @param region The region whose prices are used.
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
 * A type configuration from a program, parsed: every scalar may be a string.
 *
 * @throws TypeError with all problems, if it is not valid.
 */
export function configurationGiven(configuration: unknown): TypeConfiguration {
  const { configuration: read, problems } = parseTypeConfiguration(configuration);
  if (problems.length === 0) return read;
  throw new TypeError(`configuration is not a type configuration: ${problems.join(' ')}`);
}
