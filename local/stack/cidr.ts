import { isIPv4, isIPv6 } from 'node:net';

/** The most blocks of one call. */
const MOST = 256;

/**
 * The blocks of Fn::Cidr: the first ones of a size inside of an IP block; undefined if they do not fit, or an argument is not
 * valid. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 *
 * @param bits The number of bits of an address inside of each block: 8 gives blocks of the mask /24 for IPv4.
 */
export function cidrBlocks(block: string, count: string, bits: string): string[] | undefined {
  const [, address = '', mask = ''] = /^([^/%]+)\/(\d{1,3})$/.exec(block) ?? [];
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  const [blocks, host] = [count, bits].map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : 0));
  if (width === undefined || blocks === undefined || host === undefined) return undefined;
  const room = width - Number(mask) - host;
  const isValid = blocks >= 1 && blocks <= MOST && host >= 1 && room >= 0 && blocks <= 2 ** room;
  if (!isValid) return undefined;
  const size = 1n << BigInt(host);
  const outside = BigInt(width - Number(mask));
  const base = (numberOf(address, width) >> outside) << outside;
  return Array.from(
    { length: blocks },
    (_, index) => `${addressOf(base + BigInt(index) * size, width)}/${width - host}`,
  );
}

const numberOf = (address: string, width: number): bigint =>
  width === 32
    ? address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    : groupsOf(address).reduce((sum, group) => sum * 65_536n + BigInt(group), 0n);

/** The eight groups of an IPv6 address, without its short form. */
function groupsOf(address: string): number[] {
  // The URL standard writes an embedded IPv4 address as two groups.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = plain
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

function addressOf(number: bigint, width: number): string {
  const [base, length] = width === 32 ? [256n, 4] : [65_536n, 8];
  const parts: bigint[] = [];
  for (let rest = number; parts.length < length; rest /= base) parts.unshift(rest % base);
  if (width === 32) return parts.join('.');
  const groups = parts.map((part) => part.toString(16)).join(':');
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}
