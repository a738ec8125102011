import type { IncomingHttpHeaders } from 'node:http';
import { FsxError } from '../errors';

/** The credential scope of Signature Version 4: key, date, region, service. */
const SCOPE = /Credential=[^,\s]*\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request/;

/**
 * Checks the region of a signature; signatures are not verified otherwise. FSx refuses requests that are signed for another
 * region, and a client with another region would not find its file systems.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html#signature-v4-troubleshooting-credential-scope
 *
 * @throws FsxError that says how to set the same region for both.
 */
export function checkSignedRegion({ authorization }: IncomingHttpHeaders, region: string): void {
  const signed = SCOPE.exec(authorization ?? '')?.[1];
  if (signed === undefined || signed === region) return;
  throw new FsxError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region. This local FSx is in ${region}, and the request is signed for ${JSON.stringify(signed.slice(0, 50))}. Set the client's region (AWS_REGION, --region) to ${region}, or start the local FSx with --region.`,
    {},
    403,
  );
}
