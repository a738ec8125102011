/** `string.prototype.replaceall` for the runtime library, which every supported Node has built in. */
export default function replaceAll(text: string, search: string, replacement: string): string {
  return text.replaceAll(search, () => replacement);
}
