import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../review/finding';
import type { Range } from '../template/source-tree';
import { messageOf, type Format } from './formats';
import { visibleJson } from './visible-text';

/** SARIF 2.1.0, for code scanning. */
export const sarif: Format = ({ findings, failures }) => {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'pangea-lustre',
              rules: rules.map((id) => ({
                id,
                shortDescription: { text: id.replaceAll('-', ' ') },
              })),
            },
          },
          invocations: [
            {
              executionSuccessful: failures.length === 0,
              toolExecutionNotifications: failures.map(({ file, message, ...place }) => ({
                level: 'error',
                message: { text: message },
                locations: [{ physicalLocation: physicalLocation(file, place) }],
              })),
            },
          ],
          results: findings.map((finding) => result(finding, rules)),
        },
      ],
    },
    undefined,
    2,
  );
  return visibleJson(log);
};

function result(finding: Finding, rules: readonly string[]) {
  const { file, logicalId, property, rule, severity } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: physicalLocation(file, finding),
        logicalLocations: [{ fullyQualifiedName: `${logicalId}.${property}`, kind: 'member' }],
      },
    ],
  };
}

function physicalLocation(
  file: string,
  { line: startLine, column: startColumn, endLine, endColumn }: Partial<Range>,
) {
  const uri = isAbsolute(file)
    ? pathToFileURL(file).href
    : file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri },
    ...(startLine !== undefined && { region: { startLine, startColumn, endLine, endColumn } }),
  };
}
