import type { IncomingHttpHeaders } from 'node:http';
import { FsxError } from '../errors';

/** The credential scope of Signature Version 4: key, day, region, service. */
const SCOPE = /Credential=[^,\s]*\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request/;

/**
 * Signatures are not checked, but for their region: FSx takes none that is signed for another region than its own, and a client
 * that means another one would look for its file systems in the wrong place.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html#signature-v4-troubleshooting-credential-scope
 * @throws FsxError which says how both get the same region.
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
