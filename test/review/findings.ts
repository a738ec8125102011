/** What is found in a text, in short. */
import type { Finding } from '../../src/review/finding';

/** `line:column logicalId.property rule`, and the conditions under which. */
export const brief = ({ line, column, logicalId, property, rule, when }: Finding): string =>
  `${line}:${column} ${logicalId}.${property} ${rule}${when === undefined ? '' : ` (${when})`}`;

/** A template with one file system of the given properties, which begin on line 4, and further sections. */
export const withProperties = (properties: string, sections = ''): string =>
  [
    'Resources:',
    '  Fs:',
    '    Type: Pangea::FSx::LustreFileSystem',
    '    Properties:',
    ...properties
      .trim()
      .split('\n')
      .map((line) => `      ${line}`),
    sections,
  ].join('\n');

/** The subnet that a file system needs, as a line of its properties. */
export const SUBNET = 'SubnetIds: [subnet-0a1b2c3d4e5f60718]';
