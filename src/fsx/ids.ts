/** Whether it can be the id of a file system, of 11 to 21 characters; FSx answers anything else with an error about its form. */
export function isFileSystemId(value: unknown): value is string {
  return typeof value === 'string' && /^fs-[0-9a-f]{8,18}$/.test(value);
}
