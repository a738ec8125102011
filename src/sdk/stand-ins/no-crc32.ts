/**
 * Replaces `node:zlib`, in which the SDK looks for a fast CRC-32 at load. Only event streams have such checksums; this type
 * reads none, and the SDK has a CRC-32 of its own.
 */
export const crc32 = undefined;
