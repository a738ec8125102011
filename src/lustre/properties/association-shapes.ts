/** The forms of the properties of a data repository association that is in the template of a file system. */
import { path, text, type TextShape } from './shapes';

/** The DataRepositoryPath of a data repository association. [API CreateDataRepositoryAssociation] */
export const REPOSITORY_PATH = path('an S3 path', 's3://bucket/prefix');

/**
 * The FileSystemPath of a data repository association: "The leading forward slash in the name is required."
 * https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateDataRepositoryAssociation.html
 */
export const FOLDER: TextShape = text('a path on the file system that begins with a slash', {
  // oxlint-disable-next-line no-control-regex -- as AWS has it
  pattern: /^\/[^\u0000\u0085\u2028\u2029\r\n]*$/,
  length: [1, 4096],
  example: '/data',
});
