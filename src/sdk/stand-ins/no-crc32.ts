/**
 * `node:zlib` for the SDK's CRC-32, which looks there for a fast one at load. Only event streams have such checksums; this
 * type reads none, and the SDK falls back to an own CRC-32.
 */
export const crc32 = undefined;
