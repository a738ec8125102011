import type { IncomingHttpHeaders } from 'node:http';

/**
 * Decides which requests the servers on this computer accept. They check no credentials. Web pages in the developer's browser
 * are kept out by headers that browsers set and pages cannot change: Host, Origin and Sec-Fetch-Site. A page under a name
 * that resolves to 127.0.0.1 (DNS rebinding) is recognized by the Host. https://fetch.spec.whatwg.org/#origin-header
 * https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */

/** The names of this computer, with any port. */
const OWN_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The host and port of a Host header. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/**
 * The values of Sec-Fetch-Site for requests that no other page made: programs send none, and for a typed address browsers
 * send `none`.
 */
const OWN_SITES: readonly unknown[] = [undefined, 'none', 'same-origin'];

/**
 * Why a request is refused, as one sentence; undefined if it is accepted.
 *
 * @param allowedHosts Further names in the Host header, such as `host.docker.internal`, in lower case.
 * @param fromOwnPage Whether the request may come from a page of this server.
 */
export function refusalOf(
  headers: IncomingHttpHeaders,
  allowedHosts: readonly string[] = [],
  fromOwnPage = false,
): string | undefined {
  const { host, origin } = headers;
  const [, name = ''] = HOST.exec(host ?? '') ?? [];
  const names = [...OWN_NAMES, ...allowedHosts];
  if (!names.includes(name.toLowerCase())) {
    const given = host === undefined ? 'none' : JSON.stringify(host.slice(0, 100));
    return `The Host header must be a name of this computer (${names.join(', ')}), not ${given}; --allow-host NAME allows another name.`;
  }
  const own = fromOwnPage && origin === `http://${host ?? ''}`;
  if (origin !== undefined && !own) {
    return 'Requests from web pages are refused: a request must have no Origin header.';
  }
  if (!OWN_SITES.includes(headers['sec-fetch-site'])) {
    return 'Requests from web pages are refused: Sec-Fetch-Site must be none or same-origin, or omitted.';
  }
  return undefined;
}

/** Whether a name is valid in a Host header. */
export const isHostName = (name: string): boolean => /^[a-z0-9]([a-z0-9._-]{0,252})$/i.test(name);
