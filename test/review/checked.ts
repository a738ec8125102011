/** Checks a text without a process of its own. */
import { checkTemplate } from '../../src/cli/check';
import type { CheckNote } from '../../src/review/check-file-system';
import type { Finding } from '../../src/review/finding';
import { Template, type DeploymentOptions } from '../../src/template/template';

export const NOTHING_GIVEN: DeploymentOptions = { parameters: new Map() };

export function checked(
  text: string,
  settings: Partial<DeploymentOptions> = {},
  native = false,
): { findings: Finding[]; notes: CheckNote[]; fileSystems: number; passedOver: number } {
  const template = Template.read('template.yaml', text);
  return checkTemplate(template, { ...NOTHING_GIVEN, ...settings }, native);
}

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
