/** Decodes UTF-8, without the byte order mark. */
export const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');

/** As `textOf`, for JSON that another tool has written. PowerShell redirects the output of a tool in UTF-16. */
export function jsonTextOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const isBig = first === 0xfe && second === 0xff;
  const isLittle = first === 0xff && second === 0xfe;
  return isBig || isLittle
    ? new TextDecoder(isBig ? 'utf-16be' : 'utf-16le').decode(bytes)
    : textOf(bytes);
}
