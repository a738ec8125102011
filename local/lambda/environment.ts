import { devNull } from 'node:os';

/** Variables of AWS that are kept: they name no credentials and no profile, or set an endpoint of a service. */
const KEPT = /^AWS_(LAMBDA_LOG_LEVEL|SDK_UA_APP_ID|ENDPOINT_URL_[A-Z_]+)$/;

/**
 * The variables of functions that run on this computer. They contain none of the shell's credentials and profiles, and no
 * file or service in which the SDK would look for some. Requests do not reach AWS, because they go to the local FSx, which
 * refuses requests to other services.
 *
 * @returns Values to set; undefined for variables to remove.
 */
export function isolatedEnvironment(
  shell: Readonly<Record<string, string | undefined>>,
  fsx: string,
): Record<string, string | undefined> {
  const gone = Object.keys(shell).filter((name) => name.startsWith('AWS_') && !KEPT.test(name));
  return {
    ...Object.fromEntries(gone.map((name) => [name, undefined])),
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: fsx,
  };
}
