/** Whether it can be the id of a file system; FSx answers anything else with an error about its form. */
export function isFileSystemId(value: unknown): value is string {
  return typeof value === 'string' && /^fs-[0-9a-f]{8,}$/.test(value);
}
