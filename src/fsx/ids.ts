/**
 * Whether a value has the form of a file system id (11 to 21 characters). FSx answers other values with an error about their
 * form.
 */
export function isFileSystemId(value: unknown): value is string {
  return typeof value === 'string' && /^fs-[0-9a-f]{8,18}$/.test(value);
}
