/** Replaces `string.prototype.replaceall` for the runtime library. Every supported version of Node has the method. */
export default function replaceAll(text: string, search: string, replacement: string): string {
  return text.replaceAll(search, () => replacement);
}
