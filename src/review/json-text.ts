/** Decodes JSON that other tools have written. */

/** The text of such a file, without a byte order mark. PowerShell redirects output in UTF-16. */
export function jsonText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBig = first === 0xfe && second === 0xff;
  const isLittle = first === 0xff && second === 0xfe;
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes);
}
