import { matches } from '../lustre/rules-formats';
import { FILE_SYSTEM_ID } from '../lustre/shapes';

/** Whether it can be the id of a file system; FSx answers anything else with an error about its form. */
export function isFileSystemId(value: unknown): value is string {
  return typeof value === 'string' && matches(FILE_SYSTEM_ID, value);
}
