/** Templates in YAML, line by line. */

export const OURS = 'Pangea::FSx::LustreFileSystem';
export const NATIVE = 'AWS::FSx::FileSystem';

export const resources = (...lines: readonly string[]): string =>
  ['Resources:', ...lines, ''].join('\n');

/** A file system `Fs` with properties, one or more lines each. */
export const fileSystem = (type: string, ...properties: readonly string[]): string =>
  resources(
    '  Fs:',
    `    Type: ${type}`,
    '    Properties:',
    ...properties.map((line) => `      ${line}`),
  );

/** A file system `Fs` with properties in flow style. */
export const inFlowStyle = (type: string, properties: string): string =>
  resources('  Fs:', `    Type: ${type}`, `    Properties: ${properties}`);
