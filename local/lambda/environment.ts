import { devNull } from 'node:os';

/** Variables of AWS that name no credentials and no profile, or that somebody has set to send a service's requests elsewhere. */
const KEPT = /^AWS_(LAMBDA_LOG_LEVEL|SDK_UA_APP_ID|ENDPOINT_URL_[A-Z_]+)$/;

/**
 * Variables for functions that run on this computer: none of the credentials and profiles that the shell has, no file and no
 * service that the SDK would ask for some, and no AWS, since every request goes to the local FSx, which signs for nobody and
 * refuses what is not of FSx.
 * @returns Values to set; undefined where a variable has to go.
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
