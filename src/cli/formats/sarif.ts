import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../../review/finding';
import type { Format } from './format';

/** SARIF 2.1.0, for code scanning. */
export const format: Format = ({ findings, failures }) => {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return JSON.stringify(
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
              toolExecutionNotifications: failures.map(({ file, line, column, message }) => ({
                level: 'error',
                message: { text: message },
                locations: [{ physicalLocation: place(file, line, column) }],
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
};

function result(finding: Finding, rules: readonly string[]) {
  const { file, line, column, logicalId, property, rule, message, when } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: 'error',
    message: { text: when === undefined ? message : `${message} (where ${when})` },
    locations: [
      {
        physicalLocation: place(file, line, column),
        logicalLocations: [{ fullyQualifiedName: `${logicalId}.${property}`, kind: 'member' }],
      },
    ],
  };
}

function place(file: string, startLine?: number, startColumn?: number) {
  const uri = isAbsolute(file)
    ? pathToFileURL(file).href
    : file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri },
    ...(startLine !== undefined && { region: { startLine, startColumn } }),
  };
}
